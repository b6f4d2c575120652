//! Numbers of a batch by unit, as the sparse kernels read them.

use wide::f32x4;

/// Samples in a vector register; also the partial sums of a gradient.
pub const LANES: usize = 4;

/// Vectors in a part: their sums fit the registers, and they fill two cache
/// lines.
const PART: usize = 8;

/// Numbers of one unit in the 32 samples of a part.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct Row([f32x4; PART]);

/// `row.method(arguments)` for a part of which `vectors` or more are in use.
/// All eight are visited but in the last part of a batch of 60, the paper's,
/// where seven do.
macro_rules! in_part {
    ($vectors:expr, $row:ident.$method:ident($($argument:expr),*)) => {
        match $vectors {
            7 => $row.$method::<7>($($argument),*),
            _ => $row.$method::<8>($($argument),*),
        }
    };
}
pub(super) use in_part;

impl Row {
    /// `x` in all samples.
    #[inline(always)]
    pub fn splat(x: f32) -> Self {
        Row([f32x4::splat(x); PART])
    }

    /// Adds Σ weight · row over `units` of `rows`, in order.
    #[inline(never)]
    pub fn gather<const Q: usize>(&mut self, weights: &[f32], units: &[u32], rows: &[Row]) {
        let mut sum = *self;
        for (&weight, &unit) in weights.iter().zip(units) {
            sum.add_product::<Q>(weight, &rows[unit as usize]);
        }
        *self = sum;
    }

    /// Adds itself times weight to each of `units` of `rows`.
    #[inline(never)]
    pub fn scatter<const Q: usize>(&self, weights: &[f32], units: &[u32], rows: &mut [Row]) {
        let row = *self;
        for (&weight, &unit) in weights.iter().zip(units) {
            rows[unit as usize].add_product::<Q>(weight, &row);
        }
    }

    /// Adds its products with each of `units` of `rows` to their `sums`, four
    /// lanes each.
    #[inline(never)]
    pub fn dots<const Q: usize>(&self, units: &[u32], rows: &[Row], sums: &mut [f32x4]) {
        let row = *self;
        for (sum, &unit) in sums.iter_mut().zip(units) {
            let other = &rows[unit as usize];
            for q in 0..Q {
                *sum += row.0[q] * other.0[q];
            }
        }
    }

    /// Adds the sum of the vectors, ascending, to `start`.
    #[inline(always)]
    pub fn sum(&self, start: f32x4) -> f32x4 {
        self.0.iter().fold(start, |sum, x| sum + *x)
    }

    /// Adds `weight` · `other`.
    #[inline(always)]
    fn add_product<const Q: usize>(&mut self, weight: f32, other: &Row) {
        let weight = f32x4::splat(weight);
        for q in 0..Q {
            self.0[q] += weight * other.0[q];
        }
    }

    /// Where this is above zero, the bits of `of`; elsewhere +0 (ReLU).
    #[inline(always)]
    fn gate(&self, of: &Row) -> Row {
        Row(std::array::from_fn(|q| of.0[q] & self.0[q].simd_gt(f32x4::ZERO)))
    }
}

/// (units, samples) as [part][unit][32]: a unit's numbers lie side by side, so
/// that a connection costs the same few vector operations whatever its
/// neighbours are, and those of all units in a part lie close together.
#[derive(Debug, Clone)]
pub struct Rows {
    units: usize,
    rows: Vec<Row>,
    /// Which rows are lit: may be other than zero. Nobody need look at the
    /// others, their products would add nothing to any sum.
    lit: Vec<bool>,
}

impl Rows {
    /// Zeros for `units` in `samples`, rounded up to whole parts.
    pub fn zeros(units: usize, samples: usize) -> Self {
        let rows = units * Self::parts(samples).count();
        Rows { units, rows: vec![Row::splat(0.0); rows], lit: vec![false; rows] }
    }

    /// The parts that hold `samples`: their numbers, and how many vectors are
    /// left from each on.
    pub fn parts(samples: usize) -> impl Iterator<Item = (usize, usize)> {
        let vectors = samples.div_ceil(LANES);
        (0..vectors).step_by(PART).map(move |at| (at / PART, vectors - at))
    }

    /// One part, unit after unit.
    #[inline(always)]
    pub fn part(&self, part: usize) -> &[Row] {
        &self.rows[part * self.units..][..self.units]
    }

    /// One part, unit after unit, to be written.
    #[inline(always)]
    pub fn part_mut(&mut self, part: usize) -> &mut [Row] {
        &mut self.rows[part * self.units..][..self.units]
    }

    /// One unit in one part, if it is lit there.
    #[inline(always)]
    pub fn lit(&self, part: usize, unit: usize) -> Option<&Row> {
        let at = part * self.units + unit;
        self.lit[at].then(|| &self.rows[at])
    }

    /// Sets the numbers of one sample: `(unit, number)` of those given; with
    /// `MARK`, their rows are lit from then on.
    #[inline(always)]
    pub fn set_sample<const MARK: bool>(
        &mut self,
        sample: usize,
        numbers: impl Iterator<Item = (usize, f32)>,
    ) {
        let (quad, lane) = (sample / LANES, sample % LANES);
        let part = quad / PART * self.units..(quad / PART + 1) * self.units;
        let (rows, lit) = (&mut self.rows[part.clone()], &mut self.lit[part]);
        for (unit, number) in numbers {
            rows[unit].0[quad % PART].as_mut_array()[lane] = number;
            if MARK {
                lit[unit] = true;
            }
        }
    }

    /// All units in one sample, as `numbers` (units).
    pub fn get_sample(&self, sample: usize, numbers: &mut [f32]) {
        let (quad, lane) = (sample / LANES, sample % LANES);
        for (number, row) in numbers.iter_mut().zip(self.part(quad / PART)) {
            *number = row.0[quad % PART].as_array()[lane];
        }
    }

    /// All units in the four samples of one vector, as `numbers` (units).
    pub fn get_quad(&self, quad: usize, numbers: &mut [f32x4]) {
        for (number, row) in numbers.iter_mut().zip(self.part(quad / PART)) {
            *number = row.0[quad % PART];
        }
    }

    /// Sets them.
    pub fn set_quad(&mut self, quad: usize, numbers: &[f32x4]) {
        let part = quad / PART * self.units..(quad / PART + 1) * self.units;
        self.lit[part.clone()].fill(true);
        for (number, row) in numbers.iter().zip(&mut self.rows[part]) {
            row.0[quad % PART] = *number;
        }
    }

    /// Sets everything to zero.
    pub fn clear(&mut self) {
        self.rows.fill(Row::splat(0.0));
        self.lit.fill(false);
    }

    /// Sets each unit to one number in all samples.
    pub fn start(&mut self, numbers: impl Iterator<Item = f32> + Clone) {
        for rows in self.rows.chunks_mut(self.units.max(1)) {
            rows.iter_mut().zip(numbers.clone()).for_each(|(row, x)| *row = Row::splat(x));
        }
    }

    /// ReLU: what is not above zero becomes zero.
    pub fn relu(&mut self) {
        for (row, lit) in self.rows.iter_mut().zip(&mut self.lit) {
            *lit = row.0.iter().fold(f32x4::ZERO, |any, z| any | z.simd_gt(f32x4::ZERO)).any();
            *row = row.gate(row);
        }
    }

    /// Where `x` is not above zero (ReLU), no gradient passes.
    pub fn pass_where_lit(&mut self, x: &Rows) {
        self.rows.iter_mut().zip(&x.rows).for_each(|(dx, x)| *dx = x.gate(dx));
        self.lit.copy_from_slice(&x.lit);
    }
}
