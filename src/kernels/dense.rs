//! Kernels for networks most of whose weights are kept: weights packed in
//! tiles, inputs as lists of what is not zero.

use super::lists::{ByInput, BySample, Entry};
use super::packed::{Lanes, Packed, QUADS, TILE};
use super::update::{Rule, Update};
use super::{Kernels, Tally, pixel_values, softmax};
use crate::images::Labelled;
use crate::trainer::{LayerState, TrainerState};
use wide::f32x4;

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
    keep: Option<Vec<Lanes>>,
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
                let relu = |sum: f32x4, _| sum & sum.simd_gt(f32x4::ZERO);
                multiply(rows, &layer.weights, bias, out, relu);
            } else {
                multiply(rows, &layer.weights, bias, out, |sum, _| sum);
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
                let through = |sum: f32x4, x: f32x4| sum & x.simd_gt(f32x4::ZERO);
                let zero = |_: &[Lanes]| [f32x4::ZERO; QUADS];
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

/// out\[s\]\[o\] ← finish(start\[o\] + Σ value · matrix\[index\]\[o\], out\[s\]\[o\]),
/// summed over sample s's list.
#[inline(never)]
fn multiply(
    rows: &BySample,
    matrix: &Packed,
    start: impl Fn(&[Lanes]) -> Lanes,
    out: &mut Packed,
    finish: impl Fn(f32x4, f32x4) -> f32x4,
) {
    for t in 0..matrix.tiles() {
        let tile = matrix.tile(t);
        for (row, out) in rows.iter().zip(out.tile_mut(t)) {
            let sums = weighted_sum(start(tile), row, tile);
            for q in 0..QUADS {
                out[q] = finish(sums[q], out[q]);
            }
        }
    }
}

/// start\[o\] + Σ value · tile\[index\]\[o\] over `list`, in order.
#[inline(always)]
fn weighted_sum(start: Lanes, list: &[Entry], tile: &[Lanes]) -> Lanes {
    let mut sums = start;
    for &Entry { index, value } in list {
        let value = f32x4::splat(value);
        let row = &tile[index as usize];
        for q in 0..QUADS {
            sums[q] += value * row[q];
        }
    }
    sums
}

/// g\[o\] = (p₀ + p₁) + (p₂ + p₃), with p\_c = Σ value · dy\[sample\]\[o\] over list c.
#[inline(always)]
fn gradient(lists: [&[Entry]; 4], dy: &[Lanes]) -> Lanes {
    let [p0, p1, p2, p3] = lists.map(|list| weighted_sum([f32x4::ZERO; QUADS], list, dy));
    std::array::from_fn(|q| (p0[q] + p1[q]) + (p2[q] + p3[q]))
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
        let moved =
            |row| [&first, &second].iter().any(|m| m.row(row).any(|lanes| *lanes != [0.0; TILE]));
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
        for t in 0..dy.tiles() {
            let weights = self.weights.tile_mut(t);
            let (first, second) = (self.first.tile_mut(t), self.second.tile_mut(t));
            for (row, _) in self.moved.iter().enumerate().filter(|(_, moved)| **moved) {
                let mut g = gradient(x.lists(row), dy.tile(t));
                if let Some(keep) = &self.keep {
                    let keep = &keep[t * rows + row];
                    for q in 0..QUADS {
                        g[q] &= keep[q];
                    }
                }
                for q in 0..QUADS {
                    let (m, v) = (&mut first[row][q], &mut second[row][q]);
                    rule.apply(g[q], &mut weights[row][q], m, v);
                }
            }
        }
    }
}

/// [tile][row][TILE] like the weights: all bits set where a weight is kept.
/// The biases' row is kept.
fn pack_mask(state: &LayerState) -> Vec<Lanes> {
    let rows = state.inputs + 1;
    let kept = f32x4::splat(f32::from_bits(!0));
    let mut packed = vec![[kept; QUADS]; rows * state.outputs.div_ceil(TILE)];
    for (at, _) in state.keep.iter().enumerate().filter(|(_, keep)| !**keep) {
        let (input, output) = (at / state.outputs, at % state.outputs);
        let lanes = &mut packed[output / TILE * rows + input];
        bytemuck::cast_mut::<Lanes, [f32; TILE]>(lanes)[output % TILE] = 0.0;
    }
    packed
}
