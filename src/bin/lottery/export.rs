//! `lottery export`: a ticket as a file.

use crate::failure::Failure;
use crate::inspect::sizes;
use crate::run::{Progress, Task, checkpoint_path};
use crate::{args, data, files};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use lottery_ticket::config::{Arm, Choice};
use lottery_ticket::experiment::MAX_ROUNDS;
use lottery_ticket::ticket::Form;
use lottery_ticket::{Config, Dataset, Event, Experiment, Phase, Ticket};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn command() -> Command {
    let command = Command::new("export")
        .about("Finds a ticket and writes it as a safetensors file")
        .long_about(
            "Trains and prunes up to a round and writes that round's ticket: θ₀, mask, trained \
             weights, biases and config, in PyTorch's orientation (outputs, inputs). The sparse \
             form holds what a ticket is and no more: the survivors' places and the values they \
             restart from. With the checkpoints of `lottery run --json`, rounds that the run has \
             been through are not trained again, but for the one that is written with its \
             trained weights.",
        )
        .after_help(
            "Examples:\n  \
             lottery export --round 5 --out ticket.safetensors\n  \
             lottery export --round 5 --sparse --out ticket.safetensors\n  \
             lottery export --preset paper --round 15 --sparse --checkpoint paper.jsonl.checkpoint \\\n      \
             --out ticket.safetensors",
        )
        .arg(
            Arg::new("round")
                .long("round")
                .value_name("N")
                .help("The round whose ticket to write; 0 is the dense network")
                .required(true)
                .allow_negative_numbers(true)
                .value_parser(args::whole(0, MAX_ROUNDS)),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE.safetensors")
                .help("Where to write the ticket")
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("sparse")
                .long("sparse")
                .help("Writes the sparse form: survivors only, without their trained weights")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("other-order")
                .long("other-order")
                .help("Trains the round on another order of the images, for `lottery compare`")
                .conflicts_with("sparse")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("checkpoint")
                .long("checkpoint")
                .value_name("DIR")
                .help("Checkpoints of a run of the same config, to go on from")
                .value_parser(value_parser!(PathBuf)),
        );
    // An export is of one arm.
    args::with_config(command).mut_arg("arms", |arg| {
        arg.long("arm")
            .value_name("NAME")
            .help("Whose ticket: one of the arms that `lottery run --help` lists [default: ticket]")
            .help_heading(None)
    })
}

pub fn main(args: &ArgMatches) -> Result<(), Failure> {
    let round = *args.get_one::<usize>("round").expect("clap demands it");
    let arm = match args.get_one::<String>("arms") {
        Some(name) => Arm::from_name(name).ok_or_else(|| {
            Failure::Usage(format!(
                "--arm must be one of {}, but is {name}.",
                Arm::NAMES.join(", ")
            ))
        })?,
        None => Arm::Ticket,
    };
    let mut config = args::config_without(args, &["arms"])?;
    config.arms = if arm.is_control() { vec![Arm::Ticket, arm] } else { vec![arm] };
    // Pruning further than this round would be in vain, but with a target, the
    // number of rounds decides how much each one prunes.
    if round > config.rounds {
        return Err(Failure::Usage(format!(
            "--round must be at most the run's rounds ({}), but is {round}; give --rounds too.",
            config.rounds
        )));
    }
    let data = data::load(args::data_folder(args))?;
    let data = Arc::new(Dataset::new(&config, data.pool, data.test)?);
    let sparse = args.get_flag("sparse");
    let own_masks = if arm.is_control() { Arm::Ticket } else { arm };
    let run = match args.get_one::<PathBuf>("checkpoint") {
        Some(folder) => resume(folder, &config, own_masks, &data)?,
        None => Experiment::new(config.clone(), own_masks, data)?,
    };
    let ticket = find(run, arm, round, !sparse, args.get_flag("other-order"))?;
    let form = if sparse { Form::Sparse } else { Form::Dense };
    let bytes = ticket.to_bytes(form);
    let out = args.get_one::<PathBuf>("out").expect("clap demands it");
    files::write_beside(out, &bytes)?;
    files::say(&format!(
        "{}: round {round}, {} of {} weights ({:.2} %)\n{}",
        out.display(),
        ticket.start().survivors(),
        ticket.dense_network_bytes() / 4 - biases(&ticket),
        ticket.start().remaining(),
        sizes(&ticket, form, bytes.len())
    ))
}

fn biases(ticket: &Ticket) -> usize {
    ticket.start().layers().iter().map(|layer| layer.outputs()).sum()
}

/// A run as its checkpoint has it.
fn resume(
    folder: &Path,
    config: &Config,
    arm: Arm,
    data: &Arc<Dataset>,
) -> Result<Experiment, Failure> {
    let path = checkpoint_path(folder, config.seed, arm);
    Experiment::resume(config.clone(), arm, data.clone(), &files::read(&path)?)
        .map_err(|why| Failure::new(format!("{}: {why}", path.display())))
}

/// The ticket of `round`: that of `run`, or of a control on its masks. What the
/// run has not been through is trained; the round itself if it is to be
/// `trained`, perhaps on another order of the images.
fn find(
    run: Experiment,
    arm: Arm,
    round: usize,
    trained: bool,
    other_order: bool,
) -> Result<Ticket, Failure> {
    let ends_here = run.phase() == Phase::Finished && run.round() == round;
    if ends_here && trained && !other_order && run.arm() == arm {
        return Ok(run.ticket()?);
    }
    let mut experiment = if run.phase() == Phase::Ready && run.round() <= round {
        run
    } else if let Ok(back) = run.back_to(round.min(run.round())) {
        back
    } else {
        Experiment::new(run.config().clone(), run.arm(), run.data().clone())?
    };
    let rounds = round - experiment.round() + usize::from(trained);
    let progress = Progress::new(rounds, experiment.config().steps);
    let train = |experiment: &mut Experiment| {
        let (arm, round) = (experiment.arm(), experiment.round());
        let task = Task { seed: experiment.config().seed, arm, round };
        let bar = progress.round(task, experiment.network().remaining());
        while matches!(experiment.phase(), Phase::Ready | Phase::Training) {
            for event in experiment.advance(50) {
                if let Event::Evaluation { point, .. } = event {
                    bar.accuracy(point.val_accuracy);
                }
            }
            bar.at(experiment.step());
        }
    };
    while experiment.round() < round {
        train(&mut experiment);
        experiment.next_round()?;
    }
    if arm.is_control() {
        let masks = experiment.masks().to_vec();
        let (config, data) = (experiment.config().clone(), experiment.data().clone());
        experiment = Experiment::new(config, arm, data)?;
        experiment.begin_round(round, &masks)?;
    }
    if other_order {
        experiment = experiment.twin();
    }
    if trained {
        train(&mut experiment);
    }
    progress.finish();
    Ok(experiment.ticket()?)
}
