//! A run on one sheet, for places where no script runs.

use super::figures;
use super::summary::{Cell, Summary};
use super::svg;
use lottery_ticket::Ticket;

/// The poster: what was done, the two ladders, the fan-out map if a ticket is
/// given, and what it came to in words.
pub fn poster(summary: &Summary<'_>, config: &str, ticket: Option<&Ticket>) -> String {
    let (width, height) = (1200.0, 860.0);
    let mut body = String::new();
    body += &svg::text(40.0, 52.0, "heading", "start", "The lottery ticket hypothesis, run");
    for (row, sentence) in sentences(summary).iter().enumerate() {
        body += &svg::text(40.0, 80.0 + 20.0 * row as f64, "", "start", sentence);
    }
    let chart_width = if ticket.is_some() { 820.0 } else { width - 60.0 };
    body += &figures::accuracy(summary).draw(20.0, 160.0, chart_width, 320.0);
    body += &figures::early_stop(summary).draw(20.0, 490.0, chart_width, 320.0);
    if let Some(ticket) = ticket {
        let title =
            format!("Where the ticket looks: {} % kept", svg::share(ticket.start().remaining()));
        body += &svg::text(864.0, 180.0, "title", "start", &title);
        body += &figures::fan_out_map(ticket.start(), 864.0, 196.0, 296.0);
        let note = "The lighter a pixel, the more of its connections survived.";
        body += &svg::text(864.0, 514.0, "muted", "start", note);
    }
    let foot = format!("{config}; {}. Frankle & Carbin, ICLR 2019.", figures::over(summary));
    body += &svg::text(40.0, 838.0, "muted", "start", &foot);
    let title = "The lottery ticket hypothesis, run";
    svg::document(width, height, title, &sentences(summary).join(" "), &body)
}

/// The run in plain words, as far as its arms tell.
fn sentences(summary: &Summary<'_>) -> Vec<String> {
    let main = summary.main_arm();
    let accuracy = |line: &crate::line::Line| line.test_accuracy_early_stop;
    let early_stop =
        |cell: &Cell<'_>| svg::number(cell.spread(|line| line.early_stop_step as f64).mean.round());
    let mut out = Vec::new();
    let Some(dense) = summary.cell(main, 0) else { return out };
    let dense_accuracy = dense.spread(accuracy).mean;
    out.push(format!(
        "A dense network reaches {dense_accuracy:.2} % on test images at its early stop (step {}).",
        early_stop(dense)
    ));
    let best = summary
        .arm(main)
        .iter()
        .filter(|cell| cell.round > 0)
        .max_by(|a, b| a.spread(accuracy).mean.total_cmp(&b.spread(accuracy).mean));
    if let Some(best) = best {
        let restarted = if summary.rewinds() { ", rewound to where they were born," } else { "" };
        out.push(format!(
            "With {} % of its weights{restarted} it reaches {:.2} % (step {}).",
            svg::share(best.remaining),
            best.spread(accuracy).mean,
            early_stop(best)
        ));
        if let Some(control) = summary.cell("reinit", best.round) {
            out.push(format!(
                "The same connections with fresh random weights reach {:.2} % (step {}).",
                control.spread(accuracy).mean,
                early_stop(control)
            ));
        }
    }
    out
}
