use super::*;
use crate::{Images, Layer, Matrix};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn network(layers: &[(usize, usize, &[f32])]) -> Network {
    let layer = |&(inputs, outputs, weights): &(usize, usize, &[f32])| {
        let weights = Matrix::from_vec(inputs, outputs, weights.to_vec()).unwrap();
        Layer::new(weights, vec![0.0; outputs], Mask::ones(inputs, outputs)).unwrap()
    };
    Network::new(layers.iter().map(layer).collect()).unwrap()
}

fn one_image(pixels: &[u8], label: u8) -> Labelled {
    Labelled::new(Images::from_pixels(1, pixels.len(), pixels).unwrap(), vec![label]).unwrap()
}

fn near(got: &[f64], wanted: &[f64]) {
    assert_eq!(got.len(), wanted.len());
    for (got, wanted) in got.iter().zip(wanted) {
        assert!((got - wanted).abs() < 1e-12 * (1.0 + wanted.abs()), "{got} is not {wanted}");
    }
}

fn dataset() -> Dataset {
    let images: Vec<u8> = (0..1200).map(|i| (i * 37 % 256) as u8).collect();
    let images = Images::from_pixels(2, 2, &images).unwrap();
    let labels = (0..300).map(|i| (i % 10) as u8).collect();
    let pool = std::sync::Arc::new(Labelled::new(images, labels).unwrap());
    let fields = "data=own&sizes=4-3-10&examples=150&validation=20&test=10&batch=5";
    Dataset::new(&crate::Config::from_address(fields).unwrap(), pool.clone(), pool).unwrap()
}

#[test]
fn scores_of_trained_weights_follow_their_formulas() {
    let initial = network(&[(1, 4, &[1.0, -2.0, 0.5, -0.25])]);
    let trained = network(&[(1, 4, &[-1.5, -1.0, 0.5, 2.0])]);
    let data = dataset();
    let evidence =
        Evidence { initial: &initial, trained: &trained, data: &data, seed: 1, round: 1 };
    let of = |score| scores(score, &evidence).remove(0);
    assert_eq!(of(Score::Magnitude), [1.5, 1.0, 0.5, 2.0]);
    assert_eq!(of(Score::Initial), [1.0, 2.0, 0.5, 0.25]);
    assert_eq!(of(Score::Increase), [0.5, -1.0, 0.0, 1.75]);
    assert_eq!(of(Score::Movement), [2.5, 1.0, 0.0, 2.25]);
    assert_eq!(of(Score::Smallest), [-1.5, -1.0, -0.5, -2.0]);
}

#[test]
fn random_scores_change_with_round_and_seed_only() {
    let ones = network(&[(1, 8, &[1.0; 8])]);
    let others = network(&[(1, 8, &[-0.5, 3.0, 0.0, 0.25, -2.0, 7.0, 1.5, -1.0])]);
    let data = dataset();
    let of = |initial, trained, seed, round| {
        scores(Score::Random, &Evidence { initial, trained, data: &data, seed, round })
    };
    let first = of(&ones, &ones, 1, 1);
    assert_eq!(first, of(&others, &ones, 1, 1));
    assert_eq!(first, of(&ones, &others, 1, 1));
    assert_ne!(first, of(&ones, &ones, 1, 2));
    assert_ne!(first, of(&ones, &ones, 2, 1));
}

#[test]
fn the_examples_are_up_to_ten_of_each_class() {
    let data = dataset();
    let chosen = examples(&data, 5);
    assert!(chosen.iter().all(|image| data.training().contains(image)));
    for class in 0..10 {
        let all = data.training().iter().filter(|i| *i % 10 == class).count();
        assert_eq!(chosen.iter().filter(|i| *i % 10 == class).count(), all.min(10));
    }
    assert_ne!(chosen, examples(&data, 6));
}

/// One input of 1, two logits a and b, label 0. With p = softmax(a, b):
/// g = (p₀ − 1, p₁) = p₁ · (−1, 1).
#[test]
fn snip_is_gradient_times_weight() {
    let (a, b) = (0.3f32, -0.7f32);
    let got = snip(&network(&[(1, 2, &[a, b])]), &one_image(&[255], 0), &[0]).remove(0);
    let (a, b) = (f64::from(a), f64::from(b));
    let p1 = libm::exp(b) / (libm::exp(a) + libm::exp(b));
    near(&got, &[p1 * a, p1 * -b]);
}

/// The same net for GraSP: with logits divided by T, p = softmax(a/T, b/T),
/// g = (p₁/T) · (−1, 1) and H = (p₀p₁/T²) · [[1, −1], [−1, 1]], so that
/// Hg = (2 p₀ p₁² / T³) · (−1, 1).
#[test]
fn grasp_keeps_what_the_gradients_flow_needs() {
    let (a, b) = (0.5f32, 0.25f32);
    let net = network(&[(1, 2, &[a, b])]);
    let data = one_image(&[255], 0);
    let got = grasp(&net, &data, &[0]).remove(0);
    let (a, b) = (f64::from(a), f64::from(b));
    let p1 = libm::exp(b / 200.0) / (libm::exp(a / 200.0) + libm::exp(b / 200.0));
    let hg = 2.0 * (1.0 - p1) * p1 * p1 / (200.0f64 * 200.0 * 200.0);
    near(&got.iter().map(|x| x * 1e6).collect::<Vec<_>>(), &[-hg * a * 1e6, hg * b * 1e6]);
    // The label's own weight makes the net right and the gradient small:
    // without it the gradient would be larger, so it is the one to go.
    assert!(got[0] < 0.0 && got[1] > 0.0);
    let flow = |w: [f32; 2]| {
        let net = network(&[(1, 2, &w)]);
        let loss = Loss { network: &net, data: &data, examples: &[0], temperature: 200.0 };
        loss.gradient()[0].iter().map(|g| g * g).sum::<f64>()
    };
    assert!(flow([0.0, b as f32]) > flow([a as f32, b as f32]));
    assert!(flow([a as f32, 0.0]) < flow([a as f32, b as f32]));
}

/// The Hessian product against a difference of gradients, through two ReLU
/// layers with lit and dark units.
#[test]
fn the_hessian_product_is_the_gradients_derivative() {
    let mut rng = Rng::stream(9, Purpose::Initial, 0);
    let mut draw = |n: usize| (0..n).map(|_| rng.normal() as f32 * 0.6).collect::<Vec<f32>>();
    let (w1, w2, w3) = (draw(20), draw(15), draw(30));
    let shapes: [(usize, usize); 3] = [(4, 5), (5, 3), (3, 10)];
    let with = |w: [&[f32]; 3]| {
        network(&std::array::from_fn::<_, 3, _>(|l| (shapes[l].0, shapes[l].1, w[l])))
    };
    let pixels = [10, 200, 30, 90, 250, 5, 60, 0];
    let images = Images::from_pixels(2, 2, &pixels).unwrap();
    let data = Labelled::new(images, vec![3, 8]).unwrap();
    let v: Vec<Vec<f64>> = shapes
        .map(|(i, o)| (0..i * o).map(|k| ((k * 7 % 5) as f64 - 2.0) / 3.0).collect())
        .to_vec();
    let gradient = |h: f64| {
        let moved: Vec<Vec<f32>> = [&w1, &w2, &w3]
            .iter()
            .zip(&v)
            .map(|(w, v)| w.iter().zip(v).map(|(&w, v)| w + (h * v) as f32).collect())
            .collect();
        let net = with([&moved[0], &moved[1], &moved[2]]);
        Loss { network: &net, data: &data, examples: &[0, 1], temperature: 2.0 }.gradient()
    };
    let net = with([&w1, &w2, &w3]);
    let exact = Loss { network: &net, data: &data, examples: &[0, 1], temperature: 2.0 }
        .hessian_product(&v);
    let h = 1.0 / 1024.0;
    let (ahead, behind) = (gradient(h), gradient(-h));
    let mut largest = 0.0f64;
    for layer in 0..3 {
        for (k, exact) in exact[layer].iter().enumerate() {
            let difference = (ahead[layer][k] - behind[layer][k]) / (2.0 * h);
            assert!((difference - exact).abs() < 1e-4, "layer {layer}, {k}: {difference} {exact}");
            largest = largest.max(exact.abs());
        }
    }
    assert!(largest > 0.01, "the test would see nothing: {largest}");
}

/// 2 inputs, 2 hidden units, 1 output: the path strengths by hand.
#[test]
fn synflow_is_path_strength() {
    let net = network(&[(2, 2, &[1.0, -2.0, 3.0, 0.5]), (2, 1, &[-4.0, 5.0])]);
    let all = synflow(&net, &net.masks());
    assert_eq!(all[0], [4.0, 10.0, 12.0, 2.5]);
    assert_eq!(all[1], [16.0, 12.5]);
    // Conservation: each layer's scores add up to R.
    assert_eq!(all[0].iter().sum::<f64>(), all[1].iter().sum::<f64>());
    let cut = Mask::from_vec(2, 2, vec![true, true, false, true]).unwrap();
    let masked = synflow(&net, &[cut, Mask::ones(2, 1)]);
    assert_eq!(masked[0], [4.0, 10.0, 0.0, 2.5]);
    assert_eq!(masked[1], [4.0, 12.5]);
}

/// One look would take both weights into unit 0, since they are the weakest;
/// looking again after each lets SynFlow keep the path alive (no collapse).
#[test]
fn synflow_in_small_steps_reaches_the_exact_count_and_keeps_layers_connected() {
    let mut rng = Rng::stream(4, Purpose::Initial, 0);
    let mut draw = |n: usize| (0..n).map(|_| rng.normal() as f32).collect::<Vec<f32>>();
    let (w1, w2, w3) = (draw(200), draw(200), draw(100));
    let net = network(&[(20, 10, &w1), (10, 20, &w2), (20, 5, &w3)]);
    let scope = crate::config::Scope::Global;
    let masks = crate::prune::prune_by_synflow(&net.masks(), &net, scope, &[0.96]);
    assert_eq!(masks.iter().map(Mask::kept).sum::<usize>(), 20);
    let strength: f64 = synflow(&net, &masks)[0].iter().sum();
    assert!(strength > 0.0, "the layers are cut apart");
    let rates = [0.5, 0.25, 0.1];
    let masks =
        crate::prune::prune_by_synflow(&net.masks(), &net, crate::config::Scope::Layer, &rates);
    assert_eq!(masks.iter().map(Mask::kept).collect::<Vec<_>>(), [100, 150, 90]);
}

/// The paper's hundred looks, one after the other; with fewer, other weights go.
#[test]
fn synflow_looks_a_hundred_times() {
    let scope = crate::config::Scope::Global;
    for seed in 0..8 {
        let mut rng = Rng::stream(seed, Purpose::Initial, 0);
        let mut draw = |n: usize| (0..n).map(|_| rng.normal() as f32).collect::<Vec<f32>>();
        let (w1, w2, w3) = (draw(600), draw(400), draw(200));
        let net = network(&[(30, 20, &w1), (20, 20, &w2), (20, 10, &w3)]);
        let (mut masks, mut alive) = (net.masks(), 1200);
        for look in 1..=100 {
            let keep = libm::round(1200.0 * libm::pow(0.05, f64::from(look) / 100.0)) as usize;
            let rate = (alive - keep) as f64 / alive as f64;
            masks = crate::prune::prune(&masks, &synflow(&net, &masks), scope, &[rate]);
            alive = keep;
        }
        let pruned = crate::prune::prune_by_synflow(&net.masks(), &net, scope, &[0.95]);
        assert_eq!(pruned, masks, "{seed}");
    }
}
