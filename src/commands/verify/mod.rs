//! `verify`: does a secret match a digest, or the one of a client.

mod configured;
mod given;

use std::path::PathBuf;

use super::secret_source::{LIMITS, SecretSource, on_command_line};
use crate::commands::form::{Form, form};
use crate::digest::{ClientSecret, Defect, Digest, Unverifiable};
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;
use crate::secret::Secret;

/// The digest, or where it is configured, and where the secret comes from.
#[derive(clap::Args, Debug)]
#[command(after_long_help = LIMITS)]
pub struct Args {
    /// The digest, in single quotes so that the shell leaves its '$' alone
    #[arg(value_name = "DIGEST", required_unless_present = "config")]
    digest: Option<String>,
    /// Take the digest from a configuration: files and directories, merged as the server merges them
    #[arg(short, long, value_name = "PATH")]
    config: Vec<PathBuf>,
    /// The client whose secret it should be; not needed when there is only one
    #[arg(long, value_name = "ID", requires = "config")]
    client: Option<String>,
    /// Tell which of the configured clients the secret belongs to
    #[arg(long, requires = "config", conflicts_with = "client")]
    all: bool,
    /// The form of the answer; 'plain' says whether it matches on standard error, and prints what --all finds
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = form())]
    format: Form,
    #[command(flatten)]
    source: SecretSource,
    /// Catches a secret given as an argument, which is refused without repeating it
    #[arg(hide = true, num_args = 0..)]
    refused: Vec<std::ffi::OsString>,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    match &args.digest {
        _ if !args.refused.is_empty() => Err(on_command_line()),
        // The digest is in the configuration, so this can only be a secret.
        Some(_) if !args.config.is_empty() => Err(on_command_line()),
        Some(digest) => given::run(args, digest, host),
        None => configured::run(args, host),
    }
}

/// Whether the secret matches, or why that cannot be told.
fn compare(stored: &ClientSecret, secret: &Secret) -> Result<bool, Failure> {
    if let Some(defect @ (Defect::Parameters(_) | Defect::Salt { .. })) = stored.digest().and_then(Digest::defect) {
        return Err(Failure::usage(format!("the server cannot compare anything with this digest: {defect}"))
            .hint("make a new digest with 'authkuma hash'"));
    }
    stored.verify(secret).map_err(|error| {
        Failure::new(error).hint(match error {
            Unverifiable::TooCostly(_) => "make a new digest with 'authkuma hash'; no monitor could wait for this one",
            Unverifiable::OutOfMemory(_) => "check it on a machine with more memory, or make a new digest",
        })
    })
}

/// What is odd about the digest or the secret.
fn remarks(digest: Option<&Digest>, secret: &Secret, matches: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(defect) = digest.and_then(Digest::defect) {
        lines.push(format!("warning: no secret can match this digest: {defect}"));
    } else if digest.is_some_and(Digest::is_truncated) {
        lines.push("warning: the digest is cut short, so other secrets match it too; make a new one".to_owned());
    }
    let text = secret.expose();
    if !matches && Digest::parse(text).is_ok() {
        lines.push("hint: what was given as the secret is itself a digest; give the plain secret".to_owned());
    } else if !matches && text.trim() != text {
        lines.push("hint: the secret begins or ends with white space, which counts".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "$6$rounds=1000$abc$x";

    fn remarks_on(digest: &str, secret: &str) -> String {
        remarks(Some(&Digest::parse(digest).unwrap()), &Secret::new(secret.to_owned()), false).join("\n")
    }

    #[test]
    fn a_pasted_digest_and_white_space_are_recognised() {
        let sound = "$pbkdf2-sha512$1$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng";
        assert!(remarks_on(sound, DIGEST).contains("itself a digest"));
        assert!(remarks_on(sound, "secret ").contains("white space"));
        assert_eq!(remarks_on(sound, "secret"), "");
    }

    #[test]
    fn a_digest_that_nothing_matches_is_said() {
        assert!(remarks_on(DIGEST, "secret").contains("no secret can match this digest: its key is cut short"));
    }
}
