//! One question against a thousand over the same 10,000 clients and access rules, each a whole run of the command, in turn:
//! `cargo bench --bench trace`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement that prints what it measured")]

mod configuration;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const SIZE: usize = 10_000;
const QUESTIONS: usize = 1_000;
const ROUNDS: usize = 15;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let config = write("configuration.yml", format!("{}{}", configuration::SERVED, configuration::sound(SIZE)));
    let one = write("one.json", cases(1));
    let thousand = write("thousand.json", cases(QUESTIONS));
    println!("{:>6} {:>8} {:>8} {:>6}", "form", "1, s", "1000, s", "ratio");
    for form in ["json", "plain"] {
        let (mut few, mut many) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            few.push(run(&config, &one, form));
            many.push(run(&config, &thousand, form));
        }
        let (few, many) = (median(few), median(many));
        println!("{form:>6} {few:>8.3} {many:>8.3} {:>6.2}", many / few);
    }
}

/// Questions about applications from all over the list, each of which passes.
fn cases(count: usize) -> String {
    let case = |at: usize| {
        let app = at * SIZE / count;
        json!({"client": format!("kuma-{app}"), "url": format!("https://app-{app}.example.com/"), "expect": {"status": 200}})
    };
    (0..count).map(case).collect::<Value>().to_string()
}

fn run(config: &Path, cases: &Path, form: &str) -> Duration {
    let start = Instant::now();
    let mut trace = Command::new(env!("CARGO_BIN_EXE_authkuma"));
    let status =
        trace.args(["trace", "--format", form, "--config"]).arg(config).arg("--cases").arg(cases).stdout(Stdio::null()).status();
    assert!(status.unwrap().success(), "every question passes");
    start.elapsed()
}

/// In seconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
