//! What figures look at: a run under way, or a ticket from a file.

use crate::config::{Choice, Scope, Score};
use crate::error::Error;
use crate::experiment::{Experiment, Phase};
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
    /// What it is now; of a ticket file the trained network.
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
            _ => Err(Error::phase(format!(
                "There are initial, current and trained weights, but got \"{name}\"."
            ))),
        }
    }
}

/// A run or a ticket file; both answer the same questions.
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
pub enum Subject {
    /// A run under way.
    Run(Experiment),
    /// A ticket from a file.
    File(Ticket),
}

impl Subject {
    /// A copy of one of its networks; a run that has trained nothing yet gives
    /// the present network for the trained one.
    pub fn network(&self, which: Which) -> Network {
        match (self, which) {
            (Subject::Run(run), Which::Initial) => run.theta_origin().clone(),
            (Subject::Run(run), Which::Current) => run.network(),
            (Subject::Run(run), Which::Trained) => match run.theta_trained() {
                Some(trained) => trained.clone(),
                None => run.network(),
            },
            (Subject::File(ticket), Which::Initial) => ticket.initial().clone(),
            (Subject::File(ticket), _) => ticket.trained().unwrap_or(ticket.start()).clone(),
        }
    }

    /// The masks in force.
    pub fn masks(&self) -> Vec<Mask> {
        match self {
            Subject::Run(run) => run.masks().to_vec(),
            Subject::File(ticket) => ticket.start().masks(),
        }
    }

    /// Rounds survived, all layers concatenated. Of a ticket file only one
    /// mask is known: its round where kept, else 0.
    pub fn age(&self) -> Vec<u8> {
        match self {
            Subject::Run(run) => run.age().concat(),
            Subject::File(ticket) => {
                let age = ticket.round().min(250) as u8;
                let masks = ticket.start().masks();
                let kept = masks.iter().flat_map(|mask| mask.entries().iter());
                kept.map(|&keep| if keep { age } else { 0 }).collect()
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

    /// Where the next pruning by magnitude will cut a layer, once that is
    /// known; over all layers without one, if they are cut at one magnitude.
    pub fn cut(&self, layer: Option<usize>) -> Option<f32> {
        let Subject::Run(run) = self else { return None };
        let (config, next) = (run.config(), run.next_masks()?);
        let one_cut = layer.is_some() || config.scope != Scope::Layer;
        if run.phase() != Phase::Trained || config.score != Score::Magnitude || !one_cut {
            return None;
        }
        let network = run.network();
        let layers = network.layers().iter().zip(next).enumerate();
        let chosen = layers.filter(|(index, _)| layer.is_none_or(|only| only == *index));
        chosen.filter_map(|(_, (layer, next))| inspect::cut(layer, next)).reduce(f32::max)
    }

    /// Pairs (θ₀, θ_T) of at most `count` weights of a layer: flat triples, the
    /// third 1 where the weight survives what is pruned next, else 0.
    pub fn scatter(&self, layer: usize, count: usize) -> Vec<f32> {
        let (then, now, kept) = self.grown();
        inspect::scatter(&then.layers()[layer], &now.layers()[layer], &kept[layer], count)
    }

    /// How far the weights moved, layer by layer, survivors of what is pruned
    /// next and the others apart.
    pub fn movement(&self, bins: usize) -> Vec<Movement> {
        let (then, now, kept) = self.grown();
        inspect::movement(&then, &now, &kept, bins)
    }

    /// Initial and trained weights, and what of them the next round keeps.
    fn grown(&self) -> (Network, Network, Vec<Mask>) {
        let now = match self {
            Subject::Run(run) if matches!(run.phase(), Phase::Ready | Phase::Training) => {
                run.network()
            }
            _ => self.network(Which::Trained),
        };
        let next = match self {
            Subject::Run(run) if run.phase() == Phase::Trained => run.next_masks(),
            _ => None,
        };
        let kept = next.map_or_else(|| self.kept_of(&now), <[Mask]>::to_vec);
        (self.network(Which::Initial), now, kept)
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
/// For another name, or when the ticket holds no finite numbers.
pub fn ticket_file(ticket: &Ticket, name: &str) -> Result<Vec<u8>, Error> {
    use crate::ticket::Form;
    match name {
        "dense" => Ok(ticket.to_bytes(Form::Dense)),
        "sparse" => Ok(ticket.untrained().to_bytes(Form::Sparse)),
        "sparse-trained" => Ok(ticket.to_bytes(Form::Sparse)),
        _ => Err(Error::ticket(format!(
            "A ticket file is dense, sparse or sparse-trained, but got \"{name}\"."
        ))),
    }
}

/// The choice called `name`.
///
/// # Errors
/// For a name that is none of `C`'s.
pub fn choose<C: Choice>(what: &str, name: &str) -> Result<C, Error> {
    C::from_name(name).ok_or_else(|| {
        Error::phase(format!("{what} must be one of {}, but got \"{name}\".", C::NAMES.join(", ")))
    })
}
