//! A matrix of `f32`, row-major.

use crate::error::Error;

/// Row-major matrix; element (row, column) is `data[row * columns + column]`.
///
/// Weights are stored input-major: (inputs, outputs). Files for PyTorch turn
/// them to (outputs, inputs) on the way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    data: Vec<f32>,
}

impl Matrix {
    /// A matrix of zeros, (`rows`, `columns`).
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Matrix { rows, columns, data: vec![0.0; rows * columns] }
    }

    /// The matrix (`rows`, `columns`) whose row-major elements are `data`.
    ///
    /// # Errors
    /// When `data` does not hold exactly `rows * columns` numbers.
    #[inline(never)]
    pub fn from_vec(rows: usize, columns: usize, data: Vec<f32>) -> Result<Self, Error> {
        if rows.checked_mul(columns) != Some(data.len()) {
            return Err(Error::shape(format!(
                "A {rows} × {columns} matrix needs a number for each element but got {}; check \
                 the shape.",
                data.len()
            )));
        }
        Ok(Matrix { rows, columns, data })
    }

    /// (rows, columns).
    pub fn shape(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }

    /// All elements, row-major.
    pub fn data(&self) -> &[f32] {
        &self.data
    }

    /// All elements, row-major, to be written.
    pub fn data_mut(&mut self) -> &mut [f32] {
        &mut self.data
    }

    /// One row, `columns` elements.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.columns..][..self.columns]
    }
}
