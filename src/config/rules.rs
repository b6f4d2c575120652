//! Rules between fields: what each breaks, and how a forgiving door mends it.

use super::field::pieces;
use super::{Arm, Config, Scope, Source};

/// What MNIST's two files hold.
const MNIST_TRAINING: usize = 60_000;
const MNIST_TEST: usize = 10_000;
/// Largest network, in weights: keeps memory below what a browser tab has.
const MAX_WEIGHTS: u64 = 20_000_000;

/// A rule that one field alone cannot break.
pub(super) struct Rule {
    /// Does the config break it?
    pub(super) broken: fn(&Config) -> bool,
    /// What to say then; `{field}` stands for the field's text.
    sentence: &'static str,
    /// The smallest change that obeys it.
    pub(super) mend: fn(&mut Config),
}

impl Rule {
    /// The sentence about a config that breaks the rule.
    pub(super) fn told(&self, config: &Config) -> String {
        let mut told = String::new();
        for (index, piece) in pieces(self.sentence, |b| b == b'{' || b == b'}').iter().enumerate() {
            if index % 2 == 0 {
                told.push_str(piece);
            } else {
                told.push_str(&config.text(piece));
            }
        }
        told
    }
}

/// All rules, in the order in which they are mended.
pub(super) const RULES: &[Rule] = &[
    Rule {
        broken: |c| c.data == Source::Mnist && c.sizes[0] != 784,
        sentence: "sizes must start with 784 for MNIST's 28 × 28 pixels, but is {sizes}.",
        mend: |c| c.sizes[0] = 784,
    },
    Rule {
        broken: |c| {
            let weights: u64 = c.sizes.windows(2).map(|pair| pair[0] as u64 * pair[1] as u64).sum();
            weights > MAX_WEIGHTS
        },
        sentence: "sizes must make at most 20000000 weights, but {sizes} makes more.",
        mend: |c| c.sizes = vec![c.sizes[0], 300, 100, 10],
    },
    Rule {
        broken: |c| c.data == Source::Mnist && c.validation >= MNIST_TRAINING,
        sentence: "validation must be below MNIST's 60000 training images, but is {validation}.",
        mend: |c| c.validation = Config::preset(c.preset).validation,
    },
    Rule {
        broken: |c| c.data == Source::Mnist && c.examples + c.validation > MNIST_TRAINING,
        sentence: "examples and validation together must be at most MNIST's 60000 training \
                   images, but are {examples} + {validation}.",
        mend: |c| c.examples = MNIST_TRAINING - c.validation,
    },
    Rule {
        broken: |c| c.data == Source::Mnist && c.test > MNIST_TEST,
        sentence: "test must be at most MNIST's 10000 test images, but is {test}.",
        mend: |c| c.test = MNIST_TEST,
    },
    Rule {
        broken: |c| c.batch > c.examples,
        sentence: "batch must be at most examples ({examples}), but is {batch}.",
        mend: |c| c.batch = c.examples,
    },
    Rule {
        broken: |c| c.eval_every > c.steps,
        sentence: "eval_every must be at most steps ({steps}), but is {eval_every}.",
        mend: |c| c.eval_every = c.steps,
    },
    Rule {
        broken: |c| c.rewind_to >= c.steps,
        sentence: "rewind_to must be below steps ({steps}), but is {rewind_to}.",
        mend: |c| c.rewind_to = c.steps - 1,
    },
    Rule {
        broken: |c| c.layer_rates.as_ref().is_some_and(|rates| rates.len() + 1 != c.sizes.len()),
        sentence: "layer_rates must give one rate for each layer of {sizes}, but gives \
                   {layer_rates}.",
        mend: |c| c.layer_rates = None,
    },
    Rule {
        broken: |c| {
            let own = c.layer_rates.is_some() || c.output_rate.is_some();
            own && c.scope != Scope::Layer
        },
        sentence: "output_rate and layer_rates belong to scope layer, but scope is {scope}.",
        mend: |c| c.scope = Scope::Layer,
    },
    Rule {
        broken: |c| c.scope == Scope::GlobalHidden && c.sizes.len() < 3,
        sentence: "scope global-hidden needs a hidden layer, but sizes is {sizes}.",
        mend: |c| c.scope = Scope::Global,
    },
    Rule {
        broken: |c| {
            let given = c.rate != Config::preset(c.preset).rate || c.layer_rates.is_some();
            c.target.is_some() && given
        },
        sentence: "target ({target}) decides the rate itself; give either target or rate and \
                   layer_rates.",
        mend: |c| c.target = None,
    },
    Rule {
        broken: Config::misses_target,
        sentence: "target ({target}) is out of reach with rounds {rounds}; give more of either.",
        mend: |c| c.target = None,
    },
    Rule {
        broken: |c| c.arms.iter().any(|arm| arm.is_control()) && !c.arms.contains(&Arm::Ticket),
        sentence: "arms must include ticket, because controls are trained on the ticket's masks, \
                   but is {arms}.",
        mend: |c| c.arms.insert(0, Arm::Ticket),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::fields;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn sentences_name_fields_that_exist() {
        for rule in RULES {
            let named = rule.sentence.split('{').skip(1).map(|rest| rest.split('}').next());
            for name in named {
                assert!(fields().iter().any(|f| Some(f.name) == name), "{}", rule.sentence);
            }
        }
    }

    #[test]
    fn sentences_state_the_bounds_that_are_checked() {
        for bound in [MNIST_TRAINING, MNIST_TEST, MAX_WEIGHTS as usize] {
            let stated = RULES.iter().any(|rule| rule.sentence.contains(&bound.to_string()));
            assert!(stated, "{bound}");
        }
    }
}
