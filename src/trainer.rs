//! One network in training. Knows batches and steps, nothing of rounds.

use crate::error::Error;
use crate::images::Labelled;
use crate::kernels::update::Clock;
use crate::kernels::{self, BoxedKernels, Tally, naive};
use crate::mask::Mask;
use crate::network::{Layer, Network};
use crate::tensor::Matrix;

/// How parameters move against their gradients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Optimizer {
    /// Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 (Kingma & Ba 2015).
    Adam,
    /// Gradient descent with momentum μ; 0 is the plain one.
    Sgd {
        /// μ, 0 to 1.
        momentum: f32,
    },
}

/// Which kernels compute. All give the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// Triple loops: the oracle, slow.
    Naive,
    /// Tiles of the whole weight matrices, zeros of the data skipped.
    Dense,
    /// Surviving connections only.
    Sparse,
}

/// Loss and accuracy on some examples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evaluation {
    /// Mean cross-entropy in nats.
    pub loss: f64,
    /// Share of examples whose largest logit is the label's, in percent.
    pub accuracy: f64,
    /// Their number.
    pub correct: usize,
}

impl From<Tally> for Evaluation {
    fn from(tally: Tally) -> Self {
        Evaluation { loss: tally.loss(), accuracy: tally.accuracy(), correct: tally.correct() }
    }
}

/// Gradient of a mean loss with respect to all parameters.
#[derive(Debug, Clone)]
pub struct Gradients {
    /// The mean loss itself.
    pub loss: f32,
    /// Per layer, (inputs, outputs).
    pub weights: Vec<Matrix>,
    /// Per layer, (outputs).
    pub biases: Vec<Vec<f32>>,
}

/// Everything a [`Trainer`] would need to go on with the same bits, in one
/// layout whatever the kernels: row-major like [`Network`].
#[derive(Debug, Clone, PartialEq)]
pub struct TrainerState {
    pub(crate) optimizer: Optimizer,
    pub(crate) steps: u64,
    pub(crate) layers: Vec<LayerState>,
}

/// One layer of a [`TrainerState`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LayerState {
    pub inputs: usize,
    pub outputs: usize,
    /// (inputs, outputs), row-major; +0 where pruned.
    pub weights: Vec<f32>,
    pub keep: Vec<bool>,
    /// (outputs).
    pub biases: Vec<f32>,
    /// The optimiser's two numbers for each weight; +0 where pruned.
    pub weight_moments: [Vec<f32>; 2],
    pub bias_moments: [Vec<f32>; 2],
}

impl TrainerState {
    /// `network` before its first step.
    pub fn new(network: &Network, optimizer: Optimizer) -> Self {
        let layer = |layer: &Layer| LayerState {
            inputs: layer.inputs(),
            outputs: layer.outputs(),
            weights: layer.weights().data().to_vec(),
            keep: layer.mask().entries().to_vec(),
            biases: layer.biases().to_vec(),
            weight_moments: [vec![0.0; layer.mask().len()], vec![0.0; layer.mask().len()]],
            bias_moments: [vec![0.0; layer.outputs()], vec![0.0; layer.outputs()]],
        };
        TrainerState { optimizer, steps: 0, layers: network.layers().iter().map(layer).collect() }
    }

    /// Steps done since the (re)start.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The network in this state.
    pub fn network(&self) -> Network {
        let layer = |layer: &LayerState| {
            let (inputs, outputs) = (layer.inputs, layer.outputs);
            Layer::new(
                Matrix::from_vec(inputs, outputs, layer.weights.clone())?,
                layer.biases.clone(),
                Mask::from_vec(inputs, outputs, layer.keep.clone())?,
            )
        };
        let layers = self.layers.iter().map(layer).collect::<Result<_, Error>>();
        layers.and_then(Network::new).expect("a state's shapes belong together")
    }
}

/// One network in training: its parameters in the kernels' own layout, the
/// optimiser's state and step count.
pub struct Trainer {
    /// Shapes, masks and optimiser; its numbers are those of the start.
    start: TrainerState,
    kernels: BoxedKernels,
    path: Path,
    clock: Clock,
    batch: usize,
}

impl Trainer {
    /// A trainer at step 0 for batches of exactly `batch` samples. Chooses the
    /// kernels that cost least for this network.
    pub fn new(network: &Network, optimizer: Optimizer, batch: usize) -> Self {
        Self::from_state(TrainerState::new(network, optimizer), batch)
    }

    /// The same with kernels of one's own choice.
    pub fn with_path(network: &Network, optimizer: Optimizer, batch: usize, path: Path) -> Self {
        Self::from_state_with_path(TrainerState::new(network, optimizer), batch, path)
    }

    /// A trainer that goes on from `state`, to the same bits.
    pub fn from_state(state: TrainerState, batch: usize) -> Self {
        let (path, kernels) = kernels::cheapest(&state, batch);
        Self::with_kernels(state, batch, path, kernels)
    }

    /// The same with kernels of one's own choice.
    pub fn from_state_with_path(state: TrainerState, batch: usize, path: Path) -> Self {
        let kernels = kernels::of_path(&state, batch, path);
        Self::with_kernels(state, batch, path, kernels)
    }

    fn with_kernels(state: TrainerState, batch: usize, path: Path, kernels: BoxedKernels) -> Self {
        assert!(batch > 0, "a batch holds at least one sample");
        let clock = Clock::new(state.optimizer, state.steps);
        Trainer { start: state, kernels, path, clock, batch }
    }

    /// The kernels in use.
    pub fn path(&self) -> Path {
        self.path
    }

    /// Steps done since the (re)start.
    pub fn steps(&self) -> u64 {
        self.clock.steps()
    }

    /// One step on the examples `batch` at learning rate `lr`. Returns the
    /// mean loss before the update. Where that is not finite, training has
    /// diverged and nothing has changed.
    pub fn step(&mut self, data: &Labelled, batch: &[u32], lr: f32) -> f32 {
        assert_eq!(batch.len(), self.batch, "a batch holds as many samples as agreed");
        let loss = self.kernels.step(data, batch, self.clock.update(lr));
        if loss.is_finite() {
            self.clock.tick();
        }
        loss
    }

    /// Loss and accuracy on the examples `indices`.
    pub fn evaluate(&mut self, data: &Labelled, indices: &[u32]) -> Evaluation {
        let mut tally = Tally::default();
        self.tally(data, indices, &mut tally);
        tally.into()
    }

    /// Adds the examples `indices` to `tally`: an evaluation in several calls
    /// gives the bits of one.
    pub fn tally(&mut self, data: &Labelled, indices: &[u32], tally: &mut Tally) {
        self.kernels.tally(data, indices, tally);
    }

    /// The gradient of the mean loss on the examples `batch`, of any number
    /// above 0, also with respect to pruned weights, as if they were weights
    /// that happen to be 0. Computed plainly and slowly, to test against.
    pub fn gradients(&self, data: &Labelled, batch: &[u32]) -> Gradients {
        let state = self.state();
        let (loss, gradients) = naive::gradients(&state, data, batch);
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for (layer, gradient) in state.layers.iter().zip(gradients) {
            let matrix = Matrix::from_vec(layer.inputs, layer.outputs, gradient.weights);
            weights.push(matrix.expect("a gradient has its weights' shape"));
            biases.push(gradient.biases);
        }
        Gradients { loss, weights, biases }
    }

    /// A copy of the network as it is now.
    pub fn network(&self) -> Network {
        self.state().network()
    }

    /// A copy of everything, to go on from.
    pub fn state(&self) -> TrainerState {
        let mut state = self.start.clone();
        state.steps = self.clock.steps();
        self.kernels.state(&mut state);
        state
    }
}

impl std::fmt::Debug for Trainer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trainer").field("path", &self.path).field("clock", &self.clock).finish()
    }
}
