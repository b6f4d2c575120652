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
//! | `snip` | \|g ⊙ θ₀\| | Lee et al. 2019, equation 4; its normalisation changes no rank |
//! | `grasp` | θ₀ ⊙ Hg | Wang et al. 2020, equation 8 |
//! | `synflow` | \|∂R/∂θ ⊙ θ₀\|, R = 1ᵀ ∏ \|θ₀\| 1 | Tanaka et al. 2020, equation 6 |
//!
//! GraSP's sign: taking weight q away changes ‖g‖² by −2 θ_q (Hg)_q to first
//! order. The paper's score S = −θ ⊙ Hg says how much the gradient's flow
//! *gains* from the removal, and it removes the highest S; so θ ⊙ Hg is what is
//! worth keeping.
//!
//! The last three look only at θ₀ and so prune at initialisation. SNIP and
//! GraSP look at ten training images a class.

mod exact;

use crate::config::Score;
use crate::dataset::{CLASSES, Dataset, Labelled};
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
        matches!(self, Score::Initial | Score::Snip | Score::Grasp | Score::Synflow)
    }
}

/// The scores of all weights, per layer (inputs × outputs), row-major. For
/// `synflow` these are the first of the hundred looks that
/// [`crate::prune::prune_by_synflow`] takes.
pub fn scores(score: Score, evidence: &Evidence) -> Vec<Vec<f64>> {
    let each = |of: fn(f64, f64) -> f64| {
        let layers = evidence.trained.layers().iter().zip(evidence.initial.layers());
        let layer = |(now, then): (&crate::Layer, &crate::Layer)| {
            let pairs = now.weights().data().iter().zip(then.weights().data());
            pairs.map(|(&now, &then)| of(f64::from(now), f64::from(then))).collect()
        };
        layers.map(layer).collect()
    };
    match score {
        Score::Magnitude => each(|now, _| now.abs()),
        Score::Initial => each(|_, then| then.abs()),
        Score::Increase => each(|now, then| now.abs() - then.abs()),
        Score::Movement => each(|now, then| (now - then).abs()),
        Score::Smallest => each(|now, _| -now.abs()),
        Score::Random => random(evidence),
        Score::Snip | Score::Grasp => {
            let examples = examples(evidence.data, evidence.seed);
            let of = if score == Score::Snip { snip } else { grasp };
            of(evidence.initial, evidence.data.pool(), &examples)
        }
        Score::Synflow => synflow(evidence.initial, &evidence.initial.masks()),
    }
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
        let name = (evidence.round * 64 + index) as u64;
        let mut rng = Rng::stream(evidence.seed, Purpose::RandomMask, name);
        (0..layer.mask().len()).map(|_| rng.uniform()).collect()
    };
    layers.map(layer).collect()
}

/// Connection sensitivity |g ⊙ θ| on the images `examples` of `data`.
pub fn snip(network: &Network, data: &Labelled, examples: &[u32]) -> Vec<Vec<f64>> {
    let gradient = Loss { network, data, examples, temperature: 1.0 }.gradient();
    times_weights(network, gradient)
        .into_iter()
        .map(|layer| layer.into_iter().map(f64::abs).collect())
        .collect()
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
    let layers: Vec<_> = network.layers().iter().zip(masks).collect();
    let strength = |layer: usize, i: usize, o: usize| {
        let (layer, mask) = layers[layer];
        let outputs = layer.outputs();
        if mask.keeps(i, o) {
            f64::from(layer.weights().data()[i * outputs + o].abs())
        } else {
            0.0
        }
    };
    let mut outlets = vec![vec![1.0; layers[layers.len() - 1].0.outputs()]];
    for index in (0..layers.len()).rev() {
        let above = &outlets[outlets.len() - 1];
        let sum =
            |i| above.iter().enumerate().map(|(o, outlet)| strength(index, i, o) * outlet).sum();
        outlets.push((0..layers[index].0.inputs()).map(sum).collect());
    }
    outlets.reverse();
    let mut reach = vec![1.0; layers[0].0.inputs()];
    let mut scores = Vec::new();
    for (index, (layer, _)) in layers.iter().enumerate() {
        let mut next = vec![0.0; layer.outputs()];
        let mut score = Vec::with_capacity(layer.mask().len());
        for (i, reach) in reach.iter().enumerate() {
            for (o, next) in next.iter_mut().enumerate() {
                let arriving = reach * strength(index, i, o);
                *next += arriving;
                score.push(arriving * outlets[index + 1][o]);
            }
        }
        scores.push(score);
        reach = next;
    }
    scores
}

#[cfg(test)]
mod tests;
