//! `generate id` and `generate secret`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use rand::rngs::SysRng;

use crate::digest::{DEFAULT_ITERATIONS, Digest};
use crate::error::{Failure, Hinted as _};
use crate::host::Host;
use crate::identifier::{Alphabet, CLIENT_ID_LENGTH, Randomness, SECRET_LENGTH, generate, generate_secret};
use crate::outcome::Outcome;
use crate::secret::Secret;

/// What to make.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Make a client identifier
    Id {
        /// Characters in it; the server allows at most 100
        #[arg(long, value_name = "N", default_value_t = CLIENT_ID_LENGTH as u16, value_parser = clap::value_parser!(u16).range(1..=100))]
        length: u16,
        /// How many to print, one a line
        #[arg(long, value_name = "N", default_value_t = 1)]
        count: u32,
    },
    /// Make a client secret, with its digest beside it
    Secret(SecretArgs),
}

#[derive(clap::Args, Debug)]
struct SecretArgs {
    /// Characters in it
    #[arg(long, value_name = "N", default_value_t = SECRET_LENGTH as u16, value_parser = clap::value_parser!(u16).range(1..=1024))]
    length: u16,
    /// How many to print, one a line; more than one come without digests
    #[arg(long, value_name = "N", default_value_t = 1)]
    count: u32,
    /// Write the secret to a new file that only you can read, and print the digest alone
    #[arg(long, value_name = "FILE", conflicts_with = "count")]
    secret_out: Option<PathBuf>,
    /// Let --secret-out replace an existing file
    #[arg(long, requires = "secret_out")]
    force: bool,
    /// 'plain' prints the secret and nothing else
    #[arg(long, value_name = "FORM", value_parser = ["plain"])]
    format: Option<String>,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let mut randomness = Randomness::new(SysRng);
    match &args.kind {
        Kind::Id { length, count } => {
            say_entropy(*length, host)?;
            let mut out = std::io::BufWriter::new(&mut host.stdout);
            for _ in 0..*count {
                writeln!(out, "{}", generate(Alphabet::Rfc3986, usize::from(*length), &mut randomness).context(NO_RANDOMNESS)?)?;
            }
            out.flush()?;
        }
        Kind::Secret(args) => secret(args, &mut randomness, host)?,
    }
    Ok(Outcome::Success)
}

const NO_RANDOMNESS: &str = "the operating system gives no randomness";

fn secret(args: &SecretArgs, randomness: &mut Randomness<SysRng>, host: &mut Host<'_>) -> Result<(), Failure> {
    let mut make = || generate_secret(Alphabet::Rfc3986, usize::from(args.length), randomness).context(NO_RANDOMNESS);
    say_entropy(args.length, host)?;
    if args.count > 1 || args.format.is_some() {
        for _ in 0..args.count {
            writeln!(host.stdout, "{}", make()?.expose())?;
        }
        return Ok(());
    }
    let secret = make()?;
    let digest = Digest::make(&secret, DEFAULT_ITERATIONS, super::hash::salt(crate::digest::DEFAULT_SALT_BYTES)?);
    if let Some(path) = &args.secret_out {
        write_private(path, &secret, args.force)?;
        host.say(format!("the secret is in {}; the digest goes into client_secret", path.display()))?;
        writeln!(host.stdout, "{digest}")?;
    } else {
        host.say("the secret goes into the monitor and is shown only now; the digest goes into client_secret")?;
        writeln!(host.stdout, "secret: {}\ndigest: {digest}", secret.expose())?;
    }
    Ok(())
}

fn say_entropy(length: u16, host: &mut Host<'_>) -> Result<(), Failure> {
    let bits = Alphabet::Rfc3986.entropy_bits(usize::from(length));
    Ok(host.say(format!("entropy: {bits:.0} bits"))?)
}

/// A file that is nobody else's from its first byte on.
fn write_private(path: &Path, secret: &Secret, force: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    if force {
        // A fresh file: writing into the old one would keep its mode and its readers.
        let removed = std::fs::remove_file(path);
        if let Err(error) = removed.as_ref().map_err(std::io::Error::kind)
            && error != std::io::ErrorKind::NotFound
        {
            removed.with_context(|| format!("cannot replace {}", path.display()))?;
        }
    }
    let mut file = options
        .create_new(true)
        .open(path)
        .with_context(|| format!("cannot create {}", path.display()))
        .hint("name a new file in an existing folder, or add --force to replace one")?;
    file.write_all(secret.expose().as_bytes())?;
    file.write_all(b"\n")?;
    Ok(file.sync_all()?)
}
