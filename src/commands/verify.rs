//! `verify`: does a secret match a digest.

use crate::digest::{ClientSecret, Digest, Unverifiable, without_storage_prefix};
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;
use crate::secret::Secret;

use super::secret_source::{Ask, SecretSource};

/// The digest, and where the secret comes from.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The digest, in single quotes so that the shell leaves its '$' alone
    #[arg(value_name = "DIGEST")]
    digest: String,
    #[command(flatten)]
    source: SecretSource,
    /// Catches a secret given as an argument, which is refused without repeating it
    #[arg(hide = true, num_args = 0..)]
    refused: Vec<std::ffi::OsString>,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    if !args.refused.is_empty() {
        return Err(super::secret_source::on_command_line());
    }
    let digest = given_digest(&args.digest, host)?;
    let secret = args.source.read(Ask::Once, host)?;
    let matches = check(&digest, &secret, host)?;
    host.say(if matches { "the secret matches" } else { "the secret does not match" })?;
    Ok(Outcome::answer(matches))
}

/// The digest of the command line. The server's own command line reads storage prefixes too.
fn given_digest(text: &str, host: &mut Host<'_>) -> Result<Digest, Failure> {
    let bare = without_storage_prefix(text);
    if bare.is_some() {
        host.say("note: in client_secret the digest must stand without its {…} prefix, or it counts as a plain secret")?;
    }
    Digest::parse(bare.as_deref().unwrap_or(text)).map_err(|error| {
        let failure = Failure::usage(format!("this is no digest that the server can read: {}", error.explanation()));
        if !text.starts_with('$') {
            return failure.hint("put the digest in single quotes: in double quotes the shell replaces what follows a '$'");
        }
        match ClientSecret::decode(text) {
            Ok(ClientSecret::Plaintext(_)) => failure.hint("$plaintext$ marks a secret, not a digest: compare it yourself"),
            _ => failure.hint(format!("the server says: {error}")),
        }
    })
}

/// Checks a secret against a digest and tells what stands in the way of a match.
fn check(digest: &Digest, secret: &Secret, host: &mut Host<'_>) -> Result<bool, Failure> {
    let seconds = digest.estimated_seconds();
    if seconds > 2.0 {
        host.say(format!("this takes {}", digest.cost()))?;
    }
    let matches = digest.verify(secret).map_err(|error| {
        Failure::new(error).hint(match error {
            Unverifiable::TooCostly(_) => "make a new digest with 'authkuma hash'; no monitor could wait for this one",
            Unverifiable::OutOfMemory(_) => "check it on a machine with more memory, or make a new digest",
            Unverifiable::Underivable => "make a new digest with 'authkuma hash'",
        })
    })?;
    for line in remarks(digest, secret, matches) {
        host.say(line)?;
    }
    Ok(matches)
}

/// What is odd about the digest or the secret.
fn remarks(digest: &Digest, secret: &Secret, matches: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(defect) = digest.defect() {
        lines.push(format!("warning: no secret can match this digest: {defect}"));
    } else if digest.is_truncated() {
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
        remarks(&Digest::parse(digest).unwrap(), &Secret::new(secret.to_owned()), false).join("\n")
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
