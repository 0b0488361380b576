//! `lint`: what is wrong with a configuration.

use std::path::PathBuf;

use super::config_files;
use crate::bearer::Target;
use crate::config;
use crate::diagnostic::Severity;
use crate::error::Failure;
use crate::host::Host;
use crate::lint::{self, Settings};
use crate::outcome::Outcome;
use crate::report::Look;
use crate::report::lint::{Form, Report, RuleFacts};

/// What to look at, and how to say it.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Files and directories, merged as the server merges them; '-' is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = clap::value_parser!(Form))]
    format: Form,
    /// Which Authelia's behaviour to assume
    #[arg(long, value_name = "VERSION", default_value_t = Target::NEWEST)]
    target: Target,
    /// Report missing sections, whatever sections there are
    #[arg(long, conflicts_with = "fragment")]
    whole: bool,
    /// Report no missing sections
    #[arg(long)]
    fragment: bool,
    /// Leave with 0 even when there are findings
    #[arg(long)]
    exit_zero: bool,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let sources = config_files::read(&args.paths, host)?;
    let config = config::load(sources);
    let whole = if args.whole || args.fragment { Some(args.whole) } else { None };
    let findings = lint::lint(&config, Settings { whole, target: args.target });
    let target = args.target.to_string();
    let rules: Vec<RuleFacts> = lint::rules::ALL.iter().map(|rule| facts(rule)).collect();
    let report = Report { sources: &config.sources, findings: &findings, rules: &rules, target: &target };
    report.write(args.format, Look { color: host.color, width: host.width }, &mut host.stdout)?;
    if args.format == Form::Plain && findings.is_empty() {
        host.say("no findings")?;
    }
    let bad = findings.iter().any(|finding| finding.severity > Severity::Note);
    Ok(if args.exit_zero { Outcome::Success } else { Outcome::answer(!bad) })
}

/// What the reports say of a rule.
fn facts(rule: &lint::rule::Rule) -> RuleFacts {
    RuleFacts {
        id: rule.id,
        severity: rule.severity,
        summary: rule.summary,
        why: rule.why,
        help: rule.help,
        reference: rule.reference,
    }
}
