//! The live side: a plan of what will be asked, a transcript of what was observed, and a diagnosis of the two.

mod answer;
mod asker;
pub mod diagnosis;
pub mod expectation;
mod fault;
mod journey;
pub mod network;
pub mod plan;
pub mod push;
mod ration;
pub mod result;
mod step;
pub mod transcript;
mod wallet;

pub use asker::{Asker, UnknownAsker};
pub use diagnosis::diagnose;
pub use journey::Prober;
pub use ration::{FAILING_OF_CLIENT, FAILING_TOGETHER};
pub use step::{Selection, Step, UnknownStep};
