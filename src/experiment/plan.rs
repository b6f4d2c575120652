//! What an arm does differently from the config.

use crate::config::{Arm, Config, RestartChoice, Schedule};
use crate::mask::Mask;
use crate::network::Network;
use crate::restart;

/// How one arm's rounds follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plan {
    pub schedule: Schedule,
    restart: RestartChoice,
    /// The step that *rewind* goes back to.
    pub rewind_to: usize,
    /// The step of the dense network to keep, 0 for none: also what another
    /// arm of the same experiment may want to rewind to.
    pub snapshot_at: usize,
}

impl Plan {
    pub fn new(config: &Config, arm: Arm) -> Self {
        let ticket = Plan {
            schedule: config.schedule,
            restart: config.restart,
            rewind_to: config.rewind_to,
            snapshot_at: if arm == Arm::Late || config.arms.contains(&Arm::Late) {
                config.late_step()
            } else {
                config.rewind_to
            },
        };
        match arm {
            Arm::OneShot => Plan { schedule: Schedule::OneShot, ..ticket },
            Arm::Continued => Plan { schedule: Schedule::Continued, ..ticket },
            Arm::FineTune => Plan { restart: RestartChoice::FineTune, ..ticket },
            Arm::LrRewind => Plan { restart: RestartChoice::LrRewind, ..ticket },
            Arm::Late => {
                Plan { restart: RestartChoice::Rewind, rewind_to: config.late_step(), ..ticket }
            }
            Arm::Ticket => ticket,
            // Controls make no masks; their round 0 is the dense network's.
            Arm::Reinit
            | Arm::ReinitSurvivors
            | Arm::Sign
            | Arm::Noise
            | Arm::Shuffle
            | Arm::Random => ticket,
        }
    }

    /// What round `round` of `rounds` restarts from. *Continued* trains on and
    /// restarts only before the last round (paper, appendix B, strategy 2).
    pub fn restart(&self, round: usize, rounds: usize) -> RestartChoice {
        match self.schedule {
            Schedule::Continued if round < rounds => RestartChoice::LrRewind,
            Schedule::Iterative | Schedule::OneShot | Schedule::Continued => self.restart,
        }
    }
}

/// The network that a control arm trains in round `round`, given the ticket's
/// masks. All start at step 0, from θ₀ or a fresh draw.
pub(super) fn control_start(
    config: &Config,
    arm: Arm,
    round: usize,
    ticket: &[Mask],
    theta0: &Network,
) -> Network {
    match arm {
        Arm::Reinit => restart::reinitialise(config, round, ticket),
        Arm::ReinitSurvivors => restart::from_survivors(config, round, ticket, theta0),
        Arm::Sign => restart::signs(config, ticket, theta0),
        Arm::Noise => restart::noise(config, round, ticket, theta0),
        Arm::Shuffle => restart::keep(theta0, &restart::shuffled(config, round, ticket)),
        Arm::Random => {
            restart::reinitialise(config, round, &restart::random_masks(config, round, ticket))
        }
        // These are no controls, and are never asked.
        Arm::Ticket | Arm::OneShot | Arm::Continued | Arm::FineTune | Arm::LrRewind | Arm::Late => {
            restart::keep(theta0, ticket)
        }
    }
}
