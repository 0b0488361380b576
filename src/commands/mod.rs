//! One file a command: its arguments, and a run that loads, calls one domain function and reports.

mod completions;
mod generate;
mod hash;
mod man;
mod secret_source;
mod verify;

use clap::Subcommand;

use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

/// The commands, in the order in which a newcomer meets them.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Make a client identifier or a secret from RFC 3986 unreserved characters
    Generate(generate::Args),
    /// Make the digest of a secret that Authelia stores
    Hash(hash::Args),
    /// Tell whether a secret matches a digest
    Verify(verify::Args),
    /// Print a shell's completion script
    Completions(completions::Args),
    /// Print a manual page
    Man(man::Args),
}

impl Command {
    /// Runs it.
    pub fn run(self, host: &mut Host<'_>) -> Result<Outcome, Failure> {
        match self {
            Command::Generate(args) => generate::run(&args, host),
            Command::Hash(args) => hash::run(&args, host),
            Command::Verify(args) => verify::run(&args, host),
            Command::Completions(args) => completions::run(&args, host),
            Command::Man(args) => man::run(&args, host),
        }
    }
}
