//! Train → prune → restart, as a state machine that does a bounded amount of
//! work whenever it is asked to.

mod checkpoint;
mod copies;
mod plan;
mod rounds;
mod training;

use std::sync::Arc;

use crate::config::{Arm, Config, OptimizerChoice};
use crate::dataset::{BatchOrder, Dataset};
use crate::error::Error;
use crate::json::Json;
use crate::mask::Mask;
use crate::measures::{CurvePoint, RoundResult};
use crate::network::Network;
use crate::restart;
use crate::rng::Purpose;
use crate::trainer::{Optimizer, Trainer};
use plan::Plan;
use training::{Best, Losses, Stage};

/// Rounds that one byte of age has room for.
pub const MAX_ROUNDS: usize = 250;

/// Where an experiment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// (Re)started, not one step done.
    Ready,
    /// Between the first step and the last measurement of a round.
    Training,
    /// The round is done and measured.
    Trained,
    /// New masks are made; the survivors still have their trained weights.
    Pruned,
    /// All rounds are done.
    Finished,
}

impl Phase {
    const ALL: [Phase; 5] =
        [Phase::Ready, Phase::Training, Phase::Trained, Phase::Pruned, Phase::Finished];

    /// The phase in kebab-case.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Ready => "ready",
            Phase::Training => "training",
            Phase::Trained => "trained",
            Phase::Pruned => "pruned",
            Phase::Finished => "finished",
        }
    }
}

/// What happened during [`Experiment::advance`].
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Steps were done; the last of them was `step`.
    Progress {
        /// The round.
        round: usize,
        /// Steps done in it.
        step: usize,
        /// Mean loss of that step's batch, before its update.
        loss: f32,
    },
    /// A look at the validation images.
    Evaluation {
        /// The round.
        round: usize,
        /// The point for the curves.
        point: CurvePoint,
    },
    /// The loss is no longer a finite number; the round ends here.
    Diverged {
        /// The round.
        round: usize,
        /// The last step that changed weights.
        step: usize,
    },
    /// The round is done and measured.
    Round {
        /// What it came to.
        result: Box<RoundResult>,
    },
}

impl Event {
    /// A JSON object whose `kind` tells what happened.
    pub fn to_json(&self) -> Json {
        match self {
            Event::Progress { round, step, loss } => Json::object([
                ("kind", "progress".into()),
                ("round", (*round).into()),
                ("step", (*step).into()),
                ("loss", (*loss).into()),
            ]),
            Event::Evaluation { round, point } => {
                let [step, train_loss, val_loss, val_accuracy] = point.members();
                let (kind, round) = (("kind", "evaluation".into()), ("round", (*round).into()));
                Json::object([kind, round, step, train_loss, val_loss, val_accuracy])
            }
            Event::Diverged { round, step } => Json::object([
                ("kind", "diverged".into()),
                ("round", (*round).into()),
                ("step", (*step).into()),
            ]),
            Event::Round { result } => {
                Json::object([("kind", "round".into()), ("result", result.to_json())])
            }
        }
    }
}

/// One seed's run of one arm through all rounds.
///
/// ```text
/// Ready ──advance──▶ Training ──advance──▶ Trained ──prune──▶ Pruned
///   ▲                                        │                  │
///   └────────────── restart ─────────────────┴──────────────────┘
/// ```
/// [`Experiment::next_round`] is prune and restart as the arm says.
pub struct Experiment {
    config: Config,
    arm: Arm,
    plan: Plan,
    data: Arc<Dataset>,
    theta0: Network,
    /// θ_k, once the dense network has been there.
    late: Option<Network>,
    /// θ_T of round 0, for one-shot pruning.
    dense: Option<Network>,
    /// What the present weights grew from: θ₀, or the last fresh draw.
    origin: Network,
    /// What this round started from.
    start: Network,
    /// θ_T of the last round that was trained to its end.
    trained: Option<Network>,
    /// The masks in force.
    masks: Vec<Mask>,
    age: Vec<Vec<u8>>,
    round: usize,
    step: usize,
    first_step: usize,
    /// Trains at the schedule's last learning rate throughout.
    fine_tuning: bool,
    order: BatchOrder,
    order_purpose: Purpose,
    trainer: Trainer,
    /// Holds another network of this round while it is measured.
    aside: Option<Trainer>,
    phase: Phase,
    stage: Stage,
    losses: Losses,
    curve: Vec<CurvePoint>,
    best: Option<Best>,
    diverged: bool,
    results: Vec<RoundResult>,
    /// Scores that look at θ₀ only, and the next round's masks: made once.
    initial_scores: Option<Vec<Vec<f64>>>,
    next_masks: Option<Vec<Mask>>,
}

impl Experiment {
    /// The dense network of `config.seed` before its first step.
    ///
    /// # Errors
    /// When the config is not [valid](Config::validate) or `data` was not
    /// split for it.
    pub fn new(config: Config, arm: Arm, data: Arc<Dataset>) -> Result<Self, Error> {
        config.validate()?;
        let (training, validation) = (data.training().len(), data.validation().len());
        let test = data.test_indices().len();
        if training != config.examples
            || validation != config.validation
            || test != config.test
            || data.pool().images().pixels() != config.sizes[0]
            || data.seed != config.seed
        {
            return Err(Error::data(format!(
                "The config asks for {} + {} + {} images of {} pixels by seed {}, but the data set \
                 was split into {training} + {validation} + {test} of {} by seed {}; make the data \
                 set with this config.",
                config.examples,
                config.validation,
                config.test,
                config.sizes[0],
                config.seed,
                data.pool().images().pixels(),
                data.seed
            )));
        }
        let theta0 = restart::initial(&config);
        let order_purpose = Purpose::BatchOrder;
        Ok(Experiment {
            plan: Plan::new(&config, arm),
            late: None,
            dense: None,
            origin: theta0.clone(),
            start: theta0.clone(),
            trained: None,
            masks: theta0.masks(),
            age: theta0.layers().iter().map(|layer| vec![0; layer.mask().len()]).collect(),
            round: 0,
            step: 0,
            first_step: 0,
            fine_tuning: false,
            order: BatchOrder::new(config.seed, order_purpose, config.batch),
            order_purpose,
            trainer: Trainer::new(&theta0, optimizer(&config), config.batch),
            aside: None,
            phase: Phase::Ready,
            stage: Stage::Steps,
            losses: Losses::default(),
            curve: Vec::new(),
            best: None,
            diverged: false,
            results: Vec::new(),
            initial_scores: None,
            next_masks: None,
            theta0,
            config,
            arm,
            data,
        })
    }

    /// Back to the dense network of the same seed, as if nothing had been.
    pub fn reset(&mut self) {
        let fresh = Self::new(self.config.clone(), self.arm, self.data.clone());
        *self = fresh.expect("what was valid is valid");
    }

    /// The config.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The arm.
    pub fn arm(&self) -> Arm {
        self.arm
    }

    /// The data.
    pub fn data(&self) -> &Arc<Dataset> {
        &self.data
    }

    /// Where the experiment stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The present round, 0 for the dense network.
    pub fn round(&self) -> usize {
        self.round
    }

    /// Steps done in this round; a round that rewinds to step k begins with k.
    pub fn step(&self) -> usize {
        self.step
    }

    /// A copy of the network as it is now.
    pub fn network(&self) -> Network {
        self.trainer.network()
    }

    /// θ₀, all weights.
    pub fn theta0(&self) -> &Network {
        &self.theta0
    }

    /// What this round started from.
    pub fn theta_start(&self) -> &Network {
        &self.start
    }

    /// θ_T of the last round that was trained to its end.
    pub fn theta_trained(&self) -> Option<&Network> {
        self.trained.as_ref()
    }

    /// How many rounds each weight survived, per layer row-major; a weight is
    /// in round r's mask where its age is at least r. For a control arm, whose
    /// masks need not be nested: the present round where kept, else 0.
    pub fn age(&self) -> &[Vec<u8>] {
        &self.age
    }

    /// The masks in force.
    pub fn masks(&self) -> &[Mask] {
        &self.masks
    }

    /// Share of weights kept, percent.
    pub fn remaining(&self) -> f64 {
        let count = |of: fn(&Mask) -> usize| self.masks.iter().map(of).sum::<usize>() as f64;
        100.0 * count(Mask::kept) / count(Mask::len)
    }

    /// What the present weights grew from: θ₀, or a control's fresh draw.
    pub fn theta_origin(&self) -> &Network {
        &self.origin
    }

    /// The masks that the next pruning will make, once the round is trained.
    pub fn next_masks(&self) -> Option<&[Mask]> {
        self.next_masks.as_deref()
    }

    /// The points of this round's curves so far.
    pub fn curve(&self) -> &[CurvePoint] {
        &self.curve
    }

    /// What the rounds came to that are trained to their end.
    pub fn measures(&self) -> &[RoundResult] {
        &self.results
    }

    fn cannot(&self, what: &str, instead: &str) -> Error {
        Error::phase(format!(
            "The arm {} cannot {what} while it is {}: {instead}.",
            self.arm,
            self.phase.name()
        ))
    }
}

/// The optimiser that `config` names.
pub fn optimizer(config: &Config) -> Optimizer {
    match config.optimizer {
        OptimizerChoice::Adam => Optimizer::Adam,
        OptimizerChoice::Sgd => Optimizer::Sgd { momentum: config.momentum as f32 },
    }
}
