//! `lottery record`: the run that the page shows before it has computed
//! anything.

mod pack;
mod pictures;

use crate::failure::Failure;
use crate::run::masks_of;
use crate::{args, data, files};
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::config::Choice;
use lottery_ticket::{Arm, Config, Dataset, Experiment, Mask, Network, Phase, RoundResult};
use pictures::{columns, rounded};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

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
    let last = config.rounds;
    if last == 0 {
        return Err(Failure::Usage("A recording needs --rounds to be at least 1.".into()));
    }
    let from = matches.get_one("from").copied().unwrap_or(last.saturating_sub(2).max(1));
    if !(1..=last).contains(&from) {
        return Err(Failure::Usage(format!(
            "--from must be 1 to the run's last round ({last}), but is {from}."
        )));
    }
    let small = matches.get_one::<String>("small").map(|sizes| dense_of(&config, sizes));
    let small = small.transpose()?;
    let images = data::load(args::data_folder(matches))?;
    let split = |config: &Config| -> Result<Arc<Dataset>, Failure> {
        Ok(Arc::new(Dataset::new(config, images.pool.clone(), images.test.clone())?))
    };
    let (mut runs, mut small_accuracies) = (Vec::new(), Vec::new());
    for &seed in seeds {
        let config = Config { seed, ..config.clone() };
        runs.push(Run::of(&config, split(&config)?)?);
        if let Some(small) = &small {
            let small = Config { seed, ..small.clone() };
            let mut dense = Experiment::new(small.clone(), Arm::Ticket, split(&small)?)?;
            small_accuracies.push(finish_round(&mut dense).test_accuracy_early_stop);
        }
    }
    let born_small = small.as_ref().map(|small| {
        let connections: usize = small.sizes.windows(2).map(|pair| pair[0] * pair[1]).sum();
        json!({
            "sizes": small.sizes, "connections": connections,
            "testAccuracy": rounded(&small_accuracies, 2),
        })
    });
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
        "small": Vec::from_iter(born_small),
    });
    let whole = recording.as_object_mut().expect("it was made as one");
    whole.append(&mut shown.pictures(from, &images.test)?);
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
        masks_of(&self.config, &self.age, round)
    }
}

fn finish_round(experiment: &mut Experiment) -> RoundResult {
    while !matches!(experiment.phase(), Phase::Trained | Phase::Finished) {
        experiment.advance(1000);
    }
    experiment.measures().last().expect("the round is measured").clone()
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
