use super::*;
use crate::json::Json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn refused(pairs: &[(&str, &str)], words: &[&str]) {
    let message = Config::from_pairs(pairs.iter().copied()).unwrap_err().to_string();
    for word in words {
        assert!(message.contains(word), "{message:?} does not say {word:?}");
    }
}

#[test]
fn presets_are_valid_and_short_to_write() {
    for preset in [Preset::Paper, Preset::Lesson] {
        let config = Config::preset(preset);
        assert_eq!(config.validate(), Ok(()));
        assert_eq!(config.to_address(), format!("preset={preset}"));
    }
}

#[test]
fn only_differences_are_written_and_order_does_not_matter() {
    let config = Config::from_address("#rounds=3&seed=7&preset=paper&sizes=784-30-10").unwrap();
    assert_eq!(config.to_address(), "preset=paper&seed=7&sizes=784-30-10&rounds=3");
    assert_eq!((config.steps, config.rounds, config.seed), (50_000, 3, 7));
    assert_eq!(Config::from_address(&config.to_address()).unwrap(), config);
    let again = Config::from_address("seed=7&sizes=784%2D30%2d10&preset=paper&rounds=3").unwrap();
    assert_eq!(again, config);
}

#[test]
fn every_field_survives_json_and_address() {
    let pairs = [
        ("preset", "paper"),
        ("seed", "4294967295"),
        ("data", "own"),
        ("examples", "1000"),
        ("validation", "100"),
        ("test", "50"),
        ("sizes", "16-8-10"),
        ("init", "he"),
        ("batch", "10"),
        ("steps", "20"),
        ("optimizer", "sgd"),
        ("lr", "0.1"),
        ("lr_schedule", "cosine"),
        ("momentum", "0.5"),
        ("rate", "0.3"),
        ("output_rate", "0"),
        ("layer_rates", "0.3,0.1"),
        ("rounds", "2"),
        ("schedule", "one-shot"),
        ("scope", "layer"),
        ("score", "movement"),
        ("restart", "sign"),
        ("rewind_to", "5"),
        ("noise", "0.5"),
        ("eval_every", "10"),
        ("arms", "ticket,shuffle"),
    ];
    let config = Config::from_pairs(pairs).unwrap();
    let names: Vec<&str> = pairs.iter().map(|(name, _)| *name).chain(["target"]).collect();
    for field in fields() {
        assert!(names.contains(&field.name), "{} is not tried here", field.name);
        let default = (field.get)(&Config::default());
        assert!(
            ["target", "scope"].contains(&field.name) || (field.get)(&config) != default,
            "{}",
            field.name
        );
    }
    let global = Config::from_address("scope=global&target=5").unwrap();
    assert_eq!(Config::from_address(&global.to_address()).unwrap(), global);
    assert_eq!(Config::from_json(&config.to_json()).unwrap(), config);
    assert_eq!(Config::from_address(&config.to_address()).unwrap(), config);
    let text = config.to_json().to_string();
    assert_eq!(Config::from_json(&Json::parse(&text).unwrap()).unwrap(), config);
    let dashes = pairs.map(|(name, text)| (name.replace('_', "-"), text));
    assert_eq!(Config::from_pairs(dashes).unwrap(), config);
}

#[test]
fn wrong_fields_are_named_with_value_and_range() {
    refused(&[("speed", "3")], &["\"speed\"", "seed"]);
    refused(&[("seed", "1"), ("seed", "2")], &["seed", "twice"]);
    refused(&[("eval_every", "1"), ("eval-every", "2")], &["eval_every", "twice"]);
    refused(&[("rate", "1.5")], &["rate", "0.001 to 0.99", "1.5"]);
    refused(&[("rate", "NaN")], &["rate", "NaN"]);
    refused(&[("lr", "inf")], &["lr", "inf"]);
    refused(&[("seed", "-1")], &["seed", "0 to 4294967295", "-1"]);
    refused(&[("steps", "many")], &["steps", "1 to 1000000", "many"]);
    refused(&[("steps", "")], &["steps"]);
    refused(&[("score", "luck")], &["score", "magnitude", "luck"]);
    refused(&[("sizes", "784-300")], &["sizes", "the last one 10"]);
    refused(&[("sizes", "784--10")], &["sizes"]);
    refused(&[("arms", "ticket,ticket")], &["arms", "each once"]);
    refused(&[("arms", "")], &["arms"]);
}

#[test]
fn fields_that_do_not_go_together_are_refused() {
    refused(&[("sizes", "100-10")], &["sizes", "784"]);
    refused(
        &[("examples", "59000"), ("validation", "2000")],
        &["examples", "60000", "59000 + 2000"],
    );
    refused(&[("validation", "60000")], &["validation"]);
    refused(&[("test", "10001")], &["test", "10000"]);
    refused(&[("batch", "100"), ("examples", "50")], &["batch", "50", "100"]);
    refused(&[("eval_every", "1001"), ("steps", "1000")], &["eval_every", "1000"]);
    refused(&[("rewind_to", "1000"), ("steps", "1000")], &["rewind_to", "1000"]);
    refused(&[("layer_rates", "0.1")], &["layer_rates", "784-300-100-10", "gives 0.1"]);
    refused(&[("target", "5"), ("rate", "0.3")], &["target", "rate"]);
    refused(&[("target", "5"), ("rounds", "0")], &["target (5)", "rounds 0"]);
    refused(&[("target", "0.01"), ("rounds", "1")], &["target (0.01)", "rounds 1"]);
    refused(&[("target", "0.3"), ("output_rate", "0")], &["target (0.3)", "rounds 5"]);
    refused(&[("target", "0.3"), ("scope", "global-hidden")], &["target (0.3)", "rounds 5"]);
    refused(&[("scope", "global"), ("output_rate", "0.3")], &["scope layer", "global"]);
    refused(&[("scope", "global-hidden"), ("sizes", "784-10")], &["hidden layer"]);
    refused(&[("arms", "reinit")], &["arms", "ticket"]);
    refused(&[("sizes", "784-30000-10")], &["sizes", "20000000"]);
}

#[test]
fn json_takes_numbers_texts_and_arrays() {
    let text = r#"{"seed": 7.0, "steps": "500", "sizes": [784, 30, 10],
        "arms": ["ticket", "noise"], "target": null, "lr": 0.01}"#;
    let config = Config::from_json(&Json::parse(text).unwrap()).unwrap();
    assert_eq!((config.seed, config.steps, config.lr), (7, 500, 0.01));
    assert_eq!((config.sizes, config.arms), (vec![784, 30, 10], vec![Arm::Ticket, Arm::Noise]));
    for bad in ["[]", r#"{"seed": true}"#, r#"{"seed": null}"#, r#"{"seed": 1.5}"#] {
        assert!(Config::from_json(&Json::parse(bad).unwrap()).is_err(), "{bad}");
    }
}

#[test]
fn a_mistyped_address_is_corrected_with_a_sentence_each() {
    let (config, corrections) = Config::from_address_leniently(
        "#seed=7&bogus=1&rate=7&steps=ten&seed=8&nonsense&rewind_to=5000&arms=reinit&batch=-4",
    );
    assert_eq!(config.validate(), Ok(()));
    let steps = Config::default().steps;
    assert_eq!((config.seed, config.rate, config.steps, config.batch), (7, 0.99, steps, 1));
    assert_eq!((config.rewind_to, config.arms), (steps - 1, vec![Arm::Ticket, Arm::Reinit]));
    assert_eq!(corrections.len(), 8, "{corrections:#?}");
    let (config, corrections) = Config::from_address_leniently("");
    assert_eq!((config, corrections.len()), (Config::default(), 0));
}

#[test]
fn no_address_panics_or_yields_an_invalid_config() {
    let mut rng = crate::Rng::stream(1, crate::Purpose::Split, 0);
    let alphabet = "0123456789-.,&=%#e_ünantisezlrwdo\u{1f39f}";
    let letters: Vec<char> = alphabet.chars().collect();
    for _ in 0..500 {
        let mut address = String::new();
        for _ in 0..rng.below(6) {
            if rng.below(4) > 0 {
                address.push_str(fields()[rng.below(fields().len() as u32) as usize].name);
                address.push('=');
            }
            for _ in 0..rng.below(12) {
                address.push(letters[rng.below(letters.len() as u32) as usize]);
            }
            address.push('&');
        }
        let (config, _) = Config::from_address_leniently(&address);
        assert_eq!(config.validate(), Ok(()), "{address}");
    }
}

#[test]
fn the_extremes_of_every_number_mend_to_a_valid_config() {
    for field in fields() {
        for text in ["-1e300", "1e300", "0", "1", "99999999999999999999"] {
            let (config, _) = Config::from_address_leniently(&format!("{}={text}", field.name));
            assert_eq!(config.validate(), Ok(()), "{}={text}", field.name);
        }
    }
}

#[test]
fn a_target_decides_the_rate() {
    let config = Config::from_address("target=3.58&rounds=15&output_rate=0.1").unwrap();
    let rates = config.rates();
    assert!((rates[0] - 0.2).abs() < 1e-3, "{rates:?}");
    assert_eq!((rates[1], rates[2]), (rates[0], 0.1));
    let config = Config::from_address("target=10&rounds=4&scope=global").unwrap();
    let exact = 1.0 - libm::pow(0.1, 0.25);
    for rate in config.rates() {
        assert!((rate - exact).abs() < 1e-12, "{rate} {exact}");
    }
    // The output layer's 1,000 weights all stay, and count.
    let config = Config::from_address("target=10&rounds=4&scope=global-hidden").unwrap();
    let exact = 1.0 - libm::pow((26_620.0 - 1000.0) / 265_200.0, 0.25);
    let [first, second, output] = config.rates()[..] else { panic!("three layers") };
    assert!((first - exact).abs() < 1e-12, "{first} {exact}");
    assert_eq!((second, output), (first, 0.0));
}

#[test]
fn the_output_layer_loses_half_as_much_unless_told() {
    assert_eq!(Config::preset(Preset::Paper).rates(), [0.2, 0.2, 0.1]);
    assert_eq!(Config::from_address("output_rate=0").unwrap().rates(), [0.5, 0.5, 0.0]);
    assert_eq!(Config::from_address("layer_rates=0.1,0.2,0.3").unwrap().rates(), [0.1, 0.2, 0.3]);
}

#[test]
fn the_learning_rate_follows_its_schedule() {
    let at = |schedule: LrSchedule, step| schedule.factor(step, 100);
    assert_eq!([1, 50, 100].map(|t| at(LrSchedule::Constant, t)), [1.0; 3]);
    assert_eq!([1, 50, 51, 75, 76].map(|t| at(LrSchedule::Step, t)), [1.0, 1.0, 0.1, 0.1, 0.01]);
    assert_eq!([1, 5, 10, 90].map(|t| at(LrSchedule::Warmup, t)), [0.1, 0.5, 1.0, 1.0]);
    assert_eq!(at(LrSchedule::Cosine, 1), 1.0);
    assert!((at(LrSchedule::Cosine, 51) - 0.5).abs() < 1e-12);
    assert!(at(LrSchedule::Cosine, 100) < 0.001);
}

#[test]
fn the_table_tells_the_page_everything() {
    for field in fields() {
        let row = field.to_json();
        for key in ["name", "kind", "help", "defaults"] {
            assert!(*row.get(key) != Json::Null, "{} lacks {key}", field.name);
        }
        assert!(field.help.ends_with('.'), "{}", field.name);
    }
}
