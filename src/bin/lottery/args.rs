//! Flags that several commands share: every field of the config, the data.

use crate::failure::Failure;
use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::Config;
use lottery_ticket::config::{Choice, Field, Kind, Preset, Source, fields};
use std::path::{Path, PathBuf};

/// Adds `--data DIR` and a flag for every field of the config.
pub fn with_config(command: Command) -> Command {
    with_config_without(command, &[])
}

/// The same but for the fields `others`, which the command has no use for.
pub fn with_config_without(command: Command, others: &[&str]) -> Command {
    let data = Arg::new("data")
        .long("data")
        .value_name("DIR")
        .help("Folder with the four IDX or IDX.gz files [default: the project's data/mnist]")
        .value_parser(value_parser!(PathBuf));
    let command = command.arg(data);
    let ours = fields().iter().filter(|it| it.name != "data" && !others.contains(&it.name));
    ours.fold(command, |command, field| {
        command.arg(
            Arg::new(field.name)
                .long(field.name.replace('_', "-"))
                .value_name(value_name(field))
                .help(help(field))
                .help_heading("Config")
                .allow_negative_numbers(true)
                .value_parser(NonEmptyStringValueParser::new()),
        )
    })
}

fn value_name(field: &Field) -> &'static str {
    match field.kind {
        Kind::Integer { .. } => "N",
        Kind::Number { .. } => "X",
        Kind::Choice { .. } => "NAME",
        Kind::Sizes { .. } => "N-N-N",
        Kind::Numbers { .. } => "X,X",
        Kind::Choices { .. } => "NAME,NAME",
    }
}

fn help(field: &Field) -> String {
    let range = match field.kind {
        Kind::Integer { min, max } => format!(" {min} to {max}."),
        Kind::Number { min, max, .. } => format!(" {min} to {max}."),
        Kind::Numbers { min, max } => format!(" Each {min} to {max}."),
        Kind::Sizes { max } => format!(" Each 1 to {max}."),
        Kind::Choice { names, .. } => format!(" One of: {}.", names.join(", ")),
        Kind::Choices { names, .. } => format!(" Some of: {}.", names.join(", ")),
    };
    let help = as_flags(field.help);
    if field.name == "preset" {
        return format!("{help}{range} [default: {}]", Config::default().preset);
    }
    let [lesson, paper] =
        [Preset::Lesson, Preset::Paper].map(|preset| Config::preset(preset).text(field.name));
    let default = match (lesson.as_str(), paper.as_str()) {
        ("", "") => String::new(),
        (lesson, paper) if lesson == paper => format!(" [default: {lesson}]"),
        (lesson, paper) => format!(" [lesson: {lesson}, paper: {paper}]"),
    };
    format!("{help}{range}{default}")
}

/// A sentence about fields with their names as the command line has them.
fn as_flags(sentence: &str) -> String {
    let names = fields().iter().map(|field| field.name).filter(|name| name.contains('_'));
    names.fold(sentence.to_owned(), |text, name| text.replace(name, &name.replace('_', "-")))
}

/// The config that the flags describe, checked.
pub fn config(args: &ArgMatches) -> Result<Config, Failure> {
    config_without(args, &[])
}

/// The same, for a command that gives some flags another meaning.
pub fn config_without(args: &ArgMatches, others: &[&str]) -> Result<Config, Failure> {
    let ours = fields().iter().filter(|it| it.name != "data" && !others.contains(&it.name));
    let given = ours.filter_map(|field| {
        args.get_one::<String>(field.name).map(|text| (field.name, text.as_str()))
    });
    let mut pairs: Vec<(&str, &str)> = given.collect();
    if data_folder(args).is_some() {
        pairs.push(("data", Source::Own.name()));
    }
    Config::from_pairs(pairs).map_err(|why| Failure::Usage(as_flags(&why.to_string())))
}

/// The folder of `--data`.
pub fn data_folder(args: &ArgMatches) -> Option<&Path> {
    args.get_one::<PathBuf>("data").map(PathBuf::as_path)
}

/// A whole number from `least` to `most`.
pub fn whole(
    least: usize,
    most: usize,
) -> impl Fn(&str) -> Result<usize, String> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| format!("expected a whole number from {least} to {most}"))
    }
}

/// Seeds as a list of numbers and half-open ranges: `0..5`, `0,3,7`.
pub fn seeds(text: &str) -> Result<Vec<u32>, String> {
    const WANTED: &str = "expected a range like 0..5 (without the 5) or a list like 0,3,7";
    let mut seeds = Vec::new();
    for part in text.split(',') {
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| WANTED.to_string());
        match part.split_once("..") {
            Some((from, to)) => {
                let (from, to) = (number(from)?, number(to)?);
                if from >= to || to - from > 10_000 {
                    return Err(format!("{part} must hold between 1 and 10,000 seeds"));
                }
                seeds.extend(from..to);
            }
            None => seeds.push(number(part)?),
        }
    }
    let mut once = seeds.clone();
    once.sort_unstable();
    once.dedup();
    if once.len() == seeds.len() { Ok(seeds) } else { Err("each seed may be named once".into()) }
}

#[cfg(test)]
mod tests {
    use super::{seeds, whole};

    #[test]
    fn whole_numbers_have_a_range() {
        let parse = whole(1, 256);
        assert_eq!((parse("1"), parse("256")), (Ok(1), Ok(256)));
        for bad in ["0", "257", "x", "", "1.5", "-1"] {
            assert_eq!(parse(bad).unwrap_err(), "expected a whole number from 1 to 256", "{bad}");
        }
    }

    #[test]
    fn seeds_are_ranges_and_lists() {
        assert_eq!(seeds("0..5").unwrap(), [0, 1, 2, 3, 4]);
        assert_eq!(seeds("0,3,7").unwrap(), [0, 3, 7]);
        assert_eq!(seeds("9,0..2").unwrap(), [9, 0, 1]);
        for bad in ["", "5..5", "5..0", "1,1", "0..2,1", "-1", "a", "0..", "0..99999999", "1;2"] {
            assert!(seeds(bad).is_err(), "{bad}");
        }
    }
}
