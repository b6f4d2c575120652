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

use crate::error::Error;
use crate::json::Json;
pub use choice::{
    Arm, Choice, Init, LrSchedule, OptimizerChoice, Preset, RestartChoice, Schedule, Scope, Score,
    Source,
};
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
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        Self::assemble(
            pairs.iter().map(|(name, text)| (name.as_ref(), text.as_ref())),
            |row, text| row.parse(text),
        )
    }

    /// The preset with the fields of a JSON object put in. Missing fields come
    /// from the preset, null where a field may be empty empties it.
    ///
    /// # Errors
    /// As [`Config::from_pairs`], and for JSON that is no object.
    pub fn from_json(json: &Json) -> Result<Self, Error> {
        let Json::Object(object) = json else {
            return Err(Error::config("A config must be a JSON object of fields."));
        };
        Self::assemble(object.iter().map(|(name, value)| (name.as_str(), value)), |row, value| {
            row.parse_json(value)
        })
    }

    /// Shared by the strict doors: presets first, each field once, then rules.
    fn assemble<'a, T: Copy + 'a>(
        given: impl Iterator<Item = (&'a str, T)>,
        parse: impl Fn(&Field, T) -> Result<field::Value, field::Refusal>,
    ) -> Result<Self, Error> {
        let mut values: Vec<(&Field, field::Value)> = Vec::new();
        for (name, raw) in given {
            let field = find(name).ok_or_else(|| Error::config(unknown(name)))?;
            if values.iter().any(|(known, _)| known.name == field.name) {
                return Err(Error::config(repeated(field)));
            }
            let value = parse(field, raw).map_err(|refusal| Error::config(refusal.message))?;
            values.push((field, value));
        }
        let config = Self::with_values(values);
        config.validate()?;
        Ok(config)
    }

    /// The preset among `values`, with the other values put in.
    fn with_values(values: Vec<(&Field, field::Value)>) -> Self {
        let mut config = Config::default();
        for (field, value) in values.iter().filter(|(field, _)| field.name == "preset") {
            (field.set)(&mut config, value.clone());
        }
        config = Config::preset(config.preset);
        for (field, value) in values {
            (field.set)(&mut config, value);
        }
        config
    }

    /// All fields as a JSON object.
    pub fn to_json(&self) -> Json {
        let fields = fields().iter().map(|field| (field.name.to_owned(), (field.get)(self).json()));
        Json::Object(fields.collect())
    }

    /// The text form of field `name`, empty for an unknown one.
    pub fn text(&self, name: &str) -> String {
        find(name).map_or_else(String::new, |field| (field.get)(self).text())
    }

    /// Checks every field's range and the rules between fields.
    ///
    /// # Errors
    /// Names the first field that is not as it must be.
    pub fn validate(&self) -> Result<(), Error> {
        for field in fields() {
            field
                .parse(&(field.get)(self).text())
                .map_err(|refusal| Error::config(refusal.message))?;
        }
        match rules::RULES.iter().find_map(|rule| (rule.broken)(self)) {
            Some(sentence) => Err(Error::config(sentence)),
            None => Ok(()),
        }
    }

    /// The share of survivors that a round prunes, layer by layer.
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
            if self.scope == Scope::Layer {
                rates[layers - 1] = self.output_rate.unwrap_or(rate / 2.0);
            }
            rates
        };
        let Some(target) = self.target else {
            return with(self.rate);
        };
        let left = |rate: f64| {
            let rates = with(rate);
            let weights = self.sizes.windows(2).map(|pair| (pair[0] * pair[1]) as f64);
            let kept = weights.clone().zip(&rates).map(|(all, rate)| {
                all * (0..self.rounds).fold(1.0, |share, _| share * (1.0 - rate))
            });
            100.0 * kept.sum::<f64>() / weights.sum::<f64>()
        };
        // Falls as the rate rises; 60 halvings exhaust an f64.
        let (mut low, mut high) = (0.0, 0.999);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if left(middle) > target {
                low = middle;
            } else {
                high = middle;
            }
        }
        with(0.5 * (low + high))
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

fn unknown(name: &str) -> String {
    let name: String = name.chars().take(40).collect();
    let names: Vec<&str> = fields().iter().map(|field| field.name).collect();
    format!("There is no field \"{name}\"; the fields are {}.", names.join(", "))
}

fn repeated(field: &Field) -> String {
    format!("{} is given twice; give it once.", field.name)
}

#[cfg(test)]
mod tests;
