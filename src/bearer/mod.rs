//! What happens to this token here.

mod target;

pub use target::{Target, UnknownTarget};
