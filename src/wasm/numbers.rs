//! Numbers as text and back by JavaScript ([`crate::number`] says why).

use wasm_bindgen::prelude::*;

use crate::number::is_decimal;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = String)]
    fn string_of(x: f64) -> String;
    #[wasm_bindgen(js_name = Number)]
    fn number_of(text: &str) -> f64;
}

/// The finite number `x` as text.
pub(crate) fn text(x: f64) -> String {
    let mut out = String::from(if x.is_sign_negative() { "-" } else { "" });
    let text = string_of(x.abs());
    let end = text.bytes().position(|b| b == b'e').unwrap_or(text.len());
    let Some(exponent) = text.get(end + 1..) else { return out + &text };
    // The point stands after the first digit, and goes right by the exponent or left.
    let exponent = number_of(exponent) as i32;
    for place in exponent..0 {
        out.push_str(if place == exponent { "0." } else { "0" });
    }
    let after_point = text.get(2..end).unwrap_or_default();
    out.push_str(text.get(..1).unwrap_or_default());
    out.push_str(after_point);
    for _ in after_point.len() as i32..exponent {
        out.push('0');
    }
    out
}

/// The number that `text` says, if it is one in decimal digits and finite.
pub(crate) fn parse(text: &str) -> Option<f64> {
    is_decimal(text).then(|| number_of(text)).filter(|x| x.is_finite())
}
