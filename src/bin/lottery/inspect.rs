//! `lottery inspect`: what is in a ticket's file.

use crate::failure::Failure;
use crate::files;
use clap::{Arg, ArgMatches, Command, value_parser};
use lottery_ticket::json::Json;
use lottery_ticket::ticket::Form;
use lottery_ticket::{Config, Ticket};
use std::fmt::Write;
use std::path::PathBuf;

pub fn command() -> Command {
    Command::new("inspect")
        .about("Says what is in a ticket's file, and what pruning saves in storage")
        .after_help("Example:\n  lottery inspect ticket.safetensors")
        .arg(
            Arg::new("file")
                .value_name("FILE.safetensors")
                .help("A ticket that `lottery export` or the page has written")
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
}

pub fn main(args: &ArgMatches) -> Result<(), Failure> {
    let path = args.get_one::<PathBuf>("file").expect("clap demands it");
    let (ticket, form) = files::read_ticket(path)?;
    let bytes = std::fs::metadata(path).map_err(|why| Failure::io("Reading", path, &why))?.len();
    files::say(&describe(&ticket, form, bytes as usize))
}

fn describe(ticket: &Ticket, form: Form, bytes: usize) -> String {
    let start = ticket.start();
    let all: usize = start.layers().iter().map(|layer| layer.mask().len()).sum();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "A ticket after {} rounds of pruning: {} of {all} weights remain ({:.2} %).",
        ticket.round(),
        start.survivors(),
        start.remaining()
    );
    for (index, layer) in start.layers().iter().enumerate() {
        let _ = writeln!(
            out,
            "  fc{}  {:>4} → {:<4} {:>7} of {:>7} ({:.2} %)",
            index + 1,
            layer.inputs(),
            layer.outputs(),
            layer.mask().kept(),
            layer.mask().len(),
            100.0 * layer.mask().kept() as f64 / layer.mask().len() as f64
        );
    }
    let config = Json::parse(ticket.config()).and_then(|json| Config::from_json(&json));
    let config = match config {
        Ok(config) => config.to_address(),
        _ => ticket.config().to_string(),
    };
    let _ = writeln!(out, "config       {config}");
    let _ = writeln!(out, "fingerprint  {} at its start", start.fingerprint());
    if let Some(trained) = ticket.trained() {
        let _ = writeln!(out, "             {} trained", trained.fingerprint());
    }
    out + &sizes(ticket, form, bytes)
}

/// The sentence about storage.
pub fn sizes(ticket: &Ticket, form: Form, bytes: usize) -> String {
    let dense = ticket.dense_network_bytes();
    let sparse = ticket.untrained().to_bytes(Form::Sparse).len();
    format!(
        "size         {} for this file ({} form); {} for the ticket alone in the sparse form, {} \
         for all weights of the dense network\n",
        kilobytes(bytes),
        form.name(),
        kilobytes(sparse),
        kilobytes(dense)
    )
}

fn kilobytes(bytes: usize) -> String {
    if bytes < 1_000_000 {
        format!("{:.1} kB", bytes as f64 / 1e3)
    } else {
        format!("{:.2} MB", bytes as f64 / 1e6)
    }
}
