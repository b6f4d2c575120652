//! Named random streams: (seed, purpose, index) -> stream.
//!
//! Every random decision of a run draws from a stream of its own, so that
//! asking for one more control never changes the weights of another arm. The
//! generator is xoshiro256++ (Blackman & Vigna 2019); normal deviates are
//! Box-Muller in `f64` through `libm`, so that every platform draws the same
//! bits (a square root is exact everywhere).

use rand_core::{Rng as _, SeedableRng};
use rand_xoshiro::{SplitMix64, Xoshiro256PlusPlus};

/// What a stream is for. The discriminant is part of a run's definition:
/// never renumber one, only append.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u64)]
pub enum Purpose {
    /// θ₀; index is the layer.
    Initial = 1,
    /// The split into training and validation examples; index 0.
    Split = 2,
    /// The order of the training examples; index is the epoch.
    BatchOrder = 3,
    /// Fresh weights of a re-initialised arm; index is round × 64 + layer.
    Reinitialise = 4,
    /// Random masks and scores; index is round × 64 + layer.
    RandomMask = 5,
    /// The shuffle of a mask inside a layer; index is round × 64 + layer.
    ShuffleMask = 6,
    /// Gaussian noise on θ₀; index is round × 64 + layer.
    Noise = 7,
    /// Draws from the survivors' distribution; index is round × 64 + layer.
    Survivors = 8,
    /// The examples a score at initialisation looks at (SNIP, GraSP); index 0.
    ScoreExamples = 9,
    /// A second data order, for the instability test; index is the epoch.
    OtherOrder = 10,
}

/// One stream of random numbers.
#[derive(Debug, Clone)]
pub struct Rng {
    inner: Xoshiro256PlusPlus,
    spare_normal: Option<f64>,
}

impl Rng {
    /// The stream for (`seed`, `purpose`, `index`). Equal arguments give equal
    /// streams; different ones give unrelated streams.
    pub fn stream(seed: u32, purpose: Purpose, index: u64) -> Self {
        // Three rounds of SplitMix64, each keyed by the next part of the name.
        let mut state = 0x4C54_4831_3931_3920; // an arbitrary constant
        for part in [seed as u64, purpose as u64, index] {
            state = SplitMix64::seed_from_u64(state ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15))
                .next_u64();
        }
        Rng { inner: Xoshiro256PlusPlus::seed_from_u64(state), spare_normal: None }
    }

    /// The stream whose index is round × 64 + layer.
    pub fn of_layer(seed: u32, purpose: Purpose, round: usize, layer: usize) -> Self {
        Self::stream(seed, purpose, (round * 64 + layer) as u64)
    }

    /// 64 uniform bits.
    pub fn next_u64(&mut self) -> u64 {
        self.inner.next_u64()
    }

    /// Uniform in [0, 1), with 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform in 0..`bound`, without bias (Lemire 2019). `bound` is above 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        debug_assert!(bound > 0);
        loop {
            let wide = (self.next_u64() >> 32) * bound as u64;
            if (wide as u32) >= bound.wrapping_neg() % bound {
                return (wide >> 32) as u32;
            }
        }
    }

    /// Standard normal deviate (Box-Muller).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare_normal.take() {
            return spare;
        }
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        let angle = 2.0 * core::f64::consts::PI * self.uniform();
        let (sin, cos) = libm::sincos(angle);
        self.spare_normal = Some(radius * sin);
        radius * cos
    }

    /// Puts `items` into a uniformly random order (Fisher-Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let chosen = self.below(last as u32 + 1) as usize;
            items.swap(last, chosen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_stream_is_its_name() {
        let draw = |seed, purpose, index| Rng::stream(seed, purpose, index).next_u64();
        assert_eq!(draw(7, Purpose::Split, 0), draw(7, Purpose::Split, 0));
        assert_ne!(draw(7, Purpose::Split, 0), draw(8, Purpose::Split, 0));
        assert_ne!(draw(7, Purpose::Split, 0), draw(7, Purpose::Initial, 0));
        assert_ne!(draw(7, Purpose::Split, 0), draw(7, Purpose::Split, 1));
    }

    #[test]
    fn normals_have_mean_zero_and_variance_one() {
        let mut rng = Rng::stream(1, Purpose::Initial, 0);
        let draws: Vec<f64> = (0..100_000).map(|_| rng.normal()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!(mean.abs() < 0.02, "mean {mean}");
        assert!((variance - 1.0).abs() < 0.02, "variance {variance}");
    }

    #[test]
    fn a_shuffle_moves_things_and_loses_none() {
        let mut items: Vec<u32> = (0..1000).collect();
        Rng::stream(3, Purpose::BatchOrder, 0).shuffle(&mut items);
        assert!(items.iter().enumerate().filter(|(i, x)| *i as u32 == **x).count() < 20);
        items.sort_unstable();
        assert!(items.iter().enumerate().all(|(i, x)| i as u32 == *x));
    }
}
