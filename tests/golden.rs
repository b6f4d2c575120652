//! A short run on real MNIST must give the bits it always gave. The browser
//! tests compare with the same file. `BLESS=1 cargo test` writes it anew.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::path::Path;
use std::sync::Arc;

use lottery_ticket::{Arm, Config, Dataset, Experiment, RoundResult};
use serde_json::{Value, json};

const ADDRESS: &str = "preset=paper&seed=7&examples=1500&validation=300&test=500&steps=80&rate=0.5&eval_every=20&rounds=2";
const GOLDEN: &str = "tests/golden/short-run.json";

/// Everything that the run yields, ticket and re-initialised control.
fn outcome() -> Value {
    let config = Config::from_address(ADDRESS).unwrap();
    let (pool, test) = (common::mnist("train"), common::mnist("t10k"));
    let data = Arc::new(Dataset::new(&config, pool, test).unwrap());
    let new = |arm| Experiment::new(config.clone(), arm, data.clone()).unwrap();
    let (mut ticket, mut control) = (new(Arm::Ticket), new(Arm::Reinit));
    let mut results = Vec::new();
    for round in 0..=config.rounds {
        common::train(&mut ticket, 1000);
        results.extend(ticket.measures().last().cloned());
        if round > 0 {
            control.begin_round(round, ticket.masks()).unwrap();
            common::train(&mut control, 1000);
            results.extend(control.measures().last().cloned());
        }
        ticket.next_round().unwrap();
    }
    let results: Vec<Value> = results
        .iter()
        .map(|result: &RoundResult| serde_json::from_str(&result.to_json().to_string()).unwrap())
        .collect();
    json!({ "address": config.to_address(), "results": results })
}

#[test]
fn a_short_run_on_mnist_gives_the_bits_it_always_gave() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    let now = outcome();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&now).unwrap() + "\n").unwrap();
    }
    let text = std::fs::read_to_string(&path).expect("BLESS=1 cargo test makes the golden file");
    let golden: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(golden["address"], now["address"]);
    let all = |json: &Value| json["results"].as_array().unwrap().clone();
    assert_eq!(all(&golden).len(), all(&now).len());
    for (golden, now) in all(&golden).iter().zip(&all(&now)) {
        assert_eq!(golden, now);
    }
}
