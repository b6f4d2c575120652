//! What a round's outcome is measured by.

use crate::config::{Arm, Choice};
use crate::json::Json;
use crate::mask::Mask;
use crate::network::{Layer, Network};

/// One look at the validation images during training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Training steps done.
    pub step: usize,
    /// Mean loss of the batches since the last point, each before its update.
    pub train_loss: f64,
    /// Mean validation loss.
    pub val_loss: f64,
    /// Validation accuracy, percent.
    pub val_accuracy: f64,
}

/// What one arm's round came to. Accuracies in percent, losses in nats.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundResult {
    /// The run's seed.
    pub seed: u32,
    /// Which line of the experiment.
    pub arm: Arm,
    /// 0 for the dense network.
    pub round: usize,
    /// Share of weights kept, percent.
    pub remaining: f64,
    /// Weights kept, layer by layer.
    pub survivors: Vec<usize>,
    /// Hidden units on no path from input to output, layer by layer.
    pub dead: Vec<usize>,
    /// Weights on some path from input to output.
    pub effective: usize,
    /// The step of the lowest validation loss (the first of equals), found
    /// afterwards.
    pub early_stop_step: usize,
    /// Was that the last look, so that training on might have found a lower
    /// one?
    pub censored: bool,
    /// Validation loss at early stop.
    pub val_loss: f64,
    /// Validation accuracy at early stop.
    pub val_accuracy: f64,
    /// Test accuracy at early stop.
    pub test_accuracy_early_stop: f64,
    /// Test accuracy after the last step.
    pub test_accuracy_final: f64,
    /// Training accuracy after the last step.
    pub train_accuracy: f64,
    /// Test accuracy before the first step: of m ⊙ θ₀ after a rewind.
    pub untrained_accuracy: f64,
    /// Mean |θ_T − θ₀| of the weights that survive this round's pruning, layer
    /// by layer, none where there are no such weights; empty for a control,
    /// which prunes nothing.
    pub moved_survivors: Vec<Option<f64>>,
    /// The same for the weights pruned after this round.
    pub moved_pruned: Vec<Option<f64>>,
    /// Did training stop because the loss was no longer a number?
    pub diverged: bool,
    /// Of the trained network, 16 hex digits.
    pub fingerprint: String,
    /// Of the network that the round started from.
    pub start_fingerprint: String,
    /// The looks at the validation images.
    pub curve: Vec<CurvePoint>,
}

impl CurvePoint {
    /// The point's members, named as its fields.
    pub fn members(&self) -> [(&'static str, Json); 4] {
        [
            ("step", self.step.into()),
            ("train_loss", self.train_loss.into()),
            ("val_loss", self.val_loss.into()),
            ("val_accuracy", self.val_accuracy.into()),
        ]
    }

    /// The point that [`CurvePoint::members`] describe, if they do.
    pub fn from_json(json: &Json) -> Option<Self> {
        Some(CurvePoint {
            step: json.get("step").as_usize()?,
            train_loss: number(json.get("train_loss"))?,
            val_loss: number(json.get("val_loss"))?,
            val_accuracy: json.get("val_accuracy").as_f64()?,
        })
    }
}

impl RoundResult {
    /// A JSON object with the fields' names.
    pub fn to_json(&self) -> Json {
        Json::object([
            ("seed", self.seed.into()),
            ("arm", self.arm.name().into()),
            ("round", self.round.into()),
            ("remaining", self.remaining.into()),
            ("survivors", self.survivors.iter().copied().collect()),
            ("dead", self.dead.iter().copied().collect()),
            ("effective", self.effective.into()),
            ("early_stop_step", self.early_stop_step.into()),
            ("censored", self.censored.into()),
            ("val_loss", self.val_loss.into()),
            ("val_accuracy", self.val_accuracy.into()),
            ("test_accuracy_early_stop", self.test_accuracy_early_stop.into()),
            ("test_accuracy_final", self.test_accuracy_final.into()),
            ("train_accuracy", self.train_accuracy.into()),
            ("untrained_accuracy", self.untrained_accuracy.into()),
            ("moved_survivors", self.moved_survivors.iter().copied().collect()),
            ("moved_pruned", self.moved_pruned.iter().copied().collect()),
            ("diverged", self.diverged.into()),
            ("fingerprint", self.fingerprint.as_str().into()),
            ("start_fingerprint", self.start_fingerprint.as_str().into()),
            ("curve", self.curve.iter().map(|point| Json::object(point.members())).collect()),
        ])
    }

    /// The result that [`RoundResult::to_json`] describes, if it does; other
    /// members do not matter.
    pub fn from_json(json: &Json) -> Option<Self> {
        fn list<T>(json: &Json, item: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
            json.as_array()?.iter().map(item).collect()
        }
        let moved = |json: &Json| match json {
            Json::Null => Some(None),
            json => json.as_f64().map(Some),
        };
        let text = |name: &str| json.get(name).as_str().map(str::to_owned);
        Some(RoundResult {
            seed: u32::try_from(json.get("seed").as_usize()?).ok()?,
            arm: Arm::from_name(json.get("arm").as_str()?)?,
            round: json.get("round").as_usize()?,
            remaining: json.get("remaining").as_f64()?,
            survivors: list(json.get("survivors"), Json::as_usize)?,
            dead: list(json.get("dead"), Json::as_usize)?,
            effective: json.get("effective").as_usize()?,
            early_stop_step: json.get("early_stop_step").as_usize()?,
            censored: json.get("censored").as_bool()?,
            val_loss: number(json.get("val_loss"))?,
            val_accuracy: json.get("val_accuracy").as_f64()?,
            test_accuracy_early_stop: json.get("test_accuracy_early_stop").as_f64()?,
            test_accuracy_final: json.get("test_accuracy_final").as_f64()?,
            train_accuracy: json.get("train_accuracy").as_f64()?,
            untrained_accuracy: json.get("untrained_accuracy").as_f64()?,
            moved_survivors: list(json.get("moved_survivors"), moved)?,
            moved_pruned: list(json.get("moved_pruned"), moved)?,
            diverged: json.get("diverged").as_bool()?,
            fingerprint: text("fingerprint")?,
            start_fingerprint: text("start_fingerprint")?,
            curve: list(json.get("curve"), CurvePoint::from_json)?,
        })
    }
}

/// JSON has no number for what is not finite: null stands for it, and comes
/// back as NaN.
fn number(json: &Json) -> Option<f64> {
    if matches!(json, Json::Null) { Some(f64::NAN) } else { json.as_f64() }
}

/// What of a masked network a signal can pass through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Hidden units on no path from an input to an output, layer by layer.
    pub dead: Vec<Vec<bool>>,
    /// Weights on some path from an input to an output.
    pub effective: usize,
}

/// Follows the paths of surviving weights from the inputs up and the outputs
/// down.
pub fn reach(masks: &[Mask]) -> Reach {
    let mut from_input = vec![vec![true; masks[0].shape().0]];
    for mask in masks {
        let below = &from_input[from_input.len() - 1];
        let mut above = vec![false; mask.shape().1];
        for_each_kept(mask, |i, o| above[o] |= below[i]);
        from_input.push(above);
    }
    let mut effective = 0;
    let mut dead = Vec::new();
    let mut to_output = vec![true; masks[masks.len() - 1].shape().1];
    for (mask, from_input) in masks.iter().zip(&from_input).rev() {
        let mut below = vec![false; from_input.len()];
        for_each_kept(mask, |i, o| {
            below[i] |= to_output[o];
            effective += usize::from(from_input[i] && to_output[o]);
        });
        to_output = below;
        dead.push(from_input.iter().zip(&to_output).map(|(from, to)| !(*from && *to)).collect());
    }
    // The inputs are no hidden units.
    dead.pop();
    dead.reverse();
    Reach { dead, effective }
}

fn for_each_kept(mask: &Mask, mut f: impl FnMut(usize, usize)) {
    let outputs = mask.shape().1;
    for (index, _) in mask.entries().iter().enumerate().filter(|(_, keep)| **keep) {
        f(index / outputs, index % outputs);
    }
}

/// How far the weights of one layer moved, those kept and those pruned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moved {
    /// Mean |θ_T − θ₀| of the weights kept; none where there are none.
    pub survivors: Option<f64>,
    /// The same for the weights pruned.
    pub pruned: Option<f64>,
}

/// How far the weights alive in `trained` moved from `origin`, layer by layer,
/// those that `next` keeps and those it removes (paper, figure 19).
pub fn movement(origin: &Network, trained: &Network, next: &[Mask]) -> Vec<Moved> {
    let layers = origin.layers().iter().zip(trained.layers()).zip(next);
    let layer = |((then, now), next): ((&Layer, &Layer), &Mask)| {
        let (mut sums, mut counts) = ([0.0; 2], [0usize; 2]);
        let weights = then.weights().data().iter().zip(now.weights().data());
        let kept = now.mask().entries().iter().zip(next.entries());
        for ((then, now), (_, next)) in weights.zip(kept).filter(|(_, (alive, _))| **alive) {
            let part = usize::from(!next);
            sums[part] += (f64::from(*now) - f64::from(*then)).abs();
            counts[part] += 1;
        }
        let mean = |part: usize| (counts[part] > 0).then(|| sums[part] / counts[part] as f64);
        Moved { survivors: mean(0), pruned: mean(1) }
    };
    layers.map(layer).collect()
}

/// How many weights of a layer two masks share, against chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Share of the first mask's survivors that the second keeps too, 0 to 1.
    pub shared: f64,
    /// The same for two independent random masks of these sizes.
    pub chance: f64,
}

/// Overlap of two runs' masks, layer by layer. Both must have one shape.
pub fn overlap(a: &[Mask], b: &[Mask]) -> Vec<Overlap> {
    let layer = |(a, b): (&Mask, &Mask)| {
        let both = a.entries().iter().zip(b.entries()).filter(|(a, b)| **a && **b).count();
        Overlap { shared: both as f64 / a.kept() as f64, chance: b.kept() as f64 / b.len() as f64 }
    };
    a.iter().zip(b).map(layer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn mask(inputs: usize, outputs: usize, keep: &[u8]) -> Mask {
        Mask::from_vec(inputs, outputs, keep.iter().map(|k| *k == 1).collect()).unwrap()
    }

    #[test]
    fn what_is_on_no_path_is_dead() {
        // 2 inputs, 3 hidden units, 2 outputs. Unit 1 has nothing below it,
        // unit 2 nothing above it.
        let masks = [mask(2, 3, &[1, 0, 1, 0, 0, 1]), mask(3, 2, &[1, 1, 1, 0, 0, 0])];
        let reach = reach(&masks);
        assert_eq!(reach.dead, [[false, true, true]]);
        assert_eq!(reach.effective, 3);
    }

    #[test]
    fn a_dense_network_is_all_alive() {
        let masks = [Mask::ones(3, 4), Mask::ones(4, 5), Mask::ones(5, 2)];
        let reach = reach(&masks);
        assert_eq!(reach.effective, 12 + 20 + 10);
        assert!(reach.dead.iter().flatten().all(|dead| !dead));
    }

    #[test]
    fn movement_tells_survivors_from_pruned() {
        use crate::Matrix;
        let net = |weights: [f32; 4], keep: &[u8]| {
            let weights = Matrix::from_vec(1, 4, weights.to_vec()).unwrap();
            Network::new(vec![Layer::new(weights, vec![0.0; 4], mask(1, 4, keep)).unwrap()])
                .unwrap()
        };
        let origin = net([1.0, 1.0, 1.0, 9.0], &[1, 1, 1, 1]);
        let trained = net([2.0, 0.5, -1.0, 9.0], &[1, 1, 1, 0]);
        let moved = movement(&origin, &trained, &[mask(1, 4, &[1, 0, 1, 0])]);
        assert_eq!(moved, [Moved { survivors: Some(1.5), pruned: Some(0.5) }]);
        assert_eq!(movement(&origin, &trained, &trained.masks())[0].pruned, None);
    }

    #[test]
    fn overlap_is_measured_against_chance() {
        let of = overlap(&[mask(1, 4, &[1, 1, 0, 0])], &[mask(1, 4, &[1, 0, 1, 1])]);
        assert_eq!(of, [Overlap { shared: 0.5, chance: 0.75 }]);
    }
}
