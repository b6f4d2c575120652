//! A run's first steps, written down so that anyone can take them again
//! elsewhere: θ₀, the images of every batch, the loss of every step, θ_N.
//!
//! The file is safetensors, with PyTorch's orientation (outputs, inputs):
//! `fc1.weight_init`, `fc1.bias_init`, … (θ₀), `fc1.weight`, `fc1.bias`, …
//! (θ_N), `batches` (steps, batch), each an image's number in the training
//! file, and `losses` (steps), each the mean of its batch before the update.
//! `tests/reference/replay.py` replays one in PyTorch.

use crate::config::Config;
use crate::dataset::{BatchOrder, Dataset};
use crate::error::Error;
use crate::experiment::optimizer;
use crate::network::Network;
use crate::restart;
use crate::rng::Purpose;
use crate::safetensors::{Safetensors, Tensor};
use crate::ticket::turned;
use crate::trainer::Trainer;

/// The first steps of a run's dense network.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// θ₀.
    pub initial: Network,
    /// The images of each step, `config.batch` a step, as numbers in the
    /// training file.
    pub batches: Vec<u32>,
    /// The loss of each step, before its update.
    pub losses: Vec<f32>,
    /// θ_N.
    pub trained: Network,
    config: Config,
}

impl Trace {
    /// Takes the first `steps` steps of the run that `config` describes.
    ///
    /// # Errors
    /// When the config is not valid, `steps` is 0 or above the config's, or
    /// training diverges on the way.
    pub fn record(config: &Config, data: &Dataset, steps: usize) -> Result<Self, Error> {
        config.validate()?;
        if steps == 0 || steps > config.steps {
            return Err(Error::config(format!(
                "A trace takes 1 to {} steps of this run (its steps a round), but {steps} were \
                 asked for.",
                config.steps
            )));
        }
        let initial = restart::initial(config);
        let mut trainer = Trainer::new(&initial, optimizer(config), config.batch);
        let mut order = BatchOrder::new(config.seed, Purpose::BatchOrder, config.batch);
        let (mut batches, mut losses) = (Vec::new(), Vec::new());
        for step in 1..=steps {
            let batch = order.batch(data.training(), step);
            let loss = trainer.step(data.pool(), batch, config.lr_at(step));
            if !loss.is_finite() {
                return Err(Error::phase(format!(
                    "Training diverged: the loss of step {step} is no longer a number; take fewer \
                     steps or a smaller learning rate."
                )));
            }
            losses.push(loss);
            batches.extend_from_slice(batch);
        }
        Ok(Trace { initial, batches, losses, trained: trainer.network(), config: config.clone() })
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut file = Safetensors::new();
        file.note("config", self.config.to_json().to_string());
        file.note("fingerprint", self.trained.fingerprint().to_string());
        file.note("fingerprint_initial", self.initial.fingerprint().to_string());
        file.note("format", "pt");
        file.note("lottery_trace", "1");
        let layers = self.initial.layers().iter().zip(self.trained.layers());
        for (index, (initial, trained)) in layers.enumerate() {
            let name = |part: &str| format!("fc{}.{part}", index + 1);
            let shape = [initial.outputs(), initial.inputs()];
            let outputs = [initial.outputs()];
            file.add(name("weight_init"), Tensor::f32(&shape, &turned(initial.weights())));
            file.add(name("bias_init"), Tensor::f32(&outputs, initial.biases()));
            file.add(name("weight"), Tensor::f32(&shape, &turned(trained.weights())));
            file.add(name("bias"), Tensor::f32(&outputs, trained.biases()));
        }
        let steps = self.losses.len();
        file.add("batches", Tensor::u32(&[steps, self.config.batch], &self.batches));
        file.add("losses", Tensor::f32(&[steps], &self.losses));
        file.to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Arm;
    use crate::error::refused;
    use crate::experiment::Experiment;
    use crate::images::{Images, Labelled};
    use std::sync::Arc;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn world(extra: &str) -> (Config, Arc<Dataset>) {
        let sizes = if extra.contains("sizes") { "" } else { "&sizes=16-8-10" };
        let address = format!(
            "data=own&examples=40&validation=10&test=10&batch=10&steps=12&eval_every=6\
             &rounds=1{sizes}{extra}"
        );
        let config = Config::from_address(&address).unwrap();
        let pixels: Vec<u8> = (0..60 * 16).map(|i| (i * i % 251) as u8).collect();
        let images = Images::from_pixels(4, 4, &pixels).unwrap();
        let labels = (0..60).map(|i| i % 10).collect();
        let all = Arc::new(Labelled::new(images, labels).unwrap());
        let data = Dataset::new(&config, all.clone(), all).unwrap();
        (config, Arc::new(data))
    }

    #[test]
    fn a_trace_is_the_run() {
        for extra in ["", "&optimizer=sgd&lr=0.1&lr_schedule=cosine"] {
            let (config, data) = world(extra);
            let trace = Trace::record(&config, &data, 12).unwrap();
            let mut experiment = Experiment::new(config.clone(), Arm::Ticket, data).unwrap();
            assert_eq!(&trace.initial, experiment.theta0());
            while experiment.step() < 12 {
                experiment.advance(12 - experiment.step());
            }
            assert_eq!(trace.trained.fingerprint(), experiment.network().fingerprint(), "{extra}");
            assert_ne!(trace.trained, trace.initial);
            assert_eq!((trace.batches.len(), trace.losses.len()), (120, 12));
            let file = Safetensors::from_bytes(&trace.to_bytes()).unwrap();
            assert_eq!(file.read_u32("batches", &[12, 10]).unwrap(), trace.batches);
            assert_eq!(file.read_f32("losses", &[12]).unwrap(), trace.losses);
            assert!(file.contains("fc2.weight"));
        }
    }

    #[test]
    fn a_trace_has_a_length() {
        let (config, data) = world("");
        assert!(Trace::record(&config, &data, 0).is_err());
        assert!(Trace::record(&config, &data, 13).is_err());
    }

    #[test]
    fn a_trace_holds_numbers_only() {
        let (config, data) = world("&optimizer=sgd&lr=10&sizes=16-60-60-60-60-10&init=he");
        refused(Trace::record(&config, &data, 12), "the loss of step");
    }
}
