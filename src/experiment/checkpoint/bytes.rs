//! How a checkpoint's values are written and read: little-endian, eight bytes
//! a number, without names.

use crate::config::Arm;
use crate::mask::Mask;
use crate::measures::{CurvePoint, RoundResult};
use crate::network::{Fnv, Layer, Network};
use crate::tensor::Matrix;

/// What a checkpoint begins with; the last byte is raised with every change.
pub(super) const MAGIC: &[u8] = b"lottery checkpoint 3";

pub(super) fn sum(bytes: &[u8]) -> u64 {
    let mut hash = Fnv::new();
    hash.write(bytes);
    hash.finish().0
}

pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn number(&mut self, x: u64) {
        self.bytes.extend_from_slice(&x.to_le_bytes());
    }

    pub(super) fn count(&mut self, x: usize) {
        self.number(x as u64);
    }

    pub(super) fn flag(&mut self, x: bool) {
        self.number(x.into());
    }

    pub(super) fn real(&mut self, x: f64) {
        self.number(x.to_bits());
    }

    /// NaN stands for none.
    pub(super) fn perhaps(&mut self, x: Option<f64>) {
        self.real(x.unwrap_or(f64::NAN));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn floats(&mut self, values: &[f32]) {
        values.iter().for_each(|x| self.bytes.extend_from_slice(&x.to_le_bytes()));
    }

    /// Is there one, and which; its sizes are the config's.
    pub(super) fn network(&mut self, network: Option<&Network>) {
        self.flag(network.is_some());
        for layer in network.map_or(&[][..], Network::layers) {
            self.floats(layer.weights().data());
            self.floats(layer.biases());
            self.bytes.extend(layer.mask().entries().iter().map(|&keep| u8::from(keep)));
        }
    }

    pub(super) fn point(&mut self, point: &CurvePoint) {
        self.count(point.step);
        self.real(point.train_loss);
        self.real(point.val_loss);
        self.real(point.val_accuracy);
    }

    pub(super) fn curve(&mut self, curve: &[CurvePoint]) {
        self.count(curve.len());
        curve.iter().for_each(|point| self.point(point));
    }

    pub(super) fn counts(&mut self, counts: &[usize]) {
        self.count(counts.len());
        counts.iter().for_each(|count| self.count(*count));
    }

    pub(super) fn moved(&mut self, moved: &[Option<f64>]) {
        self.count(moved.len());
        moved.iter().for_each(|mean| self.perhaps(*mean));
    }

    /// Without seed and arm: they are the run's.
    pub(super) fn result(&mut self, result: &RoundResult) {
        self.count(result.round);
        self.real(result.remaining);
        self.counts(&result.survivors);
        self.counts(&result.dead);
        self.count(result.effective);
        self.count(result.early_stop_step);
        self.flag(result.censored);
        self.real(result.val_loss);
        self.real(result.val_accuracy);
        self.real(result.test_accuracy_early_stop);
        self.real(result.test_accuracy_final);
        self.real(result.train_accuracy);
        self.real(result.untrained_accuracy);
        self.moved(&result.moved_survivors);
        self.moved(&result.moved_pruned);
        self.flag(result.diverged);
        self.text(&result.fingerprint);
        self.text(&result.start_fingerprint);
        self.curve(&result.curve);
    }
}

/// What is left to read. Where the bytes end too early it gives zeros and
/// nothing more, and remembers that; so it need be asked only once.
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
    pub(super) lacking: bool,
}

impl<'a> Reader<'a> {
    /// A reader of what lies between [`MAGIC`] and the fingerprint, if that is
    /// right.
    pub(super) fn open(checkpoint: &'a [u8]) -> Option<Self> {
        let (content, stated) = checkpoint.split_last_chunk::<8>()?;
        let rest = content.strip_prefix(MAGIC)?;
        let sound = sum(content) == u64::from_le_bytes(*stated);
        sound.then_some(Reader { rest, lacking: false })
    }

    pub(super) fn take(&mut self, length: usize) -> &'a [u8] {
        let Some((taken, rest)) = self.rest.split_at_checked(length) else {
            self.lacking = true;
            return &[];
        };
        self.rest = rest;
        taken
    }

    pub(super) fn number(&mut self) -> u64 {
        self.take(8).try_into().map_or(0, u64::from_le_bytes)
    }

    /// A number that this machine can count to; wasm's has 32 bits.
    pub(super) fn count(&mut self) -> usize {
        let number = self.number();
        self.lacking |= number > usize::MAX as u64;
        number as usize
    }

    /// How many items follow, each of eight bytes or more.
    pub(super) fn length(&mut self) -> usize {
        let length = self.count();
        self.lacking |= length > self.rest.len() / 8;
        if self.lacking { 0 } else { length }
    }

    pub(super) fn flag(&mut self) -> bool {
        self.number() == 1
    }

    pub(super) fn real(&mut self) -> f64 {
        f64::from_bits(self.number())
    }

    pub(super) fn perhaps(&mut self) -> Option<f64> {
        let x = self.real();
        if x.is_nan() { None } else { Some(x) }
    }

    pub(super) fn text(&mut self) -> String {
        let length = self.count();
        std::str::from_utf8(self.take(length)).unwrap_or_default().to_owned()
    }

    pub(super) fn floats(&mut self, count: usize) -> Vec<f32> {
        let words = self.take(4 * count).chunks_exact(4);
        words.map(|word| f32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect()
    }

    pub(super) fn network(&mut self, sizes: &[usize]) -> Option<Network> {
        if !self.flag() {
            return None;
        }
        let mut layers = Vec::new();
        for pair in sizes.windows(2) {
            let (inputs, outputs) = (pair[0], pair[1]);
            let weights = Matrix::from_vec(inputs, outputs, self.floats(inputs * outputs));
            let biases = self.floats(outputs);
            let keep = self.take(inputs * outputs).iter().map(|&keep| keep == 1).collect();
            let mask = Mask::from_vec(inputs, outputs, keep);
            layers.push(Layer::new(weights.ok()?, biases, mask.ok()?).ok()?);
        }
        Network::new(layers).ok()
    }

    pub(super) fn point(&mut self) -> CurvePoint {
        CurvePoint {
            step: self.count(),
            train_loss: self.real(),
            val_loss: self.real(),
            val_accuracy: self.real(),
        }
    }

    pub(super) fn curve(&mut self) -> Vec<CurvePoint> {
        (0..self.length()).map(|_| self.point()).collect()
    }

    pub(super) fn counts(&mut self) -> Vec<usize> {
        (0..self.length()).map(|_| self.count()).collect()
    }

    pub(super) fn moved(&mut self) -> Vec<Option<f64>> {
        (0..self.length()).map(|_| self.perhaps()).collect()
    }

    pub(super) fn result(&mut self, seed: u32, arm: Arm) -> RoundResult {
        RoundResult {
            seed,
            arm,
            round: self.count(),
            remaining: self.real(),
            survivors: self.counts(),
            dead: self.counts(),
            effective: self.count(),
            early_stop_step: self.count(),
            censored: self.flag(),
            val_loss: self.real(),
            val_accuracy: self.real(),
            test_accuracy_early_stop: self.real(),
            test_accuracy_final: self.real(),
            train_accuracy: self.real(),
            untrained_accuracy: self.real(),
            moved_survivors: self.moved(),
            moved_pruned: self.moved(),
            diverged: self.flag(),
            fingerprint: self.text(),
            start_fingerprint: self.text(),
            curve: self.curve(),
        }
    }
}
