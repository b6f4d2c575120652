//! Numbers for pictures. Nothing here changes anything.

mod barrier;
mod placement;
mod signal;

use crate::images::Images;
use crate::mask::Mask;
use crate::measures;
use crate::network::{Layer, Network};
use crate::rank::lowest;

pub use crate::measures::{Overlap, Reach, overlap, reach};
pub use barrier::{Barrier, barrier};
pub use placement::placement;
pub use signal::{ActivePath, Edge, Prediction, active_path, predict};

/// Weights counted by magnitude, survivors and pruned apart.
#[derive(Debug, Clone, PartialEq)]
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
    bin(&magnitudes(network, kept, layer), bins)
}

/// |θ| of the weights alive in a layer, in all without one, and whether `kept`
/// has them.
fn magnitudes(network: &Network, kept: &[Mask], layer: Option<usize>) -> Vec<(f32, bool)> {
    let mut sizes = Vec::new();
    for (index, (own, kept)) in network.layers().iter().zip(kept).enumerate() {
        if layer.is_none_or(|only| only == index) {
            sizes.extend(alive(own, kept).iter().map(|weight| (weight.now.abs(), weight.kept)));
        }
    }
    sizes
}

/// How many of the weights alive in a layer, in all without one, are not in
/// `kept`, and the smallest magnitude that stays where as many of the smallest
/// go: the bound that a pruning by hand takes, which removes what is below it.
/// None where none goes, or all.
pub fn threshold(network: &Network, kept: &[Mask], layer: Option<usize>) -> Option<(usize, f32)> {
    let sizes = magnitudes(network, kept, layer);
    let goes = sizes.iter().filter(|(_, kept)| !kept).count();
    if goes == 0 || goes == sizes.len() {
        return None;
    }
    let values: Vec<f64> = sizes.iter().map(|&(size, _)| f64::from(size)).collect();
    let first_to_stay = lowest(&values, goes + 1).into_iter().map(|place| sizes[place as usize].0);
    Some((goes, first_to_stay.fold(0.0, f32::max)))
}

/// A weight that its layer has not pruned.
struct Alive {
    index: usize,
    now: f32,
    kept: bool,
}

/// The weights that `layer` has not pruned; `kept` tells them apart.
fn alive(layer: &Layer, kept: &Mask) -> Vec<Alive> {
    let mut all = Vec::with_capacity(layer.mask().kept());
    for (index, &now) in layer.weights().data().iter().enumerate() {
        if layer.mask().entries()[index] {
            all.push(Alive { index, now, kept: kept.entries()[index] });
        }
    }
    all
}

fn bin(sizes: &[(f32, bool)], bins: usize) -> Histogram {
    let bins = bins.clamp(1, 1000);
    let mut widest = 1e-30f32;
    for &(x, _) in sizes {
        widest = if x.is_finite() { widest.max(x) } else { widest };
    }
    let (mut kept, mut pruned) = (vec![0; bins], vec![0; bins]);
    for &(x, keep) in sizes {
        // Casting saturates: what is not finite lands in a border bin.
        let index = (f64::from(x) / f64::from(widest) * bins as f64) as usize;
        let count = if keep { &mut kept } else { &mut pruned };
        count[index.min(bins - 1)] += 1;
    }
    let edges = (0..=bins).map(|i| i as f32 / bins as f32 * widest).collect();
    Histogram { edges, kept, pruned }
}

/// The largest magnitude of the weights alive in `layer` that `next` removes:
/// where a cut by magnitude falls, seen from below; [`threshold`] is the
/// smallest that stays, seen from above. None when none goes.
pub fn cut(layer: &Layer, next: &Mask) -> Option<f32> {
    let goes = alive(layer, next).into_iter().filter(|weight| !weight.kept);
    goes.map(|weight| weight.now.abs()).reduce(f32::max)
}

/// At most `count` of the weights alive in `now`, evenly spread over the
/// layer, each as (θ₀, θ_T, kept by `kept` as 1 or 0): flat triples.
pub fn scatter(then: &Layer, now: &Layer, kept: &Mask, count: usize) -> Vec<f32> {
    let stride = now.mask().kept().div_ceil(count.max(1)).max(1);
    let mut points = Vec::new();
    for weight in alive(now, kept).iter().step_by(stride) {
        let kept = if weight.kept { 1.0 } else { 0.0 };
        points.extend([then.weights().data()[weight.index], weight.now, kept]);
    }
    points
}

/// How far a layer's weights moved.
#[derive(Debug, Clone, PartialEq)]
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
    let mut layers = Vec::new();
    for (layer, means) in measures::movement(then, now, kept).into_iter().enumerate() {
        let then = then.layers()[layer].weights().data();
        let now = alive(&now.layers()[layer], &kept[layer]);
        let far: Vec<(f32, bool)> = now
            .iter()
            .map(|weight| ((weight.now - then[weight.index]).abs(), weight.kept))
            .collect();
        let Histogram { edges, kept, pruned } = bin(&far, bins);
        layers.push(Movement {
            layer,
            edges,
            survivors: kept,
            pruned,
            mean_survivors: means.survivors.unwrap_or(0.0),
            mean_pruned: means.pruned.unwrap_or(0.0),
        });
    }
    layers
}

/// How many surviving weights leave each input of a layer, (inputs).
pub fn fan_out(mask: &Mask) -> Vec<u32> {
    fans(mask).0
}

/// How many surviving weights enter each output of a layer, (outputs).
pub fn fan_in(mask: &Mask) -> Vec<u32> {
    fans(mask).1
}

/// How many surviving weights leave each input, and enter each output.
fn fans(mask: &Mask) -> (Vec<u32>, Vec<u32>) {
    let (inputs, outputs) = mask.shape();
    let (mut out, mut into) = (vec![0; inputs], vec![0; outputs]);
    for (out, row) in out.iter_mut().zip(mask.entries().chunks_exact(outputs)) {
        for (into, &keep) in into.iter_mut().zip(row) {
            *out += u32::from(keep);
            *into += u32::from(keep);
        }
    }
    (out, into)
}

/// The units of a hidden layer.
#[derive(Debug, Clone, PartialEq, Eq)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Matrix;
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
        // Exactly as many lie below it as go.
        assert_eq!(threshold(&net, &next, Some(0)), Some((2, 0.6)));
        assert_eq!(threshold(&net, &net.masks(), None), None);
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
}
