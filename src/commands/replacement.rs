//! Files replaced by their changed texts.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::error::{Failure, Hinted as _};
use crate::source::Source;
use crate::source::write::replace_file;

/// Replaces a file, unless somebody changed it since it was read.
pub(super) fn replace(after: &Source, before: &str) -> Result<(), Failure> {
    let path = Path::new(after.name());
    let now = fs::read(path).with_context(|| format!("cannot read {} again", after.name()))?;
    if now != before.as_bytes() {
        return Err(Failure::new(format!("{} was changed meanwhile", after.name())).hint("run the command again"));
    }
    replace_file(path, after.text().as_bytes())
        .with_context(|| format!("cannot write {}", after.name()))
        .hint("the file is as it was; it and its folder must be writable")
}
