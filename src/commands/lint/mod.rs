//! `lint`: what is wrong with a configuration.

mod mend;
mod project_file;
mod selected;

use std::io::{BufWriter, Write as _};
use std::mem;
use std::path::PathBuf;

use super::{config_files, outputs};
use crate::bearer::Target;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Failure;
use crate::host::Host;
use crate::lint::{self, Concern, Settings};
use crate::outcome::Outcome;
use crate::report::lint::{Form, Report, summary};
use crate::report::{Look, Output};

/// Bytes that are written at a time; a terminal's lines are too short for a report of thousands.
const ANSWER_BUFFER: usize = 1 << 16;

/// What to look at, and how to say it.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Files and directories, merged as the server merges them; '-' is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = clap::value_parser!(Form))]
    format: Form,
    /// Write a further form of the answer to a file, such as sarif:results.sarif; may be repeated
    #[arg(long, value_name = "FORM:PATH", value_parser = clap::value_parser!(Output<Form>))]
    output: Vec<Output<Form>>,
    /// Which Authelia's behaviour to assume [default: that of the project file, or the newest known]
    #[arg(long, value_name = "VERSION")]
    target: Option<Target>,
    /// Report missing sections, whatever sections there are
    #[arg(long, conflicts_with = "fragment")]
    whole: bool,
    /// Report no missing sections
    #[arg(long)]
    fragment: bool,
    /// Only what concerns this client
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    #[command(flatten)]
    selected: selected::Selected,
    #[command(flatten)]
    mend: mend::Mend,
    /// Leave with 0 even when there are findings
    #[arg(long)]
    exit_zero: bool,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let project = project_file::read(args.selected.project.as_deref())?;
    outputs::spare_inputs(args.output.iter().map(|output| &output.path), args.paths.iter().chain(&project.file))?;
    let selection = args.selected.selection(&project)?;
    let target = args.target.or(project.target()).unwrap_or(Target::NEWEST);
    let whole = if args.whole || args.fragment { Some(args.whole) } else { None };
    args.mend.check(&args.paths)?;
    let sources = config_files::read(&args.paths, host)?;
    args.mend.check_files(&sources)?;
    let config = config::load(sources);
    if let Some(id) = &args.client {
        require_client(&config, id)?;
    }
    let look = |config: &Config| {
        let mut findings = lint::lint_selected(config, Settings { whole, target }, &selection);
        if let Some(concern) = args.client.as_deref().and_then(|id| Concern::of_client(config, id)) {
            findings.retain(|finding| concern.covers(finding));
        }
        findings
    };
    let Some(safety) = args.mend.admitted() else {
        let findings = look(&config);
        let outcome = answer(args, &config, &findings, target, host);
        // The process ends here, and to free a million values one by one takes a tenth of its time.
        mem::forget(config);
        return outcome;
    };
    let repaired = lint::repair(config, safety, &look);
    args.mend.deliver(&repaired, host)?;
    if args.mend.only_shows() {
        let clean = repaired.mended.is_empty() && !repaired.findings.iter().any(is_fault);
        return Ok(Outcome::answer(clean || args.exit_zero));
    }
    answer(args, &repaired.config, &repaired.findings, target, host)
}

/// Writes the findings in every form that is asked for.
fn answer(
    args: &Args,
    config: &Config,
    findings: &[Diagnostic],
    target: Target,
    host: &mut Host<'_>,
) -> Result<Outcome, Failure> {
    let target = target.to_string();
    let report = Report { sources: &config.sources, findings, rules: lint::rules::ALL, target: &target };
    outputs::write(&args.output, host, |form, look, out| report.write(form, look, out))?;
    let look = Look::of(host);
    let mut answer = BufWriter::with_capacity(ANSWER_BUFFER, &mut host.stdout);
    report.write(args.format, look, &mut answer)?;
    answer.flush()?;
    drop(answer);
    if args.format == Form::Plain && findings.is_empty() {
        host.say(summary(&report))?;
    }
    Ok(Outcome::answer(args.exit_zero || !findings.iter().any(is_fault)))
}

/// What the exit status speaks of: errors and warnings. A note only says something worth knowing, unless it is denied.
fn is_fault(finding: &Diagnostic) -> bool {
    finding.severity > Severity::Note
}

fn require_client(config: &Config, id: &str) -> Result<(), Failure> {
    let known = || config.clients().iter().map(|client| &*client.id).filter(|id| !id.is_empty());
    if known().any(|known| known == id) || config.clients().is_empty() {
        return Ok(());
    }
    let failure = Failure::usage(format!("no client has the client_id '{id}'"));
    Err(match config::nearest(id, known()) {
        Some(near) => failure.hint(format!("did you mean '{near}'?")),
        None => failure.hint("name one of 'identity_providers.oidc.clients'"),
    })
}
