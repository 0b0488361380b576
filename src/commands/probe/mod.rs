//! `probe`: proof, on the live server, that a monitor passes, and the cause when it does not.

mod network_options;
mod target;

use std::path::PathBuf;

use indicatif::ProgressBar;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

use super::config_files;
use super::secret_source::{Ask, SecretSource};
use crate::bearer::{Engine, Target};
use crate::config::Config;
use crate::error::Failure;
use crate::host::Host;
use crate::identifier::{Alphabet, Randomness, generate};
use crate::outcome::Outcome;
use crate::probe::expectation::Expectations;
use crate::probe::plan::Plan;
use crate::probe::result::ProbeResult;
use crate::probe::{Prober, Step, diagnose};
use crate::report::Look;
use crate::report::probe::{Form, Report};
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
    #[command(flatten)]
    secret: SecretSource,
    #[command(flatten)]
    network: network_options::NetworkOptions,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let known = configuration(args, host)?;
    let plan = args.target.plan(known.as_ref().map(|known| (&known.0, &known.1)), args.network.time_limit())?;
    let network = args.network.network()?;
    let secret = if plan.selection.asks_token() { args.secret.read(Ask::Once, host)? } else { Secret::new(String::new()) };
    let prober = Prober::new(network, stranger()?);
    let result = probe(&plan, &secret, &prober, known.as_ref(), host)?;
    let form = args.format.unwrap_or(if host.stdout_is_terminal { Form::Table } else { Form::Plain });
    let report = Report { results: std::slice::from_ref(&result), target: &args.release.to_string() };
    report.write(form, Look { color: host.color, width: host.width }, &mut host.stdout)?;
    Ok(Outcome::answer(result.is_as_wanted()))
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
fn probe(
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
fn stranger() -> Result<Secret, Failure> {
    let mut randomness = Randomness::new(SysRng);
    let mut part = || generate(Alphabet::Alphanumeric, STRANGER_PART, &mut randomness);
    let (key, signature) = (Zeroizing::new(part()?), Zeroizing::new(part()?));
    Ok(Secret::new(format!("authelia_at_{}.{}", &*key, &*signature)))
}

/// Characters of each of the two parts of a token of the server.
const STRANGER_PART: usize = 43;
