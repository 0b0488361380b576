//! `generate id`: client identifiers.

use std::io::Write as _;

use anyhow::Context as _;
use rand::rngs::SysRng;

use super::{NO_RANDOMNESS, entropy};
use crate::error::Failure;
use crate::host::Host;
use crate::identifier::{Alphabet, CLIENT_ID_LENGTH, Randomness, generate};
use crate::outcome::Outcome;

/// How long, and how many.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Characters in it; the server allows at most 100
    #[arg(long, value_name = "N", default_value_t = CLIENT_ID_LENGTH as u16, value_parser = clap::value_parser!(u16).range(1..=100))]
    length: u16,
    /// How many to print, one a line
    #[arg(long, value_name = "N", default_value_t = 1)]
    count: u32,
    /// 'plain' prints the identifier and nothing else, which is the default
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = ["plain"])]
    format: String,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let length = usize::from(args.length);
    host.say(format!("entropy: {}", entropy(length)))?;
    let mut randomness = Randomness::new(SysRng);
    let mut out = std::io::BufWriter::new(&mut host.stdout);
    for _ in 0..args.count {
        writeln!(out, "{}", generate(Alphabet::Rfc3986, length, &mut randomness).context(NO_RANDOMNESS)?)?;
    }
    out.flush()?;
    Ok(Outcome::Success)
}
