//! `monitor`: the Uptime Kuma side.

mod check;
mod emit;
mod explain;

use clap::Subcommand;

use crate::error::Failure;
use crate::host::Host;
use crate::monitor::database::{Database, DatabaseError};
use crate::outcome::Outcome;
use crate::report;

/// What to do with monitors.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Hold Uptime Kuma's monitors against Authelia's configuration
    Check(check::Args),
    /// Write a monitor's settings in the form of the program that is to watch
    Emit(Box<emit::Args>),
    /// Tell the cause and the mend of a message that Uptime Kuma shows
    Explain(explain::Args),
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    match &args.command {
        Command::Check(args) => check::run(args, host),
        Command::Emit(args) => emit::run(args, host),
        Command::Explain(args) => explain::run(args, host),
    }
}

/// How text is laid out on this host.
fn look(host: &Host<'_>) -> report::Look {
    report::Look::of(host)
}

/// The database, its notes said.
pub(super) fn read_database(path: &std::path::Path, host: &mut Host<'_>) -> Result<Database, Failure> {
    let database = Database::read(path).map_err(failure)?;
    for note in &database.notes {
        host.say(format!("warning: {note}"))?;
    }
    Ok(database)
}

fn failure(error: DatabaseError) -> Failure {
    let hint = error.hint();
    Failure::from(error).hint(hint)
}
