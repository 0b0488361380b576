//! `sandbox`: a stand-in Authelia.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::config_files;
use super::watched_files::WatchedFiles;
use crate::bearer::Target;
use crate::config::{self, Config};
use crate::diagnostic::Authelia;
use crate::error::Failure;
use crate::host::Host;
use crate::lint::{self, Settings};
use crate::outcome::Outcome;
use crate::sandbox::{App, Faults, Listen, Options, Running, Server, StartError};

/// What to answer from, where, and what is different from the real server.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Files and directories, merged as the server merges them; '-' is standard input
    #[arg(short, long, value_name = "PATH", required = true)]
    config: Vec<PathBuf>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9091")]
    listen: Listen,
    /// Allow an address that other machines can reach
    #[arg(long)]
    allow_remote: bool,
    /// Which Authelia's behaviour to assume
    #[arg(long, value_name = "VERSION", default_value_t = Target::NEWEST)]
    target: Target,
    /// Speak TLS, with a throw-away certificate whose authority's file is printed
    #[arg(long)]
    tls: bool,
    /// Serve an application behind an embedded proxy that asks for every request, on a port of its own
    #[arg(long, value_name = "HOST=TEXT")]
    app: Vec<App>,
    /// The port of the first application; the next ones follow
    #[arg(long, value_name = "PORT", requires = "app")]
    app_port: Option<u16>,
    /// Serve the portal behind an embedded proxy, as if it were at its own name, on a port of its own
    #[arg(long)]
    portal: bool,
    /// The port of that one
    #[arg(long, value_name = "PORT", requires = "portal")]
    portal_port: Option<u16>,
    /// Limit token requests as the server does
    #[arg(long)]
    rate_limits: bool,
    /// What goes wrong on purpose, with its probability: latency, error, drop, expired
    #[arg(long, value_name = "KIND=PROBABILITY,…")]
    faults: Option<Faults>,
    /// How late an answer with the fault 'latency' comes
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 2_000, requires = "faults")]
    fault_delay: u32,
    /// The same seed brings the same faults
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "faults")]
    seed: u64,
    /// Answer from the new configuration when a file changes, and from the old one when the new one does not load
    #[arg(long)]
    watch: bool,
    /// Write no line for each request
    #[arg(short, long)]
    quiet: bool,
}

/// How a real monitor is rehearsed.
pub(super) const WITH_A_MONITOR: &str = "Uptime Kuma itself can be pointed at it. With '--portal --portal-port 9092' its token URL is \
http://127.0.0.1:9092/api/oidc/token; with '--app application.example.com=works --app-port 9080' the monitored URL is \
http://127.0.0.1:9080/, for which the access rules see https://application.example.com/.";

/// Lines of the log that wait for a slow reader.
const WAITING_LINES: usize = 4_096;
/// How often to look whether the files have changed and whether a signal came.
const BEAT: Duration = Duration::from_millis(200);

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    if args.watch && args.config.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::usage("standard input cannot be watched").hint("name a file, or leave out --watch"));
    }
    let mut watched = args.watch.then(|| WatchedFiles::new(&args.config));
    let config = config::load(config_files::read(&args.config, host)?);
    if let Some(problem) = unreadable(&config, args.target) {
        return Err(Failure::new(problem).hint("run 'authkuma lint' on it for the place and the mend"));
    }
    for refusal in refusals(&config, args.target) {
        host.say(format!("warning: the real server does not start with this configuration: {refusal}"))?;
    }
    if !args.listen.is_loopback() && args.allow_remote {
        host.say("warning: other machines can reach this server, which gives tokens to whoever knows a client's secret")?;
    }
    let (sender, lines) = sync_channel(WAITING_LINES);
    let running = Server::start(config, options(args, sender)).map_err(not_started)?;
    announce(&running, host)?;
    follow(args, &running, &lines, watched.as_mut(), host)?;
    running.stop();
    Ok(Outcome::Success)
}

fn options(args: &Args, log: SyncSender<String>) -> Options {
    let faults = args.faults.clone().unwrap_or_default();
    Options {
        listen: args.listen,
        allow_remote: args.allow_remote,
        target: args.target,
        tls: args.tls,
        apps: args.app.clone(),
        app_port: args.app_port,
        portal: args.portal,
        portal_port: args.portal_port,
        rate_limits: args.rate_limits,
        faults: Faults { delay: Duration::from_millis(args.fault_delay.into()), seed: args.seed, ..faults },
        log: (!args.quiet).then_some(log),
        signals: true,
    }
}

fn not_started(error: StartError) -> Failure {
    match error {
        StartError::Remote(_) => Failure::usage(error).hint("listen at 127.0.0.1, or add --allow-remote"),
        StartError::Bind(..) => Failure::from(error).hint("name a free port with --listen, or port 0 for any"),
        StartError::Undecidable(_) => Failure::from(error).hint(config_files::SMALLER),
        StartError::Certificate(_) | StartError::System(_) => Failure::from(error),
    }
}

/// Says where everything is. The portal's own line comes last: it is what scripts wait for.
fn announce(running: &Running, host: &mut Host<'_>) -> Result<(), Failure> {
    if let Some(path) = running.certificate() {
        host.say(format!("certificate authority in {}", path.display()))?;
    }
    for (name, url) in running.apps() {
        host.say(format!("application {name} on {url}"))?;
    }
    if let Some(url) = running.portal_url() {
        host.say(format!("portal on {url}"))?;
    }
    host.say(format!("listening on {}", running.url()))?;
    Ok(())
}

/// Passes the log on and looks after the files until the sandbox stops.
fn follow(
    args: &Args,
    running: &Running,
    lines: &Receiver<String>,
    mut watched: Option<&mut WatchedFiles>,
    host: &mut Host<'_>,
) -> Result<(), Failure> {
    let mut looked = Instant::now();
    while !running.has_stopped() {
        match lines.recv_timeout(BEAT) {
            Ok(line) => host.say(line)?,
            Err(RecvTimeoutError::Timeout) => {}
            // Nobody logs; only the beat is left.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(BEAT),
        }
        if looked.elapsed() < BEAT {
            continue;
        }
        looked = Instant::now();
        if watched.as_mut().is_some_and(|files| files.have_changed()) {
            reload(args, running, host)?;
        }
    }
    for line in lines.try_iter() {
        host.say(line)?;
    }
    Ok(())
}

fn reload(args: &Args, running: &Running, host: &mut Host<'_>) -> Result<(), Failure> {
    let config = match config_files::read(&args.config, host) {
        Ok(sources) => config::load(sources),
        Err(failure) => {
            host.say("the new configuration does not load; the old one stays")?;
            failure.print(&mut host.stderr)?;
            return Ok(());
        }
    };
    let refusals = refusals(&config, args.target);
    if refusals.is_empty() {
        match running.replace(config) {
            Ok(()) => host.say("answering from the new configuration")?,
            Err(reason) => host.say(format!("the new configuration does not load; the old one stays\ncause: {reason}"))?,
        }
        return Ok(());
    }
    host.say("the new configuration does not load; the old one stays")?;
    for refusal in refusals {
        host.say(format!("cause: {refusal}"))?;
    }
    Ok(())
}

/// The most refusals that are told.
const TOLD: usize = 5;

/// For what the real server would refuse to start, each with its place.
fn refusals(config: &Config, target: Target) -> Vec<String> {
    let findings = lint::lint(config, Settings { whole: Some(false), target });
    let refusals = findings.iter().filter(|finding| finding.authelia == Authelia::Rejects);
    let told = refusals.map(|finding| {
        let source = config.sources.get(finding.label.span.source);
        let line = source.position(finding.label.span.start).line;
        format!("{} ({}:{line})", finding.message, source.name())
    });
    told.take(TOLD).collect()
}

/// Why there is nothing to answer from.
fn unreadable(config: &Config, target: Target) -> Option<String> {
    let is_empty = config.tree.root().entries().is_empty();
    is_empty.then(|| refusals(config, target).into_iter().next().unwrap_or_else(|| "the configuration is empty".to_owned()))
}
