//! The results as a monitoring plugin says them: one line with performance data, and a line for each target that is not as wanted.

use std::io::{self, Write};

use super::{Report, verdict};
use crate::outcome::Plugin;
use crate::probe::result::{ProbeResult, StepOutcome, Verdict};
use crate::terminal::printable;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "AUTHKUMA {} - {}", word(report.plugin()), plain(&summary(report)))?;
    let separator = " | ".to_owned();
    let data: Vec<String> = report.results.iter().flat_map(|result| performance(report, result)).collect();
    writeln!(out, "{}{}", if data.is_empty() { "" } else { &separator }, data.join(" "))?;
    let unwanted = report.results.iter().filter(|result| result.verdict != Verdict::Up);
    unwanted.filter(|_| report.results.len() > 1).try_for_each(|result| writeln!(out, "{}", plain(&said(result))))
}

/// The word that plugins use.
const fn word(plugin: Plugin) -> &'static str {
    match plugin {
        Plugin::Ok => "OK",
        Plugin::Warning => "WARNING",
        Plugin::Critical => "CRITICAL",
        Plugin::Unknown => "UNKNOWN",
    }
}

/// The one target with its cause, or how many of many are up.
pub(super) fn summary(report: &Report<'_>) -> String {
    match report.results {
        [one] => said(one),
        many => {
            let count = |wanted| many.iter().filter(|result| result.verdict == wanted).count();
            let (up, degraded, down) = (count(Verdict::Up), count(Verdict::Degraded), count(Verdict::Down));
            format!("{} targets: {up} up, {degraded} degraded, {down} down", many.len())
        }
    }
}

/// The target, its verdict, and the first cause.
fn said(result: &ProbeResult) -> String {
    if result.proves_nothing {
        let skipped = result.steps.iter().find(|step| step.outcome == StepOutcome::Skip);
        let why = skipped.map(|step| format!(", {}: {}", step.step.name(), step.observed));
        return format!("nothing is proven of {}{}", result.name, why.unwrap_or_default());
    }
    let unwanted = |outcome| result.steps.iter().find(move |step| step.outcome == outcome);
    let step = unwanted(StepOutcome::Fail).or_else(|| unwanted(StepOutcome::Warn));
    let why = step.map(|step| {
        let cause = step.cause.as_ref().map_or(&step.observed, |cause| &cause.text);
        format!(", {}: {cause}", step.step.name())
    });
    format!("{} is {}{}", result.name, verdict(result.verdict), why.unwrap_or_default())
}

/// Seconds of each step and days of the certificate, each under a label of its own.
fn performance(report: &Report<'_>, result: &ProbeResult) -> Vec<String> {
    let label = |name: &str| match report.results {
        [_] => label(name),
        _ => label(&format!("{} {name}", result.name)),
    };
    let steps = result.steps.iter().filter_map(|step| {
        let seconds = step.milliseconds? / 1000.0;
        Some(format!("{}={seconds:.6}s", label(step.step.name())))
    });
    let days = result.certificate_days.map(|days| format!("{}={days}", label("certificate days")));
    steps.chain(days).collect()
}

/// A label in quotes where it needs them; it may hold neither `=` nor a quote.
fn label(name: &str) -> String {
    let name = plain(name).replace(['\'', '='], "_");
    if name.contains(' ') { format!("'{name}'") } else { name }
}

/// Text without what divides a plugin's line or steers a terminal.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|character| if character == '|' { '/' } else { printable(character) }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::super::sample::{down, up, written};

    #[test]
    fn one_target_is_one_line_with_its_times() {
        assert_eq!(
            written(Form::Nagios, &[up("app.example.com")]),
            "AUTHKUMA OK - app.example.com is up | token=0.250000s application=0.012500s 'certificate days'=80\n"
        );
        assert_eq!(
            written(Form::Nagios, &[down("a|b = 'c'\u{1b}[31m\n")]),
            "AUTHKUMA CRITICAL - a/b = 'c'\u{fffd}[31m is down, application: the rule / denies | application=0.010000s\n"
        );
    }

    #[test]
    fn many_targets_are_counted_and_those_that_are_down_are_named() {
        let text = written(Form::Nagios, &[up("one"), down("two")]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("AUTHKUMA CRITICAL - 2 targets: 1 up, 0 degraded, 1 down | 'one token'=0.25"), "{text}");
        assert_eq!(lines[1..], ["two is down, application: the rule / denies"]);
    }
}
