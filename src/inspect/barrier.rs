//! The straight line between two networks.

use crate::config::Config;
use crate::dataset::Dataset;
use crate::error::Error;
use crate::experiment::optimizer;
use crate::images::Labelled;
use crate::network::{Layer, Network};
use crate::tensor::Matrix;
use crate::trainer::Trainer;

/// Losses and errors on the straight line between two networks.
#[derive(Debug, Clone, PartialEq)]
pub struct Barrier {
    /// How far along the line, 0 for the first network, 1 for the second.
    pub alphas: Vec<f64>,
    /// Test error there, percent.
    pub errors: Vec<f64>,
    /// Highest error on the line minus the mean of its ends, percent points:
    /// below 2 counts as stable (Frankle et al. 2020, section 2).
    pub instability: f64,
}

/// The error barrier between two networks with the same masks, at `points`
/// (at least 2) evenly spaced points, on the test images.
///
/// # Errors
/// When the masks differ.
pub fn barrier(
    config: &Config,
    data: &Dataset,
    a: &Network,
    b: &Network,
    points: usize,
) -> Result<Barrier, Error> {
    if a.masks() != b.masks() {
        return Err(Error::shape(
            "Only two networks with the same masks have a straight line of that mask between them.",
        ));
    }
    let points = points.max(2);
    let alphas: Vec<f64> = (0..points).map(|i| i as f64 / (points - 1) as f64).collect();
    let test: &Labelled = data.test();
    let error = |&alpha: &f64| {
        let between = interpolate(a, b, alpha);
        let mut trainer = Trainer::new(&between, optimizer(config), config.batch);
        100.0 - trainer.evaluate(test, data.test_indices()).accuracy
    };
    let errors: Vec<f64> = alphas.iter().map(error).collect();
    let highest = errors.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let instability = highest - 0.5 * (errors[0] + errors[points - 1]);
    Ok(Barrier { alphas, errors, instability })
}

/// (1 − α) · a + α · b, exactly a and b at the ends.
fn interpolate(a: &Network, b: &Network, alpha: f64) -> Network {
    let mix = |a: &f32, b: &f32| match alpha {
        0.0 => *a,
        1.0 => *b,
        _ => ((1.0 - alpha) * f64::from(*a) + alpha * f64::from(*b)) as f32,
    };
    let layer = |(a, b): (&Layer, &Layer)| {
        let weights = a.weights().data().iter().zip(b.weights().data()).map(|(a, b)| mix(a, b));
        let biases = a.biases().iter().zip(b.biases()).map(|(a, b)| mix(a, b)).collect();
        Matrix::from_vec(a.inputs(), a.outputs(), weights.collect())
            .and_then(|weights| Layer::new(weights, biases, a.mask().clone()))
            .expect("both have one shape")
    };
    Network::new(a.layers().iter().zip(b.layers()).map(layer).collect()).expect("as a and b")
}
