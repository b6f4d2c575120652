//! Where finished lines go, and which are there already.

use crate::failure::Failure;
use crate::files::{self, Lines};
use crate::line::{Key, Line};
use std::collections::BTreeMap;
use std::path::Path;

/// The results so far: in memory for the table, and in a file, on standard
/// output, or nowhere else.
pub struct Output {
    to: To,
    curves: bool,
    /// All lines, by seed, arm and round.
    lines: BTreeMap<Key, Line>,
}

enum To {
    Nowhere,
    Standard,
    File(Lines),
}

impl Output {
    /// Results go to `json` (`-` is standard output), with their curves if
    /// `curves`. What a file holds already must be of the same `config`.
    pub fn open(json: Option<&Path>, curves: bool, config: &str) -> Result<Self, Failure> {
        let mut lines = BTreeMap::new();
        let to = match json {
            None => To::Nowhere,
            Some(path) if path == Path::new("-") => To::Standard,
            Some(path) => {
                let (file, before) = Lines::open(path)?;
                for (index, text) in before.iter().enumerate() {
                    let place = format!("{}, line {},", path.display(), index + 1);
                    let line = Line::parse(text, &place)?;
                    if line.config != config {
                        return Err(Failure::new(format!(
                            "{place} is a result of the config “{}”, but this run is “{config}”; \
                             choose another file.",
                            line.config
                        )));
                    }
                    lines.insert(line.key(), line);
                }
                To::File(file)
            }
        };
        Ok(Output { to, curves, lines })
    }

    /// Is there a line for this seed, arm and round?
    pub fn has(&self, key: &Key) -> bool {
        self.lines.contains_key(key)
    }

    /// The line of this seed, arm and round, which must be there.
    pub fn get(&self, key: &Key) -> &Line {
        &self.lines[key]
    }

    /// A round is finished. Where its line is there already, it must say the
    /// same.
    pub fn put(&mut self, line: Line) -> Result<(), Failure> {
        if let Some(before) = self.lines.get(&line.key()) {
            if before.fingerprint != line.fingerprint {
                return Err(Failure::new(format!(
                    "Seed {}, {}, round {} came out with the fingerprint {}, but the results file \
                     has it with {}: it was made by another version or from other data; choose \
                     another file.",
                    line.seed, line.arm, line.round, line.fingerprint, before.fingerprint
                )));
            }
            return Ok(());
        }
        let mut line = line;
        if !self.curves {
            line.result.curve.clear();
        }
        let text = line.to_json();
        match &mut self.to {
            To::Nowhere => {}
            To::Standard => files::say(&format!("{text}\n"))?,
            To::File(file) => file.append(&text)?,
        }
        self.lines.insert(line.key(), line);
        Ok(())
    }

    /// The lines of these seeds and arms.
    pub fn into_lines(self, seeds: &[u32], arms: &[String]) -> Vec<Line> {
        let wanted =
            |line: &Line| seeds.contains(&line.seed) && arms.contains(&line.arm.to_string());
        self.lines.into_values().filter(wanted).collect()
    }
}
