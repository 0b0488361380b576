//! `verify`: does a secret match a digest.

use crate::digest::Digest;
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

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
    let digest = Digest::parse(&args.digest).map_err(|error| {
        Failure::usage(format!("this is no digest that can be checked: {error}"))
            .hint("give a PBKDF2 digest in single quotes, such as '$pbkdf2-sha512$310000$...'")
    })?;
    let secret = args.source.read(Ask::Once, host)?;
    let matches = digest
        .verify(&secret)
        .map_err(|error| Failure::usage(error.to_string()).hint("make a new digest with 'authkuma hash'"))?;
    if matches && digest.is_truncated() {
        host.say("warning: the digest is cut short, so other secrets match it too; make a new one")?;
    }
    if !matches && Digest::parse(secret.expose()).is_ok() {
        host.say("hint: what was given as the secret is itself a digest; give the plain secret")?;
    }
    host.say(if matches { "the secret matches" } else { "the secret does not match" })?;
    Ok(Outcome::answer(matches))
}
