//! The tables of the results page, as Markdown.

use super::figures::over;
use super::summary::{Cell, Spread, Summary};
use super::svg::share;
use std::fmt::Write;

/// Every arm's rounds: early stop, accuracies, losses.
pub fn ladders(summary: &Summary<'_>) -> String {
    let mut out = String::new();
    for (arm, cells) in summary.arms() {
        let _ = writeln!(out, "### {arm}\n");
        out += "| round | remaining % | weights | early-stop step | test accuracy there % | at the \
                end % | training accuracy % | untrained % | validation loss | dead units | seeds |\n";
        out += "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";
        for cell in cells {
            let weights = cell.spread(|line| line.survivors.iter().sum::<usize>() as f64);
            let dead = cell.spread(|line| line.dead.iter().sum::<usize>() as f64);
            let _ = writeln!(
                out,
                "| {} | {} | {:.0} | {} | {} | {} | {:.2} | {:.1} | {:.4} | {:.1} | {} |",
                cell.round,
                share(cell.remaining),
                weights.mean,
                early_stop(cell),
                band(cell.spread(|line| line.test_accuracy_early_stop)),
                band(cell.spread(|line| line.test_accuracy_final)),
                cell.spread(|line| line.train_accuracy).mean,
                cell.spread(|line| line.untrained_accuracy).mean,
                cell.spread(|line| line.val_loss).mean,
                dead.mean,
                dead.count,
            );
        }
        out.push('\n');
    }
    let diverged = if marked(summary)[1] { format!(" {DIVERGED}") } else { String::new() };
    let _ = writeln!(out, "Numbers are {}. {CENSORED}{diverged}", over(summary));
    out
}

const CENSORED: &str = "An early stop marked ≥ was found at the last evaluation in that many \
                        seeds, so the true minimum may lie later.";
const DIVERGED: &str = "One marked ✗ is of a training that broke off in that many seeds, because \
                        the loss was no longer a number.";

/// Is there an early stop marked ≥, and one marked ✗?
fn marked(summary: &Summary<'_>) -> [bool; 2] {
    let cells: Vec<&Cell<'_>> = summary.arms().flat_map(|(_, cells)| cells).collect();
    [cells.iter().any(|cell| cell.censored() > 0), cells.iter().any(|cell| cell.diverged() > 0)]
}

/// What the ticket gains, seed by seed.
pub fn comparisons(summary: &Summary<'_>) -> String {
    let main = summary.main_arm();
    let mut out = String::from(
        "| remaining % | against | test accuracy at early stop (points) | early stop earlier by \
         (factor) |\n|---:|---|---:|---:|\n",
    );
    for cell in summary.arm(main).iter().filter(|cell| cell.round > 0) {
        let others = std::iter::once((main, 0)).chain(
            summary.arms().filter(|(arm, _)| *arm != main).map(|(arm, _)| (arm, cell.round)),
        );
        for (arm, round) in others {
            let ours = (main, cell.round);
            let points =
                summary.gain(ours, (arm, round), |l| l.test_accuracy_early_stop, |a, b| a - b);
            let factor =
                summary.gain(ours, (arm, round), |l| l.early_stop_step as f64, |a, b| b / a);
            let (Some(points), Some(factor)) = (points, factor) else { continue };
            let name = if round == 0 { "dense" } else { arm };
            let _ = writeln!(
                out,
                "| {} | {name} | {:+.2} ({:+.2} to {:+.2}) | {:.2} ({:.2} to {:.2}) |",
                share(cell.remaining),
                points.mean,
                points.min,
                points.max,
                factor.mean,
                factor.min,
                factor.max
            );
        }
    }
    out
}

/// The dense network's fingerprints, seed by seed, to compare with: as the main
/// arm trained it, though all arms begin with the same.
pub fn probe(summary: &Summary<'_>) -> String {
    let mut out = String::from(
        "| seed | fingerprint of the dense network after 300 steps | trained |\n|---:|---|---|\n",
    );
    for line in summary.cell(summary.main_arm(), 0).iter().flat_map(|cell| &cell.lines) {
        let probe = line.probe.as_deref().unwrap_or("not taken");
        let _ = writeln!(out, "| {} | `{probe}` | `{}` |", line.seed, line.fingerprint);
    }
    out
}

fn early_stop(cell: &Cell<'_>) -> String {
    let spread = cell.spread(|line| line.early_stop_step as f64);
    let mut mark = String::new();
    for (sign, seeds) in [("≥", cell.censored()), ("✗", cell.diverged())] {
        if seeds > 0 {
            let _ = write!(mark, "{sign}{seeds}: ");
        }
    }
    if spread.count == 1 {
        return format!("{mark}{:.0}", spread.mean);
    }
    format!("{mark}{:.0} ({:.0}–{:.0})", spread.mean, spread.min, spread.max)
}

fn band(spread: Spread) -> String {
    if spread.count == 1 {
        return format!("{:.2}", spread.mean);
    }
    format!("{:.2} ({:.2}–{:.2})", spread.mean, spread.min, spread.max)
}

/// The table that `run` prints: plain text, one row an arm and round; with
/// their instability where it was measured.
pub fn plain(summary: &Summary<'_>) -> String {
    let mut head =
        vec!["arm", "round", "remaining", "early stop", "test there", "at the end", "val loss"];
    let instability =
        |cell: &Cell<'_>| Spread::of(cell.lines.iter().filter_map(|line| line.instability));
    let unstable = summary.arms().any(|(_, cells)| cells.iter().any(|c| instability(c).is_some()));
    if unstable {
        head.push("instability");
    }
    let mut rows = vec![head.iter().map(|name| name.to_string()).collect::<Vec<_>>()];
    for (arm, cells) in summary.arms() {
        for cell in cells {
            let mut row = vec![
                arm.to_string(),
                cell.round.to_string(),
                format!("{} %", share(cell.remaining)),
                early_stop(cell),
                band(cell.spread(|line| line.test_accuracy_early_stop)),
                band(cell.spread(|line| line.test_accuracy_final)),
                format!("{:.4}", cell.spread(|line| line.val_loss).mean),
            ];
            if unstable {
                row.push(instability(cell).map_or("not measured".into(), band));
            }
            rows.push(row);
        }
    }
    let widths: Vec<usize> = (0..head.len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        out += cells.collect::<Vec<_>>().join("  ").trim_end();
        out.push('\n');
    }
    let seeds = summary.seeds.len();
    if seeds > 1 {
        let _ = writeln!(out, "means (least–greatest) over {seeds} seeds; accuracies in percent");
    }
    for (_, note) in marked(summary).into_iter().zip([CENSORED, DIVERGED]).filter(|(is, _)| *is) {
        let _ = writeln!(out, "{note}");
    }
    out
}
