//! Are the published results this program's? Their first steps are taken again, and
//! the page is written again.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use lottery_ticket::ticket::{Form, Ticket};
use lottery_ticket::{Arm, Config, Dataset, Experiment};
use serde_json::Value;

const PROBE_STEPS: usize = 300;

#[test]
fn the_first_steps_of_a_published_run_give_its_fingerprint() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/results/results.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let dense: Vec<Value> =
        lines.filter(|line| line["round"] == 0 && line["arm"] == "ticket").collect();
    assert!(!dense.is_empty());
    let (pool, test) = (common::mnist("train"), common::mnist("t10k"));
    // One seed is enough to tell; the greatest, so that a longer run adds nothing to the test.
    let line = dense.iter().max_by_key(|line| line["seed"].as_u64()).unwrap();
    let address = format!("{}&seed={}", line["config"].as_str().unwrap(), line["seed"]);
    let config = Config::from_address(&address).unwrap();
    let data = Arc::new(Dataset::new(&config, pool, test).unwrap());
    let mut run = Experiment::new(config, Arm::Ticket, data).unwrap();
    assert_eq!(line["start_fingerprint"], run.network().fingerprint().to_string());
    while run.step() < PROBE_STEPS {
        run.advance(PROBE_STEPS - run.step());
    }
    assert_eq!(line["probe_fingerprint"], run.network().fingerprint().to_string());
}

#[test]
fn the_published_ticket_is_read_and_written_to_the_same_bytes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/results/ticket.safetensors");
    let bytes = fs::read(path).unwrap();
    let (ticket, form) = Ticket::from_bytes(&bytes).unwrap();
    assert_eq!(form, Form::Sparse);
    assert!(ticket.to_bytes(form) == bytes);
}

#[test]
fn the_published_page_is_what_the_report_writes() {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/results");
    let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published");
    let _ = fs::remove_dir_all(&at);
    fs::create_dir_all(&at).unwrap();
    fs::copy(published.join("README.md"), at.join("README.md")).unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_lottery"))
        .current_dir(&published)
        .args(["report", "results.jsonl", "--widths", "widths.jsonl"])
        .args(["--ticket", "ticket.safetensors", "--out"])
        .arg(&at)
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    for file in fs::read_dir(&at).unwrap() {
        let name = file.unwrap().file_name();
        let same = fs::read(at.join(&name)).unwrap() == fs::read(published.join(&name)).unwrap();
        assert!(same, "{name:?} of docs/results is not what `lottery report` makes of its lines");
    }
}
