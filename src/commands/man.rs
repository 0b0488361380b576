//! `man`: prints a committed manual page.

use std::io::Write as _;

use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

/// Which page.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The command, such as 'lint' or 'monitor check'; without it the page of the program
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let name = ["authkuma"].into_iter().chain(args.command.iter().map(String::as_str)).collect::<Vec<_>>().join("-");
    let Some((_, page)) = PAGES.iter().find(|(page, _)| *page == name) else {
        return Err(Failure::usage(format!("there is no manual page '{name}'")).hint(format!("the pages are: {}", names())));
    };
    host.stdout.write_all(page.as_bytes())?;
    Ok(Outcome::Success)
}

/// The names of the commands that have a page.
fn names() -> String {
    let command = |(name, _): &(&str, _)| name.trim_start_matches("authkuma").trim_start_matches('-').replace('-', " ");
    PAGES.iter().map(command).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Names pages of the folder `man/`.
macro_rules! pages {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../man/", $name, ".1")))),*] };
}

/// Every page of the folder `man/`; a test compares the two.
pub const PAGES: &[(&str, &str)] = pages![
    "authkuma"
    "authkuma-completions"
    "authkuma-demo"
    "authkuma-generate"
    "authkuma-generate-client"
    "authkuma-generate-id"
    "authkuma-generate-secret"
    "authkuma-hash"
    "authkuma-lint"
    "authkuma-man"
    "authkuma-monitor"
    "authkuma-monitor-check"
    "authkuma-monitor-emit"
    "authkuma-monitor-explain"
    "authkuma-probe"
    "authkuma-rule"
    "authkuma-sandbox"
    "authkuma-trace"
    "authkuma-tune"
    "authkuma-verify"
];
