//! Further forms of an answer, written to files.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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

/// Refuses to write over what is read, by whatever names.
pub(super) fn spare_inputs<'a>(
    outputs: impl IntoIterator<Item = &'a PathBuf>,
    inputs: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), Failure> {
    let inputs: Vec<&PathBuf> = inputs.into_iter().collect();
    for output in outputs {
        if inputs.iter().any(|input| is_read_with(output, input)) {
            return Err(Failure::usage(format!("{} is read, and would be written over", output.display()))
                .hint("name another file for the answer"));
        }
    }
    Ok(())
}

/// Whether a file is an input, or one of the files that are read of a folder.
fn is_read_with(file: &Path, input: &Path) -> bool {
    // A pipe or a terminal may well be both.
    if !fs::metadata(file).is_ok_and(|found| found.is_file()) {
        return false;
    }
    match fs::read_dir(input) {
        Ok(entries) => entries.flatten().any(|entry| is_same(file, &entry.path())),
        Err(_) => is_same(file, input),
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    identity(a).is_some_and(|a| identity(b) == Some(a))
}

/// The first file that stands among the others already, by whatever name.
pub(super) fn first_repeated<'a>(files: impl IntoIterator<Item = &'a Path>) -> Option<&'a Path> {
    let mut seen = HashSet::new();
    files.into_iter().find(|file| identity(file).is_some_and(|identity| !seen.insert(identity)))
}

/// What all names of one file have in common.
#[cfg(unix)]
fn identity(file: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(file).map(|found| (found.dev(), found.ino())).ok()
}

/// What all names of one file have in common, hard links aside.
#[cfg(not(unix))]
fn identity(file: &Path) -> Option<PathBuf> {
    fs::canonicalize(file).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn an_input_is_told_by_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["a.yml", "b.yml"] {
            fs::write(path(name), "").unwrap();
        }
        symlink("a.yml", path("link")).unwrap();
        fs::hard_link(path("a.yml"), path("hard")).unwrap();
        let refused = |output: PathBuf, input: PathBuf| spare_inputs([&output], [&PathBuf::from("-"), &input]).is_err();
        for name in ["a.yml", "link", "hard", "./a.yml"] {
            assert!(refused(path(name), path("a.yml")), "{name}");
            assert!(refused(path("a.yml"), path(name)), "{name}");
        }
        assert!(refused(path("a.yml"), folder.path().to_owned()));
        let repeated = |names: &[&str]| {
            let files: Vec<PathBuf> = names.iter().map(|name| path(name)).collect();
            first_repeated(files.iter().map(PathBuf::as_path)).map(|found| found.file_name().unwrap().to_owned())
        };
        assert_eq!(repeated(&["a.yml", "b.yml", "link"]), Some("link".into()));
        assert_eq!(repeated(&["a.yml", "b.yml", "new", "new"]), None);
        assert!(!refused(path("b.yml"), path("a.yml")));
        assert!(!refused(path("new"), path("new")));
        assert!(!refused("/dev/null".into(), "/dev/null".into()));
    }
}
