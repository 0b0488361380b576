//! Why the server cannot read a file.

use std::fmt;
use std::sync::Arc;

use crate::config::scalar::Unfit;
use crate::source::Span;

use super::MAX_DEPTH;

/// Why the server cannot read a file. `Display` gives go-yaml's words without its line, which is often one short, and without values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::config) struct SyntaxError {
    /// What is wrong.
    pub(in crate::config) kind: SyntaxErrorKind,
    /// Where.
    pub(in crate::config) span: Span,
    /// What was being read, such as `while parsing a block mapping`, and where that begins.
    pub(in crate::config) context: Option<(String, Span)>,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::config) enum SyntaxErrorKind {
    /// It is no YAML, in the parser's words.
    Malformed(String),
    /// A key stands twice in one mapping.
    DuplicateKey {
        /// The key as written, without quotes.
        key: Arc<str>,
        /// Where it stands first.
        first: Span,
    },
    /// `*name` before any `&name`.
    UnknownAnchor(Box<str>),
    /// `*name` inside the value of `&name`.
    SelfReference(Box<str>),
    /// A list or a mapping as key.
    InvalidKey,
    /// `<<` with something other than mappings.
    InvalidMerge,
    /// A tag that its value does not fit.
    MismatchedTag {
        /// The tag that would fit.
        found: &'static str,
        /// The tag that is written.
        wanted: &'static str,
    },
    /// `!!binary` with something other than base64.
    InvalidBase64,
    /// Aliases make far more of the document than is written.
    ExcessiveAliasing,
    /// Lists and mappings nest too deeply.
    TooDeep,
    /// It holds more values than any configuration.
    TooLarge,
}

impl SyntaxErrorKind {
    /// This at a place.
    pub(super) fn at(self, span: Span) -> SyntaxError {
        SyntaxError { kind: self, span, context: None }
    }
}

impl From<Unfit> for SyntaxErrorKind {
    fn from(unfit: Unfit) -> SyntaxErrorKind {
        match unfit {
            Unfit::Kind { found, wanted } => SyntaxErrorKind::MismatchedTag { found, wanted },
            Unfit::Base64 => SyntaxErrorKind::InvalidBase64,
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            SyntaxErrorKind::Malformed(problem) => f.write_str(problem),
            SyntaxErrorKind::DuplicateKey { key, .. } => write!(f, "mapping key \"{key}\" already defined"),
            SyntaxErrorKind::UnknownAnchor(name) => write!(f, "unknown anchor '{name}' referenced"),
            SyntaxErrorKind::SelfReference(name) => write!(f, "anchor '{name}' value contains itself"),
            SyntaxErrorKind::InvalidKey => f.write_str("invalid map key"),
            SyntaxErrorKind::InvalidMerge => f.write_str("map merge requires map or sequence of maps as the value"),
            SyntaxErrorKind::MismatchedTag { found, wanted } => write!(f, "cannot decode {found} as a {wanted}"),
            SyntaxErrorKind::InvalidBase64 => f.write_str("!!binary value contains invalid base64 data"),
            SyntaxErrorKind::ExcessiveAliasing => f.write_str("document contains excessive aliasing"),
            SyntaxErrorKind::TooLarge => f.write_str("document holds more values than any configuration"),
            SyntaxErrorKind::TooDeep => write!(f, "exceeded max depth of {MAX_DEPTH}"),
        }
    }
}
