//! The same experiment over networks of several widths (the paper's figure 31):
//! what does it buy to start from more weights than are kept?

use super::summary::{Cell, Summary};
use super::svg::{self, Across, At, Chart, Series};
use crate::failure::Failure;
use crate::line::Line;
use lottery_ticket::Config;
use std::fmt::Write;

/// The results of one network.
pub struct Width<'a> {
    /// "784-300-100-10".
    sizes: String,
    summary: Summary<'a>,
}

impl<'a> Width<'a> {
    fn rounds(&self) -> &[Cell<'a>] {
        self.summary.arm(self.summary.main_arm())
    }
}

/// `lines`, which are sorted by config, parted by network; the smallest first.
///
/// # Errors
/// When their configs differ in more than the sizes.
pub fn part(lines: &[Line]) -> Result<Vec<Width<'_>>, Failure> {
    let first = lines.first().map_or(String::new(), |line| but_sizes(&line.config));
    let mut widths = Vec::new();
    for lines in lines.chunk_by(|a, b| a.config == b.config) {
        let config = &lines[0].config;
        if but_sizes(config) != first {
            return Err(Failure::new(format!(
                "Networks are compared that differ in nothing but their sizes, but there are \
                 results of “{first}” and of “{config}”."
            )));
        }
        let sizes: Vec<String> =
            Config::from_address(config)?.sizes.iter().map(usize::to_string).collect();
        widths.push(Width { sizes: sizes.join("-"), summary: Summary::new(lines) });
    }
    widths.sort_by_key(|width| width.rounds().first().map(weights));
    Ok(widths)
}

fn but_sizes(config: &str) -> String {
    let other: Vec<&str> = config.split('&').filter(|field| !field.starts_with("sizes=")).collect();
    other.join("&")
}

/// How many weights are left.
fn weights(cell: &Cell<'_>) -> usize {
    cell.lines[0].survivors.iter().sum()
}

fn accuracy(cell: &Cell<'_>) -> f64 {
    cell.spread(|line| line.test_accuracy_early_stop).mean
}

/// Test accuracy of every network's tickets against the number of weights.
pub fn figure(widths: &[Width<'_>]) -> String {
    let series = widths.iter().enumerate().map(|(look, width)| {
        let at = |cell: &Cell<'_>| {
            let spread = cell.spread(|line| line.test_accuracy_early_stop);
            At { x: weights(cell) as f64, mean: spread.mean, min: spread.min, max: spread.max }
        };
        let points = width.rounds().iter().map(at).collect();
        Series { name: width.sizes.clone(), look, dashed: look >= svg::LOOKS, points }
    });
    let counts = widths.iter().flat_map(|width| width.rounds()).map(|cell| weights(cell) as f64);
    let (least, most) = counts
        .fold((f64::INFINITY, 1.0), |(least, most): (f64, f64), n| (least.min(n), most.max(n)));
    let best = widths.iter().flat_map(|width| width.rounds()).map(accuracy).fold(0.0, f64::max);
    let chart = Chart {
        title: "Tickets of networks of several widths",
        across: Across::Weights(most, least),
        across_label: "weights remaining (logarithmic)",
        up_label: "test accuracy (%)",
        series: series.collect(),
        from_zero: false,
        floor: Some(best - 8.0),
        log_up: false,
    };
    let description = format!(
        "Test accuracy at early stop against the number of weights that remain, one line a \
         network, dense on the left; {}.",
        super::figures::over(&widths[0].summary)
    );
    let (width, height) = (960.0, 460.0);
    svg::document(width, height, chart.title, &description, &chart.draw(0.0, 0.0, width, height))
}

/// What becomes of each network.
pub fn table(widths: &[Width<'_>]) -> String {
    let mut out = String::from(
        "| network | weights | dense % | best ticket % | its weights | smallest ticket as accurate \
         as its dense network | seeds |\n|---|---:|---:|---:|---:|---:|---:|\n",
    );
    for width in widths {
        let Some((dense, tickets)) = width.rounds().split_first() else { continue };
        let best = tickets.iter().max_by(|a, b| accuracy(a).total_cmp(&accuracy(b)));
        let smallest = tickets.iter().rfind(|cell| accuracy(cell) >= accuracy(dense));
        let (accurate, of) = best.map_or(("not run".to_owned(), String::new()), |cell| {
            (format!("{:.2}", accuracy(cell)), weights(cell).to_string())
        });
        let _ = writeln!(
            out,
            "| {} | {} | {:.2} | {accurate} | {of} | {} | {} |",
            width.sizes,
            weights(dense),
            accuracy(dense),
            smallest.map_or("none".to_owned(), |cell| format!(
                "{} ({} %)",
                weights(cell),
                svg::share(cell.remaining)
            )),
            width.summary.seeds.len()
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(config: &str, survivors: &str, accuracy: f64) -> Line {
        let text = format!(
            "{{\"seed\":0,\"arm\":\"ticket\",\"round\":0,\"remaining\":100,\"survivors\":[{survivors}],\
             \"dead\":[0],\"effective\":1,\"early_stop_step\":1,\"censored\":false,\"val_loss\":1,\
             \"val_accuracy\":1,\"test_accuracy_early_stop\":{accuracy},\"test_accuracy_final\":1,\
             \"train_accuracy\":1,\"untrained_accuracy\":1,\"moved_survivors\":[],\"moved_pruned\":[],\
             \"diverged\":false,\"fingerprint\":\"0\",\"start_fingerprint\":\"0\",\"curve\":[],\
             \"config\":\"{config}\"}}"
        );
        Line::parse(&text, "the test's line").expect("a line")
    }

    #[test]
    fn networks_may_differ_in_their_sizes_alone() {
        let wide = line("preset=lesson", "235200,30000,1000", 97.0);
        let narrow = line("preset=lesson&sizes=784-30-10-10", "23520,300,100", 95.0);
        let lines = [wide.clone(), narrow];
        let widths = part(&lines).unwrap_or_else(|_| panic!("they differ in sizes only"));
        assert_eq!(widths[0].sizes, "784-30-10-10");
        assert!(table(&widths).contains("| 784-300-100-10 | 266200 | 97.00 |"));
        assert!(part(&[wide, line("preset=lesson&steps=5", "1", 1.0)]).is_err());
    }
}
