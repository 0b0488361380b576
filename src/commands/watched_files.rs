//! Whether files have changed since they were last looked at.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Files and folders that are looked after.
#[derive(Debug)]
pub(super) struct WatchedFiles {
    paths: Vec<PathBuf>,
    seen: Vec<Seen>,
}

/// A file as it was seen. One that is gone has no time and no length.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    path: PathBuf,
    modified: Option<SystemTime>,
    length: u64,
}

impl WatchedFiles {
    /// Looks for the first time.
    pub(super) fn new(paths: &[PathBuf]) -> WatchedFiles {
        WatchedFiles { paths: paths.to_vec(), seen: look(paths) }
    }

    /// Whether anything is different from the last time.
    pub(super) fn have_changed(&mut self) -> bool {
        let now = look(&self.paths);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }
}

fn look(paths: &[PathBuf]) -> Vec<Seen> {
    let inside = |path: &Path| match fs::read_dir(path) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => vec![path.to_owned()],
    };
    let mut files: Vec<PathBuf> = paths.iter().flat_map(|path| inside(path)).collect();
    files.sort();
    files.into_iter().map(Seen::of).collect()
}

impl Seen {
    fn of(path: PathBuf) -> Seen {
        let metadata = fs::metadata(&path).ok();
        let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        Seen { path, modified, length: metadata.map_or(0, |metadata| metadata.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_a_new_file_and_a_lost_one_are_noticed_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.yml");
        fs::write(&file, "a").unwrap();
        let mut watched = WatchedFiles::new(&[folder.path().to_owned()]);
        assert!(!watched.have_changed());
        fs::write(&file, "ab").unwrap();
        assert!(watched.have_changed() && !watched.have_changed());
        fs::write(folder.path().join("b.yml"), "").unwrap();
        assert!(watched.have_changed() && !watched.have_changed());
        fs::remove_file(&file).unwrap();
        assert!(watched.have_changed() && !watched.have_changed());
    }
}
