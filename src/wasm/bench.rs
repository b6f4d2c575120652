//! What `npm run bench` asks of the engine and no page does.

use wasm_bindgen::prelude::*;

use super::{Answer, Engine};
use crate::dataset::BatchOrder;
use crate::experiment::optimizer;
use crate::kernels::probe::{AdamSteps, MultiplyAdds};
use crate::rng::Purpose;
use crate::trainer::Trainer;

#[wasm_bindgen]
impl Engine {
    /// The images of the run's first `batches` batches, batch after batch, as
    /// indices into the training images: what the other trainers are given.
    #[wasm_bindgen(js_name = benchOrder)]
    pub fn bench_order(&self, batches: usize) -> Answer<Vec<u32>> {
        let run = self.run()?;
        let config = run.config();
        let mut order = BatchOrder::new(config.seed, Purpose::BatchOrder, config.batch);
        let training = run.data().training();
        Ok((1..=batches).flat_map(|step| order.batch(training, step).to_vec()).collect())
    }

    /// Biases of a layer.
    pub fn biases(&self, layer: usize, which: &str) -> Answer<Vec<f32>> {
        let layer = self.subject()?.initial().check_layer(layer)?;
        Ok(self.network(which)?.layers()[layer].biases().to_vec())
    }

    /// Looks at all test images with the network as it is: `[images, hits]`.
    #[wasm_bindgen(js_name = benchEvaluate)]
    pub fn bench_evaluate(&self) -> Answer<Vec<usize>> {
        let run = self.run()?;
        let (config, data) = (run.config(), run.data());
        let mut trainer = Trainer::new(&run.network(), optimizer(config), config.batch);
        let found = trainer.evaluate(data.test(), data.test_indices());
        Ok(vec![data.test_indices().len(), found.correct])
    }
}

/// The loops whose speed bounds that of a training step.
#[wasm_bindgen]
#[derive(Default)]
pub struct Probe {
    multiply_adds: MultiplyAdds,
    adam_steps: AdamSteps,
}

#[wasm_bindgen]
impl Probe {
    /// A probe with its data in the cache once it has run.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Four-lane multiply-adds on cached data; returns their number.
    #[wasm_bindgen(js_name = multiplyAdds)]
    pub fn multiply_adds(&mut self, passes: u32) -> f64 {
        self.multiply_adds.run(passes as usize) as f64
    }

    /// Four-lane updates by Adam on cached data; returns their number.
    #[wasm_bindgen(js_name = adamUpdates)]
    pub fn adam_updates(&mut self, passes: u32) -> f64 {
        self.adam_steps.run(passes as usize) as f64
    }
}
