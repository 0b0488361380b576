//! The root command and the options that every command has.

use std::ffi::OsString;
use std::io::Write as _;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};

use crate::commands::Command;
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

/// Make, check and prove the OAuth 2.0 credentials with which Uptime Kuma watches applications behind Authelia.
#[derive(Parser, Debug)]
#[command(name = "authkuma", version, max_term_width = 100, propagate_version = false, disable_help_subcommand = true)]
pub struct Cli {
    /// Colour in the answer.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Global options")]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set; everywhere when `CLICOLOR_FORCE` is.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// The root command with the exit statuses in its help.
pub fn command() -> clap::Command {
    Cli::command().after_help(exit_statuses())
}

/// The table of exit statuses as help text.
pub fn exit_statuses() -> String {
    let rows = Outcome::ALL.map(|outcome| format!("\n  {}  {}", outcome.status(), outcome.meaning()));
    format!("Exit status:{}", rows.concat())
}

/// Reads the command line, runs the command and prints its failure, if any.
pub fn run(argv: impl IntoIterator<Item = OsString>, host: &mut Host<'_>) -> Outcome {
    let argv: Vec<OsString> = argv.into_iter().collect();
    let result = parse(&argv, host).and_then(|cli| match cli {
        Some(cli) => {
            host.color = wants_color(cli.color, host);
            cli.command.run(host)
        }
        None => Ok(Outcome::Success),
    });
    let flushed = host.stdout.flush();
    match result.and_then(|outcome| flushed.map(|()| outcome).map_err(Failure::from)) {
        Ok(outcome) => outcome,
        Err(failure) if failure.is_broken_pipe() => Outcome::Success,
        Err(failure) => {
            // Nobody is left to tell when standard error is closed too.
            let _ = failure.print(&mut host.stderr);
            failure.outcome()
        }
    }
}

/// The command line, or none when it asked for help or the version, which is printed here.
fn parse(argv: &[OsString], host: &mut Host<'_>) -> Result<Option<Cli>, Failure> {
    let parsed = command().try_get_matches_from(argv).and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => Ok(Some(cli)),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            write!(host.stdout, "{error}")?;
            Ok(None)
        }
        Err(error) => Err(usage(&error)),
    }
}

/// A failure of the command line in our own form. A value that was given as a secret is not repeated.
fn usage(error: &clap::Error) -> Failure {
    let text = error.to_string();
    let (first, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let message = first.trim().trim_start_matches("error: ");
    if is_about_a_secret(message) {
        return Failure::usage("no option takes a secret: other users of the machine can read a command line")
            .hint("use --secret-file PATH, --secret-command CMD, standard input, or wait for the prompt");
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Failure::usage("no command is named").hint("run 'authkuma --help' for the list of commands");
    }
    let mut failure = Failure::usage(message);
    if let Some(tip) = rest.lines().find_map(|line| line.trim().strip_prefix("tip: ")) {
        failure = failure.hint(tip);
    }
    match rest.lines().find_map(|line| line.strip_prefix("Usage: ")) {
        Some(line) => failure.hint(format!("usage: {line}")),
        None => failure.hint("run the command with --help for its options"),
    }
}

/// Whether clap complains about an option by which people try to pass a secret.
fn is_about_a_secret(message: &str) -> bool {
    ["'--secret'", "'--client-secret'", "'--password'", "'--secret=", "'--client-secret=", "'--password=", "'-p'"]
        .iter()
        .any(|option| message.contains(option))
        && message.starts_with("unexpected argument")
}

fn wants_color(color: Color, host: &Host<'_>) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if host.variable("NO_COLOR").is_some() => false,
        Color::Auto if host.variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => host.stdout_is_terminal && host.variable("TERM").as_deref() != Some("dumb"),
    }
}
