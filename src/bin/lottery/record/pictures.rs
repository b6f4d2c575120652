//! What the page's figures are given of a recorded run, and its results over
//! the seeds, rounded to what one can see.

use super::Run;
use crate::failure::Failure;
use lottery_ticket::experiment::optimizer;
use lottery_ticket::ticket::{Form, Ticket};
use lottery_ticket::{Arm, CurvePoint, Labelled, Mask, Network, RoundResult, Trainer, inspect};
use serde_json::{Map, Value, json};
use std::time::Instant;

/// Bins of the histograms of weights.
const BINS: usize = 40;
/// Bins of the histograms of how far weights moved.
const MOVEMENT_BINS: usize = 24;
/// Points a layer in the scatter: survivors of the last round, and others.
const SURVIVORS_SHOWN: usize = 60;
const OTHERS_SHOWN: usize = 160;
/// Connections of one image's signal.
const PATH_EDGES: usize = 24;
/// Test images on which ticket and control disagree, besides one a digit.
const DISAGREEMENTS: usize = 2;
/// Training speed is the best of so many stretches.
const STRETCHES: usize = 8;
const STRETCH_STEPS: usize = 25;

impl Run {
    /// The curves of ticket and re-initialised control, round by round.
    pub fn curves(&self) -> Value {
        let lines: Vec<Value> = self
            .results
            .iter()
            .filter(|result| matches!(result.arm, Arm::Ticket | Arm::Reinit))
            .map(|result| {
                let of = |value: fn(&CurvePoint) -> f64, digits| {
                    rounded(&result.curve.iter().map(value).collect::<Vec<_>>(), digits)
                };
                json!({
                    "arm": result.arm.to_string(), "round": result.round,
                    "trainLoss": of(|p| p.train_loss, 4),
                    "valLoss": of(|p| p.val_loss, 4),
                    "valAccuracy": of(|p| p.val_accuracy, 2),
                })
            })
            .collect();
        let steps: Vec<usize> = self.results[0].curve.iter().map(|point| point.step).collect();
        json!({ "steps": steps, "lines": lines })
    }

    /// Everything else by its name in the recording; masks from round `from` on
    /// are in the packed ticket.
    pub fn pictures(&self, from: usize, test: &Labelled) -> Result<Map<String, Value>, Failure> {
        let last = self.masks(self.config.rounds);
        let (_, columns) = test.images().shape();
        let mean = inspect::mean_image(self.data.pool().images());
        let pictures = json!({
            "fanOut": (1..from).map(|round| inspect::fan_out(&self.masks(round)[0])).collect::<Vec<_>>(),
            "placement": inspect::placement(&last, columns).iter().map(thousandths).collect::<Vec<_>>(),
            "mean": mean.iter().map(|v| (v * 255.0).round() as u8).collect::<Vec<_>>(),
            "histograms": self.histograms(),
            "scatter": self.scatter(&last)?,
            "movement": self.movement(&last),
            "digits": self.digits(test)?,
            "bytes": self.bytes(&last)?,
            "sameSign": round(self.same_sign(), 1),
            "rate": self.rates(),
        });
        Ok(pictures.as_object().cloned().unwrap_or_default())
    }

    /// |θ_T| after every round, of all layers (−1) and of each.
    fn histograms(&self) -> Vec<Value> {
        let rounds = self.config.rounds;
        let mut histograms = Vec::new();
        for (round, network) in self.trained.iter().enumerate() {
            let next = self.masks(rounds.min(round + 1));
            for layer in std::iter::once(None).chain((0..next.len()).map(Some)) {
                let counts = inspect::histogram(network, &next, layer, BINS);
                let cut = layer.and_then(|l| inspect::cut(&network.layers()[l], &next[l]));
                histograms.push(json!({
                    "round": round, "layer": layer.map_or(-1, |l| l as i64),
                    "max": counts.edges[BINS], "kept": counts.kept, "pruned": counts.pruned, "cut": cut,
                }));
            }
        }
        histograms
    }

    /// (θ₀, θ_T) of the dense network's weights, in thousandths, layer by layer:
    /// of some that the last round keeps and of some that it does not.
    fn scatter(&self, last: &[Mask]) -> Result<Vec<Value>, Failure> {
        let dense = &self.trained[0];
        let survivors = dense.masked(last)?;
        let mut layers = Vec::new();
        for (index, (then, kept)) in self.theta0.layers().iter().zip(last).enumerate() {
            let some =
                |now: &Network, count| inspect::scatter(then, &now.layers()[index], kept, count);
            let mut points = some(&survivors, SURVIVORS_SHOWN);
            let others = some(dense, OTHERS_SHOWN);
            points.extend(others.chunks(3).filter(|triple| triple[2] == 0.0).flatten());
            let triples = points.chunks(3).flat_map(|triple| {
                [thousandths(&triple[0]), thousandths(&triple[1]), triple[2] as i64]
            });
            layers.push(json!({
                "layer": index, "total": kept.len(), "points": triples.collect::<Vec<_>>(),
            }));
        }
        Ok(layers)
    }

    /// How far the dense network's weights moved, layer by layer, the last
    /// round's survivors and the others apart.
    fn movement(&self, last: &[Mask]) -> Vec<Value> {
        let mut layers = Vec::new();
        for moved in inspect::movement(&self.theta0, &self.trained[0], last, MOVEMENT_BINS) {
            let edges: Vec<f64> = moved.edges.iter().map(|&edge| f64::from(edge)).collect();
            layers.push(json!({
                "layer": moved.layer, "edges": rounded(&edges, 5),
                "survivors": moved.survivors, "pruned": moved.pruned,
                "meanSurvivors": round(moved.mean_survivors, 6), "meanPruned": round(moved.mean_pruned, 6),
            }));
        }
        layers
    }

    /// Of the last round's weights, the share that ended with the sign they were
    /// born with, percent. (The packed ones are too coarse to tell.)
    fn same_sign(&self) -> f64 {
        let trained = &self.trained[self.config.rounds];
        let weights = |network: &Network| -> Vec<f32> {
            network.layers().iter().flat_map(|layer| layer.weights().data().to_vec()).collect()
        };
        let signs: Vec<bool> = weights(&self.theta0)
            .iter()
            .zip(weights(trained))
            .filter(|(_, now)| *now != 0.0)
            .map(|(then, now)| then * now > 0.0)
            .collect();
        let same = signs.iter().filter(|same| **same).count();
        100.0 * same as f64 / signs.len() as f64
    }

    /// The first test image of each digit, and the first few on which ticket
    /// and control answer differently.
    fn digits(&self, test: &Labelled) -> Result<Vec<Value>, Failure> {
        let ticket = &self.trained[self.config.rounds];
        let networks = [
            ("dense", Some(&self.trained[0])),
            ("ticket", Some(ticket)),
            ("reinit", self.control.as_ref()),
        ];
        let mut seen = [false; 10];
        let mut disagreements = 0;
        let mut digits = Vec::new();
        for index in 0..self.config.test {
            let pixels = test.images().dense(index);
            let label = test.labels()[index];
            let mut answers = Map::new();
            let mut said = Vec::new();
            for (name, network) in networks.iter().filter_map(|(name, n)| n.map(|n| (name, n))) {
                let prediction = inspect::predict(network, &pixels)?;
                let probabilities: Vec<f64> =
                    prediction.probabilities.iter().map(|&p| f64::from(p)).collect();
                said.push((0..10).fold(0, |best, d| {
                    if probabilities[d] > probabilities[best] { d } else { best }
                }));
                answers.insert(name.to_string(), rounded(&probabilities, 3));
            }
            let differ = said.len() > 2 && said[1] != said[2] && disagreements < DISAGREEMENTS;
            let first = !std::mem::replace(&mut seen[usize::from(label)], true);
            if !differ && !first {
                continue;
            }
            disagreements += usize::from(differ);
            let path = inspect::active_path(ticket, &pixels, PATH_EDGES)?;
            let edges: Vec<Value> = path
                .edges
                .iter()
                .map(|e| json!([e.layer, e.from, e.to, round(f64::from(e.value), 2)]))
                .collect();
            let hex: String = pixels.iter().map(|byte| format!("{byte:02x}")).collect();
            digits.push(json!({
                "index": index, "label": label, "differ": differ, "pixels": hex,
                "answers": answers, "path": edges, "total": path.total,
            }));
            if disagreements == DISAGREEMENTS && seen.iter().all(|seen| *seen) {
                break;
            }
        }
        Ok(digits)
    }

    /// What the dense network and the last ticket take on disk.
    fn bytes(&self, last: &[Mask]) -> Result<Value, Failure> {
        let config = self.config.to_json().to_string();
        let ticket = Ticket::new(self.theta0.clone(), last, None, self.config.rounds, config)?;
        Ok(
            json!({ "dense": ticket.dense_network_bytes(), "ticket": ticket.to_bytes(Form::Sparse).len() }),
        )
    }

    /// Training samples a second on one core, round by round.
    fn rates(&self) -> Value {
        let batches: Vec<&[u32]> = self.data.training().chunks_exact(self.config.batch).collect();
        let rates: Vec<f64> = (0..=self.config.rounds)
            .map(|round| {
                let start = self.theta0.masked(&self.masks(round)).expect("its own masks");
                let mut trainer = Trainer::new(&start, optimizer(&self.config), self.config.batch);
                let mut fastest = f64::INFINITY;
                for stretch in 0..STRETCHES {
                    let since = Instant::now();
                    for step in 0..STRETCH_STEPS {
                        let batch = batches[(stretch * STRETCH_STEPS + step) % batches.len()];
                        trainer.step(self.data.pool(), batch, self.config.lr as f32);
                    }
                    fastest = fastest.min(since.elapsed().as_secs_f64());
                }
                ((STRETCH_STEPS * self.config.batch) as f64 / fastest).round()
            })
            .collect();
        json!({ "dense": rates[0], "rounds": rates })
    }
}

/// One object an arm and round; what differs between seeds as an array.
pub fn columns(runs: &[Run]) -> Vec<Value> {
    let rows = &runs[0].results;
    let column = |(index, first): (usize, &RoundResult)| {
        let all = || runs.iter().map(move |run| &run.results[index]);
        let of = |value: fn(&RoundResult) -> f64, digits| {
            rounded(&all().map(value).collect::<Vec<_>>(), digits)
        };
        json!({
            "arm": first.arm.to_string(), "round": first.round,
            "remaining": round(first.remaining, 3), "survivors": first.survivors,
            "dead": all().map(|r| &r.dead).collect::<Vec<_>>(),
            "earlyStopStep": all().map(|r| r.early_stop_step).collect::<Vec<_>>(),
            "censored": all().map(|r| u8::from(r.censored)).collect::<Vec<_>>(),
            "valLoss": of(|r| r.val_loss, 4),
            "testAccuracyEarlyStop": of(|r| r.test_accuracy_early_stop, 2),
            "testAccuracyFinal": of(|r| r.test_accuracy_final, 2),
            "untrainedAccuracy": of(|r| r.untrained_accuracy, 2),
            // Of the seed that is recorded in full.
            "fingerprint": [first.fingerprint],
        })
    };
    rows.iter().enumerate().map(column).collect()
}

fn round(value: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    (value * scale).round() / scale
}

pub fn rounded(values: &[f64], digits: i32) -> Value {
    values.iter().map(|&value| round(value, digits)).collect()
}

fn thousandths(value: &f32) -> i64 {
    (value * 1000.0).round() as i64
}
