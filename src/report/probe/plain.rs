//! One line a step, and below it what is wrong and how to mend it.

use std::io::{self, Write};

use super::super::wrap::wrap;
use super::{Look, Report, colored, era, verdict};
use crate::probe::result::{ProbeResult, StepResult};

/// Columns that a text gets even on the narrowest terminal.
const NARROWEST: usize = 30;

pub(super) fn write(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    report.results.iter().enumerate().try_for_each(|(at, result)| {
        if at > 0 {
            writeln!(out)?;
        }
        field(&result.name, verdict(result.verdict), 0, look, out)?;
        result.steps.iter().try_for_each(|step| write_step(step, look, out))?;
        remarks(result, look, out)
    })
}

fn write_step(step: &StepResult, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let time = step.milliseconds.map(|milliseconds| format!(" ({milliseconds:.0} ms)")).unwrap_or_default();
    let observed = wrap(&format!("{}{time}", step.observed), usize::MAX);
    writeln!(out, "  {} {:16} {observed}", colored(step.outcome, look), step.step.name())?;
    cause(step, look, out)
}

/// What was expected, what is wrong, and how to mend it; nothing when the step is as it should be.
pub(super) fn cause(step: &StepResult, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(cause) = &step.cause else { return Ok(()) };
    field("expected", &step.expected, INDENT, look, out)?;
    if let Some(words) = &step.by_configuration {
        field("by the configuration", words, INDENT, look, out)?;
    }
    field("cause", &format!("{} [{}]", cause.text, cause.id), INDENT, look, out)?;
    field("fix", &cause.fix, INDENT, look, out)?;
    match &step.deciding {
        Some(deciding) => {
            let place = match (&deciding.file, deciding.line) {
                (Some(file), Some(line)) => format!("{file}:{line}: {}", deciding.path),
                _ => deciding.path.clone(),
            };
            field("decided by", &place, INDENT, look, out)
        }
        None => Ok(()),
    }
}

/// Blanks before what is said below a step.
const INDENT: usize = 7;

/// What else should be known of a target.
pub(super) fn remarks(result: &ProbeResult, look: Look, out: &mut dyn Write) -> io::Result<()> {
    if let Some(seen) = result.era {
        field("era", era(seen), 2, look, out)?;
    }
    result.notes.iter().try_for_each(|note| field("note", note, 2, look, out))
}

/// Writes `name: text`, the further lines below the text's first word.
fn field(name: &str, text: &str, indent: usize, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let name = wrap(name, usize::MAX);
    let hanging = indent + name.chars().count() + 2;
    let wrapped = wrap(text, look.width.saturating_sub(hanging).max(NARROWEST));
    let text = wrapped.replace('\n', &format!("\n{:hanging$}", ""));
    writeln!(out, "{:indent$}{name}: {text}", "")
}
