//! The work inside a round: steps, looks at the validation images, and the
//! measurements at its end; all in pieces of bounded size.

use super::{Event, Experiment, Phase, optimizer};
use crate::images::Labelled;
use crate::kernels::Tally;
use crate::measures::{self, CurvePoint, RoundResult};
use crate::network::Network;
use crate::trainer::Trainer;

/// Images that one piece of an evaluation looks at.
const PIECE: usize = 600;
/// A training step does about as much work on an image as this many looks.
const LOOKS_PER_STEP: usize = 3;

/// Which piece of work comes next.
#[derive(Clone)]
pub(super) enum Stage {
    /// A training step.
    Steps,
    /// More of the validation images.
    Validate(Tally),
    /// More of one of the final measurements.
    Finish { job: usize, tally: Tally, found: [Option<f64>; 4] },
}

/// The final measurements, in this order.
const FINAL_TEST: usize = 0;
const FINAL_TRAIN: usize = 1;
const EARLY_TEST: usize = 2;
const UNTRAINED_TEST: usize = 3;

/// The lowest validation loss so far, and the network that had it.
#[derive(Clone)]
pub(super) struct Best {
    pub point: CurvePoint,
    pub network: Network,
}

/// Sum of the batch losses since the last point of the curve.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Losses {
    pub sum: f64,
    pub batches: usize,
}

impl Experiment {
    /// Works for about as long as `max_steps` training steps take, at least
    /// one piece: a step, or a look at 600 images. Stops at the round's end.
    /// However the work is sliced, the outcome has the same bits.
    pub fn advance(&mut self, max_steps: usize) -> Vec<Event> {
        let mut events = Vec::new();
        let step_cost = LOOKS_PER_STEP * self.config.batch;
        let mut budget = max_steps.max(1).saturating_mul(step_cost);
        let mut last_loss = None;
        if self.phase == Phase::Ready {
            self.phase = Phase::Training;
        }
        while self.phase == Phase::Training && budget > 0 {
            let cost = match self.stage.clone() {
                Stage::Steps => {
                    last_loss = self.one_step(&mut events).or(last_loss);
                    step_cost
                }
                Stage::Validate(tally) => self.validate(tally, &mut events, &mut last_loss),
                Stage::Finish { job, tally, found } => self.finish(job, tally, found, &mut events),
            };
            budget = budget.saturating_sub(cost);
        }
        if let Some(loss) = last_loss {
            events.push(self.progress(loss));
        }
        events
    }

    fn progress(&self, loss: f32) -> Event {
        Event::Progress { round: self.round, step: self.step, loss }
    }

    /// One step; its loss, unless training diverged.
    fn one_step(&mut self, events: &mut Vec<Event>) -> Option<f32> {
        let step = self.step + 1;
        let config = &self.config;
        let lr = config.lr_at(if self.fine_tuning { config.steps } else { step });
        let batch = self.order.batch(self.data.training(), step);
        let loss = self.trainer.step(self.data.pool(), batch, lr);
        if !loss.is_finite() {
            self.diverged = true;
            events.push(Event::Diverged { round: self.round, step: self.step });
            self.stage = Stage::Validate(Tally::default());
            return None;
        }
        self.step = step;
        self.losses.sum += f64::from(loss);
        self.losses.batches += 1;
        if self.round == 0 && step == self.plan.snapshot_at {
            self.late = Some(self.trainer.network());
        }
        if step.is_multiple_of(self.config.eval_every) || step == self.config.steps {
            self.stage = Stage::Validate(Tally::default());
        }
        Some(loss)
    }

    /// A piece of the validation images; after the last the curve's point.
    /// Returns the cost.
    fn validate(
        &mut self,
        mut tally: Tally,
        events: &mut Vec<Event>,
        last_loss: &mut Option<f32>,
    ) -> usize {
        let rest = &self.data.validation()[tally.samples()..];
        let piece = &rest[..rest.len().min(PIECE)];
        self.trainer.tally(self.data.pool(), piece, &mut tally);
        let cost = piece.len();
        if tally.samples() < self.data.validation().len() {
            self.stage = Stage::Validate(tally);
            return cost;
        }
        let losses = std::mem::take(&mut self.losses);
        let point = CurvePoint {
            step: self.step,
            train_loss: losses.sum / losses.batches as f64,
            val_loss: tally.loss(),
            val_accuracy: tally.accuracy(),
        };
        self.curve.push(point);
        // Strictly lower: of equal minima the first counts.
        let lower = |best: &Best| {
            point.val_loss < best.point.val_loss
                || (best.point.val_loss.is_nan() && !point.val_loss.is_nan())
        };
        if self.best.as_ref().is_none_or(lower) {
            self.best = Some(Best { point, network: self.trainer.network() });
        }
        if let Some(loss) = last_loss.take() {
            events.push(self.progress(loss));
        }
        events.push(Event::Evaluation { round: self.round, point });
        self.stage = if self.step == self.config.steps || self.diverged {
            Stage::Finish { job: FINAL_TEST, tally: Tally::default(), found: [None; 4] }
        } else {
            Stage::Steps
        };
        cost
    }

    /// A piece of a final measurement; after the last the round's result.
    fn finish(
        &mut self,
        job: usize,
        mut tally: Tally,
        mut found: [Option<f64>; 4],
        events: &mut Vec<Event>,
    ) -> usize {
        let early_is_final = self.best.as_ref().is_some_and(|best| best.point.step == self.step);
        if job == EARLY_TEST && early_is_final {
            found[EARLY_TEST] = found[FINAL_TEST];
            self.stage = Stage::Finish { job: job + 1, tally, found };
            return 0;
        }
        let data = &self.data;
        let (set, indices): (&Labelled, &[u32]) = match job {
            FINAL_TRAIN => (data.pool(), data.training()),
            _ => (data.test(), data.test_indices()),
        };
        let rest = &indices[tally.samples()..];
        let piece = &rest[..rest.len().min(PIECE)];
        let other = match (job, &self.best) {
            (EARLY_TEST, Some(best)) => Some(&best.network),
            (UNTRAINED_TEST, _) => Some(&self.start),
            _ => None,
        };
        let fresh = |network| Trainer::new(network, optimizer(&self.config), self.config.batch);
        let trainer = match other {
            Some(network) => self.aside.get_or_insert_with(|| fresh(network)),
            None => &mut self.trainer,
        };
        trainer.tally(set, piece, &mut tally);
        let cost = piece.len();
        if tally.samples() < indices.len() {
            self.stage = Stage::Finish { job, tally, found };
            return cost;
        }
        found[job] = Some(tally.accuracy());
        self.aside = None;
        if job < UNTRAINED_TEST {
            self.stage = Stage::Finish { job: job + 1, tally: Tally::default(), found };
        } else {
            let result = self.end_round(found);
            events.push(Event::Round { result: Box::new(result) });
        }
        cost
    }

    fn end_round(&mut self, found: [Option<f64>; 4]) -> RoundResult {
        let trained = self.trainer.network();
        self.trained = Some(trained.clone());
        if self.round == 0 {
            self.dense = Some(trained.clone());
        }
        self.next_masks = None;
        let moved = if self.arm.is_control() {
            Vec::new()
        } else {
            let next = self.make_masks();
            measures::movement(&self.origin, &trained, &next)
        };
        let masks = trained.masks();
        let reach = measures::reach(&masks);
        let found = |job: usize| found[job].unwrap_or(f64::NAN);
        let best = self.best.as_ref().map_or(self.curve[self.curve.len() - 1], |best| best.point);
        let result = RoundResult {
            seed: self.config.seed,
            arm: self.arm,
            round: self.round,
            remaining: trained.remaining(),
            survivors: masks.iter().map(|mask| mask.kept()).collect(),
            dead: reach.dead.iter().map(|layer| layer.iter().filter(|d| **d).count()).collect(),
            effective: reach.effective,
            early_stop_step: best.step,
            censored: best.step == self.step,
            val_loss: best.val_loss,
            val_accuracy: best.val_accuracy,
            test_accuracy_early_stop: found(EARLY_TEST),
            test_accuracy_final: found(FINAL_TEST),
            train_accuracy: found(FINAL_TRAIN),
            untrained_accuracy: found(UNTRAINED_TEST),
            moved_survivors: moved.iter().map(|layer| layer.survivors).collect(),
            moved_pruned: moved.iter().map(|layer| layer.pruned).collect(),
            diverged: self.diverged,
            fingerprint: trained.fingerprint().to_string(),
            start_fingerprint: self.start.fingerprint().to_string(),
            curve: self.curve.clone(),
        };
        self.results.push(result.clone());
        self.stage = Stage::Steps;
        self.phase = Phase::Trained;
        result
    }
}
