//! `hash`: a secret, or many, into the digests that Authelia stores.

use std::io::Write as _;
use std::num::NonZeroUsize;

use anyhow::Context as _;
use rand::TryRng as _;
use rand::rngs::SysRng;

use super::progress::bar;
use super::recipe_options::{RecipeOptions, refused};
use super::secret_source::{Ask, LIMITS, SecretSource, Separator};
use crate::cores;
use crate::digest::{Digest, Recipe, fitting_jobs, make_in_order};
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;
use crate::secret::Secret;

/// Where the secret comes from and what the digest costs.
#[derive(clap::Args, Debug)]
#[command(after_long_help = LIMITS)]
pub struct Args {
    #[command(flatten)]
    source: SecretSource,
    #[command(flatten)]
    recipe: RecipeOptions,
    /// Read many secrets, one a line, and print their digests in the same order
    #[arg(long)]
    batch: bool,
    /// A NUL ends each secret of the batch instead of a line break
    #[arg(short = '0', long, requires = "batch")]
    null: bool,
    /// Digests of the batch to work on at a time; all cores without it
    #[arg(long, value_name = "N", requires = "batch")]
    jobs: Option<NonZeroUsize>,
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
    let recipe = args.recipe.recipe()?;
    for note in recipe.notes() {
        host.say(format!("note: {note}"))?;
    }
    if args.batch {
        return batch(args, &recipe, host);
    }
    let secret = args.source.read(Ask::Twice, host)?;
    if Digest::parse(secret.expose()).is_ok() {
        host.say("warning: this looks like a digest, not like a secret")?;
    }
    let digest = recipe.make(&secret, salt(recipe.salt_bytes())?).map_err(|error| refused(&error))?;
    writeln!(host.stdout, "{digest}")?;
    Ok(Outcome::Success)
}

fn batch(args: &Args, recipe: &Recipe, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let separator = if args.null { Separator::Null } else { Separator::Line };
    let secrets = args.source.read_many(separator, host)?;
    let salted: Vec<(Secret, Vec<u8>)> =
        secrets.into_iter().map(|secret| Ok((secret, salt(recipe.salt_bytes())?))).collect::<Result<_, Failure>>()?;
    let cores = args.jobs.map_or_else(cores::count, NonZeroUsize::get);
    let bar = bar(salted.len(), "{bar:30} {pos}/{len} digests, {eta} left", host);
    let mut number = 0;
    make_in_order(recipe, &salted, fitting_jobs(recipe.cost(), cores), |digest| {
        number += 1;
        let digest = digest.map_err(|error| refused(&error).hint(format!("it is secret number {number} of the batch")))?;
        // Between two drawings of the bar, which may share the terminal with the digests.
        bar.suspend(|| writeln!(host.stdout, "{digest}"))?;
        bar.inc(1);
        Ok::<(), Failure>(())
    })?;
    bar.finish_and_clear();
    Ok(Outcome::Success)
}

/// Fresh bytes of the operating system's generator.
pub(super) fn salt(bytes: usize) -> Result<Vec<u8>, Failure> {
    let mut salt = vec![0; bytes];
    SysRng.try_fill_bytes(&mut salt).context("the operating system gives no randomness")?;
    Ok(salt)
}
