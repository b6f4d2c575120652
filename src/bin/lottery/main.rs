//! The command line: the same experiments as in the page, on the same engine.
#![forbid(unsafe_code)]

mod args;
mod compare;
mod data;
mod export;
mod failure;
mod files;
mod inspect;
mod line;
mod record;
mod report;
mod run;
mod trace;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use failure::Failure;
use std::process::ExitCode;

fn command() -> Command {
    Command::new("lottery")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The lottery ticket hypothesis on MNIST: train, prune, rewind, compare")
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .after_help("`lottery COMMAND --help` lists a command's options, with examples.")
        .subcommand(run::command())
        .subcommand(export::command())
        .subcommand(inspect::command())
        .subcommand(compare::command())
        .subcommand(trace::command())
        .subcommand(report::command())
        .subcommand(record::command())
}

fn main() -> ExitCode {
    let outcome = match command().try_get_matches() {
        Ok(matches) => match matches.subcommand() {
            Some(("run", args)) => run::main(args),
            Some(("export", args)) => export::main(args),
            Some(("inspect", args)) => inspect::main(args),
            Some(("compare", args)) => compare::main(args),
            Some(("trace", args)) => trace::main(args),
            Some(("report", args)) => report::main(args),
            Some(("record", args)) => record::main(args),
            _ => unreachable!("clap demands one of the commands"),
        },
        Err(error) => help_or_usage(&error),
    };
    let (code, sentence) = match outcome {
        Ok(()) | Err(Failure::Deaf) => return ExitCode::SUCCESS,
        Err(Failure::Usage(sentence)) => (2, sentence),
        Err(Failure::Failed(sentence)) => (1, sentence),
    };
    eprintln!("lottery: {sentence}");
    ExitCode::from(code)
}

/// Clap calls help and version errors too. A real error becomes one sentence.
fn help_or_usage(error: &clap::Error) -> Result<(), Failure> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return files::say(&error.render().to_string());
    }
    let text = error.render().to_string();
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> =
        paragraph.split_whitespace().skip_while(|word| *word == "error:").collect();
    let sentence = words.join(" ");
    let sentence = sentence.trim_end_matches('.');
    let (meant, name) = (perhaps_meant(error), command_called());
    Err(Failure::Usage(format!("{sentence}{meant}; see `lottery {name}--help`.")))
}

/// What clap thinks a mistyped word was to be.
fn perhaps_meant(error: &clap::Error) -> String {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    match kinds.into_iter().find_map(|kind| error.get(kind)) {
        Some(ContextValue::String(word)) => format!("; perhaps {word} was meant"),
        Some(ContextValue::Strings(words)) => format!("; perhaps {} was meant", words.join(" or ")),
        _ => String::new(),
    }
}

/// The command that was given, with a space after it; nothing if there is none.
fn command_called() -> String {
    let given = std::env::args().nth(1).unwrap_or_default();
    command().find_subcommand(&given).map_or(String::new(), |it| format!("{} ", it.get_name()))
}
