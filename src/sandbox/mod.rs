//! A stand-in Authelia that answers from the administrator's configuration by the decision engine. It has no rules of its own.

mod answer;
mod asked;
mod authz;
mod certificate;
mod direct;
mod exchange;
mod faults;
mod hop;
mod journal;
mod listener;
mod options;
mod provider;
mod rate_limit;
mod reply;
mod server;
mod state;
mod tokens;
mod verification;

pub use faults::{Faults, UnknownFault};
pub use options::{App, BadAddress, BadApp, Listen, Options};
pub use server::{Running, Server, StartError};
