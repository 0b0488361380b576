//! One file a command: its arguments, and a run that loads, calls one domain function and reports.

mod client_choice;
mod completions;
mod config_files;
mod form;
mod demo;
mod generate;
mod hash;
mod lint;
mod man;
mod monitor;
mod outputs;
mod probe;
mod progress;
mod recipe_options;
mod replacement;
mod rule;
mod sandbox;
mod secret_source;
mod trace;
mod tune;
mod verify;
mod watched_files;

pub use man::PAGES as MANUAL_PAGES;

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
    /// Say what is wrong with a configuration, where, why, and how to mend it
    Lint(lint::Args),
    /// List what 'lint' and 'monitor check' can say, or explain it
    Rule(rule::Args),
    /// Say what the server will answer a client, a person or nobody, and which line decides it
    Trace(trace::Args),
    /// Prove on the live server that a monitor passes, and name the cause when it does not
    Probe(Box<probe::Args>),
    /// Tell whether a secret matches a digest, or the one of a client
    Verify(verify::Args),
    /// Find the work factor that takes a given time on this machine, and what token requests then cost
    Tune(tune::Args),
    /// Answer as Authelia would, from a configuration of yours, on this machine
    #[command(after_help = sandbox::WITH_A_MONITOR)]
    Sandbox(sandbox::Args),
    /// Work on the Uptime Kuma side: make its monitors, check them, explain what it shows
    Monitor(monitor::Args),
    /// Go the whole way on this machine, against the sandbox, with nothing to set up
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
            Command::Generate(args) => generate::run(&args, host),
            Command::Hash(args) => hash::run(&args, host),
            Command::Lint(args) => lint::run(&args, host),
            Command::Rule(args) => rule::run(&args, host),
            Command::Trace(args) => trace::run(&args, host),
            Command::Probe(args) => probe::run(&args, host),
            Command::Verify(args) => verify::run(&args, host),
            Command::Tune(args) => tune::run(&args, host),
            Command::Sandbox(args) => sandbox::run(&args, host),
            Command::Monitor(args) => monitor::run(&args, host),
            Command::Demo(args) => demo::run(&args, host),
            Command::Completions(args) => completions::run(&args, host),
            Command::Man(args) => man::run(&args, host),
        }
    }
}
