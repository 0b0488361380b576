//! `probe`: proof, on the live server, that a monitor passes, and the cause when it does not.

pub(super) mod fleet;
mod network_options;
mod origin;
mod repeat;
mod target;

use std::io::Write as _;
use std::path::PathBuf;

use rand::rngs::SysRng;
use zeroize::Zeroizing;

use super::secret_source::SecretSource;
use super::{config_files, outputs};
use fleet::Limits;
use origin::{Common, Origin};
use repeat::Repeat;

use crate::bearer::{Engine, Target};
use crate::config::Config;
use crate::error::Failure;
use crate::host::Host;
use crate::identifier::{Alphabet, Randomness, generate};
use crate::outcome::{Outcome, Plugin};
use crate::probe::Prober;
use crate::probe::result::ProbeResult;
use crate::report::probe::{Form, Report};
use crate::report::{Look, Output};
use crate::secret::Secret;

/// A configuration and what decides by it.
pub(super) type Known = (Config, Engine);

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
    origin: Origin,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    repeat: Repeat,
    #[command(flatten)]
    secret: SecretSource,
    #[command(flatten)]
    network: network_options::NetworkOptions,
}

impl Args {
    /// The files that are written.
    fn outputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.output.iter().map(|output| &output.path)
    }
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let secret = args.secret.file(host);
    let inputs = args.config.iter().chain(args.origin.inputs()).chain(&secret).chain(&args.repeat.push_url_file);
    outputs::spare_inputs(args.outputs(), inputs.chain(args.network.inputs()))?;
    loop {
        let probed = ask(args, host);
        let outcome = match args.format {
            Some(Form::Nagios) => plugin(probed, host)?,
            _ => outcome(&probed?),
        };
        if !args.repeat.wait(host)? {
            return Ok(outcome);
        }
    }
}

/// What a run came to. It could not be done when nothing of any target could be asked.
fn outcome(results: &[ProbeResult]) -> Outcome {
    if results.iter().all(|result| result.proves_nothing) {
        return Outcome::Failure;
    }
    Outcome::answer(results.iter().all(ProbeResult::is_as_wanted))
}

/// A plugin says on standard output, and by statuses of its own, what keeps it from an answer too.
fn plugin(probed: Result<Vec<ProbeResult>, Failure>, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let plugin = match probed.map(|results| Report { results: &results, target: "" }.plugin()) {
        Ok(plugin) => plugin,
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
    let common = Common {
        options: &args.target,
        secret: &args.secret,
        known: known.as_ref(),
        time_limit: args.network.time_limit(),
        outputs: args.outputs().collect(),
    };
    let (mut targets, mut unasked) = (Vec::new(), Vec::new());
    for (at, entry) in args.origin.targets(&common, host)?.into_iter().enumerate() {
        match entry {
            Ok(target) => targets.push(target),
            Err(result) => unasked.push((at, result)),
        }
    }
    let prober = Prober::new(args.network.network()?, stranger()?);
    let mut results = fleet::probe(targets, prober, args.limits, known.as_ref(), host)?;
    for (at, result) in unasked {
        results.insert(at, result);
    }
    let form = args.format.unwrap_or(if host.stdout_is_terminal { Form::Table } else { Form::Plain });
    let report = Report { results: &results, target: &args.release.to_string() };
    if form != Form::Nagios {
        report.write(form, Look::of(host), &mut host.stdout)?;
    }
    outputs::write(&args.output, host, |form, look, out| report.write(form, look, out))?;
    match args.repeat.push(&results, &args.network, host) {
        // While Uptime Kuma starts anew it takes no push; the next one may arrive.
        Err(failure) if args.repeat.watch.is_some() => host.say(format!("warning: {}", failure.line()))?,
        pushed => pushed?,
    }
    // Last, for a plugin has one line, and what kept it from telling Uptime Kuma is that line.
    if form == Form::Nagios {
        report.write(form, Look::of(host), &mut host.stdout)?;
    }
    Ok(results)
}

/// The configuration and what is decided by it; none when none is given.
fn configuration(args: &Args, host: &mut Host<'_>) -> Result<Option<Known>, Failure> {
    if args.config.is_empty() {
        return Ok(None);
    }
    let config = config_files::load(&args.config, host)?;
    config_files::warn_if_refused(&config, args.release, host)?;
    let engine = config_files::compile(&config, args.release)?;
    Ok(Some((config, engine)))
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
