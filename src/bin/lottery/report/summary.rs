//! From lines to numbers over seeds: mean, least, greatest.

use crate::line::Line;
use lottery_ticket::Config;
use lottery_ticket::config::{Choice, RestartChoice, Schedule};
use std::collections::BTreeMap;

/// A measure over seeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub mean: f64,
    pub min: f64,
    pub max: f64,
    pub count: usize,
}

impl Spread {
    /// Of some numbers; nothing of none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let values: Vec<f64> = values.into_iter().collect();
        (!values.is_empty()).then(|| Spread {
            mean: values.iter().sum::<f64>() / values.len() as f64,
            min: values.iter().copied().fold(f64::INFINITY, f64::min),
            max: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            count: values.len(),
        })
    }
}

/// The lines of one arm and round, over all seeds.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    pub round: usize,
    pub remaining: f64,
    pub lines: Vec<&'a Line>,
}

impl Cell<'_> {
    /// `measure` over the seeds.
    pub fn spread(&self, measure: impl Fn(&Line) -> f64) -> Spread {
        Spread::of(self.lines.iter().map(|line| measure(line))).expect("a cell has a line")
    }

    /// Seeds whose minimum was found at the last evaluation of a whole training.
    pub fn censored(&self) -> usize {
        self.lines.iter().filter(|line| line.censored && !line.diverged).count()
    }

    /// Seeds whose training ended because the loss was no longer a number.
    pub fn diverged(&self) -> usize {
        self.lines.iter().filter(|line| line.diverged).count()
    }
}

/// Results by arm and round.
pub struct Summary<'a> {
    arms: Vec<(String, Vec<Cell<'a>>)>,
    pub seeds: Vec<u32>,
}

impl<'a> Summary<'a> {
    /// Groups `lines`; arms are told in the order of [`place`], beyond that as
    /// they appear.
    pub fn new(lines: &'a [Line]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for line in lines {
            if !names.contains(&line.arm.name()) {
                names.push(line.arm.name());
            }
        }
        names.sort_by_key(|name| place(name));
        let arms = names.into_iter().map(|name| {
            let mut cells: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
            for line in lines.iter().filter(|line| line.arm.name() == name) {
                cells.entry(line.round).or_default().push(line);
            }
            let cells = cells.into_iter().map(|(round, lines)| {
                let mean = lines.iter().map(|line| line.remaining).sum::<f64>();
                Cell { round, remaining: mean / lines.len() as f64, lines }
            });
            (name.to_string(), cells.collect())
        });
        let mut seeds: Vec<u32> = lines.iter().map(|line| line.seed).collect();
        seeds.sort_unstable();
        seeds.dedup();
        Summary { arms: arms.collect(), seeds }
    }

    /// The arms that there are, with their rounds.
    pub fn arms(&self) -> impl Iterator<Item = (&str, &[Cell<'a>])> {
        self.arms.iter().map(|(name, cells)| (name.as_str(), cells.as_slice()))
    }

    /// The rounds of one arm.
    pub fn arm(&self, name: &str) -> &[Cell<'a>] {
        self.arms().find(|(arm, _)| *arm == name).map_or(&[], |(_, cells)| cells)
    }

    /// One arm's round.
    pub fn cell(&self, arm: &str, round: usize) -> Option<&Cell<'a>> {
        self.arm(arm).iter().find(|cell| cell.round == round)
    }

    /// The arm that the others are compared with.
    pub fn main_arm(&self) -> &str {
        if self.arms.iter().any(|(name, _)| name == "ticket") {
            "ticket"
        } else {
            self.arms.first().map_or("ticket", |(name, _)| name)
        }
    }

    /// Does the main arm restart every round from the weights it was born with?
    pub fn rewinds(&self) -> bool {
        let cell = self.cell(self.main_arm(), 0);
        let config = cell.and_then(|cell| Config::from_address(&cell.lines[0].config).ok());
        ["ticket", "one-shot"].contains(&self.main_arm())
            && config.is_some_and(|config| {
                config.restart == RestartChoice::Rewind
                    && config.rewind_to == 0
                    && config.schedule != Schedule::Continued
            })
    }

    /// What `measure` of `arm` gains over `other`, seed by seed, at `round`.
    pub fn gain(
        &self,
        arm: (&str, usize),
        other: (&str, usize),
        measure: impl Fn(&Line) -> f64,
        compare: impl Fn(f64, f64) -> f64,
    ) -> Option<Spread> {
        let ours = self.cell(arm.0, arm.1)?;
        let theirs = self.cell(other.0, other.1)?;
        Spread::of(ours.lines.iter().filter_map(|line| {
            let other = theirs.lines.iter().find(|other| other.seed == line.seed)?;
            Some(compare(measure(line), measure(other)))
        }))
    }
}

/// Arms are told in this order: the ticket, its controls, everything else.
fn place(arm: &str) -> usize {
    const ORDER: [&str; 4] = ["ticket", "reinit", "random", "one-shot"];
    ORDER.iter().position(|name| *name == arm).unwrap_or(ORDER.len())
}
