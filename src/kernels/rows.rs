//! Numbers of a batch by unit, as the sparse kernels read them.

use wide::f32x4;

/// Samples in a vector register; also the partial sums of a gradient.
pub const LANES: usize = 4;

/// Quads in a part: their sums fit the registers, and they fill two cache
/// lines.
pub const PART: usize = 8;

/// Numbers of one unit in 32 samples.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Part([f32x4; PART]);

/// (units, samples) as [part][unit][32]: a unit's numbers lie side by side, so
/// that a connection costs the same few vector operations whatever its
/// neighbours are, and those of all units in a part lie close together.
/// Samples are counted in quads.
#[derive(Debug, Clone)]
pub struct Rows {
    units: usize,
    parts: Vec<Part>,
}

impl Rows {
    /// Zeros for `units` in `samples`, rounded up to whole parts.
    pub fn zeros(units: usize, samples: usize) -> Self {
        let parts = samples.div_ceil(PART * LANES);
        Rows { units, parts: vec![Part([f32x4::ZERO; PART]); units * parts] }
    }

    /// One unit in the `Q` quads from `at`, a multiple of `PART`.
    #[inline(always)]
    pub fn part<const Q: usize>(&self, unit: usize, at: usize) -> &[f32x4; Q] {
        self.parts[at / PART * self.units + unit].0.first_chunk().unwrap()
    }

    /// One unit in the `Q` quads from `at`, to be written.
    #[inline(always)]
    pub fn part_mut<const Q: usize>(&mut self, unit: usize, at: usize) -> &mut [f32x4; Q] {
        self.parts[at / PART * self.units + unit].0.first_chunk_mut().unwrap()
    }

    /// Sets the numbers of one sample: `(unit, number)` of those given.
    #[inline(always)]
    pub fn scatter(&mut self, sample: usize, numbers: impl Iterator<Item = (usize, f32)>) {
        let (quad, lane) = (sample / LANES, sample % LANES);
        let parts = &mut self.parts[quad / PART * self.units..][..self.units];
        for (unit, number) in numbers {
            parts[unit].0[quad % PART].as_mut_array()[lane] = number;
        }
    }

    /// All units in one sample, as `numbers` (units).
    pub fn get_sample(&self, sample: usize, numbers: &mut [f32]) {
        let (quad, lane) = (sample / LANES, sample % LANES);
        let parts = &self.parts[quad / PART * self.units..];
        for (number, part) in numbers.iter_mut().zip(parts) {
            *number = part.0[quad % PART].as_array()[lane];
        }
    }

    /// Sets everything to zero.
    pub fn clear(&mut self) {
        self.parts.fill(Part([f32x4::ZERO; PART]));
    }

    /// ReLU: what is not above zero becomes zero.
    pub fn relu(&mut self) {
        let quads = self.parts.iter_mut().flat_map(|part| &mut part.0);
        quads.for_each(|z| *z &= z.simd_gt(f32x4::ZERO));
    }

    /// Where `x` is not above zero (ReLU), no gradient passes.
    pub fn pass_where_lit(&mut self, x: &Rows) {
        for (dx, x) in self.parts.iter_mut().zip(&x.parts) {
            for (dx, x) in dx.0.iter_mut().zip(&x.0) {
                *dx &= x.simd_gt(f32x4::ZERO);
            }
        }
    }
}
