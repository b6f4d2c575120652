//! A small learnable task, ten prototypes of 6 × 6 pixels under noise, and the
//! project's MNIST.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::Path;
use std::sync::Arc;

use lottery_ticket::{
    Arm, Config, Dataset, Event, Experiment, Images, Labelled, Phase, Purpose, Rng,
};

/// Config of a run that takes milliseconds; `more` as in an address.
pub fn config(more: &str) -> Config {
    let fields = "data=own&sizes=36-16-12-10&examples=200&validation=60&test=70&batch=20\
                  &steps=40&lr=0.01&eval_every=10&rounds=3&rate=0.3";
    let names = |part: &str| part.split('=').next().unwrap_or_default().to_owned();
    let given: Vec<String> = more.split('&').map(names).collect();
    let rest = fields.split('&').filter(|part| !given.contains(&names(part)));
    let address: Vec<&str> = rest.chain([more]).collect();
    Config::from_address(&address.join("&")).unwrap()
}

/// `count` images of the task.
pub fn images(count: usize, stream: u64) -> Labelled {
    let mut prototypes = Rng::stream(99, Purpose::Split, 0);
    let shapes: Vec<bool> = (0..360).map(|_| prototypes.uniform() < 0.4).collect();
    let mut rng = Rng::stream(99, Purpose::Split, 1 + stream);
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for image in 0..count {
        let label = image % 10;
        labels.push(label as u8);
        for pixel in 0..36 {
            let lit = shapes[label * 36 + pixel] != (rng.uniform() < 0.15);
            pixels.push(if lit { 100 + rng.below(156) as u8 } else { 0 });
        }
    }
    Labelled::new(Images::from_pixels(6, 6, &pixels).unwrap(), labels).unwrap()
}

/// A `part` of the project's MNIST, `train` or `t10k`, which `npm run setup` has put in place.
pub fn mnist(part: &str) -> Arc<Labelled> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/mnist");
    let file = |name: String| {
        let path = folder.join(name);
        std::fs::read(&path).unwrap_or_else(|why| {
            panic!("{}: {why}; run `npm run setup` once for the data.", path.display())
        })
    };
    let images = file(format!("{part}-images-idx3-ubyte"));
    let labels = file(format!("{part}-labels-idx1-ubyte"));
    Arc::new(Labelled::from_idx(&images, &labels).unwrap())
}

/// The task's data, split for `config`.
pub fn data(config: &Config) -> Arc<Dataset> {
    Arc::new(Dataset::new(config, Arc::new(images(300, 0)), Arc::new(images(80, 1))).unwrap())
}

/// `arm` of `config` on the task, before its first step.
pub fn experiment(config: &Config, arm: Arm) -> Experiment {
    Experiment::new(config.clone(), arm, data(config)).unwrap()
}

/// Trains the present round to its end in slices of `slice` steps.
pub fn train(experiment: &mut Experiment, slice: usize) -> Vec<Event> {
    let mut events = Vec::new();
    while matches!(experiment.phase(), Phase::Ready | Phase::Training) {
        events.extend(experiment.advance(slice));
    }
    events
}

/// All rounds of `arm`, from the dense network to the last.
pub fn run(config: &Config, arm: Arm) -> Experiment {
    let mut experiment = experiment(config, arm);
    while experiment.phase() != Phase::Finished {
        train(&mut experiment, 1000);
        experiment.next_round().unwrap();
    }
    experiment
}
