//! The paper's claims about LeNet-300-100, beside what two independent
//! replications found and what these results say. Written by the numbers, so
//! that nobody has to remember to change a verdict.

use super::summary::{Spread, Summary};
use super::svg::number;
use crate::line::Line;
use std::fmt::Write;

/// Rounds of the preset `paper` and what remains there.
const DENSE: usize = 0;
const AT_51_3: usize = 3;
const AT_21_1: usize = 7;
const AT_13_5: usize = 9;
const AT_3_6: usize = 15;
const AT_2_9: usize = 16;
const AT_1_2: usize = 20;

/// Differences of means smaller than this are not called one, in percent points:
/// about the standard error of five seeds.
const A_DIFFERENCE: f64 = 0.05;

/// The same for early stops, as a factor.
const A_FACTOR: f64 = 1.15;

struct Claim {
    claim: &'static str,
    first: &'static str,
    second: &'static str,
    /// What these results say, and what that makes of the claim; nothing while
    /// the rounds it needs are missing.
    ours: Option<(String, Verdict)>,
}

/// What becomes of a claim.
#[derive(Clone, Copy)]
enum Verdict {
    Yes,
    /// The effect is there, but smaller or narrower than claimed.
    Smaller,
    No,
}

impl Verdict {
    fn of(holds: bool) -> Self {
        if holds { Verdict::Yes } else { Verdict::No }
    }

    /// Of something claimed of several things.
    fn share(holds: &[bool]) -> Self {
        match holds.iter().filter(|holds| **holds).count() {
            n if n == holds.len() => Verdict::Yes,
            n if 2 * n >= holds.len() => Verdict::Smaller,
            _ => Verdict::No,
        }
    }

    /// Of an effect of `size` that was claimed to be `claimed`; nine tenths of
    /// it are it.
    fn size(size: f64, claimed: f64) -> Self {
        match size {
            x if x >= 0.9 * claimed => Verdict::Yes,
            x if x > 0.0 => Verdict::Smaller,
            _ => Verdict::No,
        }
    }
}

fn at_stop(line: &Line) -> f64 {
    line.test_accuracy_early_stop
}

fn at_end(line: &Line) -> f64 {
    line.test_accuracy_final
}

/// Is a mean early stop earlier than another by more than they scatter?
fn faster(stop: f64, other: f64) -> bool {
    stop * A_FACTOR < other
}

fn stop(line: &Line) -> f64 {
    line.early_stop_step as f64
}

/// Markdown of all claims, for results of the preset `paper`.
pub fn claims(summary: &Summary<'_>) -> String {
    let mut out = String::from(
        "| what the paper says | replication A | replication B | here | borne out here? |\n\
         |---|---|---|---|---|\n",
    );
    for claim in all(summary) {
        let (ours, verdict) = match claim.ours {
            Some((ours, Verdict::Yes)) => (ours, "yes"),
            Some((ours, Verdict::Smaller)) => (ours, "in part"),
            Some((ours, Verdict::No)) => (ours, "**no**"),
            None => ("not run yet".to_string(), "open"),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {ours} | {verdict} |",
            claim.claim, claim.first, claim.second
        );
    }
    out
}

fn all(summary: &Summary<'_>) -> Vec<Claim> {
    let mean = |arm: &str, round: usize, measure: fn(&Line) -> f64| {
        summary.cell(arm, round).map(|cell| cell.spread(measure).mean)
    };
    let points = |arm: (&str, usize), other: (&str, usize), measure: fn(&Line) -> f64| {
        summary.gain(arm, other, measure, |a, b| a - b)
    };
    let factor =
        |arm: (&str, usize), other: (&str, usize)| summary.gain(arm, other, stop, |a, b| b / a);
    let show =
        |spread: Spread| format!("{:+.2} ({:+.2} to {:+.2})", spread.mean, spread.min, spread.max);
    let ticket = |round| ("ticket", round);
    let dense = ("ticket", DENSE);

    let earlier = summary.gain(ticket(AT_21_1), dense, stop, |a, b| 100.0 * (1.0 - a / b));
    let earlier = earlier.zip(mean("ticket", AT_21_1, stop).zip(mean("ticket", DENSE, stop)));
    let half = mean("ticket", AT_51_3, stop);
    let fifth = mean("ticket", AT_21_1, stop);
    let rounds = |arm: &str| summary.arm(arm).iter().map(|cell| cell.round).collect::<Vec<_>>();
    let complete = |arm: &str| rounds(arm).len() > AT_1_2;
    let best_end = complete("ticket").then(|| {
        let gains = (1..=AT_1_2).filter_map(|round| {
            Some((
                summary.cell("ticket", round)?.remaining,
                points(ticket(round), dense, at_end)?.mean,
            ))
        });
        gains.max_by(|a, b| a.1.total_cmp(&b.1))
    });
    let fits = complete("ticket").then(|| {
        let cells = summary.arm("ticket").iter().filter(|cell| cell.remaining >= 2.0);
        cells.map(|cell| cell.spread(|line| line.train_accuracy).mean).fold(f64::INFINITY, f64::min)
    });
    let falls = |arm: &str| {
        let fall = |round: &usize| {
            mean(arm, *round, at_stop) < mean("ticket", DENSE, at_stop).map(|x| x - A_DIFFERENCE)
        };
        let round = (1..=AT_1_2).rev().take_while(fall).last()?;
        summary.cell(arm, round).map(|cell| cell.remaining)
    };
    let one_shot = |better: &dyn Fn(usize) -> Option<bool>, from: f64, to: f64| {
        let inside =
            summary.arm("one-shot").iter().filter(|c| c.remaining <= from && c.remaining >= to);
        let verdicts: Vec<bool> = inside.filter_map(|cell| better(cell.round)).collect();
        let good = verdicts.iter().filter(|good| **good).count();
        let text = format!("in {good} of {} rounds of that range", verdicts.len());
        (complete("one-shot") && !verdicts.is_empty()).then(|| (text, Verdict::share(&verdicts)))
    };
    let dense_step = mean("ticket", DENSE, stop);
    let dense_accuracy = mean("ticket", DENSE, at_stop);
    let moved = summary.cell("ticket", DENSE).map(|cell| {
        let ratio = |layer: usize| {
            let of = |pick: fn(&Line) -> &Vec<Option<f64>>| {
                cell.spread(|line| pick(line).get(layer).copied().flatten().unwrap_or(f64::NAN))
                    .mean
            };
            of(|line| &line.moved_survivors) / of(|line| &line.moved_pruned)
        };
        let layers = cell.lines[0].moved_survivors.len();
        (0..layers).map(ratio).collect::<Vec<f64>>()
    });

    vec![
        Claim {
            claim: "A ticket of 21.1 % stops 38 % earlier than the dense network",
            first: "21 % (mean of the seeds' ratios), 26 % (ratio of the means): not confirmed",
            second: "56 %",
            ours: earlier.map(|(ratios, (ticket, dense))| {
                let of_means = 100.0 * (1.0 - ticket / dense);
                let text = format!(
                    "{:.0} % (mean of the seeds' ratios, {:.0} to {:.0}), {of_means:.0} % (ratio of the means)",
                    ratios.mean, ratios.min, ratios.max
                );
                (text, Verdict::size(ratios.mean.min(of_means), 38.0))
            }),
        },
        Claim {
            claim: "51.3 % learns faster than the dense network, and 21.1 % faster still",
            first: "3,140 and 3,660 steps, dense 4,920: the first half",
            second: "2,600 steps at 21.1 %, dense 5,900",
            ours: half.zip(fifth).zip(dense_step).map(|((half, fifth), dense)| {
                let text = format!("{} and {} steps, dense {}", number(half), number(fifth), number(dense));
                (text, Verdict::share(&[faster(half, dense), faster(fifth, half)]))
            }),
        },
        Claim {
            claim: "At 13.5 %, a ticket is more than 0.3 points more accurate than the dense network",
            first: "+0.21",
            second: "+0.32",
            ours: points(ticket(AT_13_5), dense, at_stop)
                .map(|gain| (show(gain), Verdict::size(gain.mean, 0.3 / 0.9))),
        },
        Claim {
            claim: "At 3.6 % it is as accurate as the dense network",
            first: "+0.11",
            second: "not run",
            ours: points(ticket(AT_3_6), dense, at_stop)
                .map(|gain| (show(gain), Verdict::of(gain.mean > -A_DIFFERENCE))),
        },
        Claim {
            claim: "At 3.6 % it learns as fast as the dense network",
            first: "4,740 steps, dense 4,920",
            second: "not run",
            ours: mean("ticket", AT_3_6, stop).zip(dense_step).map(|(ticket, dense)| {
                (format!("{} steps, dense {}", number(ticket), number(dense)), Verdict::of(!faster(dense, ticket)))
            }),
        },
        Claim {
            claim: "Below that, a ticket is worse than the dense network (accuracy, from 2.9 % on)",
            first: "from 2.9 % on",
            second: "not run",
            ours: complete("ticket").then(|| match falls("ticket") {
                Some(remaining) => (format!("from {remaining:.1} % on"), Verdict::of(remaining < 3.6)),
                None => ("never".into(), Verdict::No),
            }),
        },
        Claim {
            claim: "At 21.1 %, a ticket learns 2.51 times as fast as the same connections with fresh weights",
            first: "1.94 times",
            second: "3.5 times",
            ours: factor(ticket(AT_21_1), ("reinit", AT_21_1)).map(|factor| {
                let text =
                    format!("{:.2} times ({:.2} to {:.2})", factor.mean, factor.min, factor.max);
                (text, Verdict::size(factor.mean - 1.0, 1.51))
            }),
        },
        Claim {
            claim: "and is about 0.5 points more accurate",
            first: "+0.39",
            second: "+0.41",
            ours: points(ticket(AT_21_1), ("reinit", AT_21_1), at_stop)
                .map(|gain| (show(gain), Verdict::size(gain.mean, 0.5))),
        },
        Claim {
            claim: "With fresh weights, the same connections fall below the dense network's accuracy already at 21.1 %",
            first: "97.95 %, dense 98.05 %",
            second: "97.94 %, dense 98.04 %",
            ours: points(("reinit", AT_21_1), dense, at_stop).filter(|_| complete("reinit")).map(|gain| {
                let (from, verdict) = match falls("reinit") {
                    Some(from) if from > 21.0 => (format!("from {from:.1} % on"), Verdict::Yes),
                    Some(from) => (format!("only from {from:.1} % on"), Verdict::Smaller),
                    None => ("never".into(), Verdict::No),
                };
                (format!("{} at 21.1 %; clearly below {from}", show(gain)), verdict)
            }),
        },
        Claim {
            claim: "After all 50,000 steps, tickets are up to 0.35 points more accurate",
            first: "up to +0.28",
            second: "not run",
            ours: best_end.flatten().map(|(remaining, gain)| {
                (format!("up to {gain:+.2} (at {remaining:.1} %)"), Verdict::size(gain, 0.35))
            }),
        },
        Claim {
            claim: "and fit the training images to nearly 100 % as long as 2 % of the weights remain",
            first: "not stated",
            second: "not run",
            ours: fits.map(|least| (format!("at least {least:.1} %"), Verdict::of(least >= 99.0))),
        },
        Claim {
            claim: "One-shot pruning gives faster learners between 67.5 % and 17.6 %",
            first: "not run",
            second: "not run",
            // 17.6 % is no round of the preset; 16.9 % is the nearest.
            ours: one_shot(
                &|round| Some(faster(mean("one-shot", round, stop)?, dense_step?)),
                67.5,
                16.8,
            ),
        },
        Claim {
            claim: "and more accurate ones between 95 % and 5.17 %",
            first: "not run",
            second: "not run",
            ours: one_shot(
                &|round| Some(mean("one-shot", round, at_stop)? > dense_accuracy? + A_DIFFERENCE),
                95.0,
                5.17,
            ),
        },
        Claim {
            claim: "but iterative pruning finds smaller ones: below that it is more accurate than one-shot (at 2.9 %)",
            first: "not run",
            second: "not run",
            ours: points(ticket(AT_2_9), ("one-shot", AT_2_9), at_stop)
                .map(|gain| (show(gain), Verdict::of(gain.mean > A_DIFFERENCE))),
        },
        Claim {
            claim: "At the end of training, fresh weights on the ticket's connections beat fresh weights on random ones (at 3.6 %)",
            first: "not run",
            second: "not run",
            ours: points(("reinit", AT_3_6), ("random", AT_3_6), at_end)
                .map(|gain| (show(gain), Verdict::of(gain.mean > A_DIFFERENCE))),
        },
        Claim {
            claim: "Weights that pruning keeps have moved further in training than those that it removes (dense network)",
            first: "not stated",
            second: "not run",
            ours: moved.map(|ratios| {
                let text: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.1}")).collect();
                let text = format!("{} times as far in layers 1 to {}", text.join(", "), text.len());
                (text, Verdict::of(ratios.iter().all(|ratio| *ratio > 1.0)))
            }),
        },
    ]
}

/// Where means over seeds are expected to lie before anything is believed.
pub fn bands(summary: &Summary<'_>) -> String {
    let bands = [
        ("ticket", DENSE, "dense", 97.8, 98.3),
        ("ticket", AT_21_1, "ticket, 21.1 %", 98.2, 98.5),
        ("ticket", AT_3_6, "ticket, 3.6 %", 98.0, 98.3),
        ("ticket", AT_1_2, "ticket, 1.2 %", 96.8, 97.3),
        ("reinit", AT_21_1, "re-initialised, 21.1 %", 97.7, 98.1),
        ("reinit", AT_3_6, "re-initialised, 3.6 %", 96.8, 97.4),
    ];
    let mut out = String::from(
        "| test accuracy at early stop | expected mean | here | seeds | inside? |\n|---|---|---|---:|---|\n",
    );
    for (arm, round, name, from, to) in bands {
        let Some(cell) = summary.cell(arm, round) else {
            let _ = writeln!(out, "| {name} | {from} to {to} | not run yet | 0 | open |");
            continue;
        };
        let spread = cell.spread(at_stop);
        let verdict = if (from..=to).contains(&spread.mean) { "yes" } else { "**no**" };
        let _ = writeln!(
            out,
            "| {name} | {from} to {to} | {:.2} ({:.2} to {:.2}) | {} | {verdict} |",
            spread.mean, spread.min, spread.max, spread.count
        );
    }
    out
}
