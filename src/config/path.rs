//! Where in a configuration: a chain of keys and list indexes.

use std::borrow::Cow;
use std::fmt;

/// One step of a [`Path`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Segment {
    /// A key of a mapping.
    Key(Cow<'static, str>),
    /// An item of a list, from 0.
    Index(usize),
}

/// A configuration path such as `identity_providers.oidc.clients[0].client_id`; the empty path is the file as a whole.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The path of the file as a whole.
    pub fn root() -> Path {
        Path::default()
    }

    /// The path of keys divided by dots, without indexes.
    pub fn of(dotted: &str) -> Path {
        Path(dotted.split('.').filter(|key| !key.is_empty()).map(|key| Segment::Key(key.to_owned().into())).collect())
    }

    /// The path of an item of a list, or of an option in it. The rules ask for so many that they are made in one piece.
    pub(super) fn of_item(list: &[&'static str], index: usize, option: Option<&str>) -> Path {
        let mut segments = Vec::with_capacity(list.len() + 2);
        segments.extend(list.iter().map(|key| Segment::Key(Cow::Borrowed(*key))));
        segments.push(Segment::Index(index));
        segments.extend(option.map(|option| Segment::Key(option.to_owned().into())));
        Path(segments)
    }

    /// This path and one more key.
    #[must_use]
    pub fn key(&self, key: &str) -> Path {
        self.with(Segment::Key(key.to_owned().into()))
    }

    /// This path and one more list index.
    #[must_use]
    pub fn index(&self, index: usize) -> Path {
        self.with(Segment::Index(index))
    }

    /// The steps from the root.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The path without its last step; none for the root.
    pub fn parent(&self) -> Option<Path> {
        let (_, rest) = self.0.split_last()?;
        Some(Path(rest.to_vec()))
    }

    /// The last key or index.
    pub fn last(&self) -> Option<&Segment> {
        self.0.last()
    }

    /// Whether `prefix` is this path or above it.
    pub fn starts_with(&self, prefix: &Path) -> bool {
        self.0.starts_with(&prefix.0)
    }

    fn with(&self, segment: Segment) -> Path {
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        segments.extend_from_slice(&self.0);
        segments.push(segment);
        Path(segments)
    }
}

/// A path on the way down a tree, which is made into a [`Path`] only when it is wanted.
#[derive(Clone, Copy)]
pub(super) enum Trail<'a> {
    Root,
    Key(&'a Trail<'a>, &'a str),
    Index(&'a Trail<'a>, usize),
}

impl<'a> Trail<'a> {
    /// This trail and one more key.
    pub(super) fn key(&'a self, key: &'a str) -> Trail<'a> {
        Trail::Key(self, key)
    }

    /// This trail and one more list index.
    pub(super) fn index(&'a self, index: usize) -> Trail<'a> {
        Trail::Index(self, index)
    }

    /// The path of where it stands.
    pub(super) fn path(&self) -> Path {
        match self {
            Trail::Root => Path::root(),
            Trail::Key(above, key) => above.path().key(key),
            Trail::Index(above, index) => above.path().index(*index),
        }
    }

    /// The path of where it stands, or of an item of the list there.
    pub(super) fn item(&self, item: Option<usize>) -> Path {
        item.map_or_else(|| self.path(), |item| self.index(item).path())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if at == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn reads_as_interface_says() {
        let path = Path::of("identity_providers.oidc.clients").index(2).key("client_id");
        assert_eq!(path.to_string(), "identity_providers.oidc.clients[2].client_id");
        assert!(path.starts_with(&Path::of("identity_providers.oidc")));
        assert_eq!(path.parent().unwrap().to_string(), "identity_providers.oidc.clients[2]");
    }
}
