//! The network as a value: layers of weights, biases and masks.

use crate::error::Error;
use crate::mask::Mask;
use crate::tensor::Matrix;

/// One fully connected layer. Invariant: a weight that the mask removes is
/// exactly +0, and no parameter is -0 (so that skipping zeros is exact).
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    weights: Matrix,
    biases: Vec<f32>,
    mask: Mask,
}

impl Layer {
    /// A layer of `weights` (inputs, outputs) and `biases` (outputs); `mask`
    /// is applied at once.
    ///
    /// # Errors
    /// When the shapes do not belong together.
    pub fn new(mut weights: Matrix, mut biases: Vec<f32>, mask: Mask) -> Result<Self, Error> {
        let (inputs, outputs) = weights.shape();
        if biases.len() != outputs || mask.shape() != (inputs, outputs) {
            return Err(Error::shape(format!(
                "A layer of {inputs} × {outputs} weights needs {outputs} biases and a mask of \
                 the same shape, but got {} biases and a mask of {} × {}.",
                biases.len(),
                mask.shape().0,
                mask.shape().1
            )));
        }
        mask.apply(&mut weights);
        // -0 + 0 = +0: from here on, adding a product with zero changes no bit.
        weights.data_mut().iter_mut().chain(&mut biases).for_each(|x| *x += 0.0);
        Ok(Layer { weights, biases, mask })
    }

    /// Weights, (inputs, outputs); +0 where pruned.
    pub fn weights(&self) -> &Matrix {
        &self.weights
    }

    /// Biases, (outputs). Never pruned.
    pub fn biases(&self) -> &[f32] {
        &self.biases
    }

    /// Which weights are kept, (inputs, outputs).
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.weights.shape().0
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.weights.shape().1
    }
}

/// A multilayer perceptron: ReLU between layers, logits at the end. A value;
/// a clone is a checkpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
}

impl Network {
    /// The network of `layers`, first to last.
    ///
    /// # Errors
    /// When there is no layer, or one's outputs are not the next one's inputs.
    pub fn new(layers: Vec<Layer>) -> Result<Self, Error> {
        if layers.is_empty() {
            return Err(Error::shape("A network needs at least one layer but got none."));
        }
        for (index, pair) in layers.windows(2).enumerate() {
            if pair[0].outputs() != pair[1].inputs() {
                return Err(Error::shape(format!(
                    "Layer {} has {} outputs but layer {} takes {} inputs; they must be equal.",
                    index + 1,
                    pair[0].outputs(),
                    index + 2,
                    pair[1].inputs()
                )));
            }
        }
        Ok(Network { layers })
    }

    /// The layers, first to last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// `layer`, if there is such a weight layer.
    ///
    /// # Errors
    /// If there is none.
    pub fn check_layer(&self, layer: usize) -> Result<usize, Error> {
        let layers = self.layers.len();
        if layer < layers {
            return Ok(layer);
        }
        Err(Error::shape(format!("There are {layers} layers, counted from 0, but got {layer}.")))
    }

    /// Units per layer, inputs first: `[784, 300, 100, 10]`.
    pub fn sizes(&self) -> Vec<usize> {
        let inputs = self.layers[0].inputs();
        std::iter::once(inputs).chain(self.layers.iter().map(Layer::outputs)).collect()
    }

    /// The masks, first layer to last.
    pub fn masks(&self) -> Vec<Mask> {
        self.layers.iter().map(|layer| layer.mask.clone()).collect()
    }

    /// Weights kept, all layers together. Biases are not counted.
    pub fn survivors(&self) -> usize {
        self.layers.iter().map(|layer| layer.mask.kept()).sum()
    }

    /// Share of weights kept, P_m, in percent.
    pub fn remaining(&self) -> f64 {
        let all: usize = self.layers.iter().map(|layer| layer.mask.len()).sum();
        100.0 * self.survivors() as f64 / all as f64
    }

    /// This network's numbers under `masks`: m ⊙ θ.
    ///
    /// # Errors
    /// When the masks' shapes are not the layers'.
    pub fn masked(&self, masks: &[Mask]) -> Result<Self, Error> {
        if masks.len() != self.layers.len() {
            return Err(Error::shape(format!(
                "A network of {} layers needs {} masks but got {}.",
                self.layers.len(),
                self.layers.len(),
                masks.len()
            )));
        }
        let mut layers = Vec::new();
        for (layer, mask) in self.layers.iter().zip(masks) {
            layers.push(Layer::new(layer.weights.clone(), layer.biases.clone(), mask.clone())?);
        }
        Network::new(layers)
    }

    /// 64-bit FNV-1a over shapes, weights, biases and masks; equal exactly
    /// when all bits are (up to collisions). Shown as 16 hex digits.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Fnv::new();
        for layer in &self.layers {
            hash.write(&(layer.inputs() as u32).to_le_bytes());
            hash.write(&(layer.outputs() as u32).to_le_bytes());
            for &x in layer.weights.data().iter().chain(&layer.biases) {
                // NaN payloads differ between machines; one NaN stands for all.
                let bits = if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() };
                hash.write(&bits.to_le_bytes());
            }
            for &keep in layer.mask.entries() {
                hash.write(&[keep as u8]);
            }
        }
        hash.finish()
    }
}

/// A 64-bit fingerprint; displays as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub u64);

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// FNV-1a, 64 bits.
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_word(byte.into());
        }
    }

    /// The same with up to 32 bits at once: four times as fast, another sum.
    pub(crate) fn write_word(&mut self, word: u32) {
        self.0 = (self.0 ^ u64::from(word)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub(crate) fn finish(&self) -> Fingerprint {
        Fingerprint(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn network(shape: (usize, usize), weights: [f32; 6], bias: f32, keep: [bool; 6]) -> Network {
        let (inputs, outputs) = shape;
        let weights = Matrix::from_vec(inputs, outputs, weights.to_vec()).unwrap();
        let mask = Mask::from_vec(inputs, outputs, keep.to_vec()).unwrap();
        Network::new(vec![Layer::new(weights, vec![bias; outputs], mask).unwrap()]).unwrap()
    }

    #[test]
    fn a_fingerprint_tells_shapes_weights_biases_and_masks_apart() {
        let (weights, all) = ([0.0f32, 1.0, 2.0, 3.0, 4.0, 5.0], [true; 6]);
        let (mut moved, mut without_the_zero) = (weights, all);
        moved[5] = f32::from_bits(moved[5].to_bits() + 1);
        without_the_zero[0] = false;
        let different = [
            network((2, 3), weights, 0.5, all),
            network((3, 2), weights, 0.5, all),
            network((2, 3), moved, 0.5, all),
            network((2, 3), weights, 0.25, all),
            network((2, 3), weights, 0.5, without_the_zero),
        ];
        let fingerprints = different.each_ref().map(Network::fingerprint);
        for (index, fingerprint) in fingerprints.iter().enumerate() {
            assert!(!fingerprints[..index].contains(fingerprint), "{index}");
        }
        assert_eq!(fingerprints[0], different[0].clone().fingerprint());
        assert_eq!(fingerprints[0].to_string().len(), 16);
    }

    #[test]
    fn no_number_is_minus_zero_and_no_pruned_weight_is_left() {
        let keep = [false, true, true, true, true, true];
        let network = network((2, 3), [9.0, -0.0, 1.0, -1.0, -0.0, 2.0], -0.0, keep);
        let layer = &network.layers()[0];
        let bits: Vec<u32> = layer.weights().data().iter().map(|w| w.to_bits()).collect();
        assert_eq!(bits, [0.0f32, 0.0, 1.0, -1.0, 0.0, 2.0].map(f32::to_bits));
        assert!(layer.biases().iter().all(|bias| bias.to_bits() == 0));
    }
}
