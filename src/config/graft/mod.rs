//! New values put into the files by edits that leave every other byte alone, and read back before anybody sees them.

mod place;
mod readback;
mod shape;

use std::fmt;

pub use shape::{Part, Shape};

use super::{Config, Path, load};
use crate::source::edit::{Edit, apply};
use crate::source::{Source, SourceId, Sources};

/// Why a value cannot be put where it belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ungraftable {
    /// What the path leads through stands elsewhere and was brought here by an alias or a merge key.
    Borrowed(Path),
    /// The path leads through something that is no mapping, or no list.
    Kind(Path),
    /// There is a value already.
    Taken(Path),
    /// The text is laid out in a way in which the new value would not read back as it should, or would change another.
    Layout(Path),
}

/// What is done at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Deed {
    /// The path is absent, or has nothing in it.
    Put,
    /// The last step is the index at which a list gets one more item.
    Insert,
    /// The path has a value, which goes.
    Replace,
}

impl Config {
    /// The configuration with a value at a path of keys that is absent or empty.
    pub fn put(&self, path: &Path, value: &Shape) -> Result<Config, Ungraftable> {
        self.graft(path, value, Deed::Put)
    }

    /// The configuration with one more item in a list, which need not be there. An index past the end appends.
    pub fn insert(&self, list: &Path, index: usize, item: &Shape) -> Result<Config, Ungraftable> {
        let items = self.tree.get(list).map_or(&[][..], |node| node.items());
        if items.is_empty() {
            return self.put(list, &Shape::List(vec![item.clone()]));
        }
        self.graft(&list.index(index.min(items.len())), item, Deed::Insert)
    }

    /// The configuration with another value at a path.
    pub fn replace(&self, path: &Path, value: &Shape) -> Result<Config, Ungraftable> {
        self.graft(path, value, Deed::Replace)
    }

    fn graft(&self, path: &Path, value: &Shape, deed: Deed) -> Result<Config, Ungraftable> {
        let edits = place::edits(self, path, value, deed)?;
        let layout = || Ungraftable::Layout(path.clone());
        let sources = self.sources_after(&edits).ok_or_else(layout)?;
        let new = load(sources);
        let unchanged = readback::differs_only_by(self.tree.root(), new.tree.root(), path, value, deed);
        if unchanged && new.problems.len() <= self.problems.len() { Ok(new) } else { Err(layout()) }
    }

    /// The files with edits, all of which are in one of them.
    fn sources_after(&self, edits: &[Edit]) -> Option<Sources> {
        let changed = edits.first()?.span.source;
        let mut sources = Sources::default();
        for (id, source) in self.sources.iter() {
            let text = if id == changed { apply(source.text(), edits).ok()?.text } else { source.text().to_owned() };
            sources.add(Source::new(source.name(), text));
        }
        if sources.is_empty() {
            // Without a file the new text is the first one.
            sources.add(Source::new("configuration.yml", apply("", edits).ok()?.text));
        }
        Some(sources)
    }
}

/// The file that takes what has no file of its own yet.
const FIRST: SourceId = SourceId(0);

impl fmt::Display for Ungraftable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ungraftable::Borrowed(path) => write!(f, "{path} stands elsewhere and is brought in by an alias or a merge key"),
            Ungraftable::Kind(path) => write!(f, "{path} is no mapping and no list to add to"),
            Ungraftable::Taken(path) => write!(f, "{path} has a value already"),
            Ungraftable::Layout(path) => write!(f, "the file is laid out in a way in which {path} cannot be added safely"),
        }
    }
}

impl std::error::Error for Ungraftable {}

#[cfg(test)]
mod tests;
