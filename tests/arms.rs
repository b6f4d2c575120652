//! Each arm does what its name says: every test here fails when its arm is
//! wired like another.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod common;

use common::*;
use lottery_ticket::config::RestartChoice;
use lottery_ticket::{Arm, Config, Experiment, Mask, Network, measures, restart};

/// `arm` at the start of round 1, before its first step; round 0 is trained.
fn round_one(config: &Config, arm: Arm) -> Experiment {
    let mut it = experiment(config, arm);
    train(&mut it, 1000);
    it.next_round().unwrap();
    it
}

/// A control at the start of round 1 on the masks of `ticket`.
fn control(ticket: &Experiment, arm: Arm) -> Experiment {
    let mut it = experiment(ticket.config(), arm);
    it.begin_round(1, ticket.masks()).unwrap();
    it
}

fn kept(masks: &[Mask]) -> Vec<usize> {
    masks.iter().map(Mask::kept).collect()
}

fn masked(network: &Network, masks: &[Mask]) -> Network {
    network.masked(masks).unwrap()
}

fn last_fingerprint(it: &Experiment) -> &str {
    &it.measures().last().unwrap().fingerprint
}

#[test]
fn ticket_rewinds_to_theta_0() {
    let it = round_one(&config(""), Arm::Ticket);
    assert_eq!(it.network(), masked(it.theta0(), it.masks()));
    assert_eq!(kept(it.masks()), [403, 134, 102]);
}

#[test]
fn ticket_keeps_the_largest_trained_weights() {
    let it = round_one(&config(""), Arm::Ticket);
    for (layer, mask) in it.theta_trained().unwrap().layers().iter().zip(it.masks()) {
        let pairs = || layer.weights().data().iter().map(|w| w.abs()).zip(mask.entries());
        let largest_gone = pairs().filter(|(_, k)| !**k).map(|(w, _)| w).fold(0.0, f32::max);
        let smallest_kept = pairs().filter(|(_, k)| **k).map(|(w, _)| w).fold(9.0, f32::min);
        assert!(largest_gone <= smallest_kept);
    }
}

#[test]
fn late_rewinds_to_theta_k_and_goes_on_from_step_k() {
    let config = config("rewind_to=15&arms=late");
    let mut dense = experiment(&config, Arm::Ticket);
    while dense.step() < 15 {
        dense.advance(1);
    }
    let theta_k = dense.network();
    let it = round_one(&config, Arm::Late);
    assert_eq!(it.step(), 15);
    assert_eq!(it.network(), masked(&theta_k, it.masks()));
    assert_ne!(it.network(), masked(it.theta0(), it.masks()));
    assert_eq!(
        *it.ticket().unwrap().initial(),
        theta_k,
        "a ticket file holds all that it was cut from"
    );
}

/// Nothing pruned, nothing to rewind to: the dense round begins again.
#[test]
fn late_restarts_its_dense_round_from_theta_0() {
    let mut it = experiment(&config("rewind_to=15&arms=late"), Arm::Late);
    train(&mut it, 1000);
    it.restart(RestartChoice::Rewind).unwrap();
    assert_eq!((it.round(), it.step(), &it.network()), (0, 0, it.theta0()));
}

/// With nothing pruned and an optimiser without memory, going on from step k
/// must retrace the dense run to the bit: batches and learning rate included.
#[test]
fn late_resumes_the_data_order_and_the_learning_rate() {
    let quiet = "optimizer=sgd&momentum=0&lr=0.1&layer_rates=0,0,0&lr_schedule=cosine";
    let config = config(&format!("{quiet}&rewind_to=15&arms=late"));
    let mut it = round_one(&config, Arm::Late);
    let dense = last_fingerprint(&it).to_owned();
    train(&mut it, 7);
    assert_eq!(last_fingerprint(&it), dense);
    assert_eq!(it.curve()[0].step, 20);
}

#[test]
fn late_without_a_step_of_its_own_takes_a_fiftieth() {
    let it = round_one(&config("steps=100&arms=late"), Arm::Late);
    assert_eq!(it.step(), 2);
    let late = |steps: &str| config(&format!("{steps}&eval_every=1")).late_step();
    assert_eq!((late("steps=49"), late("steps=2"), late("steps=1")), (1, 1, 0));
}

#[test]
fn fine_tune_keeps_the_trained_weights_at_the_last_learning_rate() {
    let config = config("lr_schedule=step&arms=fine-tune,lr-rewind");
    let mut fine = round_one(&config, Arm::FineTune);
    let trained = fine.theta_trained().unwrap().clone();
    assert_eq!(fine.network(), masked(&trained, fine.masks()));
    let mut replay = round_one(&config, Arm::LrRewind);
    assert_eq!(replay.network(), fine.network());
    train(&mut fine, 1000);
    train(&mut replay, 1000);
    // A hundredth of the learning rate moves weights far less.
    let moved = |it: &Experiment| it.measures()[1].moved_survivors[0].unwrap();
    let start = fine.measures()[0].moved_survivors[0].unwrap();
    assert!((moved(&fine) - start).abs() < 0.5 * (moved(&replay) - start).abs());
}

#[test]
fn weights_move_from_what_they_grew_from() {
    for restart in ["rewind", "reinit", "fine-tune"] {
        let mut it = round_one(&config(&format!("restart={restart}")), Arm::Ticket);
        let origin = if restart == "reinit" { it.network() } else { it.theta0().clone() };
        train(&mut it, 1000);
        let next = it.next_masks().unwrap();
        let moved = measures::movement(&origin, it.theta_trained().unwrap(), next);
        let survivors: Vec<Option<f64>> = moved.iter().map(|layer| layer.survivors).collect();
        let pruned: Vec<Option<f64>> = moved.iter().map(|layer| layer.pruned).collect();
        assert_eq!(it.measures()[1].moved_survivors, survivors, "{restart}");
        assert_eq!(it.measures()[1].moved_pruned, pruned, "{restart}");
    }
    let ticket = round_one(&config(""), Arm::Ticket);
    for arm in [Arm::Reinit, Arm::Sign, Arm::Noise, Arm::Random] {
        let it = control(&ticket, arm);
        assert_eq!(*it.theta_origin(), it.network(), "{arm}");
    }
}

#[test]
fn with_a_constant_rate_fine_tune_and_lr_rewind_are_one() {
    let config = config("arms=fine-tune,lr-rewind");
    let end = |arm| {
        let mut it = round_one(&config, arm);
        train(&mut it, 1000);
        last_fingerprint(&it).to_owned()
    };
    assert_eq!(end(Arm::FineTune), end(Arm::LrRewind));
}

#[test]
fn one_shot_takes_every_mask_from_the_dense_network() {
    let config = config("");
    let it = run(&config, Arm::OneShot);
    let mut dense = experiment(&config, Arm::OneShot);
    train(&mut dense, 1000);
    let scores: Vec<Vec<f64>> = dense
        .network()
        .layers()
        .iter()
        .map(|layer| layer.weights().data().iter().map(|w| f64::from(w.abs())).collect())
        .collect();
    let mut masks = dense.masks().to_vec();
    for _ in 0..3 {
        masks = lottery_ticket::prune::prune(&masks, &scores, config.scope, &config.rates());
    }
    assert_eq!(it.masks(), masks);
    let ticket = run(&config, Arm::Ticket);
    assert_eq!(kept(ticket.masks()), kept(&masks));
    assert_ne!(ticket.masks(), masks, "round by round finds other weights");
}

#[test]
fn one_shot_scores_the_dense_network_against_its_own_birth_whatever_rounds_restart_from() {
    for score in ["increase", "movement"] {
        let masks = |restart: &str| {
            let config = config(&format!("score={score}&restart={restart}&steps=10"));
            run(&config, Arm::OneShot).masks().to_vec()
        };
        for restart in ["reinit", "sign", "noise", "fine-tune"] {
            assert_eq!(masks(restart), masks("rewind"), "{score}, {restart}");
        }
    }
}

#[test]
fn continued_restarts_only_before_the_last_round() {
    let config = config("rounds=2&arms=continued");
    let mut it = round_one(&config, Arm::Continued);
    assert_eq!(it.network(), masked(&it.theta_trained().unwrap().clone(), it.masks()));
    train(&mut it, 1000);
    it.next_round().unwrap();
    assert_eq!(it.network(), masked(it.theta0(), it.masks()));
}

#[test]
fn continued_takes_the_learning_rates_schedule_from_its_start() {
    let config = config("rounds=2&lr_schedule=step&arms=continued,lr-rewind");
    let [continued, rewound] = [Arm::Continued, Arm::LrRewind].map(|arm| {
        let mut it = round_one(&config, arm);
        train(&mut it, 1000);
        last_fingerprint(&it).to_owned()
    });
    assert_eq!(continued, rewound);
}

#[test]
fn reinit_has_the_tickets_mask_and_other_weights() {
    let ticket = round_one(&config(""), Arm::Ticket);
    let it = control(&ticket, Arm::Reinit);
    assert_eq!(it.masks(), ticket.masks());
    for ((layer, theirs), mask) in
        it.network().layers().iter().zip(ticket.network().layers()).zip(ticket.masks())
    {
        let pairs = layer.weights().data().iter().zip(theirs.weights().data()).zip(mask.entries());
        assert!(pairs.filter(|(_, keep)| **keep).all(|((a, b), _)| a != b));
    }
}

#[test]
fn reinit_draws_from_the_distribution_not_from_the_survivors() {
    let ticket = round_one(&config(""), Arm::Ticket);
    let survivors: Vec<f32> = ticket.network().layers()[0].weights().data().to_vec();
    let shared = |arm| {
        let network = control(&ticket, arm).network();
        let weights = network.layers()[0].weights().data().to_vec();
        weights.iter().filter(|w| **w != 0.0 && survivors.contains(w)).count()
    };
    assert_eq!(shared(Arm::Reinit), 0);
    assert_eq!(shared(Arm::ReinitSurvivors), ticket.masks()[0].kept());
}

#[test]
fn shuffle_moves_the_mask_and_keeps_counts_and_initial_weights() {
    let ticket = round_one(&config(""), Arm::Ticket);
    let it = control(&ticket, Arm::Shuffle);
    assert_eq!(kept(it.masks()), kept(ticket.masks()));
    for (mine, theirs) in it.masks().iter().zip(ticket.masks()) {
        assert_ne!(mine, theirs);
    }
    assert_eq!(it.network(), masked(it.theta0(), it.masks()));
}

#[test]
fn random_moves_the_mask_and_draws_anew() {
    let ticket = round_one(&config(""), Arm::Ticket);
    let it = control(&ticket, Arm::Random);
    assert_eq!(kept(it.masks()), kept(ticket.masks()));
    assert_ne!(it.masks(), ticket.masks());
    assert_ne!(it.masks(), control(&ticket, Arm::Shuffle).masks());
    assert_ne!(it.network(), masked(it.theta0(), it.masks()));
}

#[test]
fn sign_keeps_signs_and_one_size() {
    let ticket = round_one(&config(""), Arm::Ticket);
    let it = control(&ticket, Arm::Sign);
    assert_eq!(it.masks(), ticket.masks());
    for (mine, theirs) in it.network().layers().iter().zip(ticket.network().layers()) {
        let size = restart::sigma(it.config().init, mine.inputs(), mine.outputs()) as f32;
        for (a, b) in mine.weights().data().iter().zip(theirs.weights().data()) {
            assert_eq!(*a, if *b == 0.0 { 0.0 } else { size.copysign(*b) });
        }
    }
}

/// Without noise the arm is the ticket itself, trained on the same batches.
#[test]
fn noise_disturbs_as_much_as_asked_and_sees_the_same_data() {
    let mut ticket = round_one(&config("noise=0"), Arm::Ticket);
    let mut silent = control(&ticket, Arm::Noise);
    assert_eq!(silent.network(), ticket.network());
    train(&mut ticket, 1000);
    train(&mut silent, 3);
    assert_eq!(last_fingerprint(&silent), last_fingerprint(&ticket));
    assert_eq!(silent.curve(), ticket.curve());
    let ticket = round_one(&config("noise=2"), Arm::Ticket);
    let loud = control(&ticket, Arm::Noise);
    assert_eq!(loud.masks(), ticket.masks());
    for (mine, theirs) in loud.network().layers().iter().zip(ticket.network().layers()) {
        let pairs = mine.weights().data().iter().zip(theirs.weights().data());
        let squares = pairs.map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>();
        let size = (squares / mine.mask().kept() as f64).sqrt();
        let asked = 2.0 * restart::sigma(loud.config().init, mine.inputs(), mine.outputs());
        assert!((size / asked - 1.0).abs() < 0.2, "{size} is not {asked}");
    }
}

#[test]
fn controls_are_the_same_whatever_they_did_before() {
    let ticket = run(&config(""), Arm::Ticket);
    let masks = |round| Mask::from_ages(&[36, 16, 12, 10], &ticket.age().concat(), round).unwrap();
    let mut it = experiment(ticket.config(), Arm::Random);
    it.begin_round(3, &masks(3)).unwrap();
    train(&mut it, 1000);
    it.begin_round(1, &masks(1)).unwrap();
    train(&mut it, 1000);
    let mut fresh = experiment(ticket.config(), Arm::Random);
    fresh.begin_round(1, &masks(1)).unwrap();
    train(&mut fresh, 1000);
    assert_eq!(last_fingerprint(&it), last_fingerprint(&fresh));
    assert_ne!(it.masks(), masks(1));
}

#[test]
fn a_controls_ages_are_its_round_where_it_keeps_a_weight() {
    let ticket = round_one(&config(""), Arm::Ticket);
    for round in [1, 7] {
        let mut it = experiment(ticket.config(), Arm::Random);
        it.begin_round(round, ticket.masks()).unwrap();
        for (age, mask) in it.age().iter().zip(it.masks()) {
            let kept = mask.entries().iter().map(|&keep| u8::from(keep) * round as u8);
            assert!(kept.eq(age.iter().copied()));
        }
    }
}
