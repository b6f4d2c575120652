//! Softmax and cross-entropy of one sample. Ten numbers: here clarity wins.

use super::update::Number;

/// Turns logits z into eᶻ⁻ᵐᵃˣ; returns their sum and the loss
/// ln Σ eᶻ - z\[label\].
fn exponentials(logits: &mut [f32], label: u8) -> (f32, f32) {
    let max = logits.iter().fold(f32::NEG_INFINITY, |max, &z| if z > max { z } else { max });
    let truth = logits[label as usize] - max;
    let mut sum = 0.0;
    for z in logits {
        *z = libm::expf(*z - max);
        sum += *z;
    }
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
