//! One line of results: what a seed, an arm and a round came to.

use crate::failure::Failure;
use lottery_ticket::{Arm, RoundResult};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// A round's result, with what one needs to make it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    #[serde(flatten)]
    pub result: RoundResult,
    /// Fingerprint after [`PROBE_STEPS`] steps, so that a short run can check
    /// a long one.
    #[serde(rename = "probe_fingerprint", default)]
    pub probe: Option<String>,
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
        serde_json::from_str(text).map_err(|why| {
            Failure::new(format!("{place} is no line of results of this program: {why}."))
        })
    }

    /// As JSON, without a line end.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain numbers and string keys")
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
