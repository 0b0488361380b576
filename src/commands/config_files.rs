//! Configuration files from the command line: files, directories and standard input, read as the server would.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::error::{Failure, Hinted as _};
use crate::host::{Host, read_limited};
use crate::source::{Source, Sources};

/// Reads files and directories in the order given; `-` is standard input. Of a directory the server takes `*.yml` and `*.yaml`, by name.
pub(super) fn read(paths: &[PathBuf], host: &mut Host<'_>) -> Result<Sources, Failure> {
    let mut sources = Sources::default();
    for path in paths {
        if path == Path::new("-") {
            let bytes = host.read_stdin()?;
            sources.add(Source::new("-", text(bytes, "standard input")?));
        } else if path.is_dir() {
            for file in files_of(path)? {
                sources.add(read_file(&file)?);
            }
        } else {
            sources.add(read_file(path)?);
        }
    }
    Ok(sources)
}

fn read_file(path: &Path) -> Result<Source, Failure> {
    let name = path.display().to_string();
    let mut file = File::open(path)
        .with_context(|| format!("cannot read {name}"))
        .hint("name an existing file or directory, or '-' for standard input")?;
    let bytes = read_limited(&mut file, &name)?;
    Ok(Source::new(name.clone(), text(bytes, &name)?))
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && path.extension().is_some_and(|ending| ending == "yml" || ending == "yaml"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(format!("{} holds no .yml or .yaml file", folder.display()))
            .hint("name the files themselves; the server looks into no folder below"));
    }
    Ok(files)
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        Failure::new(format!("{name} is not UTF-8: line {line}, byte {at}")).hint("store it as UTF-8 text")
    })
}
