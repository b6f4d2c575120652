//! What a field of the config is, and how texts and JSON become its value.

use super::choice::place;
use super::{Config, Preset};
use crate::error::start_of;
use crate::images::CLASSES;
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
    pub(super) set: fn(&mut Config, &Value),
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

/// A field's value, on its way between text, JSON and the config: one number,
/// many or none. A name is its place among the kind's names.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Empty,
    One(f64),
    Many(Vec<f64>),
}

impl Value {
    fn items(&self) -> &[f64] {
        match self {
            Value::Empty => &[],
            Value::One(x) => std::slice::from_ref(x),
            Value::Many(items) => items,
        }
    }
}

impl Kind {
    /// What it is called in the page's table.
    fn name(&self) -> &'static str {
        match self {
            Kind::Integer { .. } => "integer",
            Kind::Number { .. } => "number",
            Kind::Choice { .. } => "choice",
            Kind::Sizes { .. } => "sizes",
            Kind::Numbers { .. } => "numbers",
            Kind::Choices { .. } => "choices",
        }
    }

    /// Smallest and largest number.
    fn range(&self) -> (f64, f64) {
        match *self {
            Kind::Integer { min, max } => (min as f64, max as f64),
            Kind::Number { min, max, .. } | Kind::Numbers { min, max } => (min, max),
            Kind::Sizes { max } => (1.0, max as f64),
            Kind::Choice { names, .. } | Kind::Choices { names, .. } => (0.0, names.len() as f64),
        }
    }

    /// The names, and one sentence a name; none where numbers are asked for.
    fn choices(&self) -> (&'static [&'static str], &'static [&'static str]) {
        match *self {
            Kind::Choice { names, help } | Kind::Choices { names, help } => (names, help),
            _ => (&[], &[]),
        }
    }

    /// May a value be empty?
    fn optional(&self) -> bool {
        matches!(self, Kind::Number { optional: true, .. } | Kind::Numbers { .. })
    }

    /// The number that `text` stands for, whatever the range.
    fn number(&self, text: &str) -> Option<f64> {
        match self {
            Kind::Choice { names, .. } | Kind::Choices { names, .. } => {
                place(text, names).map(|at| at as f64)
            }
            Kind::Integer { .. } | Kind::Sizes { .. } => {
                let whole = text.bytes().all(|b| b.is_ascii_digit() || b == b'+');
                number::parse(text).filter(|_| whole)
            }
            Kind::Number { .. } | Kind::Numbers { .. } => number::parse(text),
        }
    }
}

impl Field {
    /// What is allowed, to follow "must be".
    pub fn allowed(&self) -> String {
        let (min, max) = self.kind.range();
        let (min, max) = (number::text(min), number::text(max));
        let names = self.kind.choices().0.join(", ");
        match self.kind {
            Kind::Integer { .. } => format!("a whole number from {min} to {max}"),
            Kind::Number { optional: false, .. } => format!("a number from {min} to {max}"),
            Kind::Number { .. } => format!("a number from {min} to {max}, or left out"),
            Kind::Choice { .. } => format!("one of {names}"),
            Kind::Sizes { .. } => format!(
                "2 to {MAX_SIZES} whole numbers from {min} to {max} joined by -, the last one 10, \
                 like 784-300-100-10"
            ),
            Kind::Numbers { .. } => {
                format!("numbers from {min} to {max} joined by commas, or left out")
            }
            Kind::Choices { .. } => {
                format!("one or more of {names}, joined by commas, each once")
            }
        }
    }

    /// The sentence for a `text` that is no value of this field.
    pub(super) fn refusal(&self, text: &str) -> String {
        format!("{} must be {}, but got \"{}\".", self.name, self.allowed(), start_of(text))
    }

    /// Reads `text` as a value of this field. An error is the nearest value,
    /// if there is one.
    pub(super) fn parse(&self, text: &str) -> Result<Value, Option<Value>> {
        let text = text.trim_ascii();
        if text.is_empty() && self.kind.optional() {
            return Ok(Value::Empty);
        }
        let parts = match self.kind {
            Kind::Sizes { .. } => pieces(text, |b| b == b'-' || b == b','),
            Kind::Numbers { .. } | Kind::Choices { .. } => pieces(text, |b| b == b','),
            _ => vec![text],
        };
        let (min, max) = self.kind.range();
        let mut items = Vec::new();
        for part in parts {
            match self.kind.number(part.trim_ascii()) {
                Some(x) if min <= x && x <= max => items.push(x),
                _ => return Err(self.nearest(text)),
            }
        }
        let fits = match self.kind {
            Kind::Sizes { .. } => {
                (2..=MAX_SIZES).contains(&items.len()) && items.last() == Some(&(CLASSES as f64))
            }
            Kind::Choices { .. } => (1..items.len()).all(|at| !items[..at].contains(&items[at])),
            Kind::Numbers { .. } => true,
            _ => return Ok(Value::One(items[0])),
        };
        if fits { Ok(Value::Many(items)) } else { Err(None) }
    }

    /// The allowed number nearest to what `text` says.
    fn nearest(&self, text: &str) -> Option<Value> {
        let (min, max) = self.kind.range();
        let x = number::parse(text)?.max(min).min(max);
        match self.kind {
            Kind::Integer { .. } => Some(Value::One(x.trunc())),
            Kind::Number { .. } => Some(Value::One(x)),
            _ => None,
        }
    }

    /// How a text form writes `value`.
    pub(super) fn text(&self, value: &Value) -> String {
        let separator = if matches!(self.kind, Kind::Sizes { .. }) { "-" } else { "," };
        let names = self.kind.choices().0;
        let mut text = String::new();
        for (index, x) in value.items().iter().enumerate() {
            text.push_str(if index > 0 { separator } else { "" });
            match names.get(*x as usize) {
                Some(name) => text.push_str(name),
                None => text.push_str(&number::text(*x)),
            }
        }
        text
    }

    /// How JSON writes `value`.
    pub(super) fn json(&self, value: &Value) -> Json {
        let names = self.kind.choices().0;
        let mut items = Vec::new();
        for x in value.items() {
            items.push(match names.get(*x as usize) {
                Some(name) => Json::from(*name),
                None => Json::from(*x),
            });
        }
        match value {
            Value::Many(_) => Json::Array(items),
            _ => items.pop().unwrap_or(Json::Null),
        }
    }

    /// This row of the table for the page: name, kind, range or choices,
    /// defaults of both presets, help.
    pub fn to_json(&self) -> Json {
        let default = |preset| self.json(&(self.get)(&Config::preset(preset)));
        let defaults = [("paper", default(Preset::Paper)), ("lesson", default(Preset::Lesson))];
        let mut row = vec![
            ("name", self.name.into()),
            ("help", self.help.into()),
            ("defaults", Json::object(defaults)),
            ("kind", self.kind.name().into()),
        ];
        let (names, help) = self.kind.choices();
        if names.is_empty() {
            let (min, max) = self.kind.range();
            row.push(("min", min.into()));
            row.push(("max", max.into()));
            row.push(("optional", self.kind.optional().into()));
        } else {
            row.push(("choices", names.iter().copied().collect()));
            row.push(("choiceHelp", help.iter().copied().collect()));
        }
        Json::of_members(row)
    }
}

/// Most numbers in `sizes`; a stream's index leaves room for 64 layers.
const MAX_SIZES: usize = 17;

/// The parts of `text` between the ASCII characters that separate.
#[inline(never)]
pub(super) fn pieces(text: &str, separates: fn(u8) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if separates(byte) {
            parts.extend(text.get(start..at));
            start = at + 1;
        }
    }
    parts.extend(text.get(start..));
    parts
}
