//! What a field of the config is, and how texts and JSON become its value.

use super::{Config, Preset};
use crate::json::Json;
use crate::number;

/// One field of the config.
pub struct Field {
    /// `snake_case`; the command line writes `-` for `_`.
    pub name: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// One sentence for a person.
    pub help: &'static str,
    pub(super) get: fn(&Config) -> Value,
    pub(super) set: fn(&mut Config, Value),
}

/// What values a field takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A whole number in a range.
    Integer {
        /// Smallest.
        min: u64,
        /// Largest.
        max: u64,
    },
    /// A number in a range; an optional one may be left empty.
    Number {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
        /// May it be empty?
        optional: bool,
    },
    /// One of some names.
    Choice {
        /// The names.
        names: &'static [&'static str],
        /// One sentence a name.
        help: &'static [&'static str],
    },
    /// Units per layer, inputs first, joined by `-`.
    Sizes {
        /// Largest number of units in a layer.
        max: u64,
    },
    /// Numbers in a range, joined by `,`; may be empty.
    Numbers {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
    },
    /// Some of the names, joined by `,`, each once.
    Choices {
        /// The names.
        names: &'static [&'static str],
        /// One sentence a name.
        help: &'static [&'static str],
    },
}

/// A field's value, on its way between text, JSON and the config.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Empty,
    Integer(u64),
    Number(f64),
    Name(&'static str),
    Integers(Vec<u64>),
    Numbers(Vec<f64>),
    Names(Vec<&'static str>),
}

impl Value {
    pub(super) fn text(&self) -> String {
        fn join<T>(items: &[T], with: &str, text: impl Fn(&T) -> String) -> String {
            items.iter().map(text).collect::<Vec<_>>().join(with)
        }
        match self {
            Value::Empty => String::new(),
            Value::Integer(n) => n.to_string(),
            Value::Number(x) => number::text(*x),
            Value::Name(name) => name.to_string(),
            Value::Integers(items) => join(items, "-", u64::to_string),
            Value::Numbers(items) => join(items, ",", |x| number::text(*x)),
            Value::Names(items) => items.join(","),
        }
    }

    pub(super) fn json(&self) -> Json {
        match self {
            Value::Empty => Json::Null,
            Value::Integer(n) => (*n).into(),
            Value::Number(x) => (*x).into(),
            Value::Name(name) => (*name).into(),
            Value::Integers(items) => items.iter().copied().collect(),
            Value::Numbers(items) => items.iter().copied().collect(),
            Value::Names(items) => items.iter().copied().collect(),
        }
    }
}

/// Why a text is no value of a field, and the nearest value if there is one.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) nearest: Option<Value>,
}

impl Field {
    /// What is allowed, to follow "must be".
    pub fn allowed(&self) -> String {
        match self.kind {
            Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Kind::Number { min, max, optional } => {
                let (min, max) = (number::text(min), number::text(max));
                let optional = if optional { ", or left out" } else { "" };
                format!("a number from {min} to {max}{optional}")
            }
            Kind::Choice { names, .. } => format!("one of {}", names.join(", ")),
            Kind::Sizes { max } => format!(
                "2 to {MAX_SIZES} whole numbers from 1 to {max} joined by -, the last one 10, like \
                 784-300-100-10"
            ),
            Kind::Numbers { min, max } => {
                let (min, max) = (number::text(min), number::text(max));
                format!("numbers from {min} to {max} joined by commas, or left out")
            }
            Kind::Choices { names, .. } => {
                format!("one or more of {}, joined by commas, each once", names.join(", "))
            }
        }
    }

    fn refusal(&self, text: &str, nearest: Option<Value>) -> Refusal {
        let shown: String = text.chars().take(60).collect();
        let message = format!("{} must be {}, but got \"{shown}\".", self.name, self.allowed());
        Refusal { message, nearest }
    }

    /// Reads `text` as a value of this field.
    pub(super) fn parse(&self, text: &str) -> Result<Value, Refusal> {
        let text = text.trim();
        let refuse = |nearest| Err(self.refusal(text, nearest));
        match self.kind {
            Kind::Number { optional: true, .. } | Kind::Numbers { .. } if text.is_empty() => {
                Ok(Value::Empty)
            }
            Kind::Integer { min, max } => match (text.parse::<u64>(), number(text)) {
                (Ok(n), _) if (min..=max).contains(&n) => Ok(Value::Integer(n)),
                // Casting saturates, so that -3 becomes the least and 1e30 the most.
                (_, Some(x)) => refuse(Some(Value::Integer((x as u64).clamp(min, max)))),
                _ => refuse(None),
            },
            Kind::Number { min, max, .. } => match number(text) {
                Some(x) if (min..=max).contains(&x) => Ok(Value::Number(x)),
                Some(x) => refuse(Some(Value::Number(x.max(min).min(max)))),
                None => refuse(None),
            },
            Kind::Choice { names, .. } => match names.iter().find(|name| **name == text) {
                Some(name) => Ok(Value::Name(name)),
                None => refuse(None),
            },
            Kind::Sizes { max } => {
                let sizes: Option<Vec<u64>> =
                    text.split(['-', ',']).map(|part| part.trim().parse().ok()).collect();
                match sizes {
                    Some(sizes)
                        if (2..=MAX_SIZES).contains(&sizes.len())
                            && sizes.iter().all(|n| (1..=max).contains(n))
                            && sizes.last() == Some(&(crate::dataset::CLASSES as u64)) =>
                    {
                        Ok(Value::Integers(sizes))
                    }
                    _ => refuse(None),
                }
            }
            Kind::Numbers { min, max } => {
                let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
                match numbers {
                    Some(xs) if xs.iter().all(|x| (min..=max).contains(x)) => {
                        Ok(Value::Numbers(xs))
                    }
                    _ => refuse(None),
                }
            }
            Kind::Choices { names, .. } => {
                let mut found = Vec::new();
                for part in text.split(',').map(str::trim) {
                    match names.iter().find(|name| **name == part) {
                        Some(name) if !found.contains(name) => found.push(*name),
                        _ => return refuse(None),
                    }
                }
                Ok(Value::Names(found))
            }
        }
    }

    /// Reads a JSON value as a value of this field: a number, a string, an
    /// array of either, or null where a field may be empty.
    pub(super) fn parse_json(&self, json: &Json) -> Result<Value, Refusal> {
        fn text(json: &Json) -> Option<String> {
            match json {
                Json::Null => Some(String::new()),
                Json::Number(x) => Some(number::text(*x)),
                Json::Text(text) => Some(text.clone()),
                Json::Array(items) => {
                    let parts: Option<Vec<String>> = items.iter().map(text).collect();
                    parts.map(|parts| parts.join(","))
                }
                Json::Bool(_) | Json::Object(_) => None,
            }
        }
        match text(json) {
            Some(text) => self.parse(&text),
            None => Err(self.refusal(&json.to_string(), None)),
        }
    }

    /// This row of the table for the page: name, kind, range or choices,
    /// defaults of both presets, help.
    pub fn to_json(&self) -> Json {
        let (paper, lesson) = (Config::preset(Preset::Paper), Config::preset(Preset::Lesson));
        let defaults =
            [("paper", (self.get)(&paper).json()), ("lesson", (self.get)(&lesson).json())];
        let (kind, min, max, optional) = match self.kind {
            Kind::Integer { min, max } => ("integer", min as f64, max as f64, false),
            Kind::Number { min, max, optional } => ("number", min, max, optional),
            Kind::Choice { .. } => ("choice", f64::NAN, f64::NAN, false),
            Kind::Sizes { max } => ("sizes", 1.0, max as f64, false),
            Kind::Numbers { min, max } => ("numbers", min, max, true),
            Kind::Choices { .. } => ("choices", f64::NAN, f64::NAN, false),
        };
        let mut row = vec![
            ("name", self.name.into()),
            ("help", self.help.into()),
            ("defaults", Json::object(defaults)),
            ("kind", kind.into()),
        ];
        match self.kind {
            Kind::Choice { names, help } | Kind::Choices { names, help } => row.extend([
                ("choices", names.iter().copied().collect()),
                ("choiceHelp", help.iter().copied().collect()),
            ]),
            _ => row.extend([
                ("min", min.into()),
                ("max", max.into()),
                ("optional", optional.into()),
            ]),
        }
        Json::Object(row.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// A finite number, or nothing.
fn number(text: &str) -> Option<f64> {
    number::parse(text.trim())
}

/// Most numbers in `sizes`; a stream's index leaves room for 64 layers.
const MAX_SIZES: usize = 17;
