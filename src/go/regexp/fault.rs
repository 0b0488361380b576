//! Why Go refuses a pattern, in Go's words.

use std::fmt;

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// Go refuses it.
    Refused {
        /// What is wrong.
        fault: Fault,
        /// The part of the pattern that Go quotes.
        excerpt: Box<str>,
    },
    /// Go accepts it, but it is too big to be matched here: nothing can be said about it.
    Unjudgeable,
}

/// What can be wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A range that is turned around, or a class name that does not exist.
    CharRange,
    /// An escape that means nothing.
    Escape,
    /// A group's name that is empty, not closed or has other characters than letters, digits and underscores.
    NamedCapture,
    /// A group that Perl has and Go has not, as looking ahead and behind.
    PerlSyntax,
    /// A repetition of a repetition.
    RepeatOperator,
    /// A repetition of more than 1000, or turned around.
    RepeatSize,
    /// A class that does not end.
    MissingBracket,
    /// A group that does not end.
    MissingParenthesis,
    /// A repetition of nothing.
    MissingArgument,
    /// A backslash at the end.
    TrailingBackslash,
    /// The end of a group that did not begin.
    UnexpectedParenthesis,
    /// More than 1000 levels.
    NestingDepth,
    /// A program of more than 128 MiB.
    Large,
}

impl PatternError {
    /// The refusal of a pattern with the part to quote.
    pub(super) fn new(fault: Fault, excerpt: &str) -> PatternError {
        PatternError::Refused { fault, excerpt: excerpt.into() }
    }
}

impl Fault {
    fn as_str(self) -> &'static str {
        match self {
            Fault::CharRange => "invalid character class range",
            Fault::Escape => "invalid escape sequence",
            Fault::NamedCapture => "invalid named capture",
            Fault::PerlSyntax => "invalid or unsupported Perl syntax",
            Fault::RepeatOperator => "invalid nested repetition operator",
            Fault::RepeatSize => "invalid repeat count",
            Fault::MissingBracket => "missing closing ]",
            Fault::MissingParenthesis => "missing closing )",
            Fault::MissingArgument => "missing argument to repetition operator",
            Fault::TrailingBackslash => "trailing backslash at end of expression",
            Fault::UnexpectedParenthesis => "unexpected )",
            Fault::NestingDepth => "expression nests too deeply",
            Fault::Large => "expression too large",
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PatternError::Refused { fault, excerpt } => write!(f, "error parsing regexp: {}: `{excerpt}`", fault.as_str()),
            PatternError::Unjudgeable => f.write_str("the pattern is too big to be judged here"),
        }
    }
}

impl std::error::Error for PatternError {}
