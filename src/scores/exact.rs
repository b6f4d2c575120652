//! Gradients and Hessian products in `f64`, for scores alone: written for
//! clarity, run once an experiment.

use crate::images::Labelled;
use crate::network::Network;

/// Weights in `f64`: per layer (inputs × outputs), row-major.
pub(super) type Weights = Vec<Vec<f64>>;

/// The loss whose derivatives are taken: the mean cross-entropy of
/// `softmax(logits / temperature)` over some examples.
pub(super) struct Loss<'a> {
    pub network: &'a Network,
    pub data: &'a Labelled,
    pub examples: &'a [u32],
    pub temperature: f64,
}

/// What one example's forward pass leaves: the layers' inputs, and logits.
struct Forward {
    inputs: Vec<Vec<f64>>,
    logits: Vec<f64>,
}

impl Loss<'_> {
    /// ∂L/∂θ.
    pub fn gradient(&self) -> Weights {
        let mut total = self.zeros();
        for &example in self.examples {
            let forward = self.forward(example);
            let mut dz = self.logit_gradient(&self.probabilities(&forward), example);
            for layer in (0..total.len()).rev() {
                let inputs = &forward.inputs[layer];
                add_outer(&mut total[layer], inputs, &dz);
                dz = self.back(layer, &dz, inputs);
            }
        }
        total
    }

    /// H·v: how the gradient changes along the direction `v` (Pearlmutter
    /// 1994, the R-operator). Biases stand still.
    pub fn hessian_product(&self, v: &Weights) -> Weights {
        let mut total = self.zeros();
        for &example in self.examples {
            let forward = self.forward(example);
            let (changes, logit_change) = self.forward_change(&forward, v);
            let p = self.probabilities(&forward);
            let mut dz = self.logit_gradient(&p, example);
            let mean: f64 =
                p.iter().zip(&logit_change).map(|(p, r)| p * r / self.temperature).sum();
            let scale = 1.0 / (self.temperature * self.examples.len() as f64);
            let change = p.iter().zip(&logit_change);
            let mut dz_change: Vec<f64> =
                change.map(|(p, r)| scale * p * (r / self.temperature - mean)).collect();
            for layer in (0..total.len()).rev() {
                let inputs = &forward.inputs[layer];
                add_outer(&mut total[layer], &changes[layer], &dz);
                add_outer(&mut total[layer], inputs, &dz_change);
                let mut back = self.back(layer, &dz_change, inputs);
                for (i, (change, &input)) in back.iter_mut().zip(inputs).enumerate() {
                    if input > 0.0 {
                        let row = &v[layer][i * dz.len()..][..dz.len()];
                        *change += row.iter().zip(&dz).map(|(v, d)| v * d).sum::<f64>();
                    }
                }
                dz = self.back(layer, &dz, inputs);
                dz_change = back;
            }
        }
        total
    }

    fn zeros(&self) -> Weights {
        self.network.layers().iter().map(|layer| vec![0.0; layer.mask().len()]).collect()
    }

    fn forward(&self, example: u32) -> Forward {
        let mut x = vec![0.0; self.data.images().pixels()];
        for &entry in self.data.images().row(example as usize) {
            x[(entry >> 8) as usize] = f64::from(entry & 255) / 255.0;
        }
        let mut inputs = Vec::new();
        for (index, layer) in self.network.layers().iter().enumerate() {
            if index > 0 {
                x.iter_mut().for_each(|z: &mut f64| *z = z.max(0.0));
            }
            let mut z: Vec<f64> = layer.biases().iter().map(|&b| f64::from(b)).collect();
            for (i, &x) in x.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                for (z, &w) in z.iter_mut().zip(layer.weights().row(i)) {
                    *z += x * f64::from(w);
                }
            }
            inputs.push(std::mem::replace(&mut x, z));
        }
        Forward { inputs, logits: x }
    }

    /// How the layers' inputs and the logits change along `v`.
    fn forward_change(&self, forward: &Forward, v: &Weights) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut changes = Vec::new();
        let mut x_change = vec![0.0; forward.inputs[0].len()];
        for (index, layer) in self.network.layers().iter().enumerate() {
            let inputs = &forward.inputs[index];
            if index > 0 {
                let lit = x_change.iter_mut().zip(inputs);
                lit.filter(|(_, input)| **input <= 0.0).for_each(|(change, _)| *change = 0.0);
            }
            let mut z_change = vec![0.0; layer.outputs()];
            for (i, (&x, &change)) in inputs.iter().zip(&x_change).enumerate() {
                if x == 0.0 && change == 0.0 {
                    continue;
                }
                let direction = &v[index][i * layer.outputs()..][..layer.outputs()];
                let terms = layer.weights().row(i).iter().zip(direction);
                for (z, (&w, &v)) in z_change.iter_mut().zip(terms) {
                    *z += change * f64::from(w) + x * v;
                }
            }
            changes.push(std::mem::replace(&mut x_change, z_change));
        }
        (changes, x_change)
    }

    fn probabilities(&self, forward: &Forward) -> Vec<f64> {
        let highest = forward.logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exps: Vec<f64> =
            forward.logits.iter().map(|z| libm::exp((z - highest) / self.temperature)).collect();
        let sum: f64 = exps.iter().sum();
        exps.iter().map(|e| e / sum).collect()
    }

    fn logit_gradient(&self, probabilities: &[f64], example: u32) -> Vec<f64> {
        let scale = 1.0 / (self.temperature * self.examples.len() as f64);
        let label = self.data.labels()[example as usize] as usize;
        let one_hot = |class| if class == label { 1.0 } else { 0.0 };
        probabilities.iter().enumerate().map(|(class, p)| scale * (p - one_hot(class))).collect()
    }

    /// dz of layer `layer` → dz of the one below: W·dz where the unit is lit.
    fn back(&self, layer: usize, dz: &[f64], inputs: &[f64]) -> Vec<f64> {
        let weights = self.network.layers()[layer].weights();
        let one = |(i, &input): (usize, &f64)| {
            if layer == 0 || input <= 0.0 {
                return 0.0;
            }
            weights.row(i).iter().zip(dz).map(|(&w, d)| f64::from(w) * d).sum()
        };
        inputs.iter().enumerate().map(one).collect()
    }
}

/// `total` (inputs × outputs) += x ⊗ dz.
fn add_outer(total: &mut [f64], x: &[f64], dz: &[f64]) {
    for (row, &x) in total.chunks_exact_mut(dz.len()).zip(x).filter(|(_, x)| **x != 0.0) {
        for (total, d) in row.iter_mut().zip(dz) {
            *total += x * d;
        }
    }
}
