//! The live side: a plan of what will be asked, a transcript of what was observed, and a diagnosis of the two.

mod asker;
pub mod plan;
pub mod result;
mod step;
pub mod transcript;

pub use asker::{ACCEPT, Asker, UnknownAsker};
pub use step::{Selection, Step, UnknownStep};
