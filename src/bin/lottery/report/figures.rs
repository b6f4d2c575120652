//! The figures: which measure of which arms goes where.

use super::summary::{Cell, Spread, Summary};
use super::svg::{self, Across, At, Chart, Series};
use crate::line::Line;
use lottery_ticket::{Arm, Network, Ticket};
use std::fmt::Write;

/// The look of an arm is the same in all figures.
fn look(arm: &str) -> usize {
    ["ticket", "reinit", "random", "one-shot", "late"].iter().position(|a| *a == arm).unwrap_or(5)
}

fn points(cells: &[Cell<'_>], measure: &impl Fn(&Line) -> f64) -> Vec<At> {
    let at = |cell: &Cell<'_>| {
        let spread = cell.spread(measure);
        At { x: cell.remaining, mean: spread.mean, min: spread.min, max: spread.max }
    };
    cells.iter().map(at).filter(|at| at.mean.is_finite()).collect()
}

fn ticks(summary: &Summary<'_>) -> Vec<f64> {
    summary.arm(summary.main_arm()).iter().map(|cell| cell.remaining).collect()
}

/// Every arm's `measure` against the share of weights that remain.
fn ladder<'a>(
    summary: &Summary<'_>,
    title: &'a str,
    up_label: &'a str,
    measure: impl Fn(&Line) -> f64,
) -> Chart<'a> {
    let series = summary.arms().map(|(arm, cells)| Series {
        name: arm.to_string(),
        look: look(arm),
        dashed: arm != "ticket",
        points: points(cells, &measure),
    });
    Chart {
        title,
        across: Across::Remaining(ticks(summary)),
        across_label: "percent of weights remaining (logarithmic)",
        up_label,
        series: series.collect(),
        from_zero: false,
        floor: None,
        log_up: false,
    }
}

/// Test accuracy at early stop (the paper's figure 4a, middle).
pub fn accuracy<'a>(summary: &Summary<'_>) -> Chart<'a> {
    let chart = ladder(summary, "Test accuracy at early stop", "test accuracy (%)", |line| {
        line.test_accuracy_early_stop
    });
    Chart { floor: floor(summary), ..chart }
}

/// Test accuracy after the last step (figure 4b).
pub fn accuracy_final<'a>(summary: &Summary<'_>) -> Chart<'a> {
    let chart =
        ladder(summary, "Test accuracy at the end of training", "test accuracy (%)", |line| {
            line.test_accuracy_final
        });
    Chart { floor: floor(summary), ..chart }
}

/// A collapse of one arm must not squeeze what the others do into one line: the
/// axis reaches twice as far below the main arm's worst as that arm spans.
fn floor(summary: &Summary<'_>) -> Option<f64> {
    let cells = summary.arm(summary.main_arm());
    let all = Spread::of(
        cells.iter().flat_map(|cell| cell.lines.iter().map(|line| line.test_accuracy_early_stop)),
    )?;
    Some(all.min - 2.0 * (all.max - all.min) - 1.0)
}

/// Early-stop step (figure 4a, left).
pub fn early_stop<'a>(summary: &Summary<'_>) -> Chart<'a> {
    let chart = ladder(
        summary,
        "Step of the lowest validation loss (early stop)",
        "training steps",
        |line| line.early_stop_step as f64,
    );
    Chart { log_up: true, ..chart }
}

/// How far training moved the ticket's weights, a panel a layer: those that
/// the next pruning keeps, and those that it removes (figure 19).
pub fn movement(summary: &Summary<'_>) -> Option<String> {
    let cells = summary.arm("ticket");
    let layers = cells.first()?.lines.first()?.moved_survivors.len();
    if layers == 0 {
        return None;
    }
    let (width, height) = (360.0, 300.0);
    let mut body = String::new();
    for layer in 0..layers {
        let series = |name: &str, look: usize, moved: fn(&Line) -> &[Option<f64>]| Series {
            name: name.to_string(),
            look,
            dashed: look > 0,
            points: points(cells, &|line| {
                moved(line).get(layer).copied().flatten().unwrap_or(f64::NAN)
            }),
        };
        let title = format!("Layer {}", layer + 1);
        let chart = Chart {
            title: &title,
            across: Across::Remaining(ticks(summary)),
            across_label: "percent of weights remaining",
            up_label: "mean |θ_T − θ₀|",
            series: vec![
                series("kept next", 0, |line| &line.moved_survivors),
                series("pruned next", 5, |line| &line.moved_pruned),
            ],
            from_zero: true,
            floor: None,
            log_up: false,
        };
        body += &chart.draw(layer as f64 * width, 0.0, width, height);
    }
    let title = "How far training moved the weights";
    let description = format!(
        "Mean distance between trained and initial weight of the ticket's layers, for the weights \
         that the next pruning keeps and for those that it removes; {}.",
        over(summary)
    );
    Some(svg::document(layers as f64 * width, height, title, &description, &body))
}

/// Validation accuracy step by step, where lines have their curves (figure 3
/// shows it on test images).
pub fn curves(summary: &Summary<'_>) -> Option<String> {
    let cells = summary.arm("ticket");
    let with_curve = |cell: &&Cell<'_>| cell.lines.iter().all(|line| !line.curve.is_empty());
    let mut series: Vec<Series> = Vec::new();
    let mut end: f64 = 0.0;
    let mut add = |cell: &Cell<'_>, look: usize, name: String, dashed: bool| {
        let steps = cell.lines[0].curve.iter().map(|point| point.step);
        let points = steps.enumerate().filter_map(|(index, step)| {
            let values: Vec<f64> = cell
                .lines
                .iter()
                .filter_map(|l| l.curve.get(index))
                .map(|p| p.val_accuracy)
                .collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            is_on_curve(step).then_some(At { x: step as f64, mean, min: mean, max: mean })
        });
        let points: Vec<At> = points.collect();
        end = points.last().map_or(end, |at| end.max(at.x));
        series.push(Series { name, look, dashed, points });
    };
    for (look, cell) in
        cells.iter().filter(|cell| is_drawn(Arm::Ticket, cell.round)).filter(with_curve).enumerate()
    {
        add(cell, look, format!("{} %", svg::share(cell.remaining)), false);
    }
    for cell in
        summary.arm("reinit").iter().filter(|it| is_drawn(Arm::Reinit, it.round)).filter(with_curve)
    {
        add(cell, 2, format!("{} % re-initialised", svg::share(cell.remaining)), true);
    }
    if series.is_empty() {
        return None;
    }
    let all = series.iter().flat_map(|series| &series.points).map(|at| at.mean);
    let best = Spread::of(all)?.max;
    let chart = Chart {
        title: "Validation accuracy while training",
        across: Across::Linear(0.0, end),
        across_label: "training steps",
        up_label: "validation accuracy (%)",
        series,
        from_zero: false,
        // The first steps rise from almost nothing.
        floor: Some(best - 4.0),
        log_up: false,
    };
    let description = format!("One curve a share of remaining weights; means, {}.", over(summary));
    let title = "Validation accuracy while training";
    Some(svg::document(760.0, 420.0, title, &description, &chart.draw(0.0, 0.0, 760.0, 420.0)))
}

/// Is the curve of this arm and round drawn? Those of the paper's figure 3.
pub fn is_drawn(arm: Arm, round: usize) -> bool {
    match arm {
        Arm::Ticket => [0, 3, 7, 12, 15, 18].contains(&round),
        Arm::Reinit => round == 7,
        _ => false,
    }
}

/// Is a look at `step` drawn? The first 15,000 steps are where curves differ,
/// as in the paper's figure 3; every thousandth is enough to see it.
pub fn is_on_curve(step: usize) -> bool {
    step <= 15_000 && (step.is_multiple_of(1000) || step < 1000)
}

/// "means, least and greatest over 5 seeds".
pub fn over(summary: &Summary<'_>) -> String {
    let seeds = summary.seeds.len();
    if seeds == 1 {
        return format!("of seed {}", summary.seeds[0]);
    }
    let mut cells = summary.arms().flat_map(|(_, cells)| cells);
    let uneven =
        if cells.all(|cell| cell.lines.len() == seeds) { "" } else { ", as far as each has come" };
    format!("means, least and greatest over {seeds} seeds{uneven}")
}

/// One chart as a file of its own.
pub fn file(chart: &Chart<'_>, summary: &Summary<'_>) -> String {
    let description = format!(
        "{} against the percentage of weights that remain; {}.",
        chart.title,
        over(summary)
    );
    svg::document(760.0, 420.0, chart.title, &description, &chart.draw(0.0, 0.0, 760.0, 420.0))
}

/// Initial weights of the survivors, a panel a layer (figure 15).
pub fn initial_weights(ticket: &Ticket) -> String {
    const BINS: usize = 48;
    let (width, height) = (360.0, 300.0);
    let mut body = String::new();
    for (index, layer) in ticket.start().layers().iter().enumerate() {
        let sigma = (2.0 / (layer.inputs() + layer.outputs()) as f64).sqrt();
        let reach = 3.5 * sigma;
        let mut counts = [0usize; BINS];
        let weights = layer.weights().data().iter().zip(layer.mask().entries());
        for (&weight, _) in weights.filter(|(_, keep)| **keep) {
            let share = (weight as f64 + reach) / (2.0 * reach);
            counts[((share * BINS as f64) as isize).clamp(0, BINS as isize - 1) as usize] += 1;
        }
        let bin = 2.0 * reach / BINS as f64;
        let centre = |i: usize| -reach + (i as f64 + 0.5) * bin;
        let kept = layer.mask().kept().max(1) as f64;
        let at = |x: f64, mean: f64| At { x, mean, min: mean, max: mean };
        let survivors = (0..BINS).map(|i| at(centre(i), counts[i] as f64 / kept / bin));
        let gaussian = |x: f64| {
            (-0.5 * (x / sigma).powi(2)).exp() / (sigma * (2.0 * std::f64::consts::PI).sqrt())
        };
        let drawn = (0..BINS).map(|i| at(centre(i), gaussian(centre(i))));
        let title = format!("Layer {}: {} of {}", index + 1, kept, layer.mask().len());
        let chart = Chart {
            title: &title,
            across: Across::Linear(-reach, reach),
            across_label: "initial weight",
            up_label: "density",
            series: vec![
                Series {
                    name: "survivors".into(),
                    look: 0,
                    dashed: false,
                    points: survivors.collect(),
                },
                Series { name: "all".into(), look: 5, dashed: true, points: drawn.collect() },
            ],
            from_zero: true,
            floor: None,
            log_up: false,
        };
        body += &chart.draw(index as f64 * width, 0.0, width, height);
    }
    let layers = ticket.start().layers().len() as f64;
    let title = "Initial weights of the survivors";
    let description = format!(
        "Distribution of the initial values of the {} weights that remain after round {} ({} %), \
         against the Gaussian that all weights were drawn from.",
        ticket.start().survivors(),
        ticket.round(),
        svg::share(ticket.start().remaining())
    );
    svg::document(layers * width, height, title, &description, &body)
}

/// Connections that leave each pixel, as a map (figure 23).
pub fn fan_out(ticket: &Ticket) -> String {
    let network = ticket.start();
    let title = "Surviving connections of each pixel";
    let description = format!(
        "A map of the input image: the lighter a pixel, the more of its {} connections remain \
         after round {} ({} % of all weights).",
        network.layers()[0].outputs(),
        ticket.round(),
        svg::share(network.remaining())
    );
    let mut body = svg::text(16.0, 24.0, "title", "start", title);
    body += &fan_out_map(network, 16.0, 36.0, 336.0);
    let most = fan_out_counts(network).into_iter().max().unwrap_or(0);
    let note = format!("black: none; yellow: {most} of {}", network.layers()[0].outputs());
    body += &svg::text(16.0, 392.0, "muted", "start", &note);
    svg::document(368.0, 404.0, title, &description, &body)
}

fn fan_out_counts(network: &Network) -> Vec<usize> {
    let layer = &network.layers()[0];
    let rows = layer.mask().entries().chunks_exact(layer.outputs());
    rows.map(|row| row.iter().filter(|keep| **keep).count()).collect()
}

/// The map alone, at (`x`, `y`), `size` wide.
pub fn fan_out_map(network: &Network, x: f64, y: f64, size: f64) -> String {
    let counts = fan_out_counts(network);
    let side = (counts.len() as f64).sqrt().ceil() as usize;
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let cell = size / side as f64;
    let mut out = String::new();
    let ground = "<rect fill=\"#0b0b0f\"";
    let _ = writeln!(
        out,
        "{ground} x=\"{x:.1}\" y=\"{y:.1}\" width=\"{size:.1}\" height=\"{:.1}\"/>",
        cell * counts.len().div_ceil(side) as f64
    );
    for (pixel, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let _ = writeln!(
            out,
            "<rect fill=\"{}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.2}\" height=\"{:.2}\"/>",
            heat(count as f64 / most),
            x + (pixel % side) as f64 * cell,
            y + (pixel / side) as f64 * cell,
            cell + 0.05,
            cell + 0.05
        );
    }
    out
}

/// From near black over violet and orange to yellow, evenly lighter.
fn heat(share: f64) -> String {
    const STOPS: [[f64; 3]; 5] = [
        [11., 11., 15.],
        [75., 20., 100.],
        [170., 50., 85.],
        [240., 130., 30.],
        [250., 245., 140.],
    ];
    let at = share.clamp(0.0, 1.0) * (STOPS.len() - 1) as f64;
    let below = (at as usize).min(STOPS.len() - 2);
    let mix =
        |i: usize| STOPS[below][i] + (STOPS[below + 1][i] - STOPS[below][i]) * (at - below as f64);
    format!("#{:02x}{:02x}{:02x}", mix(0) as u8, mix(1) as u8, mix(2) as u8)
}
