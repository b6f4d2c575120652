//! `lottery trace`: a run's first steps, to be replayed elsewhere.

use crate::failure::Failure;
use crate::{args, data, files};
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::Dataset;
use lottery_ticket::trace::Trace;
use std::path::PathBuf;

/// Fields that decide nothing about the dense network's steps: taken, so that a
/// run's flags can stay as they are, but not listed.
const LATER: &[&str] = &[
    "rate",
    "output_rate",
    "layer_rates",
    "target",
    "rounds",
    "schedule",
    "scope",
    "score",
    "restart",
    "rewind_to",
    "noise",
    "eval_every",
    "arms",
];

pub fn command() -> Command {
    let command = Command::new("trace")
        .about("Writes down a run's first steps, so that they can be taken again elsewhere")
        .long_about(
            "Trains the dense network for some steps and writes θ₀, the images of every batch, \
             the loss of every step and θ_N as safetensors. tests/reference/replay.py takes the \
             same steps in PyTorch and compares. Flags of `lottery run` about what comes after, \
             like --rounds, may stay in the line; they change nothing here. A schedule of the \
             learning rate is that of the preset's steps a round, or of --steps where that is more.",
        )
        .after_help(
            "Examples:\n  \
             lottery trace --steps 300 --out trace.safetensors\n  \
             lottery trace --preset paper --seed 3 --steps 1000 --out trace.safetensors",
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE.safetensors")
                .help("Where to write the trace")
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        );
    // Here, --steps is how far to go, not how long a round is.
    let command = args::with_config(command).mut_arg("steps", |arg| {
        arg.help("Steps to write down, from the first on. 1 to 100000.")
            .help_heading(None)
            .required(true)
            .value_parser(args::whole(1, 100_000))
    });
    LATER.iter().fold(command, |command, name| command.mut_arg(name, |arg| arg.hide(true)))
}

pub fn main(args: &ArgMatches) -> Result<(), Failure> {
    let steps = *args.get_one::<usize>("steps").expect("clap demands it");
    let mut config = args::config_without(args, &["steps"])?;
    config.steps = config.steps.max(steps);
    let data = data::load(args::data_folder(args))?;
    let dataset = Dataset::new(&config, data.pool, data.test)?;
    let trace = Trace::record(&config, &dataset, steps)?;
    let out = args.get_one::<PathBuf>("out").expect("clap demands it");
    files::write_beside(out, &trace.to_bytes())?;
    files::say(&format!(
        "{}: {steps} steps, loss {:.4} → {:.4}, fingerprint {}\n",
        out.display(),
        trace.losses[0],
        trace.losses[steps - 1],
        trace.trained.fingerprint()
    ))
}
