//! A file replaced in one step: whoever reads it meanwhile sees the old text or the new one.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// How many names for the temporary file are tried.
const ATTEMPTS: u32 = 16;

/// Replaces a file's text, or makes the file. Mode and owner stay, a symbolic link stays and its target changes; what is no regular file
/// (a pipe, `/dev/stdout`) is written as it is.
pub fn replace_file(path: &Path, contents: &[u8]) -> io::Result<()> {
    let target = target(path)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => return OpenOptions::new().write(true).open(&target)?.write_all(contents),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (temporary, file) = create_beside(folder, &target, old.is_some())?;
    let written = fill(file, contents, old.as_ref()).and_then(|()| fs::rename(&temporary, &target));
    if let Err(error) = written {
        // The first error is the one that matters.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    // Not every file system can synchronise a folder; the file itself is safe already.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// The file that a path means, through symbolic links, also when it does not exist yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::read_link(path) {
            Ok(link) => Ok(path.parent().unwrap_or(Path::new("")).join(link)),
            Err(_) => Ok(path.to_owned()),
        },
        found => found,
    }
}

/// A new file in the folder. It is for its owner alone when it stands in for an existing file, whose mode comes later.
fn create_beside(folder: &Path, target: &Path, private: bool) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if private {
        owner_only(&mut options);
    }
    let mut attempt = 0;
    loop {
        let path = folder.join(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        match options.open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < ATTEMPTS => attempt += 1,
            opened => return opened.map(|file| (path, file)),
        }
    }
}

fn fill(mut file: File, contents: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    file.write_all(contents)?;
    if let Some(old) = old {
        keep_owner(&file, old)?;
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owner_only(_options: &mut OpenOptions) {}

#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    fchown(file, Some(old.uid()), Some(old.gid()))
        .map_err(|error| io::Error::new(error.kind(), format!("the file would change its owner ({error})")))
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn mode_stays_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("configuration.yml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace_file(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_text_changes_in_one_step() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        let mut reader = File::open(&path).unwrap();
        let before = fs::metadata(&path).unwrap().ino();
        replace_file(&path, b"new and longer").unwrap();
        assert_ne!(fs::metadata(&path).unwrap().ino(), before);
        assert_eq!(io::read_to_string(&mut reader).unwrap(), "old");
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        for before in [None, Some("old")] {
            if let Some(text) = before {
                fs::write(&target, text).unwrap();
            }
            let _ = fs::remove_file(&link);
            symlink("target", &link).unwrap();
            replace_file(&link, b"new").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read(&target).unwrap(), b"new");
        }
    }

    #[test]
    fn a_failure_leaves_the_old_text() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(replace_file(&folder.path().join("no/such"), b"x").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(replace_file(folder.path(), b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_no_regular_file_is_written_directly() {
        replace_file(Path::new("/dev/null"), b"x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
