//! The one table of fields: names, kinds, ranges and help for every face.

use super::choice::*;
use super::field::{Field, Kind, Value};

macro_rules! integer {
    ($name:ident, $min:expr, $max:expr, $help:literal) => {
        Field {
            name: stringify!($name),
            kind: Kind::Integer { min: $min, max: $max },
            help: $help,
            get: |config| Value::One(config.$name as f64),
            set: |config, value| {
                if let Value::One(x) = value {
                    config.$name = *x as _;
                }
            },
        }
    };
}

macro_rules! number {
    ($name:ident, $min:expr, $max:expr, $help:literal) => {
        Field {
            name: stringify!($name),
            kind: Kind::Number { min: $min, max: $max, optional: false },
            help: $help,
            get: |config| Value::One(config.$name),
            set: |config, value| {
                if let Value::One(x) = value {
                    config.$name = *x;
                }
            },
        }
    };
}

macro_rules! optional {
    ($name:ident, $min:expr, $max:expr, $help:literal) => {
        Field {
            name: stringify!($name),
            kind: Kind::Number { min: $min, max: $max, optional: true },
            help: $help,
            get: |config| config.$name.map_or(Value::Empty, Value::One),
            set: |config, value| {
                config.$name = if let Value::One(x) = value { Some(*x) } else { None };
            },
        }
    };
}

macro_rules! choice {
    ($name:ident, $choice:ty, $help:literal) => {
        Field {
            name: stringify!($name),
            kind: Kind::Choice { names: <$choice>::NAMES, help: <$choice>::HELP },
            help: $help,
            get: |config| Value::One(config.$name.place() as f64),
            set: |config, value| {
                if let Value::One(place) = value {
                    config.$name = <$choice>::ALL[*place as usize];
                }
            },
        }
    };
}

/// All fields, in the order in which they are written.
pub static FIELDS: &[Field] = &[
    choice!(preset, Preset, "The set of defaults for everything that is not given."),
    integer!(
        seed,
        0,
        u32::MAX as u64,
        "Decides the initial weights, the split and the order of the examples."
    ),
    choice!(data, Source, "Which images to learn from."),
    integer!(examples, 1, 1_000_000, "Number of images to train on."),
    integer!(
        validation,
        1,
        1_000_000,
        "Number of images, apart from those, that decide the early stop."
    ),
    integer!(test, 1, 1_000_000, "Number of images that only measure: nothing is decided by them."),
    Field {
        name: "sizes",
        kind: Kind::Sizes { max: 65_536 },
        help: "Units per layer: pixels, hidden layers, ten digits.",
        get: |config| Value::Many(config.sizes.iter().map(|&n| n as f64).collect()),
        set: |config, value| {
            if let Value::Many(sizes) = value {
                config.sizes = sizes.iter().map(|&n| n as usize).collect();
            }
        },
    },
    choice!(init, Init, "The distribution of the initial weights."),
    integer!(batch, 1, 1000, "Images per training step."),
    integer!(steps, 1, 1_000_000, "Training steps per round."),
    choice!(optimizer, OptimizerChoice, "The rule that turns gradients into steps."),
    number!(lr, 1e-6, 10.0, "Learning rate: the size of a step."),
    choice!(lr_schedule, LrSchedule, "How the learning rate changes during a round."),
    number!(momentum, 0.0, 0.999, "Momentum of the optimiser sgd; adam ignores it."),
    number!(rate, 0.001, 0.99, "Share of the surviving weights that is pruned after each round."),
    optional!(output_rate, 0.0, 0.99, "The same for the output layer; half of rate unless given."),
    Field {
        name: "layer_rates",
        kind: Kind::Numbers { min: 0.0, max: 0.99 },
        help: "A rate for each layer of its own, instead of rate and output_rate.",
        get: |config| match &config.layer_rates {
            Some(rates) => Value::Many(rates.clone()),
            None => Value::Empty,
        },
        set: |config, value| {
            config.layer_rates =
                if let Value::Many(rates) = value { Some(rates.clone()) } else { None };
        },
    },
    optional!(
        target,
        0.01,
        99.9,
        "Percent of the weights to remain at the last round, instead of rate."
    ),
    integer!(rounds, 0, 60, "Rounds of pruning after the dense network's round 0."),
    choice!(schedule, Schedule, "How the rounds follow each other."),
    choice!(scope, Scope, "Which weights compete with each other for survival."),
    choice!(score, Score, "What makes a weight worth keeping."),
    choice!(restart, RestartChoice, "What the survivors restart from after pruning."),
    integer!(rewind_to, 0, 999_999, "The step to rewind to; 0 is the very start."),
    number!(
        noise,
        0.0,
        10.0,
        "Size of the noise arm's noise, in standard deviations of the initial weights."
    ),
    integer!(eval_every, 1, 1_000_000, "Steps between two looks at the validation images."),
    Field {
        name: "arms",
        kind: Kind::Choices { names: Arm::NAMES, help: Arm::HELP },
        help: "The lines of the experiment.",
        get: |config| Value::Many(config.arms.iter().map(|arm| arm.place() as f64).collect()),
        set: |config, value| {
            if let Value::Many(places) = value {
                config.arms = places.iter().map(|&place| Arm::ALL[place as usize]).collect();
            }
        },
    },
];
