//! What is said of monitors.

mod check;
mod explain;

use std::io::{self, Write};

use super::wrap::wrap;
use super::{Look, PlainOrJson as Form};
pub use check::{CheckReport, write_rules};
pub use explain::{Explained, write_explanations};

/// Columns that a text gets even on the narrowest terminal.
const NARROWEST: usize = 20;

/// Writes `name: text`, the further lines below the text's first word.
fn write_field(name: &str, text: &str, indent: usize, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let hanging = indent + name.len() + 2;
    let wrapped = wrap(text, look.width.saturating_sub(hanging).max(NARROWEST));
    let text = wrapped.replace('\n', &format!("\n{:hanging$}", ""));
    writeln!(out, "{:indent$}{name}: {text}", "")
}
