//! `monitor emit`: a monitor's settings in the form of the program that is to watch.

use std::path::PathBuf;

use crate::bearer::{Answer, Engine, Question, Target};
use crate::commands::{
    client_choice::unnamed,
    config_files,
    secret_source::{Ask, SecretSource},
};
use crate::config::Config;
use crate::config::client::Client;
use crate::error::Failure;
use crate::host::Host;
use crate::monitor::EndpointMethod;
use crate::monitor::emit::{DEFAULT_INTERVAL, DEFAULT_RETRIES, Form, SecretReference, Settings, TOKEN_PATH, UnfitSettings, emit};
use crate::outcome::Outcome;
use crate::scaffold::{Page, Portal};

/// What is to be watched, by whom, and in which form to say so.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The page to watch
    #[arg(long, value_name = "URL")]
    url: String,
    /// The form of the answer
    #[arg(long = "for", value_name = "FORM", default_value = "kuma2", value_parser = clap::value_parser!(Form),
          long_help = long_help())]
    form: Form,
    /// Take portal, method and audience from Authelia's files or directories; '-' is standard input
    #[arg(short, long, value_name = "PATH")]
    config: Vec<PathBuf>,
    /// Which Authelia's behaviour to assume, to tell whether the monitor will pass
    #[arg(long, value_name = "VERSION", default_value_t = Target::NEWEST)]
    target: Target,
    /// The client's identifier [default: the only bearer client, or the only one whose audience covers the URL, with --config]
    #[arg(long, value_name = "ID", required_unless_present = "config")]
    client: Option<String>,
    /// The portal's address when no configuration says it
    #[arg(long, value_name = "URL", required_unless_present = "config", conflicts_with = "config")]
    portal: Option<String>,
    /// The audience to ask for, in place of the URL; empty asks for none
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,
    /// Send the secret in the body (`client_secret_post`) when no configuration says how
    #[arg(long, conflicts_with = "config")]
    post: bool,
    /// The monitor's name, in place of the URL's host
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A word that only the page holds and the login page does not
    #[arg(long, value_name = "TEXT")]
    keyword: Option<String>,
    /// Seconds between checks
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_INTERVAL, value_parser = clap::value_parser!(u32).range(1..=2_073_600))]
    interval: u32,
    /// Failures that are retried before the monitor counts as down
    #[arg(long, value_name = "COUNT", default_value_t = DEFAULT_RETRIES)]
    retries: u32,
    /// The environment variable that will hold the secret
    #[arg(long, value_name = "NAME", conflicts_with = "secret_path")]
    secret_variable: Option<String>,
    /// The file that will hold the secret where the monitor runs
    #[arg(long, value_name = "PATH")]
    secret_path: Option<String>,
    /// Write the secret itself into the answer; it is read as by `authkuma hash`
    #[arg(long, conflicts_with_all = ["secret_variable", "secret_path"])]
    inline_secret: bool,
    #[command(flatten)]
    source: SecretSource,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let settings = settings(args, host)?;
    let emitted = emit(&settings, args.form);
    host.stdout.write_all(emitted.text.as_bytes())?;
    for note in emitted.notes {
        host.say(format!("note: {note}"))?;
    }
    if settings.keyword.is_none() && args.form != Form::Curl {
        host.say(
            "note: without a keyword the status alone decides; --keyword makes a login page that answers 200 count as down",
        )?;
    }
    Ok(Outcome::Success)
}

fn settings(args: &Args, host: &mut Host<'_>) -> Result<Settings, Failure> {
    let page = Page::parse(&args.url).map_err(|reason| Failure::usage(&reason).hint(reason.hint()))?;
    let mut settings = if args.config.is_empty() { from_options(args, &page, host)? } else { from_config(args, &page, host)? };
    settings.audience = asked_audience(args, settings.audience);
    if let Some(name) = &args.name {
        settings.name.clone_from(name);
    }
    settings.keyword.clone_from(&args.keyword);
    settings.interval = args.interval;
    settings.retries = args.retries;
    settings.secret = reference(args, host)?;
    settings.fit_for(args.form).map_err(|error| unfit(&error))
}

/// The audience of `--audience`, or else the one that the rest says.
fn asked_audience(args: &Args, otherwise: Option<String>) -> Option<String> {
    match &args.audience {
        Some(audience) => Some(audience.clone()).filter(|audience| !audience.is_empty()),
        None => otherwise,
    }
}

fn from_options(args: &Args, page: &Page, host: &mut Host<'_>) -> Result<Settings, Failure> {
    let portal = Portal::parse(args.portal.as_deref().unwrap_or_default());
    let portal = portal
        .map_err(|reason| Failure::usage(reason).hint("write it as authelia_url has it, such as https://auth.example.com"))?;
    let token_url = format!("{}{TOKEN_PATH}", portal.url());
    let client = args.client.as_deref().unwrap_or_default();
    let settings = Settings::new(page.url(), &token_url, client).map_err(|error| unfit(&error))?;
    if args.post {
        host.say(format!("warning: {}", UnfitSettings::RefusedMethod))?;
    }
    let method = if args.post { EndpointMethod::Post } else { EndpointMethod::Basic };
    Ok(Settings { method, ..settings })
}

fn from_config(args: &Args, page: &Page, host: &mut Host<'_>) -> Result<Settings, Failure> {
    let config = config_files::load(&args.config, host)?;
    let engine = config_files::compile(&config, args.target)?;
    let client = client(&config, &engine, args, page)?;
    let settings = Settings::of(&config, client, page.url()).map_err(|error| unfit(&error))?;
    config_files::warn_if_refused(&config, args.target, host)?;
    let audience = asked_audience(args, settings.audience.clone()).filter(|_| args.form.sends_audience());
    let posts_secret = settings.method == EndpointMethod::Post;
    let question =
        Question { audience: audience.as_deref(), posts_secret, ..Question::of_monitor(&client.id, Some(&settings.url)) };
    let answer = engine.ask(&question);
    if let Some(step) = answer.iter().filter(|answer| !answer.is_allowed()).find_map(Answer::deciding) {
        host.say(format!("warning: {} will refuse this monitor: {}", args.target, step.detail))?;
    }
    Ok(settings)
}

/// The client of an id, or the one that the URL tells.
fn client<'a>(config: &'a Config, engine: &Engine, args: &Args, page: &Page) -> Result<&'a Client, Failure> {
    let id = match &args.client {
        Some(id) => id,
        None => &*engine.client_for(Some(page.url())).map_err(|unchosen| unnamed(&unchosen))?.id,
    };
    config.clients().iter().find(|client| *client.id == *id).ok_or_else(|| {
        Failure::usage(format!("the configuration has no client '{id}'")).hint("name one of identity_providers.oidc.clients")
    })
}

fn reference(args: &Args, host: &mut Host<'_>) -> Result<SecretReference, Failure> {
    if args.inline_secret {
        return args.source.read(Ask::Once, host).map(SecretReference::Inline);
    }
    if args.source.secret_file.is_some() || args.source.secret_command.is_some() {
        return Err(Failure::usage("the secret is not needed: the answer names where it will be")
            .hint("add --inline-secret to write it into the answer, or name the place with --secret-path or --secret-variable"));
    }
    match (&args.secret_variable, &args.secret_path) {
        (Some(name), _) if !is_variable(name) => {
            Err(Failure::usage(format!("'{name}' is no name of an environment variable")).hint("use letters, digits and '_'"))
        }
        (Some(name), _) => Ok(SecretReference::Environment(name.clone())),
        (None, Some(path)) => Ok(SecretReference::File(path.clone())),
        (None, None) => Ok(SecretReference::default()),
    }
}

fn is_variable(name: &str) -> bool {
    let word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    name.chars().all(word) && name.starts_with(|character: char| character.is_ascii_alphabetic() || character == '_')
}

fn unfit(error: &UnfitSettings) -> Failure {
    Failure::usage(error).hint(error.hint())
}

fn long_help() -> String {
    let names = Form::ALL.map(|form| format!("\n  {:14} {}", form.name(), form.meaning()));
    format!("The form of the answer:{}", names.concat())
}
