//! `authkuma`: from nothing to a green Uptime Kuma monitor in front of an Authelia-protected application.
//!
//! The library is for the binary and the tests and promises no stability. The modules stand in dependency order: each may
//! use those above it and none below, which a test enforces.

pub mod outcome;
pub mod cores;
pub mod secret;
pub mod terminal;
pub mod scrub;
pub mod document;
pub mod error;
pub mod host;
pub mod source;
pub mod go;
pub mod identifier;
pub mod digest;
pub mod diagnostic;
pub mod config;
pub mod access;
pub mod bearer;
pub mod lint;
pub mod monitor;
pub mod scaffold;
pub mod sandbox;
pub mod probe;
pub mod report;
pub mod commands;
pub mod cli;

use std::ffi::OsString;

use host::Host;
use outcome::Outcome;

/// Runs the program with a command line whose first word is its name.
pub fn run(argv: impl IntoIterator<Item = OsString>, host: &mut Host<'_>) -> Outcome {
    cli::run(argv, host)
}
