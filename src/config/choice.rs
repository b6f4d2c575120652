//! Fields of the config that take one of a few names.

/// A choice among names, each with a sentence of help.
pub trait Choice: Copy + PartialEq + 'static {
    /// All there are, in the order in which a person is shown them.
    const ALL: &'static [Self];
    /// Their names.
    const NAMES: &'static [&'static str];
    /// One sentence a name.
    const HELP: &'static [&'static str];

    /// The choice called `name`.
    fn from_name(name: &str) -> Option<Self> {
        place(name, Self::NAMES).map(|at| Self::ALL[at])
    }

    /// Its place among all.
    fn place(self) -> usize;

    /// What this choice is called, in kebab-case.
    fn name(self) -> &'static str {
        Self::NAMES[self.place()]
    }
}

/// Where `name` is among `names`.
pub(super) fn place(name: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|other| *other == name)
}

/// Declares an enum together with its names and sentences of help, which are
/// also its documentation.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal, $help:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = $help] $variant,)+
        }

        impl $crate::config::Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const NAMES: &'static [&'static str] = &[$($text),+];
            const HELP: &'static [&'static str] = &[$($help),+];

            fn place(self) -> usize {
                self as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::config::Choice::name(*self))
            }
        }
    };
}

choice! {
    /// A set of defaults; what an address leaves out comes from it.
    Preset {
        Lesson = "lesson", "Scaled down so that the effect shows within seconds, on every seed tried.";
        Paper = "paper", "LeNet-300-100 on MNIST as in Frankle & Carbin (2019).";
    }
}

choice! {
    /// Where the images come from.
    Source {
        Mnist = "mnist", "The 70,000 handwritten digits of MNIST.";
        Own = "own", "Your own IDX files of images and labels.";
    }
}

choice! {
    /// The distribution that initial weights are drawn from; biases start at 0.
    Init {
        Glorot = "glorot", "Gaussian with variance 2 / (inputs + outputs) of the layer (Glorot & Bengio 2010), as in the paper.";
        He = "he", "Gaussian with variance 2 / inputs of the layer (He et al. 2015).";
    }
}

choice! {
    /// The optimiser's name; [`crate::config::Config::momentum`] belongs to `sgd`.
    OptimizerChoice {
        Adam = "adam", "Adam with β₁ 0.9, β₂ 0.999, ε 1e-8, as in the paper.";
        Sgd = "sgd", "Stochastic gradient descent with momentum.";
    }
}

choice! {
    /// How the learning rate changes over the steps of a round.
    LrSchedule {
        Constant = "constant", "The same learning rate at every step, as in the paper.";
        Step = "step", "Divided by 10 after half of the steps and again after three quarters.";
        Cosine = "cosine", "Falls to 0 along half a cosine wave.";
        Warmup = "warmup", "Rises from 0 over the first tenth of the steps, then stays.";
    }
}

impl LrSchedule {
    /// What the learning rate is multiplied by at `step` (1-based) of `steps`.
    pub fn factor(self, step: usize, steps: usize) -> f64 {
        let done = (step - 1) as f64 / steps as f64;
        match self {
            LrSchedule::Constant => 1.0,
            LrSchedule::Step if done < 0.5 => 1.0,
            LrSchedule::Step if done < 0.75 => 0.1,
            LrSchedule::Step => 0.01,
            LrSchedule::Cosine => {
                // What the random numbers call too: one copy in the wasm.
                let (_, cos) = libm::sincos(core::f64::consts::PI * done);
                0.5 * (1.0 + cos)
            }
            LrSchedule::Warmup => (step as f64 / (0.1 * steps as f64)).min(1.0),
        }
    }
}

choice! {
    /// How the rounds follow each other (paper, section 2 and appendix B).
    Schedule {
        Iterative = "iterative", "Train, prune, restart, round after round: the paper's method.";
        OneShot = "one-shot", "Train the dense network once; every round's mask comes from those weights.";
        Continued = "continued", "Prune and keep training; restart only before the last round.";
    }
}

choice! {
    /// Which weights compete with each other for survival.
    Scope {
        Layer = "layer", "Each layer loses its own share, the output layer at its own rate.";
        Global = "global", "All weights compete, whatever their layer.";
        GlobalHidden = "global-hidden", "All weights compete but the output layer's, which are never pruned.";
    }
}

choice! {
    /// What makes a weight worth keeping; formulas in [`crate::scores`].
    Score {
        Magnitude = "magnitude", "Keeps the weights that are largest after training.";
        Initial = "initial", "Keeps the weights that were largest before training.";
        Increase = "increase", "Keeps the weights whose magnitude grew most.";
        Movement = "movement", "Keeps the weights that moved furthest.";
        Random = "random", "Keeps weights at random: what any score must beat.";
        Smallest = "smallest", "Keeps the smallest weights: the score upside down, as a control.";
        Snip = "snip", "Keeps what the loss is most sensitive to, before training (Lee et al. 2019).";
        Grasp = "grasp", "Keeps what preserves the gradient's flow, before training (Wang et al. 2020).";
        Synflow = "synflow", "Keeps what carries most path strength, without data (Tanaka et al. 2020).";
    }
}

choice! {
    /// What the surviving weights restart from.
    RestartChoice {
        Rewind = "rewind", "The very weights they were born with, or those after rewind_to steps.";
        Reinit = "reinit", "A fresh draw from the initial distribution.";
        ReinitSurvivors = "reinit-survivors", "A fresh draw from the initial values of the survivors.";
        Sign = "sign", "The initial signs, all with one size a layer.";
        Noise = "noise", "The initial weights with Gaussian noise added.";
        FineTune = "fine-tune", "The trained weights, at the last learning rate.";
        LrRewind = "lr-rewind", "The trained weights, with the learning rate's schedule from its start.";
    }
}

choice! {
    /// One line of an experiment. The first six make their own masks; the
    /// others are controls, trained on the ticket's masks of the same round.
    Arm {
        Ticket = "ticket", "The winning ticket: the config as it stands.";
        OneShot = "one-shot", "Every mask from one training of the dense network.";
        Continued = "continued", "Pruned and trained on, restarted only before the last round.";
        FineTune = "fine-tune", "Survivors keep their trained weights.";
        LrRewind = "lr-rewind", "Survivors keep their trained weights; the learning rate starts over.";
        Late = "late", "Survivors rewind to an early step instead of the very start.";
        Reinit = "reinit", "The ticket's mask with freshly drawn weights: the paper's control.";
        ReinitSurvivors = "reinit-survivors", "The ticket's mask with weights drawn from the survivors' initial values.";
        Sign = "sign", "The ticket's mask and initial signs, all weights of one size a layer.";
        Noise = "noise", "The ticket with Gaussian noise on its initial weights.";
        Shuffle = "shuffle", "The ticket's mask shuffled inside each layer, with the initial weights.";
        Random = "random", "A random mask with the ticket's number of weights a layer, freshly drawn.";
    }
}

impl Arm {
    /// Is this arm trained on the ticket's masks rather than on its own?
    pub fn is_control(self) -> bool {
        self >= Arm::Reinit
    }
}
