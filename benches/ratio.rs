//! Linting against one reading by our own parser, and peak memory against the file: `cargo bench --bench ratio`. With arguments, it is
//! the process whose memory is measured: `--peak KIND SIZE`.

#![allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    reason = "a measurement that prints what it measured"
)]

mod configuration;

use std::env;
use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

use authkuma::bearer::Target;
use authkuma::config::{self, Config, tree_of};
use authkuma::diagnostic::Diagnostic;
use authkuma::lint::{self, Settings};
use authkuma::report::Look;
use authkuma::report::lint::{Form, Report};
use authkuma::source::{Source, SourceId, Sources};

const ROUNDS: usize = 7;

/// A name and how to make one of a size.
type Kind = (&'static str, fn(usize) -> String);

/// Without any fault, and with three findings in ten clients.
const KINDS: [Kind; 2] = [("sound", configuration::sound), ("faulty", configuration::of)];

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--peak") {
        let (_, make) = KINDS[arguments[at + 1].parse::<usize>().unwrap()];
        lint_once(make(arguments[at + 2].parse().unwrap()));
        println!("{}", peak_kilobytes());
        return;
    }
    println!(
        "{:>8} {:>8} {:>8} {:>10} {:>10} {:>7} {:>10} {:>7}",
        "clients", "", "MB", "parse ms", "lint ms", "ratio", "peak MB", "ratio"
    );
    for (kind, (name, make)) in KINDS.iter().enumerate() {
        for size in [100, 1_000, 10_000] {
            let text = make(size);
            let (mut parse, mut lint) = (Duration::MAX, Duration::MAX);
            for _ in 0..ROUNDS {
                parse = parse.min(time(|| tree_of(SourceId(0), &text)));
                let text = text.clone();
                lint = lint.min(time(|| lint_once(text)));
            }
            let arguments = ["--peak", &kind.to_string(), &size.to_string()];
            let child = Command::new(env::current_exe().unwrap()).args(arguments).output().unwrap();
            let peak: f64 = String::from_utf8(child.stdout).unwrap().trim().parse().unwrap_or(f64::NAN);
            let (megabytes, peak) = (text.len() as f64 / 1e6, peak * 1024.0 / 1e6);
            let (parse, lint) = (parse.as_secs_f64() * 1e3, lint.as_secs_f64() * 1e3);
            println!(
                "{size:>8} {name:>8} {megabytes:>8.2} {parse:>10.2} {lint:>10.2} {:>7.2} {peak:>10.1} {:>7.2}",
                lint / parse,
                peak / megabytes
            );
        }
    }
}

/// All that `authkuma lint` does with a text. What it read is given back, for the program gives it back by ending.
fn lint_once(text: String) -> (Config, Vec<Diagnostic>) {
    let config = config::load(Sources::from(Source::new("configuration.yml", text)));
    let findings = lint::lint(&config, Settings { whole: None, target: Target::NEWEST });
    let report = Report { sources: &config.sources, findings: &findings, rules: lint::rules::ALL, target: "4.39.23" };
    report.write(Form::Plain, Look { color: false, width: 100, is_terminal: true }, &mut io::sink()).unwrap();
    (config, findings)
}

/// How long it takes, without the giving back of memory.
fn time<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = run();
    let taken = start.elapsed();
    drop(made);
    taken
}

/// The most memory that this process had at a time, where the system tells.
fn peak_kilobytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("NaN", |peak| peak.trim().trim_end_matches(" kB")).to_owned()
}
