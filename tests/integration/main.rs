//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test that cannot go on has failed")]

mod authelia;
mod cli;
mod console;
mod digest;
mod generate;
mod generated;
mod hostile;
mod house;
mod lint;
mod monitor;
mod monitor_check;
mod oracle;
mod probe;
mod proxies;
mod rules;
mod schema;
mod raw_http;
mod sandbox;
mod terminal;
mod trace;
mod vectors;
mod verdicts;
