//! Results as text.

pub mod lint;
mod mask;
pub mod monitor;
pub mod rule;
pub mod snippet;
mod wrap;

/// How text is laid out for its reader.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether it may carry colour.
    pub color: bool,
    /// Columns it may take.
    pub width: usize,
}
