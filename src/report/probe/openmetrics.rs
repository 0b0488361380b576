//! The results as OpenMetrics text, which `node_exporter`'s textfile collector reads too.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Report, verdict};
use crate::probe::result::{ProbeResult, StepOutcome, Verdict};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for family in FAMILIES {
        let samples: String = report.results.iter().map(|result| (family.samples)(family.name, result)).collect();
        if samples.is_empty() {
            continue;
        }
        writeln!(out, "# TYPE {} gauge", family.name)?;
        if let Some(unit) = family.name.rsplit('_').next().filter(|unit| *unit == "seconds") {
            writeln!(out, "# UNIT {} {unit}", family.name)?;
        }
        write!(out, "# HELP {} {}\n{samples}", family.name, family.help)?;
    }
    writeln!(out, "# EOF")
}

/// One metric.
struct Family {
    name: &'static str,
    help: &'static str,
    samples: fn(&str, &ProbeResult) -> String,
}

const FAMILIES: &[Family] = &[
    Family {
        name: "authkuma_probe_success",
        help: "Whether the monitor passes: 0 or 1.",
        samples: |name, result| sample(name, result, &[], u8::from(result.passes())),
    },
    Family {
        name: "authkuma_probe_verdict",
        help: "The verdict that holds has 1, the others 0.",
        samples: |name, result| {
            let every = [Verdict::Up, Verdict::Degraded, Verdict::Down];
            every.map(|one| sample(name, result, &[("verdict", verdict(one))], u8::from(result.verdict == one))).concat()
        },
    },
    Family {
        name: "authkuma_probe_step_success",
        help: "Whether a step did not fail: 0 or 1. Steps that were not taken are left out.",
        samples: |name, result| {
            let taken = result.steps.iter().filter(|step| step.outcome != StepOutcome::Skip);
            taken
                .map(|step| sample(name, result, &[("step", step.step.name())], u8::from(step.outcome != StepOutcome::Fail)))
                .collect()
        },
    },
    Family {
        name: "authkuma_probe_step_duration_seconds",
        help: "How long a step took.",
        samples: |name, result| {
            let timed = result.steps.iter().filter_map(|step| Some((step.step.name(), step.milliseconds? / 1000.0)));
            timed.map(|(step, seconds)| sample(name, result, &[("step", step)], format!("{seconds:.6}"))).collect()
        },
    },
    Family {
        name: "authkuma_probe_certificate_remaining_seconds",
        help: "How long the portal's certificate is still valid, in whole days.",
        samples: |name, result| result.certificate_days.map(|days| sample(name, result, &[], days * 86_400)).unwrap_or_default(),
    },
    Family {
        name: "authkuma_probe_token_lifetime_seconds",
        help: "For how long a token is given.",
        samples: |name, result| result.token_seconds.map(|seconds| sample(name, result, &[], seconds)).unwrap_or_default(),
    },
];

/// One line: the metric with the target's labels and its own.
fn sample(name: &str, result: &ProbeResult, labels: &[(&str, &str)], value: impl std::fmt::Display) -> String {
    let own = [("target", &*result.name), ("url", &*result.url)];
    let mut line = name.to_owned();
    for (at, (label, text)) in own.iter().chain(labels).enumerate() {
        // Writing to text cannot fail.
        let _ = write!(line, "{}{label}=\"{}\"", if at == 0 { '{' } else { ',' }, escaped(text));
    }
    let _ = writeln!(line, "}} {value}");
    line
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::super::sample::{down, up, written};

    #[test]
    fn each_metric_stands_once_with_a_sample_for_each_target() {
        let text = written(Form::Openmetrics, &[up("one"), down("a \"b\" \\ c\nd")]);
        for line in [
            "# TYPE authkuma_probe_success gauge",
            "authkuma_probe_success{target=\"one\",url=\"https://app.example.com/\"} 1",
            "authkuma_probe_success{target=\"a \\\"b\\\" \\\\ c\\nd\",url=\"https://app.example.com/\"} 0",
            "# UNIT authkuma_probe_step_duration_seconds seconds",
            "authkuma_probe_step_duration_seconds{target=\"one\",url=\"https://app.example.com/\",step=\"token\"} 0.250000",
            "authkuma_probe_certificate_remaining_seconds{target=\"one\",url=\"https://app.example.com/\"} 6912000",
            "authkuma_probe_token_lifetime_seconds{target=\"one\",url=\"https://app.example.com/\"} 3599",
        ] {
            assert!(text.lines().any(|written| written == line), "no {line} in\n{text}");
        }
        assert!(text.ends_with("\n# EOF\n"));
        assert_eq!(text.matches("# TYPE authkuma_probe_verdict ").count(), 1);
        assert!(!text.contains("step=\"revocation\"} 1"), "a step that was not taken has no success:\n{text}");
    }
}
