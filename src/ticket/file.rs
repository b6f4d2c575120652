//! A ticket's file, written and read; [`super`] says what is in it.

use super::Ticket;
use crate::error::Error;
use crate::json::Json;
use crate::mask::Mask;
use crate::network::{Layer, Network};
use crate::safetensors::{Safetensors, Tensor, whole_numbers};
use crate::tensor::Matrix;

/// Which of the two forms a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// All of θ₀, the mask, and θ_T if there is one.
    Dense,
    /// The survivors' initial values and places.
    Sparse,
}

impl Ticket {
    /// The file in `form`.
    pub fn to_bytes(&self, form: Form) -> Vec<u8> {
        let mut file = Safetensors::new();
        file.note("config", self.config.as_str());
        file.note("fingerprint", self.start.fingerprint().to_string());
        if form == Form::Dense {
            file.note("fingerprint_initial", self.initial.fingerprint().to_string());
        }
        if let Some(trained) = &self.trained {
            file.note("fingerprint_trained", trained.fingerprint().to_string());
        }
        file.note("form", form.name());
        file.note("format", "pt");
        file.note("lottery_ticket", "1");
        file.note("round", self.round.to_string());
        file.note("sizes", self.start.sizes().iter().copied().collect::<Json>().to_string());
        for (index, layer) in self.start.layers().iter().enumerate() {
            let name = |part: &str| format!("fc{}.{part}", index + 1);
            let [initial_name, trained_name] = form.names().map(name);
            let shape = [layer.outputs(), layer.inputs()];
            let biases = Tensor::f32(&[layer.outputs()], layer.biases());
            let trained = self.trained.as_ref().map(|network| &network.layers()[index]);
            let keep = turn(layer.mask().entries(), layer.inputs(), layer.outputs());
            match form {
                Form::Dense => {
                    let initial = turned(self.initial.layers()[index].weights());
                    file.add(initial_name, Tensor::f32(&shape, &initial));
                    file.add(name("bias_init"), biases);
                    file.add(name("mask"), Tensor::bool(&shape, &keep));
                    if let Some(trained) = trained {
                        let weights = turned(trained.weights());
                        file.add(trained_name, Tensor::f32(&shape, &weights));
                    }
                }
                Form::Sparse => {
                    file.add(initial_name, survivors(layer, &keep));
                    if let Some(trained) = trained {
                        file.add(trained_name, survivors(trained, &keep));
                    }
                    if layer.biases().iter().any(|&bias| bias != 0.0) {
                        file.add(name("bias_init"), biases);
                    }
                    let gaps = gaps(&keep);
                    file.add(name("gaps"), Tensor::u8(&[gaps.len()], &gaps));
                }
            }
            if let Some(trained) = trained {
                file.add(name("bias"), Tensor::f32(&[layer.outputs()], trained.biases()));
            }
        }
        file.to_bytes()
    }

    /// Reads a ticket in either form.
    ///
    /// # Errors
    /// When the file is truncated or damaged, lies about its shapes, or its
    /// numbers do not give the fingerprint it states.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Self, Form), Error> {
        let file = Safetensors::from_bytes(bytes)?;
        let version = file.metadata("lottery_ticket")?;
        if version != "1" {
            return Err(Error::ticket(format!(
                "The ticket is of format version {version}, but this program reads version 1; \
                 use a newer program."
            )));
        }
        let form = Form::from_name(file.metadata("form")?)?;
        let sizes = read_sizes(file.metadata("sizes")?)?;
        let round = file.metadata("round")?;
        let round = round.parse().map_err(|_| {
            Error::ticket(format!("The ticket's round must be a whole number but is “{round}”."))
        })?;
        let config = file.metadata("config")?.to_string();
        if !matches!(Json::parse(&config), Ok(Json::Object(_))) {
            return Err(Error::ticket("The ticket's config is not a JSON object."));
        }

        let mut masks = Vec::new();
        let mut known = 0;
        for (index, pair) in sizes.windows(2).enumerate() {
            masks.push(read_mask(&file, form, index + 1, pair[0], pair[1])?);
            known += 2 + usize::from(file.contains(&format!("fc{}.bias_init", index + 1)));
        }
        let initial = read_network(&file, form, &masks, false)?;
        let mut trained = None;
        if file.contains(&format!("fc1.{}", form.names()[1])) {
            trained = Some(read_network(&file, form, &masks, true)?);
            known += 2 * masks.len();
        }
        if file.names().count() != known {
            return Err(Error::ticket(format!(
                "The ticket's sizes call for {known} tensors, but the file has {}.",
                file.names().count()
            )));
        }
        let ticket = Ticket::new(initial, &masks, trained, round, config)?;
        agree(&file, "fingerprint", &ticket.start)?;
        if form == Form::Dense {
            agree(&file, "fingerprint_initial", &ticket.initial)?;
        }
        ticket.trained.iter().try_for_each(|it| agree(&file, "fingerprint_trained", it))?;
        Ok((ticket, form))
    }
}

impl Form {
    /// `dense` or `sparse`.
    pub fn name(self) -> &'static str {
        match self {
            Form::Dense => "dense",
            Form::Sparse => "sparse",
        }
    }

    /// What a layer's weights are called, those it starts from and those that
    /// training made of them.
    fn names(self) -> [&'static str; 2] {
        match self {
            Form::Dense => ["weight_init", "weight"],
            Form::Sparse => ["values", "trained_values"],
        }
    }

    /// The form called `name`.
    ///
    /// # Errors
    /// When it is neither `dense` nor `sparse`.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        match name {
            "dense" => Ok(Form::Dense),
            "sparse" => Ok(Form::Sparse),
            other => Err(Error::ticket(format!(
                "A ticket's form is “dense” or “sparse”, but this one's is “{other}”."
            ))),
        }
    }
}

/// Does `network` have the fingerprint that the file notes under `key`?
fn agree(file: &Safetensors, key: &str, network: &Network) -> Result<(), Error> {
    let (stated, found) = (file.metadata(key)?, network.fingerprint().to_string());
    if found != stated {
        return Err(Error::ticket(format!(
            "The ticket is damaged: it states the {key} {stated}, but its numbers give {found}."
        )));
    }
    Ok(())
}

/// Row-major (outputs, inputs), as PyTorch has it, of a matrix (inputs, outputs).
pub(crate) fn turned(weights: &Matrix) -> Vec<f32> {
    let (inputs, outputs) = weights.shape();
    turn(weights.data(), inputs, outputs)
}

/// The transpose of row-major (`rows`, `columns`).
pub(crate) fn turn<T: Copy>(items: &[T], rows: usize, columns: usize) -> Vec<T> {
    let mut turned = Vec::with_capacity(items.len());
    for column in 0..columns {
        for row in 0..rows {
            turned.push(items[row * columns + column]);
        }
    }
    turned
}

/// The weights that `keep`, (outputs, inputs), keeps.
fn survivors(layer: &Layer, keep: &[bool]) -> Tensor {
    let mut values = Vec::new();
    for (weight, &keep) in turned(layer.weights()).into_iter().zip(keep) {
        if keep {
            values.push(weight);
        }
    }
    Tensor::f32(&[values.len()], &values)
}

/// Where `keep` is true, as gap bytes.
fn gaps(keep: &[bool]) -> Vec<u8> {
    let mut gaps = Vec::new();
    let mut gap = 0u8;
    for &keep in keep {
        if keep {
            gaps.push(gap);
            gap = 0;
        } else {
            gap += 1;
            if gap == u8::MAX {
                gaps.push(gap);
                gap = 0;
            }
        }
    }
    gaps
}

fn read_sizes(text: &str) -> Result<Vec<usize>, Error> {
    // 2^24 weights a layer are far more than a config allows; without a bound,
    // a small file could ask for any amount of memory.
    let sane = |sizes: &[usize]| {
        sizes.len() >= 2
            && sizes.iter().all(|&n| (1..=1 << 16).contains(&n))
            && sizes.windows(2).all(|pair| pair[0] * pair[1] <= 1 << 24)
    };
    match Json::parse(text).map(|sizes| whole_numbers(&sizes)) {
        Ok(Some(sizes)) if sane(&sizes) => Ok(sizes),
        _ => Err(Error::ticket(format!(
            "The ticket's sizes must be a list like [784,300,100,10] but are “{text}”."
        ))),
    }
}

/// The mask (inputs, outputs) of layer `number`.
fn read_mask(
    file: &Safetensors,
    form: Form,
    number: usize,
    inputs: usize,
    outputs: usize,
) -> Result<Mask, Error> {
    let mut keep = Vec::new();
    if form == Form::Dense {
        keep = file.read_bool(&format!("fc{number}.mask"), &[outputs, inputs])?;
    } else {
        let length = inputs * outputs;
        for &gap in file.read_u8(&format!("fc{number}.gaps"))? {
            keep.resize(keep.len() + gap as usize, false);
            if gap != u8::MAX {
                keep.push(true);
            }
            if keep.len() > length {
                return Err(Error::ticket(format!(
                    "The tensor “fc{number}.gaps” places weights beyond the {length} that the \
                     layer has."
                )));
            }
        }
        keep.resize(length, false);
    }
    Mask::from_vec(inputs, outputs, turn(&keep, outputs, inputs))
}

/// The initial network, all weights that the file has; or the trained one,
/// zero where `masks` has pruned.
fn read_network(
    file: &Safetensors,
    form: Form,
    masks: &[Mask],
    trained: bool,
) -> Result<Network, Error> {
    let mut layers = Vec::new();
    for (index, mask) in masks.iter().enumerate() {
        let (inputs, outputs) = mask.shape();
        let name = |part: &str| format!("fc{}.{part}", index + 1);
        let weights_name = name(form.names()[usize::from(trained)]);
        let biases_name = name(if trained { "bias" } else { "bias_init" });
        let weights = match form {
            Form::Dense => file.read_f32(&weights_name, &[outputs, inputs])?,
            Form::Sparse => {
                let mut values = file.read_f32(&weights_name, &[mask.kept()])?.into_iter();
                let mut weights = vec![0.0; mask.len()];
                let keep = turn(mask.entries(), inputs, outputs);
                for (weight, _) in weights.iter_mut().zip(keep).filter(|(_, keep)| *keep) {
                    *weight = values.next().unwrap_or_default();
                }
                weights
            }
        };
        let weights = Matrix::from_vec(inputs, outputs, turn(&weights, outputs, inputs))?;
        let without = form == Form::Sparse && !trained && !file.contains(&biases_name);
        let biases =
            if without { vec![0.0; outputs] } else { file.read_f32(&biases_name, &[outputs])? };
        let mask = if trained { mask.clone() } else { Mask::ones(inputs, outputs) };
        let layer = Layer::new(weights.clone(), biases, mask)?;
        if *layer.weights() != weights {
            return Err(Error::ticket(format!(
                "The tensor “{weights_name}” has a weight that is not zero where the mask has \
                 pruned it."
            )));
        }
        layers.push(layer);
    }
    Network::new(layers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Rng};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// A ticket of `sizes` that keeps about `share` of the weights.
    fn ticket(sizes: &[usize], share: f64, biases: f32) -> Ticket {
        let mut rng = Rng::stream(5, Purpose::Initial, 0);
        let mut layer = |inputs: usize, outputs: usize| {
            let weights = (0..inputs * outputs).map(|_| rng.normal() as f32).collect();
            let mask = (0..inputs * outputs).map(|_| rng.uniform() < share).collect();
            (
                Matrix::from_vec(inputs, outputs, weights).unwrap(),
                Mask::from_vec(inputs, outputs, mask).unwrap(),
            )
        };
        let (mut initial, mut trained, mut masks) = (vec![], vec![], vec![]);
        for pair in sizes.windows(2) {
            let (weights, mask) = layer(pair[0], pair[1]);
            let b = vec![biases; pair[1]];
            let ones = Mask::ones(pair[0], pair[1]);
            initial.push(Layer::new(weights.clone(), b.clone(), ones).unwrap());
            let mut moved = weights;
            moved.data_mut().iter_mut().for_each(|w| *w *= 1.5);
            trained.push(Layer::new(moved, vec![0.25; pair[1]], mask.clone()).unwrap());
            masks.push(mask);
        }
        let trained = Network::new(trained).unwrap();
        let initial = Network::new(initial).unwrap();
        Ticket::new(initial, &masks, Some(trained), 3, r#"{"seed":5}"#).unwrap()
    }

    #[test]
    fn the_dense_form_keeps_everything() {
        let ticket = ticket(&[6, 4, 2], 0.3, 0.5);
        let (read, form) = Ticket::from_bytes(&ticket.to_bytes(Form::Dense)).unwrap();
        assert_eq!(form, Form::Dense);
        assert_eq!(read, ticket);
    }

    #[test]
    fn the_sparse_form_keeps_the_ticket() {
        for (share, biases) in [(0.5, 0.0), (0.01, 0.5), (0.0, 0.0), (1.0, 0.0)] {
            let trained = ticket(&[70, 30, 3], share, biases);
            for ticket in [trained.untrained(), trained] {
                let (read, form) = Ticket::from_bytes(&ticket.to_bytes(Form::Sparse)).unwrap();
                assert_eq!(form, Form::Sparse);
                assert_eq!(read.start(), ticket.start());
                assert_eq!(read.start().fingerprint(), ticket.start().fingerprint());
                assert_eq!((read.round(), read.config()), (3, r#"{"seed":5}"#));
                assert_eq!(read.trained(), ticket.trained());
            }
        }
    }

    #[test]
    fn weights_are_turned_to_outputs_by_inputs() {
        let ticket = ticket(&[3, 2], 1.0, 0.0);
        let file = Safetensors::from_bytes(&ticket.to_bytes(Form::Dense)).unwrap();
        let turned = file.read_f32("fc1.weight_init", &[2, 3]).unwrap();
        let weights = ticket.initial().layers()[0].weights();
        assert_eq!(turned[1], weights.row(1)[0]);
        assert_eq!(turned[3], weights.row(0)[1]);
    }

    #[test]
    fn a_small_ticket_makes_a_small_file() {
        let ticket = ticket(&[784, 300, 100, 10], 0.0358, 0.0);
        let bytes = ticket.untrained().to_bytes(Form::Sparse).len();
        assert_eq!(ticket.dense_network_bytes(), 1_066_440);
        assert!(bytes < 50_000, "{bytes}");
    }

    #[test]
    fn a_gap_of_255_says_that_nothing_is_kept() {
        for gap in [0, 254, 255, 256, 510, 700] {
            let mut keep = vec![false; gap];
            keep.push(true);
            let bytes = gaps(&keep);
            assert_eq!(bytes.iter().filter(|&&gap| gap != 255).count(), 1, "{gap}");
            let span: usize = bytes.iter().map(|&b| b as usize + (b != 255) as usize).sum();
            assert_eq!(span, gap + 1);
        }
    }

    #[test]
    fn truncated_and_flipped_files_are_refused() {
        for form in [Form::Dense, Form::Sparse] {
            let bytes = ticket(&[6, 4, 2], 0.4, 0.5).to_bytes(form);
            for length in 0..bytes.len() {
                assert!(Ticket::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
            }
        }
        for form in [Form::Dense, Form::Sparse] {
            let bytes = ticket(&[6, 4, 2], 0.4, 0.5).to_bytes(form);
            let data = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
            for at in data..bytes.len() {
                let mut flipped = bytes.clone();
                flipped[at] ^= 0x10;
                assert!(Ticket::from_bytes(&flipped).is_err(), "byte {at}");
            }
        }
    }

    #[test]
    fn lies_are_refused_in_a_sentence() {
        let rewritten = |change: fn(&mut String)| {
            let bytes = ticket(&[6, 4, 2], 0.4, 0.5).to_bytes(Form::Dense);
            let (length, rest) = bytes.split_first_chunk::<8>().unwrap();
            let (header, data) = rest.split_at(u64::from_le_bytes(*length) as usize);
            let mut header = String::from_utf8(header.to_vec()).unwrap();
            change(&mut header);
            let mut file = (header.len() as u64).to_le_bytes().to_vec();
            file.extend_from_slice(header.as_bytes());
            file.extend_from_slice(data);
            Ticket::from_bytes(&file).unwrap_err().to_string()
        };
        let sizes = rewritten(|h| *h = h.replace("[6,4,2]", "[4,6,2]"));
        assert!(sizes.contains("shape"), "{sizes}");
        let layers = rewritten(|h| *h = h.replace("\"[6,4,2]\"", "\"[6,4]\""));
        assert!(layers.contains("call for"), "{layers}");
        let huge = rewritten(|h| *h = h.replace("[6,4,2]", "[6,99999999,2]"));
        assert!(huge.contains("sizes must be"), "{huge}");
        let version =
            rewritten(|h| *h = h.replace("\"lottery_ticket\":\"1\"", "\"lottery_ticket\":\"9\""));
        assert!(version.contains("version 9"), "{version}");
        let missing = rewritten(|h| *h = h.replace("fc2.mask", "fc2.task"));
        assert!(missing.contains("no tensor “fc2.mask”"), "{missing}");
    }
}
