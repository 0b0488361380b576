//! Further forms of an answer, written to files.

use std::io::{self, Write};

use anyhow::Context as _;

use crate::error::{Failure, Hinted as _};
use crate::host::Host;
use crate::report::{Look, Output};
use crate::source::write::replace_file;

/// Writes each form to its file, whole or not at all.
pub(super) fn write<F: Copy>(
    outputs: &[Output<F>],
    host: &Host<'_>,
    report: impl Fn(F, Look, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    for output in outputs {
        let mut document = Vec::new();
        report(output.form, Look { color: false, is_terminal: false, ..Look::of(host) }, &mut document)?;
        replace_file(&output.path, &document)
            .with_context(|| format!("cannot write {}", output.path.display()))
            .hint("name a file in a folder that exists and that you may write to")?;
    }
    Ok(())
}
