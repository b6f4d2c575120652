//! Charts as SVG text that needs nothing else: no script, no font, no file.

use std::fmt::Write;

/// The looks, light and dark; every figure carries them inside.
const STYLE: &str = "\
text{font-family:system-ui,sans-serif;font-size:12px;fill:#1b1d22}\
.bg{fill:#fff}.title{font-size:15px;font-weight:600}.heading{font-size:24px;font-weight:600}.muted{fill:#5c616b}\
.grid{stroke:#dcdee3;stroke-width:1}.line{fill:none;stroke-width:2;stroke-linejoin:round}\
.band{opacity:.16;stroke:none}.dot{stroke:none}\
.a0{stroke:#00796b;fill:#00796b}.a1{stroke:#c2315a;fill:#c2315a}.a2{stroke:#6b56c4;fill:#6b56c4}\
.a3{stroke:#856404;fill:#856404}.a4{stroke:#3a7d2c;fill:#3a7d2c}.a5{stroke:#3f444d;fill:#3f444d}\
.line.a0,.line.a1,.line.a2,.line.a3,.line.a4,.line.a5{fill:none}\
@media(prefers-color-scheme:dark){text{fill:#e8eaee}.bg{fill:#15171b}.muted{fill:#a3a9b5}\
.grid{stroke:#353a43}.a0{stroke:#3fc1b0;fill:#3fc1b0}.a1{stroke:#f2799c;fill:#f2799c}\
.a2{stroke:#a797f0;fill:#a797f0}.a3{stroke:#d8b34a;fill:#d8b34a}.a4{stroke:#7fc46f;fill:#7fc46f}\
.a5{stroke:#b9bec8;fill:#b9bec8}}";

/// Number of looks that series can have.
pub const LOOKS: usize = 6;

/// Text with what XML reserves made harmless.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A whole SVG file: `body` on a background, with a title and a description
/// for those who do not see it.
pub fn document(width: f64, height: f64, title: &str, description: &str, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<style>{STYLE}</style>\n\
         <rect class=\"bg\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n",
        escape(title),
        escape(description)
    )
}

/// A line of text at (`x`, `y`); `anchor` is start, middle or end.
pub fn text(x: f64, y: f64, class: &str, anchor: &str, text: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>\n",
        escape(text)
    )
}

/// A horizontal axis.
pub enum Across {
    /// Percent remaining, logarithmic, from the dense network on the left.
    /// Ticks stand at these shares.
    Remaining(Vec<f64>),
    /// A number of weights, logarithmic, from most to least.
    Weights(f64, f64),
    /// Linear, from the first to the second number.
    Linear(f64, f64),
}

impl Across {
    /// How far along the axis `value` lies, from 0 to 1.
    fn along(&self, value: f64) -> f64 {
        match self {
            Across::Remaining(ticks) => {
                let last = ticks.iter().copied().fold(99.0, f64::min);
                (100.0 / value).ln() / (100.0 / last).ln()
            }
            Across::Weights(most, least) => (most / value).ln() / (most / least).ln(),
            Across::Linear(from, to) => (value - from) / (to - from).max(f64::MIN_POSITIVE),
        }
    }

    /// The ticks, in the direction of the axis.
    fn ticks(&self) -> Vec<f64> {
        match self {
            Across::Remaining(ticks) => ticks.clone(),
            Across::Weights(most, least) => {
                let mut ticks: Vec<f64> =
                    round_numbers().filter(|count| (*least..=*most).contains(count)).collect();
                ticks.reverse();
                ticks
            }
            Across::Linear(from, to) => steps(*from, *to, 6),
        }
    }

    /// Ticks below `bottom`, as many of them labelled as have room.
    fn draw(&self, bottom: f64, across: impl Fn(f64) -> f64) -> String {
        let (mut out, mut free_from) = (String::new(), f64::NEG_INFINITY);
        for tick in self.ticks() {
            let (at, to) = (across(tick), bottom + 4.0);
            let _ = writeln!(
                out,
                "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{bottom:.1}\" y2=\"{to:.1}\"/>"
            );
            if at >= free_from {
                let label = match self {
                    Across::Remaining(_) => share(tick),
                    Across::Weights(..) | Across::Linear(..) => number(tick),
                };
                out += &text(at, bottom + 17.0, "muted", "middle", &label);
                free_from = at + 36.0;
            }
        }
        out
    }
}

/// One point: where, and what over the seeds.
pub struct At {
    pub x: f64,
    pub mean: f64,
    pub min: f64,
    pub max: f64,
}

/// One line of a chart with its band from least to greatest.
pub struct Series {
    pub name: String,
    /// Which of the looks.
    pub look: usize,
    pub dashed: bool,
    pub points: Vec<At>,
}

impl Series {
    /// The attributes of its lines.
    fn stroke(&self) -> String {
        let dash = if self.dashed { " stroke-dasharray=\"5 4\"" } else { "" };
        format!("class=\"line a{}\"{dash}", self.look % LOOKS)
    }

    fn draw(&self, across: impl Fn(f64) -> f64, up: impl Fn(f64) -> f64) -> String {
        let (mut out, look) = (String::new(), self.look % LOOKS);
        let place = |at: &At, value: f64| format!("{:.1},{:.1}", across(at.x), up(value));
        if self.points.iter().any(|at| at.max > at.min) {
            let there = self.points.iter().map(|at| place(at, at.max));
            let back = self.points.iter().rev().map(|at| place(at, at.min));
            let outline: Vec<String> = there.chain(back).collect();
            let points = outline.join(" ");
            let _ = writeln!(out, "<polygon class=\"band a{look}\" points=\"{points}\"/>");
        }
        let points: Vec<String> = self.points.iter().map(|at| place(at, at.mean)).collect();
        let _ = writeln!(out, "<polyline {} points=\"{}\"/>", self.stroke(), points.join(" "));
        if self.points.len() <= 40 {
            for at in &self.points {
                let (x, y) = (across(at.x), up(at.mean));
                let _ = writeln!(
                    out,
                    "<circle class=\"dot a{look}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\"/>"
                );
            }
        }
        out
    }
}

/// The names of `series` in a row, each behind a piece of its line.
fn legend(series: &[Series]) -> String {
    let (mut out, mut x) = (String::new(), LEFT);
    for series in series {
        let (stroke, to) = (series.stroke(), x + 20.0);
        let _ = writeln!(out, "<line {stroke} x1=\"{x:.1}\" x2=\"{to:.1}\" y1=\"37\" y2=\"37\"/>");
        out += &text(x + 25.0, 41.0, "", "start", &series.name);
        x += 40.0 + 6.6 * series.name.chars().count() as f64;
    }
    out
}

/// A chart of lines.
pub struct Chart<'a> {
    pub title: &'a str,
    pub across: Across,
    pub across_label: &'a str,
    pub up_label: &'a str,
    pub series: Vec<Series>,
    /// The vertical axis begins at 0 rather than near the least value.
    pub from_zero: bool,
    /// Values below are cut off, so that a collapse does not flatten the rest.
    pub floor: Option<f64>,
    /// The vertical axis is logarithmic.
    pub log_up: bool,
}

const LEFT: f64 = 66.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 54.0;
const BOTTOM: f64 = 44.0;

impl Chart<'_> {
    /// The chart as a group at (`x`, `y`), `width` × `height`.
    pub fn draw(&self, x: f64, y: f64, width: f64, height: f64) -> String {
        let (right, bottom) = (width - RIGHT, height - BOTTOM);
        let (low, high, ticks) = self.range();
        let scale = |value: f64| if self.log_up { value.max(low).log10() } else { value };
        let along = |value: f64| (scale(value) - scale(low)) / (scale(high) - scale(low));
        let up = |value: f64| bottom - along(value) * (bottom - TOP);
        let across = |value: f64| LEFT + self.across.along(value) * (right - LEFT);
        let below = self.series.iter().flat_map(|series| &series.points).any(|at| at.mean < low);

        let mut out = format!("<g transform=\"translate({x:.1} {y:.1})\">\n");
        out += &text(LEFT, 20.0, "title", "start", self.title);
        out += &grid(&ticks, right, up);
        out += &self.across.draw(bottom, across);
        out += &text((LEFT + right) / 2.0, height - 8.0, "muted", "middle", self.across_label);
        out += &self.up_label((TOP + bottom) / 2.0, below.then_some(low));
        out += &legend(&self.series);
        // A picture of its own cuts off what lies below the floor.
        let (from, tall) = (TOP - 4.0, bottom - TOP + 4.0 + if below { 0.0 } else { 4.0 });
        let _ = writeln!(
            out,
            "<svg y=\"{from}\" width=\"{width}\" height=\"{tall}\" viewBox=\"0 {from} {width} {tall}\">"
        );
        out.extend(self.series.iter().map(|series| series.draw(across, up)));
        out + "</svg>\n</g>\n"
    }

    /// The vertical axis's label around `middle`, with where it is cut off.
    fn up_label(&self, middle: f64, cut_off: Option<f64>) -> String {
        let cut_off =
            cut_off.map_or(String::new(), |low| format!(", cut off below {}", number(low)));
        format!(
            "<text class=\"muted\" text-anchor=\"middle\" transform=\"translate(14 {middle:.1}) \
             rotate(-90)\">{}{cut_off}</text>\n",
            escape(self.up_label)
        )
    }

    /// Bottom, top and ticks of the vertical axis.
    fn range(&self) -> (f64, f64, Vec<f64>) {
        let all = self.series.iter().flat_map(|series| &series.points);
        let values = all.flat_map(|at| [at.min, at.max]).filter(|value| value.is_finite());
        let (mut low, mut high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), value| (l.min(value), h.max(value)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if self.log_up {
            let all: Vec<f64> = round_numbers().collect();
            let first = all.iter().rposition(|tick| *tick <= low).unwrap_or(0);
            let last = all.iter().position(|tick| *tick >= high).unwrap_or(all.len() - 1);
            let ticks = all[first..=last.max(first + 1)].to_vec();
            return (ticks[0], ticks[ticks.len() - 1], ticks);
        }
        if self.from_zero {
            low = 0.0;
        }
        low = self.floor.map_or(low, |floor| low.max(floor));
        let ticks = steps(low, high.max(low + 1e-9), 6);
        let step = if ticks.len() > 1 { ticks[1] - ticks[0] } else { 1.0 };
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        let ticks: Vec<f64> =
            (0..=((high - low) / step).round() as usize).map(|i| low + i as f64 * step).collect();
        (low, high.max(low + step), ticks)
    }
}

/// A line across at each of the vertical axis's `ticks`, with its number.
fn grid(ticks: &[f64], right: f64, up: impl Fn(f64) -> f64) -> String {
    let mut out = String::new();
    for tick in ticks {
        let at = up(*tick);
        let _ = writeln!(
            out,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>"
        );
        out += &text(LEFT - 6.0, at + 4.0, "muted", "end", &number(*tick));
    }
    out
}

/// 1, 2, 5, 10 and so on, with all that is smaller and larger.
fn round_numbers() -> impl Iterator<Item = f64> {
    (-6..7).flat_map(|e| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(e)))
}

/// Round numbers from `low` to `high`, about `count` of them.
fn steps(low: f64, high: f64, count: usize) -> Vec<f64> {
    let rough = (high - low) / count as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| *s >= rough);
    let step = step.unwrap_or(power);
    let first = (low / step).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|i| i as f64 * step).collect()
}

/// A tick's number: as short as it can be.
pub fn number(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.abs() < 1000.0 {
        return rounded.to_string();
    }
    let digits = format!("{rounded:.0}");
    let mut out = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && digits[..place] != *"-" && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Percent remaining, as the paper writes it.
pub fn share(percent: f64) -> String {
    if percent >= 99.95 { "100".into() } else { format!("{percent:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_parted_by_thousands() {
        let told = [0.5, 999.0, 1000.0, 50_000.0, 1_000_000.0, -1234.0, -123_456.0].map(number);
        assert_eq!(told, ["0.5", "999", "1,000", "50,000", "1,000,000", "-1,234", "-123,456"]);
    }
}
