//! Train → prune → restart, as a state machine that does a bounded amount of
//! work whenever it is asked to.

mod checkpoint;
mod plan;
mod training;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::config::{Arm, Config, OptimizerChoice, RestartChoice, Schedule, Score};
use crate::dataset::{BatchOrder, Dataset};
use crate::error::Error;
use crate::mask::Mask;
use crate::measures::{CurvePoint, RoundResult};
use crate::network::Network;
use crate::prune;
use crate::restart;
use crate::rng::Purpose;
use crate::scores::{self, Evidence};
use crate::ticket::Ticket;
use crate::trainer::{Optimizer, Trainer};
use plan::Plan;
use training::{Best, Losses, Stage};

/// Rounds that one byte of age has room for.
const MAX_ROUNDS: usize = 250;

/// Where an experiment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
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
        #[serde(flatten)]
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
        #[serde(flatten)]
        result: Box<RoundResult>,
    },
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
        if training != config.examples
            || validation != config.validation
            || data.test_indices().len() != config.test
            || data.pool().images().pixels() != config.sizes[0]
        {
            return Err(Error::data(format!(
                "The config asks for {} + {} images of {} pixels, but the data set was split into \
                 {training} + {validation} of {}; make the data set with this config.",
                config.examples,
                config.validation,
                config.sizes[0],
                data.pool().images().pixels()
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
            age: theta0.masks().iter().map(|mask| vec![0; mask.len()]).collect(),
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

    /// Prunes by hand: keeps the survivors whose trained magnitude is at least
    /// `threshold`, and each layer's largest whatever it is. May be called
    /// again with another threshold, and undone.
    ///
    /// # Errors
    /// As [`Experiment::prune`], but also from the phase *pruned*.
    pub fn prune_by(&mut self, threshold: f32) -> Result<(), Error> {
        if self.phase == Phase::Pruned {
            self.undo_prune()?;
        }
        self.check_can_prune()?;
        let network = self.trainer.network();
        let masks = network.layers().iter().map(|layer| {
            let weights = layer.weights().data();
            let kept = || weights.iter().zip(layer.mask().entries()).map(|(w, &k)| (w.abs(), k));
            let largest = kept().filter(|(_, keep)| *keep).map(|(w, _)| w).fold(0.0, f32::max);
            let limit = if threshold > largest { largest } else { threshold };
            let keep = kept().map(|(w, keep)| keep && w >= limit).collect();
            Mask::from_vec(layer.inputs(), layer.outputs(), keep).expect("the shape stays")
        });
        let masks: Vec<Mask> = masks.collect();
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
        let mut origin = Some(self.theta0.clone());
        let start = match kind {
            RestartChoice::Rewind => match (&self.late, self.plan.rewind_to) {
                (Some(late), k) if k > 0 && round > 0 => {
                    first_step = k;
                    restart::keep(late, &masks)
                }
                _ => restart::keep(&self.theta0, &masks),
            },
            RestartChoice::FineTune | RestartChoice::LrRewind => {
                origin = None;
                network
            }
            fresh => {
                let fresh = match fresh {
                    RestartChoice::ReinitSurvivors => {
                        restart::from_survivors(config, round, &masks, &self.theta0)
                    }
                    RestartChoice::Sign => restart::signs(config, &masks, &self.theta0),
                    RestartChoice::Noise => restart::noise(config, round, &masks, &self.theta0),
                    _ => restart::reinitialise(config, round, &masks),
                };
                origin = Some(fresh.clone());
                fresh
            }
        };
        if let Some(origin) = origin {
            self.origin = origin;
        }
        self.results.retain(|result| result.round < round);
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
        let shapes = |masks: &[Mask]| masks.iter().map(Mask::shape).collect::<Vec<_>>();
        let wanted = shapes(&self.theta0.masks());
        if shapes(ticket) != wanted {
            return Err(Error::shape(format!(
                "The ticket's masks must have the shapes {wanted:?}, but have {:?}.",
                shapes(ticket)
            )));
        }
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
        for (age, mask) in self.age.iter_mut().zip(start.masks()) {
            let ages = mask.entries().iter().map(|&keep| if keep { round as u8 } else { 0 });
            age.splice(.., ages);
        }
        self.results.retain(|result| result.round < round);
        self.begin(round, start, 0, false);
        Ok(())
    }

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
        if plan.rewind_to > 0 && plan.rewind_to != self.plan.snapshot_at {
            return Err(Error::phase(format!(
                "The arm {arm} rewinds to step {}, which was not kept; name it in arms.",
                plan.rewind_to
            )));
        }
        let mut fork = self.resume_as(arm)?;
        fork.results.iter_mut().for_each(|result| result.arm = arm);
        Ok(fork)
    }

    /// The points of this round's curves so far.
    pub fn curve(&self) -> &[CurvePoint] {
        &self.curve
    }

    /// What the rounds came to that are trained to their end.
    pub fn measures(&self) -> &[RoundResult] {
        &self.results
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

    fn cannot(&self, what: &str, instead: &str) -> Error {
        Error::phase(format!(
            "The arm {} cannot {what} while it is {}: {instead}.",
            self.arm,
            self.phase.name()
        ))
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
            for (age, _) in age.iter_mut().zip(mask.entries()).filter(|(_, keep)| **keep) {
                *age = next;
            }
        }
        let pruned = restart::keep(&self.trainer.network(), masks);
        self.trainer = Trainer::new(&pruned, optimizer(&self.config), self.config.batch);
        self.phase = Phase::Pruned;
    }

    /// The next round's masks, a pure function of what is known at the end of
    /// this one.
    fn make_masks(&mut self) -> Vec<Mask> {
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
            let trained = match (self.plan.schedule, &self.dense) {
                (Schedule::OneShot, Some(dense)) => dense,
                _ => self.trained.as_ref().unwrap_or(&network),
            };
            let initial = if score.at_initialisation() { &self.theta0 } else { &self.origin };
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
    fn begin(&mut self, round: usize, start: Network, first_step: usize, fine_tuning: bool) {
        self.trainer = Trainer::new(&start, optimizer(&self.config), self.config.batch);
        self.order = BatchOrder::new(self.config.seed, self.order_purpose, self.config.batch);
        self.masks = start.masks();
        self.start = start;
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

/// The optimiser that `config` names.
pub fn optimizer(config: &Config) -> Optimizer {
    match config.optimizer {
        OptimizerChoice::Adam => Optimizer::Adam,
        OptimizerChoice::Sgd => Optimizer::Sgd { momentum: config.momentum as f32 },
    }
}
