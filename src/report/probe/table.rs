//! The steps as a table, and below it what is wrong and how to mend it.

use std::io::{self, Write};

use super::super::columns::Columns;
use super::super::wrap::wrap;
use super::{Look, Report, outcome, plain, verdict};
use crate::probe::result::{ProbeResult, StepOutcome, StepResult};

pub(super) fn write(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    report.results.iter().enumerate().try_for_each(|(at, result)| {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}", wrap(&result.name, usize::MAX), verdict(result.verdict))?;
        table(result).write(look, |_| None, out)?;
        for step in result.steps.iter().filter(|step| step.cause.is_some()) {
            writeln!(out, "{} {}", super::colored(step.outcome, look), step.step)?;
            plain::cause(step, look, out)?;
        }
        plain::remarks(result, look, out)
    })
}

fn table(result: &ProbeResult) -> Columns<5> {
    let mut table = Columns::new(["step", "", "expected", "observed", "ms"]).ruled().numbers(4);
    for step in &result.steps {
        table.add(row(step));
    }
    table
}

fn row(step: &StepResult) -> [String; 5] {
    [
        step.step.name().to_owned(),
        outcome(step.outcome).to_owned(),
        if step.outcome == StepOutcome::Skip { String::new() } else { step.expected.clone() },
        step.observed.clone(),
        step.milliseconds.map(|milliseconds| format!("{milliseconds:.0}")).unwrap_or_default(),
    ]
}
