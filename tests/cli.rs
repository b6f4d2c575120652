//! The command line from outside: what it prints, writes, refuses, and how it
//! survives being killed.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use lottery_ticket::safetensors::Safetensors;
use lottery_ticket::{Arm, Config, Labelled, Ticket};
use serde_json::Value;

/// A folder of this test's own, empty at first.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn idx(magic: u32, shape: &[usize], bytes: &[u8]) -> Vec<u8> {
    let mut file = magic.to_be_bytes().to_vec();
    shape.iter().for_each(|&n| file.extend((n as u32).to_be_bytes()));
    file.extend(bytes);
    file
}

/// The four IDX files of the small task, by name.
fn data_files() -> Vec<(String, Vec<u8>)> {
    let files = |name: &str, set: &Labelled| {
        let pixels: Vec<u8> = (0..set.len()).flat_map(|i| set.images().dense(i)).collect();
        [
            (format!("{name}-images-idx3-ubyte"), idx(0x803, &[set.len(), 6, 6], &pixels)),
            (format!("{name}-labels-idx1-ubyte"), idx(0x801, &[set.len()], set.labels())),
        ]
    };
    let train = files("train", &common::images(300, 0));
    let test = files("t10k", &common::images(80, 1));
    train.into_iter().chain(test).collect()
}

/// A folder that holds the small task.
fn data(at: &Path) -> PathBuf {
    let path = at.join("data");
    fs::create_dir_all(&path).unwrap();
    for (name, bytes) in data_files() {
        fs::write(path.join(name), bytes).unwrap();
    }
    path
}

/// Flags for a run of the small task that takes milliseconds.
const SMALL: &str = "--sizes 36-16-12-10 --examples 200 --validation 60 --test 70 --batch 20 \
                     --steps 40 --lr 0.01 --eval-every 10 --rounds 3 --rate 0.3";

fn lottery(at: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lottery"));
    command.current_dir(at).args(line.split_whitespace()).stdin(Stdio::null());
    command
}

fn run(at: &Path, line: &str) -> Output {
    lottery(at, line).output().unwrap()
}

fn succeed(at: &Path, line: &str) -> String {
    let output = run(at, line);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{line}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The one sentence on standard error; nothing may be on standard output.
fn refuse(at: &Path, line: &str, code: i32) -> String {
    let output = run(at, line);
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{line}: {sentence}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{line}");
    assert!(sentence.starts_with("lottery: ") && sentence.ends_with(".\n"), "{line}: {sentence}");
    assert_eq!(sentence.lines().count(), 1, "{line}: {sentence}");
    sentence
}

/// Lines of results by seed, arm and round.
fn lines(text: &str) -> BTreeMap<(u64, String, u64), Value> {
    let mut lines = BTreeMap::new();
    for text in text.lines() {
        let line: Value = serde_json::from_str(text).unwrap();
        let arm = line["arm"].as_str().unwrap().to_string();
        let key = (line["seed"].as_u64().unwrap(), arm, line["round"].as_u64().unwrap());
        assert!(lines.insert(key.clone(), line).is_none(), "{key:?} is there twice");
    }
    lines
}

fn names(at: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(at)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_run_is_the_engines_own() {
    let at = folder("run");
    data(&at);
    let arms = "ticket,one-shot,late,continued,reinit,random,shuffle";
    let text = succeed(
        &at,
        &format!("run --data data {SMALL} --arms {arms} --seeds 3,5 --jobs 3 --json -"),
    );
    let lines = lines(&text);
    assert_eq!(lines.len(), 2 * 7 * 4);
    for arm in arms.split(',') {
        let config = common::config(&format!("seed=5&arms={arms}"));
        let engine = match arm.parse_arm() {
            arm if arm.is_control() => continue,
            arm => common::run(&config, arm),
        };
        for result in engine.measures() {
            let line = &lines[&(5, arm.to_string(), result.round as u64)];
            assert_eq!(line["fingerprint"], result.fingerprint.as_str(), "{arm} {}", result.round);
            assert_eq!(line["val_loss"].as_f64(), Some(result.val_loss));
            assert_eq!(line["early_stop_step"].as_u64(), Some(result.early_stop_step as u64));
        }
    }
    for name in [
        "seed",
        "arm",
        "round",
        "remaining",
        "survivors",
        "early_stop_step",
        "censored",
        "val_loss",
        "test_accuracy_early_stop",
        "test_accuracy_final",
        "train_accuracy",
        "untrained_accuracy",
        "fingerprint",
    ] {
        assert!(lines.values().all(|line| !line[name].is_null()), "{name}");
    }
    // A control has the ticket's counts, but neither its weights nor its mask by chance.
    for round in 1..=3 {
        let line = |arm: &str| &lines[&(3, arm.to_string(), round)];
        for arm in ["reinit", "random", "shuffle"] {
            assert_eq!(line(arm)["survivors"], line("ticket")["survivors"]);
            assert_ne!(line(arm)["start_fingerprint"], line("ticket")["start_fingerprint"]);
        }
        assert_ne!(line("reinit")["start_fingerprint"], line("random")["start_fingerprint"]);
    }
    // The dense round belongs to all.
    let dense = |arm: &str| lines[&(3, arm.to_string(), 0)]["fingerprint"].clone();
    assert!(arms.split(',').all(|arm| dense(arm) == dense("ticket")));
}

trait ParseArm {
    fn parse_arm(&self) -> Arm;
}

impl ParseArm for str {
    fn parse_arm(&self) -> Arm {
        lottery_ticket::config::Choice::from_name(self).unwrap()
    }
}

#[test]
fn a_killed_run_goes_on_to_the_same_bits() {
    let at = folder("killed");
    data(&at);
    let whole = format!(
        "run --data data {} --arms ticket,one-shot,reinit --seeds 0..2 --jobs 2",
        SMALL.replace("--steps 40", "--steps 300").replace("--rounds 3", "--rounds 4")
    );
    let expected = lines(&succeed(&at, &format!("{whole} --json -")));
    let file = at.join("results.jsonl");
    for kill_at in [1, 5, 12] {
        let mut child = lottery(&at, &format!("{whole} --json results.jsonl"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let count = || fs::read_to_string(&file).map_or(0, |text| text.lines().count());
        while count() < kill_at && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What a killed writer could leave at worst: half a line.
        fs::OpenOptions::new()
            .append(true)
            .open(&file)
            .unwrap()
            .write_all(b"{\"seed\":0,")
            .unwrap();
    }
    let table = succeed(&at, &format!("{whole} --json results.jsonl"));
    let got = lines(&fs::read_to_string(&file).unwrap());
    assert_eq!(got.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (key, line) in &expected {
        for (name, value) in line.as_object().unwrap() {
            assert_eq!(&got[key][name], value, "{key:?} {name}");
        }
    }
    // The rounds, what their numbers and their ≥ are, and what the two tickets share.
    assert_eq!(table.lines().count(), 1 + 3 * 5 + 2 + 6);
    let before = fs::read(&file).unwrap();
    succeed(&at, &format!("{whole} --json results.jsonl"));
    assert_eq!(fs::read(&file).unwrap(), before, "nothing was left to do");
}

#[test]
fn an_arm_may_join_later() {
    let at = folder("join");
    data(&at);
    let with = |arms: &str| format!("run --data data {SMALL} --arms {arms} --json results.jsonl");
    succeed(&at, &with("ticket"));
    succeed(&at, &with("ticket,reinit,one-shot"));
    let all = run(&at, &format!("run --data data {SMALL} --arms ticket,reinit,one-shot --json -"));
    let expected = lines(&String::from_utf8(all.stdout).unwrap());
    let got = lines(&fs::read_to_string(at.join("results.jsonl")).unwrap());
    assert_eq!(got.len(), 12);
    for (key, line) in &expected {
        assert_eq!(got[key]["fingerprint"], line["fingerprint"], "{key:?}");
    }
}

#[test]
fn results_of_another_config_are_not_mixed_in() {
    let at = folder("mixed");
    data(&at);
    succeed(&at, &format!("run --data data {SMALL} --arms ticket --json results.jsonl"));
    let before = fs::read(at.join("results.jsonl")).unwrap();
    let other = format!("run --data data {SMALL} --init he --json results.jsonl");
    assert!(refuse(&at, &other, 1).contains("choose another file"));
    assert_eq!(fs::read(at.join("results.jsonl")).unwrap(), before);
    fs::write(at.join("poem.jsonl"), "roses are red\n").unwrap();
    assert!(
        refuse(&at, &format!("run --data data {SMALL} --json poem.jsonl"), 1).contains("line 1")
    );
}

#[test]
fn a_wrong_command_line_gets_a_sentence_and_code_2() {
    let at = folder("usage");
    data(&at);
    for (line, words) in [
        ("", "requires a subcommand"),
        ("rum", "perhaps run was meant; see `lottery --help`"),
        ("run --sedd 3", "'--sedd' found; perhaps --seed"),
        ("run --luck", "see `lottery run --help`"),
        ("run --seed -3", "seed"),
        ("run --seed 1 --seeds 0..2", "--seeds"),
        ("run --seeds 2..2", "2..2"),
        ("run --rate 1.5", "rate"),
        ("run --arms reinit", "ticket"),
        ("run --jobs 0", "'--jobs <N>': expected a whole number from 1 to 256"),
        ("run --jobs few", "expected a whole number"),
        ("run --steps 20 --eval-every 30", "eval-every must be at most steps"),
        ("run --checkpoint x", "--json"),
        ("run --examples 60000", "examples"),
        ("export --out x", "--round"),
        ("export --round -1 --out x", "expected a whole number from 0"),
        ("export --round 6 --out x", "--rounds"),
        ("export --round 1 --arm luck --out x", "luck"),
        ("inspect", "FILE"),
        ("compare a b --points 1", "expected a whole number from 2 to 1001"),
        ("trace --steps 0 --out x", "expected a whole number from 1 to 100000"),
        ("record --seed 3 --out x", "perhaps --seeds"),
        ("record --rounds 0 --out x", "--rounds to be at least 1"),
        ("record --from 6 --out x", "--from must be 1 to the run's last round (5)"),
        ("record --small 784-9 --out x", "the last one 10"),
        ("report x.jsonl", "--out"),
    ] {
        let sentence = refuse(&at, line, 2);
        assert!(sentence.contains(words), "{line}: {sentence}");
    }
    assert_eq!(names(&at), ["data"], "nothing was written");
}

#[test]
fn every_command_has_help_with_examples() {
    let at = folder("help");
    for command in ["run", "export", "inspect", "compare", "trace", "report", "record"] {
        let help = succeed(&at, &format!("{command} --help"));
        assert!(
            help.contains("Example") && help.contains(&format!("lottery {command} ")),
            "{help}"
        );
    }
    let flags = succeed(&at, "run --help");
    for range in
        ["0 to 4294967295.", "Each 1 to 65536.", "One of: lesson, paper.", "0.001 to 0.99."]
    {
        assert!(flags.contains(range), "{range} in {flags}");
    }
    assert!(!flags.contains('_'), "flags are written with dashes: {flags}");
    assert!(succeed(&at, "--help").contains("report"));
    assert!(succeed(&at, "--version").contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn damaged_data_gets_a_sentence_and_code_1() {
    let at = folder("damaged-data");
    let data = data(&at);
    let line = format!("run --data data {SMALL} --json results.jsonl");
    let images = data.join("train-images-idx3-ubyte");
    let whole = fs::read(&images).unwrap();
    fs::write(&images, &whole[..whole.len() - 1]).unwrap();
    assert!(refuse(&at, &line, 1).contains("train-images"));
    fs::remove_file(&images).unwrap();
    assert!(refuse(&at, &line, 1).contains("train-images-idx3-ubyte.gz is there"));
    fs::write(data.join("train-images-idx3-ubyte.gz"), b"\x1f\x8b\x08 no more").unwrap();
    assert!(refuse(&at, &line, 1).contains("damaged or truncated"));
    assert!(refuse(&at, &line.replace("--data data", "--data nowhere"), 1).contains("nowhere"));
    // No project is above the root of the file system.
    assert!(refuse(Path::new("/"), "run", 1).contains("npm run setup"));
    assert_eq!(names(&at), ["data"], "no results were begun");
}

#[test]
fn packed_data_is_the_same_data() {
    let at = folder("packed");
    let plain = data(&at);
    let packed = at.join("packed");
    fs::create_dir(&packed).unwrap();
    for name in names(&plain) {
        let file = fs::File::create(packed.join(format!("{name}.gz"))).unwrap();
        let mut gz = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        gz.write_all(&fs::read(plain.join(name)).unwrap()).unwrap();
        gz.finish().unwrap();
    }
    let of = |data: &str| succeed(&at, &format!("run --data {data} {SMALL} --json -"));
    assert_eq!(lines(&of("packed")), lines(&of("data")));
}

#[test]
fn a_ticket_is_exported_and_inspected() {
    let at = folder("export");
    data(&at);
    let export = format!("export --data data {SMALL} --round 2");
    let told = succeed(&at, &format!("{export} --out dense.safetensors"));
    assert!(told.contains("dense form") && told.contains("sparse form"), "{told}");
    succeed(&at, &format!("{export} --sparse --out sparse.safetensors"));
    let read = |name: &str| Ticket::from_bytes(&fs::read(at.join(name)).unwrap()).unwrap().0;
    let (dense, sparse) = (read("dense.safetensors"), read("sparse.safetensors"));
    assert_eq!(dense.start(), sparse.start());
    let config = common::config("arms=ticket");
    let engine = common::run(&config, Arm::Ticket);
    let result = &engine.measures()[2];
    assert_eq!(dense.start().fingerprint().to_string(), result.start_fingerprint);
    assert_eq!(dense.trained().unwrap().fingerprint().to_string(), result.fingerprint);
    assert!(sparse.trained().is_none());
    let stored = lottery_ticket::json::Json::parse(dense.config()).unwrap();
    assert_eq!(Config::from_json(&stored).unwrap(), config);

    let told = succeed(&at, "inspect sparse.safetensors");
    assert!(told.contains(&result.start_fingerprint) && told.contains("36 → 16"), "{told}");

    let control = format!("export --data data {SMALL} --round 2 --arm reinit --out r.safetensors");
    succeed(&at, &control);
    assert_eq!(read("r.safetensors").start().masks(), sparse.start().masks());
    assert_ne!(read("r.safetensors").start(), sparse.start());
}

#[test]
fn a_run_that_has_been_through_a_round_gives_its_ticket() {
    let at = folder("export-known");
    data(&at);
    for (more, arms) in [
        ("", "ticket,one-shot,late,fine-tune"),
        ("--schedule continued", "ticket"),
        ("--restart lr-rewind", "ticket"),
    ] {
        let of = format!("--data data {SMALL} {more}");
        let json = format!("r{}.jsonl", more.replace(' ', "_"));
        succeed(&at, &format!("run {of} --arms {arms},reinit --json {json}"));
        for arm in arms.split(',').chain(["reinit"]) {
            for form in ["", "--sparse", "--other-order"] {
                for round in [0, 2, 3] {
                    let export = format!("export {of} --arm {arm} --round {round} {form} --out");
                    succeed(&at, &format!("{export} searched"));
                    succeed(&at, &format!("{export} known --checkpoint {json}.checkpoint"));
                    let read = |name: &str| fs::read(at.join(name)).unwrap();
                    assert!(read("known") == read("searched"), "{more} {arm} {form} {round}");
                }
            }
        }
    }
    let nowhere = format!("export --data data {SMALL} --round 1 --arm late --out x");
    let told = refuse(&at, &format!("{nowhere} --checkpoint data"), 1);
    assert!(told.contains("seed-0-late.checkpoint"), "{told}");
}

#[test]
fn a_damaged_ticket_gets_a_sentence_and_code_1() {
    let at = folder("damaged-ticket");
    data(&at);
    let export = format!("export --data data {SMALL} --round 1 --out t.safetensors");
    succeed(&at, &export);
    let whole = fs::read(at.join("t.safetensors")).unwrap();
    fs::write(at.join("short.safetensors"), &whole[..whole.len() / 2]).unwrap();
    assert!(refuse(&at, "inspect short.safetensors", 1).contains("truncated"));
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    fs::write(at.join("flipped.safetensors"), flipped).unwrap();
    assert!(refuse(&at, "inspect flipped.safetensors", 1).contains("damaged"));
    let mut lying = whole.clone();
    let shape = whole.windows(7).position(|bytes| bytes == b"[16,36]").unwrap();
    lying[shape..shape + 7].copy_from_slice(b"[61,36]");
    fs::write(at.join("lying.safetensors"), lying).unwrap();
    assert!(refuse(&at, "inspect lying.safetensors", 1).contains("claims the shape"));
    assert!(refuse(&at, "inspect nothing.safetensors", 1).contains("no such file"));
    assert!(refuse(&at, "inspect data", 1).contains("folder"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_gets_a_sentence_and_code_1() {
    let at = folder("full");
    data(&at);
    let full = |line: &str| assert!(refuse(&at, line, 1).contains("disk is full"), "{line}");
    full(&format!("run --data data {SMALL} --json /dev/full"));
    full(&format!("export --data data {SMALL} --round 0 --out /dev/full"));
    full(&format!("trace --data data {} --out /dev/full", SMALL));
    assert_eq!(names(&at), ["data"]);
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let at = folder("nothing");
    data(&at);
    fs::create_dir(at.join("taken")).unwrap();
    fs::write(at.join("file"), "x").unwrap();
    let export = format!("export --data data {SMALL} --round 0 --out");
    assert!(refuse(&at, &format!("{export} taken"), 1).contains("folder"));
    refuse(&at, &format!("{export} file/ticket.safetensors"), 1);
    assert_eq!(names(&at), ["data", "file", "taken"]);
}

#[test]
fn tickets_are_compared() {
    let at = folder("compare");
    data(&at);
    let export = |flags: &str| {
        succeed(&at, &format!("export --data data {SMALL} --round 2 {flags}"));
    };
    export("--seed 1 --out one.safetensors");
    export("--seed 2 --out two.safetensors");
    export("--seed 1 --other-order --out twin.safetensors");
    export("--seed 1 --sparse --out sparse.safetensors");
    let told = succeed(&at, "compare one.safetensors two.safetensors");
    assert!(told.contains("by chance") && told.contains("No barrier"), "{told}");
    let shares = |told: &str| {
        let words: Vec<&str> = told.lines().nth(1).unwrap().split_whitespace().collect();
        // fc1, kept, shared and its %, …, by chance and its %.
        (words[2].parse::<f64>().unwrap(), words[words.len() - 2].parse::<f64>().unwrap())
    };
    assert!(told.contains("shared (one pair)"), "{told}");
    let (shared, chance) = shares(&told);
    assert!(shared < 90.0 && (chance - 49.0).abs() < 0.5, "{told}");
    let among = succeed(&at, "compare one.safetensors two.safetensors twin.safetensors");
    // One and its twin share all, each of them with two what one shares with it.
    let mean = (100.0 + 2.0 * shared) / 3.0;
    assert!(among.contains("of 3 pairs") && (shares(&among).0 - mean).abs() < 0.11, "{among}");
    let told = succeed(&at, "compare --data data --points 3 one.safetensors twin.safetensors");
    assert_eq!(shares(&told).0, 100.0);
    let errors: Vec<f64> = told
        .lines()
        .find_map(|line| line.split_once("line (%): "))
        .map(|(_, errors)| errors.split(' ').map(|x| x.parse().unwrap()).collect())
        .unwrap();
    assert_eq!(errors.len(), 3);
    let read = |name: &str| Ticket::from_bytes(&fs::read(at.join(name)).unwrap()).unwrap().0;
    let (one, twin) = (read("one.safetensors"), read("twin.safetensors"));
    assert_eq!(one.start(), twin.start());
    assert_ne!(one.trained(), twin.trained(), "the other order leads elsewhere");
    assert!(succeed(&at, "compare one.safetensors sparse.safetensors").contains("No barrier"));
    let earlier =
        format!("export --data data {SMALL} --seed 1 --round 1 --out earlier.safetensors");
    succeed(&at, &earlier);
    let [before, now] =
        ["earlier.safetensors", "one.safetensors"].map(|name| read(name).start().masks()[0].kept());
    let told = succeed(&at, "compare one.safetensors earlier.safetensors");
    assert!(told.contains(&format!("{now} to {before} ")), "{told}");
    let other =
        format!("export --data data {} --round 1 --out o.safetensors", SMALL.replace("16-12", "9"));
    succeed(&at, &other);
    assert!(refuse(&at, "compare one.safetensors o.safetensors", 1).contains("one shape"));
    refuse(&at, "compare one.safetensors", 2);
}

#[test]
fn instability_is_the_barrier_to_a_copy_on_another_order() {
    let at = folder("instability");
    data(&at);
    let run = format!("run --data data {SMALL} --arms ticket,reinit --seeds 1,2");
    let plain = lines(&succeed(&at, &format!("{run} --json -")));
    let measured = succeed(&at, &format!("{run} --instability --json lines.jsonl"));
    let with = lines(&fs::read_to_string(at.join("lines.jsonl")).unwrap());
    assert_eq!(with.len(), 2 * 2 * 4);
    for (key, line) in &with {
        assert_eq!(
            line["fingerprint"], plain[key]["fingerprint"],
            "the second copy changes nothing"
        );
        assert!(plain[key]["instability"].is_null() && line["instability"].is_number());
    }
    // The same number as from two tickets side by side.
    let export = format!("export --data data {SMALL} --seed 1 --round 2");
    succeed(&at, &format!("{export} --out one.safetensors"));
    succeed(&at, &format!("{export} --other-order --out twin.safetensors"));
    let told = succeed(&at, "compare --data data --points 11 one.safetensors twin.safetensors");
    let points = with[&(1, "ticket".to_string(), 2)]["instability"].as_f64().unwrap();
    assert!(told.contains(&format!("barrier: {points:.2} points")), "{points} in {told}");
    assert!(measured.contains("instability"), "{measured}");
    // And how much the two seeds' tickets have in common.
    assert!(measured.contains("tickets of round 3 share") && measured.contains("one pair"));
}

#[test]
fn a_trace_can_be_read_back() {
    let at = folder("trace");
    data(&at);
    let told = succeed(&at, &format!("trace --data data {SMALL} --out trace.safetensors"));
    let file = Safetensors::from_bytes(&fs::read(at.join("trace.safetensors")).unwrap()).unwrap();
    let batches = file.read_u32("batches", &[40, 20]).unwrap();
    assert!(batches.iter().all(|&image| image < 260));
    let losses = file.read_f32("losses", &[40]).unwrap();
    assert!(losses[39] < losses[0]);
    assert!(told.contains(file.metadata("fingerprint").unwrap()), "{told}");
    let help = succeed(&at, "trace --help");
    assert!(help.contains("--lr-schedule") && !help.contains("--score"), "{help}");
}

#[test]
fn a_training_that_diverged_is_told_as_one() {
    let at = folder("diverged");
    data(&at);
    let wild = "--data data --sizes 36-60-60-60-60-10 --examples 200 --validation 60 --test 70 \
                --batch 20 --optimizer sgd --lr 10 --momentum 0 --steps 40";
    let run = format!("run {wild} --eval-every 10 --rounds 0 --arms ticket --json lines.jsonl");
    let told = succeed(&at, &run);
    assert!(told.contains("✗1: ") && told.contains("no longer a number"), "{told}");
    assert!(!told.contains('≥'), "no minimum may lie later: {told}");
    succeed(&at, "report lines.jsonl --out report");
    let page = fs::read_to_string(at.join("report/README.md")).unwrap();
    assert!(page.contains("✗1: ") && page.contains("no longer a number"), "{page}");
    let told = refuse(&at, &format!("trace {wild} --out trace.safetensors"), 1);
    assert!(told.contains("the loss of step"), "{told}");
    // A whole training says when its minimum may lie later.
    let told = succeed(&at, &format!("run --data data {SMALL} --arms ticket"));
    assert_eq!(told.contains("≥1: "), told.contains("may lie later"), "{told}");
}

#[test]
fn a_report_has_tables_figures_and_a_poster() {
    let at = folder("report");
    data(&at);
    let line = format!(
        "run --data data {SMALL} --arms ticket,reinit,random --seeds 0..2 --curves --json r.jsonl"
    );
    succeed(&at, &line);
    succeed(&at, &format!("export --data data {SMALL} --round 3 --sparse --out t.safetensors"));
    succeed(&at, "report r.jsonl --ticket t.safetensors --out page --poster page/poster.svg");
    let pictures = [
        "accuracy-final.svg",
        "accuracy.svg",
        "curves.svg",
        "early-stop.svg",
        "fan-out.svg",
        "initial-weights.svg",
        "movement.svg",
        "poster.svg",
    ];
    for name in pictures {
        let text = fs::read_to_string(at.join("page").join(name)).unwrap();
        assert!(text.starts_with("<svg") && text.trim_end().ends_with("</svg>"), "{name}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{name}");
        for outside in ["href", "url(", "<script", "@import"] {
            assert!(!text.contains(outside), "{name} must stand alone");
        }
    }
    let page = at.join("page").join("README.md");
    let text = fs::read_to_string(&page).unwrap();
    let all = lines(&fs::read_to_string(at.join("r.jsonl")).unwrap());
    let dense: Vec<f64> = (0..2)
        .map(|seed| all[&(seed, "ticket".into(), 0)]["test_accuracy_early_stop"].as_f64().unwrap())
        .collect();
    let mean = format!("{:.2} (", (dense[0] + dense[1]) / 2.0);
    assert!(text.contains(&mean), "{mean} in {text}");
    fs::write(&page, format!("{text}\nIn our own words.\n")).unwrap();
    succeed(&at, "report r.jsonl --out page");
    assert!(fs::read_to_string(&page).unwrap().ends_with("\nIn our own words.\n"));

    succeed(&at, &format!("run --data data {SMALL} --init he --json other.jsonl"));
    assert!(refuse(&at, "report r.jsonl other.jsonl --out page", 1).contains("one config"));

    let narrow = SMALL.replace("16-12", "8-6");
    succeed(&at, &format!("run --data data {narrow} --seeds 0..2 --json narrow.jsonl"));
    succeed(&at, "report r.jsonl --widths r.jsonl narrow.jsonl --out wide");
    let text = fs::read_to_string(at.join("wide/README.md")).unwrap();
    fn sizes(fields: &str) -> &str {
        fields.split("--sizes ").nth(1).unwrap().split(' ').next().unwrap()
    }
    let place = |fields: &str| text.find(&format!("| {} |", sizes(fields))).expect(fields);
    assert!(place(&narrow) < place(SMALL), "the smaller network comes first");
    let picture = fs::read_to_string(at.join("wide/widths.svg")).unwrap();
    assert!(picture.contains(sizes(SMALL)) && !picture.contains("NaN"));
    let refused = refuse(&at, "report r.jsonl --widths r.jsonl other.jsonl --out wide", 1);
    assert!(refused.contains("nothing but their sizes"), "{refused}");
    fs::write(at.join("empty.jsonl"), "").unwrap();
    assert!(refuse(&at, "report empty.jsonl --out page", 1).contains("not one line"));
    // A line that is there twice counts once, but not if it says another thing.
    let lines = fs::read_to_string(at.join("r.jsonl")).unwrap();
    succeed(&at, "report r.jsonl r.jsonl --out twice");
    let page = |name: &str| fs::read(at.join(name).join("results.jsonl")).unwrap();
    assert!(page("twice") == page("page"));
    fs::write(at.join("foreign.jsonl"), lines.replace("\"fingerprint\":\"", "\"fingerprint\":\"0"))
        .unwrap();
    let told = refuse(&at, "report r.jsonl foreign.jsonl --out page", 1);
    assert!(told.contains("foreign.jsonl, line 1,") && told.contains("other data"), "{told}");
    assert!(refuse(&at, "report nothing.jsonl --out page", 1).contains("no such file"));
}

#[test]
fn a_report_says_what_was_run_whatever_the_arm_and_the_restart() {
    let at = folder("whatever");
    data(&at);
    for (name, fields, rewound) in [
        ("ticket", "", true),
        ("one-shot", "", true),
        ("late", "", false),
        ("fine-tune", "", false),
        ("ticket", "--restart reinit", false),
        ("ticket", "--rewind-to 10", false),
        ("ticket", "--schedule continued", false),
    ] {
        let run = format!("run --data data {SMALL} {fields} --arms {name} --seeds 0..2 --json -");
        let results = succeed(&at, &run);
        fs::write(at.join("r.jsonl"), &results).unwrap();
        succeed(&at, "report r.jsonl --out page --poster poster.svg");
        let poster = fs::read_to_string(at.join("poster.svg")).unwrap();
        let told = poster.contains("of its weights, rewound to where they were born, it reaches");
        assert!(told == rewound && poster.contains("of its weights"), "{name} {fields}");
        let page = fs::read_to_string(at.join("page/README.md")).unwrap();
        for seed in 0..2 {
            let trained = &lines(&results)[&(seed, name.into(), 0)]["fingerprint"];
            let row = format!("| {seed} | `not taken` | `{}` |", trained.as_str().unwrap());
            assert!(page.contains(&row), "{name}: {row}");
        }
    }
}

#[test]
fn a_recording_is_of_the_runs_that_the_engine_makes() {
    let at = folder("record");
    data(&at);
    let small = SMALL.replace("--rounds 3", "--rounds 2");
    let arms = "--seeds 3,5 --arms ticket,reinit,one-shot --small 36-4-10";
    succeed(&at, &format!("record --data data {small} {arms} --out shown.json"));
    let shown: Value = serde_json::from_slice(&fs::read(at.join("shown.json")).unwrap()).unwrap();
    let results = shown["results"].as_array().unwrap();
    let of = |arm: &str, round: u64| {
        results.iter().find(|line| line["arm"] == arm && line["round"] == round).unwrap()
    };
    assert_eq!(results.len(), 3 + 2 + 2, "the dense round is the ticket's");
    for (column, seed) in [3, 5].into_iter().enumerate() {
        let config = common::config(&format!("rounds=2&rate=0.3&seed={seed}"));
        let ticket = common::run(&config, Arm::Ticket);
        for result in ticket.measures() {
            let shown = &of("ticket", result.round as u64)["testAccuracyFinal"][column];
            let rounded = (result.test_accuracy_final * 100.0).round() / 100.0;
            assert_eq!(shown.as_f64().unwrap(), rounded);
        }
        if column == 0 {
            assert_eq!(of("ticket", 2)["fingerprint"][0], ticket.measures()[2].fingerprint);
        }
    }
    assert_eq!(of("one-shot", 1)["remaining"], of("ticket", 1)["remaining"]);
    assert_eq!(shown["small"][0]["connections"], 36 * 4 + 4 * 10);
    assert_eq!(shown["small"][0]["testAccuracy"].as_array().unwrap().len(), 2);
    let sum = |counts: &Value| -> u64 {
        counts.as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).sum()
    };
    // All layers of the dense network, then of the last round's.
    let histograms = shown["histograms"].as_array().unwrap();
    let kept = sum(&of("ticket", 1)["survivors"]);
    assert_eq!((sum(&histograms[0]["kept"]), sum(&histograms[0]["pruned"])), (kept, 888 - kept));
    let last = sum(&of("ticket", 2)["survivors"]);
    assert_eq!((sum(&histograms[8]["kept"]), sum(&histograms[8]["pruned"])), (last, 0));
    let digits = shown["digits"].as_array().unwrap();
    let firsts = digits.iter().filter(|digit| digit["differ"] == false).count();
    assert!(digits.len() <= 12 && (8..=10).contains(&firsts), "{firsts} of {}", digits.len());
}
