//! Linting against one reading by our own parser, and peak memory against the file: `cargo bench --bench ratio`. With arguments, it is
//! the process whose memory is measured: `--peak SIZE`.

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
use authkuma::config::{self, tree_of};
use authkuma::lint::{self, Settings};
use authkuma::report::Look;
use authkuma::report::lint::{Form, Report};
use authkuma::source::{Source, SourceId, Sources};

const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--peak") {
        lint_once(configuration::of(arguments[at + 1].parse().unwrap()));
        println!("{}", peak_kilobytes());
        return;
    }
    println!("{:>8} {:>8} {:>10} {:>10} {:>7} {:>10} {:>7}", "clients", "MB", "parse ms", "lint ms", "ratio", "peak MB", "ratio");
    for size in [100, 1_000, 10_000] {
        let text = configuration::of(size);
        let parse = best_of(|| drop(tree_of(SourceId(0), &text)));
        let lint = best_of(|| lint_once(text.clone()));
        let child = Command::new(env::current_exe().unwrap()).args(["--peak", &size.to_string()]).output().unwrap();
        let peak: f64 = String::from_utf8(child.stdout).unwrap().trim().parse().unwrap_or(f64::NAN);
        let (megabytes, peak) = (text.len() as f64 / 1e6, peak * 1024.0 / 1e6);
        let (parse, lint) = (parse.as_secs_f64() * 1e3, lint.as_secs_f64() * 1e3);
        println!(
            "{size:>8} {megabytes:>8.2} {parse:>10.2} {lint:>10.2} {:>7.2} {peak:>10.1} {:>7.2}",
            lint / parse,
            peak / megabytes
        );
    }
}

/// All that `authkuma lint --format json` does with a text.
fn lint_once(text: String) {
    let config = config::load(Sources::from(Source::new("configuration.yml", text)));
    let findings = lint::lint(&config, Settings { whole: None, target: Target::NEWEST });
    let report = Report { sources: &config.sources, findings: &findings, rules: lint::rules::ALL, target: "4.39.23" };
    report.write(Form::Json, Look { color: false, width: 100, is_terminal: true }, &mut io::sink()).unwrap();
}

fn best_of(mut run: impl FnMut()) -> Duration {
    let once = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    std::iter::repeat_with(once).take(ROUNDS).min().unwrap_or_default()
}

/// The most memory that this process had at a time, where the system tells.
fn peak_kilobytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("NaN", |peak| peak.trim().trim_end_matches(" kB")).to_owned()
}
