//! Matrices packed in tiles of columns, as the dense kernels read them.

use bytemuck::cast_slice_mut;
use wide::f32x4;

/// Vectors abreast in a tile: their sums fit the registers of every machine,
/// and are enough that an addition need not wait for the one before.
pub const QUADS: usize = 5;

/// Columns of a tile; divides 300 and 100.
pub const TILE: usize = QUADS * 4;

/// One row of a tile.
pub type Lanes = [f32x4; QUADS];

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
        Packed { rows, columns, lanes: vec![[f32x4::ZERO; QUADS]; rows * columns.div_ceil(TILE)] }
    }

    /// Number of tiles.
    pub fn tiles(&self) -> usize {
        self.columns.div_ceil(TILE)
    }

    /// One tile: its rows.
    pub fn tile(&self, tile: usize) -> &[Lanes] {
        &self.lanes[tile * self.rows..][..self.rows]
    }

    /// One tile, to be written.
    pub fn tile_mut(&mut self, tile: usize) -> &mut [Lanes] {
        &mut self.lanes[tile * self.rows..][..self.rows]
    }

    /// `row`'s numbers tile by tile, padding included.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &[f32; TILE]> {
        self.lanes[row..].iter().step_by(self.rows).map(bytemuck::cast_ref)
    }

    /// Reads `row` from `numbers` (columns).
    pub fn set_row(&mut self, row: usize, numbers: &[f32]) {
        let tiles = self.lanes[row..].iter_mut().step_by(self.rows);
        for (lanes, numbers) in tiles.zip(numbers.chunks(TILE)) {
            cast_slice_mut(lanes)[..numbers.len()].copy_from_slice(numbers);
        }
    }

    /// Writes `row` to `numbers` (columns).
    pub fn get_row(&self, row: usize, numbers: &mut [f32]) {
        for (lanes, numbers) in self.row(row).zip(numbers.chunks_mut(TILE)) {
            numbers.copy_from_slice(&lanes[..numbers.len()]);
        }
    }

    /// Becomes the transpose of the first `self.columns` rows of `other`.
    #[inline(never)]
    pub fn transpose_from(&mut self, other: &Packed) {
        let (rows, columns) = (self.rows, self.columns);
        for (t, tile) in self.lanes.chunks_exact_mut(rows).enumerate() {
            for (o, tile) in tile.chunks_mut(TILE).enumerate() {
                let source = &other.tile(o)[t * TILE..][..TILE.min(columns - t * TILE)];
                for (i, source) in source.chunks(4).enumerate() {
                    for (j, tile) in tile.chunks_mut(4).enumerate() {
                        // A block of 4 × 4; beyond the edges there are zeros.
                        let mut block = [f32x4::ZERO; 4];
                        block.iter_mut().zip(source).for_each(|(to, from)| *to = from[j]);
                        let block = f32x4::transpose(block);
                        tile.iter_mut().zip(block).for_each(|(to, from)| to[i] = from);
                    }
                }
            }
        }
    }
}
