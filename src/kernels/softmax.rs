//! Softmax and cross-entropy of one sample.

use super::update::Number;
use wide::{f32x4, i32x4};

/// eˣ for x not above 0: the algorithm and the bits of [`libm::expf`], but
/// four at a time and without its branches, which cost more than all the rest
/// of a softmax.
#[inline(always)]
fn exp(x: f32x4) -> f32x4 {
    let [half, one, two] = [0.5, 1.0, 2.0].map(f32x4::splat);
    // x = k ln 2 + r, |r| at most half of ln 2; ln 2 in two parts, so that
    // `high` is exact.
    let k = (x * f32x4::splat(std::f32::consts::LOG2_E) - half).trunc_int();
    let k_number = k.round_float();
    let high = x - k_number * f32x4::splat(0.693_145_75);
    let low = k_number * f32x4::splat(1.428_606_8e-6);
    let r = high - low;
    let square = r * r;
    let polynomial = f32x4::splat(0.166_666_25) + square * f32x4::splat(-0.002_766_733_3);
    let c = r - square * polynomial;
    let y = one + (r * c / (two - c) - low + high);
    // 2ᵏ in two factors: what becomes subnormal is rounded once.
    let power: f32x4 = bytemuck::cast((k + i32x4::splat(127 + 64)) << 23);
    let y = y * power * f32x4::splat(5.421_011e-20); // 2⁻⁶⁴
    let tiny = x.simd_ge(f32x4::splat(-1.220_703_1e-4)); // 2⁻¹³
    let zero = x.simd_le(f32x4::splat(-103.972_084));
    (tiny & (one + x)) | (!(tiny | zero) & y)
}

/// Turns logits z into eᶻ⁻ᵐᵃˣ; returns their sum and the loss
/// ln Σ eᶻ - z\[label\].
fn exponentials(logits: &mut [f32], label: u8) -> (f32, f32) {
    let max = logits.iter().fold(f32::NEG_INFINITY, |max, &z| if z > max { z } else { max });
    let truth = logits[label as usize] - max;
    let mut sum = 0.0;
    let (fours, rest) = logits.as_chunks_mut::<4>();
    fours.iter_mut().for_each(|z| *z = exp(f32x4::new(*z) - f32x4::splat(max)).to_array());
    rest.iter_mut().for_each(|z| *z = libm::expf(*z - max));
    logits.iter().for_each(|z| sum += z);
    (sum, libm::logf(sum) - truth)
}

/// Loss of one sample; turns its `logits` into the loss's gradient with
/// respect to them, times `scale`: (softmax(z) - onehot(label)) · scale.
pub fn loss_and_gradient(logits: &mut [f32], label: u8, scale: f32) -> f32 {
    let (sum, loss) = exponentials(logits, label);
    for (class, z) in logits.iter_mut().enumerate() {
        let truth = if class == label as usize { 1.0 } else { 0.0 };
        *z = ((*z / sum - truth) * scale).settle();
    }
    loss
}

/// The same for up to four samples at once, one a lane: their losses;
/// `logits` (classes) become the gradients, +0 in lanes without a label.
pub fn losses_and_gradients(logits: &mut [f32x4], labels: &[u8], scale: f32) -> [f32; 4] {
    let lowest = f32x4::splat(f32::NEG_INFINITY);
    let max = logits.iter().fold(lowest, |max, &z| z.simd_gt(max).bitselect(z, max));
    let mut truths = [0.0; 4];
    for (lane, &label) in labels.iter().enumerate() {
        truths[lane] = (logits[label as usize] - max).to_array()[lane];
    }
    let mut sum = f32x4::ZERO;
    for z in logits.iter_mut() {
        *z = exp(*z - max);
        sum += *z;
    }
    for (class, z) in logits.iter_mut().enumerate() {
        let is_truth = |lane| labels.get(lane).is_some_and(|&label| label as usize == class);
        let truth = f32x4::new(std::array::from_fn(|lane| f32::from(u8::from(is_truth(lane)))));
        *z = ((*z / sum - truth) * f32x4::splat(scale)).settle();
        z.as_mut_array()[labels.len()..].fill(0.0);
    }
    let sums = sum.to_array();
    std::array::from_fn(|lane| libm::logf(sums[lane]) - truths[lane])
}

/// Loss of one sample, and whether its largest logit (the first of equals) is
/// the label's. Spoils `logits`.
pub fn loss_and_hit(logits: &mut [f32], label: u8) -> (f32, bool) {
    let mut best = 0;
    for (class, &z) in logits.iter().enumerate() {
        if z > logits[best] {
            best = class;
        }
    }
    (exponentials(logits, label).1, best == label as usize)
}

/// Mean of `losses`, summed in order.
pub fn mean(losses: &[f32]) -> f32 {
    losses.iter().fold(0.0, |sum, loss| sum + loss) / losses.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_exponential_has_the_bits_of_the_scalar_one() {
        // Every 251st number from -0 to -∞, and all around where it branches.
        let edges = [0x3900_0000, 0x3eb1_7218, 0x3f85_1592, 0x42ae_ac50, 0x42cf_f1b5, 0x7f80_0000];
        let near = edges.iter().flat_map(|&edge: &u32| edge - 999..=edge + 999);
        for bits in (0..=f32::INFINITY.to_bits()).step_by(251).chain(near) {
            let x = -f32::from_bits(bits.min(f32::INFINITY.to_bits()));
            let [found, ..] = exp(f32x4::splat(x)).to_array();
            assert_eq!(found.to_bits(), libm::expf(x).to_bits(), "{x}");
        }
        assert!(exp(f32x4::splat(f32::NAN)).to_array()[0].is_nan());
    }

    #[test]
    fn four_samples_at_once_have_the_bits_of_one_after_the_other() {
        let logit = |class: usize, lane: usize| ((class * 7 + lane * 13) % 23) as f32 * 0.77 - 6.0;
        for labels in [&[3, 0, 9, 5][..], &[1, 8]] {
            let mut four: [f32x4; 10] = std::array::from_fn(|class| {
                f32x4::new(std::array::from_fn(|lane| logit(class, lane)))
            });
            let losses = losses_and_gradients(&mut four, labels, 1.0 / 60.0);
            for (lane, &label) in labels.iter().enumerate() {
                let mut one: [f32; 10] = std::array::from_fn(|class| logit(class, lane));
                let loss = loss_and_gradient(&mut one, label, 1.0 / 60.0);
                assert_eq!(losses[lane].to_bits(), loss.to_bits());
                let found = four.map(|z| z.to_array()[lane].to_bits());
                assert_eq!(found, one.map(f32::to_bits), "{labels:?} {lane}");
            }
            let beyond = |z: &f32x4| z.to_array()[labels.len()..].iter().all(|g| g.to_bits() == 0);
            assert!(four.iter().all(beyond));
        }
    }

    #[test]
    fn equal_logits_cost_the_logarithm_of_the_classes() {
        let mut z = [3.0f32; 10];
        let loss = loss_and_gradient(&mut z, 4, 0.5);
        assert!((loss - 10f32.ln()).abs() < 1e-6);
        assert!((z[4] + 0.45).abs() < 1e-6 && (z[0] - 0.05).abs() < 1e-6);
    }

    #[test]
    fn huge_logits_do_not_overflow_and_the_gradient_sums_to_zero() {
        let mut z = [1000.0, -1000.0, 999.0];
        let loss = loss_and_gradient(&mut z, 2, 1.0);
        assert!((loss - 1.313_261_7).abs() < 1e-5, "{loss}");
        assert!(z.iter().sum::<f32>().abs() < 1e-6);
    }

    #[test]
    fn the_first_of_equal_logits_wins() {
        assert!(loss_and_hit(&mut [0.0, 2.0, 2.0], 1).1);
        assert!(!loss_and_hit(&mut [0.0, 2.0, 2.0], 2).1);
    }
}
