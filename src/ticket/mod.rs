//! Tickets as files: a mask together with the weights it restarts from.
//!
//! Two forms, both safetensors with PyTorch's orientation (outputs, inputs)
//! and the layers called `fc1`, `fc2`, …:
//!
//! * **dense**: `fc1.weight_init` and `fc1.bias_init` (θ₀, or θ_k of a late
//!   rewind, with the pruned weights too, so that any other ticket can be
//!   drawn from the same network), `fc1.mask` (BOOL), and, when the ticket has
//!   been trained, `fc1.weight` and `fc1.bias` (θ_T, zero where pruned);
//! * **sparse**: the ticket and nothing else. `fc1.values` holds the weights
//!   that the survivors restart from, in row-major order of (outputs, inputs),
//!   and `fc1.gaps` says where they are: a byte below 255 skips that many
//!   pruned weights and then keeps one, the byte 255 skips 255 and keeps none.
//!   `fc1.bias_init` is left out where all biases are zero, as at θ₀. That is
//!   about five bytes a survivor, against four bytes a weight of the dense
//!   network. θ_T can be had again by training, so [`Ticket::untrained`] leaves
//!   it out; a ticket that has it adds `fc1.trained_values` and `fc1.bias`.
//!
//! The metadata hold the config, the round, the sizes and the fingerprints of
//! the ticket at its start and, in the dense form, of θ₀ and θ_T. A reader
//! recomputes them: a file whose numbers have changed is refused.

mod file;

use crate::error::Error;
use crate::mask::Mask;
use crate::network::Network;

pub use file::Form;
pub(crate) use file::turned;

/// A mask and the weights it restarts from; perhaps also what training made
/// of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    initial: Network,
    start: Network,
    trained: Option<Network>,
    round: usize,
    config: String,
}

impl Ticket {
    /// The ticket of `masks` in `initial` (θ₀ or θ_k, all weights), found
    /// after `round` rounds of pruning under `config` (JSON); `trained` is θ_T
    /// under the same masks.
    ///
    /// # Errors
    /// When the shapes or masks do not belong together, or a number is not
    /// finite because training diverged.
    pub fn new(
        initial: Network,
        masks: &[Mask],
        trained: Option<Network>,
        round: usize,
        config: impl Into<String>,
    ) -> Result<Self, Error> {
        let start = initial.masked(masks)?;
        if trained.as_ref().is_some_and(|network| network.masks() != masks) {
            return Err(Error::shape(
                "The trained network of a ticket must have the ticket's own masks.",
            ));
        }
        let numbers = |network: &Network| {
            network.layers().iter().all(|layer| {
                layer.weights().data().iter().chain(layer.biases()).all(|x| x.is_finite())
            })
        };
        if !numbers(&initial) || !trained.as_ref().is_none_or(numbers) {
            return Err(Error::ticket(
                "This network has weights that are not finite numbers, because its training \
                 diverged; export an earlier round or lower the learning rate.",
            ));
        }
        Ok(Ticket { initial, start, trained, round, config: config.into() })
    }

    /// θ₀ (or θ_k): all weights if the ticket was made or read from the dense
    /// form, only the survivors if read from the sparse form.
    pub fn initial(&self) -> &Network {
        &self.initial
    }

    /// m ⊙ θ₀: what training starts from.
    pub fn start(&self) -> &Network {
        &self.start
    }

    /// m ⊙ θ_T, if known.
    pub fn trained(&self) -> Option<&Network> {
        self.trained.as_ref()
    }

    /// The ticket alone, without what training made of it.
    pub fn untrained(&self) -> Ticket {
        Ticket { trained: None, ..self.clone() }
    }

    /// After how many rounds of pruning it was found; 0 is the dense network.
    pub fn round(&self) -> usize {
        self.round
    }

    /// The config of the run it comes from, as JSON.
    pub fn config(&self) -> &str {
        &self.config
    }

    /// Bytes that all weights and biases of the dense network take as `f32`,
    /// without mask or header: what there was to save.
    pub fn dense_network_bytes(&self) -> usize {
        let numbers: usize =
            self.start.layers().iter().map(|layer| layer.mask().len() + layer.outputs()).sum();
        4 * numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Layer;
    use crate::tensor::Matrix;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_ticket_must_be_consistent() {
        let network = |weight: f32| {
            let weights = Matrix::from_vec(1, 2, vec![weight, 1.0]).unwrap();
            let layer = Layer::new(weights, vec![0.0; 2], Mask::ones(1, 2)).unwrap();
            Network::new(vec![layer]).unwrap()
        };
        let refused = |initial: Network, masks: &[Mask], trained| {
            Ticket::new(initial, masks, trained, 0, "{}").unwrap_err().to_string()
        };
        let masks = [Mask::from_vec(1, 2, vec![true, false]).unwrap()];
        assert!(Ticket::new(network(0.5), &masks, None, 0, "{}").is_ok());
        assert!(refused(network(0.5), &[Mask::ones(2, 1)], None).contains("same shape"));
        assert!(refused(network(0.5), &masks, Some(network(0.5))).contains("own masks"));
        let diverged = network(f32::NAN);
        assert!(refused(diverged.clone(), &masks, None).contains("diverged"));
        let trained = diverged.masked(&masks).unwrap();
        assert!(refused(network(0.5), &masks, Some(trained)).contains("diverged"));
    }
}
