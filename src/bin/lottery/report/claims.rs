//! The paper's claims about LeNet-300-100, beside what two independent
//! replications found and what these results say. Written by the numbers, so
//! that nobody has to remember to change a verdict.

use super::summary::{Cell, Spread, Summary};
use super::svg::number;
use crate::line::Line;
use std::fmt::Write;

/// Rounds of the preset `paper` by what remains there.
const AT_51_3: usize = 3;
const AT_21_1: usize = 7;
const AT_13_5: usize = 9;
const AT_3_6: usize = 15;
const AT_2_9: usize = 16;
const AT_1_2: usize = 20;

/// Where every arm begins.
const DENSE: (&str, usize) = ("ticket", 0);

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

/// In the order of the page: some go on from the sentence before.
const CLAIMS: [fn(&Summary<'_>) -> Claim; 16] = [
    stops_earlier,
    learns_faster_and_faster,
    more_accurate_at_13_5,
    as_accurate_at_3_6,
    as_fast_at_3_6,
    worse_below_3_6,
    faster_than_fresh,
    more_accurate_than_fresh,
    fresh_falls_at_21_1,
    more_accurate_at_the_end,
    fits_the_training_images,
    one_shot_is_faster,
    one_shot_is_more_accurate,
    iterative_finds_smaller_ones,
    connections_beat_random_ones,
    kept_weights_moved_further,
];

/// Markdown of all claims, for results of the preset `paper`.
pub fn claims(summary: &Summary<'_>) -> String {
    let mut out = String::from(
        "| what the paper says | replication A | replication B | here | borne out here? |\n\
         |---|---|---|---|---|\n",
    );
    for claim in CLAIMS.map(|claim| claim(summary)) {
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

/// The mean of an arm's round.
fn mean(
    summary: &Summary<'_>,
    (arm, round): (&str, usize),
    measure: fn(&Line) -> f64,
) -> Option<f64> {
    summary.cell(arm, round).map(|cell| cell.spread(measure).mean)
}

/// What one arm's round is better than another's.
fn points(
    summary: &Summary<'_>,
    arm: (&str, usize),
    other: (&str, usize),
    measure: fn(&Line) -> f64,
) -> Option<Spread> {
    summary.gain(arm, other, measure, |a, b| a - b)
}

fn show(gain: Spread) -> String {
    format!("{:+.2} ({:+.2} to {:+.2})", gain.mean, gain.min, gain.max)
}

/// Have all rounds of an arm been run?
fn complete(summary: &Summary<'_>, arm: &str) -> bool {
    summary.arm(arm).len() > AT_1_2
}

/// What remains where an arm falls below the dense network for good.
fn falls(summary: &Summary<'_>, arm: &str) -> Option<f64> {
    let bar = mean(summary, DENSE, at_stop).map(|dense| dense - A_DIFFERENCE);
    let fall = |round: &usize| mean(summary, (arm, *round), at_stop) < bar;
    let round = (1..=AT_1_2).rev().take_while(fall).last()?;
    summary.cell(arm, round).map(|cell| cell.remaining)
}

fn stops_earlier(summary: &Summary<'_>) -> Claim {
    let ticket = ("ticket", AT_21_1);
    let ratios = summary.gain(ticket, DENSE, stop, |a, b| 100.0 * (1.0 - a / b));
    let means = mean(summary, ticket, stop).zip(mean(summary, DENSE, stop));
    Claim {
        claim: "A ticket of 21.1 % stops 38 % earlier than the dense network",
        first: "21 % (mean of the seeds' ratios), 26 % (ratio of the means): not confirmed",
        second: "56 %",
        ours: ratios.zip(means).map(|(ratios, (ticket, dense))| {
            let of_means = 100.0 * (1.0 - ticket / dense);
            let text = format!(
                "{:.0} % (mean of the seeds' ratios, {:.0} to {:.0}), {of_means:.0} % (ratio of the means)",
                ratios.mean, ratios.min, ratios.max
            );
            (text, Verdict::size(ratios.mean.min(of_means), 38.0))
        }),
    }
}

fn learns_faster_and_faster(summary: &Summary<'_>) -> Claim {
    let half = mean(summary, ("ticket", AT_51_3), stop);
    let fifth = mean(summary, ("ticket", AT_21_1), stop);
    let dense = mean(summary, DENSE, stop);
    Claim {
        claim: "51.3 % learns faster than the dense network, and 21.1 % faster still",
        first: "3,140 and 3,660 steps, dense 4,920: the first half",
        second: "2,600 steps at 21.1 %, dense 5,900",
        ours: half.zip(fifth).zip(dense).map(|((half, fifth), dense)| {
            let text =
                format!("{} and {} steps, dense {}", number(half), number(fifth), number(dense));
            (text, Verdict::share(&[faster(half, dense), faster(fifth, half)]))
        }),
    }
}

fn more_accurate_at_13_5(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "At 13.5 %, a ticket is more than 0.3 points more accurate than the dense network",
        first: "+0.21",
        second: "+0.32",
        ours: points(summary, ("ticket", AT_13_5), DENSE, at_stop)
            .map(|gain| (show(gain), Verdict::size(gain.mean, 0.3 / 0.9))),
    }
}

fn as_accurate_at_3_6(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "At 3.6 % it is as accurate as the dense network",
        first: "+0.11",
        second: "not run",
        ours: points(summary, ("ticket", AT_3_6), DENSE, at_stop)
            .map(|gain| (show(gain), Verdict::of(gain.mean > -A_DIFFERENCE))),
    }
}

fn as_fast_at_3_6(summary: &Summary<'_>) -> Claim {
    let steps = mean(summary, ("ticket", AT_3_6), stop).zip(mean(summary, DENSE, stop));
    Claim {
        claim: "At 3.6 % it learns as fast as the dense network",
        first: "4,740 steps, dense 4,920",
        second: "not run",
        ours: steps.map(|(ticket, dense)| {
            let text = format!("{} steps, dense {}", number(ticket), number(dense));
            (text, Verdict::of(!faster(dense, ticket)))
        }),
    }
}

fn worse_below_3_6(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "Below that, a ticket is worse than the dense network (accuracy, from 2.9 % on)",
        first: "from 2.9 % on",
        second: "not run",
        ours: complete(summary, "ticket").then(|| match falls(summary, "ticket") {
            Some(from) => (format!("from {from:.1} % on"), Verdict::of(from < 3.6)),
            None => ("never".into(), Verdict::No),
        }),
    }
}

fn faster_than_fresh(summary: &Summary<'_>) -> Claim {
    let factor = summary.gain(("ticket", AT_21_1), ("reinit", AT_21_1), stop, |a, b| b / a);
    Claim {
        claim: "At 21.1 %, a ticket learns 2.51 times as fast as the same connections with fresh weights",
        first: "1.94 times",
        second: "3.5 times",
        ours: factor.map(|factor| {
            let text = format!("{:.2} times ({:.2} to {:.2})", factor.mean, factor.min, factor.max);
            (text, Verdict::size(factor.mean - 1.0, 1.51))
        }),
    }
}

fn more_accurate_than_fresh(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "and is about 0.5 points more accurate",
        first: "+0.39",
        second: "+0.41",
        ours: points(summary, ("ticket", AT_21_1), ("reinit", AT_21_1), at_stop)
            .map(|gain| (show(gain), Verdict::size(gain.mean, 0.5))),
    }
}

fn fresh_falls_at_21_1(summary: &Summary<'_>) -> Claim {
    let gain = points(summary, ("reinit", AT_21_1), DENSE, at_stop);
    Claim {
        claim: "With fresh weights, the same connections fall below the dense network's accuracy already at 21.1 %",
        first: "97.95 %, dense 98.05 %",
        second: "97.94 %, dense 98.04 %",
        ours: gain.filter(|_| complete(summary, "reinit")).map(|gain| {
            let (from, verdict) = match falls(summary, "reinit") {
                Some(from) if from > 21.0 => (format!("from {from:.1} % on"), Verdict::Yes),
                Some(from) => (format!("only from {from:.1} % on"), Verdict::Smaller),
                None => ("never".into(), Verdict::No),
            };
            (format!("{} at 21.1 %; clearly below {from}", show(gain)), verdict)
        }),
    }
}

fn more_accurate_at_the_end(summary: &Summary<'_>) -> Claim {
    let gains = summary.arm("ticket").iter().filter(|cell| (1..=AT_1_2).contains(&cell.round));
    let gains = gains.filter_map(|cell| {
        Some((cell.remaining, points(summary, ("ticket", cell.round), DENSE, at_end)?.mean))
    });
    let best = gains.max_by(|a, b| a.1.total_cmp(&b.1));
    Claim {
        claim: "After all 50,000 steps, tickets are up to 0.35 points more accurate",
        first: "up to +0.28",
        second: "not run",
        ours: best.filter(|_| complete(summary, "ticket")).map(|(remaining, gain)| {
            (format!("up to {gain:+.2} (at {remaining:.1} %)"), Verdict::size(gain, 0.35))
        }),
    }
}

fn fits_the_training_images(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "and fit the training images to nearly 100 % as long as 2 % of the weights remain",
        first: "not stated",
        second: "not run",
        ours: complete(summary, "ticket").then(|| {
            let cells = summary.arm("ticket").iter().filter(|cell| cell.remaining >= 2.0);
            let fits = cells.map(|cell| cell.spread(|line| line.train_accuracy).mean);
            let least = fits.fold(f64::INFINITY, f64::min);
            (format!("at least {least:.1} %"), Verdict::of(least >= 99.0))
        }),
    }
}

/// In how many rounds from one share of remaining weights to another is
/// one-shot pruning `better` than the dense network?
fn one_shot(
    summary: &Summary<'_>,
    from: f64,
    to: f64,
    better: impl Fn(&Cell<'_>, &Cell<'_>) -> bool,
) -> Option<(String, Verdict)> {
    let dense = summary.cell(DENSE.0, DENSE.1)?;
    let rounds = summary.arm("one-shot").iter();
    let inside = rounds.filter(|cell| (to..=from).contains(&cell.remaining));
    let verdicts: Vec<bool> = inside.map(|cell| better(cell, dense)).collect();
    let good = verdicts.iter().filter(|good| **good).count();
    let text = format!("in {good} of {} rounds of that range", verdicts.len());
    let known = complete(summary, "one-shot") && !verdicts.is_empty();
    known.then(|| (text, Verdict::share(&verdicts)))
}

fn one_shot_is_faster(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "One-shot pruning gives faster learners between 67.5 % and 17.6 %",
        first: "not run",
        second: "not run",
        // 17.6 % is no round of the preset; 16.9 % is the nearest.
        ours: one_shot(summary, 67.5, 16.8, |cell, dense| {
            faster(cell.spread(stop).mean, dense.spread(stop).mean)
        }),
    }
}

fn one_shot_is_more_accurate(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "and more accurate ones between 95 % and 5.17 %",
        first: "not run",
        second: "not run",
        ours: one_shot(summary, 95.0, 5.17, |cell, dense| {
            cell.spread(at_stop).mean > dense.spread(at_stop).mean + A_DIFFERENCE
        }),
    }
}

fn iterative_finds_smaller_ones(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "but iterative pruning finds smaller ones: below that it is more accurate than one-shot (at 2.9 %)",
        first: "not run",
        second: "not run",
        ours: points(summary, ("ticket", AT_2_9), ("one-shot", AT_2_9), at_stop)
            .map(|gain| (show(gain), Verdict::of(gain.mean > A_DIFFERENCE))),
    }
}

fn connections_beat_random_ones(summary: &Summary<'_>) -> Claim {
    Claim {
        claim: "At the end of training, fresh weights on the ticket's connections beat fresh weights on random ones (at 3.6 %)",
        first: "not run",
        second: "not run",
        ours: points(summary, ("reinit", AT_3_6), ("random", AT_3_6), at_end)
            .map(|gain| (show(gain), Verdict::of(gain.mean > A_DIFFERENCE))),
    }
}

fn kept_weights_moved_further(summary: &Summary<'_>) -> Claim {
    let ratios = |cell: &Cell<'_>| -> Vec<f64> {
        let ratio = |layer: usize| {
            let of =
                |moved: &[Option<f64>]| moved.get(layer).copied().flatten().unwrap_or(f64::NAN);
            let kept = cell.spread(|line| of(&line.moved_survivors)).mean;
            kept / cell.spread(|line| of(&line.moved_pruned)).mean
        };
        (0..cell.lines[0].moved_survivors.len()).map(ratio).collect()
    };
    Claim {
        claim: "Weights that pruning keeps have moved further in training than those that it removes (dense network)",
        first: "not stated",
        second: "not run",
        ours: summary.cell(DENSE.0, DENSE.1).map(ratios).map(|ratios| {
            let text: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.1}")).collect();
            let text = format!("{} times as far in layers 1 to {}", text.join(", "), text.len());
            (text, Verdict::of(ratios.iter().all(|ratio| *ratio > 1.0)))
        }),
    }
}

/// Where means over seeds are expected to lie before anything is believed.
pub fn bands(summary: &Summary<'_>) -> String {
    let bands = [
        (DENSE, "dense", 97.8, 98.3),
        (("ticket", AT_21_1), "ticket, 21.1 %", 98.2, 98.5),
        (("ticket", AT_3_6), "ticket, 3.6 %", 98.0, 98.3),
        (("ticket", AT_1_2), "ticket, 1.2 %", 96.8, 97.3),
        (("reinit", AT_21_1), "re-initialised, 21.1 %", 97.7, 98.1),
        (("reinit", AT_3_6), "re-initialised, 3.6 %", 96.8, 97.4),
    ];
    let mut out = String::from(
        "| test accuracy at early stop | expected mean | here | seeds | inside? |\n|---|---|---|---:|---|\n",
    );
    for ((arm, round), name, from, to) in bands {
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
