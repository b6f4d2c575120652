//! Triple loops, row-major, nothing skipped: the oracle. The other kernels
//! must give its bits.

use super::update::{Rule, Update};
use super::{Kernels, Tally, pixel_values, softmax};
use crate::images::Labelled;
use crate::trainer::{LayerState, TrainerState};

/// The plain kernels.
#[derive(Debug, Clone)]
pub struct Naive {
    state: TrainerState,
}

/// Gradient of the batch's mean loss with respect to one layer.
#[derive(Debug, Clone)]
pub struct LayerGradient {
    /// (inputs, outputs), row-major; of all weights, also of pruned ones.
    pub weights: Vec<f32>,
    /// (outputs).
    pub biases: Vec<f32>,
}

impl Naive {
    /// Kernels that start from `state`.
    pub fn new(state: TrainerState) -> Self {
        Naive { state }
    }
}

impl Kernels for Naive {
    fn step(&mut self, data: &Labelled, batch: &[u32], update: Update) -> f32 {
        let (loss, gradients) = gradients(&self.state, data, batch);
        if loss.is_finite() {
            for (layer, gradient) in self.state.layers.iter_mut().zip(&gradients) {
                match update {
                    Update::Adam(rule) => update_layer(layer, gradient, rule),
                    Update::Sgd(rule) => update_layer(layer, gradient, rule),
                }
            }
        }
        loss
    }

    fn tally(&mut self, data: &Labelled, indices: &[u32], tally: &mut Tally) {
        for &index in indices {
            let mut logits = activations(&self.state, pixels(data, index)).pop().unwrap();
            tally.add(softmax::loss_and_hit(&mut logits, data.labels()[index as usize]));
        }
    }

    fn state(&self, state: &mut TrainerState) {
        state.layers.clone_from(&self.state.layers);
    }
}

/// Pixels of image `index`, 0 to 1.
fn pixels(data: &Labelled, index: u32) -> Vec<f32> {
    let values = pixel_values();
    data.images().dense(index as usize).iter().map(|&value| values[value as usize]).collect()
}

/// Of one sample: input, every hidden layer after its ReLU, logits.
fn activations(state: &TrainerState, pixels: Vec<f32>) -> Vec<Vec<f32>> {
    let mut all = vec![pixels];
    for (index, layer) in state.layers.iter().enumerate() {
        let mut out = forward(layer, all.last().unwrap());
        if index + 1 < state.layers.len() {
            out.iter_mut().for_each(|z| *z = if *z > 0.0 { *z } else { 0.0 });
        }
        all.push(out);
    }
    all
}

/// out\[o\] = bias\[o\] + Σᵢ x\[i\] · w\[i\]\[o\].
fn forward(layer: &LayerState, x: &[f32]) -> Vec<f32> {
    let mut out = layer.biases.clone();
    for (o, out) in out.iter_mut().enumerate() {
        for (i, x) in x.iter().enumerate() {
            *out += x * layer.weights[i * layer.outputs + o];
        }
    }
    out
}

/// dx\[i\] = Σₒ dy\[o\] · w\[i\]\[o\] where x\[i\] is not zero, else 0.
fn backward(layer: &LayerState, x: &[f32], dy: &[f32]) -> Vec<f32> {
    let mut dx = vec![0.0; layer.inputs];
    for (i, dx) in dx.iter_mut().enumerate().filter(|(i, _)| x[*i] != 0.0) {
        for (o, dy) in dy.iter().enumerate() {
            *dx += dy * layer.weights[i * layer.outputs + o];
        }
    }
    dx
}

/// Σ over samples of x · dy, the samples shared out over four partial sums.
fn sum_over_samples(count: usize, product: impl Fn(usize) -> f32) -> f32 {
    let mut partial = [0.0; 4];
    for sample in 0..count {
        partial[sample % 4] += product(sample);
    }
    (partial[0] + partial[1]) + (partial[2] + partial[3])
}

/// Mean loss of `batch`, and its gradient with respect to every parameter,
/// pruned weights included.
pub fn gradients(
    state: &TrainerState,
    data: &Labelled,
    batch: &[u32],
) -> (f32, Vec<LayerGradient>) {
    let scale = 1.0 / batch.len() as f32;
    let mut losses = Vec::new();
    let mut samples = Vec::new(); // per sample: inputs of each layer, and each layer's dy
    for &index in batch {
        let mut x = activations(state, pixels(data, index));
        let mut dy = vec![x.pop().unwrap()];
        let label = data.labels()[index as usize];
        losses.push(softmax::loss_and_gradient(&mut dy[0], label, scale));
        for (layer, x) in state.layers.iter().zip(&x).skip(1).rev() {
            dy.insert(0, backward(layer, x, &dy[0]));
        }
        samples.push((x, dy));
    }
    let of_layer = |(l, layer): (usize, &LayerState)| {
        let dy = |s: usize, o: usize| samples[s].1[l][o];
        let weight =
            |i: usize, o: usize| sum_over_samples(samples.len(), |s| samples[s].0[l][i] * dy(s, o));
        LayerGradient {
            weights: (0..layer.inputs * layer.outputs)
                .map(|at| weight(at / layer.outputs, at % layer.outputs))
                .collect(),
            biases: (0..layer.outputs)
                .map(|o| sum_over_samples(samples.len(), |s| dy(s, o)))
                .collect(),
        }
    };
    let gradients = state.layers.iter().enumerate().map(of_layer).collect();
    (softmax::mean(&losses), gradients)
}

/// Every parameter moves against its gradient; a pruned weight has none.
fn update_layer(layer: &mut LayerState, gradient: &LayerGradient, rule: impl Rule) {
    for (at, &g) in gradient.weights.iter().enumerate() {
        let g = if layer.keep[at] { g } else { 0.0 };
        let [first, second] = &mut layer.weight_moments;
        rule.apply(g, &mut layer.weights[at], &mut first[at], &mut second[at]);
    }
    for (at, &g) in gradient.biases.iter().enumerate() {
        let [first, second] = &mut layer.bias_moments;
        rule.apply(g, &mut layer.biases[at], &mut first[at], &mut second[at]);
    }
}
