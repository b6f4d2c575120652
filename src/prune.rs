//! Scores × scope × rate → masks. Pure functions; exact counts by rank.

use std::ops::Range;

use crate::config::Scope;
use crate::mask::Mask;
use crate::network::Network;
use crate::rank::lowest;
use crate::scores;

/// SynFlow reaches its density in this many small steps (Tanaka et al. 2020).
const SYNFLOW_STEPS: usize = 100;

/// Layers that compete with each other, and how many weights they keep.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    layers: Range<usize>,
    keep: usize,
}

/// Prunes `masks` by one round: of each group of competing layers the
/// `round(rate × survivors)` survivors with the lowest score go, of equal
/// scores the one with the lower index (layer first, then row-major) first.
/// A layer keeps at least one weight. What is pruned stays pruned.
///
/// `scores` holds (inputs × outputs) numbers a layer, row-major, higher for
/// what is worth keeping; NaN counts as the lowest. `rates` holds one number a
/// layer; in the global scopes the first counts for all.
pub fn prune(masks: &[Mask], scores: &[Vec<f64>], scope: Scope, rates: &[f64]) -> Vec<Mask> {
    let mut masks = masks.to_vec();
    for group in groups(&masks, scope, rates) {
        keep_best(&mut masks, scores, &group);
    }
    masks
}

/// Prunes `masks` by one round with SynFlow, which looks at the weights that
/// are left again and again: from s survivors to e in 100 steps, step i leaving
/// `round(s · (e/s)^(i/100))`. `initial` is θ₀.
pub fn prune_by_synflow(
    masks: &[Mask],
    initial: &Network,
    scope: Scope,
    rates: &[f64],
) -> Vec<Mask> {
    let groups = groups(masks, scope, rates);
    let starts: Vec<usize> = groups.iter().map(|group| survivors(masks, group)).collect();
    let mut masks = masks.to_vec();
    for step in 1..=SYNFLOW_STEPS {
        let scores = scores::synflow(initial, &masks);
        for (group, &start) in groups.iter().zip(&starts) {
            let share = step as f64 / SYNFLOW_STEPS as f64;
            let ratio = group.keep as f64 / start as f64;
            let keep = libm::round(start as f64 * libm::pow(ratio, share)) as usize;
            let keep = keep.max(group.keep);
            keep_best(&mut masks, &scores, &Group { layers: group.layers.clone(), keep });
        }
    }
    masks
}

/// Which layers compete, and what each group keeps after one round.
fn groups(masks: &[Mask], scope: Scope, rates: &[f64]) -> Vec<Group> {
    let (compete, groups) = match scope {
        Scope::Layer => (1, masks.len()),
        Scope::Global => (masks.len(), 1),
        Scope::GlobalHidden => (masks.len() - 1, 1),
    };
    let group = |index: usize| {
        let mut group = Group { layers: index * compete..(index + 1) * compete, keep: 0 };
        let alive = survivors(masks, &group);
        let pruned = libm::round(rates[index.min(rates.len() - 1)] * alive as f64) as usize;
        group.keep = alive.saturating_sub(pruned).max(compete);
        group
    };
    (0..groups).map(group).collect()
}

fn survivors(masks: &[Mask], group: &Group) -> usize {
    masks[group.layers.clone()].iter().map(Mask::kept).sum()
}

/// Keeps the `group.keep` best of the group's survivors.
fn keep_best(masks: &mut [Mask], scores: &[Vec<f64>], group: &Group) {
    // What each survivor is worth, layer by layer.
    let mut worths = Vec::new();
    for layer in group.layers.clone() {
        let mut best = worths.len();
        for (&keep, &score) in masks[layer].entries().iter().zip(&scores[layer]) {
            if keep {
                worths.push(rankable(score));
                let last = worths.len() - 1;
                best = if worths[last] >= worths[best] { last } else { best };
            }
        }
        // The best of each layer stays whatever the others are worth.
        if let Some(best) = worths.get_mut(best) {
            *best = BEST;
        }
    }
    let goes = worths.len().saturating_sub(group.keep.max(group.layers.len()));
    let mut going = lowest(&worths, goes).into_iter().peekable();
    let mut place = 0;
    for mask in &mut masks[group.layers.clone()] {
        let mut entries = mask.entries().to_vec();
        for keep in &mut entries {
            if *keep {
                *keep = going.next_if_eq(&place).is_none();
                place += 1;
            }
        }
        let (inputs, outputs) = mask.shape();
        *mask = Mask::from_vec(inputs, outputs, entries).expect("the shape stays");
    }
}

/// Ranks above every score.
const BEST: f64 = f64::NAN;

/// A number that `total_cmp` ranks by value: one zero, NaN below all.
fn rankable(score: f64) -> f64 {
    if score.is_nan() { f64::NEG_INFINITY } else { score + 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn kept(masks: &[Mask]) -> Vec<usize> {
        masks.iter().map(Mask::kept).collect()
    }

    /// One layer of `n` weights, all kept.
    fn row(n: usize) -> Mask {
        Mask::ones(1, n)
    }

    #[test]
    fn the_papers_ladder_is_exact() {
        let mut masks = vec![Mask::ones(784, 300), Mask::ones(300, 100), Mask::ones(100, 10)];
        let scores: Vec<Vec<f64>> = masks
            .iter()
            .map(|m| (0..m.len()).map(|i| (i * 7919 % 1009) as f64).collect())
            .collect();
        for round in 1..=20 {
            let before = masks.clone();
            masks = prune(&masks, &scores, Scope::Layer, &[0.2, 0.2, 0.1]);
            assert!(masks.iter().zip(&before).all(|(new, old)| new.is_subset_of(old)));
            match round {
                1 => assert_eq!(kept(&masks), [188_160, 24_000, 900]),
                3 => assert_eq!(kept(&masks), [120_422, 15_360, 729]),
                7 => assert_eq!(kept(&masks), [49_325, 6_291, 478]),
                9 => assert_eq!(kept(&masks), [31_568, 4_026, 387]),
                15 => assert_eq!(kept(&masks), [8_275, 1_056, 206]),
                20 => assert_eq!(kept(&masks), [2_712, 346, 121]),
                _ => {}
            }
        }
    }

    #[test]
    fn the_lowest_go_and_of_equals_the_first() {
        let masks = prune(&[row(6)], &[vec![3.0, 1.0, 1.0, 0.0, 1.0, 2.0]], Scope::Layer, &[0.5]);
        assert_eq!(masks[0].entries(), [true, false, false, false, true, true]);
        let zeros = vec![0.0, -0.0, 0.0, -0.0, 0.0, -0.0];
        let all_equal = prune(&[row(6)], &[zeros], Scope::Layer, &[0.5]);
        assert_eq!(all_equal[0].entries(), [false, false, false, true, true, true]);
    }

    #[test]
    fn a_weight_that_is_zero_is_not_pruned_for_it() {
        let magnitudes = vec![0.0, 0.0, 0.0, 0.0, 5.0];
        assert_eq!(kept(&prune(&[row(5)], &[magnitudes], Scope::Layer, &[0.2])), [4]);
    }

    #[test]
    fn what_is_not_a_number_goes_first() {
        let masks = prune(&[row(3)], &[vec![-1e300, f64::NAN, -f64::NAN]], Scope::Layer, &[0.667]);
        assert_eq!(masks[0].entries(), [true, false, false]);
    }

    #[test]
    fn a_layer_is_never_emptied() {
        let mut masks = vec![row(5)];
        for _ in 0..10 {
            masks = prune(&masks, &[vec![1.0; 5]], Scope::Layer, &[0.9]);
        }
        assert_eq!(kept(&masks), [1]);
        // Globally the second layer would lose everything; its best stays, and
        // the count is made up elsewhere.
        let scores = [vec![5.0, 6.0, 7.0, 8.0], vec![0.1, 0.2]];
        let masks = prune(&[row(4), row(2)], &scores, Scope::Global, &[0.5]);
        assert_eq!(masks[1].entries(), [false, true]);
        assert_eq!(masks[0].entries(), [false, false, true, true]);
    }

    #[test]
    fn the_scopes_let_different_layers_compete() {
        let scores = [vec![1.0, 2.0, 3.0, 4.0], vec![5.0, 6.0, 7.0, 8.0], vec![0.0, 0.0]];
        let masks = [row(4), row(4), row(2)];
        let by = |scope| kept(&prune(&masks, &scores, scope, &[0.5, 0.25, 0.5]));
        assert_eq!(by(Scope::Layer), [2, 3, 1]);
        assert_eq!(by(Scope::Global), [1, 3, 1]);
        assert_eq!(by(Scope::GlobalHidden), [1, 3, 2]);
    }
}
