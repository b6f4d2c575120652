//! Second copies: a twin on another data order, another arm's fork, a ticket.

use super::plan::Plan;
use super::{Experiment, Phase};
use crate::config::Arm;
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
        let mut fork = self.resume_as(arm)?;
        fork.results.iter_mut().for_each(|result| result.arm = arm);
        Ok(fork)
    }

    /// A copy under another arm's name.
    fn resume_as(&self, arm: Arm) -> Result<Self, Error> {
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
