//! What to write for a new client.

pub mod proxy;
