//! What a person at a terminal sees meanwhile. Silent anywhere else.

use super::plan::Task;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::time::Duration;

/// A bar for the whole run, and one for each round that is being trained.
pub struct Progress {
    bars: MultiProgress,
    whole: ProgressBar,
    steps: u64,
}

impl Progress {
    /// For `rounds` rounds of `steps` steps; second copies count as rounds.
    pub fn new(rounds: usize, steps: usize) -> Self {
        let bars = MultiProgress::new();
        let whole = bars.add(ProgressBar::new((rounds * steps) as u64));
        whole.set_style(style("{bar:30} {percent:>3} % of all rounds, about {eta} left"));
        whole.enable_steady_tick(Duration::from_millis(500));
        Progress { bars, whole, steps: steps as u64 }
    }

    /// A round begins with `remaining` percent of the weights.
    pub fn round(&self, task: Task, remaining: f64) -> RoundProgress {
        let bar = self.bars.insert_from_back(1, ProgressBar::new(self.steps));
        bar.set_style(style("{bar:30} {percent:>3} % {prefix} {msg}"));
        bar.set_prefix(format!(
            "seed {}, {}, round {} ({remaining:.1} % left)",
            task.seed, task.arm, task.round
        ));
        RoundProgress { bar, whole: self.whole.clone() }
    }

    /// Everything is done.
    pub fn finish(&self) {
        self.whole.finish_and_clear();
    }
}

/// One round's bar; gone when dropped.
pub struct RoundProgress {
    bar: ProgressBar,
    whole: ProgressBar,
}

impl RoundProgress {
    /// The round is at `step`.
    pub fn at(&self, step: usize) {
        let step = step as u64;
        self.whole.inc(step.saturating_sub(self.bar.position()));
        self.bar.set_position(step);
    }

    /// A second copy of the round begins.
    pub fn again(&self) {
        self.bar.set_position(0);
        self.bar.set_message("second copy");
    }

    /// The validation images said so much.
    pub fn accuracy(&self, percent: f64) {
        self.bar.set_message(format!("validation {percent:.2} %"));
    }
}

impl Drop for RoundProgress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a fixed template").progress_chars("█▌ ")
}
