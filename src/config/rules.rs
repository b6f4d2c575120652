//! Rules between fields: what each breaks, and how a forgiving door mends it.

use super::{Config, Scope, Source};

/// What MNIST's two files hold.
const MNIST_TRAINING: usize = 60_000;
const MNIST_TEST: usize = 10_000;
/// Largest network, in weights: keeps memory below what a browser tab has.
const MAX_WEIGHTS: u64 = 20_000_000;

/// A rule that one field alone cannot break.
pub(super) struct Rule {
    /// The sentence, when the config breaks the rule.
    pub(super) broken: fn(&Config) -> Option<String>,
    /// The smallest change that obeys it.
    pub(super) mend: fn(&mut Config),
}

/// The sentence, if `broken`.
fn when(broken: bool, sentence: impl FnOnce() -> String) -> Option<String> {
    broken.then(sentence)
}

/// All rules, in the order in which they are mended.
pub(super) const RULES: &[Rule] = &[
    Rule {
        broken: |c| {
            when(c.data == Source::Mnist && c.sizes[0] != 784, || {
                format!(
                    "sizes must start with 784 for MNIST's 28 × 28 pixels, but starts with {}.",
                    c.sizes[0]
                )
            })
        },
        mend: |c| c.sizes[0] = 784,
    },
    Rule {
        broken: |c| {
            let weights: u64 = c.sizes.windows(2).map(|pair| pair[0] as u64 * pair[1] as u64).sum();
            when(weights > MAX_WEIGHTS, || {
                format!(
                    "sizes must make at most {MAX_WEIGHTS} weights, but {} makes {weights}.",
                    c.text("sizes")
                )
            })
        },
        mend: |c| c.sizes = vec![c.sizes[0], 300, 100, 10],
    },
    Rule {
        broken: |c| {
            when(c.data == Source::Mnist && c.validation >= MNIST_TRAINING, || {
                format!(
                    "validation must be below MNIST's {MNIST_TRAINING} training images, but is {}.",
                    c.validation
                )
            })
        },
        mend: |c| c.validation = Config::preset(c.preset).validation,
    },
    Rule {
        broken: |c| {
            when(c.data == Source::Mnist && c.examples + c.validation > MNIST_TRAINING, || {
                format!(
                    "examples and validation together must be at most MNIST's {MNIST_TRAINING} training images, but are {} + {}.",
                    c.examples, c.validation
                )
            })
        },
        mend: |c| c.examples = MNIST_TRAINING - c.validation,
    },
    Rule {
        broken: |c| {
            when(c.data == Source::Mnist && c.test > MNIST_TEST, || {
                format!("test must be at most MNIST's {MNIST_TEST} test images, but is {}.", c.test)
            })
        },
        mend: |c| c.test = MNIST_TEST,
    },
    Rule {
        broken: |c| {
            when(c.batch > c.examples, || {
                format!("batch must be at most examples ({}), but is {}.", c.examples, c.batch)
            })
        },
        mend: |c| c.batch = c.examples,
    },
    Rule {
        broken: |c| {
            when(c.eval_every > c.steps, || {
                format!("eval_every must be at most steps ({}), but is {}.", c.steps, c.eval_every)
            })
        },
        mend: |c| c.eval_every = c.steps,
    },
    Rule {
        broken: |c| {
            when(c.rewind_to >= c.steps, || {
                format!("rewind_to must be below steps ({}), but is {}.", c.steps, c.rewind_to)
            })
        },
        mend: |c| c.rewind_to = c.steps - 1,
    },
    Rule {
        broken: |c| {
            let layers = c.sizes.len() - 1;
            let rates = c.layer_rates.as_ref()?.len();
            when(rates != layers, || {
                format!(
                    "layer_rates must give one rate for each of the {layers} layers, but gives {rates}."
                )
            })
        },
        mend: |c| c.layer_rates = None,
    },
    Rule {
        broken: |c| {
            let own = c.layer_rates.is_some() || c.output_rate.is_some();
            when(own && c.scope != Scope::Layer, || {
                format!(
                    "output_rate and layer_rates belong to scope layer, but scope is {}.",
                    c.scope
                )
            })
        },
        mend: |c| c.scope = Scope::Layer,
    },
    Rule {
        broken: |c| {
            when(c.scope == Scope::GlobalHidden && c.sizes.len() < 3, || {
                format!(
                    "scope global-hidden needs a hidden layer, but sizes is {}.",
                    c.text("sizes")
                )
            })
        },
        mend: |c| c.scope = Scope::Global,
    },
    Rule {
        broken: |c| {
            c.target?;
            let given = c.rate != Config::preset(c.preset).rate || c.layer_rates.is_some();
            when(given, || {
                format!(
                    "target ({}) decides the rate itself; give either target or rate and layer_rates.",
                    c.text("target")
                )
            })
        },
        mend: |c| c.target = None,
    },
    Rule {
        broken: |c| {
            c.target?;
            when(c.rounds == 0, || {
                format!("target ({}) needs rounds to be at least 1, but it is 0.", c.text("target"))
            })
        },
        mend: |c| c.target = None,
    },
    Rule {
        broken: |c| {
            let control = c.arms.iter().find(|arm| arm.is_control())?;
            when(!c.arms.contains(&super::Arm::Ticket), || {
                format!(
                    "arms must include ticket, because {control} is trained on the ticket's masks."
                )
            })
        },
        mend: |c| c.arms.insert(0, super::Arm::Ticket),
    },
];
