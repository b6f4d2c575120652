//! The lottery ticket hypothesis, computed.
//!
//! > *A randomly-initialized, dense neural network contains a subnetwork that is
//! > initialized such that — when trained in isolation — it can match the test
//! > accuracy of the original network after training for at most the same number
//! > of iterations.* — Frankle & Carbin, [The Lottery Ticket
//! > Hypothesis](https://arxiv.org/abs/1803.03635), ICLR 2019
//!
//! This crate trains a multilayer perceptron, prunes it, rewinds it and trains
//! it again, with the same bits in every browser and natively: a run is a
//! function of its [`Config`] and the data's bytes. It has no clock, no global
//! randomness and one documented order for every sum.
//!
//! # One round, step by step
//!
//! Ten shapes of 6 × 6 pixels under noise stand in for MNIST here, so that this
//! page runs in a moment. With the real files, use
//! [`Labelled::from_idx`] and the preset `paper`.
//!
//! ```
//! use std::sync::Arc;
//! use lottery_ticket::{Arm, Config, Dataset, Experiment, Images, Labelled, Phase, Purpose, Rng};
//! # use lottery_ticket::Error;
//!
//! // Image i shows shape i % 10: lit where a draw of its own says so, but one
//! // pixel in seven is flipped.
//! let lit = |label: usize, pixel: usize| {
//!     Rng::stream(1, Purpose::Split, (label * 36 + pixel) as u64).uniform() < 0.4
//! };
//! let mut noise = Rng::stream(2, Purpose::Split, 0);
//! let (mut pixels, mut labels) = (Vec::new(), Vec::new());
//! for image in 0..900 {
//!     labels.push((image % 10) as u8);
//!     for pixel in 0..36 {
//!         let flipped = noise.uniform() < 1.0 / 7.0;
//!         pixels.push(if lit(image % 10, pixel) != flipped { 255 } else { 0 });
//!     }
//! }
//! let images = Arc::new(Labelled::new(Images::from_pixels(6, 6, &pixels)?, labels)?);
//!
//! // Everything that determines a run, in the form of an address. What is not
//! // said comes from the preset.
//! let config = Config::from_address(
//!     "seed=7&data=own&sizes=36-60-30-10&examples=600&validation=150&test=150\
//!      &steps=120&eval_every=20&rate=0.5&rounds=3",
//! )?;
//! let data = Arc::new(Dataset::new(&config, images.clone(), images)?);
//!
//! // Round 0: the dense network. `advance` works for about as long as so many
//! // steps take and returns; slices change nothing.
//! let mut ticket = Experiment::new(config.clone(), Arm::Ticket, data.clone())?;
//! let theta0 = ticket.network();
//! while ticket.phase() != Phase::Trained {
//!     ticket.advance(10);
//! }
//! assert!(ticket.measures()[0].test_accuracy_early_stop > 60.0);
//!
//! // Prune: half of the weights of each layer go, a quarter of the output's,
//! // those of the smallest magnitude. Then rewind: the survivors get back the
//! // very weights they were born with.
//! ticket.next_round()?;
//! assert_eq!(ticket.network(), theta0.masked(ticket.masks())?);
//! assert_eq!(ticket.measures()[0].survivors, [2160, 1800, 300]);
//! assert_eq!(ticket.masks()[0].kept(), 1080);
//!
//! // Train, prune, rewind, until the rounds are done.
//! while ticket.phase() != Phase::Finished {
//!     match ticket.phase() {
//!         Phase::Trained => ticket.next_round()?,
//!         _ => drop(ticket.advance(1000)),
//!     }
//! }
//! let last = ticket.measures().last().unwrap();
//! assert!(last.remaining < 16.0);
//!
//! // The control that makes it science: the same connections with other
//! // initial weights, on the same batches.
//! let mut control = Experiment::new(config, Arm::Reinit, data)?;
//! control.begin_round(last.round, ticket.masks())?;
//! while control.phase() != Phase::Trained {
//!     control.advance(1000);
//! }
//! let fresh = &control.measures()[0];
//! assert_eq!(fresh.survivors, last.survivors);
//! println!(
//!     "{:.1} % of the weights: the ticket has {:.1} %, fresh weights {:.1} % on the test images",
//!     last.remaining, last.test_accuracy_early_stop, fresh.test_accuracy_early_stop
//! );
//! assert!(last.test_accuracy_early_stop > fresh.test_accuracy_early_stop);
//! # Ok::<(), Error>(())
//! ```
//!
//! # Where things are
//!
//! | to | see |
//! |---|---|
//! | say what a run is | [`config`], [`Config`] |
//! | read images, split them | [`images`], [`Labelled::from_idx`], [`dataset`] |
//! | run rounds | [`Experiment`] |
//! | score, prune, restart by yourself | [`scores`], [`prune`](mod@prune), [`restart`] |
//! | train one network by yourself | [`Trainer`] |
//! | look into it | [`inspect`], [`measures`] |
//! | exchange tickets with PyTorch | [`ticket`], [`safetensors`] |
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod config;
pub mod dataset;
pub mod error;
pub mod experiment;
pub mod idx;
pub mod images;
pub mod inspect;
pub mod json;
mod kernels;
pub mod mask;
pub mod measures;
pub mod network;
mod number;
pub mod prune;
mod rank;
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
pub use dataset::{BatchOrder, Dataset};
pub use error::{Error, ErrorKind};
pub use experiment::{Event, Experiment, Phase};
pub use idx::{parse_idx_images, parse_idx_labels};
pub use images::{CLASSES, Images, Labelled};
pub use kernels::Tally;
pub use mask::Mask;
pub use measures::{CurvePoint, RoundResult};
pub use network::{Fingerprint, Layer, Network};
pub use rng::{Purpose, Rng};
pub use tensor::Matrix;
pub use ticket::Ticket;
pub use trainer::{Evaluation, Gradients, Optimizer, Path, Trainer, TrainerState};
