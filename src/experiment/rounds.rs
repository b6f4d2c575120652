//! What happens between two trainings: prune, restart, the next round.

use super::training::{Losses, Stage};
use super::{Experiment, MAX_ROUNDS, Phase, optimizer, plan};
use crate::config::{RestartChoice, Schedule, Score};
use crate::dataset::BatchOrder;
use crate::error::Error;
use crate::mask::Mask;
use crate::network::Network;
use crate::prune;
use crate::restart;
use crate::scores::{self, Evidence};
use crate::trainer::Trainer;

impl Experiment {
    /// Makes the next masks from the trained network and puts pruned weights
    /// to zero. The survivors keep their trained weights until
    /// [`Experiment::restart`].
    ///
    /// # Errors
    /// Unless the round is trained; for a control arm, which prunes nothing;
    /// and after 250 rounds.
    pub fn prune(&mut self) -> Result<(), Error> {
        self.check_can_prune()?;
        let masks = self.make_masks();
        self.take_masks(&masks);
        Ok(())
    }

    /// Prunes by hand: of weight layer `layer`, or of all layers, keeps the
    /// survivors whose trained magnitude is at least `threshold`, and each
    /// layer's largest whatever it is. May be called again, which takes more;
    /// [`Experiment::undo_prune`] takes all of it back.
    ///
    /// # Errors
    /// As [`Experiment::prune`], but also from the phase *pruned*; and for a
    /// layer that is none.
    pub fn prune_by(&mut self, layer: Option<usize>, threshold: f32) -> Result<(), Error> {
        if self.phase != Phase::Pruned {
            self.check_can_prune()?;
        }
        let mut masks = self.masks.clone();
        let network = self.trainer.network();
        let layers = match layer {
            Some(layer) => network.check_layer(layer).map(|layer| layer..layer + 1)?,
            None => 0..masks.len(),
        };
        for l in layers {
            let layer = &network.layers()[l];
            let weights = layer.weights().data().iter().map(|w| w.abs());
            let limit = weights.clone().fold(0.0, f32::max).min(threshold);
            let below = |w: f32| w < limit;
            let keep = weights.zip(layer.mask().entries()).map(|(w, &keep)| keep && !below(w));
            let mask = Mask::from_vec(layer.inputs(), layer.outputs(), keep.collect());
            masks[l] = mask.expect("the shape stays");
        }
        self.take_masks(&masks);
        Ok(())
    }

    /// Takes a pruning back.
    ///
    /// # Errors
    /// Unless the phase is *pruned*.
    pub fn undo_prune(&mut self) -> Result<(), Error> {
        let (Phase::Pruned, Some(trained)) = (self.phase, &self.trained) else {
            return Err(self.cannot("undo a pruning", "prune first"));
        };
        self.trainer = Trainer::new(trained, optimizer(&self.config), self.config.batch);
        self.masks = trained.masks();
        let round = self.round as u8;
        self.age.iter_mut().flatten().for_each(|age| *age = (*age).min(round));
        self.phase = Phase::Trained;
        Ok(())
    }

    /// Restarts the survivors from `kind`, with a fresh optimiser. After
    /// pruning that begins the next round, otherwise the same round again.
    ///
    /// # Errors
    /// When the experiment is finished, and for a control arm, whose rounds
    /// begin by [`Experiment::begin_round`].
    pub fn restart(&mut self, kind: RestartChoice) -> Result<(), Error> {
        if self.phase == Phase::Finished {
            return Err(self.cannot("restart", "reset first"));
        }
        if self.arm.is_control() && self.round > 0 {
            return Err(self.cannot("restart by itself", "begin a round with the ticket's masks"));
        }
        let round = self.round + usize::from(self.phase == Phase::Pruned);
        let network = self.trainer.network();
        let masks = network.masks();
        let config = &self.config;
        let mut first_step = 0;
        let start = match kind {
            RestartChoice::Rewind => match (&self.late, self.plan.rewind_to) {
                (Some(late), k) if k > 0 && round > 0 => {
                    first_step = k;
                    restart::keep(late, &masks)
                }
                _ => restart::keep(&self.theta0, &masks),
            },
            RestartChoice::Reinit => restart::reinitialise(config, round, &masks),
            RestartChoice::ReinitSurvivors => {
                restart::from_survivors(config, round, &masks, &self.theta0)
            }
            RestartChoice::Sign => restart::signs(config, &masks, &self.theta0),
            RestartChoice::Noise => restart::noise(config, round, &masks, &self.theta0),
            RestartChoice::FineTune | RestartChoice::LrRewind => network,
        };
        let origin = match kind {
            RestartChoice::Rewind => Some(&self.theta0),
            RestartChoice::FineTune | RestartChoice::LrRewind => None,
            RestartChoice::Reinit
            | RestartChoice::ReinitSurvivors
            | RestartChoice::Sign
            | RestartChoice::Noise => Some(&start),
        };
        if let Some(origin) = origin {
            self.origin = origin.clone();
        }
        self.begin(round, start, first_step, kind == RestartChoice::FineTune);
        Ok(())
    }

    /// Prunes and restarts as the arm says, or finishes after the last round.
    ///
    /// # Errors
    /// Unless the round is trained or pruned; for a control arm before its
    /// last round, whose rounds begin by [`Experiment::begin_round`].
    pub fn next_round(&mut self) -> Result<(), Error> {
        match self.phase {
            Phase::Trained if self.round >= self.config.rounds => {
                self.phase = Phase::Finished;
                return Ok(());
            }
            Phase::Trained => self.prune()?,
            Phase::Pruned => {}
            _ => return Err(self.cannot("begin the next round", "train this one to its end")),
        }
        self.restart(self.plan.restart(self.round + 1, self.config.rounds))
    }

    /// Begins round `round` of a control arm on the masks that the ticket has
    /// in that round. Whatever was going on is left.
    ///
    /// # Errors
    /// For an arm that makes its own masks, a round outside 0 to 250, or masks
    /// of another network.
    pub fn begin_round(&mut self, round: usize, ticket: &[Mask]) -> Result<(), Error> {
        if !self.arm.is_control() {
            return Err(self.cannot("take masks from another arm", "call next_round"));
        }
        if round > MAX_ROUNDS {
            return Err(Error::phase(format!(
                "A round must be 0 to {MAX_ROUNDS}, but got {round}."
            )));
        }
        // Where the masks are another network's, this says so.
        self.theta0.masked(ticket)?;
        if let Some(empty) = ticket.iter().position(|mask| mask.kept() == 0) {
            return Err(Error::shape(format!(
                "A mask must keep at least one weight, but that of layer {} keeps none.",
                empty + 1
            )));
        }
        let start = match round {
            0 => self.theta0.clone(),
            _ => plan::control_start(&self.config, self.arm, round, ticket, &self.theta0),
        };
        self.origin = start.clone();
        for (age, layer) in self.age.iter_mut().zip(start.layers()) {
            let kept = layer.mask().entries().iter();
            *age = kept.map(|&keep| u8::from(keep) * round as u8).collect();
        }
        self.begin(round, start, 0, false);
        Ok(())
    }

    fn check_can_prune(&self) -> Result<(), Error> {
        if self.arm.is_control() {
            return Err(self.cannot("prune", "its masks are the ticket's"));
        }
        if self.phase != Phase::Trained {
            return Err(self.cannot("prune", "train this round to its end"));
        }
        if self.round >= MAX_ROUNDS {
            return Err(self.cannot("prune", "it has done as many rounds as there can be"));
        }
        Ok(())
    }

    /// Puts `masks` in force on the trained weights.
    fn take_masks(&mut self, masks: &[Mask]) {
        self.masks = masks.to_vec();
        let next = self.round as u8 + 1;
        for (age, mask) in self.age.iter_mut().zip(masks) {
            for (age, &keep) in age.iter_mut().zip(mask.entries()) {
                *age = if keep { next } else { (*age).min(self.round as u8) };
            }
        }
        let pruned = restart::keep(&self.trainer.network(), masks);
        self.trainer = Trainer::new(&pruned, optimizer(&self.config), self.config.batch);
        self.phase = Phase::Pruned;
    }

    /// The next round's masks, a pure function of what is known at the end of
    /// this one.
    pub(super) fn make_masks(&mut self) -> Vec<Mask> {
        if let Some(masks) = &self.next_masks {
            return masks.clone();
        }
        let masks = self.start.masks();
        let (scope, score, rates) = (self.config.scope, self.config.score, self.config.rates());
        let next = if score == Score::Synflow {
            prune::prune_by_synflow(&masks, &self.theta0, scope, &rates)
        } else if let Some(scores) = &self.initial_scores {
            prune::prune(&masks, scores, scope, &rates)
        } else {
            let network = self.trainer.network();
            // What the scores look at, and what it grew from.
            let (trained, origin) = match (self.plan.schedule, &self.dense) {
                (Schedule::OneShot, Some(dense)) if self.round > 0 => (dense, &self.theta0),
                _ => (self.trained.as_ref().unwrap_or(&network), &self.origin),
            };
            let initial = if score.at_initialisation() { &self.theta0 } else { origin };
            let round = self.round + 1;
            let (data, seed) = (&*self.data, self.config.seed);
            let scores = scores::scores(score, &Evidence { initial, trained, data, seed, round });
            let next = prune::prune(&masks, &scores, scope, &rates);
            if score.at_initialisation() {
                self.initial_scores = Some(scores);
            }
            next
        };
        self.next_masks = Some(next.clone());
        next
    }

    /// Round `round` from `start`, before its first step.
    pub(super) fn begin(
        &mut self,
        round: usize,
        start: Network,
        first_step: usize,
        fine_tuning: bool,
    ) {
        self.trainer = Trainer::new(&start, optimizer(&self.config), self.config.batch);
        self.order = BatchOrder::new(self.config.seed, self.order_purpose, self.config.batch);
        self.masks = start.masks();
        self.start = start;
        self.results.retain(|result| result.round < round);
        self.round = round;
        self.step = first_step;
        self.first_step = first_step;
        self.fine_tuning = fine_tuning;
        self.phase = Phase::Ready;
        self.aside = None;
        self.stage = Stage::Steps;
        self.losses = Losses::default();
        self.curve.clear();
        self.best = None;
        self.diverged = false;
        self.next_masks = None;
    }
}
