//! A digest of the command line.

use super::{Args, compare, remarks};
use crate::commands::form::Form;
use crate::commands::secret_source::Ask;
use crate::digest::{ClientSecret, Digest, without_storage_prefix};
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;
use crate::report::verify::{Answer, Checked, write_json};

pub(super) fn run(args: &Args, digest: &str, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let digest = read(digest, host)?;
    let secret = args.source.read(Ask::Once, host)?;
    if digest.estimated_seconds() > 2.0 {
        host.say(format!("this takes {}", digest.cost()))?;
    }
    let stored = ClientSecret::Digest(digest.clone());
    let matches = compare(&stored, &secret)?;
    for line in remarks(Some(&digest), &secret, matches) {
        host.say(line)?;
    }
    if args.format == Form::Json {
        write_json(&[Checked::of(&digest, Answer::of(matches))], &mut host.stdout)?;
    } else {
        host.say(if matches { "the secret matches" } else { "the secret does not match" })?;
    }
    Ok(Outcome::answer(matches))
}

/// The digest of the command line. The server's own command line reads storage prefixes too.
fn read(text: &str, host: &mut Host<'_>) -> Result<Digest, Failure> {
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
