//! `lottery compare`: what tickets have in common.

use crate::failure::Failure;
use crate::report::Spread;
use crate::{args, data, files};
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::inspect::{Overlap, barrier, overlap};
use lottery_ticket::{Config, Dataset, Mask, Ticket};
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub fn command() -> Command {
    Command::new("compare")
        .about("Compares tickets: overlap of their masks, error barrier between two")
        .long_about(
            "Says how many connections tickets share, two by two, against the share that chance \
             would give (do different seeds find the same ticket?). If two are trained and have \
             the same mask, it also measures the test error along the straight line between their \
             weights: a rise of less than 2 points counts as stable (Frankle et al. 2020). Two \
             copies of one round that saw the images in different orders come from `lottery \
             export`, once with --other-order.",
        )
        .after_help(
            "Examples:\n  \
             lottery export --seed 1 --round 3 --out one.safetensors\n  \
             lottery export --seed 2 --round 3 --out two.safetensors\n  \
             lottery compare one.safetensors two.safetensors\n  \
             lottery compare seed-*.safetensors\n  \
             lottery export --seed 1 --round 3 --other-order --out twin.safetensors\n  \
             lottery compare one.safetensors twin.safetensors",
        )
        .arg(
            Arg::new("files")
                .value_name("FILE.safetensors")
                .help("Tickets of one shape")
                .required(true)
                .num_args(2..)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("points")
                .long("points")
                .value_name("N")
                .help("Points on the line between the two, ends included. 2 to 1001.")
                .allow_negative_numbers(true)
                .default_value("31")
                .value_parser(args::whole(2, 1001)),
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
    let tickets: Vec<Ticket> =
        paths.iter().map(|path| Ok(files::read_ticket(path)?.0)).collect::<Result<_, Failure>>()?;
    let sizes = tickets[0].start().sizes();
    if let Some(other) = tickets.iter().find(|ticket| ticket.start().sizes() != sizes) {
        return Err(Failure::new(format!(
            "Only tickets of one shape can be compared, but these have the sizes {:?} and {:?}.",
            sizes,
            other.start().sizes()
        )));
    }
    let masks: Vec<Vec<Mask>> = tickets.iter().map(|ticket| ticket.start().masks()).collect();
    let mut out = shared(&masks);
    if let [one, two] = &tickets[..] {
        if let (Some(a), Some(b)) = (one.trained(), two.trained())
            && a.masks() == b.masks()
        {
            let folder = args.get_one::<PathBuf>("data").map(PathBuf::as_path);
            let points = args.get_one::<usize>("points").expect("it has a default");
            out += &between(one, two, *points, folder)?;
        } else {
            out += "No barrier: that takes two trained tickets with the same mask.\n";
        }
    }
    files::say(&out)
}

/// How many connections two or more tickets with these masks share, layer by
/// layer: means over the pairs, and the least and the greatest of them.
pub fn shared(masks: &[Vec<Mask>]) -> String {
    let pairs = (1..masks.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let overlaps: Vec<Vec<Overlap>> = pairs.map(|(a, b)| overlap(&masks[a], &masks[b])).collect();
    let of = match overlaps.len() {
        1 => "one pair".to_owned(),
        pairs => format!("least to greatest of {pairs} pairs"),
    };
    let title = format!("shared ({of})");
    let mut out = format!("layer {:>15}   {title:<38} by chance\n", "kept");
    for layer in 0..masks[0].len() {
        let percent = |share: fn(&Overlap) -> f64| {
            Spread::of(overlaps.iter().map(|pair| 100.0 * share(&pair[layer])))
                .expect("two tickets make a pair")
        };
        let (shared, chance) = (percent(|pair| pair.shared), percent(|pair| pair.chance));
        let kept = Spread::of(masks.iter().map(|masks| masks[layer].kept() as f64))
            .expect("there are tickets");
        let kept = match kept.min == kept.max {
            true => format!("{}", kept.min),
            false => format!("{} to {}", kept.min, kept.max),
        };
        let shared = match overlaps.len() {
            1 => format!("{:.1} %", shared.mean),
            _ => format!("{:.1} % ({:.1} to {:.1})", shared.mean, shared.min, shared.max),
        };
        let _ = writeln!(out, "fc{:<3} {kept:>15}   {shared:<38} {:.1} %", layer + 1, chance.mean);
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
