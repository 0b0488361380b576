//! The digests of a configuration's clients.

use super::{Args, compare, remarks};
use crate::commands::config_files;
use crate::commands::form::Form;
use crate::commands::progress::bar;
use crate::commands::secret_source::Ask;
use crate::config::client::Client;
use crate::config::{Config, ProblemKind};
use crate::cores;
use crate::digest::{ClientSecret, Cost, fitting_jobs};
use crate::error::Failure;
use crate::host::Host;
use crate::outcome::Outcome;
use crate::report::verify::{Answer, Checked, write_json, write_plain};
use crate::secret::Secret;

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let config = config_files::load(&args.config, host)?;
    if args.all {
        return all(args, &config, host);
    }
    let client = chosen(&config, args.client.as_deref())?;
    let stored = stored(&config, client)?;
    let secret = args.source.read(Ask::Once, host)?;
    if stored.is_plaintext() {
        host.say("note: the client_secret of the configuration is plain text, not a digest")?;
    }
    let matches = compare(stored, &secret)?;
    for line in remarks(stored.digest(), &secret, matches) {
        host.say(line)?;
    }
    if args.format == Form::Json {
        write_json(&[checked(&config, client, Answer::of(matches))], &mut host.stdout)?;
    } else {
        host.say(if matches { "the secret matches" } else { "the secret does not match" })?;
    }
    Ok(Outcome::answer(matches))
}

/// Which of the clients the secret belongs to.
fn all(args: &Args, config: &Config, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let secret = args.source.read(Ask::Once, host)?;
    let clients: Vec<&Client> = config.clients().iter().collect();
    let cost = |client: &&Client| client.secret.as_ref().map_or_else(Cost::default, ClientSecret::cost);
    let dearest = clients.iter().map(cost).max_by_key(|cost| cost.memory).unwrap_or_default();
    let bar = bar(clients.len(), "{bar:30} {pos}/{len} clients, {eta} left", host);
    let mut answers = Vec::new();
    let jobs = fitting_jobs(dearest, cores::count());
    cores::in_order(
        &clients,
        jobs,
        |client| answer(config, client, &secret),
        |answer| {
            bar.inc(1);
            answers.push(answer);
            Ok::<(), Failure>(())
        },
    )?;
    bar.finish_and_clear();
    let checked: Vec<Checked<'_>> = clients.iter().zip(answers).map(|(client, answer)| checked(config, client, answer)).collect();
    let matching = checked.iter().filter(|checked| checked.answer == Answer::Matches).count();
    for line in remarks(None, &secret, matching > 0) {
        host.say(line)?;
    }
    match args.format {
        Form::Json => write_json(&checked, &mut host.stdout)?,
        Form::Plain => write_plain(&checked, &mut host.stdout, &mut host.stderr)?,
    }
    let unknown = checked.iter().any(|checked| matches!(checked.answer, Answer::Unverifiable(_)));
    if matching == 0 && unknown {
        return Err(Failure::new("no client was found that the secret belongs to, but not every digest could be checked")
            .hint("make new digests with 'authkuma hash' in place of those that cost too much"));
    }
    Ok(Outcome::answer(matching > 0))
}

fn answer(config: &Config, client: &Client, secret: &Secret) -> Answer {
    match stored(config, client) {
        Ok(stored) => stored.verify(secret).map_or_else(Answer::Unverifiable, Answer::of),
        Err(Unusable::Unreadable(reason)) => Answer::Unreadable(reason),
        Err(Unusable::Absent) => Answer::Absent,
    }
}

/// Why a client has nothing to compare a secret with.
enum Unusable {
    Unreadable(String),
    Absent,
}

/// What `client_secret` holds.
fn stored<'a>(config: &Config, client: &'a Client) -> Result<&'a ClientSecret, Unusable> {
    let path = client.path("client_secret");
    let reason = config.problems.iter().find_map(|problem| match &problem.kind {
        ProblemKind::UnreadableDigest { reason } if problem.path == path => Some(reason.clone()),
        _ => None,
    });
    client.secret.as_ref().ok_or_else(|| reason.map_or(Unusable::Absent, Unusable::Unreadable))
}

impl From<Unusable> for Failure {
    fn from(unusable: Unusable) -> Failure {
        match unusable {
            Unusable::Unreadable(reason) => Failure::usage("the client_secret is no digest that the server can read")
                .hint(format!("the server says: {reason}"))
                .hint("make a new digest with 'authkuma hash'"),
            Unusable::Absent => Failure::new("the client has no client_secret")
                .hint("put a digest made by 'authkuma hash' there; a public client has none"),
        }
    }
}

/// The client with this id, or the only one.
fn chosen<'a>(config: &'a Config, id: Option<&str>) -> Result<&'a Client, Failure> {
    let clients = config.clients();
    let ids = || clients.iter().map(|client| &*client.id).collect::<Vec<_>>().join(", ");
    match (id, clients) {
        (_, []) => {
            Err(Failure::new("the configuration has no client").hint("name the file that holds identity_providers.oidc.clients"))
        }
        (None, [only]) => Ok(only),
        (None, several) => Err(Failure::usage(format!("the configuration has {} clients", several.len()))
            .hint("name one with --client, or give --all to find the one that the secret belongs to")),
        (Some(id), _) => clients.iter().find(|client| *client.id == *id).ok_or_else(|| {
            Failure::usage(format!("no client is called '{id}'")).hint(format!("the configuration has: {}", ids()))
        }),
    }
}

fn checked<'a>(config: &'a Config, client: &'a Client, answer: Answer) -> Checked<'a> {
    let path = client.path("client_secret");
    let span = config.locate(&path).nearest;
    let source = config.sources.get(span.source);
    Checked {
        client: Some(&client.id),
        path: Some(path.to_string()),
        file: Some(source.name()),
        line: Some(source.position(span.start).line),
        algorithm: client.secret.as_ref().and_then(ClientSecret::digest).map(|digest| digest.algorithm().name()),
        answer,
    }
}
