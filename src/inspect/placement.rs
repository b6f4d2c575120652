//! Where units sit in the drawing of connections.

use crate::mask::Mask;
use crate::rank::ascending;

/// Where to draw the hidden units so that surviving lines tangle little: for
/// each hidden layer a position in 0..1 a unit, flat. Two sweeps of the
/// barycentre method (Sugiyama et al. 1981) down from the digits and up from
/// the pixels' columns, then even spacing by rank.
pub fn placement(masks: &[Mask], columns: usize) -> Vec<f32> {
    let spread = |n: usize| (0..n).map(|i| (i as f64 + 0.5) / n as f64).collect::<Vec<f64>>();
    let inputs = masks[0].shape().0;
    let columns = columns.max(1);
    let pixel = |i: usize| ((i % columns) as f64 + 0.5) / columns as f64;
    let mut places: Vec<Vec<f64>> = vec![(0..inputs).map(pixel).collect()];
    places.extend(masks.iter().map(|mask| spread(mask.shape().1)));
    let hidden = 1..masks.len();
    for _ in 0..2 {
        for layer in hidden.clone() {
            let mean = barycentres(&masks[layer - 1], &places[layer - 1], &places[layer], false);
            places[layer] = ranked(&mean);
        }
        for layer in hidden.clone().rev() {
            let mean = barycentres(&masks[layer], &places[layer + 1], &places[layer], true);
            places[layer] = ranked(&mean);
        }
    }
    places[hidden].iter().flatten().map(|x| *x as f32).collect()
}

/// Mean place of each unit's neighbours, its own where it has none; of the
/// outputs' neighbours below, or with `up` of the inputs' neighbours above.
fn barycentres(mask: &Mask, neighbours: &[f64], own: &[f64], up: bool) -> Vec<f64> {
    let outputs = mask.shape().1;
    let mut sums = vec![(0.0, 0u32); own.len()];
    for (index, _) in mask.entries().iter().enumerate().filter(|(_, keep)| **keep) {
        let (i, o) = (index / outputs, index % outputs);
        let (unit, neighbour) = if up { (i, o) } else { (o, i) };
        sums[unit].0 += neighbours[neighbour];
        sums[unit].1 += 1;
    }
    let mean =
        |(&(sum, n), &own): (&(f64, u32), &f64)| if n > 0 { sum / f64::from(n) } else { own };
    sums.iter().zip(own).map(mean).collect()
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
