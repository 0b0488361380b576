//! `man`: prints a committed manual page.

use std::io::Write as _;

use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

/// Which page.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The command; without it the page of the program
    #[arg(value_parser = ["generate", "hash", "verify", "completions", "man"])]
    command: Option<String>,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let page = match args.command.as_deref() {
        None => include_str!("../../man/authkuma.1"),
        Some("generate") => include_str!("../../man/authkuma-generate.1"),
        Some("hash") => include_str!("../../man/authkuma-hash.1"),
        Some("verify") => include_str!("../../man/authkuma-verify.1"),
        Some("completions") => include_str!("../../man/authkuma-completions.1"),
        Some(_) => include_str!("../../man/authkuma-man.1"),
    };
    host.stdout.write_all(page.as_bytes())?;
    Ok(Outcome::Success)
}
