//! `demo`: the whole journey on this machine, against the sandbox.

use std::fs;
use std::io::Write as _;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Context as _;
use rand::rngs::SysRng;
use url::Url;

use super::config_files;
use super::probe::fleet::{Asked, Limits, probe};
use super::probe::stranger;
use crate::bearer::{Engine, Implementation, Question, Step, Target};
use crate::config::{self, Config, Path};
use crate::digest::{DEFAULT_ITERATIONS, DEFAULT_SALT_BYTES, Digest};
use crate::error::{Failure, Hinted as _};
use crate::host::Host;
use crate::identifier::{Alphabet, CLIENT_ID_LENGTH, Randomness, SECRET_LENGTH, generate, generate_secret};
use crate::lint::{self, Settings};
use crate::monitor::EndpointMethod;
use crate::outcome::Outcome;
use crate::probe::network::{Network, Options as NetworkOptions};
use crate::probe::plan::{AuthzPlan, Plan, TokenPlan};
use crate::probe::result::ProbeResult;
use crate::probe::{Asker, Prober, Selection};
use crate::report::Look;
use crate::report::probe::{Form, Report};
use crate::sandbox::{App, Options, Running, Server};
use crate::secret::Secret;
use crate::source::edit::{Edit, apply};
use crate::source::{Source, Sources};

/// Nothing to choose.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// The configuration that the demonstration fills in.
const EXAMPLE: &str = include_str!("../../examples/forward-auth/configuration.yml");
const PORTAL: &str = "https://auth.example.com";
const APPLICATION: &str = "application.example.com";
const PAGE: &str = "https://application.example.com/";

pub(super) fn run(_: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    writeln!(host.stdout, "The whole journey on this machine: nothing leaves it, and nothing stays.")?;
    let folder = temporary_folder()?;
    let file = folder.path().join("configuration.yml");

    step(1, "Make a client: its identifier, its secret, and the secret's digest.", "authkuma generate secret", host)?;
    let (id, secret, digest) = make_client()?;
    say("client_id", &id, host)?;
    say("client_secret", &digest.to_string(), host)?;

    step(2, "Write it into a configuration, with an access rule of its own.", "authkuma generate client", host)?;
    let text = fill_in(&id, &digest)?;
    fs::write(&file, &text).with_context(|| format!("cannot write {}", file.display()))?;
    say("file", &file.display().to_string(), host)?;

    step(3, "Lint it.", "authkuma lint configuration.yml", host)?;
    let config = load(&file.display().to_string(), &text);
    let findings = lint::lint(&config, Settings { whole: None, target: Target::NEWEST });
    say("findings", &findings.len().to_string(), host)?;

    step(4, "Ask what the server will answer, before it is asked.", "authkuma trace -c configuration.yml", host)?;
    let engine = config_files::compile(&config, Target::NEWEST)?;
    let foreseen = foresee(&config, &engine, &id, host)?;

    step(5, "Start a stand-in for the server that answers from the configuration.", "authkuma sandbox", host)?;
    let running = start(load(&file.display().to_string(), &text))?;
    say("portal", &format!("{PORTAL} at {}", running.portal_url().unwrap_or_default()), host)?;
    let application = running.apps().next().map(|(_, url)| url).unwrap_or_default();
    say("application", &format!("{PAGE} at {application}"), host)?;

    step(6, "Probe it as the monitor would, and as no monitor does.", "authkuma probe", host)?;
    let prober = Prober::new(Network::new(network(&running, &application)?)?, stranger()?);
    let asked = Asked { plan: plan(&id, &running)?, secret: Ok(Rc::new(secret)) };
    let results = probe(vec![asked], prober, Limits::ONE, Some(&(config, engine)), host)?;
    let form = if host.stdout_is_terminal { Form::Table } else { Form::Plain };
    let report = Report { results: &results, target: &Target::NEWEST.to_string() };
    report.write(form, Look::of(host), &mut host.stdout)?;

    running.stop();
    folder.close().context("cannot remove the demonstration's folder")?;
    let passed = findings.is_empty() && foreseen && results.iter().all(ProbeResult::is_as_wanted);
    let verdict = if passed { "Every step passed" } else { "Not every step passed" };
    writeln!(host.stdout, "\n{verdict}; the stand-in is stopped and its folder removed.")?;
    Ok(Outcome::answer(passed))
}

/// The heading of a step, with the command that does the same.
fn step(number: u8, what: &str, command: &str, host: &mut Host<'_>) -> Result<(), Failure> {
    let (bold, dim, plain) = if host.color { ("\x1b[1m", "\x1b[2m", "\x1b[0m") } else { ("", "", "") };
    Ok(writeln!(host.stdout, "\n{bold}{number}. {what}{plain}\n   {dim}{command}{plain}")?)
}

fn say(name: &str, value: &str, host: &mut Host<'_>) -> Result<(), Failure> {
    Ok(writeln!(host.stdout, "   {name}: {value}")?)
}

/// A folder that only this user can enter, gone when it is dropped.
fn temporary_folder() -> Result<tempfile::TempDir, Failure> {
    tempfile::Builder::new()
        .prefix("authkuma-demo-")
        .tempdir()
        .context("cannot make a temporary folder")
        .hint("let TMPDIR name a folder that you may write to")
}

fn make_client() -> Result<(String, Secret, Digest), Failure> {
    let mut randomness = Randomness::new(SysRng);
    let id = generate(Alphabet::Rfc3986, CLIENT_ID_LENGTH, &mut randomness)?;
    let secret = generate_secret(Alphabet::Rfc3986, SECRET_LENGTH, &mut randomness)?;
    let digest = Digest::make(&secret, DEFAULT_ITERATIONS, super::hash::salt(DEFAULT_SALT_BYTES)?);
    Ok((id, secret, digest))
}

/// The example with another client in place of its own.
fn fill_in(id: &str, digest: &Digest) -> Result<String, Failure> {
    let config = load("example", EXAMPLE);
    let client = Path::of("identity_providers.oidc.clients").index(0);
    let values = [
        (client.key("client_id"), format!("'{id}'")),
        (client.key("client_secret"), format!("'{digest}'")),
        (Path::of("access_control.rules").index(0).key("subject"), format!("'oauth2:client:{id}'")),
    ];
    let edits: Vec<Edit> =
        values.into_iter().filter_map(|(path, text)| Some(Edit::replace(config.locate(&path).value?, text))).collect();
    let edited = apply(EXAMPLE, &edits).map_err(|_| Failure::new("the example configuration cannot be filled in"))?;
    Ok(edited.text)
}

fn load(name: &str, text: &str) -> Config {
    let mut sources = Sources::default();
    sources.add(Source::new(name, text.to_owned()));
    config::load(sources)
}

/// What the decision engine foresees for the monitor, and the line that decides.
fn foresee(config: &Config, engine: &Engine, id: &str, host: &mut Host<'_>) -> Result<bool, Failure> {
    let answer = engine.ask(&Question::of_monitor(id, Some(PAGE)))?;
    let status = answer.authz.as_ref().map_or("no answer".to_owned(), |authz| authz.status.to_string());
    say("answer", &status, host)?;
    if let Some(Step { path: Some(path), detail, .. }) = answer.deciding() {
        let span = config.locate(path).nearest;
        let line = config.sources.get(span.source).position(span.start).line;
        say("decided by", &format!("line {line}, {path}: {detail}"), host)?;
    }
    Ok(answer.is_allowed())
}

fn start(config: Config) -> Result<Running, Failure> {
    let apps = vec![App { host: APPLICATION.to_owned(), text: "It works".to_owned() }];
    Server::start(config, Options { tls: true, portal: true, apps, ..Options::default() })
        .context("cannot start the stand-in")
        .hint("it needs free ports on the loopback address 127.0.0.1")
}

/// The public names lead to the stand-in, whose throw-away authority is trusted.
fn network(running: &Running, application: &str) -> Result<NetworkOptions, Failure> {
    let address = |url: &str| url.rsplit('/').next().unwrap_or_default().to_owned();
    let portal = address(&running.portal_url().unwrap_or_default());
    let overrides = [format!("auth.example.com:443:{portal}"), format!("{APPLICATION}:443:{}", address(application))];
    let authority = running.certificate().context("the stand-in has no certificate")?;
    Ok(NetworkOptions {
        authorities: vec![fs::read(&authority).with_context(|| format!("cannot read {}", authority.display()))?],
        overrides: overrides.iter().map(|text| text.parse()).collect::<Result<_, _>>()?,
        without_proxies: true,
        ..NetworkOptions::default()
    })
}

fn plan(id: &str, running: &Running) -> Result<Plan, Failure> {
    let url = |text: &str| Url::parse(text).with_context(|| format!("{text} is no URL"));
    Ok(Plan {
        name: PAGE.to_owned(),
        url: url(PAGE)?,
        method: "GET".to_owned(),
        keyword: Some("It works".to_owned()),
        portal: url(PORTAL)?,
        token: TokenPlan {
            asker: Asker::Kuma2,
            url: url(&format!("{PORTAL}/api/oidc/token"))?,
            client_id: id.to_owned(),
            method: EndpointMethod::Basic,
            scope: config::client::BEARER_SCOPE.to_owned(),
            audience: None,
            resource: None,
        },
        authz: Some(AuthzPlan {
            url: url(&format!("{}/api/authz/forward-auth", running.url()))?,
            endpoint: "forward-auth".to_owned(),
            implementation: Implementation::ForwardAuth,
            ip: None,
        }),
        outside: None,
        listener: None,
        selection: Selection::default(),
        time_limit: Duration::from_secs(10),
    })
}
