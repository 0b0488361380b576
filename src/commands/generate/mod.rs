//! `generate`: what is made up, and what is written around it.

mod client;
mod id;
mod private_file;
mod secret;

use clap::Subcommand;

use crate::error::Failure;
use crate::host::Host;
use crate::identifier::Alphabet;
use crate::outcome::Outcome;

/// What to make.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Make a client identifier
    Id(id::Args),
    /// Make a client secret, with its digest beside it
    Secret(secret::Args),
    /// Make everything for a monitored application: client, secret, access rule, authz endpoint, proxy and monitor
    Client(Box<client::Args>),
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    match &args.kind {
        Kind::Id(args) => id::run(args, host),
        Kind::Secret(args) => secret::run(args, host),
        Kind::Client(args) => client::run(args, host),
    }
}

const NO_RANDOMNESS: &str = "the operating system gives no randomness";

/// Bits of entropy in so many characters.
fn entropy(length: usize) -> String {
    format!("{:.0} bits", Alphabet::Rfc3986.entropy_bits(length))
}
