//! Where units sit in the drawing of connections.

use crate::mask::Mask;
use crate::rank::ascending;

/// Where to draw the hidden units so that surviving lines tangle little: for
/// each hidden layer a position in 0..1 a unit, flat. Two sweeps of the
/// barycentre method (Sugiyama et al. 1981) down from the digits and up from
/// the pixels' columns, then even spacing by rank.
pub fn placement(masks: &[Mask], columns: usize) -> Vec<f32> {
    let mut places = vec![spread(masks[0].shape().0, columns.max(1))];
    for mask in masks {
        let units = mask.shape().1;
        places.push(spread(units, units));
    }
    let hidden = masks.len() - 1;
    for sweep in 0..4 {
        for step in 0..hidden {
            let up = sweep % 2 == 1;
            let layer = if up { hidden - step } else { step + 1 };
            let (mask, neighbours) = if up { (layer, layer + 1) } else { (layer - 1, layer - 1) };
            let mean = barycentres(&masks[mask], &places[neighbours], &places[layer], up);
            places[layer] = ranked(&mean);
        }
    }
    places[1..=hidden].concat().iter().map(|x| *x as f32).collect()
}

/// Evenly spaced places of `units` units, row after row of `columns`.
fn spread(units: usize, columns: usize) -> Vec<f64> {
    (0..units).map(|i| ((i % columns) as f64 + 0.5) / columns as f64).collect()
}

/// Mean place of each unit's neighbours, its own where it has none; of the
/// outputs' neighbours below, or with `up` of the inputs' neighbours above.
fn barycentres(mask: &Mask, neighbours: &[f64], own: &[f64], up: bool) -> Vec<f64> {
    let outputs = mask.shape().1;
    // How far apart the entries of two units are, and of two neighbours.
    let (unit_step, neighbour_step) = if up { (outputs, 1) } else { (1, outputs) };
    let mut means = own.to_vec();
    for (unit, mean) in means.iter_mut().enumerate() {
        let (mut sum, mut count) = (0.0, 0.0);
        for (neighbour, place) in neighbours.iter().enumerate() {
            if mask.entries()[unit * unit_step + neighbour * neighbour_step] {
                sum += place;
                count += 1.0;
            }
        }
        *mean = if count > 0.0 { sum / count } else { *mean };
    }
    means
}

/// Evenly spaced places in the order of `values`, ties by index.
fn ranked(values: &[f64]) -> Vec<f64> {
    let mut places = vec![0.0; values.len()];
    for (rank, unit) in ascending(values).into_iter().enumerate() {
        places[unit as usize] = (rank as f64 + 0.5) / values.len() as f64;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn mask(inputs: usize, outputs: usize, keep: &[u8]) -> Mask {
        Mask::from_vec(inputs, outputs, keep.iter().map(|k| *k == 1).collect()).unwrap()
    }

    #[test]
    fn units_sit_near_what_they_are_connected_to() {
        // Two pixels, left and right; unit 0 sees the right one, unit 1 the left.
        let masks = [mask(2, 2, &[0, 1, 1, 0]), mask(2, 2, &[0, 1, 1, 0])];
        assert_eq!(placement(&masks, 2), [0.75, 0.25]);
    }
}
