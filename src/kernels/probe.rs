//! How fast this machine is at the two things that a training step is made of,
//! when all data is in the first-level cache: the rates of the roofline.

use super::update::{Adam, Rule};
use wide::f32x4;

/// Vectors of four sums side by side, as many as the registers hold next to
/// their operands.
const WIDTH: usize = 8;
/// Rows of a matrix of `WIDTH` vectors: 16 KiB.
const ROWS: usize = 128;

/// sum[o] ← sum[o] + x[i] · w[i][o], the loop of forward, backward and
/// gradient.
pub struct MultiplyAdds {
    inputs: [f32; ROWS],
    weights: Vec<[f32x4; WIDTH]>,
    sums: [f32x4; WIDTH],
}

impl Default for MultiplyAdds {
    fn default() -> Self {
        // Signs alternate, so that no sum grows however many passes are made.
        let sign = |row: usize| if row.is_multiple_of(2) { 1.0 } else { -1.0 };
        MultiplyAdds {
            inputs: std::array::from_fn(|row| 0.5 * sign(row)),
            weights: vec![[f32x4::splat(0.25); WIDTH]; ROWS],
            sums: [f32x4::ZERO; WIDTH],
        }
    }
}

impl MultiplyAdds {
    /// Goes through the matrix `passes` times; how many four-lane
    /// multiply-adds that were.
    pub fn run(&mut self, passes: usize) -> usize {
        for _ in 0..passes {
            let mut sums = self.sums;
            for (&x, row) in self.inputs.iter().zip(&self.weights) {
                let x = f32x4::splat(x);
                for (sum, &w) in sums.iter_mut().zip(row) {
                    *sum += x * w;
                }
            }
            self.sums = sums;
        }
        passes * ROWS * WIDTH
    }
}

/// Vectors of parameters in a pass of [`AdamSteps`]; with gradients and
/// moments, 16 KiB.
const VECTORS: usize = 256;

/// Adam on parameters whose gradients are known: the update alone.
pub struct AdamSteps {
    gradients: Vec<f32x4>,
    parameters: Vec<f32x4>,
    first: Vec<f32x4>,
    second: Vec<f32x4>,
}

impl Default for AdamSteps {
    fn default() -> Self {
        let zeros = || vec![f32x4::ZERO; VECTORS];
        AdamSteps {
            gradients: vec![f32x4::splat(0.01); VECTORS],
            parameters: zeros(),
            first: zeros(),
            second: zeros(),
        }
    }
}

impl AdamSteps {
    /// Updates all parameters `passes` times; how many four-lane updates that
    /// were.
    pub fn run(&mut self, passes: usize) -> usize {
        let adam = Adam { alpha: 1e-6, correction: 1.0 };
        for _ in 0..passes {
            let moments = self.first.iter_mut().zip(&mut self.second);
            let parameters = self.parameters.iter_mut().zip(&self.gradients);
            for ((parameter, &gradient), (first, second)) in parameters.zip(moments) {
                adam.apply(gradient, parameter, first, second);
            }
        }
        passes * VECTORS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_take_every_row() {
        let mut probe = MultiplyAdds::default();
        probe.inputs[7] = 3.0;
        assert_eq!(probe.run(2), 2 * 1024);
        assert_eq!(probe.sums, [f32x4::splat(2.0 * (3.0 + 0.5) * 0.25); WIDTH]);
    }

    #[test]
    fn every_parameter_is_updated_as_by_the_rule() {
        let mut probe = AdamSteps::default();
        assert_eq!(probe.run(3), 3 * 256);
        let (mut parameter, mut first, mut second) = (0.0f32, 0.0, 0.0);
        for _ in 0..3 {
            let adam = Adam { alpha: 1e-6, correction: 1.0 };
            adam.apply(0.01, &mut parameter, &mut first, &mut second);
        }
        assert!(parameter < 0.0);
        assert!(probe.parameters.iter().all(|p| *p == f32x4::splat(parameter)));
    }
}
