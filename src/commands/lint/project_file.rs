//! The project file: the nearest `authkuma.toml`, from the current folder upwards.

use std::env;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::bearer::Target;
use crate::error::{Failure, Hinted as _};
use crate::host::read_limited;
use crate::lint::Project;
use crate::source::Source;

const NAME: &str = "authkuma.toml";

/// A project file, or what holds without one.
#[derive(Default)]
pub(super) struct Found {
    pub(super) project: Project,
    /// The file itself.
    pub(super) file: Option<PathBuf>,
    /// The folder in which it lies.
    pub(super) folder: PathBuf,
}

impl Found {
    pub(super) fn target(&self) -> Option<Target> {
        self.project.target
    }
}

/// Reads the file that is named, or the nearest one; none is fine unless it is named.
pub(super) fn read(named: Option<&Path>) -> Result<Found, Failure> {
    match named {
        Some(path) => read_file(path),
        None => nearest().map_or_else(|| Ok(Found::default()), |path| read_file(&path)),
    }
}

fn nearest() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}

fn read_file(path: &Path) -> Result<Found, Failure> {
    let name = path.display().to_string();
    let mut file = File::open(path).with_context(|| format!("cannot read {name}")).hint("name an existing project file")?;
    let text = String::from_utf8(read_limited(&mut file, &name)?)
        .map_err(|_| Failure::new(format!("{name} is not UTF-8")).hint("store it as UTF-8 text"))?;
    let project = Project::read(&text).map_err(|error| {
        let position = Source::new(&*name, text.clone()).position(u32::try_from(error.place.start).unwrap_or(u32::MAX));
        let failure = Failure::new(format!("{name}:{}:{}: {error}", position.line, position.column));
        match &error.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })?;
    let folder = path.canonicalize().ok().and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
    Ok(Found { project, file: Some(path.to_owned()), folder })
}
