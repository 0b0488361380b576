//! `generate secret`: client secrets, with a digest beside a single one.

use std::io::Write as _;

use anyhow::Context as _;
use rand::rngs::SysRng;

use super::private_file::PrivateFile;
use super::{NO_RANDOMNESS, entropy};
use crate::digest::{DEFAULT_ITERATIONS, DEFAULT_SALT_BYTES, Digest};
use crate::error::Failure;
use crate::host::Host;
use crate::identifier::{Alphabet, Randomness, SECRET_LENGTH, generate_secret};
use crate::outcome::Outcome;

/// How long, how many, and where to.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Characters in it
    #[arg(long, value_name = "N", default_value_t = SECRET_LENGTH as u16, value_parser = clap::value_parser!(u16).range(1..=1024))]
    length: u16,
    /// How many to print, one a line; more than one come without digests
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "secret_out")]
    count: u32,
    #[command(flatten)]
    file: PrivateFile,
    /// 'plain' prints the secret and nothing else
    #[arg(long, value_name = "FORM", value_parser = ["plain"], conflicts_with = "secret_out")]
    format: Option<String>,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let mut randomness = Randomness::new(SysRng);
    let length = usize::from(args.length);
    let mut make = || generate_secret(Alphabet::Rfc3986, length, &mut randomness).context(NO_RANDOMNESS);
    host.say(format!("entropy: {}", entropy(length)))?;
    if args.count != 1 || args.format.is_some() {
        let mut out = std::io::BufWriter::new(&mut host.stdout);
        for _ in 0..args.count {
            writeln!(out, "{}", make()?.expose())?;
        }
        out.flush()?;
        drop(out);
        if args.count > 1 {
            host.say("their digests are not made: 'authkuma hash --batch' makes them of the lines above")?;
        }
        return Ok(Outcome::Success);
    }
    let secret = make()?;
    let digest = Digest::make(&secret, DEFAULT_ITERATIONS, super::super::hash::salt(DEFAULT_SALT_BYTES)?);
    args.file.write(&secret)?;
    if let Some(path) = &args.file.secret_out {
        host.say(format!("the secret is in {}; the digest goes into client_secret", path.display()))?;
        writeln!(host.stdout, "{digest}")?;
    } else {
        host.say("the secret goes into the monitor and is shown only now; the digest goes into client_secret")?;
        writeln!(host.stdout, "secret: {}\ndigest: {digest}", secret.expose())?;
    }
    Ok(Outcome::Success)
}
