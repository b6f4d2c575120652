//! Which images a run learns from, their split and their order.

use std::sync::Arc;

use crate::config::Config;
use crate::error::Error;
use crate::images::Labelled;
use crate::network::{Fingerprint, Fnv};
use crate::rng::{Purpose, Rng};

/// What one run learns from: a training and a validation part of the same
/// pool of images, fixed by the seed for all arms and rounds, and test images
/// apart from both.
#[derive(Debug, Clone)]
pub struct Dataset {
    pub(crate) seed: u32,
    pool: Arc<Labelled>,
    test: Arc<Labelled>,
    training: Vec<u32>,
    validation: Vec<u32>,
    test_indices: Vec<u32>,
    fingerprint: Fingerprint,
}

impl Dataset {
    /// Splits `pool` (a training file or its first shards) as `config` says:
    /// its first `examples + validation` images are permuted by the seed's
    /// stream, the first `validation` of the permutation validate, the others
    /// train. The first `test` images of `test` test.
    ///
    /// # Errors
    /// When there are fewer images than the config asks for, or they have
    /// another number of pixels than the network has inputs.
    pub fn new(config: &Config, pool: Arc<Labelled>, test: Arc<Labelled>) -> Result<Self, Error> {
        config.validate()?;
        let wanted = config.examples + config.validation;
        check_images("training", &pool, wanted, config.sizes[0])?;
        check_images("test", &test, config.test, config.sizes[0])?;
        let mut permutation: Vec<u32> = (0..wanted as u32).collect();
        Rng::stream(config.seed, Purpose::Split, 0).shuffle(&mut permutation);
        let training = permutation.split_off(config.validation);
        let test_indices = (0..config.test as u32).collect();
        let mut dataset = Dataset {
            seed: config.seed,
            pool,
            test,
            training,
            validation: permutation,
            test_indices,
            fingerprint: Fingerprint(0),
        };
        dataset.fingerprint = dataset.compute_fingerprint();
        Ok(dataset)
    }

    /// Of the images and labels that the run uses, in the order of the split:
    /// equal exactly when a run learns from the same (up to collisions),
    /// whatever else was loaded.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    fn compute_fingerprint(&self) -> Fingerprint {
        let mut hash = Fnv::new();
        for (set, indices) in [
            (&self.pool, &self.training),
            (&self.pool, &self.validation),
            (&self.test, &self.test_indices),
        ] {
            for &index in indices {
                let row = set.images.row(index as usize);
                hash.write_word(set.labels[index as usize].into());
                hash.write_word(row.len() as u32);
                row.iter().for_each(|&pixel| hash.write_word(pixel));
            }
        }
        hash.finish()
    }

    /// The images of the training file; [`Dataset::training`] and
    /// [`Dataset::validation`] point into them.
    pub fn pool(&self) -> &Labelled {
        &self.pool
    }

    /// The images of the test file; [`Dataset::test_indices`] point into them.
    pub fn test(&self) -> &Labelled {
        &self.test
    }

    /// Which images of the pool train, in the order before any shuffle.
    pub fn training(&self) -> &[u32] {
        &self.training
    }

    /// Which images of the pool validate.
    pub fn validation(&self) -> &[u32] {
        &self.validation
    }

    /// Which images of the test file test.
    pub fn test_indices(&self) -> &[u32] {
        &self.test_indices
    }
}

/// Which images each training step sees: the same for every arm and round of
/// a run. Epoch e is a Fisher-Yates shuffle of the training images by the
/// stream (seed, purpose, e), cut into whole batches; what is left over sits
/// that epoch out.
#[derive(Debug, Clone)]
pub struct BatchOrder {
    seed: u32,
    purpose: Purpose,
    batch: usize,
    epoch: Option<u64>,
    order: Vec<u32>,
}

impl BatchOrder {
    /// The order for `seed`, in batches of `batch`. `purpose` is
    /// [`Purpose::BatchOrder`], or [`Purpose::OtherOrder`] for a second copy.
    pub fn new(seed: u32, purpose: Purpose, batch: usize) -> Self {
        BatchOrder { seed, purpose, batch, epoch: None, order: Vec::new() }
    }

    /// The images of training step `step` (1-based): `batch` of `training`'s
    /// entries. `training` must be the same in every call and hold at least
    /// one batch.
    pub fn batch(&mut self, training: &[u32], step: usize) -> &[u32] {
        let per_epoch = training.len() / self.batch;
        let epoch = ((step - 1) / per_epoch) as u64;
        if self.epoch != Some(epoch) {
            self.order.clear();
            self.order.extend_from_slice(training);
            Rng::stream(self.seed, self.purpose, epoch).shuffle(&mut self.order);
            self.epoch = Some(epoch);
        }
        let position = (step - 1) % per_epoch;
        &self.order[position * self.batch..][..self.batch]
    }
}

/// Are there as many images of `set` as `wanted`, with a pixel an input?
fn check_images(what: &str, set: &Labelled, wanted: usize, inputs: usize) -> Result<(), Error> {
    if set.len() < wanted {
        return Err(Error::data(format!(
            "The config asks for {wanted} {what} images, but there are {}; load more or ask for \
             fewer.",
            set.len()
        )));
    }
    if set.images.pixels() != inputs {
        return Err(Error::data(format!(
            "The network has {inputs} inputs, but the {what} images have {}; sizes must start \
             with the number of pixels.",
            set.images.pixels()
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::refused;
    use crate::images::Images;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn blank(images: usize) -> Arc<Labelled> {
        let pixels = Images::from_pixels(2, 2, &vec![1; 4 * images]).unwrap();
        Arc::new(Labelled::new(pixels, vec![0; images]).unwrap())
    }

    fn small(seed: u32) -> Config {
        let fields = "data=own&sizes=4-3-10&examples=50&validation=20&test=10&batch=7&steps=100";
        Config::from_address(&format!("{fields}&seed={seed}")).unwrap()
    }

    #[test]
    fn the_split_is_the_seeds_and_its_parts_share_nothing() {
        let split = |seed| Dataset::new(&small(seed), blank(80), blank(10)).unwrap();
        let data = split(1);
        assert_eq!((data.training().len(), data.validation().len()), (50, 20));
        let mut all = [data.training(), data.validation()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..70).collect::<Vec<u32>>());
        assert_eq!(split(1).validation(), data.validation());
        assert_ne!(split(2).validation(), data.validation());
    }

    #[test]
    fn too_few_or_other_images_are_refused() {
        refused(Dataset::new(&small(0), blank(69), blank(10)), "70 training images");
        refused(Dataset::new(&small(0), blank(70), blank(9)), "10 test images");
        let wide = Config { sizes: vec![5, 3, 10], ..small(0) };
        refused(Dataset::new(&wide, blank(70), blank(10)), "5 inputs");
        refused(Dataset::new(&Config { batch: 0, ..small(0) }, blank(70), blank(10)), "batch");
    }

    #[test]
    fn an_epoch_sees_each_image_at_most_once_and_the_next_in_another_order() {
        let training: Vec<u32> = (100..150).collect();
        let mut order = BatchOrder::new(3, Purpose::BatchOrder, 7);
        let mut epoch = |first: usize| -> Vec<u32> {
            (first..first + 7).flat_map(|step| order.batch(&training, step).to_vec()).collect()
        };
        let (one, two) = (epoch(1), epoch(8));
        for seen in [&one, &two] {
            let mut sorted = seen.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), 49);
        }
        assert_ne!(one, two);
        assert_eq!(epoch(1), one, "a step's batch depends on nothing but its number");
        let mut resumed = BatchOrder::new(3, Purpose::BatchOrder, 7);
        assert_eq!(resumed.batch(&training, 9), &two[7..14]);
        let mut other = BatchOrder::new(3, Purpose::OtherOrder, 7);
        assert_ne!(other.batch(&training, 1), &one[..7]);
        let mut other = BatchOrder::new(4, Purpose::BatchOrder, 7);
        assert_ne!(other.batch(&training, 1), &one[..7], "each seed has its own order");
    }
}
