//! Numbers of a batch by unit, as the sparse kernels read them.

/// Four samples at a time: a vector register, and the four partial sums of a
/// gradient.
pub const LANES: usize = 4;

/// (units, samples), row-major: a unit's numbers in all samples lie side by
/// side, so that a connection costs the same few vector operations whatever
/// its neighbours are.
#[derive(Debug, Clone)]
pub struct Rows {
    samples: usize,
    data: Vec<f32>,
}

impl Rows {
    /// Zeros for `units` in `samples`, rounded up to whole vectors.
    pub fn zeros(units: usize, samples: usize) -> Self {
        let samples = samples.next_multiple_of(LANES);
        Rows { samples, data: vec![0.0; units * samples] }
    }

    /// One unit in all samples.
    pub fn row(&self, unit: usize) -> &[f32] {
        &self.data[unit * self.samples..][..self.samples]
    }

    /// One unit in the `W` samples from `at`.
    #[inline(always)]
    pub fn part<const W: usize>(&self, unit: usize, at: usize) -> &[f32; W] {
        self.data[unit * self.samples + at..].first_chunk().unwrap()
    }

    /// One unit in the `W` samples from `at`, to be written.
    #[inline(always)]
    pub fn part_mut<const W: usize>(&mut self, unit: usize, at: usize) -> &mut [f32; W] {
        self.data[unit * self.samples + at..].first_chunk_mut().unwrap()
    }

    /// All units in one sample, as `numbers` (units).
    pub fn get_sample(&self, sample: usize, numbers: &mut [f32]) {
        for (number, row) in numbers.iter_mut().zip(self.data.chunks_exact(self.samples)) {
            *number = row[sample];
        }
    }

    /// Sets all units in one sample to `numbers` (units).
    pub fn set_sample(&mut self, sample: usize, numbers: &[f32]) {
        for (number, row) in numbers.iter().zip(self.data.chunks_exact_mut(self.samples)) {
            row[sample] = *number;
        }
    }

    /// Sets everything to zero.
    pub fn clear(&mut self) {
        self.data.fill(0.0);
    }

    /// Sets one number.
    #[inline(always)]
    pub fn set(&mut self, unit: usize, sample: usize, number: f32) {
        self.data[unit * self.samples + sample] = number;
    }
}
