//! The engine's JavaScript face; nothing outside it knows JavaScript. It
//! converts and delegates; every error is an `Error` with our sentence.

#[cfg(feature = "bench")]
mod bench;
pub(crate) mod numbers;

use std::sync::Arc;

use wasm_bindgen::prelude::*;

use crate::config::{self, Arm, Choice, Config, RestartChoice};
use crate::dataset::Dataset;
use crate::error::Error;
use crate::experiment::{Event, Experiment};
use crate::images::{Images, Labelled};
use crate::inspect;
use crate::json::Json;
use crate::mask::Mask;
use crate::network::Network;
use crate::subject::{Subject, Which, choose, none_of, ticket_file};
use crate::ticket::Ticket;

type Answer<T> = Result<T, Error>;

impl From<Error> for JsValue {
    // Once in the wasm, not in every function that may fail.
    #[inline(never)]
    fn from(error: Error) -> JsValue {
        JsError::new(&error.to_string()).into()
    }
}

/// Bins of the histograms of movement.
const MOVEMENT_BINS: usize = 40;

/// The table of config fields: name, kind, range or choices, defaults, help.
#[wasm_bindgen]
pub fn config_table() -> Answer<JsValue> {
    to_js(&config::fields().iter().map(config::Field::to_json).collect())
}

/// `{config, corrections}` of an address that someone may have mistyped.
#[wasm_bindgen]
pub fn config_from_address(address: &str) -> Answer<JsValue> {
    let (config, corrections) = Config::from_address_leniently(address);
    to_js(&Json::object([
        ("config", config.to_json()),
        ("corrections", corrections.into_iter().collect()),
    ]))
}

/// The full, valid config of an object of fields.
#[wasm_bindgen]
pub fn config_from_json(fields: JsValue) -> Answer<JsValue> {
    to_js(&read_config(fields)?.to_json())
}

/// The address of a config: its preset and what differs from it.
#[wasm_bindgen]
pub fn config_to_address(config: JsValue) -> Answer<String> {
    Ok(read_config(config)?.to_address())
}

/// The crate's version.
#[wasm_bindgen]
pub fn engine_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Data and one run, or one ticket to look at.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    pool: Option<Arc<Labelled>>,
    test: Option<Arc<Labelled>>,
    subject: Option<Subject>,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without data.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Adds a shard of IDX bytes to the `train` or `test` images.
    #[wasm_bindgen(js_name = addShard)]
    pub fn add_shard(&mut self, kind: &str, images: &[u8], labels: &[u8]) -> Answer<()> {
        let shard = Labelled::from_idx(images, labels)?;
        let set = match kind {
            "train" => &mut self.pool,
            "test" => &mut self.test,
            _ => {
                return Err(Error::phase(format!("A shard is train or test, but got \"{kind}\".")));
            }
        };
        match set {
            Some(set) => Arc::make_mut(set).append(shard)?,
            None => *set = Some(Arc::new(shard)),
        }
        Ok(())
    }

    /// Forgets all images and the run.
    #[wasm_bindgen(js_name = clearData)]
    pub fn clear_data(&mut self) {
        *self = Engine::default();
    }

    /// `{train, test, rows, columns}`.
    #[wasm_bindgen(js_name = dataInfo)]
    pub fn data_info(&self) -> Answer<JsValue> {
        let count = |set: &Option<Arc<Labelled>>| set.as_ref().map_or(0, |set| set.len());
        let any = self.pool.as_ref().or(self.test.as_ref());
        let (rows, columns) = any.map_or((0, 0), |set| set.images().shape());
        let (train, test) = (count(&self.pool), count(&self.test));
        to_js(&Json::object([
            ("train", train.into()),
            ("test", test.into()),
            ("rows", rows.into()),
            ("columns", columns.into()),
        ]))
    }

    /// A new run of one arm on the images loaded.
    pub fn start(&mut self, config: JsValue, arm: &str) -> Answer<()> {
        let (config, arm, data) = self.ingredients(config, arm)?;
        self.subject = Some(Subject::Run(Experiment::new(config, arm, data)?));
        Ok(())
    }

    /// A run as it was when its checkpoint was taken.
    pub fn resume(&mut self, config: JsValue, arm: &str, checkpoint: &[u8]) -> Answer<()> {
        let (config, arm, data) = self.ingredients(config, arm)?;
        let run = Experiment::resume(config, arm, data, checkpoint)?;
        self.subject = Some(Subject::Run(run));
        Ok(())
    }

    /// Bytes for [`Engine::resume`].
    pub fn checkpoint(&self) -> Answer<Vec<u8>> {
        Ok(self.run()?.checkpoint())
    }

    /// Works for about as long as `max_steps` steps take; what happened.
    pub fn advance(&mut self, max_steps: u32) -> Answer<JsValue> {
        let events = self.run_mut()?.advance(max_steps as usize);
        let mut events = events.iter().map(Event::to_json).collect();
        camel_keys(&mut events);
        to_js(&events)
    }

    /// Makes the next masks.
    pub fn prune(&mut self) -> Answer<()> {
        self.run_mut()?.prune()
    }

    /// Prunes by hand every weight of `layer`, −1 for all, whose trained
    /// magnitude is below `threshold`.
    #[wasm_bindgen(js_name = pruneBy)]
    pub fn prune_by(&mut self, layer: i32, threshold: f32) -> Answer<JsValue> {
        self.run_mut()?.prune_by(usize::try_from(layer).ok(), threshold)?;
        self.status()
    }

    /// Takes a pruning back.
    #[wasm_bindgen(js_name = undoPrune)]
    pub fn undo_prune(&mut self) -> Answer<JsValue> {
        self.run_mut()?.undo_prune()?;
        self.status()
    }

    /// Restarts the survivors from `kind`.
    pub fn restart(&mut self, kind: &str) -> Answer<()> {
        let kind = choose::<RestartChoice>("restart", kind)?;
        self.run_mut()?.restart(kind)
    }

    /// Prunes and restarts as the arm says, or finishes.
    #[wasm_bindgen(js_name = nextRound)]
    pub fn next_round(&mut self) -> Answer<()> {
        self.run_mut()?.next_round()
    }

    /// Begins a control's round on the ticket's masks: `age` ≥ `round`.
    #[wasm_bindgen(js_name = beginRound)]
    pub fn begin_round(&mut self, round: u32, age: &[u8]) -> Answer<()> {
        let run = self.run_mut()?;
        let masks = Mask::from_ages(&run.config().sizes, age, round as usize)?;
        run.begin_round(round as usize, &masks)
    }

    /// Where the run stands, without its results.
    pub fn status(&self) -> Answer<JsValue> {
        let run = self.run()?;
        to_js(&Json::object([
            ("phase", run.phase().name().into()),
            ("round", run.round().into()),
            ("step", run.step().into()),
            ("remaining", run.remaining().into()),
            ("survivors", run.masks().iter().map(Mask::kept).collect()),
            ("arm", run.arm().name().into()),
            ("seed", run.config().seed.into()),
        ]))
    }

    /// Weights of a layer, (inputs × outputs), row-major.
    pub fn weights(&self, layer: usize, which: &str) -> Answer<Vec<f32>> {
        let layer = self.subject()?.initial().check_layer(layer)?;
        Ok(self.network(which)?.layers()[layer].weights().data().to_vec())
    }

    /// Rounds survived, all layers concatenated.
    pub fn age(&self) -> Answer<Vec<u8>> {
        Ok(self.subject()?.age())
    }

    /// `{edges, kept, pruned, cut, goes}` of |θ|; layer −1 for all.
    pub fn histogram(&self, layer: i32, which: &str, bins: usize) -> Answer<JsValue> {
        let subject = self.subject()?;
        let which = Which::from_name(which)?;
        let layer = match usize::try_from(layer) {
            Ok(layer) => Some(subject.initial().check_layer(layer)?),
            Err(_) => None,
        };
        let histogram = subject.histogram(layer, which, bins);
        let cut = if which == Which::Initial { None } else { subject.cut(layer) };
        let (goes, cut) = (cut.map(|(goes, _)| goes), cut.map(|(_, cut)| cut));
        let arrays = [
            ("edges", floats(&histogram.edges)),
            ("kept", counts(&histogram.kept)),
            ("pruned", counts(&histogram.pruned)),
        ];
        with_arrays(Json::object([("cut", cut.into()), ("goes", goes.into())]), &arrays)
    }

    /// Triples (θ₀, θ_T, kept) of at most `count` weights.
    pub fn scatter(&self, layer: usize, count: usize) -> Answer<Vec<f32>> {
        let subject = self.subject()?;
        Ok(subject.scatter(subject.initial().check_layer(layer)?, count))
    }

    /// Per layer `{layer, edges, survivors, pruned, meanSurvivors, meanPruned}`.
    pub fn movement(&self) -> Answer<JsValue> {
        let layers = js_sys::Array::new();
        for layer in &self.subject()?.movement(MOVEMENT_BINS) {
            let plain = Json::object([
                ("layer", layer.layer.into()),
                ("meanSurvivors", layer.mean_survivors.into()),
                ("meanPruned", layer.mean_pruned.into()),
            ]);
            let arrays = [
                ("edges", floats(&layer.edges)),
                ("survivors", counts(&layer.survivors)),
                ("pruned", counts(&layer.pruned)),
            ];
            layers.push(&with_arrays(plain, &arrays)?);
        }
        Ok(layers.into())
    }

    /// Surviving connections of each pixel.
    #[wasm_bindgen(js_name = fanOut)]
    pub fn fan_out(&self) -> Answer<Vec<u32>> {
        Ok(inspect::fan_out(&self.subject()?.masks()[0]))
    }

    /// Per layer `{shared, chance}` against another run's ages, at `round`.
    pub fn overlap(&self, age: &[u8], round: u32) -> Answer<JsValue> {
        let subject = self.subject()?;
        let sizes = subject.initial().sizes();
        let theirs = Mask::from_ages(&sizes, age, round as usize)?;
        let ours = Mask::from_ages(&sizes, &subject.age(), round as usize)?;
        let overlap = inspect::overlap(&ours, &theirs).into_iter().map(|layer| {
            Json::object([("shared", layer.shared.into()), ("chance", layer.chance.into())])
        });
        to_js(&overlap.collect())
    }

    /// `{dead, inDegree, outDegree}` of the hidden units after weight layer
    /// `layer`.
    pub fn units(&self, layer: usize) -> Answer<JsValue> {
        let masks = self.subject()?.masks();
        if layer + 1 >= masks.len() {
            return Err(Error::phase(format!(
                "There are {} hidden layers, counted from 0, but got {layer}.",
                masks.len() - 1
            )));
        }
        let units = inspect::units(&masks, layer);
        let dead: Vec<u8> = units.dead.iter().map(|&dead| dead.into()).collect();
        let arrays = [
            ("dead", bytes(&dead)),
            ("inDegree", counts(&units.in_degree)),
            ("outDegree", counts(&units.out_degree)),
        ];
        with_arrays(Json::object([]), &arrays)
    }

    /// Places of the hidden units, 0 to 1, all hidden layers concatenated.
    pub fn placement(&self) -> Answer<Vec<f32>> {
        let masks = self.subject()?.masks();
        let pixels = masks[0].shape().0;
        let images = self.pool.as_ref().map(|pool| pool.images().shape());
        let columns = match images {
            Some((rows, columns)) if rows * columns == pixels => columns,
            _ => (pixels as f64).sqrt() as usize,
        };
        Ok(inspect::placement(&masks, columns))
    }

    /// `{probabilities, activations}` for one image of grey bytes.
    pub fn predict(&self, pixels: &[u8], which: &str) -> Answer<JsValue> {
        let prediction = inspect::predict(&self.network(which)?, pixels)?;
        let activations = js_sys::Array::new();
        for layer in &prediction.activations {
            activations.push(&floats(layer));
        }
        let arrays = [
            ("probabilities", floats(&prediction.probabilities)),
            ("activations", activations.into()),
        ];
        with_arrays(Json::object([]), &arrays)
    }

    /// `{edges, total}`: the strongest connections of one image's signal.
    #[wasm_bindgen(js_name = activePath)]
    pub fn active_path(&self, pixels: &[u8], count: usize) -> Answer<JsValue> {
        let network = self.subject()?.network(Which::Current);
        let path = inspect::active_path(&network, pixels, count)?;
        let edges = path.edges.into_iter().map(|edge| {
            Json::object([
                ("layer", edge.layer.into()),
                ("from", edge.from.into()),
                ("to", edge.to.into()),
                ("value", edge.value.into()),
            ])
        });
        to_js(&Json::object([("edges", edges.collect()), ("total", path.total.into())]))
    }

    /// `{pixels, label}` of an image of the `test`, `validation` or `train`
    /// set.
    pub fn sample(&self, set_name: &str, index: usize) -> Answer<JsValue> {
        let (set, image): (&Labelled, Option<usize>) = match set_name {
            "test" => (loaded(&self.test, "test")?, Some(index)),
            "validation" | "train" => {
                let data = self.run()?.data();
                let of = if set_name == "train" { data.training() } else { data.validation() };
                (data.pool(), of.get(index).map(|&image| image as usize))
            }
            _ => return Err(none_of("An image's set", &["test", "validation", "train"], set_name)),
        };
        let Some(image) = image.filter(|&image| image < set.len()) else {
            return Err(Error::phase(format!("There is no image {index} in {set_name}.")));
        };
        let plain = Json::object([("label", set.labels()[image].into())]);
        with_arrays(plain, &[("pixels", bytes(&set.images().dense(image)))])
    }

    /// Mean of the training images loaded, 0 to 1 a pixel.
    #[wasm_bindgen(js_name = meanImage)]
    pub fn mean_image(&self) -> Answer<Vec<f32>> {
        let images: &Images = loaded(&self.pool, "training")?.images();
        Ok(inspect::mean_image(images))
    }

    /// The ticket as safetensors: `dense`, `sparse` or `sparse-trained`.
    #[wasm_bindgen(js_name = ticketFile)]
    pub fn ticket_file(&self, form: &str) -> Answer<Vec<u8>> {
        Ok(match self.subject()? {
            Subject::Run(run) => ticket_file(&run.ticket()?, form)?,
            Subject::File(ticket, _) => ticket_file(ticket, form)?,
        })
    }

    /// Opens a ticket file to look at, with ages as pruned after its training
    /// to the masks `age` ≥ `round`; what it says of itself.
    #[wasm_bindgen(js_name = loadTicket)]
    pub fn load_ticket(
        &mut self,
        bytes: &[u8],
        age: Option<Vec<u8>>,
        round: u32,
    ) -> Answer<JsValue> {
        let (ticket, form) = Ticket::from_bytes(bytes)?;
        let start = ticket.start();
        let masks = match age {
            Some(age) => Mask::from_ages(&start.sizes(), &age, round as usize)?,
            None => start.masks(),
        };
        let info = Json::object([
            ("form", form.name().into()),
            ("round", ticket.round().into()),
            ("sizes", start.sizes().into_iter().collect()),
            ("survivors", start.masks().iter().map(Mask::kept).collect()),
            ("remaining", start.remaining().into()),
            ("trained", ticket.trained().is_some().into()),
            ("config", Json::parse(ticket.config()).unwrap_or(Json::Null)),
        ]);
        self.subject = Some(Subject::File(ticket, masks));
        to_js(&info)
    }
}

impl Engine {
    /// What a run is made of.
    fn ingredients(&self, config: JsValue, arm: &str) -> Answer<(Config, Arm, Arc<Dataset>)> {
        let (config, arm) = (read_config(config)?, choose("arm", arm)?);
        let (Some(pool), Some(test)) = (&self.pool, &self.test) else {
            return Err(Error::phase("No images are loaded yet; load them first."));
        };
        let data = Dataset::new(&config, pool.clone(), test.clone())?;
        Ok((config, arm, Arc::new(data)))
    }

    fn subject(&self) -> Result<&Subject, Error> {
        self.subject.as_ref().ok_or_else(nothing_started)
    }

    fn run(&self) -> Result<&Experiment, Error> {
        match &self.subject {
            Some(Subject::Run(run)) => Ok(run),
            _ => Err(nothing_started()),
        }
    }

    fn run_mut(&mut self) -> Result<&mut Experiment, Error> {
        match &mut self.subject {
            Some(Subject::Run(run)) => Ok(run),
            _ => Err(nothing_started()),
        }
    }

    fn network(&self, which: &str) -> Answer<Network> {
        Ok(self.subject()?.network(Which::from_name(which)?))
    }
}

fn nothing_started() -> Error {
    Error::phase("No run has been started yet; start one first.")
}

fn loaded<'a>(set: &'a Option<Arc<Labelled>>, what: &str) -> Answer<&'a Labelled> {
    let missing = || Error::phase(format!("No {what} images are loaded yet."));
    set.as_deref().ok_or_else(missing)
}

fn read_config(fields: JsValue) -> Answer<Config> {
    let text = js_sys::JSON::stringify(&fields).ok().and_then(|text| text.as_string());
    let json = Json::parse(&text.unwrap_or_default())
        .map_err(|why| Error::phase(format!("The config cannot be read: {why}.")))?;
    Config::from_json(&json)
}

fn to_js(json: &Json) -> Answer<JsValue> {
    js_sys::JSON::parse(&json.to_string()).map_err(|_| Error::phase("An answer was no JSON."))
}

/// With names as JavaScript writes them.
fn camel_keys(json: &mut Json) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                let mut camel = String::new();
                let mut upper = false;
                for byte in name.bytes() {
                    if byte != b'_' {
                        camel.push(if upper { byte.to_ascii_uppercase() } else { byte }.into());
                    }
                    upper = byte == b'_';
                }
                *name = camel;
                camel_keys(value);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(camel_keys),
        _ => {}
    }
}

/// The object `plain` with arrays of numbers besides.
fn with_arrays(plain: Json, arrays: &[(&str, JsValue)]) -> Answer<JsValue> {
    let object = to_js(&plain)?;
    for (name, array) in arrays {
        // A new object takes every member.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), array);
    }
    Ok(object)
}

fn floats(numbers: &[f32]) -> JsValue {
    js_sys::Float32Array::from(numbers).into()
}

fn counts(numbers: &[u32]) -> JsValue {
    js_sys::Uint32Array::from(numbers).into()
}

fn bytes(numbers: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(numbers).into()
}
