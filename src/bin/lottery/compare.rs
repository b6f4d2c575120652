//! `lottery compare`: what two tickets have in common.

use crate::failure::Failure;
use crate::{data, files};
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::inspect::{barrier, overlap};
use lottery_ticket::{Config, Dataset, Ticket};
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub fn command() -> Command {
    Command::new("compare")
        .about("Compares two tickets: overlap of their masks, error barrier between them")
        .long_about(
            "Says how many connections two tickets share, against the share that chance would \
             give (do different seeds find the same ticket?). If both are trained and have the \
             same mask, it also measures the test error along the straight line between their \
             weights: a rise of less than 2 points counts as stable (Frankle et al. 2020). Two \
             copies of one round that saw the images in different orders come from `lottery \
             export`, once with --other-order.",
        )
        .after_help(
            "Examples:\n  \
             lottery export --seed 1 --round 3 --out one.safetensors\n  \
             lottery export --seed 2 --round 3 --out two.safetensors\n  \
             lottery compare one.safetensors two.safetensors\n  \
             lottery export --seed 1 --round 3 --other-order --out twin.safetensors\n  \
             lottery compare one.safetensors twin.safetensors",
        )
        .arg(
            Arg::new("files")
                .value_name("FILE.safetensors")
                .help("Two tickets of one shape")
                .required(true)
                .num_args(2)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("points")
                .long("points")
                .value_name("N")
                .help("Points on the line between the two, ends included")
                .default_value("31")
                .value_parser(value_parser!(u16).range(2..=1001)),
        )
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("DIR")
                .help(
                    "Folder with the four IDX or IDX.gz files [default: the project's data/mnist]",
                )
                .value_parser(value_parser!(PathBuf)),
        )
}

pub fn main(args: &ArgMatches) -> Result<(), Failure> {
    let paths: Vec<&PathBuf> = args.get_many("files").into_iter().flatten().collect();
    let (one, two) = (files::read_ticket(paths[0])?.0, files::read_ticket(paths[1])?.0);
    if one.start().sizes() != two.start().sizes() {
        return Err(Failure::new(format!(
            "Only tickets of one shape can be compared, but these have the sizes {:?} and {:?}.",
            one.start().sizes(),
            two.start().sizes()
        )));
    }
    let mut out = shared(&one, &two);
    if let (Some(a), Some(b)) = (one.trained(), two.trained())
        && a.masks() == b.masks()
    {
        let folder = args.get_one::<PathBuf>("data").map(PathBuf::as_path);
        let points = usize::from(*args.get_one::<u16>("points").expect("it has a default"));
        out += &between(&one, &two, points, folder)?;
    } else {
        out += "No barrier: that takes two trained tickets with the same mask.\n";
    }
    files::say(&out)
}

/// How many connections they share, layer by layer.
fn shared(one: &Ticket, two: &Ticket) -> String {
    let mut out = String::from("layer   kept by the first   by the second   shared   by chance\n");
    let layers = one.start().layers().iter().zip(two.start().layers());
    let overlaps = overlap(&one.start().masks(), &two.start().masks());
    for (index, ((a, b), overlap)) in layers.zip(overlaps).enumerate() {
        let _ = writeln!(
            out,
            "fc{:<5} {:>18} {:>15} {:>6.1} % {:>9.1} %",
            index + 1,
            a.mask().kept(),
            b.mask().kept(),
            100.0 * overlap.shared,
            100.0 * overlap.chance
        );
    }
    out
}

/// The error on the line between them.
fn between(
    one: &Ticket,
    two: &Ticket,
    points: usize,
    folder: Option<&Path>,
) -> Result<String, Failure> {
    let json = lottery_ticket::json::Json::parse(one.config())
        .map_err(|why| Failure::new(format!("The first ticket's config cannot be read: {why}.")))?;
    let config = Config::from_json(&json)?;
    let data = data::load(folder)?;
    let data = Dataset::new(&config, data.pool, data.test)?;
    let (Some(a), Some(b)) = (one.trained(), two.trained()) else { return Ok(String::new()) };
    let barrier = barrier(&config, &data, a, b, points)?;
    let errors: Vec<String> = barrier.errors.iter().map(|error| format!("{error:.2}")).collect();
    let verdict = if barrier.instability < 2.0 { "stable" } else { "not stable" };
    Ok(format!(
        "test error along the line (%): {}\nbarrier: {:.2} points above the mean of the ends, {verdict}\n",
        errors.join(" "),
        barrier.instability
    ))
}
