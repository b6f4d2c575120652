//! The lottery ticket hypothesis, computed.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod config;
pub mod dataset;
pub mod error;
pub mod experiment;
pub mod inspect;
mod kernels;
pub mod mask;
pub mod measures;
pub mod network;
pub mod prune;
pub mod restart;
pub mod rng;
pub mod safetensors;
pub mod scores;
pub mod subject;
pub mod tensor;
pub mod ticket;
pub mod trace;
pub mod trainer;
#[cfg(feature = "wasm")]
pub mod wasm;

pub use config::{Arm, Config};
pub use dataset::{
    BatchOrder, CLASSES, Dataset, Images, Labelled, parse_idx_images, parse_idx_labels,
};
pub use error::{Error, ErrorKind};
pub use experiment::{Event, Experiment, Phase};
pub use kernels::Tally;
pub use mask::Mask;
pub use measures::{CurvePoint, RoundResult};
pub use network::{Fingerprint, Layer, Network};
pub use rng::{Purpose, Rng};
pub use tensor::Matrix;
pub use ticket::Ticket;
pub use trainer::{Evaluation, Gradients, Of, Optimizer, Path, Trainer, TrainerState};
