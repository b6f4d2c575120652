//! Loss and weights after twenty Adam steps against PyTorch's, from
//! tests/reference/adam20.py.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use lottery_ticket::{Images, Labelled, Layer, Mask, Matrix, Network, Optimizer, Trainer};
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("reference/adam20.json")).unwrap()
}

fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

/// Trains as the reference did; (losses, network).
fn run(reference: &Value, masked: bool) -> (Vec<f64>, Network) {
    let sizes: Vec<usize> = numbers(&reference["sizes"]).iter().map(|n| *n as usize).collect();
    let bytes = |json: &Value| numbers(json).iter().map(|n| *n as u8).collect::<Vec<u8>>();
    let images = Images::from_pixels(1, sizes[0], &bytes(&reference["pixels"])).unwrap();
    let data = Labelled::new(images, bytes(&reference["labels"])).unwrap();
    let layer = |(index, pair): (usize, &[usize])| {
        let weights = numbers(&reference["start"][index]).iter().map(|w| *w as f32).collect();
        let keep = numbers(&reference["masks"][index]).into_iter().map(|k| !masked || k == 1.0);
        let mask = Mask::from_vec(pair[0], pair[1], keep.collect()).unwrap();
        let weights = Matrix::from_vec(pair[0], pair[1], weights).unwrap();
        Layer::new(weights, vec![0.0; pair[1]], mask).unwrap()
    };
    let network = Network::new(sizes.windows(2).enumerate().map(layer).collect()).unwrap();
    let batches = reference["batches"].as_array().unwrap();
    let mut trainer = Trainer::new(&network, Optimizer::Adam, numbers(&batches[0]).len());
    let lr = reference["lr"].as_f64().unwrap() as f32;
    let mut step = |batch: &Value| {
        let batch: Vec<u32> = numbers(batch).iter().map(|i| *i as u32).collect();
        f64::from(trainer.step(&data, &batch, lr))
    };
    let losses = batches.iter().map(&mut step).collect();
    (losses, trainer.network())
}

fn assert_near(what: &str, got: impl Iterator<Item = f64>, wanted: &[f64]) {
    let got: Vec<f64> = got.collect();
    assert_eq!(got.len(), wanted.len(), "{what}");
    for (at, (got, wanted)) in got.iter().zip(wanted).enumerate() {
        assert!((got - wanted).abs() < 2e-6, "{what} {at}: {got}, but PyTorch has {wanted}");
    }
}

fn compare(which: &str) {
    let reference = reference();
    let (losses, network) = run(&reference, which == "masked");
    let wanted = &reference[which];
    assert_near("loss of step", losses.into_iter(), &numbers(&wanted["losses"]));
    for (index, layer) in network.layers().iter().enumerate() {
        let weights = layer.weights().data().iter().map(|w| f64::from(*w));
        assert_near("weight", weights, &numbers(&wanted["weights"][index]));
        let biases = layer.biases().iter().map(|b| f64::from(*b));
        assert_near("bias", biases, &numbers(&wanted["biases"][index]));
    }
}

#[test]
fn a_dense_network_trains_as_in_pytorch() {
    compare("dense");
}

#[test]
fn a_masked_network_trains_as_in_pytorch() {
    compare("masked");
}
