//! Kernels for tickets: they visit surviving connections and nothing else.
//!
//! Units that nothing can be heard from, and pixels that nobody listens to,
//! are not there at all: without a way to the outputs their gradient is +0 for
//! ever, and nothing about them moves.

use super::rows::{LANES, Rows};
use super::update::{Rule, Update};
use super::{Kernels, Tally, pixel_values, softmax, touch};
use crate::dataset::Labelled;
use crate::trainer::{LayerState, TrainerState};
use bytemuck::{cast_slice, cast_slice_mut};
use wide::f32x4;

/// Samples evaluated at a time.
const EVALUATED: usize = 60;

/// The sparse kernels and all they hold.
pub struct Sparse {
    layers: Vec<SparseLayer>,
    /// The row of each pixel in `pixels`; the last one for those that nobody
    /// listens to.
    row_of_pixel: Vec<u32>,
    /// The inputs of the first layer, (live pixels + 1, samples).
    pixels: Rows,
    /// For each layer, what comes out: (live units, samples).
    outputs: Vec<Rows>,
    /// The loss's gradient with respect to it.
    deltas: Vec<Rows>,
    logits: Vec<f32>,
    losses: Vec<f32>,
    values: [f32; 256],
}

/// The surviving connections of a layer, by output, inputs ascending.
struct SparseLayer {
    /// Where each output's connections begin; one more at the end.
    starts: Vec<u32>,
    /// The input of each connection.
    sources: Vec<u32>,
    weights: Parameters,
    biases: Parameters,
    /// Where each input's connections begin in `targets`; one more at the end.
    input_starts: Vec<u32>,
    /// By input, outputs ascending: the output and the connection's number.
    targets: Vec<(u32, u32)>,
    /// The partial sums of the connections' and biases' gradients.
    partial: Vec<f32x4>,
    bias_partial: Vec<f32x4>,
}

/// Some of a layer's parameters with their gradient and optimiser state.
struct Parameters {
    /// Where each stands in the layer's matrix, or among its biases.
    places: Vec<u32>,
    values: Quads,
    first: Quads,
    second: Quads,
    gradient: Quads,
}

/// Numbers in whole vectors, padded with +0.
struct Quads(Vec<f32x4>);

impl Quads {
    fn collect(numbers: impl ExactSizeIterator<Item = f32>) -> Self {
        let mut quads = Quads(vec![f32x4::ZERO; numbers.len().div_ceil(LANES)]);
        quads.numbers_mut().iter_mut().zip(numbers).for_each(|(to, from)| *to = from);
        quads
    }

    #[inline(always)]
    fn numbers(&self) -> &[f32] {
        cast_slice(&self.0)
    }

    #[inline(always)]
    fn numbers_mut(&mut self) -> &mut [f32] {
        cast_slice_mut(&mut self.0)
    }
}

impl Sparse {
    /// Kernels that start from `state`.
    pub fn new(state: &TrainerState, batch: usize) -> Self {
        let samples = batch.max(EVALUATED);
        let rows = |units: &Vec<u32>| Rows::zeros(units.len(), samples);
        let last = state.layers.last().expect("a network has a layer");
        let mut live = vec![(0..last.outputs as u32).collect::<Vec<u32>>()];
        for layer in state.layers.iter().rev() {
            let heard = |input: &u32| {
                let row = &layer.keep[*input as usize * layer.outputs..][..layer.outputs];
                live[0].iter().any(|&output| row[output as usize])
            };
            let inputs = (0..layer.inputs as u32).filter(heard).collect();
            live.insert(0, inputs);
        }
        let mut row_of_pixel = vec![live[0].len() as u32; state.layers[0].inputs];
        for (row, &pixel) in live[0].iter().enumerate() {
            row_of_pixel[pixel as usize] = row as u32;
        }
        let layers = state.layers.iter().zip(live.windows(2));
        Sparse {
            layers: layers
                .map(|(state, live)| SparseLayer::new(state, &live[0], &live[1]))
                .collect(),
            row_of_pixel,
            pixels: Rows::zeros(live[0].len() + 1, samples),
            outputs: live[1..].iter().map(rows).collect(),
            deltas: live[1..].iter().map(rows).collect(),
            logits: vec![0.0; last.outputs],
            losses: vec![0.0; batch],
            values: pixel_values(),
        }
    }

    /// Lays out the live pixels of the images `indices`.
    #[inline(never)]
    fn gather(&mut self, data: &Labelled, indices: &[u32]) {
        touch(data, indices);
        self.pixels.clear();
        for (sample, &index) in indices.iter().enumerate() {
            let lit = data.images().row(index as usize).iter().map(|&lit| {
                let row = self.row_of_pixel[(lit >> 8) as usize];
                (row as usize, self.values[lit as u8 as usize])
            });
            self.pixels.scatter(sample, lit);
        }
    }

    /// Activations of the examples `indices`, layer by layer; at last their
    /// logits.
    fn forward(&mut self, data: &Labelled, indices: &[u32]) {
        self.gather(data, indices);
        let quads = indices.len().div_ceil(LANES);
        let last = self.layers.len() - 1;
        for (l, layer) in self.layers.iter().enumerate() {
            let (before, from_here) = self.outputs.split_at_mut(l);
            let out = &mut from_here[0];
            layer.forward(before.last().unwrap_or(&self.pixels), out, quads);
            if l < last {
                out.relu();
            }
        }
    }

    /// From logits to the losses and their gradient, +0 beyond the last sample.
    fn loss(&mut self, data: &Labelled, batch: &[u32]) -> f32 {
        let scale = 1.0 / batch.len() as f32;
        let (out, dy) = (self.outputs.last().unwrap(), self.deltas.last_mut().unwrap());
        for (s, &index) in batch.iter().enumerate() {
            out.get_sample(s, &mut self.logits);
            let label = data.labels()[index as usize];
            self.losses[s] = softmax::loss_and_gradient(&mut self.logits, label, scale);
            dy.scatter(s, self.logits.iter().copied().enumerate());
        }
        softmax::mean(&self.losses)
    }

    /// Backward and update, last layer to first.
    fn backward(&mut self, rule: impl Rule) {
        let quads = self.losses.len().div_ceil(LANES);
        for (l, layer) in self.layers.iter_mut().enumerate().rev() {
            let (before, from_here) = self.deltas.split_at_mut(l);
            let dy = &from_here[0];
            let mut x = &self.pixels;
            if let Some(dx) = before.last_mut() {
                x = &self.outputs[l - 1];
                layer.backward(dy, dx, quads);
                dx.pass_where_lit(x);
            }
            layer.gradient(x, dy, quads);
            layer.weights.update(rule);
            layer.biases.update(rule);
        }
    }
}

impl Kernels for Sparse {
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
                out.get_sample(s, &mut self.logits);
                tally.add(softmax::loss_and_hit(&mut self.logits, data.labels()[index as usize]));
            }
        }
    }

    fn state(&self, state: &mut TrainerState) {
        for (layer, state) in self.layers.iter().zip(&mut state.layers) {
            layer.weights.store(&mut state.weights, &mut state.weight_moments);
            layer.biases.store(&mut state.biases, &mut state.bias_moments);
        }
    }
}

/// Calls a method with `Q`, a number of quads, as a constant, until all
/// `quads` are done: 8 at a time, whose sums fit the registers, then the rest.
macro_rules! in_parts {
    ($quads:expr, $self:ident.$method:ident($($argument:expr),*)) => {
        for at in (0..$quads).step_by($crate::kernels::rows::PART) {
            match $quads - at {
                1 => $self.$method::<1>(at, $($argument),*),
                2 => $self.$method::<2>(at, $($argument),*),
                3 => $self.$method::<3>(at, $($argument),*),
                4 => $self.$method::<4>(at, $($argument),*),
                5 => $self.$method::<5>(at, $($argument),*),
                6 => $self.$method::<6>(at, $($argument),*),
                7 => $self.$method::<7>(at, $($argument),*),
                _ => $self.$method::<8>(at, $($argument),*),
            }
        }
    };
}

/// start + Σ weight · rows\[unit\] over `terms` (weight, unit), in order, for the
/// `Q` quads from `at`.
#[inline(always)]
fn weighted_sum<const Q: usize>(
    start: f32,
    terms: impl Iterator<Item = (f32, u32)>,
    rows: &Rows,
    at: usize,
) -> [f32x4; Q] {
    let mut sums = [f32x4::splat(start); Q];
    for (weight, unit) in terms {
        let row = rows.part::<Q>(unit as usize, at);
        let weight = f32x4::splat(weight);
        for q in 0..Q {
            sums[q] += weight * row[q];
        }
    }
    sums
}

/// Gradients from their partial sums: (p₀ + p₁) + (p₂ + p₃).
fn join(partial: &[f32x4], gradients: &mut [f32]) {
    for (gradient, partial) in gradients.iter_mut().zip(partial) {
        let [p0, p1, p2, p3] = partial.to_array();
        *gradient = (p0 + p1) + (p2 + p3);
    }
}

impl SparseLayer {
    /// The connections of `state` between live units.
    fn new(state: &LayerState, live_inputs: &[u32], live_outputs: &[u32]) -> Self {
        let (mut starts, mut sources, mut places) = (vec![0], Vec::new(), Vec::new());
        let mut by_input = vec![Vec::new(); live_inputs.len()];
        for (target, &output) in live_outputs.iter().enumerate() {
            for (source, &input) in live_inputs.iter().enumerate() {
                let place = input as usize * state.outputs + output as usize;
                if state.keep[place] {
                    by_input[source].push((target as u32, places.len() as u32));
                    sources.push(source as u32);
                    places.push(place as u32);
                }
            }
            starts.push(places.len() as u32);
        }
        let mut input_starts = vec![0];
        for targets in &by_input {
            input_starts.push(input_starts.last().unwrap() + targets.len() as u32);
        }
        let connections = sources.len();
        SparseLayer {
            starts,
            sources,
            weights: Parameters::new(places, &state.weights, &state.weight_moments),
            biases: Parameters::new(live_outputs.to_vec(), &state.biases, &state.bias_moments),
            input_starts,
            targets: by_input.concat(),
            partial: vec![f32x4::ZERO; connections],
            bias_partial: vec![f32x4::ZERO; live_outputs.len()],
        }
    }

    /// out\[o\] = bias\[o\] + Σ w · x\[i\], inputs ascending.
    #[inline(never)]
    fn forward(&self, x: &Rows, out: &mut Rows, quads: usize) {
        in_parts!(quads, self.forward_part(x, out));
    }

    #[inline(always)]
    fn forward_part<const Q: usize>(&self, at: usize, x: &Rows, out: &mut Rows) {
        for (o, (span, &bias)) in
            self.starts.windows(2).zip(self.biases.values.numbers()).enumerate()
        {
            let span = span[0] as usize..span[1] as usize;
            let weights = self.weights.values.numbers()[span.clone()].iter().copied();
            let terms = weights.zip(self.sources[span].iter().copied());
            *out.part_mut::<Q>(o, at) = weighted_sum(bias, terms, x, at);
        }
    }

    /// dx\[i\] = Σ w · dy\[o\], outputs ascending.
    #[inline(never)]
    fn backward(&self, dy: &Rows, dx: &mut Rows, quads: usize) {
        in_parts!(quads, self.backward_part(dy, dx));
    }

    #[inline(always)]
    fn backward_part<const Q: usize>(&self, at: usize, dy: &Rows, dx: &mut Rows) {
        let weights = self.weights.values.numbers();
        for (i, span) in self.input_starts.windows(2).enumerate() {
            let targets = self.targets[span[0] as usize..span[1] as usize].iter();
            let terms = targets.map(|&(output, at)| (weights[at as usize], output));
            *dx.part_mut::<Q>(i, at) = weighted_sum(0.0, terms, dy, at);
        }
    }

    /// g = Σ x\[i\] · dy\[o\] over samples, for every connection and bias.
    #[inline(never)]
    fn gradient(&mut self, x: &Rows, dy: &Rows, quads: usize) {
        self.partial.fill(f32x4::ZERO);
        self.bias_partial.fill(f32x4::ZERO);
        in_parts!(quads, self.gradient_part(x, dy));
        join(&self.partial, self.weights.gradient.numbers_mut());
        join(&self.bias_partial, self.biases.gradient.numbers_mut());
    }

    /// Adds `Q` quads from `at` to the partial sums of all connections and
    /// biases.
    #[inline(always)]
    fn gradient_part<const Q: usize>(&mut self, at: usize, x: &Rows, dy: &Rows) {
        for (o, (span, bias)) in self.starts.windows(2).zip(&mut self.bias_partial).enumerate() {
            let span = span[0] as usize..span[1] as usize;
            let dy = *dy.part::<Q>(o, at);
            for (partial, &i) in self.partial[span.clone()].iter_mut().zip(&self.sources[span]) {
                let x = x.part::<Q>(i as usize, at);
                let mut sum = *partial;
                for q in 0..Q {
                    sum += x[q] * dy[q];
                }
                *partial = sum;
            }
            dy.iter().for_each(|dy| *bias += *dy);
        }
    }
}

impl Parameters {
    fn new(places: Vec<u32>, values: &[f32], [first, second]: &[Vec<f32>; 2]) -> Self {
        let of = |all: &[f32]| Quads::collect(places.iter().map(|&place| all[place as usize]));
        let (values, first, second) = (of(values), of(first), of(second));
        let gradient = Quads::collect(places.iter().map(|_| 0.0));
        Parameters { places, values, first, second, gradient }
    }

    fn store(&self, values: &mut [f32], [first, second]: &mut [Vec<f32>; 2]) {
        for (at, &place) in self.places.iter().enumerate() {
            values[place as usize] = self.values.numbers()[at];
            first[place as usize] = self.first.numbers()[at];
            second[place as usize] = self.second.numbers()[at];
        }
    }

    #[inline(never)]
    fn update(&mut self, rule: impl Rule) {
        let moments = self.first.0.iter_mut().zip(&mut self.second.0);
        let all = self.values.0.iter_mut().zip(moments).zip(&self.gradient.0);
        for ((value, (first, second)), &gradient) in all {
            rule.apply(gradient, value, first, second);
        }
    }
}
