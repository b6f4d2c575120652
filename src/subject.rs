//! What figures look at: a run under way, or a ticket from a file.

use crate::config::{Choice, Score};
use crate::error::Error;
use crate::experiment::{Experiment, MAX_ROUNDS, Phase};
use crate::inspect::{self, Histogram, Movement};
use crate::mask::Mask;
use crate::network::Network;
use crate::ticket::Ticket;

/// Which of a subject's networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What its weights grew from; all of them, also those pruned since, where
    /// they are known.
    Initial,
    /// What it is now; of a ticket file what the masks in force leave of the
    /// trained network.
    Current,
    /// What training made of it, before any pruning after that.
    Trained,
}

impl Which {
    /// The one called `initial`, `current` or `trained`.
    ///
    /// # Errors
    /// For another name.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        match name {
            "initial" => Ok(Which::Initial),
            "current" => Ok(Which::Current),
            "trained" => Ok(Which::Trained),
            _ => Err(none_of("Weights", &["initial", "current", "trained"], name)),
        }
    }
}

/// A run or a ticket file; both answer the same questions.
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
pub enum Subject {
    /// A run under way.
    Run(Experiment),
    /// A ticket from a file, and the masks in force: its own, or what a pruning
    /// after its training left of them.
    File(Ticket, Vec<Mask>),
}

impl Subject {
    /// What its weights grew from.
    pub fn initial(&self) -> &Network {
        match self {
            Subject::Run(run) => run.theta_origin(),
            Subject::File(ticket, _) => ticket.initial(),
        }
    }

    /// A copy of one of its networks; a run that has trained nothing yet gives
    /// the present network for the trained one.
    pub fn network(&self, which: Which) -> Network {
        let kept = match (self, which) {
            (_, Which::Initial) => Some(self.initial()),
            (Subject::Run(_), Which::Current) => None,
            (Subject::Run(run), Which::Trained) => run.theta_trained(),
            (Subject::File(ticket, _), _) => Some(ticket.trained().unwrap_or(ticket.start())),
        };
        match (kept, self) {
            (None, Subject::Run(run)) => run.network(),
            (Some(trained), Subject::File(_, masks)) if which == Which::Current => {
                trained.masked(masks).unwrap_or_else(|_| trained.clone())
            }
            _ => kept.unwrap_or(self.initial()).clone(),
        }
    }

    /// The masks in force.
    pub fn masks(&self) -> Vec<Mask> {
        match self {
            Subject::Run(run) => run.masks().to_vec(),
            Subject::File(_, masks) => masks.clone(),
        }
    }

    /// Rounds survived, all layers concatenated. Of a ticket file only one
    /// mask is known: its round where kept, else 0.
    pub fn age(&self) -> Vec<u8> {
        match self {
            Subject::Run(run) => run.age().concat(),
            Subject::File(ticket, _) => {
                let age = ticket.round().min(MAX_ROUNDS) as u8;
                let mut ages = Vec::new();
                for layer in ticket.start().layers() {
                    ages.extend(layer.mask().entries().iter().map(|&keep| u8::from(keep) * age));
                }
                ages
            }
        }
    }

    /// |θ| of a layer, or of all without one, in `bins` bins. Of a trained
    /// network that has been pruned since, the pruned weights apart; of initial
    /// weights, those that have not survived.
    pub fn histogram(&self, layer: Option<usize>, which: Which, bins: usize) -> Histogram {
        let network = self.network(which);
        inspect::histogram(&network, &self.kept_of(&network), layer, bins)
    }

    /// How many weights of a layer, of all without one, the next pruning takes
    /// or the last one took, and the smallest magnitude that stays where as many
    /// of the smallest go; none where nothing goes, or not by magnitude.
    pub fn cut(&self, layer: Option<usize>) -> Option<(usize, f32)> {
        match self {
            Subject::Run(run) if run.config().score != Score::Magnitude => None,
            _ => {
                let (network, kept) = self.grown();
                inspect::threshold(&network, &kept, layer)
            }
        }
    }

    /// Pairs (θ₀, θ_T) of at most `count` weights of a layer: flat triples, the
    /// third 1 where the weight survives what is pruned next, else 0.
    pub fn scatter(&self, layer: usize, count: usize) -> Vec<f32> {
        let (now, kept) = self.grown();
        inspect::scatter(&self.initial().layers()[layer], &now.layers()[layer], &kept[layer], count)
    }

    /// How far the weights moved, layer by layer, survivors of what is pruned
    /// next and the others apart.
    pub fn movement(&self, bins: usize) -> Vec<Movement> {
        let (now, kept) = self.grown();
        inspect::movement(self.initial(), &now, &kept, bins)
    }

    /// What the initial weights grew into, and what of it the next round keeps.
    fn grown(&self) -> (Network, Vec<Mask>) {
        let (which, next) = match self {
            Subject::Run(run) => match run.phase() {
                Phase::Ready | Phase::Training => (Which::Current, None),
                Phase::Trained => (Which::Trained, run.next_masks()),
                _ => (Which::Trained, None),
            },
            Subject::File(..) => (Which::Trained, None),
        };
        let now = self.network(which);
        let kept = next.map_or_else(|| self.kept_of(&now), <[Mask]>::to_vec);
        (now, kept)
    }

    /// Of `network`'s weights, those that the masks in force keep; masks of a
    /// later restart that are no part of it say nothing about it.
    fn kept_of(&self, network: &Network) -> Vec<Mask> {
        let (masks, own) = (self.masks(), network.masks());
        let nested = masks.iter().zip(&own).all(|(mask, own)| mask.is_subset_of(own));
        if nested { masks } else { own }
    }
}

/// The file form called `name`: `dense`, `sparse` (the ticket alone) or
/// `sparse-trained` (with θ_T).
///
/// # Errors
/// For another name.
pub fn ticket_file(ticket: &Ticket, name: &str) -> Result<Vec<u8>, Error> {
    use crate::ticket::Form;
    match name {
        "dense" => Ok(ticket.to_bytes(Form::Dense)),
        "sparse" => Ok(ticket.untrained().to_bytes(Form::Sparse)),
        "sparse-trained" => Ok(ticket.to_bytes(Form::Sparse)),
        _ => Err(none_of("A ticket file", &["dense", "sparse", "sparse-trained"], name)),
    }
}

/// The choice called `name`.
///
/// # Errors
/// For a name that is none of `C`'s.
pub fn choose<C: Choice>(what: &str, name: &str) -> Result<C, Error> {
    C::from_name(name).ok_or_else(|| none_of(what, C::NAMES, name))
}

/// That `name` is none of `names`.
pub fn none_of(what: &str, names: &[&str], name: &str) -> Error {
    Error::phase(format!("{what} must be one of {}, but got \"{name}\".", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Layer, Matrix};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_ticket_shows_what_a_pruning_after_its_training_left() {
        let network = |weights: [f32; 4]| {
            let matrix = Matrix::from_vec(1, 4, weights.to_vec()).unwrap();
            Network::new(vec![Layer::new(matrix, vec![0.0; 4], Mask::ones(1, 4)).unwrap()]).unwrap()
        };
        let (initial, trained) = (network([1.0, -1.0, 1.0, 2.0]), network([0.5, -2.0, 1.0, 3.0]));
        let own = initial.masks();
        let ticket = Ticket::new(initial, &own, Some(trained.clone()), 0, "{}").unwrap();
        let whole = Subject::File(ticket.clone(), own);
        assert_eq!(whole.cut(None), None);
        assert_eq!(whole.movement(1)[0].pruned, [0]);

        let left = vec![Mask::from_vec(1, 4, vec![false, true, false, true]).unwrap()];
        let pruned = Subject::File(ticket, left.clone());
        assert_eq!(pruned.masks(), left);
        assert_eq!(pruned.network(Which::Trained), trained);
        assert_eq!(pruned.network(Which::Current), trained.masked(&left).unwrap());
        let histogram = pruned.histogram(Some(0), Which::Trained, 3);
        assert_eq!((histogram.kept, histogram.pruned), (vec![0, 0, 2], vec![1, 1, 0]));
        assert_eq!(pruned.cut(Some(0)), Some((2, 2.0)));
        assert_eq!(pruned.scatter(0, 2), [1.0, 0.5, 0.0, 1.0, 1.0, 0.0]);
        assert_eq!(pruned.movement(1)[0].survivors, [2]);
    }
}
