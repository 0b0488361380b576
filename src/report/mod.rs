//! Results as text.

pub mod diff;
pub mod lint;
mod mask;
pub mod monitor;
mod output;
pub mod pieces;
pub mod probe;
pub mod rule;
pub mod snippet;
pub mod trace;
pub mod tune;
pub mod verify;
mod wrap;

pub use output::{Output, UnreadableOutput};

/// The forms of an answer that needs no others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlainOrJson {
    /// For people.
    Plain,
    /// A versioned document.
    Json,
}

/// How text is laid out for its reader.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether it may carry colour.
    pub color: bool,
    /// Columns it may take.
    pub width: usize,
}
