//! One file a command: its arguments, and a run that loads, calls one domain function and reports.

mod completions;
mod configuration;
mod demo;
mod generate;
mod hash;
mod lint;
mod man;
mod probe;
mod rule;
mod sandbox;
mod secret_source;
mod trace;
mod tune;
mod verify;

use clap::Subcommand;

use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

/// The commands, in the order in which a newcomer meets them.
#[derive(Subcommand, Debug)]
#[non_exhaustive]
pub enum Command {
    /// Make a client identifier or a secret from RFC 3986 unreserved characters
    Generate(generate::Args),
    /// Make the digest of a secret that Authelia stores
    Hash(hash::Args),
    /// Tell whether a secret matches a digest
    Verify(verify::Args),
    /// Find the work factor that costs a given time on this machine
    Tune(tune::Args),
    /// Say what is wrong with a configuration, where, why, and how to mend it
    Lint(lint::Args),
    /// List the rules, or explain one
    Rule(rule::Args),
    /// Say offline what the server will answer a client, and which line decides it
    Trace(trace::Args),
    /// Prove on a live server that a monitor will pass, or name the cause
    Probe(probe::Args),
    /// Run a stand-in Authelia on loopback that answers from your configuration
    #[cfg(feature = "sandbox")]
    Sandbox(sandbox::Args),
    /// Walk the whole journey on this machine, with nothing to set up
    #[cfg(feature = "sandbox")]
    Demo(demo::Args),
    /// Print a shell's completion script
    Completions(completions::Args),
    /// Print a manual page
    Man(man::Args),
}

impl Command {
    /// Runs it.
    pub fn run(self, host: &mut Host<'_>) -> Result<Outcome, Failure> {
        match self {
            Command::Generate(args) => generate::run(args, host),
            Command::Hash(args) => hash::run(&args, host),
            Command::Verify(args) => verify::run(&args, host),
            Command::Tune(args) => tune::run(&args, host),
            Command::Lint(args) => lint::run(&args, host),
            Command::Rule(args) => rule::run(&args, host),
            Command::Trace(args) => trace::run(&args, host),
            Command::Probe(args) => probe::run(&args, host),
            #[cfg(feature = "sandbox")]
            Command::Sandbox(args) => sandbox::run(&args, host),
            #[cfg(feature = "sandbox")]
            Command::Demo(args) => demo::run(&args, host),
            Command::Completions(args) => completions::run(&args, host),
            Command::Man(args) => man::run(&args, host),
        }
    }
}
