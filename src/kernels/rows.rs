//! Numbers of a batch by unit, as the sparse kernels read them.

use wide::f32x4;

/// Samples in a vector register; also the partial sums of a gradient.
pub const LANES: usize = 4;

/// (units, samples), row-major: a unit's numbers in all samples lie side by
/// side, so that a connection costs the same few vector operations whatever
/// its neighbours are. Samples are counted in quads.
#[derive(Debug, Clone)]
pub struct Rows {
    width: usize,
    quads: Vec<f32x4>,
}

impl Rows {
    /// Zeros for `units` in `samples`, rounded up to whole quads.
    pub fn zeros(units: usize, samples: usize) -> Self {
        let width = samples.div_ceil(LANES);
        Rows { width, quads: vec![f32x4::ZERO; units * width] }
    }

    /// One unit in the `Q` quads from `at`.
    #[inline(always)]
    pub fn part<const Q: usize>(&self, unit: usize, at: usize) -> &[f32x4; Q] {
        self.quads[unit * self.width + at..].first_chunk().unwrap()
    }

    /// One unit in the `Q` quads from `at`, to be written.
    #[inline(always)]
    pub fn part_mut<const Q: usize>(&mut self, unit: usize, at: usize) -> &mut [f32x4; Q] {
        self.quads[unit * self.width + at..].first_chunk_mut().unwrap()
    }

    /// All units in one sample, as `numbers` (units).
    pub fn get_sample(&self, sample: usize, numbers: &mut [f32]) {
        let (quad, lane) = (sample / LANES, sample % LANES);
        for (number, row) in numbers.iter_mut().zip(self.quads.chunks_exact(self.width)) {
            *number = row[quad].as_array()[lane];
        }
    }

    /// Sets all units in one sample to `numbers` (units).
    pub fn set_sample(&mut self, sample: usize, numbers: &[f32]) {
        let (quad, lane) = (sample / LANES, sample % LANES);
        for (number, row) in numbers.iter().zip(self.quads.chunks_exact_mut(self.width)) {
            row[quad].as_mut_array()[lane] = *number;
        }
    }

    /// Sets one number.
    #[inline(always)]
    pub fn set(&mut self, unit: usize, sample: usize, number: f32) {
        self.quads[unit * self.width + sample / LANES].as_mut_array()[sample % LANES] = number;
    }

    /// Sets everything to zero.
    pub fn clear(&mut self) {
        self.quads.fill(f32x4::ZERO);
    }

    /// ReLU: what is not above zero becomes zero.
    pub fn relu(&mut self) {
        self.quads.iter_mut().for_each(|z| *z &= z.simd_gt(f32x4::ZERO));
    }

    /// Where `x` is not above zero (ReLU), no gradient passes.
    pub fn pass_where_lit(&mut self, x: &Rows) {
        for (dx, x) in self.quads.iter_mut().zip(&x.quads) {
            *dx &= x.simd_gt(f32x4::ZERO);
        }
    }
}
