//! JSON, as much as configs, results and ticket headers need.
//!
//! The engine's own because of what it weighs: in the page's wasm a general
//! (de)serialiser took a fifth of all code.

use std::fmt;

use crate::error::{Error, start_of};
use crate::number;

/// How deep arrays and objects may lie in each other.
const DEEPEST: usize = 32;

/// A JSON value. Objects keep their order, and doubled names if there are any.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// null; also stands for numbers that are not finite.
    Null,
    /// true or false.
    Bool(bool),
    /// Any number, as JavaScript has it.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An object of `members`.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
        Json::of_members(members.into())
    }

    /// An object of any number of members.
    pub(crate) fn of_members(members: Vec<(&str, Json)>) -> Json {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Reads `text`.
    ///
    /// # Errors
    /// When it is no JSON, with the place where it stops being so.
    pub fn parse(text: &str) -> Result<Json, Error> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0);
        parser.skip_space();
        match value {
            Some(value) if parser.at == text.len() => Ok(value),
            _ => Err(parser.unexpected()),
        }
    }

    /// The member `name` of an object; null if there is none.
    pub fn get(&self, name: &str) -> &Json {
        let Json::Object(members) = self else { return &Json::Null };
        members.iter().find(|(other, _)| other == name).map_or(&Json::Null, |(_, value)| value)
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        if let Json::Number(x) = self { Some(*x) } else { None }
    }

    /// The number, if it is a whole one from 0 to 2^53.
    pub fn as_u64(&self) -> Option<u64> {
        let whole = |x: &f64| *x >= 0.0 && *x <= (1u64 << 53) as f64 && *x as u64 as f64 == *x;
        self.as_f64().filter(whole).map(|x| x as u64)
    }

    /// The number, if it is a whole one from 0 to 2^53 that this machine can
    /// count to.
    pub fn as_usize(&self) -> Option<usize> {
        self.as_u64().and_then(|n| usize::try_from(n).ok())
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Json::Bool(x) = self { Some(*x) } else { None }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        if let Json::Array(items) = self { Some(items) } else { None }
    }
}

impl From<f64> for Json {
    fn from(x: f64) -> Json {
        if x.is_finite() { Json::Number(x) } else { Json::Null }
    }
}

macro_rules! from_number {
    ($($number:ty),+) => {
        $(impl From<$number> for Json {
            fn from(x: $number) -> Json {
                Json::from(x as f64)
            }
        })+
    };
}
from_number!(u8, u32, u64, usize, f32);

impl From<bool> for Json {
    fn from(x: bool) -> Json {
        Json::Bool(x)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or(Json::Null, Into::into)
    }
}

impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Json {
        Json::Array(items.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(x) => f.write_str(if *x { "true" } else { "false" }),
            Json::Number(x) => f.write_str(&number::text(*x)),
            Json::Text(text) => write_text(f, text),
            Json::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
            Json::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    write_text(f, name)?;
                    f.write_str(":")?;
                    value.fmt(f)?;
                }
                f.write_str("}")
            }
        }
    }
}

fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        f.write_str(text.get(start..at).unwrap_or_default())?;
        if byte < b' ' {
            write!(f, "\\u{:04x}", u32::from(byte))?;
            start = at + 1;
        } else {
            f.write_str("\\")?;
            start = at;
        }
    }
    f.write_str(text.get(start..).unwrap_or_default())?;
    f.write_str("\"")
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn unexpected(&self) -> Error {
        let rest = self.text.get(self.at..).unwrap_or_default();
        Error::shape(format!("it stops being JSON at byte {}, \"{}\"", self.at, start_of(rest)))
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past what `belongs`, and returns it.
    fn take_while(&mut self, belongs: impl Fn(u8) -> bool) -> &str {
        let start = self.at;
        while self.next().is_some_and(&belongs) {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Goes past `token` if it comes next.
    fn take(&mut self, token: &str) -> bool {
        let here = self.text.as_bytes()[self.at..].starts_with(token.as_bytes());
        self.at += if here { token.len() } else { 0 };
        here
    }

    /// The next value; none where the text is no JSON, at that place.
    fn value(&mut self, depth: usize) -> Option<Json> {
        self.skip_space();
        if depth > DEEPEST {
            return None;
        }
        if self.take("{") {
            let mut members = Vec::new();
            while self.more("}", members.is_empty())? {
                let name = self.string()?;
                self.skip_space();
                if !self.take(":") {
                    return None;
                }
                members.push((name, self.value(depth + 1)?));
            }
            return Some(Json::Object(members));
        }
        if self.take("[") {
            let mut items = Vec::new();
            while self.more("]", items.is_empty())? {
                items.push(self.value(depth + 1)?);
            }
            return Some(Json::Array(items));
        }
        match self.next() {
            Some(b'"') => self.string().map(Json::Text),
            _ if self.take("null") => Some(Json::Null),
            _ if self.take("true") => Some(Json::Bool(true)),
            _ if self.take("false") => Some(Json::Bool(false)),
            _ => self.number(),
        }
    }

    /// Goes past the comma before an item that is not the `first`, or past
    /// the `end`: is there an item?
    fn more(&mut self, end: &str, first: bool) -> Option<bool> {
        self.skip_space();
        if self.take(end) {
            return Some(false);
        }
        let separated = first || self.take(",");
        self.skip_space();
        separated.then_some(true)
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        let text = self.take_while(number::is_part);
        let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
        let plain = digits.first().is_some_and(u8::is_ascii_digit) && !digits.ends_with(b".");
        let number = number::parse(text).filter(|_| plain);
        if number.is_none() {
            self.at = start;
        }
        number.map(Json::Number)
    }

    fn string(&mut self) -> Option<String> {
        if !self.take("\"") {
            return None;
        }
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|b| b >= b' ' && b != b'"' && b != b'\\'));
            if self.take("\"") {
                return Some(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        if !self.take("\\") {
            return None;
        }
        let c = match self.next()? {
            b'u' => return self.unicode(),
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            c @ (b'"' | b'\\' | b'/') => c.into(),
            _ => return None,
        };
        self.at += 1;
        Some(c)
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        // Two surrogates make one character.
        let code = if (0xd800..0xdc00).contains(&first) && self.take("\\") {
            0x10000 + ((first - 0xd800) << 10) + self.hex()?.wrapping_sub(0xdc00) % 0x400
        } else {
            first
        };
        char::from_u32(code)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.as_bytes()[self.at..].strip_prefix(b"u")?.get(..4)?;
        let code = number::hex(digits)?;
        self.at += 5;
        Some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_written_is_read_to_the_bit() {
        for text in [
            "null",
            "true",
            "[]",
            "{}",
            r#"{"a":[1,-2.5,0.1,1e-300],"b":{"c":"\"\\\u000aä𝄞"},"a":2}"#,
        ] {
            let json = Json::parse(text).unwrap();
            assert_eq!(Json::parse(&json.to_string()).unwrap(), json, "{text}");
        }
        for x in [0.1 + 0.2, 1.0 / 3.0, f64::MIN_POSITIVE, 5e-324, f64::MAX, 9007199254740991.0] {
            let read = Json::parse(&Json::from(x).to_string()).unwrap();
            assert_eq!(read.as_f64().unwrap().to_bits(), x.to_bits());
        }
        assert_eq!(Json::parse(" [ 1 , \"x\" ] ").unwrap().to_string(), "[1,\"x\"]");
        assert_eq!(Json::parse(r#""\ud834\udd1e\t\/""#).unwrap().as_str(), Some("𝄞\t/"));
        assert_eq!(Json::from(f64::NAN), Json::Null);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let deep = "[".repeat(100) + &"]".repeat(100);
        for text in [
            "",
            "{",
            "[1,]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "nul",
            "+1",
            ".5",
            "1.",
            "--1",
            "1e999",
            "\"",
            "\"\\x\"",
            "\"\\ud834\"",
            "\"\\u00g0\"",
            "\"a\nb\"",
            "1 2",
            "NaN",
            &deep,
        ] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        let complaint = Json::parse("[1,x]").unwrap_err().to_string();
        assert!(complaint.contains("at byte 3, \"x]\""), "{complaint}");
    }

    #[test]
    fn values_are_asked_for_by_kind() {
        let json = Json::parse(r#"{"n":7,"x":7.5,"m":-1,"t":"a","b":true,"l":[1]}"#).unwrap();
        assert_eq!(json.get("n").as_usize(), Some(7));
        assert_eq!((json.get("x").as_usize(), json.get("m").as_usize()), (None, None));
        assert_eq!(json.get("x").as_f64(), Some(7.5));
        assert_eq!(json.get("t").as_str(), Some("a"));
        assert_eq!(json.get("b").as_bool(), Some(true));
        assert_eq!(json.get("l").as_array().unwrap().len(), 1);
        assert_eq!(json.get("none"), &Json::Null);
    }
}
