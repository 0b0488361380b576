//! `tune`: the work factor that takes a given time on this machine, and what token requests then cost.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use super::form::{Form, form};
use super::progress::bar;
use super::recipe_options::{named, names, refused};
use crate::cores;
use crate::digest::{Algorithm, Choices, Load, Proposal, Recipe, propose};
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;
use crate::report::Look;
use crate::report::tune::{Measurement, write_json, write_plain};
use crate::secret::Secret;

/// The time to aim at, and whom it is for.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Milliseconds that one token request may take
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    target_ms: u64,
    /// Look at this algorithm alone; without it at one of every family, and pbkdf2-sha512 is proposed
    #[arg(long, value_name = "NAME", value_parser = names())]
    algorithm: Option<String>,
    /// Variant of the algorithm, as for 'hash'
    #[arg(long, value_name = "NAME", requires = "algorithm")]
    variant: Option<String>,
    /// Monitors that will ask for tokens
    #[arg(long, value_name = "N", default_value = "20")]
    monitors: NonZeroU32,
    /// Seconds that a token lives; the server's default is an hour
    #[arg(long, value_name = "SECONDS", default_value = "3600")]
    token_lifetime: NonZeroU32,
    /// Cores of the server; those of this machine without it
    #[arg(long, value_name = "N")]
    cores: Option<NonZeroU32>,
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = form())]
    format: Form,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let algorithms = match &args.algorithm {
        Some(name) => vec![named(name, args.variant.as_deref())?],
        None => Algorithm::family_names().into_iter().map(|name| named(name, None)).collect::<Result<_, _>>()?,
    };
    host.say("measuring; run this where Authelia runs, while nothing else does")?;
    let target = Duration::from_millis(args.target_ms);
    let bar = bar(algorithms.len(), "{bar:30} {msg}", host);
    let mut proposals: Vec<Proposal> = Vec::new();
    for algorithm in algorithms {
        bar.set_message(algorithm.name());
        let recipe = Recipe::new(algorithm, &Choices::default()).map_err(|error| refused(&error))?;
        proposals.push(propose(recipe, target, time)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let cores = args.cores.map_or_else(cores::count, |cores| usize::try_from(cores.get()).unwrap_or(usize::MAX));
    let lifetime = Duration::from_secs(u64::from(args.token_lifetime.get()));
    let load = Load::of(&proposals[0].proposed, cores, args.monitors.get(), lifetime);
    let measurement = Measurement { target: args.target_ms, proposals: &proposals, load };
    match args.format {
        Form::Plain => write_plain(&measurement, Look::of(host), &mut host.stdout)?,
        Form::Json => write_json(&measurement, &mut host.stdout)?,
    }
    Ok(Outcome::Success)
}

/// The shortest of a few runs, for whatever else runs only makes them longer.
fn time(recipe: &Recipe) -> Result<Duration, Failure> {
    const RUNS: u32 = 3;
    const ENOUGH: Duration = Duration::from_millis(500);
    let secret = Secret::new("a secret of 40 characters, for measuring".to_owned());
    let mut shortest = Duration::MAX;
    let begin = Instant::now();
    for _ in 0..RUNS {
        let one = Instant::now();
        recipe.make(&secret, vec![0; recipe.salt_bytes()]).map_err(|error| refused(&error))?;
        shortest = shortest.min(one.elapsed());
        if begin.elapsed() > ENOUGH {
            break;
        }
    }
    Ok(shortest)
}
