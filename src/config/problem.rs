//! What could not be read as the server wants it: collected while reading, judged by the linter's rules.

use super::Path;
use crate::source::Span;

/// One thing that reading found, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The configuration path; empty for a file that does not read at all.
    pub path: Path,
    /// Where, when it is not simply the value at `path`.
    pub span: Option<Span>,
    /// What it is.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// The text is no YAML that the server reads; the whole file is skipped. `message` is go-yaml's wording.
    Syntax {
        /// What the YAML reader says.
        message: String,
        /// Where the surrounding construct began, with what it is.
        context: Option<(String, Span)>,
    },
    /// A key is written twice; the whole file is skipped.
    DuplicateKey {
        /// The key.
        key: String,
        /// The first one.
        first: Span,
    },
    /// The server knows no such key here.
    UnknownKey {
        /// The key that was probably meant.
        suggestion: Option<String>,
        /// Whether it stands for keys below it.
        has_keys: bool,
    },
    /// Keys that the server does not know are written at an option that takes a value. They are not told, for a secret in braces reads
    /// as a key, and so does what follows a comma in one.
    KeysForValue,
    /// The section has no such key, and the server's check of names does not notice: it ignores the value.
    IgnoredKey {
        /// The key that was probably meant.
        suggestion: Option<String>,
    },
    /// The key is deprecated and mapped to another by the server, which warns.
    DeprecatedKey {
        /// The path of its replacement; empty when there is none.
        replacement: String,
        /// The release that deprecated it.
        since: &'static str,
        /// The replacement is also present, so this value is dropped.
        shadowed: bool,
    },
    /// The key was replaced by another and the server refuses it.
    ReplacedKey {
        /// The path of its replacement.
        replacement: String,
    },
    /// The value cannot be decoded into what the server wants there.
    WrongType {
        /// What it wants, for people: `a map`, `true or false`, `a duration`, …
        expected: &'static str,
        /// The server's reason as it prints it, without values of secrets.
        reason: String,
    },
    /// The value is a digest that the server cannot read.
    UnreadableDigest {
        /// The server's reason.
        reason: String,
    },
    /// The value is a pattern that Go cannot compile.
    InvalidPattern {
        /// The server's reason.
        reason: String,
    },
    /// The value is a pattern that Go compiles and that is too big to be matched here.
    UnjudgeablePattern,
    /// A network that is neither an address, nor a range, nor a name.
    InvalidNetwork {
        /// The server's reason.
        reason: String,
    },
    /// A network name is defined in `definitions.network` and in `access_control.networks`.
    DuplicateNetwork {
        /// The name.
        name: String,
    },
    /// A further YAML document begins here; the server ignores it and what follows.
    FurtherDocument,
    /// A list is replaced as a whole by the same list of a later file.
    ReplacedList {
        /// The later one.
        by: Span,
    },
    /// The text holds a template expression, so it is not judged as YAML.
    Template {
        /// Whether it is YAML all the same.
        reads: bool,
    },
    /// The file holds a list or a scalar where the server wants a mapping; the whole file is skipped.
    NoMapping,
    /// The file holds nothing.
    EmptyFile,
}
