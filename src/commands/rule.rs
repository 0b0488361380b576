//! `rule`: what the linter and the check of monitors can say, explained.

use crate::config::nearest;
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;
use crate::report::Look;
use crate::report::rule::{Rule, write_json, write_page, write_table};

/// Names that are shown to one who remembers a part of one.
const MOST_SHOWN: usize = 8;

/// Which rules.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The rules to explain, of lint or of monitor check; without one all are listed
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
        Format::Plain if args.rules.is_empty() => write_table(rules, look, &mut host.stdout)?,
        Format::Plain => rules.iter().try_for_each(|rule| write_page(*rule, look, &mut host.stdout))?,
    }
    Ok(Outcome::Success)
}

/// The rules of these ids, in their order; all when none is named.
fn named(ids: &[String]) -> Result<Vec<Rule>, Failure> {
    if ids.is_empty() {
        return Ok(Rule::all().collect());
    }
    ids.iter().map(|id| Rule::of(id).ok_or_else(|| unknown(id))).collect()
}

fn unknown(id: &str) -> Failure {
    let failure = Failure::usage(format!("no rule is called '{id}'"));
    if let Some(near) = nearest(id, Rule::all().map(Rule::id)) {
        return failure.hint(format!("did you mean '{near}'?"));
    }
    let part = id.to_lowercase().replace('_', "-");
    let alike: Vec<&str> = Rule::all().map(Rule::id).filter(|known| !part.is_empty() && known.contains(&part)).collect();
    match alike.len() {
        1..=MOST_SHOWN => failure.hint(format!("did you mean '{}'?", alike.join("', '"))),
        _ => failure.hint("'authkuma rule' lists them"),
    }
}
