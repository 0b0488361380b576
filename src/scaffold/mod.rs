//! What to write for a new client, where in an existing configuration, and the proof that it does what it is for.

mod application;
mod endpoint;
mod order;
mod page;
mod pieces;
mod place;
mod portal;
mod proof;
pub mod proxy;
mod rule;

pub use application::Application;
pub use order::{Credentials, Misfit, Order};
pub use page::{Page, Unservable};
pub use place::{Placed, place};
pub use portal::{Portal, UnfitPortal};
pub use proof::{Unproven, prove};

#[cfg(test)]
mod tests;
