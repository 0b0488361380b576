//! Results as text.

mod columns;
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

use crate::host::Host;
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
    /// Whether a terminal shows it. Elsewhere a row of a table is one line, however long.
    pub is_terminal: bool,
}

impl Look {
    /// As the reader of the answers is to see it.
    pub fn of(host: &Host<'_>) -> Look {
        Look { color: host.color, width: host.width, is_terminal: host.stdout_is_terminal }
    }

    /// The most columns of a row.
    fn row_width(self) -> usize {
        if self.is_terminal { self.width } else { usize::MAX }
    }
}
