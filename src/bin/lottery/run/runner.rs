//! Trains the tasks of a plan on several threads, and keeps what a run that
//! is interrupted needs to go on.
//!
//! After each round of an arm that makes its own masks, first its line goes
//! out, then its state at the start of the next round is written as a
//! checkpoint. So whatever kills the process, no line is lost, and at most the
//! rounds that were under way are trained again, to the same bits. Controls
//! need no checkpoint: a round of theirs depends on the ticket's masks alone.

use super::output::Output;
use super::plan::{Plan, Task};
use super::progress::Progress;
use crate::data::Data;
use crate::failure::Failure;
use crate::files;
use crate::line::{Line, PROBE_STEPS};
use lottery_ticket::inspect::barrier;
use lottery_ticket::{Arm, Config, Dataset, Event, Experiment, Mask, Phase, RoundResult};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

/// Steps between two looks at whether to stop, and moves of the bars.
const SLICE: usize = 50;

/// Points of the line on which instability is measured, ends included.
const POINTS: usize = 11;

/// What `lottery run` was asked to do.
pub struct Run {
    pub config: Config,
    pub seeds: Vec<u32>,
    pub jobs: usize,
    /// Whether each round is trained a second time, for its instability.
    pub instability: bool,
    pub data: Data,
    /// Where checkpoints are kept, if at all.
    pub folder: Option<PathBuf>,
}

/// How many rounds each of a ticket's weights survived, layer by layer.
pub type Ages = Vec<Vec<u8>>;

/// What the threads share.
struct Shared<'a> {
    run: &'a Run,
    board: Mutex<Board>,
    changed: Condvar,
    stop: AtomicBool,
    progress: Progress,
}

struct Board {
    plan: Plan,
    output: Output,
    datasets: HashMap<u32, Arc<Dataset>>,
    /// Arms that make their own masks, between two rounds.
    lines: HashMap<(u32, Arm), Experiment>,
    /// By seed.
    ages: HashMap<u32, Ages>,
    running: usize,
    failure: Option<Failure>,
}

/// What a thread is given to train.
enum Work {
    Line(Box<Experiment>),
    Control(Arc<Dataset>, Vec<Mask>),
}

impl Run {
    /// Trains everything that is not in `output` yet. Returns all lines of
    /// this run's seeds and arms, and of each seed the ages.
    pub fn train(&self, output: Output) -> Result<(Vec<Line>, Vec<Ages>), Failure> {
        let plan = Plan::new(&self.seeds, &self.config.arms, self.config.rounds);
        let mut board = Board {
            plan,
            output,
            datasets: HashMap::new(),
            lines: HashMap::new(),
            ages: HashMap::new(),
            running: 0,
            failure: None,
        };
        for &seed in &self.seeds {
            self.go_on(seed, &mut board)?;
        }
        if let Some(folder) = &self.folder {
            files::create_folder(folder)?;
        }
        let copies = 1 + usize::from(self.instability);
        let progress = Progress::new(copies * board.plan.left(), self.config.steps);
        let shared = Shared {
            run: self,
            board: Mutex::new(board),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
            progress,
        };
        std::thread::scope(|scope| {
            for _ in 0..self.jobs {
                scope.spawn(|| shared.work());
            }
        });
        shared.progress.finish();
        let board = shared.board.into_inner().expect("no thread panicked");
        if let Some(failure) = board.failure {
            return Err(failure);
        }
        let arms: Vec<String> = self.config.arms.iter().map(Arm::to_string).collect();
        let ages = self.seeds.iter().filter_map(|seed| board.ages.get(seed).cloned()).collect();
        Ok((board.output.into_lines(&self.seeds, &arms), ages))
    }

    /// The config of `seed`.
    fn config_of(&self, seed: u32) -> Config {
        Config { seed, ..self.config.clone() }
    }

    /// Takes up what an interrupted run has left of `seed`.
    fn go_on(&self, seed: u32, board: &mut Board) -> Result<(), Failure> {
        let config = self.config_of(seed);
        let data = Dataset::new(&config, self.data.pool.clone(), self.data.test.clone())?;
        let data = Arc::new(data);
        board.datasets.insert(seed, data.clone());
        let main = board.plan.main();
        let own_masks = self.config.arms.iter().copied().filter(|arm| !arm.is_control());
        for arm in own_masks {
            if let Some(experiment) = self.resume(&config, arm, &data)? {
                for result in experiment.measures() {
                    let (round, config) = (result.round, ground(&config));
                    let line =
                        Line { result: result.clone(), config, probe: None, instability: None };
                    if !board.output.has(&line.key()) {
                        board.output.put(line)?;
                    }
                    board.plan.finish(Task { seed, arm, round });
                }
                if arm == main {
                    board.ages.insert(seed, experiment.age().to_vec());
                }
                board.lines.insert((seed, arm), experiment);
            }
        }
        let Some(experiment) = board.lines.get(&(seed, main)) else { return Ok(()) };
        if experiment.measures().is_empty() {
            return Ok(());
        }
        let dense = board.output.get(&(seed, main.to_string(), 0)).clone();
        for &arm in self.config.arms.iter().filter(|&&arm| arm != main) {
            if arm.is_control() {
                board.output.put(dense.of(arm))?;
                board.plan.finish(Task { seed, arm, round: 0 });
            } else if !board.lines.contains_key(&(seed, arm)) {
                board.plan.train_alone(seed, arm);
            }
            for round in 1..=self.config.rounds {
                let task = Task { seed, arm, round };
                if arm.is_control() && board.output.has(&(seed, arm.to_string(), round)) {
                    board.plan.finish(task);
                }
            }
        }
        Ok(())
    }

    fn resume(
        &self,
        config: &Config,
        arm: Arm,
        data: &Arc<Dataset>,
    ) -> Result<Option<Experiment>, Failure> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let path = checkpoint_path(folder, config.seed, arm);
        if !path.is_file() {
            return Ok(None);
        }
        let bytes = files::read(&path)?;
        let experiment = Experiment::resume(config.clone(), arm, data.clone(), &bytes);
        experiment.map(Some).map_err(|why| {
            Failure::new(format!("{}: {why} Delete it to start over.", path.display()))
        })
    }

    fn save(&self, seed: u32, arm: Arm, experiment: &Experiment) -> Result<(), Failure> {
        match &self.folder {
            Some(folder) => {
                files::write_beside(&checkpoint_path(folder, seed, arm), &experiment.checkpoint())
            }
            None => Ok(()),
        }
    }
}

impl Shared<'_> {
    /// One thread: takes tasks until there are none.
    fn work(&self) {
        while let Some((task, work)) = self.take() {
            let outcome = work.and_then(|work| self.train(task, work));
            let mut board = self.lock();
            board.running -= 1;
            if let Err(failure) = outcome {
                self.stop.store(true, Ordering::Relaxed);
                board.failure.get_or_insert(failure);
            }
            self.changed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Board> {
        self.board.lock().expect("no thread panicked")
    }

    /// The next task, when there is one; waits while others may bring one.
    fn take(&self) -> Option<(Task, Result<Work, Failure>)> {
        let mut board = self.lock();
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(task) = board.plan.take() {
                board.running += 1;
                return Some((task, self.prepare(task, &mut board)));
            }
            if board.running == 0 {
                return None;
            }
            board = self.changed.wait(board).expect("no thread panicked");
        }
    }

    fn prepare(&self, task: Task, board: &mut Board) -> Result<Work, Failure> {
        let Task { seed, arm, round } = task;
        let data = board.datasets[&seed].clone();
        if arm.is_control() {
            let config = self.run.config_of(seed);
            return Ok(Work::Control(data, masks_of(&config, &board.ages[&seed], round)));
        }
        let experiment = match board.lines.remove(&(seed, arm)) {
            Some(experiment) => experiment,
            None => Experiment::new(self.run.config_of(seed), arm, data)?,
        };
        Ok(Work::Line(Box::new(experiment)))
    }

    /// Trains one round, puts its line out and gets the next one ready.
    fn train(&self, task: Task, work: Work) -> Result<(), Failure> {
        let Task { seed, arm, round } = task;
        let mut experiment = match work {
            Work::Line(experiment) => *experiment,
            Work::Control(data, masks) => {
                let mut control = Experiment::new(self.run.config_of(seed), arm, data)?;
                control.begin_round(round, &masks)?;
                control
            }
        };
        let bar = self.progress.round(task, experiment.network().remaining());
        let mut probe = None;
        let result = self.to_the_end(&mut experiment, |experiment, accuracy| {
            bar.at(experiment.step());
            if let Some(accuracy) = accuracy {
                bar.accuracy(accuracy);
            }
            if experiment.step() == PROBE_STEPS && probe.is_none() {
                probe = Some(experiment.network().fingerprint().to_string());
            }
        });
        let Some(result) = result else { return Ok(()) };
        let mut instability = None;
        if self.run.instability {
            bar.again();
            let mut twin = experiment.twin();
            if self.to_the_end(&mut twin, |twin, _| bar.at(twin.step())).is_none() {
                return Ok(());
            }
            if let (Some(a), Some(b)) = (experiment.theta_trained(), twin.theta_trained()) {
                let line = barrier(experiment.config(), experiment.data(), a, b, POINTS)?;
                instability = Some(line.instability);
            }
        }
        drop(bar);
        let config = ground(&self.run.config);
        self.settle(task, experiment, Line { result, probe, instability, config })
    }

    /// Trains a round to its end; `look` sees it after every slice, with the
    /// validation accuracy if it was measured. Nothing if all are to stop.
    fn to_the_end(
        &self,
        experiment: &mut Experiment,
        mut look: impl FnMut(&Experiment, Option<f64>),
    ) -> Option<RoundResult> {
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            let step = experiment.step();
            let slice = if step < PROBE_STEPS { SLICE.min(PROBE_STEPS - step) } else { SLICE };
            let (mut accuracy, mut ended) = (None, None);
            for event in experiment.advance(slice) {
                match event {
                    Event::Evaluation { point, .. } => accuracy = Some(point.val_accuracy),
                    Event::Round { result } => ended = Some(*result),
                    _ => {}
                }
            }
            look(experiment, accuracy);
            if ended.is_some() {
                return ended;
            }
        }
    }

    fn settle(&self, task: Task, mut experiment: Experiment, line: Line) -> Result<(), Failure> {
        let Task { seed, arm, round } = task;
        let run = self.run;
        if arm.is_control() {
            let mut board = self.lock();
            board.output.put(line)?;
            board.plan.finish(task);
            return Ok(());
        }
        let main = {
            let mut board = self.lock();
            board.output.put(line.clone())?;
            board.plan.main()
        };
        if round == 0 && arm == main {
            self.share_dense(&experiment, &line)?;
        }
        experiment.next_round()?;
        run.save(seed, arm, &experiment)?;
        let mut board = self.lock();
        if arm == main {
            board.ages.insert(seed, experiment.age().to_vec());
        }
        if experiment.phase() != Phase::Finished {
            board.lines.insert((seed, arm), experiment);
        }
        board.plan.finish(task);
        Ok(())
    }
}

impl Shared<'_> {
    /// The main arm's dense round is every arm's: they get its line, and those
    /// that make their own masks go on from there.
    fn share_dense(&self, dense: &Experiment, line: &Line) -> Result<(), Failure> {
        let run = self.run;
        let seed = line.seed;
        for &arm in run.config.arms.iter().filter(|&&arm| arm != dense.arm()) {
            let task = Task { seed, arm, round: 0 };
            // One that goes on from a checkpoint of its own needs no dense round.
            if self.lock().plan.is_done(task) {
                continue;
            }
            let mut fork = None;
            if !arm.is_control() {
                let Ok(mut forked) = dense.fork(arm) else {
                    self.lock().plan.train_alone(seed, arm);
                    continue;
                };
                forked.next_round()?;
                fork = Some(forked);
            }
            self.lock().output.put(line.of(arm))?;
            if let Some(fork) = fork {
                run.save(seed, arm, &fork)?;
                self.lock().lines.insert((seed, arm), fork);
            }
            self.lock().plan.finish(task);
        }
        Ok(())
    }
}

/// What seeds and arms of one experiment have in common, as an address.
pub fn ground(config: &Config) -> String {
    let preset = Config::preset(config.preset);
    Config { seed: preset.seed, arms: preset.arms, ..config.clone() }.to_address()
}

/// Where the checkpoint of an arm lies.
pub fn checkpoint_path(folder: &Path, seed: u32, arm: Arm) -> PathBuf {
    folder.join(format!("seed-{seed}-{arm}.checkpoint"))
}

/// The masks of `round`: weights that survived as many rounds.
pub fn masks_of(config: &Config, age: &[Vec<u8>], round: usize) -> Vec<Mask> {
    Mask::from_ages(&config.sizes, &age.concat(), round).expect("an age for each weight")
}
