//! The loop: phases, slices, checkpoints, early stop.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod common;

use common::*;
use lottery_ticket::config::{Choice, RestartChoice};
use lottery_ticket::json::Json;
use lottery_ticket::{Arm, Config, Dataset, Event, Experiment, Labelled, Mask, Phase, RoundResult};
use std::sync::Arc;

#[test]
fn a_run_learns_and_goes_through_its_phases() {
    let config = config("");
    let mut it = experiment(&config, Arm::Ticket);
    assert_eq!((it.phase(), it.round(), it.step()), (Phase::Ready, 0, 0));
    it.advance(1);
    assert_eq!((it.phase(), it.step()), (Phase::Training, 1));
    let events = train(&mut it, 7);
    assert_eq!((it.phase(), it.step()), (Phase::Trained, 40));
    let steps: Vec<usize> = it.curve().iter().map(|point| point.step).collect();
    assert_eq!(steps, [10, 20, 30, 40]);
    assert!(matches!(events.last(), Some(Event::Round { .. })));
    let result = &it.measures()[0];
    assert!(result.test_accuracy_final > result.untrained_accuracy + 40.0, "{result:?}");
    it.prune().unwrap();
    assert_eq!((it.phase(), it.round()), (Phase::Pruned, 0));
    it.restart(RestartChoice::Rewind).unwrap();
    assert_eq!((it.phase(), it.round(), it.step()), (Phase::Ready, 1, 0));
    for round in 1..=3 {
        assert_eq!(it.round(), round);
        train(&mut it, 100);
        it.next_round().unwrap();
    }
    assert_eq!((it.phase(), it.measures().len()), (Phase::Finished, 4));
    it.reset();
    assert_eq!((it.phase(), it.measures().len()), (Phase::Ready, 0));
    assert_eq!(it.network(), *it.theta0());
}

#[test]
fn what_cannot_be_done_now_says_why() {
    let config = config("");
    let mut it = experiment(&config, Arm::Ticket);
    for result in [it.prune(), it.next_round(), it.undo_prune(), it.prune_by(None, 0.1)] {
        assert!(result.unwrap_err().to_string().contains("while it is ready"));
    }
    let masks = it.masks().to_vec();
    assert!(it.begin_round(1, &masks).is_err(), "a ticket makes its own masks");
    let mut control = experiment(&config, Arm::Reinit);
    train(&mut control, 100);
    assert!(control.prune().is_err());
    assert!(control.next_round().is_err());
    let wrong = experiment(&Config { sizes: vec![36, 10, 10], ..config.clone() }, Arm::Ticket);
    assert!(control.begin_round(1, wrong.masks()).is_err());
    assert!(control.begin_round(251, it.masks()).is_err());
    for (other, asked, split) in [
        (Config { examples: 100, ..config.clone() }, "100 + 60 + 70", "200 + 60 + 70"),
        (Config { validation: 30, ..config.clone() }, "200 + 30 + 70", "200 + 60 + 70"),
        (Config { test: 50, ..config.clone() }, "200 + 60 + 50", "200 + 60 + 70"),
        (Config { seed: 1, ..config.clone() }, "36 pixels by seed 1", "of 36 by seed 0"),
    ] {
        let refused = Experiment::new(other, Arm::Ticket, data(&config)).err().unwrap().to_string();
        let (before, after) = refused.split_once(", but ").unwrap();
        assert!(before.contains(asked) && after.contains(split), "{refused}");
    }
}

/// All that a run yields, whatever the slices.
fn outcome(config: &Config, slice: usize) -> (Vec<RoundResult>, String) {
    let mut it = experiment(config, Arm::Ticket);
    for _ in 0..2 {
        train(&mut it, slice);
        it.next_round().unwrap();
    }
    (it.measures().to_vec(), it.network().fingerprint().to_string())
}

#[test]
fn slices_change_no_bit() {
    let config = config("");
    let whole = outcome(&config, 1_000_000);
    assert_eq!(outcome(&config, 1), whole);
    assert_eq!(outcome(&config, 13), whole);
}

/// Trains the present round to its end and takes it up again from a checkpoint
/// after every slice of 3 steps; the experiment, and how often that was.
fn train_interrupted(mut it: Experiment) -> (Experiment, usize) {
    let mut taken = 0;
    while matches!(it.phase(), Phase::Ready | Phase::Training) {
        it.advance(3);
        let bytes = it.checkpoint();
        it = Experiment::resume(it.config().clone(), it.arm(), it.data().clone(), &bytes).unwrap();
        assert_eq!(it.checkpoint(), bytes);
        taken += 1;
    }
    (it, taken)
}

#[test]
fn a_checkpoint_resumes_to_the_same_bits_wherever_it_was_taken() {
    let diverging = "optimizer=sgd&lr=10&momentum=0&sizes=36-60-60-60-60-10&rounds=1";
    for (more, arm, interruptions) in [
        ("", Arm::Ticket, 50),
        ("optimizer=sgd&lr=0.1", Arm::Late, 50),
        ("", Arm::OneShot, 50),
        ("lr_schedule=step", Arm::FineTune, 50),
        (diverging, Arm::Ticket, 3),
    ] {
        let config = config(more);
        let whole = run(&config, arm);
        let (mut it, mut taken) = train_interrupted(experiment(&config, arm));
        loop {
            it.next_round().unwrap();
            if it.phase() == Phase::Finished {
                break;
            }
            let round = train_interrupted(it);
            (it, taken) = (round.0, taken + round.1);
        }
        assert!(taken > interruptions, "{more} {arm}: {taken}");
        // As JSON, in which the losses of a run that diverged are equal too.
        let told = |it: &Experiment| it.measures().iter().map(RoundResult::to_json).collect();
        let (told, whole_told): (Vec<Json>, Vec<Json>) = (told(&it), told(&whole));
        assert_eq!(told, whole_told, "{more} {arm}");
        assert_eq!(it.age(), whole.age());
    }
}

#[test]
fn a_checkpoint_of_a_control_or_a_twin_resumes_to_the_same_bits() {
    let config = config("");
    let mut ticket = experiment(&config, Arm::Ticket);
    train(&mut ticket, 1000);
    ticket.next_round().unwrap();
    let control = || {
        let mut control = experiment(&config, Arm::Random);
        control.begin_round(1, ticket.masks()).unwrap();
        control
    };
    let twin = || ticket.twin();
    assert_eq!(twin().age(), ticket.age(), "a twin's weights are as old");
    for begun in [&control as &dyn Fn() -> Experiment, &twin] {
        let mut whole = begun();
        train(&mut whole, 1000);
        assert_eq!(train_interrupted(begun()).0.measures(), whole.measures());
    }
}

#[test]
fn a_damaged_or_foreign_checkpoint_is_refused() {
    let config = config("");
    let mut it = experiment(&config, Arm::Ticket);
    it.advance(15);
    let bytes = it.checkpoint();
    let resume = |config: &Config, arm, bytes: &[u8]| {
        Experiment::resume(config.clone(), arm, data(config), bytes).map(|_| ())
    };
    assert!(resume(&config, Arm::Ticket, &bytes).is_ok());
    for length in [0, 7, 100, bytes.len() - 1] {
        assert!(resume(&config, Arm::Ticket, &bytes[..length]).is_err());
    }
    for at in (0..bytes.len()).step_by(997) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        let refused = resume(&config, Arm::Ticket, &flipped).unwrap_err().to_string();
        assert!(refused.contains("start afresh"), "{refused}");
    }
    assert!(resume(&config, Arm::Late, &bytes).is_err());
    let other = Config { seed: 9, ..config.clone() };
    assert!(resume(&other, Arm::Ticket, &bytes).unwrap_err().to_string().contains("seed=9"));
    let more_arms = Config { arms: vec![Arm::Ticket], ..config.clone() };
    assert!(resume(&more_arms, Arm::Ticket, &bytes).is_ok());
    let with = |train: Labelled, test: Labelled| {
        let data = Dataset::new(&config, Arc::new(train), Arc::new(test)).unwrap();
        Experiment::resume(config.clone(), Arm::Ticket, Arc::new(data), &bytes).map(|_| ())
    };
    assert!(with(images(300, 0), images(80, 1)).is_ok());
    let refused = with(images(300, 0), images(80, 2)).unwrap_err().to_string();
    assert!(refused.contains("other images"), "{refused}");
    assert!(with(images(300, 2), images(80, 1)).is_err());
    let relabelled = |set: Labelled| {
        let labels = set.labels().iter().map(|label| 9 - label).collect();
        Labelled::new(set.images().clone(), labels).unwrap()
    };
    assert!(with(relabelled(images(300, 0)), images(80, 1)).is_err());
    assert!(with(images(300, 0), relabelled(images(80, 1))).is_err());
    // More than the run uses may be there.
    let mut more = images(300, 0);
    more.append(images(5, 7)).unwrap();
    assert!(with(more, images(80, 1)).is_ok());
}

#[test]
fn early_stop_and_the_number_of_looks_never_alter_training() {
    let often = run(&config("eval_every=1"), Arm::Ticket);
    let seldom = run(&config("eval_every=40"), Arm::Ticket);
    for (often, seldom) in often.measures().iter().zip(seldom.measures()) {
        assert_eq!(often.fingerprint, seldom.fingerprint);
        assert_eq!(often.test_accuracy_final, seldom.test_accuracy_final);
        assert_eq!((often.curve.len(), seldom.curve.len()), (40, 1));
        assert!(often.val_loss <= seldom.val_loss);
    }
}

#[test]
fn early_stop_is_the_first_lowest_validation_loss() {
    // A high learning rate overfits 200 images soon.
    let it = run(&config("eval_every=5&steps=150&lr=0.02"), Arm::Ticket);
    let mut before_the_end = 0;
    for result in it.measures() {
        let lowest = result.curve.iter().map(|p| p.val_loss).fold(f64::INFINITY, f64::min);
        let first = result.curve.iter().find(|p| p.val_loss == lowest).unwrap();
        assert_eq!((result.early_stop_step, result.val_loss), (first.step, lowest));
        assert_eq!(result.censored, first.step == 150);
        before_the_end += usize::from(!result.censored);
    }
    assert!(before_the_end > 0, "the test would see nothing");
}

/// The run of `config` on these images.
fn run_on(config: &Config, pool: Labelled, test: Labelled) -> Experiment {
    let data = Arc::new(Dataset::new(config, Arc::new(pool), Arc::new(test)).unwrap());
    let mut it = Experiment::new(config.clone(), Arm::Ticket, data).unwrap();
    while it.phase() != Phase::Finished {
        train(&mut it, 1000);
        it.next_round().unwrap();
    }
    it
}

#[test]
fn of_equal_validation_losses_the_first_counts() {
    // Of a single class there is soon no doubt left: its loss is 0 and stays so.
    let config = config("eval_every=5&lr=1&rounds=0");
    let of_threes =
        |set: Labelled| Labelled::new(set.images().clone(), vec![3; set.len()]).unwrap();
    let it = run_on(&config, of_threes(images(300, 0)), of_threes(images(80, 1)));
    let result = &it.measures()[0];
    let zeros: Vec<usize> =
        result.curve.iter().filter(|p| p.val_loss == 0.0).map(|p| p.step).collect();
    assert!(zeros.len() > 1, "the test would see nothing: {:?}", result.curve);
    assert_eq!((result.early_stop_step, result.censored), (zeros[0], false));
}

#[test]
fn validation_images_choose_the_early_stop_alone_and_test_images_nothing() {
    for score in ["magnitude", "snip", "grasp"] {
        let config = config(&format!("score={score}&steps=150&lr=0.02&eval_every=5&rounds=2"));
        let own = data(&config);
        let wrong = |set: &Labelled, indices: &[u32]| {
            let mut labels = set.labels().to_vec();
            indices.iter().for_each(|&i| labels[i as usize] = (labels[i as usize] + 1) % 10);
            Labelled::new(set.images().clone(), labels).unwrap()
        };
        let (pool, test) = (own.pool().clone(), own.test().clone());
        let plain = run_on(&config, pool.clone(), test.clone());
        let other_test = run_on(&config, pool.clone(), wrong(&test, own.test_indices()));
        let other_validation = run_on(&config, wrong(&pool, own.validation()), test);
        let rounds = plain.measures().iter().zip(other_test.measures());
        for ((plain, other_test), other_validation) in rounds.zip(other_validation.measures()) {
            assert_eq!(plain.fingerprint, other_test.fingerprint);
            assert_eq!((&plain.curve, plain.censored), (&other_test.curve, other_test.censored));
            assert_eq!(plain.early_stop_step, other_test.early_stop_step);
            assert_eq!(plain.train_accuracy, other_test.train_accuracy);
            assert!(plain.test_accuracy_final > other_test.test_accuracy_final);

            assert_eq!(plain.fingerprint, other_validation.fingerprint);
            assert_eq!(plain.test_accuracy_final, other_validation.test_accuracy_final);
            assert_eq!(plain.train_accuracy, other_validation.train_accuracy);
            assert!(plain.early_stop_step > other_validation.early_stop_step);
            for (plain, other) in plain.curve.iter().zip(&other_validation.curve) {
                assert_eq!((plain.step, plain.train_loss), (other.step, other.train_loss));
                assert_ne!(plain.val_loss, other.val_loss);
            }
        }
    }
}

#[test]
fn the_test_accuracy_at_early_stop_is_that_networks() {
    let it = run(&config("eval_every=5&steps=150&lr=0.02&rounds=0"), Arm::Ticket);
    let result = &it.measures()[0];
    assert!(!result.censored);
    // Trained only that far, it must have the same accuracy in the end.
    let more = format!("eval_every=5&lr=0.02&rounds=0&steps={}", result.early_stop_step);
    let short = run(&config(&more), Arm::Ticket);
    assert_eq!(short.measures()[0].test_accuracy_final, result.test_accuracy_early_stop);
    assert_ne!(result.test_accuracy_early_stop, result.test_accuracy_final);
}

#[test]
fn divergence_is_said_and_ends_the_round() {
    let config = config("optimizer=sgd&lr=10&momentum=0&sizes=36-60-60-60-60-10");
    let mut it = experiment(&config, Arm::Ticket);
    let events = train(&mut it, 10);
    assert!(events.iter().any(|event| matches!(event, Event::Diverged { .. })));
    assert_eq!(it.phase(), Phase::Trained);
    assert!(it.measures()[0].diverged && it.step() < 40);
    // The last look there was, however many steps there were to be.
    let lowest = it.measures()[0].early_stop_step;
    assert_eq!(it.measures()[0].censored, lowest == it.step());
    it.next_round().unwrap();
    let json = it.measures()[0].to_json();
    let read = RoundResult::from_json(&Json::parse(&json.to_string()).unwrap());
    assert_eq!(read.expect("all members are there").to_json(), json);
}

#[test]
fn a_round_that_begins_again_knows_nothing_of_what_went_before() {
    let config = config("");
    let mut once = experiment(&config, Arm::Ticket);
    train(&mut once, 1000);
    let mut again = experiment(&config, Arm::Ticket);
    // Between two looks at the validation images.
    again.advance(5);
    assert_eq!(again.phase(), Phase::Training);
    for _ in 0..2 {
        again.restart(RestartChoice::Rewind).unwrap();
        train(&mut again, 1000);
        assert_eq!(again.measures(), once.measures());
    }
}

#[test]
fn a_round_after_one_that_diverged_is_trained_to_its_end() {
    let config = config("optimizer=sgd&lr=10&momentum=0&sizes=36-60-60-60-60-10");
    let mut it = experiment(&config, Arm::Reinit);
    train(&mut it, 1000);
    assert!(it.measures()[0].diverged);
    // With a weight a layer little more than the output's biases can learn.
    let one = |all: &Mask| {
        let keep = (0..all.len()).map(|at| at == 0).collect();
        Mask::from_vec(all.shape().0, all.shape().1, keep).unwrap()
    };
    let masks: Vec<Mask> = it.masks().iter().map(one).collect();
    it.begin_round(1, &masks).unwrap();
    train(&mut it, 1000);
    assert_eq!((it.step(), it.measures()[1].diverged), (40, false));
}

#[test]
fn every_score_restart_and_arm_runs_to_its_end() {
    for name in lottery_ticket::config::Score::NAMES {
        for scope in ["layer", "global", "global-hidden"] {
            let config = config(&format!("score={name}&scope={scope}&steps=10&rounds=2"));
            let it = run(&config, Arm::Ticket);
            assert_eq!(it.measures().len(), 3, "{name} {scope}");
        }
    }
    for name in lottery_ticket::config::RestartChoice::NAMES {
        let it = run(&config(&format!("restart={name}&steps=10")), Arm::Ticket);
        assert_eq!(it.measures().len(), 4, "{name}");
    }
    let config = config("steps=10&arms=ticket,late");
    let ticket = run(&config, Arm::Ticket);
    for &arm in Arm::ALL {
        let mut it = experiment(&config, arm);
        if arm.is_control() {
            for round in 0..=3 {
                let sizes = &config.sizes;
                let masks = Mask::from_ages(sizes, &ticket.age().concat(), round).unwrap();
                it.begin_round(round, &masks).unwrap();
                train(&mut it, 1000);
            }
            it.next_round().unwrap();
        } else {
            it = run(&config, arm);
        }
        let counted = |it: &Experiment| -> Vec<_> {
            it.measures().iter().map(|result| (result.round, result.survivors.clone())).collect()
        };
        assert_eq!((it.phase(), counted(&it)), (Phase::Finished, counted(&ticket)), "{arm}");
    }
}

#[test]
fn a_forked_arm_goes_on_as_if_it_had_trained_the_dense_round_itself() {
    let config = config("rounds=2");
    let mut ticket = experiment(&config, Arm::Ticket);
    assert!(ticket.fork(Arm::OneShot).is_err(), "nothing is trained yet");
    train(&mut ticket, 1000);
    assert!(ticket.fork(Arm::Late).is_err(), "the ticket kept no early weights");
    let (before, named) = (config.clone(), vec![Arm::Ticket, Arm::Late]);
    let config = Config { arms: named, ..config };
    // A checkpoint goes on beside other arms than it was taken beside.
    let bytes = ticket.checkpoint();
    let resumed = Experiment::resume(config.clone(), Arm::Ticket, data(&before), &bytes).unwrap();
    assert!(resumed.fork(Arm::Late).is_err(), "the early weights are still not there");
    let mut ticket = experiment(&config, Arm::Ticket);
    train(&mut ticket, 1000);
    for arm in [Arm::Ticket, Arm::Late, Arm::OneShot, Arm::Continued, Arm::FineTune, Arm::LrRewind]
    {
        let mut fork = ticket.fork(arm).unwrap();
        while fork.phase() != Phase::Finished {
            fork.next_round().unwrap();
            train(&mut fork, 1000);
        }
        assert_eq!(fork.measures(), run(&config, arm).measures(), "{arm}");
    }
    assert!(ticket.fork(Arm::Reinit).is_err(), "a control takes masks");
    ticket.next_round().unwrap();
    assert!(ticket.fork(Arm::Late).is_err(), "the dense round is left behind");
}

#[test]
fn a_fork_of_a_dense_round_that_began_again_knows_what_it_began_from() {
    let config = config("rounds=2&score=movement");
    let mut ticket = experiment(&config, Arm::Ticket);
    ticket.restart(RestartChoice::Reinit).unwrap();
    train(&mut ticket, 1000);
    let fork = ticket.fork(Arm::OneShot).unwrap();
    assert_eq!(fork.ticket().unwrap(), ticket.ticket().unwrap());
    assert_eq!(fork.theta_origin(), ticket.theta_origin());
    assert_ne!(fork.theta_origin(), fork.theta0());
}

#[test]
fn a_run_set_back_to_a_round_takes_it_again_to_the_same_bits() {
    for (more, arm) in [("", Arm::Ticket), ("rewind_to=7", Arm::Ticket), ("", Arm::OneShot)] {
        let it = run(&config(more), arm);
        for round in 0..=3 {
            let mut back = it.back_to(round).unwrap();
            assert_eq!((back.phase(), back.round()), (Phase::Ready, round));
            assert_eq!(
                back.theta_start().fingerprint().to_string(),
                it.measures()[round].start_fingerprint
            );
            while back.phase() != Phase::Finished {
                train(&mut back, 1000);
                back.next_round().unwrap();
            }
            assert_eq!(back.measures(), it.measures(), "{more} {arm} {round}");
            assert_eq!(back.age(), it.age());
        }
        assert!(it.back_to(4).is_err(), "it has not been there");
    }
    let continued = run(&config(""), Arm::Continued);
    assert!(continued.back_to(1).is_err(), "its trained weights are gone");
    assert_eq!(continued.back_to(3).unwrap().network(), *continued.theta_start());
    let mut control = experiment(&config(""), Arm::Reinit);
    control.begin_round(1, continued.masks()).unwrap();
    assert!(control.back_to(0).is_err(), "a control takes masks");
}
