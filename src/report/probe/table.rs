//! The steps as a table, and below it what is wrong and how to mend it.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use super::super::wrap::wrap;
use super::{Look, Report, outcome, plain, verdict};
use crate::probe::result::{ProbeResult, StepOutcome, StepResult};

/// Columns that a table takes even on the narrowest terminal.
const NARROWEST: usize = 40;

/// A line below the header, and no other.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

pub(super) fn write(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    report.results.iter().enumerate().try_for_each(|(at, result)| {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}", wrap(&result.name, usize::MAX), verdict(result.verdict))?;
        writeln!(out, "{}", table(result, look))?;
        for step in result.steps.iter().filter(|step| step.cause.is_some()) {
            writeln!(out, "{} {}", super::colored(step.outcome, look), step.step)?;
            plain::cause(step, look, out)?;
        }
        plain::remarks(result, look, out)
    })
}

fn table(result: &ProbeResult, look: Look) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(look.width.max(NARROWEST)).unwrap_or(u16::MAX));
    table.set_header(["step", "", "expected", "observed", "ms"]);
    for step in &result.steps {
        table.add_row(row(step));
    }
    table
}

fn row(step: &StepResult) -> Vec<Cell> {
    vec![
        Cell::new(step.step.name()),
        Cell::new(outcome(step.outcome)),
        Cell::new(if step.outcome == StepOutcome::Skip { String::new() } else { wrap(&step.expected, usize::MAX) }),
        Cell::new(wrap(&step.observed, usize::MAX)),
        Cell::new(step.milliseconds.map(|milliseconds| format!("{milliseconds:.0}")).unwrap_or_default())
            .set_alignment(CellAlignment::Right),
    ]
}
