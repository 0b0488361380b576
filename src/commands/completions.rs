//! `completions`: prints a committed completion script.

use std::io::Write as _;

use clap::ValueEnum;

use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

/// Which shell.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The shell
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let script = match args.shell {
        Shell::Bash => include_str!("../../completions/authkuma.bash"),
        Shell::Zsh => include_str!("../../completions/_authkuma"),
        Shell::Fish => include_str!("../../completions/authkuma.fish"),
        Shell::Powershell => include_str!("../../completions/_authkuma.ps1"),
        Shell::Elvish => include_str!("../../completions/authkuma.elv"),
    };
    host.stdout.write_all(script.as_bytes())?;
    Ok(Outcome::Success)
}
