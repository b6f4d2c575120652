//! The address form: `#seed=7&preset=lesson&rounds=5`.

use super::field::Value;
use super::{Config, Field, fields, find, repeated, rules, unknown};
use crate::error::Error;

impl Config {
    /// The config that an address's fragment (or query) describes.
    ///
    /// # Errors
    /// As [`Config::from_pairs`], and for a part that is not `field=value`.
    pub fn from_address(address: &str) -> Result<Self, Error> {
        let pairs: Vec<(String, String)> =
            parts(address).collect::<Result<_, _>>().map_err(Error::config)?;
        Self::from_pairs(pairs)
    }

    /// The same for an address that someone may have mistyped: what cannot be
    /// used is left out or moved to the nearest allowed value, with one
    /// sentence each. The config is always valid.
    pub fn from_address_leniently(address: &str) -> (Self, Vec<String>) {
        let mut corrections = Vec::new();
        let mut values: Vec<(&Field, Value)> = Vec::new();
        for part in parts(address) {
            let (name, text) = match part {
                Ok(pair) => pair,
                Err(sentence) => {
                    corrections.push(format!("{sentence} It is left out."));
                    continue;
                }
            };
            let Some(field) = find(&name) else {
                corrections.push(format!("{} It is left out.", unknown(&name)));
                continue;
            };
            if values.iter().any(|(known, _)| known.name == field.name) {
                corrections.push(format!("{} The first one counts.", repeated(field)));
                continue;
            }
            match field.parse(&text) {
                Ok(value) => values.push((field, value)),
                Err(refusal) => match refusal.nearest {
                    Some(value) => {
                        corrections.push(format!("{} Using {}.", refusal.message, value.text()));
                        values.push((field, value));
                    }
                    None => corrections.push(format!("{} Using the default.", refusal.message)),
                },
            }
        }
        let mut config = Self::with_values(values);
        for rule in rules::RULES {
            if let Some(sentence) = (rule.broken)(&config) {
                let before = config.clone();
                (rule.mend)(&mut config);
                corrections.push(format!("{sentence} Using {}.", changes(&before, &config)));
            }
        }
        (config, corrections)
    }

    /// The address form, without `#`: the preset, then what differs from it.
    pub fn to_address(&self) -> String {
        let preset = Config::preset(self.preset);
        let mut parts = vec![format!("preset={}", self.preset)];
        for field in fields() {
            let value = (field.get)(self);
            if value != (field.get)(&preset) {
                parts.push(format!("{}={}", field.name, value.text()));
            }
        }
        parts.join("&")
    }
}

/// What is new in `after`, as `name value`.
fn changes(before: &Config, after: &Config) -> String {
    let changed = fields().iter().filter(|field| (field.get)(before) != (field.get)(after));
    let texts = changed.map(|field| match (field.get)(after) {
        Value::Empty => format!("no {}", field.name),
        value => format!("{} {}", field.name, value.text()),
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// The `name=value` parts of an address, decoded.
fn parts(address: &str) -> impl Iterator<Item = Result<(String, String), String>> {
    let address = address.trim().trim_start_matches(['#', '?']);
    address.split('&').filter(|part| !part.is_empty()).map(|part| match part.split_once('=') {
        Some((name, value)) => Ok((decode(name), decode(value))),
        None => {
            let part: String = part.chars().take(40).collect();
            Err(format!("\"{part}\" in the address must be of the form field=value."))
        }
    })
}

/// Undoes percent-encoding; what is not well-formed stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|hex| {
            let hex = std::str::from_utf8(hex)
                .ok()
                .filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u8::from_str_radix(hex, 16).ok()
        });
        match (bytes[at], code) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
