//! `probe`: proof, on the live server, that a monitor passes, and the cause when it does not.

mod network_options;
mod target;

use std::io::Write as _;
use std::path::PathBuf;

use indicatif::ProgressBar;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

use super::secret_source::{Ask, SecretSource};
use super::{config_files, outputs};
use crate::bearer::{Engine, Target};
use crate::config::Config;
use crate::error::Failure;
use crate::host::Host;
use crate::identifier::{Alphabet, Randomness, generate};
use crate::outcome::{Outcome, Plugin};
use crate::probe::expectation::Expectations;
use crate::probe::plan::Plan;
use crate::probe::result::{ProbeResult, Verdict};
use crate::probe::{Prober, Step, diagnose};
use crate::report::probe::{Form, Report};
use crate::report::{Look, Output};
use crate::secret::Secret;

/// What to ask, how, and how to say what came of it.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    target: target::TargetOptions,
    /// The server's configuration, files and directories; fills in what no option names, and what it makes the server answer is shown
    #[arg(short, long, value_name = "PATH")]
    config: Vec<PathBuf>,
    /// Which Authelia's behaviour to assume where the configuration says what to expect
    #[arg(long = "target", value_name = "VERSION", default_value_t = Target::NEWEST)]
    release: Target,
    /// The form of the answer [default: table on a terminal, else plain]
    #[arg(long, value_name = "FORM", value_parser = clap::value_parser!(Form))]
    format: Option<Form>,
    /// Write the answer in a further form to a file, such as openmetrics:authkuma.prom; may be repeated
    #[arg(long, value_name = "FORM:PATH", value_parser = clap::value_parser!(Output<Form>))]
    output: Vec<Output<Form>>,
    #[command(flatten)]
    secret: SecretSource,
    #[command(flatten)]
    network: network_options::NetworkOptions,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let probed = ask(args, host);
    if args.format == Some(Form::Nagios) {
        return plugin(probed, host);
    }
    Ok(Outcome::answer(probed?.iter().all(ProbeResult::is_as_wanted)))
}

/// A plugin says on standard output, and by statuses of its own, what keeps it from an answer too.
fn plugin(probed: Result<Vec<ProbeResult>, Failure>, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let plugin = match probed.map(|results| results.iter().map(|result| result.verdict).max()) {
        Ok(None | Some(Verdict::Up)) => Plugin::Ok,
        Ok(Some(Verdict::Degraded)) => Plugin::Warning,
        Ok(Some(Verdict::Down)) => Plugin::Critical,
        Err(failure) if failure.is_broken_pipe() => return Err(failure),
        Err(failure) => {
            writeln!(host.stdout, "AUTHKUMA UNKNOWN - {}", failure.line())?;
            Plugin::Unknown
        }
    };
    Ok(Outcome::Plugin(plugin))
}

/// Asks, and reports what came of it.
fn ask(args: &Args, host: &mut Host<'_>) -> Result<Vec<ProbeResult>, Failure> {
    let known = configuration(args, host)?;
    let plan = args.target.plan(known.as_ref().map(|known| (&known.0, &known.1)), args.network.time_limit())?;
    let network = args.network.network()?;
    let secret = if plan.selection.asks_token() { args.secret.read(Ask::Once, host)? } else { Secret::new(String::new()) };
    let prober = Prober::new(network, stranger()?);
    let results = vec![probe(&plan, &secret, &prober, known.as_ref(), host)?];
    let form = args.format.unwrap_or(if host.stdout_is_terminal { Form::Table } else { Form::Plain });
    let report = Report { results: &results, target: &args.release.to_string() };
    report.write(form, Look { color: host.color, width: host.width }, &mut host.stdout)?;
    outputs::write(&args.output, host, |form, look, out| report.write(form, look, out))?;
    Ok(results)
}

/// The configuration and what is decided by it; none when none is given.
fn configuration(args: &Args, host: &mut Host<'_>) -> Result<Option<(Config, Engine)>, Failure> {
    if args.config.is_empty() {
        return Ok(None);
    }
    let config = config_files::load(&args.config, host)?;
    let engine = Engine::compile(&config, args.release);
    Ok(Some((config, engine)))
}

/// Takes the steps, showing on a terminal which one is waited for.
pub(super) fn probe(
    plan: &Plan,
    secret: &Secret,
    prober: &Prober,
    known: Option<&(Config, Engine)>,
    host: &Host<'_>,
) -> Result<ProbeResult, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let progress = if host.stderr_is_terminal { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    prober.announce(plan, secret);
    let show = |step: Step| progress.set_message(step.name());
    let transcript = runtime.block_on(prober.probe(plan, secret, host.unix_time(), &show));
    progress.finish_and_clear();
    // A name that is still being looked up must not hold the program.
    runtime.shutdown_background();
    let expectations = known.map(|(config, engine)| Expectations::new(plan, secret, &transcript, config, engine));
    Ok(diagnose(plan, &transcript, expectations.as_ref()))
}

/// A token in the server's form that was issued by nobody.
pub(super) fn stranger() -> Result<Secret, Failure> {
    let mut randomness = Randomness::new(SysRng);
    let mut part = || generate(Alphabet::Alphanumeric, STRANGER_PART, &mut randomness);
    let (key, signature) = (Zeroizing::new(part()?), Zeroizing::new(part()?));
    Ok(Secret::new(format!("authelia_at_{}.{}", &*key, &*signature)))
}

/// Characters of each of the two parts of a token of the server.
const STRANGER_PART: usize = 43;
