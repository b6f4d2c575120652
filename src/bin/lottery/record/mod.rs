//! `lottery record`: the run that the page shows before it has computed
//! anything.

mod pack;

use crate::failure::Failure;
use crate::{args, data, files};
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::config::{Arm, Choice, Config};
use lottery_ticket::dataset::Dataset;
use lottery_ticket::experiment::{Experiment, Phase, optimizer};
use lottery_ticket::measures::RoundResult;
use lottery_ticket::ticket::{Form, Ticket};
use lottery_ticket::trainer::Trainer;
use lottery_ticket::{Mask, Network, inspect};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

const BINS: usize = 40;
const MOVEMENT_BINS: usize = 24;
/// Points a layer in the scatter: survivors of the last round, and others.
const SURVIVORS_SHOWN: usize = 60;
const OTHERS_SHOWN: usize = 160;
const PATH_EDGES: usize = 24;
/// Test images on which ticket and control disagree, besides one a digit.
const DISAGREEMENTS: usize = 2;
/// Training speed is the best of so many stretches.
const STRETCHES: usize = 8;
const STRETCH_STEPS: usize = 25;
/// A recording is of several seeds.
const SEEDS_INSTEAD: &[&str] = &["seed"];

pub fn command() -> Command {
    let command = Command::new("record")
        .about("Records the run that the page shows before it has computed anything")
        .after_help(
            "Example, as the page's own was made:\n  lottery record --seeds 0..10 --arms \
             ticket,reinit,one-shot --small 784-10-30-10 --out \
             www/public/recorded/lesson.json",
        )
        .arg(
            Arg::new("seeds")
                .long("seeds")
                .value_name("SEEDS")
                .help("Seeds; the first is recorded in full, the others by their results")
                .default_value("0..10")
                .value_parser(args::seeds),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("ROUND")
                .help(
                    "First round whose masks are recorded, 1 to the last [default: the third-last]",
                )
                .value_parser(value_parser!(usize)),
        )
        .arg(
            Arg::new("small")
                .long("small")
                .value_name("N-N-N")
                .help("A dense network to compare the last ticket with")
                .value_parser(value_parser!(String)),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .help("Where to write")
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        );
    args::with_config_without(command, SEEDS_INSTEAD)
}

pub fn main(matches: &ArgMatches) -> Result<(), Failure> {
    let config = args::config_without(matches, SEEDS_INSTEAD)?;
    let seeds = matches.get_one::<Vec<u32>>("seeds").expect("it has a default");
    let last = config.rounds.max(1);
    let from = matches.get_one("from").copied().unwrap_or(last.saturating_sub(2).max(1));
    if !(1..=last).contains(&from) {
        return Err(Failure::Usage(format!(
            "--from must be 1 to the run's last round ({last}), but is {from}."
        )));
    }
    let small = match matches.get_one::<String>("small") {
        Some(sizes) => Some(dense_of(&config, sizes)?),
        None => None,
    };
    let images = data::load(args::data_folder(matches))?;
    let split = |config: &Config, seed: u32| -> Result<Arc<Dataset>, Failure> {
        let config = Config { seed, ..config.clone() };
        Ok(Arc::new(Dataset::new(&config, images.pool.clone(), images.test.clone())?))
    };
    let runs: Vec<Run> = seeds
        .iter()
        .map(|&seed| Run::of(&Config { seed, ..config.clone() }, split(&config, seed)?))
        .collect::<Result<_, Failure>>()?;
    let born_small = match &small {
        Some(small) => {
            let one = |&seed: &u32| -> Result<f64, Failure> {
                let mut dense = Experiment::new(
                    Config { seed, ..small.clone() },
                    Arm::Ticket,
                    split(small, seed)?,
                )?;
                Ok(finish_round(&mut dense).test_accuracy_early_stop)
            };
            let accuracies = seeds.iter().map(one).collect::<Result<Vec<f64>, Failure>>()?;
            let connections: usize = small.sizes.windows(2).map(|pair| pair[0] * pair[1]).sum();
            json!([{ "sizes": small.sizes, "connections": connections, "testAccuracy": rounded(&accuracies, 2) }])
        }
        None => json!([]),
    };
    let shown = &runs[0];
    let mut recording = json!({
        "version": 1,
        "date": today(),
        "engine": env!("CARGO_PKG_VERSION"),
        "config": serde_json::from_str::<Value>(&config.to_json().to_string())
            .expect("our JSON is JSON"),
        "seeds": seeds,
        "seed": shown.config.seed,
        "results": columns(&runs),
        "curves": shown.curves(),
        "ticket": pack::pack(from, &shown.age, &shown.theta0, &shown.trained),
        "small": born_small,
    });
    let whole = recording.as_object_mut().expect("it was made as one");
    whole.extend(shown.pictures(from, &images.test)?.as_object().cloned().unwrap_or_default());
    let out = matches.get_one::<PathBuf>("out").expect("clap demands it");
    files::write_beside(out, recording.to_string().as_bytes())
}

/// The config of a network of `sizes` that is trained once and never pruned.
fn dense_of(config: &Config, sizes: &str) -> Result<Config, Failure> {
    let sizes = Config::from_pairs([("data", config.data.name()), ("sizes", sizes)])?.sizes;
    let (rounds, target, layer_rates) = (0, None, None);
    let dense = Config { sizes, rounds, target, layer_rates, ..config.clone() };
    dense.validate()?;
    Ok(dense)
}

/// One seed's run of all arms.
struct Run {
    config: Config,
    data: Arc<Dataset>,
    results: Vec<RoundResult>,
    theta0: Network,
    /// θ_T of the ticket's rounds.
    trained: Vec<Network>,
    /// θ_T of the re-initialised control in the last round.
    control: Option<Network>,
    age: Vec<Vec<u8>>,
}

impl Run {
    fn of(config: &Config, data: Arc<Dataset>) -> Result<Self, Failure> {
        let mut ticket = Experiment::new(config.clone(), Arm::Ticket, data.clone())?;
        let mut results = Vec::new();
        let mut trained = Vec::new();
        let mut control = None;
        let mut fresh = config
            .arms
            .iter()
            .filter(|arm| arm.is_control())
            .map(|&arm| Experiment::new(config.clone(), arm, data.clone()))
            .collect::<Result<Vec<_>, _>>()?;
        loop {
            results.push(finish_round(&mut ticket));
            trained.push(ticket.network());
            let round = ticket.round();
            for experiment in fresh.iter_mut().filter(|_| round > 0) {
                experiment.begin_round(round, ticket.masks())?;
                results.push(finish_round(experiment));
                if experiment.arm() == Arm::Reinit {
                    control = Some(experiment.network());
                }
            }
            if round == config.rounds {
                break;
            }
            ticket.next_round()?;
        }
        for &arm in config.arms.iter().filter(|arm| !arm.is_control() && **arm != Arm::Ticket) {
            let mut line = Experiment::new(config.clone(), arm, data.clone())?;
            loop {
                let result = finish_round(&mut line);
                results.extend((result.round > 0).then_some(result));
                if line.round() == config.rounds {
                    break;
                }
                line.next_round()?;
            }
        }
        let (theta0, age) = (ticket.theta0().clone(), ticket.age().to_vec());
        Ok(Run { config: config.clone(), data, results, theta0, trained, control, age })
    }

    fn masks(&self, round: usize) -> Vec<Mask> {
        let layers = self.theta0.layers().iter().zip(&self.age);
        layers
            .map(|(layer, age)| {
                let keep = age.iter().map(|&age| usize::from(age) >= round).collect();
                Mask::from_vec(layer.inputs(), layer.outputs(), keep).expect("one age a weight")
            })
            .collect()
    }

    fn curves(&self) -> Value {
        let lines: Vec<Value> = self
            .results
            .iter()
            .filter(|result| matches!(result.arm, Arm::Ticket | Arm::Reinit))
            .map(|result| {
                let of = |value: fn(&lottery_ticket::measures::CurvePoint) -> f64, digits| {
                    rounded(&result.curve.iter().map(value).collect::<Vec<_>>(), digits)
                };
                json!({
                    "arm": result.arm.to_string(), "round": result.round,
                    "trainLoss": of(|p| p.train_loss, 4),
                    "valLoss": of(|p| p.val_loss, 4),
                    "valAccuracy": of(|p| p.val_accuracy, 2),
                })
            })
            .collect();
        let steps: Vec<usize> = self.results[0].curve.iter().map(|point| point.step).collect();
        json!({ "steps": steps, "lines": lines })
    }

    fn pictures(&self, from: usize, test: &lottery_ticket::Labelled) -> Result<Value, Failure> {
        let rounds = self.config.rounds;
        let last = self.masks(rounds);
        let dense = &self.trained[0];
        let (_, columns) = test.images().shape();
        let survivors = dense.masked(&last)?;
        let layers = || self.theta0.layers().iter().enumerate();
        let histograms: Vec<Value> = (0..=rounds)
            .flat_map(|round| {
                let next = self.masks(round + 1);
                let next = if round < rounds { next } else { self.masks(round) };
                let network = &self.trained[round];
                let layer = |layer: Option<usize>| {
                    let counts = inspect::histogram(network, &next, layer, BINS);
                    let cut = layer.and_then(|l| inspect::cut(&network.layers()[l], &next[l]));
                    json!({
                        "round": round, "layer": layer.map_or(-1, |l| l as i64),
                        "max": counts.edges[BINS], "kept": counts.kept, "pruned": counts.pruned, "cut": cut,
                    })
                };
                std::iter::once(None).chain((0..next.len()).map(Some)).map(layer).collect::<Vec<_>>()
            })
            .collect();
        let scatter: Vec<Value> = layers()
            .map(|(index, layer)| {
                let kept = &last[index];
                let mut points = inspect::scatter(layer, &survivors.layers()[index], kept, SURVIVORS_SHOWN);
                let others = inspect::scatter(layer, &dense.layers()[index], kept, OTHERS_SHOWN);
                points.extend(others.chunks(3).filter(|triple| triple[2] == 0.0).flatten());
                let thousandths = |(i, v): (usize, &f32)| if i % 3 < 2 { (v * 1000.0).round() as i64 } else { *v as i64 };
                json!({ "layer": index, "total": kept.len(), "points": points.iter().enumerate().map(thousandths).collect::<Vec<_>>() })
            })
            .collect();
        let movement: Vec<Value> = inspect::movement(&self.theta0, dense, &last, MOVEMENT_BINS)
            .iter()
            .enumerate()
            .map(|(layer, moved)| {
                let edges: Vec<f64> = moved.edges.iter().map(|&edge| f64::from(edge)).collect();
                json!({
                    "layer": layer, "edges": rounded(&edges, 5),
                    "survivors": moved.survivors, "pruned": moved.pruned,
                    "meanSurvivors": round(moved.mean_survivors, 6), "meanPruned": round(moved.mean_pruned, 6),
                })
            })
            .collect();
        let thousand = |v: &f32| (v * 1000.0).round() as i64;
        let mean = inspect::mean_image(self.data.pool().images());
        Ok(json!({
            "fanOut": (1..from).map(|round| inspect::fan_out(&self.masks(round)[0])).collect::<Vec<_>>(),
            "placement": inspect::placement(&last, columns).iter().map(thousand).collect::<Vec<_>>(),
            "mean": mean.iter().map(|v| (v * 255.0).round() as u8).collect::<Vec<_>>(),
            "histograms": histograms,
            "scatter": scatter,
            "movement": movement,
            "digits": self.digits(test)?,
            "bytes": self.bytes(&last)?,
            "rate": self.rates(),
        }))
    }

    /// The first test image of each digit, and the first few on which ticket
    /// and control answer differently.
    fn digits(&self, test: &lottery_ticket::Labelled) -> Result<Vec<Value>, Failure> {
        let ticket = &self.trained[self.config.rounds];
        let networks = [
            ("dense", Some(&self.trained[0])),
            ("ticket", Some(ticket)),
            ("reinit", self.control.as_ref()),
        ];
        let mut seen = [false; 10];
        let mut disagreements = 0;
        let mut digits = Vec::new();
        for index in 0..self.config.test {
            let pixels = test.images().dense(index);
            let label = test.labels()[index];
            let mut answers = serde_json::Map::new();
            let mut said = Vec::new();
            for (name, network) in networks.iter().filter_map(|(name, n)| n.map(|n| (name, n))) {
                let prediction = inspect::predict(network, &pixels)?;
                let probabilities: Vec<f64> =
                    prediction.probabilities.iter().map(|&p| f64::from(p)).collect();
                said.push((0..10).fold(0, |best, d| {
                    if probabilities[d] > probabilities[best] { d } else { best }
                }));
                answers.insert(name.to_string(), rounded(&probabilities, 3));
            }
            let differ = said.len() > 2 && said[1] != said[2] && disagreements < DISAGREEMENTS;
            let first = !std::mem::replace(&mut seen[usize::from(label)], true);
            if !differ && !first {
                continue;
            }
            disagreements += usize::from(differ);
            let path = inspect::active_path(ticket, &pixels, PATH_EDGES)?;
            let edges: Vec<Value> = path
                .edges
                .iter()
                .map(|e| json!([e.layer, e.from, e.to, round(f64::from(e.value), 2)]))
                .collect();
            let hex: String = pixels.iter().map(|byte| format!("{byte:02x}")).collect();
            digits.push(json!({
                "index": index, "label": label, "differ": differ, "pixels": hex,
                "answers": answers, "path": edges, "total": path.total,
            }));
            if disagreements == DISAGREEMENTS && seen.iter().all(|seen| *seen) {
                break;
            }
        }
        Ok(digits)
    }

    /// What the dense network and the last ticket take on disk.
    fn bytes(&self, last: &[Mask]) -> Result<Value, Failure> {
        let config = self.config.to_json().to_string();
        let ticket = Ticket::new(self.theta0.clone(), last, None, self.config.rounds, config)?;
        Ok(
            json!({ "dense": ticket.dense_network_bytes(), "ticket": ticket.to_bytes(Form::Sparse).len() }),
        )
    }

    /// Training samples a second on one core, round by round.
    fn rates(&self) -> Value {
        let batches: Vec<&[u32]> = self.data.training().chunks_exact(self.config.batch).collect();
        let rates: Vec<f64> = (0..=self.config.rounds)
            .map(|round| {
                let start = self.theta0.masked(&self.masks(round)).expect("its own masks");
                let mut trainer = Trainer::new(&start, optimizer(&self.config), self.config.batch);
                let mut fastest = f64::INFINITY;
                for stretch in 0..STRETCHES {
                    let since = Instant::now();
                    for step in 0..STRETCH_STEPS {
                        let batch = batches[(stretch * STRETCH_STEPS + step) % batches.len()];
                        trainer.step(self.data.pool(), batch, self.config.lr as f32);
                    }
                    fastest = fastest.min(since.elapsed().as_secs_f64());
                }
                ((STRETCH_STEPS * self.config.batch) as f64 / fastest).round()
            })
            .collect();
        json!({ "dense": rates[0], "rounds": rates })
    }
}

fn finish_round(experiment: &mut Experiment) -> RoundResult {
    while !matches!(experiment.phase(), Phase::Trained | Phase::Finished) {
        experiment.advance(1000);
    }
    experiment.measures().last().expect("the round is measured").clone()
}

/// One object an arm and round; what differs between seeds as an array.
fn columns(runs: &[Run]) -> Vec<Value> {
    let rows = &runs[0].results;
    let column = |(index, first): (usize, &RoundResult)| {
        let all = || runs.iter().map(move |run| &run.results[index]);
        let of = |value: fn(&RoundResult) -> f64, digits| {
            rounded(&all().map(value).collect::<Vec<_>>(), digits)
        };
        json!({
            "arm": first.arm.to_string(), "round": first.round,
            "remaining": round(first.remaining, 3), "survivors": first.survivors,
            "dead": all().map(|r| &r.dead).collect::<Vec<_>>(),
            "earlyStopStep": all().map(|r| r.early_stop_step).collect::<Vec<_>>(),
            "censored": all().map(|r| u8::from(r.censored)).collect::<Vec<_>>(),
            "valLoss": of(|r| r.val_loss, 4),
            "testAccuracyEarlyStop": of(|r| r.test_accuracy_early_stop, 2),
            "testAccuracyFinal": of(|r| r.test_accuracy_final, 2),
            "untrainedAccuracy": of(|r| r.untrained_accuracy, 2),
            // Of the seed that is recorded in full.
            "fingerprint": [first.fingerprint],
        })
    };
    rows.iter().enumerate().map(column).collect()
}

fn round(value: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    (value * scale).round() / scale
}

fn rounded(values: &[f64], digits: i32) -> Value {
    values.iter().map(|&value| round(value, digits)).collect()
}

/// Today's date in UTC, by Howard Hinnant's `civil_from_days`.
fn today() -> String {
    let seconds =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |t| t.as_secs());
    let days = (seconds / 86_400) as i64 + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let (day, month) = (
        day_of_year - (153 * shifted + 2) / 5 + 1,
        if shifted < 10 { shifted + 3 } else { shifted - 9 },
    );
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
