//! Matrices packed in tiles of columns, as the dense kernels read them.

/// Columns of a tile: five vectors of four lanes. 20 divides 300 and 100, and
/// the sums of two tiles fit the sixteen vector registers of x86.
pub const TILE: usize = 20;

/// One row of a tile.
pub type Lanes = [f32; TILE];

/// A matrix (rows, columns) as [tile][row][TILE]: whoever walks down a few
/// columns reads memory in one place. Columns beyond the last are +0.
#[derive(Debug, Clone)]
pub struct Packed {
    rows: usize,
    columns: usize,
    lanes: Vec<Lanes>,
}

impl Packed {
    /// A matrix of zeros, (`rows`, `columns`).
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Packed { rows, columns, lanes: vec![[0.0; TILE]; rows * columns.div_ceil(TILE)] }
    }

    /// Number of tiles.
    pub fn tiles(&self) -> usize {
        self.columns.div_ceil(TILE)
    }

    /// One tile: its rows.
    pub fn tile(&self, tile: usize) -> &[Lanes] {
        &self.lanes[tile * self.rows..][..self.rows]
    }

    /// Tile after tile, to be written.
    pub fn tiles_mut(&mut self) -> std::slice::ChunksExactMut<'_, Lanes> {
        self.lanes.chunks_exact_mut(self.rows)
    }

    /// `row`'s tiles, each with the columns it begins at.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, &Lanes)> {
        self.lanes[row..].iter().step_by(self.rows).enumerate().map(|(t, lanes)| (t * TILE, lanes))
    }

    /// Reads `row` from `numbers` (columns).
    pub fn set_row(&mut self, row: usize, numbers: &[f32]) {
        for (tile, numbers) in self.tiles_mut().zip(numbers.chunks(TILE)) {
            tile[row][..numbers.len()].copy_from_slice(numbers);
        }
    }

    /// Writes `row` to `numbers` (columns).
    pub fn get_row(&self, row: usize, numbers: &mut [f32]) {
        for ((_, lanes), numbers) in self.row(row).zip(numbers.chunks_mut(TILE)) {
            numbers.copy_from_slice(&lanes[..numbers.len()]);
        }
    }

    /// Becomes the transpose of the first `self.columns` rows of `other`.
    pub fn transpose_from(&mut self, other: &Packed) {
        let (rows, columns) = (self.rows, self.columns);
        for (t, tile) in self.lanes.chunks_exact_mut(rows).enumerate() {
            let width = TILE.min(columns - t * TILE);
            for (o, tile) in tile.chunks_mut(TILE).enumerate() {
                let source = &other.tile(o)[t * TILE..][..width];
                for (row, lanes) in tile.iter_mut().enumerate() {
                    for (lane, source) in lanes.iter_mut().zip(source) {
                        *lane = source[row];
                    }
                }
            }
        }
    }
}
