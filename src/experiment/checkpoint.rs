//! An experiment as bytes, to be resumed to the same bits, also in the middle
//! of a round. The container is safetensors; weights are kept as bit patterns.

use std::sync::Arc;

use super::training::{Best, Losses, Stage};
use super::{Experiment, Phase, optimizer};
use crate::config::{Arm, Choice, Config};
use crate::dataset::{BatchOrder, Dataset};
use crate::error::Error;
use crate::json::Json;
use crate::kernels::Tally;
use crate::mask::Mask;
use crate::measures::{CurvePoint, RoundResult};
use crate::network::{Layer, Network};
use crate::rng::Purpose;
use crate::safetensors::{Dtype, Safetensors, Tensor};
use crate::tensor::Matrix;
use crate::trainer::{LayerState, Trainer, TrainerState};

const VERSION: usize = 2;

/// Everything that is not weights.
struct Notes {
    config: Config,
    arm: Arm,
    second_order: bool,
    round: usize,
    step: usize,
    first_step: usize,
    fine_tuning: bool,
    phase: Phase,
    /// An evaluation that was under way starts over.
    stage: Pending,
    losses: Losses,
    curve: Vec<CurvePoint>,
    best: Option<CurvePoint>,
    diverged: bool,
    results: Vec<RoundResult>,
    optimizer_steps: u64,
    /// Fingerprint of the images.
    data: String,
}

enum Pending {
    Steps,
    Validate,
    Finish { job: usize, found: [Option<f64>; 4] },
}

impl Notes {
    fn to_json(&self) -> Json {
        let (stage, job, found) = match &self.stage {
            Pending::Steps => ("steps", 0, [None; 4]),
            Pending::Validate => ("validate", 0, [None; 4]),
            Pending::Finish { job, found } => ("finish", *job, *found),
        };
        let point = |point: &CurvePoint| Json::object(point.members());
        Json::object([
            ("version", VERSION.into()),
            ("config", self.config.to_json()),
            ("arm", self.arm.name().into()),
            ("second_order", self.second_order.into()),
            ("round", self.round.into()),
            ("step", self.step.into()),
            ("first_step", self.first_step.into()),
            ("fine_tuning", self.fine_tuning.into()),
            ("phase", self.phase.name().into()),
            ("stage", stage.into()),
            ("job", job.into()),
            ("found", found.into_iter().collect()),
            ("loss_sum", self.losses.sum.into()),
            ("loss_batches", self.losses.batches.into()),
            ("curve", self.curve.iter().map(point).collect()),
            ("best", self.best.as_ref().map_or(Json::Null, point)),
            ("diverged", self.diverged.into()),
            ("results", self.results.iter().map(RoundResult::to_json).collect()),
            ("optimizer_steps", self.optimizer_steps.into()),
            ("data", self.data.as_str().into()),
        ])
    }

    fn from_json(json: &Json) -> Option<Self> {
        let number = |name: &str| json.get(name).as_usize();
        let truth = |name: &str| json.get(name).as_bool();
        let phase = json.get("phase").as_str()?;
        let found: Vec<_> = json.get("found").as_array()?.iter().map(Json::as_f64).collect();
        Some(Notes {
            config: Config::from_json(json.get("config")).ok()?,
            arm: Arm::from_name(json.get("arm").as_str()?)?,
            second_order: truth("second_order")?,
            round: number("round")?,
            step: number("step")?,
            first_step: number("first_step")?,
            fine_tuning: truth("fine_tuning")?,
            phase: Phase::ALL.into_iter().find(|known| known.name() == phase)?,
            stage: match json.get("stage").as_str()? {
                "steps" => Pending::Steps,
                "validate" => Pending::Validate,
                "finish" => Pending::Finish { job: number("job")?, found: found.try_into().ok()? },
                _ => return None,
            },
            losses: Losses {
                sum: json.get("loss_sum").as_f64()?,
                batches: number("loss_batches")?,
            },
            curve: json
                .get("curve")
                .as_array()?
                .iter()
                .map(CurvePoint::from_json)
                .collect::<Option<_>>()?,
            best: match json.get("best") {
                Json::Null => None,
                point => Some(CurvePoint::from_json(point)?),
            },
            diverged: truth("diverged")?,
            results: json
                .get("results")
                .as_array()?
                .iter()
                .map(RoundResult::from_json)
                .collect::<Option<_>>()?,
            optimizer_steps: number("optimizer_steps")? as u64,
            data: json.get("data").as_str()?.to_owned(),
        })
    }
}

impl Experiment {
    /// Everything that [`Experiment::resume`] needs, besides the data.
    pub fn checkpoint(&self) -> Vec<u8> {
        let state = self.trainer.state();
        let notes = Notes {
            config: self.config.clone(),
            arm: self.arm,
            second_order: self.order_purpose == Purpose::OtherOrder,
            round: self.round,
            step: self.step,
            first_step: self.first_step,
            fine_tuning: self.fine_tuning,
            phase: self.phase,
            stage: match self.stage {
                Stage::Steps => Pending::Steps,
                Stage::Validate(_) => Pending::Validate,
                Stage::Finish { job, found, .. } => Pending::Finish { job, found },
            },
            losses: self.losses,
            curve: self.curve.clone(),
            best: self.best.as_ref().map(|best| best.point),
            diverged: self.diverged,
            results: self.results.clone(),
            optimizer_steps: state.steps,
            data: self.data.fingerprint().to_string(),
        };
        let notes = notes.to_json().to_string();
        let mut file = Safetensors::new();
        file.add("notes", Tensor::u8(&[notes.len()], notes.as_bytes()));
        put(&mut file, "start", Some(&self.start));
        put(&mut file, "origin", Some(&self.origin));
        put(&mut file, "late", self.late.as_ref());
        put(&mut file, "dense", self.dense.as_ref());
        put(&mut file, "trained", self.trained.as_ref());
        put(&mut file, "best", self.best.as_ref().map(|best| &best.network));
        put(&mut file, "now", Some(&state.network()));
        for (index, layer) in state.layers.iter().enumerate() {
            for (which, moments) in layer.weight_moments.iter().enumerate() {
                put_bits(&mut file, &format!("weight_moments.{index}.{which}"), moments);
            }
            for (which, moments) in layer.bias_moments.iter().enumerate() {
                put_bits(&mut file, &format!("bias_moments.{index}.{which}"), moments);
            }
        }
        for (index, age) in self.age.iter().enumerate() {
            file.add(format!("age.{index}"), Tensor::u8(&[age.len()], age));
        }
        file.to_bytes()
    }

    /// The experiment as it was when `checkpoint` was taken; going on gives
    /// the bits that going on then would have given.
    ///
    /// # Errors
    /// When the bytes are damaged, or taken with another config, arm or data; and as
    /// [`Experiment::new`].
    pub fn resume(
        config: Config,
        arm: Arm,
        data: Arc<Dataset>,
        checkpoint: &[u8],
    ) -> Result<Self, Error> {
        let file = Safetensors::from_bytes(checkpoint)?;
        let notes = String::from_utf8_lossy(file.read_u8("notes")?);
        let notes =
            Json::parse(&notes).map_err(|why| damaged(&format!("its notes have an {why}")))?;
        if notes.get("version").as_usize() != Some(VERSION) {
            return Err(damaged(&format!("it is not of version {VERSION}")));
        }
        let notes = Notes::from_json(&notes).ok_or_else(|| damaged("its notes are incomplete"))?;
        // Which arms there are changes nothing about this one.
        let comparable = |config: &Config| Config { arms: Vec::new(), ..config.clone() };
        if comparable(&notes.config) != comparable(&config) || notes.arm != arm {
            return Err(Error::ticket(format!(
                "The checkpoint was taken in another run: arm {} of {}, not arm {arm} of {}; start \
                 afresh or give the same config.",
                notes.arm,
                notes.config.to_address(),
                config.to_address()
            )));
        }
        if notes.data != data.fingerprint().to_string() {
            return Err(Error::data(
                "The checkpoint was taken on other images than these; start afresh, or give the \
                 images that the run began with.",
            ));
        }
        let mut it = Self::new(config, arm, data)?;
        let get = |name: &str| read(&file, name, &it.config.sizes);
        let need = |name: &str| get(name)?.ok_or_else(|| damaged(&format!("{name} is missing")));
        let start = need("start")?;
        let origin = need("origin")?;
        let (late, dense, trained) = (get("late")?, get("dense")?, get("trained")?);
        let best = match (notes.best, get("best")?) {
            (Some(point), Some(network)) => Some(Best { point, network }),
            _ => None,
        };
        let now = need("now")?;
        let mut age = Vec::new();
        let mut layers = Vec::new();
        for (index, layer) in now.layers().iter().enumerate() {
            age.push(file.read_u8(&format!("age.{index}"))?.to_vec());
            if age[index].len() != layer.mask().len() {
                return Err(damaged("an age is missing"));
            }
            layers.push(read_moments(&file, index, layer)?);
        }
        let state =
            TrainerState { optimizer: optimizer(&it.config), steps: notes.optimizer_steps, layers };
        let plausible = notes.step <= it.config.steps
            && notes.first_step <= notes.step
            && notes.round <= super::MAX_ROUNDS
            && (trained.is_some() || matches!(notes.phase, Phase::Ready | Phase::Training));
        let measured = matches!(notes.stage, Pending::Finish { job, .. } if job > 3 || best.is_none() || notes.curve.is_empty());
        if !plausible || measured {
            return Err(damaged("its numbers contradict each other"));
        }
        it.masks = now.masks();
        it.trainer = Trainer::from_state(state, it.config.batch);
        if notes.second_order {
            it.order_purpose = Purpose::OtherOrder;
            it.order = BatchOrder::new(it.config.seed, it.order_purpose, it.config.batch);
        }
        it.stage = match notes.stage {
            Pending::Steps => Stage::Steps,
            Pending::Validate => Stage::Validate(Tally::default()),
            Pending::Finish { job, found } => Stage::Finish { job, tally: Tally::default(), found },
        };
        (it.start, it.origin, it.late, it.dense, it.trained) =
            (start, origin, late, dense, trained);
        (it.age, it.best, it.curve, it.results) = (age, best, notes.curve, notes.results);
        (it.round, it.step, it.first_step) = (notes.round, notes.step, notes.first_step);
        (it.fine_tuning, it.phase, it.losses) = (notes.fine_tuning, notes.phase, notes.losses);
        it.diverged = notes.diverged;
        Ok(it)
    }
}

fn damaged(how: &str) -> Error {
    Error::ticket(format!("This is no checkpoint to resume from: {how}; start afresh."))
}

fn put_bits(file: &mut Safetensors, name: &str, values: &[f32]) {
    let bits: Vec<u32> = values.iter().map(|x| x.to_bits()).collect();
    file.add(name, Tensor::u32(&[bits.len()], &bits));
}

fn read_bits(file: &Safetensors, name: &str, length: usize) -> Result<Vec<f32>, Error> {
    Ok(file.read_u32(name, &[length])?.into_iter().map(f32::from_bits).collect())
}

fn put(file: &mut Safetensors, name: &str, network: Option<&Network>) {
    for (index, layer) in network.iter().flat_map(|network| network.layers().iter().enumerate()) {
        put_bits(file, &format!("{name}.{index}.weights"), layer.weights().data());
        put_bits(file, &format!("{name}.{index}.biases"), layer.biases());
        let keep = layer.mask().entries();
        file.add(format!("{name}.{index}.mask"), Tensor::bool(&[keep.len()], keep));
    }
}

/// The network `name`, if the file has one.
fn read(file: &Safetensors, name: &str, sizes: &[usize]) -> Result<Option<Network>, Error> {
    if file.tensor(&format!("{name}.0.mask"), Dtype::Bool).is_err() {
        return Ok(None);
    }
    let layer = |(index, pair): (usize, &[usize])| {
        let (inputs, outputs) = (pair[0], pair[1]);
        let count = inputs * outputs;
        let weights = read_bits(file, &format!("{name}.{index}.weights"), count)?;
        let keep = file.read_bool(&format!("{name}.{index}.mask"), &[count])?;
        Layer::new(
            Matrix::from_vec(inputs, outputs, weights)?,
            read_bits(file, &format!("{name}.{index}.biases"), outputs)?,
            Mask::from_vec(inputs, outputs, keep)?,
        )
    };
    let layers = sizes.windows(2).enumerate().map(layer).collect::<Result<_, Error>>()?;
    Ok(Some(Network::new(layers)?))
}

fn read_moments(file: &Safetensors, index: usize, layer: &Layer) -> Result<LayerState, Error> {
    let pruned_is_zero = |mut moments: Vec<f32>| {
        let pairs = moments.iter_mut().zip(layer.mask().entries());
        pairs.filter(|(_, keep)| !**keep).for_each(|(moment, _)| *moment = 0.0);
        moments
    };
    let weights = |which: usize| {
        let name = format!("weight_moments.{index}.{which}");
        read_bits(file, &name, layer.mask().len()).map(pruned_is_zero)
    };
    let biases =
        |which: usize| read_bits(file, &format!("bias_moments.{index}.{which}"), layer.outputs());
    Ok(LayerState {
        inputs: layer.inputs(),
        outputs: layer.outputs(),
        weights: layer.weights().data().to_vec(),
        keep: layer.mask().entries().to_vec(),
        biases: layer.biases().to_vec(),
        weight_moments: [weights(0)?, weights(1)?],
        bias_moments: [biases(0)?, biases(1)?],
    })
}
