//! A training step and an evaluation on each path, beside the naive one:
//! LeNet-300-100, batches of 60, Adam, images lit like MNIST's.

use divan::{Bencher, counter::ItemsCount};
use lottery_ticket::{
    Images, Labelled, Layer, Mask, Matrix, Network, Optimizer, Path, Purpose, Rng, Trainer,
};

const BATCH: usize = 60;
const EXAMPLES: usize = 600;
const SIZES: [usize; 4] = [784, 300, 100, 10];

/// How often the pixel is lit: often in the middle, never at the edge; 150 of
/// 784 on average.
fn light(pixel: usize) -> f64 {
    let distance = |at: usize| (at as f64 - 13.5) / 14.0;
    let (row, column) = (distance(pixel / 28), distance(pixel % 28));
    (0.62 * (1.0 - row * row) * (1.0 - column * column) - 0.08).max(0.0)
}

fn images() -> Labelled {
    let mut rng = Rng::stream(1, Purpose::Split, 0);
    let mut grey = |pixel| if rng.uniform() < light(pixel) { 1 + rng.below(255) as u8 } else { 0 };
    let pixels: Vec<u8> = (0..EXAMPLES * 784).map(|at| grey(at % 784)).collect();
    let labels = (0..EXAMPLES).map(|image| (image % 10) as u8).collect();
    Labelled::new(Images::from_pixels(28, 28, &pixels).unwrap(), labels).unwrap()
}

/// A network that keeps a weight of the first layer the likelier the more
/// often its pixel is lit, as pruning by magnitude does.
fn network(kept: f64) -> Network {
    let lit: f64 = (0..784).map(light).sum::<f64>() / 784.0;
    let layers = SIZES.windows(2).enumerate().map(|(index, pair)| {
        let mut rng = Rng::stream(1, Purpose::Initial, index as u64);
        let (inputs, outputs) = (pair[0], pair[1]);
        let spread = (2.0 / (inputs + outputs) as f64).sqrt();
        let weights = (0..inputs * outputs).map(|_| (rng.normal() * spread) as f32).collect();
        let chance = |input| match index {
            0 if kept < 1.0 => kept * light(input) / lit,
            _ => kept,
        };
        let keep = (0..inputs * outputs).map(|at| rng.uniform() < chance(at / outputs)).collect();
        Layer::new(
            Matrix::from_vec(inputs, outputs, weights).unwrap(),
            vec![0.0; outputs],
            Mask::from_vec(inputs, outputs, keep).unwrap(),
        )
        .unwrap()
    });
    Network::new(layers.collect()).unwrap()
}

const CASES: [(Path, f64); 9] = [
    (Path::Naive, 1.0),
    (Path::Dense, 1.0),
    (Path::Dense, 0.211),
    (Path::Sparse, 0.411),
    (Path::Sparse, 0.328),
    (Path::Sparse, 0.211),
    (Path::Sparse, 0.036),
    (Path::Sparse, 0.012),
    (Path::Naive, 0.036),
];

#[divan::bench(args = CASES, sample_count = 40)]
fn step(bencher: Bencher, (path, kept): (Path, f64)) {
    let data = images();
    let mut trainer = Trainer::with_path(&network(kept), Optimizer::Adam, BATCH, path);
    let order: Vec<u32> = (0..EXAMPLES as u32).collect();
    let mut batches = order.chunks(BATCH).cycle();
    bencher
        .counter(ItemsCount::new(BATCH))
        .bench_local(|| trainer.step(&data, batches.next().unwrap(), 1.2e-3));
}

#[divan::bench(args = CASES, sample_count = 20)]
fn evaluate(bencher: Bencher, (path, kept): (Path, f64)) {
    let data = images();
    let mut trainer = Trainer::with_path(&network(kept), Optimizer::Adam, BATCH, path);
    let all: Vec<u32> = (0..EXAMPLES as u32).collect();
    bencher.counter(ItemsCount::new(EXAMPLES)).bench_local(|| trainer.evaluate(&data, &all));
}

fn main() {
    divan::main();
}
