//! Which weights are kept.

use crate::error::Error;
use crate::tensor::Matrix;

/// One entry a weight, keep or remove; (inputs, outputs) like the weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    inputs: usize,
    outputs: usize,
    keep: Vec<bool>,
    kept: usize,
}

impl Mask {
    /// The mask that keeps all weights of a layer (`inputs`, `outputs`).
    #[inline(never)]
    pub fn ones(inputs: usize, outputs: usize) -> Self {
        Mask { inputs, outputs, keep: vec![true; inputs * outputs], kept: inputs * outputs }
    }

    /// The mask whose row-major entries are `keep`.
    ///
    /// # Errors
    /// When `keep` does not hold exactly `inputs * outputs` entries.
    #[inline(never)]
    pub fn from_vec(inputs: usize, outputs: usize, keep: Vec<bool>) -> Result<Self, Error> {
        if inputs.checked_mul(outputs) != Some(keep.len()) {
            return Err(Error::shape(format!(
                "A mask for {inputs} × {outputs} weights needs an entry for each but got {}.",
                keep.len()
            )));
        }
        let kept = keep.iter().filter(|&&k| k).count();
        Ok(Mask { inputs, outputs, keep, kept })
    }

    /// The masks of round `round` in a network of `sizes`: m_r = (age ≥ r),
    /// where `age` holds how many rounds each weight survived, all layers
    /// concatenated.
    ///
    /// # Errors
    /// When `age` does not hold exactly one byte a weight.
    #[inline(never)]
    pub fn from_ages(sizes: &[usize], age: &[u8], round: usize) -> Result<Vec<Self>, Error> {
        let weights: usize = sizes.windows(2).map(|pair| pair[0] * pair[1]).sum();
        if age.len() != weights {
            return Err(Error::shape(format!(
                "The ages of a network of {weights} weights are as many bytes, but got {}.",
                age.len()
            )));
        }
        let mut keep = age.iter().map(|&age| usize::from(age) >= round);
        let mut masks = Vec::new();
        for pair in sizes.windows(2) {
            let own = keep.by_ref().take(pair[0] * pair[1]).collect();
            masks.push(Mask::from_vec(pair[0], pair[1], own)?);
        }
        Ok(masks)
    }

    /// (inputs, outputs).
    pub fn shape(&self) -> (usize, usize) {
        (self.inputs, self.outputs)
    }

    /// Row-major entries: true keeps the weight.
    pub fn entries(&self) -> &[bool] {
        &self.keep
    }

    /// Is the weight from `input` to `output` kept?
    pub fn keeps(&self, input: usize, output: usize) -> bool {
        self.keep[input * self.outputs + output]
    }

    /// Number of weights kept.
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// Number of weights, kept or not.
    pub fn len(&self) -> usize {
        self.keep.len()
    }

    /// Whether the layer has no weights at all.
    pub fn is_empty(&self) -> bool {
        self.keep.is_empty()
    }

    /// Does `other` keep everything that this mask keeps? Masks of successive
    /// rounds are nested this way.
    pub fn is_subset_of(&self, other: &Mask) -> bool {
        self.shape() == other.shape()
            && self.keep.iter().zip(&other.keep).all(|(&mine, &theirs)| theirs || !mine)
    }

    /// Sets every weight that the mask removes to exactly +0.
    pub fn apply(&self, weights: &mut Matrix) {
        debug_assert_eq!(self.shape(), weights.shape());
        for (weight, &keep) in weights.data_mut().iter_mut().zip(&self.keep) {
            if !keep {
                *weight = 0.0;
            }
        }
    }
}
