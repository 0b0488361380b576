//! A file for a secret, nobody else's from its first byte on.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::NamedTempFile;

use crate::error::{Failure, Hinted as _};
use crate::secret::Secret;

/// Where a secret goes instead of standard output.
#[derive(clap::Args, Debug)]
pub(super) struct PrivateFile {
    /// Write the secret to a new file that only you can read, and do not print it
    #[arg(long, value_name = "FILE")]
    pub(super) secret_out: Option<PathBuf>,
    /// Let --secret-out replace an existing file
    #[arg(long, requires = "secret_out")]
    force: bool,
}

impl PrivateFile {
    /// Refuses an existing file as [`PrivateFile::write`] would.
    pub(super) fn check(&self) -> Result<(), Failure> {
        match &self.secret_out {
            Some(path) if !self.force && path.symlink_metadata().is_ok() => {
                Err(io::Error::from(io::ErrorKind::AlreadyExists)).with_context(|| cannot_create(path)).hint(HINT)
            }
            _ => Ok(()),
        }
    }

    /// Writes the secret to the file, when there is one.
    pub(super) fn write(&self, secret: &Secret) -> Result<(), Failure> {
        match &self.secret_out {
            Some(path) => write_private(path, secret, self.force),
            None => Ok(()),
        }
    }
}

/// The file is complete before it has its name: a write that fails loses nothing and leaves nothing.
fn write_private(path: &Path, secret: &Secret, force: bool) -> Result<(), Failure> {
    let created = || cannot_create(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // It is for its owner alone from the first byte on. Writing into an old file would keep its mode and its readers.
    let mut file = NamedTempFile::new_in(folder).with_context(created).hint(HINT)?;
    file.write_all(secret.expose().as_bytes())?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    let persisted = if force { file.persist(path) } else { file.persist_noclobber(path) };
    persisted.map_err(|error| error.error).with_context(created).hint(HINT)?;
    Ok(())
}

const HINT: &str = "name a new file in an existing folder, or add --force to replace one";

fn cannot_create(path: &Path) -> String {
    format!("cannot create {}", path.display())
}
