//! `hash`: a secret into the digest that Authelia stores.

use std::io::Write as _;

use anyhow::Context as _;
use rand::TryRng as _;
use rand::rngs::SysRng;

use super::secret_source::{Ask, SecretSource};
use crate::digest::{DEFAULT_ITERATIONS, DEFAULT_SALT_BYTES, Digest, MAXIMUM_ITERATIONS, MINIMUM_ITERATIONS};
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;

/// Where the secret comes from and what the digest costs.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    source: SecretSource,
    /// Work factor: how often the hash is applied
    #[arg(long, value_name = "N", default_value_t = DEFAULT_ITERATIONS,
          value_parser = clap::value_parser!(u32).range(i64::from(MINIMUM_ITERATIONS)..=i64::from(MAXIMUM_ITERATIONS)))]
    iterations: u32,
    /// Bytes of salt
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SALT_BYTES as u16, value_parser = clap::value_parser!(u16).range(8..=1024))]
    salt_size: u16,
    /// 'plain' prints the digest and nothing else, which is the default
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = ["plain"])]
    format: String,
    /// Catches a secret given as an argument, which is refused without repeating it
    #[arg(hide = true, num_args = 0..)]
    refused: Vec<std::ffi::OsString>,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    if !args.refused.is_empty() {
        return Err(super::secret_source::on_command_line());
    }
    let secret = args.source.read(Ask::Twice, host)?;
    if Digest::parse(secret.expose()).is_ok() {
        host.say("warning: this looks like a digest, not like a secret")?;
    }
    let digest = Digest::make(&secret, args.iterations, salt(usize::from(args.salt_size))?);
    writeln!(host.stdout, "{digest}")?;
    Ok(Outcome::Success)
}

/// Fresh bytes of the operating system's generator.
pub(super) fn salt(bytes: usize) -> Result<Vec<u8>, Failure> {
    let mut salt = vec![0; bytes];
    SysRng.try_fill_bytes(&mut salt).context("the operating system gives no randomness")?;
    Ok(salt)
}
