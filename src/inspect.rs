//! Numbers for pictures. Nothing here changes anything.

use serde::Serialize;

use crate::config::Config;
use crate::dataset::{Dataset, Images, Labelled};
use crate::error::Error;
use crate::experiment::optimizer;
use crate::mask::Mask;
use crate::network::{Layer, Network};
use crate::tensor::Matrix;
use crate::trainer::Trainer;

use crate::measures::{self, Moved};

pub use crate::measures::{Overlap, Reach, overlap, reach};

/// Weights counted by magnitude, survivors and pruned apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Histogram {
    /// Borders of the bins, ascending from 0, one more than there are bins.
    pub edges: Vec<f32>,
    /// Weights a bin that are kept.
    pub kept: Vec<u32>,
    /// Weights a bin that are not.
    pub pruned: Vec<u32>,
}

/// Counts |θ| of `network`'s layer `layer` (of all layers without one) in
/// `bins` equal bins; weights that the network itself has pruned are not
/// counted, `kept` tells the others apart.
pub fn histogram(network: &Network, kept: &[Mask], layer: Option<usize>, bins: usize) -> Histogram {
    let chosen = || {
        let layers = network.layers().iter().zip(kept).enumerate();
        let layers = layers.filter(move |(index, _)| layer.is_none_or(|only| only == *index));
        layers.flat_map(|(_, (layer, kept))| alive(layer, kept).map(|(w, keep)| (w.abs(), keep)))
    };
    bin(chosen, bins)
}

/// (weight, kept by `kept`) of the weights that `layer` has not pruned.
fn alive<'a>(layer: &'a Layer, kept: &'a Mask) -> impl Iterator<Item = (f32, bool)> + 'a {
    let weights = layer.weights().data().iter().zip(kept.entries());
    let alive = weights.zip(layer.mask().entries()).filter(|(_, alive)| **alive);
    alive.map(|((&w, &keep), _)| (w, keep))
}

fn bin<I: Iterator<Item = (f32, bool)>>(values: impl Fn() -> I, bins: usize) -> Histogram {
    let bins = bins.clamp(1, 1000);
    let widest = values().map(|(x, _)| x).filter(|x| x.is_finite()).fold(1e-30, f32::max);
    let (mut kept, mut pruned) = (vec![0; bins], vec![0; bins]);
    for (x, keep) in values() {
        // Casting saturates: what is not finite lands in a border bin.
        let index = (f64::from(x) / f64::from(widest) * bins as f64) as usize;
        let count = if keep { &mut kept } else { &mut pruned };
        count[index.min(bins - 1)] += 1;
    }
    let edges = (0..=bins).map(|i| i as f32 / bins as f32 * widest).collect();
    Histogram { edges, kept, pruned }
}

/// The largest magnitude of the weights alive in `layer` that `next` removes:
/// where a cut by magnitude falls. None when none goes.
pub fn cut(layer: &Layer, next: &Mask) -> Option<f32> {
    alive(layer, next).filter(|(_, keep)| !keep).map(|(w, _)| w.abs()).reduce(f32::max)
}

/// At most `count` of the weights alive in `now`, evenly spread over the
/// layer, each as (θ₀, θ_T, kept by `kept` as 1 or 0): flat triples.
pub fn scatter(then: &Layer, now: &Layer, kept: &Mask, count: usize) -> Vec<f32> {
    let stride = now.mask().kept().div_ceil(count.max(1)).max(1);
    let pairs = then.weights().data().iter().zip(now.weights().data()).zip(kept.entries());
    let alive = pairs.zip(now.mask().entries()).filter(|(_, alive)| **alive);
    let picked = alive.step_by(stride);
    picked.flat_map(|(((&then, &now), &keep), _)| [then, now, f32::from(u8::from(keep))]).collect()
}

/// How far a layer's weights moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Movement {
    /// 0 for the first.
    pub layer: usize,
    /// Borders of the bins of |θ_T − θ₀|, ascending from 0.
    pub edges: Vec<f32>,
    /// Weights a bin that are kept.
    pub survivors: Vec<u32>,
    /// Weights a bin that are pruned.
    pub pruned: Vec<u32>,
    /// Mean of those kept, 0 where there are none.
    pub mean_survivors: f64,
    /// Mean of those pruned, 0 where there are none.
    pub mean_pruned: f64,
}

/// |θ_T − θ₀| of the weights alive in `now`, layer by layer; `kept` tells
/// survivors from pruned.
pub fn movement(then: &Network, now: &Network, kept: &[Mask], bins: usize) -> Vec<Movement> {
    let means = measures::movement(then, now, kept);
    let layer = |index: usize, means: Moved| {
        let (then, now) = (&then.layers()[index], &now.layers()[index]);
        let values = || {
            let pairs = then.weights().data().iter().zip(now.weights().data());
            let pairs = pairs.zip(kept[index].entries()).zip(now.mask().entries());
            pairs.filter(|(_, alive)| **alive).map(|(((a, b), &keep), _)| ((b - a).abs(), keep))
        };
        let Histogram { edges, kept, pruned } = bin(values, bins);
        Movement {
            layer: index,
            edges,
            survivors: kept,
            pruned,
            mean_survivors: means.survivors.unwrap_or(0.0),
            mean_pruned: means.pruned.unwrap_or(0.0),
        }
    };
    means.into_iter().enumerate().map(|(index, means)| layer(index, means)).collect()
}

/// How many surviving weights leave each input of a layer, (inputs).
pub fn fan_out(mask: &Mask) -> Vec<u32> {
    let outputs = mask.shape().1;
    mask.entries()
        .chunks_exact(outputs)
        .map(|row| row.iter().filter(|k| **k).count() as u32)
        .collect()
}

/// How many surviving weights enter each output of a layer, (outputs).
pub fn fan_in(mask: &Mask) -> Vec<u32> {
    let outputs = mask.shape().1;
    let mut counts = vec![0; outputs];
    for row in mask.entries().chunks_exact(outputs) {
        row.iter().zip(&mut counts).for_each(|(&keep, count)| *count += u32::from(keep));
    }
    counts
}

/// The units of a hidden layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Units {
    /// On no path from an input to an output.
    pub dead: Vec<bool>,
    /// Surviving weights that enter.
    pub in_degree: Vec<u32>,
    /// Surviving weights that leave.
    pub out_degree: Vec<u32>,
}

/// The units after weight layer `layer`, which is not the last.
pub fn units(masks: &[Mask], layer: usize) -> Units {
    Units {
        dead: reach(masks).dead.swap_remove(layer),
        in_degree: fan_in(&masks[layer]),
        out_degree: fan_out(&masks[layer + 1]),
    }
}

/// Where to draw the hidden units so that surviving lines tangle little: for
/// each hidden layer a position in 0..1 a unit, flat. Two sweeps of the
/// barycentre method (Sugiyama et al. 1981) down from the digits and up from
/// the pixels' columns, then even spacing by rank.
pub fn placement(masks: &[Mask], columns: usize) -> Vec<f32> {
    let spread = |n: usize| (0..n).map(|i| (i as f64 + 0.5) / n as f64).collect::<Vec<f64>>();
    let inputs = masks[0].shape().0;
    let columns = columns.max(1);
    let pixel = |i: usize| ((i % columns) as f64 + 0.5) / columns as f64;
    let mut places: Vec<Vec<f64>> = vec![(0..inputs).map(pixel).collect()];
    places.extend(masks.iter().map(|mask| spread(mask.shape().1)));
    let hidden = 1..masks.len();
    for _ in 0..2 {
        for layer in hidden.clone() {
            let mean = barycentres(&masks[layer - 1], &places[layer - 1], &places[layer], false);
            places[layer] = ranked(&mean);
        }
        for layer in hidden.clone().rev() {
            let mean = barycentres(&masks[layer], &places[layer + 1], &places[layer], true);
            places[layer] = ranked(&mean);
        }
    }
    places[hidden].iter().flatten().map(|x| *x as f32).collect()
}

/// Mean place of each unit's neighbours, its own where it has none; of the
/// outputs' neighbours below, or with `up` of the inputs' neighbours above.
fn barycentres(mask: &Mask, neighbours: &[f64], own: &[f64], up: bool) -> Vec<f64> {
    let outputs = mask.shape().1;
    let mut sums = vec![(0.0, 0u32); own.len()];
    for (index, _) in mask.entries().iter().enumerate().filter(|(_, keep)| **keep) {
        let (i, o) = (index / outputs, index % outputs);
        let (unit, neighbour) = if up { (i, o) } else { (o, i) };
        sums[unit].0 += neighbours[neighbour];
        sums[unit].1 += 1;
    }
    let mean =
        |(&(sum, n), &own): (&(f64, u32), &f64)| if n > 0 { sum / f64::from(n) } else { own };
    sums.iter().zip(own).map(mean).collect()
}

/// Evenly spaced places in the order of `values`, ties by index.
fn ranked(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let mut places = vec![0.0; values.len()];
    for (rank, unit) in order.into_iter().enumerate() {
        places[unit] = (rank as f64 + 0.5) / values.len() as f64;
    }
    places
}

/// What a network makes of one image.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// Softmax of the logits, (10).
    pub probabilities: Vec<f32>,
    /// Each hidden layer's outputs after ReLU, then the logits.
    pub activations: Vec<Vec<f32>>,
}

/// Runs `network` on one image of grey values.
///
/// # Errors
/// When the number of pixels is not the network's.
pub fn predict(network: &Network, pixels: &[u8]) -> Result<Prediction, Error> {
    let inputs = network.layers()[0].inputs();
    if pixels.len() != inputs {
        return Err(Error::shape(format!(
            "The network looks at {inputs} pixels, but got {}.",
            pixels.len()
        )));
    }
    let mut x: Vec<f32> = pixels.iter().map(|&value| f32::from(value) / 255.0).collect();
    let mut activations = Vec::new();
    let last = network.layers().len() - 1;
    for (index, layer) in network.layers().iter().enumerate() {
        let mut z = layer.biases().to_vec();
        for (i, &x) in x.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            z.iter_mut().zip(layer.weights().row(i)).for_each(|(z, w)| *z += x * w);
        }
        if index < last {
            z.iter_mut().for_each(|z| *z = z.max(0.0));
        }
        activations.push(z.clone());
        x = z;
    }
    let highest = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exps: Vec<f32> = x.iter().map(|z| libm::expf(z - highest)).collect();
    let sum: f32 = exps.iter().sum();
    Ok(Prediction { probabilities: exps.iter().map(|e| e / sum).collect(), activations })
}

/// A connection on a signal's way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Edge {
    /// Weight layer, 0 for the first.
    pub layer: usize,
    /// Input unit.
    pub from: usize,
    /// Output unit.
    pub to: usize,
    /// Activation × weight.
    pub value: f32,
}

/// The way an image's signal takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActivePath {
    /// The strongest connections, strongest first.
    pub edges: Vec<Edge>,
    /// How many carried any signal.
    pub total: usize,
}

/// The connections of `network` that carry most of an image's signal, from a
/// lit unit to a unit that lights up, or to a digit: `count` of them, an equal
/// share from each layer, because signals grow from layer to layer.
///
/// # Errors
/// When the number of pixels is not the network's.
pub fn active_path(network: &Network, pixels: &[u8], count: usize) -> Result<ActivePath, Error> {
    let prediction = predict(network, pixels)?;
    let mut x: Vec<f32> = pixels.iter().map(|&value| f32::from(value) / 255.0).collect();
    let stronger = |a: &Edge, b: &Edge| {
        let places = (a.layer, a.from, a.to).cmp(&(b.layer, b.from, b.to));
        b.value.abs().total_cmp(&a.value.abs()).then(places)
    };
    let layers = network.layers().len();
    let (mut strongest, mut total) = (Vec::new(), 0);
    for (index, (layer, next)) in network.layers().iter().zip(prediction.activations).enumerate() {
        let mut edges = Vec::new();
        for (from, &lit) in x.iter().enumerate().filter(|(_, x)| **x > 0.0) {
            for (to, &weight) in layer.weights().row(from).iter().enumerate() {
                if weight != 0.0 && (index + 1 == layers || next[to] > 0.0) {
                    edges.push(Edge { layer: index, from, to, value: lit * weight });
                }
            }
        }
        total += edges.len();
        edges.sort_unstable_by(stronger);
        edges.truncate(count / layers + usize::from(index < count % layers));
        strongest.extend(edges);
        x = next;
    }
    strongest.sort_unstable_by(stronger);
    Ok(ActivePath { edges: strongest, total })
}

/// Mean grey value of each pixel over `images`, 0 to 1.
pub fn mean_image(images: &Images) -> Vec<f32> {
    let mut sums = vec![0u64; images.pixels()];
    for image in 0..images.len() {
        for &entry in images.row(image) {
            sums[(entry >> 8) as usize] += u64::from(entry & 255);
        }
    }
    let whole = 255.0 * images.len().max(1) as f64;
    sums.iter().map(|&sum| (sum as f64 / whole) as f32).collect()
}

/// Losses and errors on the straight line between two networks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Barrier {
    /// How far along the line, 0 for the first network, 1 for the second.
    pub alphas: Vec<f64>,
    /// Test error there, percent.
    pub errors: Vec<f64>,
    /// Highest error on the line minus the mean of its ends, percent points:
    /// below 2 counts as stable (Frankle et al. 2020, section 2).
    pub instability: f64,
}

/// The error barrier between two networks with the same masks, at `points`
/// (at least 2) evenly spaced points, on the test images.
///
/// # Errors
/// When the masks differ.
pub fn barrier(
    config: &Config,
    data: &Dataset,
    a: &Network,
    b: &Network,
    points: usize,
) -> Result<Barrier, Error> {
    if a.masks() != b.masks() {
        return Err(Error::shape(
            "Only two networks with the same masks have a straight line of that mask between them.",
        ));
    }
    let points = points.max(2);
    let alphas: Vec<f64> = (0..points).map(|i| i as f64 / (points - 1) as f64).collect();
    let test: &Labelled = data.test();
    let error = |&alpha: &f64| {
        let between = interpolate(a, b, alpha);
        let mut trainer = Trainer::new(&between, optimizer(config), config.batch);
        100.0 - trainer.evaluate(test, data.test_indices()).accuracy
    };
    let errors: Vec<f64> = alphas.iter().map(error).collect();
    let highest = errors.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let instability = highest - 0.5 * (errors[0] + errors[points - 1]);
    Ok(Barrier { alphas, errors, instability })
}

/// (1 − α) · a + α · b, exactly a and b at the ends.
fn interpolate(a: &Network, b: &Network, alpha: f64) -> Network {
    let mix = |a: &f32, b: &f32| match alpha {
        0.0 => *a,
        1.0 => *b,
        _ => ((1.0 - alpha) * f64::from(*a) + alpha * f64::from(*b)) as f32,
    };
    let layer = |(a, b): (&Layer, &Layer)| {
        let weights = a.weights().data().iter().zip(b.weights().data()).map(|(a, b)| mix(a, b));
        let biases = a.biases().iter().zip(b.biases()).map(|(a, b)| mix(a, b)).collect();
        Matrix::from_vec(a.inputs(), a.outputs(), weights.collect())
            .and_then(|weights| Layer::new(weights, biases, a.mask().clone()))
            .expect("both have one shape")
    };
    Network::new(a.layers().iter().zip(b.layers()).map(layer).collect()).expect("as a and b")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn mask(inputs: usize, outputs: usize, keep: &[u8]) -> Mask {
        Mask::from_vec(inputs, outputs, keep.iter().map(|k| *k == 1).collect()).unwrap()
    }

    fn layer(inputs: usize, outputs: usize, weights: &[f32]) -> Layer {
        let matrix = Matrix::from_vec(inputs, outputs, weights.to_vec()).unwrap();
        Layer::new(matrix, vec![0.0; outputs], Mask::ones(inputs, outputs)).unwrap()
    }

    #[test]
    fn a_histogram_counts_every_weight_that_is_alive_once() {
        let layer = layer(1, 6, &[-1.0, -0.3, 0.1, 0.6, 1.0, 0.7]);
        let net = Network::new(vec![layer]).unwrap();
        let net = net.masked(&[mask(1, 6, &[1, 1, 1, 1, 1, 0])]).unwrap();
        let next = [mask(1, 6, &[1, 0, 0, 1, 1, 0])];
        let h = histogram(&net, &next, None, 4);
        assert_eq!(h.edges, [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!((h.kept, h.pruned), (vec![0, 0, 1, 2], vec![1, 1, 0, 0]));
        assert_eq!(cut(&net.layers()[0], &next[0]), Some(0.3));
        assert_eq!(cut(&net.layers()[0], net.layers()[0].mask()), None);
        let nothing = Network::new(vec![self::layer(1, 2, &[0.0, 0.0])]).unwrap();
        assert_eq!(histogram(&nothing, &nothing.masks(), Some(0), 3).kept, [2, 0, 0]);
    }

    #[test]
    fn movement_is_counted_and_averaged() {
        let then = Network::new(vec![layer(1, 3, &[1.0, 1.0, 1.0])]).unwrap();
        let now = Network::new(vec![layer(1, 3, &[2.0, 0.5, 1.0])]).unwrap();
        let moved = &movement(&then, &now, &[mask(1, 3, &[1, 0, 1])], 2)[0];
        assert_eq!((&moved.survivors[..], &moved.pruned[..]), (&[1, 1][..], &[0, 1][..]));
        assert_eq!((moved.mean_survivors, moved.mean_pruned), (0.5, 0.5));
    }

    #[test]
    fn a_signal_goes_through_lit_units_only() {
        let net = Network::new(vec![
            layer(2, 2, &[1.0, -1.0, 9.0, 9.0]),
            layer(2, 2, &[2.0, -3.0, 5.0, 5.0]),
        ])
        .unwrap();
        let path = active_path(&net, &[255, 0], 2).unwrap();
        let edge = |layer, from, to, value| Edge { layer, from, to, value };
        assert_eq!(path.edges, [edge(1, 0, 1, -3.0), edge(0, 0, 0, 1.0)]);
        assert_eq!(path.total, 3);
    }

    #[test]
    fn fans_and_units_count_survivors() {
        let masks = [mask(2, 3, &[1, 0, 1, 1, 0, 0]), mask(3, 1, &[1, 1, 0])];
        assert_eq!((fan_out(&masks[0]), fan_in(&masks[0])), (vec![2, 1], vec![2, 0, 1]));
        let units = units(&masks, 0);
        assert_eq!(units.dead, [false, true, true]);
        assert_eq!((units.in_degree, units.out_degree), (vec![2, 0, 1], vec![1, 1, 0]));
    }

    #[test]
    fn scattered_weights_are_at_most_as_many_as_asked_for() {
        let (then, now) = (layer(1, 5, &[1.0, 2.0, 3.0, 4.0, 5.0]), layer(1, 5, &[0.5; 5]));
        let points = scatter(&then, &now, &mask(1, 5, &[1, 0, 0, 0, 1]), 3);
        assert_eq!(points, [1.0, 0.5, 1.0, 3.0, 0.5, 0.0, 5.0, 0.5, 1.0]);
    }

    #[test]
    fn units_sit_near_what_they_are_connected_to() {
        // Two pixels, left and right; unit 0 sees the right one, unit 1 the left.
        let masks = [mask(2, 2, &[0, 1, 1, 0]), mask(2, 2, &[0, 1, 1, 0])];
        assert_eq!(placement(&masks, 2), [0.75, 0.25]);
    }

    #[test]
    fn a_prediction_is_the_forward_pass() {
        let net = Network::new(vec![
            layer(2, 2, &[1.0, -1.0, 0.0, 0.0]),
            layer(2, 2, &[2.0, 1.0, 5.0, 5.0]),
        ])
        .unwrap();
        let p = predict(&net, &[255, 0]).unwrap();
        assert_eq!(p.activations, [vec![1.0, 0.0], vec![2.0, 1.0]]);
        assert!((p.probabilities[0] - 1.0 / (1.0 + libm::expf(-1.0))).abs() < 1e-6);
        assert!(predict(&net, &[1]).is_err());
    }
}
