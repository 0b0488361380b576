//! The probe against servers that answer as no other does: each cause of the decision table, named truly.

pub(crate) mod authorities;
mod causes;
mod command;
mod fleet;
mod hostile;
mod network;
mod rehearsal;
mod outside;
mod requests;
pub(crate) mod server;
mod table;
pub(crate) mod world;
