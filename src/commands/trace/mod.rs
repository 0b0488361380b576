//! `trace`: what the server will answer, before it is asked.

mod asked;
mod cases;
mod upgrade;

use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::ValueEnum;
use serde_json::Value;

use self::asked::Asker;
use self::cases::{Case, SecretIs};
use self::upgrade::Releases;
use super::client_choice::unnamed;
use super::config_files::{self, check_that_all_files_read};
use super::form::{Form, form};
use crate::bearer::{Credential, Engine, MonitoredUrl, Reached, Target, reach};
use crate::config::{self, Config, ProblemKind};
use crate::error::{Failure, Hinted as _};
use crate::host::Host;
use crate::monitor::address::{as_reported, as_sent};
use crate::outcome::Outcome;
use crate::report::Look;
use crate::report::trace::{Report, Told, write_reach};
use crate::scrub::blank_urls;

/// What is asked, of which configuration, and how the answer is told.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Configuration files and directories, merged as the server merges them; '-' is standard input
    #[arg(short, long, value_name = "PATH", required = true)]
    config: Vec<PathBuf>,
    #[command(flatten)]
    question: QuestionOptions,
    /// Ask the questions of this file, a list in YAML or JSON; '-' is standard input. A 'url' there is what the proxy reports, letter by letter. With 'expect' in each it is a policy test
    #[arg(long, value_name = "FILE", conflicts_with_all = ["QuestionOptions"])]
    cases: Option<PathBuf>,
    /// Show every access rule with each of its criteria, hit or miss
    #[arg(long)]
    all_rules: bool,
    /// Name the rules that would decide the request if an earlier one did not take it away
    #[arg(long)]
    explain_shadow: bool,
    /// List what the client can reach at all, and who else the same rules let in
    #[arg(long, conflicts_with_all = ["cases", "upgrade"])]
    reach: bool,
    /// Ask under two releases, and list the answers that change; without a question, what a monitor of every client would ask
    #[arg(long, value_name = "FROM:TO", conflicts_with = "target")]
    upgrade: Option<Releases>,
    /// Which Authelia's behaviour to assume
    #[arg(long, value_name = "VERSION", default_value_t = Target::NEWEST)]
    target: Target,
    /// Form of the answer
    #[arg(long, value_parser = form(), default_value = "plain", value_name = "FORM")]
    format: Form,
}

/// One question. What is left out is as Uptime Kuma does it.
#[derive(clap::Args, Debug)]
#[group(id = "QuestionOptions", multiple = true)]
struct QuestionOptions {
    /// The client [default: the only one, else the only bearer client, or the only one whose audience covers the URL]
    #[arg(long, value_name = "ID", help_heading = "The question")]
    client: Option<String>,
    /// What is monitored, as it stands in the monitor's URL; without one only the token is asked for
    #[arg(long, value_name = "URL", help_heading = "The question")]
    url: Option<String>,
    /// The authz endpoint that the proxy asks [default: the only one that reads tokens]
    #[arg(long, value_name = "NAME", help_heading = "The question")]
    endpoint: Option<String>,
    /// The method of the monitor [default: GET]
    #[arg(long, value_name = "METHOD", help_heading = "The question")]
    method: Option<String>,
    /// The audience that is asked for, as in the monitor's OAuth Audience [default: none]
    #[arg(long, value_name = "TEXT", help_heading = "The question")]
    audience: Option<String>,
    /// The resource of RFC 8707 that is asked for [default: none]
    #[arg(long, value_name = "URL", help_heading = "The question")]
    resource: Option<String>,
    /// The scopes that are asked for; empty asks for none [default: authelia.bearer.authz]
    #[arg(long, value_name = "TEXT", help_heading = "The question")]
    scope: Option<String>,
    /// Where the request comes from [default: unknown]
    #[arg(long, value_name = "ADDRESS", help_heading = "The question")]
    ip: Option<IpAddr>,
    /// The Accept header [default: that of Uptime Kuma]
    #[arg(long, value_name = "TYPES", help_heading = "The question")]
    accept: Option<String>,
    /// What comes with the request [default: token]
    #[arg(long, value_enum, value_name = "KIND", help_heading = "The question")]
    credential: Option<CredentialKind>,
    /// Ask for the token with a wrong secret
    #[arg(long, help_heading = "The question")]
    wrong_secret: bool,
    /// Ask about a person who is logged in, rather than a client
    #[arg(long, value_name = "NAME", help_heading = "The question")]
    user: Option<String>,
    /// A group of that person; may be repeated
    #[arg(long, value_name = "NAME", requires = "user", help_heading = "The question")]
    group: Vec<String>,
    /// How many factors that person has given [default: 2]
    #[arg(long, value_name = "N", requires = "user", value_parser = clap::value_parser!(u8).range(1..=2), help_heading = "The question")]
    factors: Option<u8>,
    /// Ask about a visitor who has not logged in
    #[arg(long, conflicts_with = "user", help_heading = "The question")]
    nobody: bool,
}

/// What comes with the request.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum CredentialKind {
    /// The token that was asked for, as 'Authorization: Bearer'
    Token,
    /// Nothing
    None,
    /// A token that looks like one of the server's and was never issued
    UnknownToken,
    /// A token that does not look like one of the server's
    Foreign,
    /// The client's id and secret, as 'Authorization: Basic'
    Basic,
    /// The token, as 'Proxy-Authorization: Bearer'
    ProxyAuthorization,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let config = load(&args.config, args.target, host)?;
    let cases = match &args.cases {
        Some(path) => read_cases(path, host)?,
        None => vec![Ok(args.question.case(host)?)],
    };
    let engine = config_files::compile(&config, args.target)?;
    if args.reach
        && let [Ok(case)] = cases.as_slice()
    {
        return list_reach(case, args, &config, &engine, host);
    }
    let is_bare = args.upgrade.is_some() && args.cases.is_none() && args.question.url.is_none();
    if let Some(Ok(case)) = cases.first().filter(|_| args.cases.is_none() && !is_bare && !args.question.is_about_people()) {
        case.client_of(&engine).map_err(|unchosen| unnamed(&unchosen))?;
    }
    if let Some(releases) = args.upgrade {
        let cases = if is_bare { upgrade::usual_questions(&engine) } else { cases };
        return upgrade::run(releases, &cases, &config, args.format, host);
    }
    let mends = args.cases.is_none();
    let (all_rules, explain_shadow) = (args.all_rules, args.explain_shadow);
    let asker = Asker { engine: &engine, config: &config, all_rules, explain_shadow, mends };
    let told: Vec<Told<'_>> = cases.iter().map(|case| asker.tell(case)).collect();
    if args.cases.is_none()
        && let [Told { answer: None, error: Some(error), .. }] = told.as_slice()
    {
        return Err(Failure::usage(error).hint("run 'authkuma trace --help' for the options of a question"));
    }
    let report = Report { config: &config, target: args.target, told: &told };
    report.write(args.format, Look::of(host), &mut host.stdout)?;
    if told.iter().all(|told| told.answer.is_none()) {
        return Err(Failure::usage("none of the questions could be put"));
    }
    Ok(Outcome::answer(told.iter().all(Told::is_good)))
}

/// What a client can reach.
fn list_reach(case: &Case, args: &Args, config: &Config, engine: &Engine, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let named = case.client_of(engine).map_err(|unchosen| unnamed(&unchosen))?;
    let Some(client) = engine.client(named) else {
        return Err(Failure::usage(format!("no client '{named}' is registered")).hint("name it with --client"));
    };
    let reached = reach(config, engine, client, |audience| Some(as_reported(&as_sent(audience).ok()?).into()));
    let look = Look::of(host);
    write_reach(&client.id, args.target, &reached, args.format, look, &mut host.stdout)?;
    Ok(Outcome::answer(reached.iter().any(Reached::is_reached)))
}

/// The configuration, when the server would read it too.
fn load(paths: &[PathBuf], target: Target, host: &mut Host<'_>) -> Result<Config, Failure> {
    let config = config::load(config_files::read(paths, host)?);
    check_that_all_files_read(&config, |kind| matches!(kind, ProblemKind::Template { reads: true }))?;
    config_files::warn_if_refused(&config, target, host)?;
    Ok(config)
}

fn read_cases(path: &std::path::Path, host: &mut Host<'_>) -> Result<Vec<cases::Read>, Failure> {
    let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if path.as_os_str() == "-" {
        host.read_stdin()?
    } else {
        let mut file = std::fs::File::open(path)
            .with_context(|| format!("cannot read {name}"))
            .hint("name an existing file, or '-' for standard input")?;
        crate::host::read_limited(&mut file, &name)?
    };
    let text = String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{name} is not UTF-8")))?;
    let cases = cases::read(&text).map_err(|reason| {
        Failure::usage(format!("{name} holds no cases: {reason}")).hint("write a list, one mapping a case, in YAML or JSON")
    })?;
    if cases.is_empty() {
        return Err(Failure::usage(format!("{name} holds no case")).hint("write a list, one mapping a case, in YAML or JSON"));
    }
    Ok(cases)
}

impl QuestionOptions {
    fn is_about_people(&self) -> bool {
        self.user.is_some() || self.nobody
    }

    fn case(&self, host: &mut Host<'_>) -> Result<Case, Failure> {
        Ok(Case {
            client: self.client.clone(),
            url: self.url.as_deref().map(|url| reported(url, host)).transpose()?,
            endpoint: self.endpoint.clone(),
            method: self.method.clone(),
            scope: self.scope.clone(),
            audience: self.audience.clone(),
            resource: self.resource.clone(),
            secret: self.wrong_secret.then_some(SecretIs::Wrong),
            credential: self.credential.map(Credential::from),
            ip: self.ip,
            accept: self.accept.clone(),
            user: self.user.clone(),
            groups: self.group.clone(),
            factors: self.factors,
            nobody: self.nobody,
            ..Case::default()
        })
    }
}

/// What a proxy reports when a monitor or a browser is given a URL; told where that is another one.
fn reported(written: &str, host: &mut Host<'_>) -> Result<String, Failure> {
    let sent = as_sent(written)
        .map_err(|reason| Failure::usage(reason).hint("write the whole URL, such as https://app.example.com/"))?;
    let reported = String::from(as_reported(&sent));
    if MonitoredUrl::split(written).map(|written| written.url()).as_ref() != Ok(&reported) {
        host.say(format!("note: asked for {}, as monitors and browsers send this URL", blank_urls(&reported)))?;
    }
    Ok(reported)
}

impl From<CredentialKind> for Credential {
    fn from(kind: CredentialKind) -> Credential {
        match kind {
            CredentialKind::Token => Credential::Token,
            CredentialKind::None => Credential::None,
            CredentialKind::UnknownToken => Credential::UnknownToken,
            CredentialKind::Foreign => Credential::Foreign,
            CredentialKind::Basic => Credential::Basic,
            CredentialKind::ProxyAuthorization => Credential::ProxyAuthorization,
        }
    }
}

/// The case as the document shows it.
fn shown(case: &Case) -> Value {
    serde_json::to_value(case).unwrap_or_default()
}
