//! The decision table as a page of `docs/`.

use std::fmt::Write as _;

use super::outcome;
use crate::probe::diagnosis::Row;

const HEAD: &str = "\
# Causes

<!-- Generated from src/probe/diagnosis/table/: SNAPSHOTS=overwrite cargo test --test integration generated -->

What `authkuma probe` can name as the cause when a step is not as it should be. The ids never change; scripts read them as
`cause_id`. Words in braces stand for what was observed.

";

/// The whole page.
pub fn markdown<'r>(rows: impl IntoIterator<Item = &'r Row>) -> String {
    let mut page = HEAD.to_owned() + "| id | steps | comes to | cause | mend |\n|---|---|---|---|---|\n";
    for row in rows {
        let steps: Vec<&str> = row.steps.iter().map(|step| step.name()).collect();
        let steps = if steps.is_empty() { "any".to_owned() } else { steps.join(", ") };
        let [cause, fix] = [row.cause, row.fix].map(|text| text.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*"));
        // Writing to a text cannot fail.
        let _ = writeln!(page, "| `{}` | {steps} | {} | {cause} | {fix} |", row.id, outcome(row.outcome));
    }
    page
}
