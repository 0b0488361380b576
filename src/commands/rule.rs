//! `rule`: what the linter can say, explained.

use super::lint::unknown_rule;
use crate::error::Failure;
use crate::host::Host;
use crate::lint::{self, rule::Rule};
use crate::outcome::Outcome;
use crate::report::Look;
use crate::report::rule::{write_json, write_page, write_table};

/// Which rules.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The rules to explain; without one all are listed
    #[arg(value_name = "RULE")]
    rules: Vec<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "plain", value_name = "FORM")]
    format: Format,
}

/// The forms of the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Format {
    /// For people
    Plain,
    /// A versioned document
    Json,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let rules = named(&args.rules)?;
    let look = Look::of(host);
    match args.format {
        Format::Json => write_json(&rules, &mut host.stdout)?,
        Format::Plain if args.rules.is_empty() => write_table(&rules, look, &mut host.stdout)?,
        Format::Plain => rules.iter().try_for_each(|rule| write_page(rule, look, &mut host.stdout))?,
    }
    Ok(Outcome::Success)
}

/// The rules of these ids, in their order; all when none is named.
fn named(ids: &[String]) -> Result<Vec<&'static Rule>, Failure> {
    if ids.is_empty() {
        return Ok(lint::rules::ALL.to_vec());
    }
    ids.iter().map(|id| lint::known(id).map_err(|unknown| unknown_rule(&unknown))).collect()
}
