//! The results as a versioned document.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::document::write_document;
use crate::probe::Step;
use crate::probe::result::{Deciding, Era, ProbeResult, StepOutcome, StepResult, Verdict};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")),
        target: report.target,
        results: report.results.iter().map(Target::of).collect(),
    };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    target: &'a str,
    results: Vec<Target<'a>>,
}

#[derive(Serialize)]
struct Target<'a> {
    name: &'a str,
    url: &'a str,
    verdict: Verdict,
    steps: Vec<Row<'a>>,
    /// Null where nothing that was observed tells.
    era: Option<Era>,
    certificate_days: Option<i64>,
    token_seconds: Option<u64>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Row<'a> {
    step: Step,
    outcome: StepOutcome,
    expected: &'a str,
    observed: &'a str,
    status: Option<u16>,
    milliseconds: Option<f64>,
    /// Null, as what follows, when the step is as it should be.
    cause: Option<&'a str>,
    fix: Option<&'a str>,
    cause_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_configuration: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<&'a Deciding>,
}

impl<'a> Target<'a> {
    fn of(result: &'a ProbeResult) -> Target<'a> {
        Target {
            name: &result.name,
            url: &result.url,
            verdict: result.verdict,
            steps: result.steps.iter().map(Row::of).collect(),
            era: result.era,
            certificate_days: result.certificate_days,
            token_seconds: result.token_seconds,
            notes: &result.notes,
        }
    }
}

impl<'a> Row<'a> {
    fn of(step: &'a StepResult) -> Row<'a> {
        let cause = step.cause.as_ref();
        Row {
            step: step.step,
            outcome: step.outcome,
            expected: &step.expected,
            observed: &step.observed,
            status: step.status,
            // Microseconds are as fine as the clock means anything here.
            milliseconds: step.milliseconds.map(|milliseconds| (milliseconds * 1000.0).round() / 1000.0),
            cause: cause.map(|cause| &*cause.text),
            fix: cause.map(|cause| &*cause.fix),
            cause_id: cause.map(|cause| cause.id),
            by_configuration: step.by_configuration.as_deref(),
            decided_by: step.deciding.as_ref(),
        }
    }
}
