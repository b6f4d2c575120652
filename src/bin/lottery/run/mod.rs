//! `lottery run`: experiments over seeds, arms and rounds.

mod output;
mod plan;
mod progress;
mod runner;

use crate::compare::shared;
use crate::failure::Failure;
use crate::report::{Summary, plain};
use crate::{args, data, files};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use lottery_ticket::{Config, Mask};
use output::Output;
use std::path::{Path, PathBuf};

pub use plan::Task;
pub use progress::Progress;
use runner::Ages;
pub use runner::{checkpoint_path, ground, masks_of};

pub fn command() -> Command {
    let command = Command::new("run")
        .about("Trains, prunes and restarts, over seeds, arms and rounds")
        .long_about(
            "Trains, prunes and restarts, over seeds, arms and rounds, and prints a table. With \
             --json, each finished round of each arm and seed becomes a line of JSON. A run that \
             was interrupted goes on where it was when the same command is given again: no \
             finished line is lost, at most one round's work, and the numbers come out the same \
             to the last bit.",
        )
        .after_help(
            "Examples:\n  \
             lottery run\n  \
             lottery run --preset lesson --arms ticket,reinit,random --seeds 0..5\n  \
             lottery run --preset paper --seeds 0..5 --arms ticket,reinit,random,one-shot \\\n      \
             --jobs 2 --json paper.jsonl\n  \
             lottery run --optimizer sgd --lr 0.1 --momentum 0.9 --scope global --json -",
        )
        .arg(
            Arg::new("seeds")
                .long("seeds")
                .value_name("SEEDS")
                .help("Several seeds: 0..5 (without the 5) or 0,3,7")
                .conflicts_with("seed")
                .value_parser(args::seeds),
        )
        .arg(
            Arg::new("jobs")
                .long("jobs")
                .value_name("N")
                .help("Rounds trained at the same time. 1 to 256. [default: one a core]")
                .allow_negative_numbers(true)
                .value_parser(args::whole(1, 256)),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .value_name("FILE")
                .help("Appends one JSON line a seed, arm and round; - for standard output")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("curves")
                .long("curves")
                .help("Puts every look at the validation images into the lines")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("instability")
                .long("instability")
                .help(
                    "Trains each round a second time on another order of the images, and puts the \
                     error barrier between the two copies into the lines; takes twice as long",
                )
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("checkpoint")
                .long("checkpoint")
                .value_name("DIR")
                .help("Where to keep what an interrupted run needs [default: beside the JSON file]")
                .value_parser(value_parser!(PathBuf)),
        );
    args::with_config(command)
}

pub fn main(args: &ArgMatches) -> Result<(), Failure> {
    let config = args::config(args)?;
    let seeds = args.get_one::<Vec<u32>>("seeds").cloned().unwrap_or(vec![config.seed]);
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = args.get_one::<usize>("jobs").copied().unwrap_or_else(cores);
    let json = args.get_one::<PathBuf>("json").map(PathBuf::as_path);
    let to_stdout = json == Some(Path::new("-"));
    let folder = match (args.get_one::<PathBuf>("checkpoint"), json) {
        (Some(folder), Some(_)) if !to_stdout => Some(folder.clone()),
        (Some(_), _) => {
            return Err(Failure::Usage(
                "--checkpoint needs --json FILE: it goes on from the lines of that file.".into(),
            ));
        }
        (None, Some(path)) if !to_stdout && is_plain(path) => Some(beside(path)),
        (None, _) => None,
    };
    let data = data::load(args::data_folder(args))?;
    let output = Output::open(json, args.get_flag("curves"), &ground(&config))?;
    let instability = args.get_flag("instability");
    let run = runner::Run { config, seeds, jobs, instability, data, folder };
    let (lines, ages) = run.train(output)?;
    let table = plain(&Summary::new(&lines)) + &shared_by_seeds(&run.config, &ages);
    if to_stdout {
        eprint!("{table}");
        return Ok(());
    }
    files::say(&table)
}

/// How many connections the last tickets of several seeds share.
fn shared_by_seeds(config: &Config, ages: &[Ages]) -> String {
    let round = config.rounds;
    if ages.len() < 2 || round == 0 {
        return String::new();
    }
    let masks: Vec<Vec<Mask>> = ages.iter().map(|age| masks_of(config, age, round)).collect();
    format!("\nconnections that the seeds' tickets of round {round} share\n{}", shared(&masks))
}

/// Is there, or can there be, an ordinary file at `path`?
fn is_plain(path: &Path) -> bool {
    std::fs::metadata(path).map_or(true, |it| it.is_file())
}

/// The folder of checkpoints that belongs to a results file.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".checkpoint");
    path.with_file_name(name)
}
