//! The proof that the pieces do what they are for, and nothing beside it: read again, linted, and traced on both sides of the
//! releases that differ.

use std::collections::HashMap;
use std::fmt;

use super::{Application, Credentials, Placed};
use crate::access::Undecidable;
use crate::bearer::{Answer, Credential, Engine, Question, Target};
use crate::config::{Config, Path, load};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Settings, lint};
use crate::source::{Source, Sources};

/// A step of the proof that fails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unproven {
    /// The linter finds something that it did not find before.
    Lint {
        /// The rule.
        rule: &'static str,
        /// What it says.
        message: String,
    },
    /// The server would answer otherwise than is wanted.
    Trace {
        /// The release.
        target: Target,
        /// What was asked, in words.
        question: String,
        /// What would be answered, and the check that decides.
        answer: String,
    },
    /// What the access rules say cannot be told.
    Undecidable(Undecidable),
}

/// The releases on whose both sides audiences are compared differently.
const TARGETS: [&str; 3] = ["4.39.20", "4.39.22", "4.39.23"];

/// Proves that pieces which were put into a configuration work on every release. `before` is what the linter said of the configuration
/// without them. Answers with what else is open to the clients, as sentences.
pub fn prove(before: &[Diagnostic], placed: &Placed) -> Result<Vec<String>, Unproven> {
    let whole = if before.is_empty() && !placed.config.is_whole() { Some(false) } else { None };
    let after = lint(&placed.config, Settings { whole, target: Target::NEWEST });
    if let Some(new) = first_new(before, &after) {
        return Err(Unproven::Lint { rule: new.rule, message: new.message.clone() });
    }
    let assumed = placed.assumed_domain.as_ref().map(|domain| with_session(placed, domain));
    let config = assumed.as_ref().unwrap_or(&placed.config);
    let mut open = Vec::new();
    for target in TARGETS.iter().filter_map(|target| target.parse::<Target>().ok()) {
        let engine = Engine::compile(config, target).map_err(Unproven::Undecidable)?;
        for (application, credentials) in &placed.applications {
            open.extend(trace(&engine, placed, application, credentials)?);
        }
    }
    open.dedup();
    Ok(open)
}

/// What the linter says more than before, by rule; findings move, so their places do not count.
fn first_new<'a>(before: &[Diagnostic], after: &'a [Diagnostic]) -> Option<&'a Diagnostic> {
    let grave = |finding: &&Diagnostic| finding.severity > Severity::Note;
    let mut known: HashMap<&str, usize> = HashMap::new();
    for finding in before.iter().filter(grave) {
        *known.entry(finding.rule).or_default() += 1;
    }
    after.iter().filter(grave).find(|finding| match known.get_mut(finding.rule) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    })
}

/// The configuration with the session cookie that the given files lack.
fn with_session(placed: &Placed, domain: &str) -> Config {
    let mut sources = Sources::default();
    for (_, source) in placed.config.sources.iter() {
        sources.add(Source::new(source.name(), source.text().to_owned()));
    }
    let session = format!("session:\n  cookies:\n    - domain: '{domain}'\n      authelia_url: '{}'\n", placed.portal.url());
    sources.add(Source::new("session", session));
    load(sources)
}

fn trace(
    engine: &Engine,
    placed: &Placed,
    application: &Application,
    credentials: &Credentials,
) -> Result<Option<String>, Unproven> {
    let id = credentials.id.as_str();
    let outside = format!("{}authkuma-outside", origin(application));
    let mut open = None;
    for page in &application.pages {
        let silent = Question { endpoint: Some(&placed.endpoint), ..Question::of_monitor(id, Some(page.url())) };
        let own = Question { audience: Some(page.url()), ..silent.clone() };
        ask(engine, &own, true, "with its token")?;
        ask(engine, &silent, true, "with a token for which no audience was named")?;
        ask(engine, &Question { credential: Credential::None, ..own.clone() }, false, "without a token")?;
        ask(
            engine,
            &Question { credential: Credential::UnknownToken, ..own.clone() },
            false,
            "with a token that was never issued",
        )?;
        ask(engine, &Question { has_right_secret: false, ..own.clone() }, false, "with a wrong secret")?;
        // A rule for people that names no subject lets every client in. That is not ours to mend.
        let elsewhere = engine.ask(&Question { url: Some(&outside), ..own }).ok();
        let rule = elsewhere.filter(Answer::is_allowed).and_then(|answer| answer.authz?.evaluation?.rule);
        open = open.or(rule.map(|rule| {
            let rule = Path::of("access_control.rules").index(rule);
            let target = engine.target();
            format!("up to {target} the client gets to other pages of {} too: {rule} has no subject", application.host)
        }));
    }
    Ok(open)
}

fn ask(engine: &Engine, question: &Question<'_>, wanted: bool, how: &str) -> Result<(), Unproven> {
    let asked = || format!("{} for '{}' {how}", question.url.unwrap_or_default(), question.client);
    let failed = |answer: String| Unproven::Trace { target: engine.target(), question: asked(), answer };
    let answer = engine.ask(question).map_err(|reason| failed(reason.to_string()))?;
    if answer.is_allowed() == wanted { Ok(()) } else { Err(failed(described(&answer))) }
}

fn described(answer: &Answer<'_>) -> String {
    let status = answer.authz.as_ref().map(|authz| authz.status).or(answer.token.as_ref().map(|token| token.status));
    let why = answer.deciding().map(|step| format!(": {} ({})", step.detail, step.check.name())).unwrap_or_default();
    format!("{}{why}", status.map_or_else(String::new, |status| status.to_string()))
}

fn origin(application: &Application) -> String {
    match application.port {
        None => format!("https://{}/", application.host),
        Some(port) => format!("https://{}:{port}/", application.host),
    }
}

impl fmt::Display for Unproven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unproven::Undecidable(reason) => write!(f, "the pieces cannot be proved: {reason}"),
            Unproven::Lint { rule, message } => write!(f, "the pieces do not pass lint: {message} ({rule})"),
            Unproven::Trace { target, question, answer } => {
                write!(f, "the pieces do not pass trace: Authelia {target} would answer {question} with {answer}")
            }
        }
    }
}

impl std::error::Error for Unproven {}
