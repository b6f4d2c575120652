//! What training promises, whatever the kernels.

use lottery_ticket::{
    Images, Labelled, Layer, Mask, Matrix, Network, Optimizer, Path, Purpose, Rng, Trainer,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PATHS: [Path; 3] = [Path::Naive, Path::Dense, Path::Sparse];
const OPTIMIZERS: [Optimizer; 3] =
    [Optimizer::Adam, Optimizer::Sgd { momentum: 0.9 }, Optimizer::Sgd { momentum: 0.0 }];

/// `examples` images of `pixels` pixels, most of them dark as in MNIST, the
/// last never lit; labels below `classes`.
fn data(rng: &mut Rng, examples: usize, pixels: usize, classes: usize) -> Labelled {
    let mut grey = vec![0; examples * pixels];
    for (at, value) in grey.iter_mut().enumerate() {
        if rng.uniform() < 0.4 && at % pixels + 1 < pixels.max(2) {
            *value = rng.below(256) as u8;
        }
    }
    let labels = (0..examples).map(|_| rng.below(classes as u32) as u8).collect();
    Labelled::new(Images::from_pixels(1, pixels, &grey).unwrap(), labels).unwrap()
}

/// A network of `sizes` that keeps each weight with probability `kept`.
fn network(rng: &mut Rng, sizes: &[usize], kept: f64) -> Network {
    let layers = sizes.windows(2).map(|pair| {
        let (inputs, outputs) = (pair[0], pair[1]);
        let spread = (2.0 / (inputs + outputs) as f64).sqrt();
        let mut draw = |count: usize, spread: f64| -> Vec<f32> {
            (0..count).map(|_| (rng.normal() * spread) as f32).collect()
        };
        let weights = Matrix::from_vec(inputs, outputs, draw(inputs * outputs, spread)).unwrap();
        let biases = draw(outputs, 0.1);
        let keep = (0..inputs * outputs).map(|_| rng.uniform() < kept).collect();
        Layer::new(weights, biases, Mask::from_vec(inputs, outputs, keep).unwrap()).unwrap()
    });
    Network::new(layers.collect()).unwrap()
}

/// `count` batches of `size` examples out of `examples`.
fn batches(rng: &mut Rng, count: usize, size: usize, examples: usize) -> Vec<Vec<u32>> {
    (0..count).map(|_| (0..size).map(|_| rng.below(examples as u32)).collect()).collect()
}

#[test]
fn the_gradient_is_that_of_the_loss() {
    let mut rng = Rng::stream(11, Purpose::Initial, 0);
    for kept in [1.0, 0.5] {
        let net = network(&mut rng, &[9, 8, 7, 5], kept);
        let data = data(&mut rng, 40, 9, 5);
        let batch: Vec<u32> = (0..13).collect();
        let loss =
            |net: &Network| Trainer::new(net, Optimizer::Adam, 1).evaluate(&data, &batch).loss;
        let gradients = Trainer::new(&net, Optimizer::Adam, 13).gradients(&data, &batch);
        assert!((gradients.loss as f64 - loss(&net)).abs() < 1e-6);
        // Central differences, with all masks open so that pruned weights can move.
        let h = 2e-4;
        let moved = |layer: usize, at: usize, by: f32| {
            let layers = net.layers().iter().enumerate().map(|(index, old)| {
                let (inputs, outputs) = old.weights().shape();
                let (mut weights, mut biases) = (old.weights().clone(), old.biases().to_vec());
                if index == layer {
                    match at.checked_sub(inputs * outputs) {
                        None => weights.data_mut()[at] += by,
                        Some(bias) => biases[bias] += by,
                    }
                }
                Layer::new(weights, biases, Mask::ones(inputs, outputs)).unwrap()
            });
            Network::new(layers.collect()).unwrap()
        };
        for layer in 0..3 {
            let all = gradients.weights[layer].data().iter().chain(&gradients.biases[layer]);
            for (at, &gradient) in all.enumerate() {
                let slope =
                    (loss(&moved(layer, at, h)) - loss(&moved(layer, at, -h))) / (2.0 * h as f64);
                assert!(
                    (slope - gradient as f64).abs() < 1e-3 + 0.01 * slope.abs(),
                    "layer {layer}, parameter {at}: {gradient}, but the loss slopes by {slope}"
                );
            }
        }
    }
}

#[test]
fn a_pruned_weight_is_zero_after_every_step_and_survivors_move() {
    let mut rng = Rng::stream(12, Purpose::Initial, 0);
    let net = network(&mut rng, &[20, 12, 8, 4], 0.4);
    let data = data(&mut rng, 60, 20, 4);
    for path in PATHS {
        for optimizer in OPTIMIZERS {
            let mut trainer = Trainer::with_path(&net, optimizer, 10, path);
            for batch in batches(&mut rng, 20, 10, 60) {
                trainer.step(&data, &batch, 0.01);
                for layer in trainer.network().layers() {
                    for (weight, keep) in layer.weights().data().iter().zip(layer.mask().entries())
                    {
                        assert!(*keep || weight.to_bits() == 0, "{path:?} {optimizer:?}: {weight}");
                    }
                }
            }
            let after = trainer.network();
            for (old, new) in net.layers().iter().zip(after.layers()) {
                let moved = |sign: f32| {
                    let pairs = old.weights().data().iter().zip(new.weights().data());
                    pairs.filter(|(old, new)| **old * sign > 0.0 && old != new).count()
                };
                assert!(moved(1.0) > 0 && moved(-1.0) > 0, "{path:?} {optimizer:?}");
            }
        }
    }
}

#[test]
fn training_lowers_the_loss() {
    let mut rng = Rng::stream(13, Purpose::Initial, 0);
    let net = network(&mut rng, &[20, 30, 4], 0.5);
    let data = data(&mut rng, 40, 20, 4);
    let all: Vec<u32> = (0..40).collect();
    for path in PATHS {
        for optimizer in OPTIMIZERS {
            let mut trainer = Trainer::with_path(&net, optimizer, 8, path);
            let before = trainer.evaluate(&data, &all);
            let lr = if optimizer == Optimizer::Adam { 0.01 } else { 0.1 };
            for batch in batches(&mut rng, 300, 8, 40) {
                trainer.step(&data, &batch, lr);
            }
            let after = trainer.evaluate(&data, &all);
            assert!(after.loss < 0.8 * before.loss, "{path:?} {optimizer:?}: {after:?}");
            assert!(after.accuracy > before.accuracy);
        }
    }
}

#[test]
fn training_that_diverges_says_so_and_keeps_its_last_finite_state() {
    let mut rng = Rng::stream(14, Purpose::Initial, 0);
    let net = network(&mut rng, &[20, 12, 4], 1.0);
    let data = data(&mut rng, 40, 20, 4);
    for path in PATHS {
        let mut trainer = Trainer::with_path(&net, Optimizer::Sgd { momentum: 0.9 }, 8, path);
        let diverged = batches(&mut rng, 200, 8, 40).iter().any(|batch| {
            let before = trainer.state();
            let loss = trainer.step(&data, batch, 1e20);
            !loss.is_finite() && trainer.state() == before
        });
        assert!(diverged, "{path:?}");
    }
}

/// One step a batch.
fn train(trainer: &mut Trainer, data: &Labelled, batches: &[Vec<u32>]) {
    for batch in batches {
        trainer.step(data, batch, 0.01);
    }
}

/// Trains along every path and demands the bits of the naive one: losses,
/// parameters, optimiser state and evaluation.
fn assert_same_bits(net: &Network, optimizer: Optimizer, data: &Labelled, batches: &[Vec<u32>]) {
    let some: Vec<u32> = (0..data.len() as u32).rev().collect();
    let run = |path| {
        let mut trainer = Trainer::with_path(net, optimizer, batches[0].len(), path);
        let losses = batches.iter().map(|batch| trainer.step(data, batch, 0.02).to_bits());
        let losses: Vec<u32> = losses.collect();
        let evaluation = trainer.evaluate(data, &some);
        let fingerprint = trainer.network().fingerprint();
        (losses, evaluation.loss.to_bits(), evaluation.correct, fingerprint, trainer.state())
    };
    let naive = run(Path::Naive);
    for path in PATHS {
        assert!(run(path) == naive, "{path:?} {:?} {optimizer:?}", net.sizes());
    }
}

#[test]
fn all_paths_give_the_same_bits_for_every_shape() {
    let mut rng = Rng::stream(15, Purpose::Initial, 0);
    let shapes: Vec<Vec<usize>> = (1..=12)
        .map(|n| vec![n, 13 - n, 1 + n % 5])
        .chain([vec![7, 3], vec![1, 1, 1, 1], vec![45, 41, 21, 10], vec![30, 20, 40, 19, 3]])
        .collect();
    for sizes in shapes {
        let data = data(&mut rng, 70, sizes[0], *sizes.last().unwrap());
        for kept in [1.0, 0.6, 0.1, 0.0] {
            let net = network(&mut rng, &sizes, kept);
            for size in [1, 2, 3, 4, 5, 6, 7, 8, 9, 60, 64] {
                let optimizer = OPTIMIZERS[rng.below(3) as usize];
                let batches = batches(&mut rng, 4, size, 70);
                assert_same_bits(&net, optimizer, &data, &batches);
            }
        }
    }
}

#[test]
fn all_paths_give_the_same_bits_over_many_steps() {
    let mut rng = Rng::stream(16, Purpose::Initial, 0);
    let data = data(&mut rng, 90, 60, 10);
    for kept in [1.0, 0.2] {
        let net = network(&mut rng, &[60, 50, 30, 10], kept);
        for optimizer in OPTIMIZERS {
            assert_same_bits(&net, optimizer, &data, &batches(&mut rng, 150, 16, 90));
        }
    }
}

#[test]
fn a_state_goes_on_to_the_same_bits_on_any_path() {
    let mut rng = Rng::stream(18, Purpose::Initial, 0);
    let data = data(&mut rng, 50, 30, 6);
    let net = network(&mut rng, &[30, 25, 12, 6], 0.3);
    let batches = batches(&mut rng, 12, 7, 50);
    for optimizer in OPTIMIZERS {
        let mut through = Trainer::with_path(&net, optimizer, 7, Path::Naive);
        train(&mut through, &data, &batches);
        for (from, to) in PATHS.iter().flat_map(|from| PATHS.map(|to| (*from, to))) {
            let mut first = Trainer::with_path(&net, optimizer, 7, from);
            train(&mut first, &data, &batches[..5]);
            let mut second = Trainer::from_state_with_path(first.state(), 7, to);
            train(&mut second, &data, &batches[5..]);
            assert_eq!(second.steps(), 12);
            assert!(second.state() == through.state(), "{from:?} then {to:?}, {optimizer:?}");
        }
    }
}
