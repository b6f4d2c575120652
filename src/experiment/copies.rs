//! Second copies: a twin on another data order, another arm's fork, a ticket.

use super::plan::Plan;
use super::{Experiment, Phase};
use crate::config::{Arm, RestartChoice};
use crate::error::Error;
use crate::mask::Mask;
use crate::network::Network;
use crate::restart;
use crate::rng::Purpose;
use crate::ticket::Ticket;
use crate::trainer::Trainer;

impl Experiment {
    /// A second copy of this round from the same start on another data order,
    /// to see whether training is stable against the order (Frankle et al.
    /// 2020): train both, then measure [`crate::inspect::barrier`].
    pub fn twin(&self) -> Self {
        let mut twin = Self::new(self.config.clone(), self.arm, self.data.clone())
            .expect("what was valid is valid");
        twin.order_purpose = Purpose::OtherOrder;
        twin.origin = self.origin.clone();
        twin.age = self.age.clone();
        twin.begin(self.round, self.start.clone(), self.first_step, self.fine_tuning);
        twin
    }

    /// This run set back to the start of round `round`, as if it had just come
    /// there: its masks are known for good.
    ///
    /// # Errors
    /// For a round that the run has not reached, for a control, and where the
    /// round starts from other weights than θ₀ or θ_k.
    pub fn back_to(&self, round: usize) -> Result<Self, Error> {
        let rewinds = self.plan.restart(round, self.config.rounds) == RestartChoice::Rewind;
        let late = (round > 0 && self.plan.rewind_to > 0).then_some(self.plan.rewind_to);
        if self.arm.is_control() || round > self.round || (round > 0 && !rewinds) {
            return Err(self.cannot(
                &format!("go back to round {round}"),
                "only to a round that it has rewound before",
            ));
        }
        let mut back = self.carried_to(self.arm)?;
        back.order_purpose = self.order_purpose;
        back.age = self.age.clone();
        back.age.iter_mut().flatten().for_each(|age| *age = (*age).min(round as u8));
        let masks = Mask::from_ages(&self.config.sizes, &back.age.concat(), round)?;
        let whole = if late.is_some() { self.late.as_ref() } else { None };
        let start = restart::keep(whole.unwrap_or(&self.theta0), &masks);
        back.begin(round, start, whole.and(late).unwrap_or(0), false);
        Ok(back)
    }

    /// The ticket of this round: its masks, what it started from and, once
    /// trained, θ_T.
    ///
    /// # Errors
    /// When training diverged.
    pub fn ticket(&self) -> Result<Ticket, Error> {
        let masks = self.start.masks();
        let trained = match self.phase {
            Phase::Ready | Phase::Training => None,
            _ => self.trained.clone(),
        };
        let rewound = |whole: &Network| restart::keep(whole, &masks) == self.start;
        let ones: Vec<Mask> = masks.iter().map(|m| Mask::ones(m.shape().0, m.shape().1)).collect();
        let initial = match &self.late {
            _ if rewound(&self.theta0) => self.theta0.clone(),
            Some(late) if rewound(late) => late.clone(),
            _ => restart::keep(&self.start, &ones),
        };
        Ticket::new(initial, &masks, trained, self.round, self.config.to_json().to_string())
    }

    /// The same dense round as another arm's, so that it need be trained only
    /// once.
    ///
    /// # Errors
    /// Unless round 0 is trained and nothing more, both arms make their own
    /// masks, and the step that `arm` rewinds to was kept, as it is when the
    /// config names the arm.
    pub fn fork(&self, arm: Arm) -> Result<Self, Error> {
        let plan = Plan::new(&self.config, arm);
        if self.phase != Phase::Trained || self.round > 0 {
            return Err(self.cannot("be forked", "fork when round 0 is trained"));
        }
        if arm.is_control() || self.arm.is_control() {
            return Err(Error::phase(format!(
                "Only arms that make their own masks share the dense round, but this is {} for {arm}.",
                self.arm
            )));
        }
        if plan.rewind_to > 0 && (self.late.is_none() || plan.rewind_to != self.plan.snapshot_at) {
            return Err(Error::phase(format!(
                "The arm {arm} rewinds to step {}, which was not kept; name it in arms.",
                plan.rewind_to
            )));
        }
        let mut fork = self.carried_to(arm)?;
        fork.start = self.start.clone();
        fork.origin = self.origin.clone();
        fork.results.iter_mut().for_each(|result| result.arm = arm);
        Ok(fork)
    }

    /// A new run of `arm` with what this one has trained, measured and kept.
    /// Its round, masks and ages, and what the round started from, are still
    /// the new run's: right for a dense round from θ₀, and where `begin` or
    /// the caller sets them.
    fn carried_to(&self, arm: Arm) -> Result<Self, Error> {
        let mut copy = Self::new(self.config.clone(), arm, self.data.clone())?;
        copy.trainer = Trainer::from_state(self.trainer.state(), self.config.batch);
        copy.late = self.late.clone();
        copy.dense = self.dense.clone();
        copy.trained = self.trained.clone();
        copy.step = self.step;
        copy.phase = self.phase;
        copy.curve = self.curve.clone();
        copy.best = self.best.clone();
        copy.diverged = self.diverged;
        copy.results = self.results.clone();
        copy.next_masks = self.next_masks.clone();
        copy.initial_scores = self.initial_scores.clone();
        Ok(copy)
    }
}
