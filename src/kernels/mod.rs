//! Forward, backward and update: naive, dense and sparse, with the same bits.
//!
//! All paths share these sums, in this order, in `f32`, a product rounded
//! before it is added:
//! - forward: bias, then the inputs ascending;
//! - backward into an input: from +0, the outputs ascending; then 0 where the
//!   input is 0 (ReLU);
//! - gradient of a parameter: four partial sums from +0, partial sum c over the
//!   samples s ≡ c (mod 4) ascending, joined as (p₀ + p₁) + (p₂ + p₃).
//!
//! Sums start at +0 or at a parameter, and no parameter is ever -0, so no sum
//! ever is: to add a product with zero changes no bit, and every path is free
//! to skip the zeros it can see. That holds while numbers are finite; a step
//! whose loss is not finite therefore changes nothing, and says so by its loss.

pub(crate) mod dense;
mod lists;
pub(crate) mod naive;
mod packed;
#[cfg(any(test, feature = "bench"))]
pub(crate) mod probe;
mod rows;
pub(crate) mod softmax;
pub(crate) mod sparse;
pub(crate) mod update;

use dense::Dense;
use naive::Naive;
use sparse::Sparse;

use crate::images::Labelled;
use crate::trainer::{Path, TrainerState};
use update::Update;

/// What a set of kernels does.
pub(crate) trait Kernels {
    /// One step on the batch: forward, backward, update. Returns the mean loss
    /// before the update; where that is not finite, nothing has changed.
    fn step(&mut self, data: &Labelled, batch: &[u32], update: Update) -> f32;

    /// Adds the examples `indices` to `tally`, in order.
    fn tally(&mut self, data: &Labelled, indices: &[u32], tally: &mut Tally);

    /// Writes parameters and moments to `state`, which has the right shapes.
    fn state(&self, state: &mut TrainerState);
}

/// Any of them.
pub(crate) type BoxedKernels = Box<dyn Kernels + Send>;

/// What a step costs, in units of one weight of the dense kernels: a surviving
/// connection of the sparse kernels as much as 2 weights (it skips only few of
/// the data's zeros), and besides the step as a whole as much as 18,000 (the batch
/// is laid out by unit). Measured on LeNet-300-100, MNIST and batches of 60 in
/// Chromium.
const SPARSE_CONNECTION: f64 = 2.0;
/// See [`SPARSE_CONNECTION`].
const SPARSE_STEP: f64 = 18_000.0;

/// The kernels that should train `state` fastest. A function of the masks
/// alone, not of a clock; whatever it says, the bits are the same.
pub(crate) fn cheapest(state: &TrainerState, batch: usize) -> (Path, BoxedKernels) {
    let all: usize = state.layers.iter().map(|layer| layer.keep.len()).sum();
    let kept = state.layers.iter().flat_map(|layer| &layer.keep).filter(|keep| **keep).count();
    let sparse = SPARSE_CONNECTION * kept as f64 + SPARSE_STEP;
    if sparse < all as f64 {
        (Path::Sparse, Box::new(Sparse::new(state, batch)))
    } else {
        (Path::Dense, Box::new(Dense::new(state, batch)))
    }
}

/// The kernels of one's own choice. Apart from [`cheapest`], so that a program
/// without this choice, like the page, is without the naive kernels.
pub(crate) fn of_path(state: &TrainerState, batch: usize, path: Path) -> BoxedKernels {
    match path {
        Path::Naive => Box::new(Naive::new(state.clone())),
        Path::Dense => Box::new(Dense::new(state, batch)),
        Path::Sparse => Box::new(Sparse::new(state, batch)),
    }
}

/// A running evaluation: examples seen, hits, and the sum of their losses.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    samples: usize,
    correct: usize,
    loss: f64,
}

impl Tally {
    /// One more example.
    pub(crate) fn add(&mut self, (loss, hit): (f32, bool)) {
        self.samples += 1;
        self.correct += hit as usize;
        self.loss += loss as f64;
    }

    /// Number of examples so far.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// Number of examples so far whose largest logit is the label's.
    pub fn correct(&self) -> usize {
        self.correct
    }

    /// Mean loss in nats.
    pub fn loss(&self) -> f64 {
        self.loss / self.samples as f64
    }

    /// Share of hits in percent.
    pub fn accuracy(&self) -> f64 {
        100.0 * self.correct as f64 / self.samples as f64
    }
}

/// The inputs that the grey values 0 to 255 stand for, 0 to 1.
pub(crate) fn pixel_values() -> [f32; 256] {
    std::array::from_fn(|value| value as f32 / 255.0)
}

/// Reads one number of each cache line of the images `indices`. They lie all
/// over a memory much larger than any cache: asked for at once, they come in
/// side by side; asked for one image after the other, each is waited for.
#[inline(never)]
pub(crate) fn touch(data: &Labelled, indices: &[u32]) {
    let mut seen = 0;
    for &index in indices {
        for line in data.images().row(index as usize).chunks(16) {
            seen ^= line[0];
        }
    }
    std::hint::black_box(seen);
}
