//! Ranking by a number: the one place where ties are decided, and one copy of
//! the sort in the wasm. The order of values is that of [`f64::total_cmp`], so
//! that it is the same everywhere.

/// The places of `values`, the lowest value first, of equals the first.
pub(crate) fn ascending(values: &[f64]) -> Vec<u32> {
    let keys: Vec<u64> = values.iter().map(|value| total_order(*value)).collect();
    let mut places: Vec<u32> = (0..values.len() as u32).collect();
    let mut sorted = places.clone();
    // Byte by byte from the lowest; each pass leaves equals as they were.
    for shift in (0..64).step_by(8) {
        let byte = |place: u32| (keys[place as usize] >> shift & 255) as usize;
        let mut starts = [0usize; 257];
        places.iter().for_each(|&place| starts[byte(place) + 1] += 1);
        (1..257).for_each(|next| starts[next] += starts[next - 1]);
        for &place in &places {
            sorted[starts[byte(place)]] = place;
            starts[byte(place)] += 1;
        }
        std::mem::swap(&mut places, &mut sorted);
    }
    places
}

/// The places of the `count` lowest of `values`, of equals the first; in
/// ascending order of place. Time grows with the number of values only: the
/// bits of the last one that belongs to them are found byte by byte.
pub(crate) fn lowest(values: &[f64], count: usize) -> Vec<u32> {
    assert!(count <= values.len(), "no more can be lowest than there are");
    let keys: Vec<u64> = values.iter().map(|value| total_order(*value)).collect();
    // Keys that agree with `bound` in the bytes already known; how many of them belong to the lowest.
    let (mut bound, mut known, mut left) = (0u64, 0u64, count);
    for shift in (0..64).step_by(8).rev() {
        let mut counts = [0usize; 256];
        for key in keys.iter().filter(|key| *key & known == bound) {
            counts[(key >> shift & 255) as usize] += 1;
        }
        let mut byte = 0;
        while byte < 255 && counts[byte] <= left {
            left -= counts[byte];
            byte += 1;
        }
        bound |= (byte as u64) << shift;
        known |= 255 << shift;
    }
    let mut belongs = |key: u64| {
        let equal = key == bound && left > 0;
        left -= usize::from(equal);
        key < bound || equal
    };
    (0..).zip(keys).filter(|(_, key)| belongs(*key)).map(|(place, _)| place).collect()
}

/// A whole number that is ordered as `value` is by [`f64::total_cmp`].
fn total_order(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_lowest_comes_first_and_of_equals_the_first() {
        let values = [2.0, -1.0, f64::INFINITY, 0.0, -0.0, -1.0, f64::NEG_INFINITY, -2.0, 1e-310];
        assert_eq!(ascending(&values), [6, 7, 1, 5, 4, 3, 8, 0, 2]);
    }

    #[test]
    fn the_lowest_are_the_first_of_the_ascending() {
        // Few different values, so that many are equal; signs, zeros, subnormals, infinities.
        let some =
            [0.0, -0.0, 1.0, -1.5, 1e-310, f64::INFINITY, f64::NEG_INFINITY, 3.0, 1.0, f64::NAN];
        let values: Vec<f64> =
            (0..97).map(|i| some[i * 7 % some.len()] * (1 + i % 3) as f64).collect();
        for count in 0..=values.len() {
            let mut expected = ascending(&values)[..count].to_vec();
            expected.sort();
            assert_eq!(lowest(&values, count), expected, "{count}");
        }
    }
}
