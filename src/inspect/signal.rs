//! One image's way through a network.

use crate::error::Error;
use crate::network::Network;
use crate::rank::ascending;

/// What a network makes of one image.
#[derive(Debug, Clone, PartialEq)]
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
    let mut x = grey(pixels);
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
    x.iter_mut().for_each(|z| *z = libm::expf(*z - highest));
    let sum: f32 = x.iter().sum();
    x.iter_mut().for_each(|exp| *exp /= sum);
    Ok(Prediction { probabilities: x, activations })
}

/// The image of grey values as numbers from 0 to 1.
fn grey(pixels: &[u8]) -> Vec<f32> {
    pixels.iter().map(|&value| f32::from(value) / 255.0).collect()
}

/// A connection on a signal's way.
#[derive(Debug, Clone, Copy, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
    let mut x = grey(pixels);
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
        let share = count / layers + usize::from(index < count % layers);
        let mut own = strongest_first(&edges);
        own.truncate(share);
        strongest.append(&mut own);
        x = next;
    }
    Ok(ActivePath { edges: strongest_first(&strongest), total })
}

/// `edges`, the largest in size first, of equals the one that came first.
fn strongest_first(edges: &[Edge]) -> Vec<Edge> {
    let weakness: Vec<f64> = edges.iter().map(|edge| -f64::from(edge.value.abs())).collect();
    ascending(&weakness).into_iter().map(|place| edges[place as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Layer, Mask, Matrix};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn layer(inputs: usize, outputs: usize, weights: &[f32]) -> Layer {
        let matrix = Matrix::from_vec(inputs, outputs, weights.to_vec()).unwrap();
        Layer::new(matrix, vec![0.0; outputs], Mask::ones(inputs, outputs)).unwrap()
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
        // One that cannot be shared out comes from the first layer; what has less gives less.
        let of = |count| active_path(&net, &[255, 255], count).unwrap().edges;
        let layers = |count| of(count).iter().filter(|edge| edge.layer == 0).count();
        assert_eq!((layers(3), of(3).len(), layers(1), of(1).len()), (2, 3, 1, 1));
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
