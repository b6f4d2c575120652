//! Kernels for tickets: they visit surviving connections and nothing else.
//!
//! Units that nothing can be heard from, and pixels that nobody listens to,
//! are not there at all: without a way to the outputs their gradient is +0 for
//! ever, and nothing about them moves.

use super::rows::{LANES, Rows};
use super::update::{Rule, Update};
use super::{Kernels, Tally, pixel_values, softmax};
use crate::dataset::Labelled;
use crate::trainer::{LayerState, TrainerState};

/// Samples evaluated at a time.
const EVALUATED: usize = 60;

/// Connections whose gradients are computed side by side.
const ABREAST: usize = 4;

/// The sparse kernels and all they hold.
pub struct Sparse {
    layers: Vec<SparseLayer>,
    /// The row of each pixel in `pixels`; the last one for those that nobody
    /// listens to.
    row_of_pixel: Vec<u32>,
    /// The inputs of the first layer, (live pixels + 1, samples).
    pixels: Rows,
    /// For each layer, what comes out: (live units, samples). Turned into the
    /// loss's gradient with respect to it on the way back.
    outputs: Vec<Rows>,
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
}

/// Some of a layer's parameters with their gradient and optimiser state.
struct Parameters {
    /// Where each stands in the layer's matrix, or among its biases.
    places: Vec<u32>,
    values: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    gradient: Vec<f32>,
}

impl Sparse {
    /// Kernels that start from `state`.
    pub fn new(state: &TrainerState, batch: usize) -> Self {
        let samples = batch.max(EVALUATED);
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
            outputs: live[1..].iter().map(|units| Rows::zeros(units.len(), samples)).collect(),
            logits: vec![0.0; last.outputs],
            losses: vec![0.0; batch],
            values: pixel_values(),
        }
    }

    /// Lays out the live pixels of the images `indices`.
    #[inline(never)]
    fn gather(&mut self, data: &Labelled, indices: &[u32]) {
        self.pixels.clear();
        for (sample, &index) in indices.iter().enumerate() {
            for &lit in data.images().row(index as usize) {
                let row = self.row_of_pixel[(lit >> 8) as usize];
                self.pixels.set(row as usize, sample, self.values[lit as u8 as usize]);
            }
        }
    }

    /// Activations of the examples `indices`, layer by layer; at last their
    /// logits.
    fn forward(&mut self, data: &Labelled, indices: &[u32]) {
        self.gather(data, indices);
        let samples = indices.len().next_multiple_of(LANES);
        let last = self.layers.len() - 1;
        for (l, layer) in self.layers.iter().enumerate() {
            let (before, from_here) = self.outputs.split_at_mut(l);
            let (x, out) = (before.last().unwrap_or(&self.pixels), &mut from_here[0]);
            if l < last {
                let relu = |sum: f32, out: &mut f32| *out = if sum > 0.0 { sum } else { 0.0 };
                layer.forward(x, out, samples, relu);
            } else {
                layer.forward(x, out, samples, |sum, out| *out = sum);
            }
        }
    }

    /// From logits to the losses and their gradient, +0 beyond the last sample.
    fn loss(&mut self, data: &Labelled, batch: &[u32]) -> f32 {
        let scale = 1.0 / batch.len() as f32;
        let out = self.outputs.last_mut().unwrap();
        for (s, &index) in batch.iter().enumerate() {
            out.get_sample(s, &mut self.logits);
            let label = data.labels()[index as usize];
            self.losses[s] = softmax::loss_and_gradient(&mut self.logits, label, scale);
            out.set_sample(s, &self.logits);
        }
        self.logits.fill(0.0);
        for s in batch.len()..batch.len().next_multiple_of(LANES) {
            out.set_sample(s, &self.logits);
        }
        softmax::mean(&self.losses)
    }

    /// Backward and update, last layer to first.
    fn backward(&mut self, rule: impl Rule) {
        let samples = self.losses.len().next_multiple_of(LANES);
        for (l, layer) in self.layers.iter_mut().enumerate().rev() {
            let (before, from_here) = self.outputs.split_at_mut(l);
            let dy = &from_here[0];
            layer.gradient(before.last().unwrap_or(&self.pixels), dy, samples);
            if let Some(x) = before.last_mut() {
                // Where the unit was at zero (ReLU), no gradient passes.
                let through = |sum: f32, x: &mut f32| *x = if *x > 0.0 { sum } else { 0.0 };
                layer.backward(dy, x, samples, through);
            }
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

/// Calls a method with `W`, the number of samples, as a constant, until all
/// `samples` are done: 32 at a time (eight sums in registers), then the rest.
macro_rules! in_parts {
    ($samples:expr, $layer:ident.$method:ident($($argument:expr),*)) => {
        let mut at = 0;
        while at < $samples {
            match $samples - at {
                4 => $layer.$method::<4>(at, $($argument),*),
                8 => $layer.$method::<8>(at, $($argument),*),
                12 => $layer.$method::<12>(at, $($argument),*),
                16 => $layer.$method::<16>(at, $($argument),*),
                20 => $layer.$method::<20>(at, $($argument),*),
                24 => $layer.$method::<24>(at, $($argument),*),
                28 => $layer.$method::<28>(at, $($argument),*),
                _ => $layer.$method::<32>(at, $($argument),*),
            }
            at += 32;
        }
    };
}

/// start + Σ weight · rows\[unit\] over `terms` (weight, unit), in order, for the
/// `W` samples from `at`.
#[inline(always)]
fn weighted_sum<const W: usize>(
    start: f32,
    terms: impl Iterator<Item = (f32, u32)>,
    rows: &Rows,
    at: usize,
) -> [f32; W] {
    let mut sums = [start; W];
    for (weight, unit) in terms {
        let row = rows.part::<W>(unit as usize, at);
        for s in 0..W {
            sums[s] += weight * row[s];
        }
    }
    sums
}

/// Σ x · dy over samples for `N` connections into one output: four partial
/// sums each, joined as (p₀ + p₁) + (p₂ + p₃).
#[inline(always)]
fn dot<const N: usize>(x: [&[f32]; N], dy: &[f32]) -> [f32; N] {
    let mut partial = [[0.0; LANES]; N];
    let (dy, _) = dy.as_chunks::<LANES>();
    let x = x.map(|x| &x.as_chunks::<LANES>().0[..dy.len()]);
    for (s, dy) in dy.iter().enumerate() {
        for n in 0..N {
            for c in 0..LANES {
                partial[n][c] += x[n][s][c] * dy[c];
            }
        }
    }
    partial.map(|[p0, p1, p2, p3]| (p0 + p1) + (p2 + p3))
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
        SparseLayer {
            starts,
            sources,
            weights: Parameters::new(places, &state.weights, &state.weight_moments),
            biases: Parameters::new(live_outputs.to_vec(), &state.biases, &state.bias_moments),
            input_starts,
            targets: by_input.concat(),
        }
    }

    /// out\[o\] ← finish(bias\[o\] + Σ w · x\[i\]), inputs ascending.
    #[inline(never)]
    fn forward(
        &self,
        x: &Rows,
        out: &mut Rows,
        samples: usize,
        finish: impl Fn(f32, &mut f32) + Copy,
    ) {
        in_parts!(samples, self.forward_part(x, out, finish));
    }

    #[inline(always)]
    fn forward_part<const W: usize>(
        &self,
        at: usize,
        x: &Rows,
        out: &mut Rows,
        finish: impl Fn(f32, &mut f32),
    ) {
        for (o, (span, &bias)) in self.starts.windows(2).zip(&self.biases.values).enumerate() {
            let span = span[0] as usize..span[1] as usize;
            let weights = self.weights.values[span.clone()].iter().copied();
            let terms = weights.zip(self.sources[span].iter().copied());
            let sums = weighted_sum::<W>(bias, terms, x, at);
            let out = out.part_mut::<W>(o, at);
            for s in 0..W {
                finish(sums[s], &mut out[s]);
            }
        }
    }

    /// dx\[i\] ← finish(Σ w · dy\[o\]), outputs ascending.
    #[inline(never)]
    fn backward(
        &self,
        dy: &Rows,
        dx: &mut Rows,
        samples: usize,
        finish: impl Fn(f32, &mut f32) + Copy,
    ) {
        in_parts!(samples, self.backward_part(dy, dx, finish));
    }

    #[inline(always)]
    fn backward_part<const W: usize>(
        &self,
        at: usize,
        dy: &Rows,
        dx: &mut Rows,
        finish: impl Fn(f32, &mut f32),
    ) {
        for (i, span) in self.input_starts.windows(2).enumerate() {
            let targets = self.targets[span[0] as usize..span[1] as usize].iter();
            let terms = targets.map(|&(output, at)| (self.weights.values[at as usize], output));
            let sums = weighted_sum::<W>(0.0, terms, dy, at);
            let dx = dx.part_mut::<W>(i, at);
            for s in 0..W {
                finish(sums[s], &mut dx[s]);
            }
        }
    }

    /// g = Σ x\[i\] · dy\[o\] over samples, for every connection and bias.
    #[inline(never)]
    fn gradient(&mut self, x: &Rows, dy: &Rows, samples: usize) {
        for (o, span) in self.starts.windows(2).enumerate() {
            let span = span[0] as usize..span[1] as usize;
            let dy = &dy.row(o)[..samples];
            let (sources, rest) = self.sources[span.clone()].as_chunks::<ABREAST>();
            let (gradients, rest_gradients) =
                self.weights.gradient[span].as_chunks_mut::<ABREAST>();
            for (gradients, sources) in gradients.iter_mut().zip(sources) {
                *gradients = dot(sources.map(|i| x.row(i as usize)), dy);
            }
            for (gradient, &i) in rest_gradients.iter_mut().zip(rest) {
                [*gradient] = dot([x.row(i as usize)], dy);
            }
            let mut partial = [0.0; LANES];
            for dy in dy.as_chunks::<LANES>().0 {
                for c in 0..LANES {
                    partial[c] += dy[c];
                }
            }
            self.biases.gradient[o] = (partial[0] + partial[1]) + (partial[2] + partial[3]);
        }
    }
}

impl Parameters {
    fn new(places: Vec<u32>, values: &[f32], [first, second]: &[Vec<f32>; 2]) -> Self {
        let of = |all: &[f32]| places.iter().map(|&place| all[place as usize]).collect();
        let (values, first, second) = (of(values), of(first), of(second));
        Parameters { gradient: vec![0.0; places.len()], places, values, first, second }
    }

    fn store(&self, values: &mut [f32], [first, second]: &mut [Vec<f32>; 2]) {
        for (at, &place) in self.places.iter().enumerate() {
            values[place as usize] = self.values[at];
            first[place as usize] = self.first[at];
            second[place as usize] = self.second[at];
        }
    }

    #[inline(never)]
    fn update(&mut self, rule: impl Rule) {
        let moments = self.first.iter_mut().zip(&mut self.second);
        let all = self.values.iter_mut().zip(moments).zip(&self.gradient);
        for ((value, (first, second)), &gradient) in all {
            rule.apply(gradient, value, first, second);
        }
    }
}
