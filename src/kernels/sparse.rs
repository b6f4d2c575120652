//! Kernels for tickets: they visit surviving connections and nothing else.
//!
//! Units that nothing can be heard from, and pixels that nobody listens to,
//! are not there at all: without a way to the outputs their gradient is +0 for
//! ever, and nothing about them moves.

use super::rows::{LANES, Rows, in_part};
use super::update::{Rule, Update};
use super::{Kernels, Tally, pixel_values, softmax, touch};
use crate::images::Labelled;
use crate::trainer::{LayerState, TrainerState};
use bytemuck::{cast_slice, cast_slice_mut};
use wide::f32x4;

/// Samples evaluated at a time.
const EVALUATED: usize = 60;

/// From so many connections a live pixel the first layer is faster by pixel: a
/// third of its connections have a pixel that is dark in a whole part of the
/// batch. With fewer, its loops are too short. Measured like
/// [`super::cheapest`].
const MANY: usize = 10;

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
    /// The logits of four samples.
    quad: Vec<f32x4>,
    losses: Vec<f32>,
    values: [f32; 256],
}

/// The surviving connections of a layer: unit by unit of one of its sides, the
/// near one, and for each of these by unit of the other, the far one; all
/// ascending.
struct SparseLayer {
    /// The side that is near. Outputs keep their sums in registers while
    /// inputs are read; inputs, which only the first layer has near, can be
    /// passed over where they are dark.
    near: Side,
    /// Where each near unit's connections begin; one more at the end.
    starts: Vec<u32>,
    /// The far unit of each connection.
    far: Vec<u32>,
    weights: Parameters,
    biases: Parameters,
    /// The partial sums of the gradients of one unit's connections.
    partial: Vec<f32x4>,
}

/// A side of a layer.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Inputs,
    Outputs,
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

/// Numbers in whole vectors, padded with +0; one vector more than it takes.
struct Quads(Vec<f32x4>);

impl Quads {
    fn collect(numbers: impl ExactSizeIterator<Item = f32>) -> Self {
        let mut quads = Quads(vec![f32x4::ZERO; numbers.len().div_ceil(LANES) + 1]);
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
        let layer = |(l, (state, live)): (usize, (&LayerState, &[Vec<u32>]))| {
            let kept = state.keep.iter().filter(|keep| **keep).count();
            let many = l == 0 && kept >= MANY * live[0].len();
            let near = if many { Side::Inputs } else { Side::Outputs };
            SparseLayer::new(state, &live[0], &live[1], near)
        };
        let layers = state.layers.iter().zip(live.windows(2)).enumerate();
        Sparse {
            layers: layers.map(layer).collect(),
            row_of_pixel,
            pixels: Rows::zeros(live[0].len() + 1, samples),
            outputs: live[1..].iter().map(rows).collect(),
            deltas: live[1..].iter().map(rows).collect(),
            logits: vec![0.0; last.outputs],
            quad: vec![f32x4::ZERO; last.outputs],
            losses: vec![0.0; batch],
            values: pixel_values(),
        }
    }

    /// Lays out the live pixels of the images `indices`.
    #[inline(never)]
    fn lay_out(&mut self, data: &Labelled, indices: &[u32]) {
        touch(data, indices);
        self.pixels.clear();
        for (sample, &index) in indices.iter().enumerate() {
            let lit = data.images().row(index as usize).iter().map(|&lit| {
                let row = self.row_of_pixel[(lit >> 8) as usize];
                (row as usize, self.values[lit as u8 as usize])
            });
            // Which are lit is asked by a layer that goes by pixel alone.
            match self.layers[0].near {
                Side::Inputs => self.pixels.set_sample::<true>(sample, lit),
                Side::Outputs => self.pixels.set_sample::<false>(sample, lit),
            }
        }
    }

    /// Activations of the examples `indices`, layer by layer; at last their
    /// logits.
    fn forward(&mut self, data: &Labelled, indices: &[u32]) {
        self.lay_out(data, indices);
        let last = self.layers.len() - 1;
        for (l, layer) in self.layers.iter().enumerate() {
            let (before, from_here) = self.outputs.split_at_mut(l);
            let out = &mut from_here[0];
            layer.forward(before.last().unwrap_or(&self.pixels), out, indices.len());
            if l < last {
                out.relu();
            }
        }
    }

    /// From logits to the losses and their gradient, +0 beyond the last sample.
    fn loss(&mut self, data: &Labelled, batch: &[u32]) -> f32 {
        let scale = 1.0 / batch.len() as f32;
        let (out, dy) = (self.outputs.last().unwrap(), self.deltas.last_mut().unwrap());
        let fours = batch.chunks(LANES).zip(self.losses.chunks_mut(LANES)).enumerate();
        for (quad, (indices, losses)) in fours {
            let labels: [u8; LANES] = std::array::from_fn(|lane| {
                indices.get(lane).map_or(0, |&i| data.labels()[i as usize])
            });
            out.get_quad(quad, &mut self.quad);
            let labels = &labels[..indices.len()];
            let four = softmax::losses_and_gradients(&mut self.quad, labels, scale);
            losses.copy_from_slice(&four[..losses.len()]);
            dy.set_quad(quad, &self.quad);
        }
        softmax::mean(&self.losses)
    }

    /// Backward and update, last layer to first.
    fn backward(&mut self, rule: impl Rule) {
        let samples = self.losses.len();
        for (l, layer) in self.layers.iter_mut().enumerate().rev() {
            let (before, from_here) = self.deltas.split_at_mut(l);
            let dy = &from_here[0];
            let mut x = &self.pixels;
            if let Some(dx) = before.last_mut() {
                x = &self.outputs[l - 1];
                layer.backward(dy, dx, samples);
                dx.pass_where_lit(x);
            }
            layer.gradient(x, dy, samples);
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

/// Gradients from their partial sums, (p₀ + p₁) + (p₂ + p₃), in whole vectors;
/// the sums start anew.
#[inline(never)]
fn join(partial: &mut [f32x4], gradients: &mut [f32]) {
    let blocks = partial.as_chunks_mut().0.iter_mut();
    for (block, gradients) in blocks.zip(gradients.as_chunks_mut().0) {
        let [p0, p1, p2, p3] = f32x4::transpose(std::mem::take(block));
        *gradients = ((p0 + p1) + (p2 + p3)).to_array();
    }
}

impl SparseLayer {
    /// The connections of `state` between live units.
    fn new(state: &LayerState, inputs: &[u32], outputs: &[u32], near: Side) -> Self {
        let place = |input: u32, output: u32| input as usize * state.outputs + output as usize;
        let (ones, others) = match near {
            Side::Inputs => (inputs, outputs),
            Side::Outputs => (outputs, inputs),
        };
        let (mut starts, mut far, mut places) = (vec![0], Vec::new(), Vec::new());
        for &one in ones {
            for (unit, &other) in others.iter().enumerate() {
                let place = match near {
                    Side::Inputs => place(one, other),
                    Side::Outputs => place(other, one),
                };
                if state.keep[place] {
                    far.push(unit as u32);
                    places.push(place as u32);
                }
            }
            starts.push(far.len() as u32);
        }
        SparseLayer {
            near,
            starts,
            far,
            weights: Parameters::new(places, &state.weights, &state.weight_moments),
            biases: Parameters::new(outputs.to_vec(), &state.biases, &state.bias_moments),
            partial: vec![f32x4::ZERO; inputs.len().max(outputs.len()).next_multiple_of(LANES)],
        }
    }

    /// Each near unit with its connections' weights and far units.
    #[inline(always)]
    fn connections(&self) -> impl Iterator<Item = (usize, (&[f32], &[u32]))> {
        let weights = self.weights.values.numbers();
        self.starts
            .windows(2)
            .map(|ends| {
                let span = ends[0] as usize..ends[1] as usize;
                (&weights[span.clone()], &self.far[span])
            })
            .enumerate()
    }

    /// near\[n\] += Σ w · far\[f\].
    #[inline(never)]
    fn gather(&self, far: &Rows, near: &mut Rows, samples: usize) {
        for (part, vectors) in Rows::parts(samples) {
            let (far, near) = (far.part(part), near.part_mut(part));
            for (unit, (weights, units)) in self.connections() {
                let row = &mut near[unit];
                in_part!(vectors, row.gather(weights, units, far));
            }
        }
    }

    /// far\[f\] += w · near\[n\], near units ascending.
    #[inline(never)]
    fn scatter(&self, near: &Rows, far: &mut Rows, samples: usize) {
        for (part, vectors) in Rows::parts(samples) {
            let far = far.part_mut(part);
            for (unit, (weights, units)) in self.connections() {
                if let Some(row) = near.lit(part, unit) {
                    in_part!(vectors, row.scatter(weights, units, far));
                }
            }
        }
    }

    /// out\[o\] = bias\[o\] + Σ w · x\[i\], inputs ascending.
    fn forward(&self, x: &Rows, out: &mut Rows, samples: usize) {
        out.start(self.biases.values.numbers().iter().copied());
        match self.near {
            Side::Inputs => self.scatter(x, out, samples),
            Side::Outputs => self.gather(x, out, samples),
        }
    }

    /// dx\[i\] = Σ w · dy\[o\], outputs ascending. Only for layers behind the
    /// first, whose outputs are near.
    fn backward(&self, dy: &Rows, dx: &mut Rows, samples: usize) {
        dx.start(std::iter::repeat(0.0));
        self.scatter(dy, dx, samples);
    }

    /// g = Σ x\[i\] · dy\[o\] over samples, for every connection and bias.
    #[inline(never)]
    fn gradient(&mut self, x: &Rows, dy: &Rows, samples: usize) {
        let (near, far) = match self.near {
            Side::Inputs => (x, dy),
            Side::Outputs => (dy, x),
        };
        for (unit, ends) in self.starts.windows(2).enumerate() {
            let span = ends[0] as usize..ends[1] as usize;
            let units = &self.far[span.clone()];
            for (part, vectors) in Rows::parts(samples) {
                if let Some(row) = near.lit(part, unit) {
                    in_part!(vectors, row.dots(units, far.part(part), &mut self.partial));
                }
            }
            // In whole vectors: +0 comes after the last, until it is overwritten.
            let count = units.len().next_multiple_of(LANES);
            join(
                &mut self.partial[..count],
                &mut self.weights.gradient.numbers_mut()[span.start..],
            );
        }
        for (part, _) in Rows::parts(samples) {
            for (sum, dy) in self.partial.iter_mut().zip(dy.part(part)) {
                *sum = dy.sum(*sum);
            }
        }
        join(&mut self.partial, self.biases.gradient.numbers_mut());
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
