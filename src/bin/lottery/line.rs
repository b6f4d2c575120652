//! One line of results: what a seed, an arm and a round came to.

use crate::failure::Failure;
use lottery_ticket::json::Json;
use lottery_ticket::{Arm, RoundResult};
use std::ops::Deref;

/// A round's result, with what one needs to make it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub result: RoundResult,
    /// Fingerprint after [`PROBE_STEPS`] steps, so that a short run can check
    /// a long one.
    pub probe: Option<String>,
    /// Error barrier to a copy trained on another order of the images, percent
    /// points, where it was asked for (Frankle et al. 2020, section 2).
    pub instability: Option<f64>,
    /// The config as an address, without seed and arms.
    pub config: String,
}

/// After how many steps [`Line::probe`] is taken.
pub const PROBE_STEPS: usize = 300;

impl Deref for Line {
    type Target = RoundResult;

    fn deref(&self) -> &RoundResult {
        &self.result
    }
}

impl Line {
    /// The line that `text` spells; `place` says where it stands.
    pub fn parse(text: &str, place: &str) -> Result<Self, Failure> {
        let wrong = |why: &str| {
            Failure::new(format!("{place} is no line of results of this program: {why}."))
        };
        let json = Json::parse(text).map_err(|why| wrong(&why.to_string()))?;
        let text = |name: &str| json.get(name).as_str().map(str::to_owned);
        Ok(Line {
            result: RoundResult::from_json(&json)
                .ok_or_else(|| wrong("a measure is missing or of the wrong kind"))?,
            probe: text("probe_fingerprint"),
            instability: json.get("instability").as_f64(),
            config: text("config").ok_or_else(|| wrong("the config is missing"))?,
        })
    }

    /// As JSON, without a line end.
    pub fn to_json(&self) -> String {
        let Json::Object(mut members) = self.result.to_json() else {
            unreachable!("a result is an object");
        };
        members.push(("probe_fingerprint".to_owned(), self.probe.clone().into()));
        if let Some(points) = self.instability {
            members.push(("instability".to_owned(), points.into()));
        }
        members.push(("config".to_owned(), self.config.as_str().into()));
        Json::Object(members).to_string()
    }

    /// The same line for `arm`, which shares the dense round.
    pub fn of(&self, arm: Arm) -> Line {
        let mut line = self.clone();
        line.result.arm = arm;
        line
    }

    /// What makes the line one of a kind within a results file.
    pub fn key(&self) -> Key {
        (self.seed, self.arm.to_string(), self.round)
    }
}

/// Seed, arm, round.
pub type Key = (u32, String, usize);
