//! A file for a secret, nobody else's from its first byte on.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

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
    /// Writes the secret to the file, when there is one.
    pub(super) fn write(&self, secret: &Secret) -> Result<(), Failure> {
        match &self.secret_out {
            Some(path) => write_private(path, secret, self.force),
            None => Ok(()),
        }
    }
}

fn write_private(path: &Path, secret: &Secret, force: bool) -> Result<(), Failure> {
    if force {
        // A fresh file: writing into the old one would keep its mode and its readers.
        let removed = std::fs::remove_file(path);
        if let Err(error) = removed.as_ref().map_err(std::io::Error::kind)
            && error != std::io::ErrorKind::NotFound
        {
            removed.with_context(|| format!("cannot replace {}", path.display()))?;
        }
    }
    let mut file = OpenOptions::new()
        .write(true)
        .mode(0o600)
        .create_new(true)
        .open(path)
        .with_context(|| format!("cannot create {}", path.display()))
        .hint("name a new file in an existing folder, or add --force to replace one")?;
    file.write_all(secret.expose().as_bytes())?;
    file.write_all(b"\n")?;
    Ok(file.sync_all()?)
}
