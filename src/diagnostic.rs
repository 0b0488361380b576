//! What can be said of a place: plain data, made by the linter and shown by the reports.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::source::Span;
pub use crate::source::edit::Edit;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Works today but is deprecated, unsafe or fragile.
    Warning,
    /// The server refuses it, or the monitor cannot pass.
    Error,
}

impl Severity {
    /// Every severity, the slightest first.
    pub const ALL: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// No severity has this name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownSeverity(String);

impl fmt::Display for UnknownSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is none of note, warning, error", self.0)
    }
}

impl std::error::Error for UnknownSeverity {}

impl FromStr for Severity {
    type Err = UnknownSeverity;

    /// Reads `warning` or `warnings`.
    fn from_str(text: &str) -> Result<Severity, UnknownSeverity> {
        let word = text.strip_suffix('s').unwrap_or(text);
        Severity::ALL.into_iter().find(|severity| severity.word() == word).ok_or_else(|| UnknownSeverity(text.to_owned()))
    }
}

/// What the server's own `config validate` does with the same thing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Authelia {
    /// It refuses to start.
    Rejects,
    /// It warns and starts.
    Warns,
    /// It says nothing.
    Accepts,
}

/// A span with a few words under its caret.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words; may be empty.
    pub text: String,
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Keeps what the server does, or does what the administrator must have meant.
    Safe,
    /// Changes what is admitted; wants `--unsafe-fixes`.
    Unsafe,
}

/// A mend as edits that do not overlap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, as an imperative sentence.
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The replacements, in any order.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What the server says to it.
    pub authelia: Authelia,
    /// One sentence, without full stop.
    pub message: String,
    /// The configuration path, list indexes from 0; empty for the file as a whole.
    pub path: String,
    /// The place: the value, or the nearest thing that exists when the path is absent.
    pub label: Label,
    /// Other places that matter, such as the first of two duplicates.
    pub related: Vec<Label>,
    /// Why it matters, in a sentence or two.
    pub why: Cow<'static, str>,
    /// How to mend it, as an imperative sentence.
    pub help: Cow<'static, str>,
    /// The mend as edits, where there is one.
    pub fix: Option<Fix>,
}
