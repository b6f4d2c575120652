//! What makes a weight worth keeping. Higher is better; [`crate::prune`] ranks.
//!
//! With θ₀ the initial, θ the trained weights, L the loss, g = ∂L/∂θ and H the
//! Hessian at θ₀:
//!
//! | score | formula | source |
//! |---|---|---|
//! | `magnitude` | \|θ\| | Frankle & Carbin 2019, section 2 (*large final* in Zhou et al. 2019) |
//! | `initial` | \|θ₀\| | Frankle & Carbin 2019, appendix F (*large init*) |
//! | `increase` | \|θ\| − \|θ₀\| | Zhou et al. 2019 (*magnitude increase*) |
//! | `movement` | \|θ − θ₀\| | Zhou et al. 2019 |
//! | `random` | uniform in [0, 1) | the baseline |
//! | `smallest` | −\|θ\| | Zhou et al. 2019 (*small final*); Frankle et al. 2021 (inverted) |
//! | `snip` | \|g ⊙ θ₀\| | Lee et al. 2019, *connection sensitivity*; its normalisation changes no rank |
//! | `grasp` | θ₀ ⊙ Hg | Wang et al. 2020, *gradient signal preservation* |
//! | `synflow` | \|∂R/∂θ ⊙ θ₀\|, R = 1ᵀ ∏ \|θ₀\| 1 | Tanaka et al. 2020, *synaptic flow* |
//!
//! GraSP's sign: taking weight q away changes ‖g‖² by −2 θ_q (Hg)_q to first
//! order. The paper's score S = −θ ⊙ Hg says how much the gradient's flow
//! *gains* from the removal, and it removes the highest S; so θ ⊙ Hg is what is
//! worth keeping.
//!
//! `initial` and the last three look only at θ₀, so that all their masks are
//! known before training. SNIP and GraSP look at ten training images a class.

mod exact;

use crate::config::Score;
use crate::dataset::Dataset;
use crate::images::{CLASSES, Labelled};
use crate::mask::Mask;
use crate::network::Network;
use crate::rng::{Purpose, Rng};
use exact::Loss;

/// Images of each class that SNIP and GraSP look at.
const EXAMPLES_PER_CLASS: usize = 10;
/// GraSP divides the logits by this (Wang et al. 2020, section 4).
const GRASP_TEMPERATURE: f64 = 200.0;

/// What a score may look at.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// θ₀, all weights.
    pub initial: &'a Network,
    /// θ after training; pruned weights are 0.
    pub trained: &'a Network,
    /// Where SNIP and GraSP take their examples from.
    pub data: &'a Dataset,
    /// The run's seed.
    pub seed: u32,
    /// The round whose masks are to be made.
    pub round: usize,
}

impl Score {
    /// Does this score look at θ₀ only, so that one can prune untrained?
    pub fn at_initialisation(self) -> bool {
        match self {
            Score::Initial | Score::Snip | Score::Grasp | Score::Synflow => true,
            Score::Magnitude
            | Score::Increase
            | Score::Movement
            | Score::Random
            | Score::Smallest => false,
        }
    }
}

/// The scores of all weights, per layer (inputs × outputs), row-major. For
/// `synflow` these are the first of the hundred looks that
/// [`crate::prune::prune_by_synflow`] takes.
pub fn scores(score: Score, evidence: &Evidence) -> Vec<Vec<f64>> {
    let of: fn(f64, f64) -> f64 = match score {
        Score::Magnitude => |now, _| now.abs(),
        Score::Initial => |_, then| then.abs(),
        Score::Increase => |now, then| now.abs() - then.abs(),
        Score::Movement => |now, then| (now - then).abs(),
        Score::Smallest => |now, _| -now.abs(),
        Score::Random => return random(evidence),
        Score::Snip | Score::Grasp => {
            let examples = examples(evidence.data, evidence.seed);
            let of = if score == Score::Snip { snip } else { grasp };
            return of(evidence.initial, evidence.data.pool(), &examples);
        }
        Score::Synflow => return synflow(evidence.initial, &evidence.initial.masks()),
    };
    let mut scores = Vec::new();
    for (now, then) in evidence.trained.layers().iter().zip(evidence.initial.layers()) {
        let pairs = now.weights().data().iter().zip(then.weights().data());
        scores.push(pairs.map(|(&now, &then)| of(now.into(), then.into())).collect());
    }
    scores
}

/// The first ten training images of each class in an order drawn from the
/// seed; fewer where a class has fewer.
fn examples(data: &Dataset, seed: u32) -> Vec<u32> {
    let mut order = data.training().to_vec();
    Rng::stream(seed, Purpose::ScoreExamples, 0).shuffle(&mut order);
    let mut taken = [0; CLASSES];
    order.retain(|&image| {
        let class = &mut taken[data.pool().labels()[image as usize] as usize];
        *class += 1;
        *class <= EXAMPLES_PER_CLASS
    });
    order
}

fn random(evidence: &Evidence) -> Vec<Vec<f64>> {
    let layers = evidence.initial.layers().iter().enumerate();
    let layer = |(index, layer): (usize, &crate::Layer)| {
        let mut rng = Rng::of_layer(evidence.seed, Purpose::RandomMask, evidence.round, index);
        (0..layer.mask().len()).map(|_| rng.uniform()).collect()
    };
    layers.map(layer).collect()
}

/// Connection sensitivity |g ⊙ θ| on the images `examples` of `data`.
pub fn snip(network: &Network, data: &Labelled, examples: &[u32]) -> Vec<Vec<f64>> {
    let gradient = Loss { network, data, examples, temperature: 1.0 }.gradient();
    let mut scores = times_weights(network, gradient);
    scores.iter_mut().flatten().for_each(|score| *score = score.abs());
    scores
}

/// θ ⊙ Hg on the images `examples` of `data`, with logits divided by 200.
pub fn grasp(network: &Network, data: &Labelled, examples: &[u32]) -> Vec<Vec<f64>> {
    let loss = Loss { network, data, examples, temperature: GRASP_TEMPERATURE };
    times_weights(network, loss.hessian_product(&loss.gradient()))
}

fn times_weights(network: &Network, mut factors: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for (layer, factors) in network.layers().iter().zip(&mut factors) {
        for (factor, &weight) in factors.iter_mut().zip(layer.weights().data()) {
            *factor *= f64::from(weight);
        }
    }
    factors
}

/// Path strength through each weight: with a unit's reach the sum over all
/// paths from an input to it of the product of |θ|, and its outlet the same to
/// an output, the score is reach · |θ| · outlet. In `f64`: products over
/// layers overflow an `f32`. Biases are left out.
pub fn synflow(network: &Network, masks: &[Mask]) -> Vec<Vec<f64>> {
    // |θ| of each layer; the rest is done in place.
    let mut scores: Vec<Vec<f64>> = Vec::new();
    for (layer, mask) in network.layers().iter().zip(masks) {
        let weights = layer.weights().data().iter().zip(mask.entries());
        scores.push(weights.map(|(w, &keep)| if keep { w.abs().into() } else { 0.0 }).collect());
    }
    let sizes = network.sizes();
    let mut outlets: Vec<Vec<f64>> = sizes.iter().map(|&units| vec![1.0; units]).collect();
    for layer in (0..scores.len()).rev() {
        let (below, above) = outlets.split_at_mut(layer + 1);
        for (outlet, row) in
            below[layer].iter_mut().zip(scores[layer].chunks_exact(sizes[layer + 1]))
        {
            *outlet = row.iter().zip(&above[0]).map(|(strength, outlet)| strength * outlet).sum();
        }
    }
    let mut reach = vec![1.0; sizes[0]];
    for (layer, score) in scores.iter_mut().enumerate() {
        let mut next = vec![0.0; sizes[layer + 1]];
        for (row, reach) in score.chunks_exact_mut(next.len()).zip(&reach) {
            for ((score, next), outlet) in row.iter_mut().zip(&mut next).zip(&outlets[layer + 1]) {
                let arriving = reach * *score;
                *next += arriving;
                *score = arriving * outlet;
            }
        }
        reach = next;
    }
    scores
}

#[cfg(test)]
mod tests;
