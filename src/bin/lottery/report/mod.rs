//! `lottery report`: results files → tables, figures, a poster.

mod claims;
mod figures;
mod poster;
mod summary;
mod svg;
mod tables;
mod widths;

pub use summary::{Spread, Summary};
pub use tables::plain;

use crate::failure::Failure;
use crate::files;
use crate::line::Line;
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::Ticket;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub fn command() -> Command {
    Command::new("report")
        .about("Turns results into tables, SVG figures and a poster")
        .long_about(
            "Turns the JSON lines of `lottery run` into a README.md with tables, SVG figures of \
             early-stop step and accuracy against the remaining weights, and a poster. In an \
             existing README.md, only what stands between the marks “generated” is replaced.",
        )
        .after_help(
            "Examples:\n  \
             lottery report results/*.jsonl --out docs/results\n  \
             lottery report paper.jsonl --ticket ticket.safetensors --out docs/results\n  \
             lottery report r.jsonl --widths narrow.jsonl wide.jsonl --out report\n  \
             lottery report lesson.jsonl --poster poster.svg",
        )
        .arg(
            Arg::new("results")
                .value_name("FILE.jsonl")
                .help("Results of `lottery run --json`")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .help("Folder for README.md and the figures")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("poster")
                .long("poster")
                .value_name("FILE.svg")
                .help("Writes a self-contained poster of the run")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("widths")
                .long("widths")
                .value_name("FILE.jsonl")
                .help("Results over several --sizes, for the figure and table that compare them")
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("ticket")
                .long("ticket")
                .value_name("FILE.safetensors")
                .help("A ticket of the run, for the figures of its weights and pixels")
                .value_parser(value_parser!(PathBuf)),
        )
}

pub fn main(args: &ArgMatches) -> Result<(), Failure> {
    let paths: Vec<&PathBuf> = args.get_many("results").into_iter().flatten().collect();
    let out = args.get_one::<PathBuf>("out");
    let poster = args.get_one::<PathBuf>("poster");
    if out.is_none() && poster.is_none() {
        return Err(Failure::Usage("A report needs --out DIR, --poster FILE.svg or both.".into()));
    }
    let lines = read(&paths)?;
    one_config(&lines)?;
    let wide: Vec<&PathBuf> = args.get_many("widths").into_iter().flatten().collect();
    let wide = if wide.is_empty() { Vec::new() } else { read(&wide)? };
    let widths = widths::part(&wide)?;
    let ticket = args
        .get_one::<PathBuf>("ticket")
        .map(|path| files::read_ticket(path))
        .transpose()?
        .map(|(ticket, _)| ticket);
    let summary = Summary::new(&lines);
    if let Some(poster) = poster {
        let config = &lines[0].config;
        files::write_beside(poster, poster::poster(&summary, config, ticket.as_ref()).as_bytes())?;
        files::say(&format!("{}\n", poster.display()))?;
    }
    if let Some(out) = out {
        files::create_folder(out)?;
        let mut pictures = pictures(&summary, ticket.as_ref());
        if !widths.is_empty() {
            pictures.push(("widths.svg", widths::figure(&widths)));
        }
        for (name, text) in pictures {
            let path = out.join(name);
            files::write_beside(&path, text.as_bytes())?;
            files::say(&format!("{}\n", path.display()))?;
        }
        for (name, lines) in [("results.jsonl", &lines), ("widths.jsonl", &wide)] {
            if lines.is_empty() {
                continue;
            }
            let kept: Vec<String> = lines.iter().map(|line| kept(line).to_json() + "\n").collect();
            let path = out.join(name);
            files::write_beside(&path, kept.concat().as_bytes())?;
            files::say(&format!("{}\n", path.display()))?;
        }
        let path = out.join("README.md");
        let before = if path.is_file() { Some(files::read(&path)?) } else { None };
        let page = page(before, &generated(&summary, &lines, ticket.as_ref(), &widths))
            .map_err(|why| Failure::file("Updating", &path, why))?;
        files::write_beside(&path, page.as_bytes())?;
        files::say(&format!("{}\n", path.display()))?;
    }
    Ok(())
}

/// All lines of some results files, each config, seed, arm and round once.
///
/// # Errors
/// When two lines say different things of the same.
fn read(paths: &[&PathBuf]) -> Result<Vec<Line>, Failure> {
    let mut lines: Vec<Line> = Vec::new();
    let mut seen = BTreeMap::new();
    for path in paths {
        let text = String::from_utf8(files::read(path)?)
            .map_err(|_| Failure::file("Reading", path, "it is no text"))?;
        for (number, text) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{}, line {},", path.display(), number + 1);
            let line = Line::parse(text, &place)?;
            match seen.insert((line.config.clone(), line.key()), line.fingerprint.clone()) {
                None => lines.push(line),
                Some(before) if before == line.fingerprint => {}
                Some(before) => {
                    return Err(Failure::new(format!(
                        "{place} has the fingerprint {}, but the same seed, arm and round came \
                         with {before} before: they are from other data or another version.",
                        line.fingerprint
                    )));
                }
            }
        }
    }
    if lines.is_empty() {
        return Err(Failure::new(format!("There is not one line of results in {}.", list(paths))));
    }
    lines.sort_by_key(|line| (line.config.clone(), line.key()));
    Ok(lines)
}

fn one_config(lines: &[Line]) -> Result<(), Failure> {
    let first = &lines[0].config;
    match lines.iter().find(|line| line.config != *first) {
        None => Ok(()),
        Some(other) => Err(Failure::new(format!(
            "There are results of “{first}” and of “{}”; a report is of one config.",
            other.config
        ))),
    }
}

/// What of a line is worth keeping beside the page: no more digits than mean
/// something, and of the curves the points that the figure draws.
fn kept(line: &Line) -> Line {
    let round = |x: &mut f64| *x = (*x * 1e6).round() / 1e6;
    let mut line = line.clone();
    let result = &mut line.result;
    for x in [
        &mut result.remaining,
        &mut result.val_loss,
        &mut result.val_accuracy,
        &mut result.test_accuracy_early_stop,
        &mut result.test_accuracy_final,
        &mut result.train_accuracy,
        &mut result.untrained_accuracy,
    ] {
        round(x);
    }
    let moved = result.moved_survivors.iter_mut().chain(&mut result.moved_pruned);
    moved.flatten().for_each(round);
    if figures::is_drawn(result.arm, result.round) {
        result.curve.retain(|point| figures::is_on_curve(point.step));
        for point in &mut result.curve {
            round(&mut point.train_loss);
            round(&mut point.val_loss);
            round(&mut point.val_accuracy);
        }
    } else {
        result.curve.clear();
    }
    line
}

fn list(paths: &[&PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// The figures by file name.
fn pictures(summary: &Summary<'_>, ticket: Option<&Ticket>) -> Vec<(&'static str, String)> {
    let mut pictures = vec![
        ("early-stop.svg", figures::file(&figures::early_stop(summary), summary)),
        ("accuracy.svg", figures::file(&figures::accuracy(summary), summary)),
        ("accuracy-final.svg", figures::file(&figures::accuracy_final(summary), summary)),
    ];
    pictures.extend(figures::movement(summary).map(|text| ("movement.svg", text)));
    pictures.extend(figures::curves(summary).map(|text| ("curves.svg", text)));
    if let Some(ticket) = ticket {
        pictures.push(("initial-weights.svg", figures::initial_weights(ticket)));
        pictures.push(("fan-out.svg", figures::fan_out(ticket)));
    }
    pictures
}

/// The config whose results can be held against the paper's.
const PAPER: &str = "preset=paper";

const BEGIN: &str = "<!-- generated by `lottery report`: begin -->";
const END: &str = "<!-- generated by `lottery report`: end -->";

/// The part of the results page that comes from the numbers alone.
fn generated(
    summary: &Summary<'_>,
    lines: &[Line],
    ticket: Option<&Ticket>,
    widths: &[widths::Width<'_>],
) -> String {
    let mut out = format!(
        "Config `{}`, {}, {} lines of results.\n\n",
        lines[0].config,
        figures::over(summary),
        lines.len()
    );
    if lines[0].config == PAPER {
        out += "### The paper's claims, one by one\n\n";
        out += &claims::claims(summary);
        out += "\n### Is this the paper's setting at all?\n\n";
        out += &claims::bands(summary);
        out += "\n### Figures\n\n";
    }
    for (name, _) in pictures(summary, ticket) {
        out += &format!("![{}]({name})\n\n", name.trim_end_matches(".svg").replace('-', " "));
    }
    out += "### What the ticket gains\n\n";
    out += &tables::comparisons(summary);
    out += "\n";
    out += &tables::ladders(summary);
    if !widths.is_empty() {
        out += "\n### Wider and narrower networks\n\n";
        out += "Each with first weights of its own and the same rounds of pruning.\n\n";
        out += "![widths](widths.svg)\n\n";
        out += &widths::table(widths);
    }
    out += "\n### Fingerprints\n\n";
    out += &tables::probe(summary);
    out
}

/// The page with `generated` between its marks; everything else stays.
fn page(before: Option<Vec<u8>>, generated: &str) -> Result<String, &'static str> {
    let block = format!("{BEGIN}\n\n{generated}\n{END}\n");
    let Some(before) = before else {
        return Ok(format!("# Results\n\n{block}"));
    };
    let before = String::from_utf8(before).map_err(|_| "it is no text")?;
    let parts = before.split_once(BEGIN).and_then(|(head, rest)| {
        let (_, tail) = rest.split_once(END)?;
        Some((head, tail.trim_start_matches('\n')))
    });
    let (head, tail) = parts.ok_or("it lacks the two marks “generated … begin” and “end”")?;
    let tail = if tail.is_empty() { String::new() } else { format!("\n{tail}") };
    Ok(format!("{head}{block}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_generated_part_of_a_page_is_replaced() {
        let first = page(None, "old numbers").unwrap();
        let edited = format!("{first}\nwritten by hand\n").replace("# Results", "# Ours");
        let second = page(Some(edited.into_bytes()), "new numbers").unwrap();
        assert!(second.starts_with("# Ours") && second.ends_with("\nwritten by hand\n"));
        assert!(second.contains("new numbers") && !second.contains("old numbers"));
        let again = page(Some(second.clone().into_bytes()), "new numbers").unwrap();
        assert_eq!(again, second);
        assert!(page(Some(b"no marks".to_vec()), "x").is_err());
    }
}
