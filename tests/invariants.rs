//! What must hold of every run, whatever the config.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod common;

use std::sync::Arc;

use common::*;
use lottery_ticket::config::RestartChoice;
use lottery_ticket::inspect::barrier;
use lottery_ticket::json::Json;
use lottery_ticket::subject::Subject;
use lottery_ticket::{Arm, Config, Dataset, Experiment, Images, Labelled, Mask, Network, Phase};

fn pruned_weights_are_plus_zero(network: &Network) -> bool {
    network.layers().iter().all(|layer| {
        let pairs = layer.weights().data().iter().zip(layer.mask().entries());
        pairs.filter(|(_, keep)| !**keep).all(|(w, _)| w.to_bits() == 0)
    })
}

#[test]
fn pruned_is_zero_after_every_step_of_each_optimiser() {
    for optimizer in ["optimizer=adam", "optimizer=sgd&lr=0.1&momentum=0.9"] {
        let mut it = experiment(&config(optimizer), Arm::Ticket);
        train(&mut it, 1000);
        it.prune().unwrap();
        assert!(pruned_weights_are_plus_zero(&it.network()));
        it.restart(RestartChoice::Rewind).unwrap();
        while it.phase() != Phase::Trained {
            it.advance(1);
            assert!(pruned_weights_are_plus_zero(&it.network()), "{optimizer} {}", it.step());
            assert_eq!(it.network().masks(), it.masks());
        }
    }
}

#[test]
fn negative_survivors_move_too() {
    let mut it = experiment(&config(""), Arm::Ticket);
    train(&mut it, 1000);
    it.next_round().unwrap();
    let start = it.network();
    train(&mut it, 1000);
    for (then, now) in start.layers().iter().zip(it.network().layers()) {
        let pairs = then.weights().data().iter().zip(now.weights().data());
        let negative: Vec<_> = pairs.filter(|(then, _)| **then < 0.0).collect();
        let moved = negative.iter().filter(|(then, now)| then != now).count();
        assert!(moved * 10 > negative.len() * 9, "{moved} of {}", negative.len());
    }
}

#[test]
fn a_rewound_network_is_theta_0_to_the_bit_biases_too() {
    let mut it = experiment(&config(""), Arm::Ticket);
    train(&mut it, 1000);
    let trained = it.network();
    assert!(trained.layers().iter().all(|l| l.biases().iter().any(|b| *b != 0.0)));
    it.next_round().unwrap();
    let network = it.network();
    for ((now, then), mask) in network.layers().iter().zip(it.theta0().layers()).zip(it.masks()) {
        let bits = |xs: &[f32]| xs.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(now.biases()), bits(then.biases()));
        let rewound = now.weights().data().iter().zip(then.weights().data()).zip(mask.entries());
        for ((now, then), &keep) in rewound {
            assert_eq!(now.to_bits(), if keep { then.to_bits() } else { 0 });
        }
    }
}

#[test]
fn masks_are_nested_and_age_tells_them_all() {
    let config = config("rounds=4");
    let mut it = experiment(&config, Arm::Ticket);
    let mut masks = vec![it.masks().to_vec()];
    for _ in 0..4 {
        train(&mut it, 1000);
        it.next_round().unwrap();
        masks.push(it.masks().to_vec());
    }
    for pair in masks.windows(2) {
        assert!(pair[1].iter().zip(&pair[0]).all(|(new, old)| new.is_subset_of(old)));
        assert_ne!(pair[0], pair[1]);
    }
    for (round, masks) in masks.iter().enumerate() {
        assert_eq!(Mask::from_ages(&config.sizes, &it.age().concat(), round).unwrap(), *masks);
    }
}

/// LeNet-300-100 on a few blank images: the counts do not depend on what the
/// weights learn.
#[test]
fn the_papers_survivors_come_out_of_a_run() {
    let fields =
        "preset=paper&data=own&examples=4&validation=1&test=1&batch=2&steps=1&eval_every=1";
    let config = Config::from_address(&format!("{fields}&rounds=7")).unwrap();
    let images = |count| {
        let pixels: Vec<u8> = (0..784 * count).map(|i| (i % 251) as u8).collect();
        Arc::new(
            Labelled::new(Images::from_pixels(28, 28, &pixels).unwrap(), vec![1; count]).unwrap(),
        )
    };
    let data = Arc::new(Dataset::new(&config, images(5), images(1)).unwrap());
    let mut it = Experiment::new(config, Arm::Ticket, data).unwrap();
    while it.phase() != Phase::Finished {
        train(&mut it, 1000);
        it.next_round().unwrap();
    }
    let survivors = |round: usize| &it.measures()[round].survivors[..];
    assert_eq!(survivors(0), [235_200, 30_000, 1_000]);
    assert_eq!(survivors(1), [188_160, 24_000, 900]);
    assert_eq!(survivors(3), [120_422, 15_360, 729]);
    assert_eq!(survivors(7), [49_325, 6_291, 478]);
    assert!((it.measures()[3].remaining - 51.28).abs() < 0.01);
    assert!((it.measures()[7].remaining - 21.07).abs() < 0.01);
}

#[test]
fn a_mask_of_ones_is_the_dense_network_to_the_bit() {
    let config = config("noise=0");
    let mut dense = experiment(&config, Arm::Ticket);
    train(&mut dense, 1000);
    let mut ones = experiment(&config, Arm::Noise);
    ones.begin_round(1, dense.masks()).unwrap();
    train(&mut ones, 1000);
    assert_eq!(ones.measures()[0].fingerprint, dense.measures()[0].fingerprint);
}

#[test]
fn a_run_is_its_config() {
    let a = run(&config(""), Arm::Ticket);
    assert_eq!(a.measures(), run(&config(""), Arm::Ticket).measures());
    let other = run(&config("seed=1"), Arm::Ticket);
    assert!(a.measures().iter().zip(other.measures()).all(|(a, b)| a.fingerprint != b.fingerprint));
}

#[test]
fn pruning_by_hand_can_be_tried_and_taken_back() {
    let mut it = experiment(&config(""), Arm::Ticket);
    train(&mut it, 1000);
    let (trained, age) = (it.network(), it.age().to_vec());
    it.prune_by(Some(0), 0.3).unwrap();
    let kept = |it: &Experiment| it.masks().iter().map(Mask::kept).collect::<Vec<_>>();
    let whole = [trained.layers()[1].mask().kept(), trained.layers()[2].mask().kept()];
    assert_eq!(kept(&it)[1..], whole, "one layer is cut, the others are not");
    it.prune_by(None, 0.3).unwrap();
    let masks = it.masks().to_vec();
    for (l, (layer, mask)) in trained.layers().iter().zip(&masks).enumerate() {
        let pairs = layer.weights().data().iter().zip(mask.entries());
        assert!(pairs.into_iter().all(|(w, &keep)| keep == (w.abs() >= 0.3)), "layer {l}");
    }
    it.prune_by(None, 0.1).unwrap();
    assert_eq!(it.masks(), masks, "a lower cut brings nothing back");
    it.prune_by(Some(1), 1e9).unwrap();
    assert_eq!(kept(&it), [masks[0].kept(), 1, masks[2].kept()], "a layer keeps its largest");
    for (age, mask) in it.age().iter().zip(it.masks()) {
        assert!(age.iter().zip(mask.entries()).all(|(&age, &keep)| age == u8::from(keep)));
    }
    it.prune_by(None, f32::NAN).unwrap();
    assert_eq!(kept(&it), [1, 1, 1], "no layer is emptied, whatever the cut");
    assert!(it.prune_by(Some(3), 0.1).is_err(), "there is no such layer");
    it.undo_prune().unwrap();
    assert_eq!((it.network(), it.age(), it.phase()), (trained, &age[..], Phase::Trained));
    it.prune().unwrap();
    assert!(it.remaining() < 100.0);
}

#[test]
fn a_cut_is_told_where_magnitude_decides_alone() {
    for (score, told) in [("magnitude", true), ("smallest", false), ("random", false)] {
        let mut it = experiment(&config(&format!("score={score}")), Arm::Ticket);
        train(&mut it, 1000);
        assert_eq!(Subject::Run(it).cut(None).is_some(), told, "{score}");
    }
}

#[test]
fn another_data_order_ends_elsewhere_and_the_line_between_is_measured() {
    let config = config("steps=100");
    let mut one = experiment(&config, Arm::Ticket);
    let mut two = one.twin();
    assert_eq!(one.network(), two.network());
    train(&mut one, 1000);
    train(&mut two, 1000);
    assert_ne!(one.network(), two.network());
    let line = |a: &Network, b: &Network| barrier(&config, one.data(), a, b, 5).unwrap();
    let between = line(&one.network(), &two.network());
    assert_eq!(between.alphas, [0.0, 0.25, 0.5, 0.75, 1.0]);
    assert_eq!(between.errors[0], 100.0 - one.measures()[0].test_accuracy_final);
    assert_eq!(between.errors[4], 100.0 - two.measures()[0].test_accuracy_final);
    for of in [&between, &line(&two.network(), &one.theta0().clone())] {
        let highest = of.errors.iter().copied().fold(0.0, f64::max);
        assert_eq!(of.instability, highest - (of.errors[0] + of.errors[4]) / 2.0);
    }
    assert_eq!(line(&one.network(), &one.network()).instability, 0.0);
    // Networks with other initial weights lie in other valleys.
    let mut stranger = experiment(&Config { seed: 5, ..config.clone() }, Arm::Ticket);
    train(&mut stranger, 1000);
    let apart = line(&one.network(), &stranger.network());
    assert!(apart.instability > between.instability + 5.0, "{apart:?} {between:?}");
    two.next_round().unwrap();
    assert!(barrier(&config, one.data(), &one.network(), &two.network(), 5).is_err());
}

#[test]
fn a_ticket_file_gives_back_mask_and_weights() {
    use lottery_ticket::Ticket;
    let mut it = experiment(&config(""), Arm::Ticket);
    train(&mut it, 1000);
    it.next_round().unwrap();
    train(&mut it, 1000);
    let bytes = lottery_ticket::subject::ticket_file(&it.ticket().unwrap(), "dense").unwrap();
    let (read, _) = Ticket::from_bytes(&bytes).unwrap();
    assert_eq!(read.initial(), it.theta0());
    assert_eq!(read.start(), it.theta_start());
    assert_eq!(read.trained(), it.theta_trained());
    assert_eq!(Config::from_json(&Json::parse(read.config()).unwrap()).unwrap(), *it.config());
}
