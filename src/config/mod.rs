//! Everything that determines a run, and the doors it comes in by.
//!
//! One [table](fields) of fields drives them all: the address
//! (`#seed=7&preset=lesson`), JSON, element attributes and the command line.
//! What is not given comes from the preset; what does not differ from the
//! preset is not written.

mod address;
pub(crate) mod choice;
mod field;
mod rules;
mod table;

use crate::error::{Error, start_of};
use crate::json::Json;
pub use choice::{
    Arm, Choice, Init, LrSchedule, OptimizerChoice, Preset, RestartChoice, Schedule, Scope, Score,
    Source,
};
use field::Value;
pub use field::{Field, Kind};

/// Everything that determines a run besides the data's bytes.
///
/// The doors ([`Config::from_pairs`], [`Config::from_address`],
/// [`Config::from_json`]) return it [valid](Config::validate); code that writes
/// fields itself is checked again by whoever takes the config.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each field's sentence is its help in the table of fields")]
pub struct Config {
    pub preset: Preset,
    pub seed: u32,
    pub data: Source,
    pub examples: usize,
    pub validation: usize,
    pub test: usize,
    pub sizes: Vec<usize>,
    pub init: Init,
    pub batch: usize,
    pub steps: usize,
    pub optimizer: OptimizerChoice,
    pub lr: f64,
    pub lr_schedule: LrSchedule,
    pub momentum: f64,
    pub rate: f64,
    pub output_rate: Option<f64>,
    pub layer_rates: Option<Vec<f64>>,
    pub target: Option<f64>,
    pub rounds: usize,
    pub schedule: Schedule,
    pub scope: Scope,
    pub score: Score,
    pub restart: RestartChoice,
    pub rewind_to: usize,
    pub noise: f64,
    pub eval_every: usize,
    pub arms: Vec<Arm>,
}

/// The table of fields.
pub fn fields() -> &'static [Field] {
    table::FIELDS
}

impl Default for Config {
    fn default() -> Self {
        Config::preset(Preset::Lesson)
    }
}

impl Config {
    /// The defaults of `preset`.
    pub fn preset(preset: Preset) -> Self {
        let paper = Config {
            preset: Preset::Paper,
            seed: 0,
            data: Source::Mnist,
            examples: 55_000,
            validation: 5_000,
            test: 10_000,
            sizes: vec![784, 300, 100, 10],
            init: Init::Glorot,
            batch: 60,
            steps: 50_000,
            optimizer: OptimizerChoice::Adam,
            lr: 0.0012,
            lr_schedule: LrSchedule::Constant,
            momentum: 0.9,
            rate: 0.2,
            output_rate: None,
            layer_rates: None,
            target: None,
            rounds: 20,
            schedule: Schedule::Iterative,
            scope: Scope::Layer,
            score: Score::Magnitude,
            restart: RestartChoice::Rewind,
            rewind_to: 0,
            noise: 1.0,
            eval_every: 100,
            arms: vec![Arm::Ticket, Arm::Reinit],
        };
        match preset {
            Preset::Paper => paper,
            // Chosen by measurement: docs/lesson-preset.md.
            Preset::Lesson => Config {
                preset: Preset::Lesson,
                examples: 8_500,
                validation: 1_500,
                test: 7_500,
                steps: 600,
                rate: 0.5,
                rounds: 5,
                eval_every: 50,
                ..paper
            },
        }
    }

    /// The preset with the given fields, as text, put in. The order does not
    /// matter. Names may be written with `-` for `_`.
    ///
    /// # Errors
    /// For a field that is unknown, given twice, malformed or out of range, or
    /// fields that do not go together; the sentence names the field, the value
    /// and what is allowed.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, Error> {
        let mut given = Given::default();
        for (name, text) in pairs {
            given.take(name.as_ref(), text.as_ref())?;
        }
        given.checked_config()
    }

    /// The preset with the fields of a JSON object put in. A value is a number,
    /// a string, an array of either, or null where a field may be empty.
    /// Missing fields come from the preset.
    ///
    /// # Errors
    /// As [`Config::from_pairs`], and for JSON that is no object.
    pub fn from_json(json: &Json) -> Result<Self, Error> {
        let Json::Object(object) = json else {
            return Err(Error::config("A config must be a JSON object of fields."));
        };
        let mut given = Given::default();
        for (name, value) in object {
            given.take(name, &text_of(value))?;
        }
        given.checked_config()
    }

    /// All fields as a JSON object.
    pub fn to_json(&self) -> Json {
        let mut members = Vec::new();
        for field in fields() {
            members.push((field.name, field.json(&(field.get)(self))));
        }
        Json::of_members(members)
    }

    /// The text form of field `name`, empty for an unknown one.
    pub fn text(&self, name: &str) -> String {
        find(name).map_or_else(String::new, |field| field.text(&(field.get)(self)))
    }

    /// Checks every field's range and the rules between fields.
    ///
    /// # Errors
    /// Names the first field that is not as it must be.
    pub fn validate(&self) -> Result<(), Error> {
        for field in fields() {
            let text = field.text(&(field.get)(self));
            if field.parse(&text).is_err() {
                return Err(Error::config(field.refusal(&text)));
            }
        }
        match rules::RULES.iter().find(|rule| (rule.broken)(self)) {
            Some(rule) => Err(Error::config(rule.told(self))),
            None => Ok(()),
        }
    }

    /// The share of survivors that a round prunes, layer by layer; where layers
    /// compete, the share of what competes.
    ///
    /// With a `target` P of remaining weights, the rate is the one that leaves
    /// P after all rounds; where all layers have the same rate that is
    /// 1 − P^(1/rounds) (paper, section 1; the exponent belongs to the share
    /// that *remains*).
    pub fn rates(&self) -> Vec<f64> {
        let layers = self.sizes.len() - 1;
        if let Some(rates) = &self.layer_rates {
            return rates.clone();
        }
        let with = |rate: f64| {
            let mut rates = vec![rate; layers];
            rates[layers - 1] = match self.scope {
                Scope::Layer => self.output_rate.unwrap_or(rate / 2.0),
                Scope::Global => rate,
                Scope::GlobalHidden => 0.0,
            };
            rates
        };
        let Some(target) = self.target else {
            return with(self.rate);
        };
        // What is left falls as the rate rises; 60 halvings exhaust an f64.
        let (mut low, mut high) = (0.0, 0.999);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.left_by(&with(middle)) > target {
                low = middle;
            } else {
                high = middle;
            }
        }
        with(0.5 * (low + high))
    }

    /// Percent of the weights that all rounds at these rates leave, but for
    /// rounding.
    fn left_by(&self, rates: &[f64]) -> f64 {
        let (mut all, mut left) = (0.0, 0.0);
        for (pair, rate) in self.sizes.windows(2).zip(rates) {
            let weights = (pair[0] * pair[1]) as f64;
            all += weights;
            left += weights * (0..self.rounds).fold(1.0, |share, _| share * (1.0 - rate));
        }
        100.0 * left / all
    }

    /// Is there a `target` that even the highest rates do not come down to?
    fn misses_target(&self) -> bool {
        self.target.is_some_and(|target| self.left_by(&self.rates()) > 1.001 * target)
    }

    /// The learning rate at `step`, 1-based.
    pub fn lr_at(&self, step: usize) -> f32 {
        (self.lr * self.lr_schedule.factor(step, self.steps)) as f32
    }

    /// The step that the arm `late` rewinds to: `rewind_to`, or a fiftieth of
    /// the steps where that is 0.
    pub fn late_step(&self) -> usize {
        if self.rewind_to > 0 {
            self.rewind_to
        } else {
            (self.steps / 50).max(1).min(self.steps.saturating_sub(1))
        }
    }
}

fn find(name: &str) -> Option<&'static Field> {
    fields().iter().find(|field| {
        field.name.len() == name.len()
            && field.name.bytes().zip(name.bytes()).all(|(a, b)| a == b || (a == b'_' && b == b'-'))
    })
}

/// What JSON says, as a door for texts takes it.
fn text_of(json: &Json) -> String {
    match json {
        Json::Null => String::new(),
        Json::Text(text) => text.clone(),
        Json::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// The fields that a door has been given so far.
#[derive(Default)]
struct Given {
    values: Vec<(&'static Field, Value)>,
}

/// Why something given is no field's value, and what a forgiving door does.
struct Refusal {
    sentence: String,
    remedy: String,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::config(refusal.sentence)
    }
}

impl Given {
    /// Takes `text` for the field `name`. What is refused is taken as the
    /// nearest value that is allowed, or left out.
    fn take(&mut self, name: &str, text: &str) -> Result<(), Refusal> {
        let Some(field) = find(name) else {
            let names: Vec<&str> = fields().iter().map(|field| field.name).collect();
            let (name, names) = (start_of(name), names.join(", "));
            return Err(Refusal {
                sentence: format!("There is no field \"{name}\"; the fields are {names}."),
                remedy: "It is left out.".to_owned(),
            });
        };
        if self.values.iter().any(|(known, _)| known.name == field.name) {
            return Err(Refusal {
                sentence: format!("{} is given twice; give it once.", field.name),
                remedy: "The first one counts.".to_owned(),
            });
        }
        let nearest = match field.parse(text) {
            Ok(value) => {
                self.values.push((field, value));
                return Ok(());
            }
            Err(nearest) => nearest,
        };
        let mut remedy = "Using the default.".to_owned();
        if let Some(value) = nearest {
            remedy = format!("Using {}.", field.text(&value));
            self.values.push((field, value));
        }
        Err(Refusal { sentence: field.refusal(text), remedy })
    }

    /// The preset among the values, with the other values put in.
    fn config(&self) -> Config {
        let mut config = Config::default();
        for (field, value) in self.values.iter().filter(|(field, _)| field.name == "preset") {
            (field.set)(&mut config, value);
        }
        config = Config::preset(config.preset);
        for (field, value) in &self.values {
            (field.set)(&mut config, value);
        }
        config
    }

    fn checked_config(&self) -> Result<Config, Error> {
        let config = self.config();
        config.validate()?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests;
