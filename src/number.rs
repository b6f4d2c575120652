//! Numbers as text and back: the fewest digits that give the number again,
//! without an exponent.
//!
//! The standard library does it with tables and code that are a tenth of the
//! page's wasm. There, JavaScript does it (`src/wasm/numbers.rs`). Its digits are
//! the same but where two texts are equally short and equally near, as with
//! quarters above 10¹⁵: both give the number again.

#[cfg(feature = "wasm")]
pub(crate) use crate::wasm::numbers::{parse, text};

/// The finite number `x` as text.
#[cfg(not(feature = "wasm"))]
pub(crate) fn text(x: f64) -> String {
    x.to_string()
}

/// The number that `text` says, if it is one in decimal digits and finite.
#[cfg(not(feature = "wasm"))]
pub(crate) fn parse(text: &str) -> Option<f64> {
    is_decimal(text).then(|| text.parse().ok()).flatten().filter(|x: &f64| x.is_finite())
}

/// Whether `text` has nothing but what decimal numbers are written with:
/// libraries differ in what else they take (`inf`, `0x1f`, an empty text).
pub(crate) fn is_decimal(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().all(is_part)
}

/// Whether a decimal number may have `byte` in it.
pub(crate) fn is_part(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
}

/// The number that hexadecimal `digits` write, if that is what they are.
pub(crate) fn hex(digits: &[u8]) -> Option<u32> {
    let mut number = 0;
    for digit in digits {
        number = number * 16 + char::from(*digit).to_digit(16)?;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_fewest_digits_and_no_exponent() {
        let texts = [
            (0.0, "0"),
            (-0.0, "-0"),
            (7.0, "7"),
            (-1.5, "-1.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "0.0000001"),
            (-1.25e-9, "-0.00000000125"),
            (f64::from(0.0012f32), "0.0012000000569969416"),
            (1e21, "1000000000000000000000"),
            (1.5e22, "15000000000000000000000"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
        ];
        for (x, expected) in texts {
            assert_eq!(text(x), expected);
            assert_eq!(parse(expected).map(f64::to_bits), Some(x.to_bits()), "{expected}");
        }
    }

    #[test]
    fn every_number_comes_back() {
        let mut bits = 1u64;
        for _ in 0..2000 {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let x = f64::from_bits(bits);
            if x.is_finite() {
                let text = text(x);
                assert_eq!(parse(&text).map(f64::to_bits), Some(x.to_bits()), "{text}");
                assert_eq!(text.len(), x.to_string().len(), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", " ", "-", "e5", "inf", "NaN", "Infinity", "0x1f", "1_000", "1,5", "1e999", "1.2.3",
            "1 2",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("+1e3"), Some(1000.0));
        assert_eq!(parse(".5"), Some(0.5));
    }
}
