//! Kernels for networks most of whose weights are kept: weights packed in
//! tiles, inputs as lists of what is not zero.

use super::lists::{ByInput, BySample, Entry};
use super::packed::{Lanes, Packed, TILE};
use super::update::{Rule, Update};
use super::{Kernels, Tally, pixel_values, softmax};
use crate::dataset::Labelled;
use crate::trainer::{LayerState, TrainerState};

/// Tiles computed side by side: their sums fill the registers, so that one
/// addition need not wait for the one before.
const ABREAST: usize = 2;

/// Samples evaluated at a time.
const EVALUATED: usize = 60;

/// The dense kernels and all they hold.
pub struct Dense {
    layers: Vec<DenseLayer>,
    /// For each layer, what goes in: by sample for forward, by input for the
    /// gradient.
    inputs: Vec<BySample>,
    columns: Vec<ByInput>,
    /// For each layer, what comes out: (samples, outputs). Turned into the
    /// loss's gradient with respect to it on the way back.
    outputs: Vec<Packed>,
    /// The same gradients as lists, and each layer's weights, (outputs,
    /// inputs), for the way back.
    deltas: Vec<BySample>,
    logits: Vec<f32>,
    losses: Vec<f32>,
    values: [f32; 256],
    batch: usize,
}

/// Weights and biases of a layer with the optimiser's state. The biases are
/// the last row: weights of an input that is always 1.
struct DenseLayer {
    inputs: usize,
    /// (inputs + 1, outputs).
    weights: Packed,
    first: Packed,
    second: Packed,
    /// All bits set where a weight is kept; none at all if all are.
    keep: Option<Vec<[u32; TILE]>>,
    /// Whether a row's moments may be other than zero. A row without, and
    /// without a gradient, does not move: a pixel never lit costs nothing.
    moved: Vec<bool>,
    /// (outputs, inputs).
    transposed: Packed,
}

impl Dense {
    /// Kernels that start from `state`.
    pub fn new(state: &TrainerState, batch: usize) -> Self {
        let samples = batch.max(EVALUATED);
        let each = |make: &dyn Fn(&LayerState) -> Packed| state.layers.iter().map(make).collect();
        Dense {
            layers: state.layers.iter().map(DenseLayer::new).collect(),
            inputs: state.layers.iter().map(|l| BySample::new(samples, l.inputs)).collect(),
            columns: state.layers.iter().map(|l| ByInput::new(batch, l.inputs)).collect(),
            outputs: each(&|l| Packed::zeros(samples, l.outputs)),
            deltas: state.layers.iter().map(|l| BySample::new(batch, l.outputs)).collect(),
            logits: vec![0.0; state.layers.last().map_or(0, |l| l.outputs)],
            losses: vec![0.0; batch],
            values: pixel_values(),
            batch,
        }
    }

    /// Activations of the examples `indices`, layer by layer; at last their
    /// logits.
    fn forward(&mut self, data: &Labelled, indices: &[u32]) {
        let last = self.layers.len() - 1;
        for (l, layer) in self.layers.iter().enumerate() {
            match l {
                0 => self.inputs[0].list_images(data, indices, &self.values),
                _ => self.inputs[l].list_rows(&self.outputs[l - 1], indices.len()),
            }
            let bias = |tile: &[Lanes]| tile[layer.inputs];
            let (rows, out) = (&self.inputs[l], &mut self.outputs[l]);
            if l < last {
                let relu = |sum: f32, out: &mut f32| *out = if sum > 0.0 { sum } else { 0.0 };
                multiply(rows, &layer.weights, bias, out, relu);
            } else {
                multiply(rows, &layer.weights, bias, out, |sum, out| *out = sum);
            }
        }
    }

    /// From logits to the losses and their gradient.
    fn loss(&mut self, data: &Labelled, batch: &[u32]) -> f32 {
        let scale = 1.0 / batch.len() as f32;
        let out = self.outputs.last_mut().unwrap();
        for (s, &index) in batch.iter().enumerate() {
            out.get_row(s, &mut self.logits);
            let label = data.labels()[index as usize];
            self.losses[s] = softmax::loss_and_gradient(&mut self.logits, label, scale);
            out.set_row(s, &self.logits);
        }
        softmax::mean(&self.losses)
    }

    /// Backward and update, last layer to first.
    fn backward(&mut self, rule: impl Rule) {
        for (l, layer) in self.layers.iter_mut().enumerate().rev() {
            let (before, from_here) = self.outputs.split_at_mut(l);
            let dy = &from_here[0];
            if let Some(x) = before.last_mut() {
                // Where the unit was at zero (ReLU), no gradient passes.
                let through = |sum: f32, x: &mut f32| *x = if *x > 0.0 { sum } else { 0.0 };
                let zero = |_: &[Lanes]| [0.0; TILE];
                self.deltas[l].list_rows(dy, self.batch);
                layer.transposed.transpose_from(&layer.weights);
                multiply(&self.deltas[l], &layer.transposed, zero, x, through);
            }
            self.columns[l].list(&self.inputs[l]);
            layer.update(&self.columns[l], dy, rule);
        }
    }
}

impl Kernels for Dense {
    fn step(&mut self, data: &Labelled, batch: &[u32], update: Update) -> f32 {
        self.forward(data, batch);
        let loss = self.loss(data, batch);
        if loss.is_finite() {
            match update {
                Update::Adam(rule) => self.backward(rule),
                Update::Sgd(rule) => self.backward(rule),
            }
        }
        loss
    }

    fn tally(&mut self, data: &Labelled, indices: &[u32], tally: &mut Tally) {
        for indices in indices.chunks(EVALUATED) {
            self.forward(data, indices);
            let out = self.outputs.last().unwrap();
            for (s, &index) in indices.iter().enumerate() {
                out.get_row(s, &mut self.logits);
                tally.add(softmax::loss_and_hit(&mut self.logits, data.labels()[index as usize]));
            }
        }
    }

    fn state(&self, state: &mut TrainerState) {
        for (layer, state) in self.layers.iter().zip(&mut state.layers) {
            layer.state(state);
        }
    }
}

/// out\[s\]\[o\] ← finish(start\[o\] + Σ value · matrix\[index\]\[o\] over sample s's list).
#[inline(never)]
fn multiply(
    rows: &BySample,
    matrix: &Packed,
    start: impl Fn(&[Lanes]) -> Lanes + Copy,
    out: &mut Packed,
    finish: impl Fn(f32, &mut f32) + Copy,
) {
    let mut out = out.tiles_mut();
    let abreast = matrix.tiles() / ABREAST * ABREAST;
    for t in (0..abreast).step_by(ABREAST) {
        let tiles: [_; ABREAST] = std::array::from_fn(|n| matrix.tile(t + n));
        multiply_tiles(rows, tiles, start, std::array::from_fn(|_| out.next().unwrap()), finish);
    }
    for t in abreast..matrix.tiles() {
        multiply_tiles(rows, [matrix.tile(t)], start, [out.next().unwrap()], finish);
    }
}

#[inline(always)]
fn multiply_tiles<const N: usize>(
    rows: &BySample,
    tiles: [&[Lanes]; N],
    start: impl Fn(&[Lanes]) -> Lanes,
    out: [&mut [Lanes]; N],
    finish: impl Fn(f32, &mut f32),
) {
    for (s, row) in rows.iter().enumerate() {
        let mut sums: [Lanes; N] = std::array::from_fn(|n| start(tiles[n]));
        for &Entry { index, value } in row {
            for n in 0..N {
                let weights = &tiles[n][index as usize];
                for lane in 0..TILE {
                    sums[n][lane] += value * weights[lane];
                }
            }
        }
        for n in 0..N {
            for lane in 0..TILE {
                finish(sums[n][lane], &mut out[n][s][lane]);
            }
        }
    }
}

/// g\[o\] = (p₀ + p₁) + (p₂ + p₃), with p\_c = Σ value · dy\[sample\]\[o\] over list c.
#[inline(always)]
fn gradient<const N: usize>(lists: [&[Entry]; 4], dy: [&[Lanes]; N]) -> [Lanes; N] {
    let partial = lists.map(|list| {
        let mut sums = [[0.0; TILE]; N];
        for &Entry { index, value } in list {
            for n in 0..N {
                let dy = &dy[n][index as usize];
                for lane in 0..TILE {
                    sums[n][lane] += value * dy[lane];
                }
            }
        }
        sums
    });
    let [p0, p1, p2, p3] = partial;
    std::array::from_fn(|n| std::array::from_fn(|o| (p0[n][o] + p1[n][o]) + (p2[n][o] + p3[n][o])))
}

impl DenseLayer {
    fn new(state: &LayerState) -> Self {
        let (inputs, outputs) = (state.inputs, state.outputs);
        let pack = |weights: &[f32], biases: &[f32]| {
            let mut packed = Packed::zeros(inputs + 1, outputs);
            for (row, numbers) in weights.chunks(outputs).chain([biases]).enumerate() {
                packed.set_row(row, numbers);
            }
            packed
        };
        let [first, second] =
            [0, 1].map(|k| pack(&state.weight_moments[k], &state.bias_moments[k]));
        let moved = |row| {
            [&first, &second].iter().any(|m| m.row(row).any(|(_, lanes)| *lanes != [0.0; TILE]))
        };
        DenseLayer {
            inputs,
            moved: (0..=inputs).map(moved).collect(),
            weights: pack(&state.weights, &state.biases),
            first,
            second,
            keep: state.keep.contains(&false).then(|| pack_mask(state)),
            transposed: Packed::zeros(outputs, inputs),
        }
    }

    fn state(&self, state: &mut LayerState) {
        let outputs = state.outputs;
        let unpack = |packed: &Packed, weights: &mut [f32], biases: &mut [f32]| {
            for (row, numbers) in weights.chunks_mut(outputs).chain([biases]).enumerate() {
                packed.get_row(row, numbers);
            }
        };
        unpack(&self.weights, &mut state.weights, &mut state.biases);
        for (k, packed) in [&self.first, &self.second].into_iter().enumerate() {
            unpack(packed, &mut state.weight_moments[k], &mut state.bias_moments[k]);
        }
    }

    /// Gradient and update in one: the gradient never goes to memory.
    #[inline(never)]
    fn update(&mut self, x: &ByInput, dy: &Packed, rule: impl Rule) {
        for (input, moved) in self.moved.iter_mut().enumerate() {
            *moved |= !x.is_dark(input);
        }
        let rows = self.inputs + 1;
        let mut parameters = self.weights.tiles_mut();
        let mut first = self.first.tiles_mut();
        let mut second = self.second.tiles_mut();
        for t in 0..dy.tiles() {
            let tile = parameters.next().unwrap();
            let (first, second) = (first.next().unwrap(), second.next().unwrap());
            for (row, _) in self.moved.iter().enumerate().filter(|(_, moved)| **moved) {
                let [mut g] = gradient(x.lists(row), [dy.tile(t)]);
                if let Some(keep) = &self.keep {
                    let keep = &keep[t * rows + row];
                    for lane in 0..TILE {
                        g[lane] = f32::from_bits(g[lane].to_bits() & keep[lane]);
                    }
                }
                for lane in 0..TILE {
                    let (m, v) = (&mut first[row][lane], &mut second[row][lane]);
                    rule.apply(g[lane], &mut tile[row][lane], m, v);
                }
            }
        }
    }
}

/// [tile][row][TILE] like the weights; the biases' row is kept.
fn pack_mask(state: &LayerState) -> Vec<[u32; TILE]> {
    let rows = state.inputs + 1;
    let mut packed = vec![[!0; TILE]; rows * state.outputs.div_ceil(TILE)];
    for (at, _) in state.keep.iter().enumerate().filter(|(_, keep)| !**keep) {
        let (input, output) = (at / state.outputs, at % state.outputs);
        packed[output / TILE * rows + input][output % TILE] = 0;
    }
    packed
}
