//! Files replaced by their changed texts.

use std::fs::{self, OpenOptions};
use std::path::Path;

use anyhow::Context as _;

use crate::error::{Failure, Hinted as _};
use crate::source::Source;
use crate::source::write::replace_file;

/// Fails where a file could not be replaced: it is none, it may not be written, or somebody changed it since it was read.
pub(super) fn check(after: &Source, before: &str) -> Result<(), Failure> {
    let (path, name) = (Path::new(after.name()), after.name());
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {name} again"))?;
    if !metadata.is_file() {
        return Err(Failure::new(format!("{name} is no regular file")).hint("only files are changed in place"));
    }
    // The file is replaced and not opened, so its own mode would not be asked; and a superuser's writing is never refused.
    if metadata.permissions().readonly() {
        return Err(Failure::new(format!("{name} is read-only")).hint("the file is as it was; make it writable"));
    }
    OpenOptions::new()
        .write(true)
        .open(path)
        .with_context(|| format!("cannot write {name}"))
        .hint("the file is as it was; make it writable")?;
    let now = fs::read(path).with_context(|| format!("cannot read {name} again"))?;
    if now != before.as_bytes() {
        return Err(Failure::new(format!("{name} was changed meanwhile")).hint("run the command again"));
    }
    Ok(())
}

/// Replaces a file, unless it fails the [`check`].
pub(super) fn replace(after: &Source, before: &str) -> Result<(), Failure> {
    check(after, before)?;
    replace_file(Path::new(after.name()), after.text().as_bytes())
        .with_context(|| format!("cannot write {}", after.name()))
        .hint("the file is as it was; it and its folder must be writable")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_that_is_not_as_it_was_read_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yml");
        let after = Source::new(path.display().to_string(), "new".to_owned());
        assert!(replace(&after, "old").is_err());
        fs::write(&path, "another's").unwrap();
        assert!(replace(&after, "old").unwrap_err().reason().ends_with("was changed meanwhile"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(replace(&after, "another's").unwrap_err().reason().ends_with("is read-only"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "another's");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(replace(&after, "old").unwrap_err().reason().ends_with("is no regular file"));
    }
}
