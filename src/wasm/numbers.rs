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
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let text = string_of(x.abs());
    let Some((digits, exponent)) = text.split_once('e') else { return format!("{sign}{text}") };
    // The point stands after the first digit, and goes right by the exponent or left.
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = digits.replace('.', "");
    if exponent < 0 {
        format!("{sign}0.{}{digits}", "0".repeat(-exponent as usize - 1))
    } else {
        format!(
            "{sign}{digits}{}",
            "0".repeat((exponent as usize + 1).saturating_sub(digits.len()))
        )
    }
}

/// The number that `text` says, if it is one in decimal digits and finite.
pub(crate) fn parse(text: &str) -> Option<f64> {
    is_decimal(text).then(|| number_of(text)).filter(|x| x.is_finite())
}
