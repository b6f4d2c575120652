//! An experiment as bytes, to be resumed to the same bits, also in the middle
//! of a round. Only the version of this program that wrote them reads them:
//! little-endian values without names, in the order in which
//! [`Experiment::write`] puts them and [`Experiment::read`] takes them, and at
//! the end a fingerprint of all of them.

mod bytes;

use std::sync::Arc;

use super::training::{Best, Losses, Stage};
use super::{Experiment, MAX_ROUNDS, Phase, optimizer};
use crate::config::{Arm, Config};
use crate::dataset::{BatchOrder, Dataset};
use crate::error::Error;
use crate::kernels::Tally;
use crate::rng::Purpose;
use crate::trainer::{Trainer, TrainerState};
use bytes::{MAGIC, Reader, Writer, sum};

impl Experiment {
    /// Everything that [`Experiment::resume`] needs, besides the data.
    pub fn checkpoint(&self) -> Vec<u8> {
        let mut out = Writer { bytes: MAGIC.to_vec() };
        for line in run(&self.config, self.arm) {
            out.text(&line);
        }
        out.number(self.data.fingerprint().0);
        self.write(&mut out);
        let sum = sum(&out.bytes);
        out.number(sum);
        out.bytes
    }

    /// The experiment as it was when `checkpoint` was taken; going on gives
    /// the bits that going on then would have given.
    ///
    /// # Errors
    /// When the bytes are damaged, or taken with another config, arm or data; and as
    /// [`Experiment::new`].
    pub fn resume(
        config: Config,
        arm: Arm,
        data: Arc<Dataset>,
        checkpoint: &[u8],
    ) -> Result<Self, Error> {
        let damaged = || {
            Error::ticket(
                "This is no checkpoint to resume from: it is damaged, or another version of this \
                 program took it; start afresh.",
            )
        };
        let mut reader = Reader::open(checkpoint).ok_or_else(damaged)?;
        let (ours, theirs) = (run(&config, arm), [reader.text(), reader.text()]);
        if theirs != ours {
            return Err(Error::ticket(format!(
                "The checkpoint was taken in another run: {}, not {}; start afresh or give the \
                 same config.",
                theirs[0], ours[0]
            )));
        }
        if reader.number() != data.fingerprint().0 {
            return Err(Error::data(
                "The checkpoint was taken on other images than these; start afresh, or give the \
                 images that the run began with.",
            ));
        }
        let mut it = Self::new(config, arm, data)?;
        it.read(&mut reader).ok_or_else(damaged)?;
        Ok(it)
    }

    fn write(&self, out: &mut Writer) {
        out.flag(self.order_purpose == Purpose::OtherOrder);
        out.flag(self.fine_tuning);
        out.flag(self.diverged);
        out.count(self.round);
        out.count(self.step);
        out.count(self.first_step);
        out.count(self.phase as usize);
        out.real(self.losses.sum);
        out.count(self.losses.batches);
        // An evaluation that is under way starts over.
        match self.stage {
            Stage::Steps => out.count(0),
            Stage::Validate(_) => out.count(1),
            Stage::Finish { job, found, .. } => {
                out.count(2 + job);
                found.iter().for_each(|accuracy| out.perhaps(*accuracy));
            }
        }
        out.curve(&self.curve);
        out.count(self.results.len());
        self.results.iter().for_each(|result| out.result(result));

        out.network(Some(&self.start));
        out.network(Some(&self.origin));
        out.network(self.late.as_ref());
        out.network(self.dense.as_ref());
        out.network(self.trained.as_ref());
        out.network(self.best.as_ref().map(|best| &best.network));
        if let Some(best) = &self.best {
            out.point(&best.point);
        }
        let state = self.trainer.state();
        out.network(Some(&state.network()));
        out.number(state.steps);
        for layer in &state.layers {
            let moments = layer.weight_moments.iter().chain(&layer.bias_moments);
            moments.for_each(|values| out.floats(values));
        }
        self.age.iter().for_each(|age| out.bytes.extend_from_slice(age));
    }

    /// Takes what [`Experiment::write`] put into a new experiment of the same
    /// run; nothing if it cannot have been that.
    fn read(&mut self, reader: &mut Reader) -> Option<()> {
        let sizes = self.config.sizes.clone();
        if reader.flag() {
            self.order_purpose = Purpose::OtherOrder;
            self.order = BatchOrder::new(self.config.seed, self.order_purpose, self.config.batch);
        }
        self.fine_tuning = reader.flag();
        self.diverged = reader.flag();
        self.round = reader.count();
        self.step = reader.count();
        self.first_step = reader.count();
        self.phase = *Phase::ALL.get(reader.count())?;
        self.losses = Losses { sum: reader.real(), batches: reader.count() };
        self.stage = match reader.count() {
            0 => Stage::Steps,
            1 => Stage::Validate(Tally::default()),
            stage @ 2..=5 => {
                let found = [(); 4].map(|()| reader.perhaps());
                Stage::Finish { job: stage - 2, tally: Tally::default(), found }
            }
            _ => return None,
        };
        self.curve = reader.curve();
        for _ in 0..reader.length() {
            self.results.push(reader.result(self.config.seed, self.arm));
        }

        self.start = reader.network(&sizes)?;
        self.origin = reader.network(&sizes)?;
        self.late = reader.network(&sizes);
        self.dense = reader.network(&sizes);
        self.trained = reader.network(&sizes);
        if let Some(network) = reader.network(&sizes) {
            self.best = Some(Best { network, point: reader.point() });
        }
        let now = reader.network(&sizes)?;
        let mut state = TrainerState::new(&now, optimizer(&self.config));
        state.steps = reader.number();
        for layer in &mut state.layers {
            for values in layer.weight_moments.iter_mut().chain(&mut layer.bias_moments) {
                *values = reader.floats(values.len());
            }
        }
        for age in &mut self.age {
            *age = reader.take(age.len()).to_vec();
        }

        let trained = self.trained.is_some() || self.phase as usize <= Phase::Training as usize;
        let measured = self.best.is_some() && !self.curve.is_empty();
        let plausible = self.step <= self.config.steps
            && self.first_step <= self.step
            && state.steps <= self.step as u64
            && self.round <= MAX_ROUNDS
            && trained
            && (measured || !matches!(self.stage, Stage::Finish { .. }));
        if !plausible || reader.lacking || !reader.rest.is_empty() {
            return None;
        }
        self.masks = now.masks();
        self.trainer = Trainer::from_state(state, self.config.batch);
        Some(())
    }
}

/// Which run it is, for a person and in full. Which arms there are besides
/// changes nothing about this one.
fn run(config: &Config, arm: Arm) -> [String; 2] {
    let config = Config { arms: Vec::new(), ..config.clone() };
    [format!("arm {arm} of {}", config.to_address()), config.to_json().to_string()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::{Images, Labelled};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn whatever_the_bytes_say_they_are_resumed_or_refused() {
        let address = "data=own&sizes=16-4-10&examples=40&validation=10&test=10&batch=10&steps=6\
             &eval_every=3&rounds=2";
        let config = Config::from_address(address).unwrap();
        let pixels: Vec<u8> = (0..60 * 16).map(|i| (i * i % 251) as u8).collect();
        let images = Images::from_pixels(4, 4, &pixels).unwrap();
        let labels = (0..60).map(|i| i % 10).collect();
        let all = Arc::new(Labelled::new(images, labels).unwrap());
        let data = Arc::new(Dataset::new(&config, all.clone(), all).unwrap());
        let mut it = Experiment::new(config.clone(), Arm::Ticket, data.clone()).unwrap();
        while it.measures().is_empty() {
            it.advance(1);
        }
        let resume = |bytes: &[u8]| {
            let it = Experiment::resume(config.clone(), Arm::Ticket, data.clone(), bytes);
            it.map(|it| it.checkpoint())
        };
        let bytes = it.checkpoint();
        let content = &bytes[..bytes.len() - 8];
        assert_eq!(resume(&bytes).unwrap(), bytes);
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x80;
            assert!(resume(&flipped).is_err(), "byte {at}");
        }
        // Even with a right sum at the end, which no accident gives.
        let summed = |content: &[u8]| [content, &sum(content).to_le_bytes()].concat();
        for at in 0..content.len() {
            assert!(resume(&summed(&content[..at])).is_err(), "{at} bytes");
            let mut lie = content.to_vec();
            lie[at] = 0xff;
            let _ = resume(&summed(&lie));
        }
        assert!(resume(&summed(&[content, &[0]].concat())).is_err());
    }
}
