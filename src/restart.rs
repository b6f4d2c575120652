//! What survivors restart from. Pure functions of (config, round, masks, θ₀).
//!
//! Every draw covers the whole layer before the mask is applied, so that the
//! numbers a survivor gets do not depend on who else survived.

use crate::config::{Config, Init};
use crate::mask::Mask;
use crate::network::{Layer, Network};
use crate::rng::{Purpose, Rng};
use crate::tensor::Matrix;

/// θ₀ of a run: Gaussian weights of standard deviation [`sigma`], drawn
/// row-major from the stream (seed, Initial, layer); biases 0; all weights
/// kept.
pub fn initial(config: &Config) -> Network {
    let masks: Vec<Mask> =
        config.sizes.windows(2).map(|pair| Mask::ones(pair[0], pair[1])).collect();
    draw(config, Purpose::Initial, 0, &masks)
}

/// Standard deviation of the initial weights of a layer: √(2 / (inputs +
/// outputs)) for Glorot, √(2 / inputs) for He.
pub fn sigma(init: Init, inputs: usize, outputs: usize) -> f64 {
    let spread = match init {
        Init::Glorot => inputs + outputs,
        Init::He => inputs,
    };
    (2.0 / spread as f64).sqrt()
}

/// A fresh draw from the initial distribution under `masks`: the paper's
/// control (section 2). Biases 0.
pub fn reinitialise(config: &Config, round: usize, masks: &[Mask]) -> Network {
    draw(config, Purpose::Reinitialise, round, masks)
}

/// A fresh draw from the survivors' own initial values, layer by layer, with
/// replacement (paper, appendix F, figure 17). Biases as in `theta0`.
pub fn from_survivors(config: &Config, round: usize, masks: &[Mask], theta0: &Network) -> Network {
    change(theta0, masks, &|index, layer, mask| {
        let pairs = layer.weights().data().iter().zip(mask.entries());
        let pool: Vec<f32> = pairs.filter(|(_, keep)| **keep).map(|(w, _)| *w).collect();
        let mut rng = Rng::of_layer(config.seed, Purpose::Survivors, round, index);
        (0..mask.len()).map(|_| pool[rng.below(pool.len() as u32) as usize]).collect()
    })
}

/// The initial signs with one size, the initial distribution's standard
/// deviation (Zhou et al. 2019, *signed constant*). Biases as in `theta0`.
pub fn signs(config: &Config, masks: &[Mask], theta0: &Network) -> Network {
    change(theta0, masks, &|_, layer, _| {
        let size = sigma(config.init, layer.inputs(), layer.outputs()) as f32;
        layer.weights().data().iter().map(|w| if *w < 0.0 { -size } else { size }).collect()
    })
}

/// θ₀ with Gaussian noise of [`Config::noise`] standard deviations of the
/// initial distribution (paper, appendix F, figure 25). Biases as in `theta0`.
pub fn noise(config: &Config, round: usize, masks: &[Mask], theta0: &Network) -> Network {
    change(theta0, masks, &|index, layer, _| {
        let size = config.noise * sigma(config.init, layer.inputs(), layer.outputs());
        let mut rng = Rng::of_layer(config.seed, Purpose::Noise, round, index);
        let weights = layer.weights().data().iter();
        weights.map(|&w| (f64::from(w) + size * rng.normal()) as f32).collect()
    })
}

/// `network` under `masks`: rewinding, or keeping the trained weights.
pub fn keep(network: &Network, masks: &[Mask]) -> Network {
    network.masked(masks).expect("the masks are the network's")
}

/// Each layer's mask with its entries in random order (Frankle et al. 2021,
/// *shuffle*): as many survivors, elsewhere.
pub fn shuffled(config: &Config, round: usize, masks: &[Mask]) -> Vec<Mask> {
    reorder(config, Purpose::ShuffleMask, round, masks)
}

/// A random mask with as many survivors in each layer (paper, section 1 and
/// figure 14, *random sparsity*).
pub fn random_masks(config: &Config, round: usize, masks: &[Mask]) -> Vec<Mask> {
    reorder(config, Purpose::RandomMask, round, masks)
}

fn draw(config: &Config, purpose: Purpose, round: usize, masks: &[Mask]) -> Network {
    let mut layers = Vec::new();
    for (index, mask) in masks.iter().enumerate() {
        let (inputs, outputs) = mask.shape();
        let size = sigma(config.init, inputs, outputs);
        let mut rng = Rng::of_layer(config.seed, purpose, round, index);
        let weights = (0..mask.len()).map(|_| (size * rng.normal()) as f32).collect();
        layers.push(build(mask, weights, vec![0.0; outputs]));
    }
    Network::new(layers).expect("the masks fit each other")
}

/// `theta0` with other weights, layer by layer, under `masks`.
fn change(
    theta0: &Network,
    masks: &[Mask],
    weights: &dyn Fn(usize, &Layer, &Mask) -> Vec<f32>,
) -> Network {
    let mut layers = Vec::new();
    for (index, (layer, mask)) in theta0.layers().iter().zip(masks).enumerate() {
        layers.push(build(mask, weights(index, layer, mask), layer.biases().to_vec()));
    }
    Network::new(layers).expect("the masks are the network's")
}

fn build(mask: &Mask, weights: Vec<f32>, biases: Vec<f32>) -> Layer {
    let (inputs, outputs) = mask.shape();
    Matrix::from_vec(inputs, outputs, weights)
        .and_then(|weights| Layer::new(weights, biases, mask.clone()))
        .expect("one weight an entry of the mask")
}

fn reorder(config: &Config, purpose: Purpose, round: usize, masks: &[Mask]) -> Vec<Mask> {
    let layer = |(index, mask): (usize, &Mask)| {
        let mut keep = mask.entries().to_vec();
        Rng::of_layer(config.seed, purpose, round, index).shuffle(&mut keep);
        let (inputs, outputs) = mask.shape();
        Mask::from_vec(inputs, outputs, keep).expect("the shape stays")
    };
    masks.iter().enumerate().map(layer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn config() -> Config {
        Config::from_address("data=own&sizes=40-30-10&seed=3&noise=0.5").unwrap()
    }

    /// Every third weight kept.
    fn thirds(config: &Config) -> Vec<Mask> {
        let mask = |pair: &[usize]| {
            let keep = (0..pair[0] * pair[1]).map(|i| i % 3 == 0).collect();
            Mask::from_vec(pair[0], pair[1], keep).unwrap()
        };
        config.sizes.windows(2).map(mask).collect()
    }

    /// (θ₀, now) of every survivor of layer `layer`.
    fn survivors(theta0: &Network, now: &Network, layer: usize) -> Vec<(f32, f32)> {
        let (then, now) = (&theta0.layers()[layer], &now.layers()[layer]);
        let pairs = then.weights().data().iter().zip(now.weights().data());
        pairs
            .zip(now.mask().entries())
            .filter(|(_, keep)| **keep)
            .map(|((a, b), _)| (*a, *b))
            .collect()
    }

    fn deviation(values: impl Iterator<Item = f32> + Clone) -> f64 {
        let n = values.clone().count() as f64;
        (values.map(|x| f64::from(x).powi(2)).sum::<f64>() / n).sqrt()
    }

    #[test]
    fn initial_weights_have_their_layers_spread_and_biases_are_zero() {
        for (init, expected) in [("glorot", 0.169), ("he", 0.2236)] {
            let config =
                Config { init: crate::config::Choice::from_name(init).unwrap(), ..config() };
            let theta0 = initial(&config);
            let spread = deviation(theta0.layers()[0].weights().data().iter().copied());
            assert!((spread / expected - 1.0).abs() < 0.05, "{init}: {spread}");
            assert!(theta0.layers().iter().all(|layer| layer.biases().iter().all(|b| *b == 0.0)));
        }
        assert_ne!(initial(&config()), initial(&Config { seed: 4, ..config() }));
        assert_eq!(initial(&config()), initial(&config()));
    }

    #[test]
    fn a_reinitialised_network_has_the_same_mask_and_other_weights_of_the_same_spread() {
        let config = config();
        let (theta0, masks) = (initial(&config), thirds(&config));
        let fresh = reinitialise(&config, 1, &masks);
        assert_eq!(fresh.masks(), masks);
        let pairs = survivors(&theta0, &fresh, 0);
        assert!(pairs.iter().all(|(then, now)| then != now));
        assert!((deviation(pairs.iter().map(|p| p.1)) / 0.169 - 1.0).abs() < 0.15);
    }

    #[test]
    fn survivors_values_come_from_survivors() {
        let config = config();
        let (theta0, masks) = (initial(&config), thirds(&config));
        let drawn = from_survivors(&config, 1, &masks, &theta0);
        let pairs = survivors(&theta0, &drawn, 0);
        assert!(pairs.iter().all(|(_, now)| pairs.iter().any(|(then, _)| then == now)));
        assert!(pairs.iter().filter(|(then, now)| then == now).count() < 10);
        assert_eq!(drawn.masks(), masks);
    }

    #[test]
    fn signs_stay_and_sizes_become_one() {
        let config = config();
        let (theta0, masks) = (initial(&config), thirds(&config));
        let size = sigma(Init::Glorot, 40, 30) as f32;
        for (then, now) in survivors(&theta0, &signs(&config, &masks, &theta0), 0) {
            assert_eq!(now, size.copysign(then));
        }
    }

    #[test]
    fn noise_has_the_size_asked_for() {
        let config = config();
        let (theta0, masks) = (initial(&config), thirds(&config));
        let pairs = survivors(&theta0, &noise(&config, 1, &masks, &theta0), 0);
        let size = deviation(pairs.iter().map(|(then, now)| now - then));
        assert!((size / (0.5 * sigma(Init::Glorot, 40, 30)) - 1.0).abs() < 0.15, "{size}");
        let silent = Config { noise: 0.0, ..config };
        assert_eq!(noise(&silent, 1, &masks, &theta0), keep(&theta0, &masks));
    }

    #[test]
    fn moved_masks_keep_their_counts_and_really_move() {
        let config = config();
        let masks = thirds(&config);
        let shuffled = shuffled(&config, 1, &masks);
        let random = random_masks(&config, 1, &masks);
        for moved in [&shuffled, &random] {
            for (new, old) in moved.iter().zip(&masks) {
                assert_eq!(new.kept(), old.kept());
                let shared = new.entries().iter().zip(old.entries()).filter(|(a, b)| **a && **b);
                assert!(shared.count() < old.kept() / 2);
            }
        }
        assert_ne!(shuffled, random);
    }

    #[test]
    fn every_round_and_seed_draws_anew() {
        let config = config();
        let (theta0, masks) = (initial(&config), thirds(&config));
        type Draw<'a> = &'a dyn Fn(&Config, usize) -> Network;
        let networks: [Draw; 5] = [
            &|config, round| reinitialise(config, round, &masks),
            &|config, round| from_survivors(config, round, &masks, &theta0),
            &|config, round| noise(config, round, &masks, &theta0),
            &|config, round| keep(&theta0, &shuffled(config, round, &masks)),
            &|config, round| keep(&theta0, &random_masks(config, round, &masks)),
        ];
        let other_seed = Config { seed: 4, ..config.clone() };
        for (index, draw) in networks.iter().enumerate() {
            assert_eq!(draw(&config, 1), draw(&config, 1), "{index}");
            assert_ne!(draw(&config, 1), draw(&config, 2), "{index}");
            assert_ne!(draw(&config, 1), draw(&other_seed, 1), "{index}");
        }
    }

    #[test]
    fn rewinding_gives_back_every_bit() {
        let config = config();
        let (theta0, masks) = (initial(&config), thirds(&config));
        let rewound = keep(&theta0, &masks);
        for layer in 0..2 {
            for (then, now) in survivors(&theta0, &rewound, layer) {
                assert_eq!(then.to_bits(), now.to_bits());
            }
            assert_eq!(rewound.layers()[layer].biases(), theta0.layers()[layer].biases());
        }
    }
}
