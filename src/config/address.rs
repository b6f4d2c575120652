//! The address form: `#seed=7&preset=lesson&rounds=5`.

use super::field::{Value, pieces};
use super::{Config, Given, Refusal, fields, rules};
use crate::error::{Error, start_of};
use crate::number;

impl Config {
    /// The config that an address's fragment (or query) describes.
    ///
    /// # Errors
    /// As [`Config::from_pairs`], and for a part that is not `field=value`.
    pub fn from_address(address: &str) -> Result<Self, Error> {
        let mut given = Given::default();
        for part in parts(address) {
            given.take_part(part)?;
        }
        given.checked_config()
    }

    /// The same for an address that someone may have mistyped: what cannot be
    /// used is left out or moved to the nearest allowed value, with one
    /// sentence each. The config is always valid.
    pub fn from_address_leniently(address: &str) -> (Self, Vec<String>) {
        let mut corrections = Vec::new();
        let mut given = Given::default();
        for part in parts(address) {
            if let Err(Refusal { sentence, remedy }) = given.take_part(part) {
                corrections.push(format!("{sentence} {remedy}"));
            }
        }
        let mut config = given.config();
        for rule in rules::RULES {
            if (rule.broken)(&config) {
                let before = config.clone();
                (rule.mend)(&mut config);
                let (sentence, changes) = (rule.told(&before), changes(&before, &config));
                corrections.push(format!("{sentence} Using {changes}."));
            }
        }
        (config, corrections)
    }

    /// The address form, without `#`: the preset, then what differs from it.
    pub fn to_address(&self) -> String {
        let preset = Config::preset(self.preset);
        let mut address = format!("preset={}", self.text("preset"));
        for field in fields() {
            let value = (field.get)(self);
            if value != (field.get)(&preset) {
                address.push_str(&format!("&{}={}", field.name, field.text(&value)));
            }
        }
        address
    }
}

/// What is new in `after`, as `name value`.
fn changes(before: &Config, after: &Config) -> String {
    let mut changes = Vec::new();
    for field in fields() {
        let value = (field.get)(after);
        if value == Value::Empty && value != (field.get)(before) {
            changes.push(format!("no {}", field.name));
        } else if value != (field.get)(before) {
            changes.push(format!("{} {}", field.name, field.text(&value)));
        }
    }
    changes.join(", ")
}

/// The parts of an address between `&`.
fn parts(address: &str) -> Vec<&str> {
    let address = address.trim_ascii();
    let start = address.bytes().take_while(|b| matches!(b, b'#' | b'?')).count();
    let mut parts = pieces(address.get(start..).unwrap_or_default(), |b| b == b'&');
    parts.retain(|part| !part.is_empty());
    parts
}

impl Given {
    /// Takes a part of an address, `name=value`.
    fn take_part(&mut self, part: &str) -> Result<(), Refusal> {
        let at = part.bytes().position(|b| b == b'=').unwrap_or(part.len());
        match (part.get(..at), part.get(at + 1..)) {
            (Some(name), Some(text)) => self.take(&decode(name), &decode(text)),
            _ => Err(Refusal {
                sentence: format!(
                    "\"{}\" in the address must be of the form field=value.",
                    start_of(part)
                ),
                remedy: "It is left out.".to_owned(),
            }),
        }
    }
}

/// Undoes percent-encoding; what is not well-formed stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(number::hex);
        match (bytes[at], code) {
            (b'%', Some(code)) => {
                out.push(code as u8);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
