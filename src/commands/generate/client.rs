//! `generate client`: everything that has to fit together for one monitored application, proved before it is shown.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rand::rngs::SysRng;

use super::private_file::PrivateFile;
use super::{NO_RANDOMNESS, entropy};
use crate::bearer::Target;
use crate::commands::{config_files, hash, outputs};
use crate::config::{self, ProblemKind};
use crate::diagnostic::Diagnostic;
use crate::digest::{DEFAULT_ITERATIONS, DEFAULT_SALT_BYTES, Digest};
use crate::error::Failure;
use crate::host::Host;
use crate::identifier::{Alphabet, CLIENT_ID_LENGTH, ClientId, Randomness, SECRET_LENGTH, generate, generate_secret};
use crate::lint;
use crate::monitor::emit::{Emitted, Form, SecretReference, Settings, TOKEN_PATH, VARIABLE, emit};
use crate::outcome::Outcome;
use crate::report::Look;
use crate::report::diff::diff;
use crate::report::pieces::{Pieces, Section};
use crate::scaffold::proxy::{DEFAULT_APPLICATION, DEFAULT_AUTHELIA, Proxy, ProxyFacts, Site, snippet};
use crate::scaffold::{Application, Credentials, Order, Page, Placed, Portal, place, prove};
use crate::secret::Secret;
use crate::source::{Source, Sources};

/// What is to be watched, by what, and behind what.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// A page to watch; the pages of one host share a client, every further host gets its own
    #[arg(long, value_name = "URL", required = true)]
    url: Vec<String>,
    /// The proxy in front of the application; 'traefik' where no configuration tells
    #[arg(long, value_name = "PROXY", value_parser = clap::value_parser!(Proxy), help = proxy_help())]
    proxy: Option<Proxy>,
    /// The portal's address, where no configuration says it
    #[arg(long, value_name = "URL", required_unless_present = "config")]
    portal: Option<String>,
    /// Put the pieces into Authelia's files or directories: all that the server is given, in its order
    #[arg(short, long, value_name = "PATH")]
    config: Vec<PathBuf>,
    /// What watches: kuma2, kuma1, gatus, blackbox, prometheus or another form of 'monitor emit'
    #[arg(long = "for", value_name = "FORM", default_value = "kuma2", value_parser = clap::value_parser!(Form))]
    form: Form,
    /// The client's identifier in place of a random one; with several hosts each one's first label follows it
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// A word that only the page holds and the login page does not
    #[arg(long, value_name = "TEXT")]
    keyword: Option<String>,
    #[command(flatten)]
    file: PrivateFile,
    /// Show what would change in the files and write nothing, which is the default
    #[arg(long, requires = "config", conflicts_with = "write")]
    diff: bool,
    /// Change the files
    #[arg(long, requires = "config")]
    write: bool,
}

impl Args {
    /// Whether what would be written is shown only.
    fn is_preview(&self) -> bool {
        !self.config.is_empty() && !self.write
    }

    /// What a preview shows and `--write` makes anew.
    fn made_anew(&self) -> &'static str {
        if self.id.is_none() { "another id and another secret" } else { "another secret" }
    }

    /// A heading over what holds the id or the secret.
    fn heading(&self, text: &str) -> String {
        if self.is_preview() { format!("{text}, a preview: --write makes {}", self.made_anew()) } else { text.to_owned() }
    }
}

/// A client with the secret that nobody else knows.
struct Made {
    credentials: Credentials,
    secret: Secret,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let applications = applications(args)?;
    check_options(args, &applications)?;
    let config = config::load(config_files::read(&args.config, host)?);
    // What to do about templates is said when the pieces are placed.
    config_files::check_that_all_files_read(&config, |kind| matches!(kind, ProblemKind::Template { .. }))?;
    let before: Vec<Source> =
        config.sources.iter().map(|(_, source)| Source::new(source.name(), source.text().to_owned())).collect();
    let findings = lint::lint(&config, lint::Settings { whole: None, target: Target::NEWEST });
    config_files::warn_of_refusal(&findings, host)?;
    let mut randomness = Randomness::new(SysRng);
    let made = make(args, &applications, &mut randomness)?;
    say_entropy(args, host)?;
    let order = order(args, applications, &made)?;
    let placed = place(config, &order).map_err(|misfit| Failure::new(&misfit).hint(misfit.hint()))?;
    let open = proved(&findings, &placed)?;
    for note in placed.notes.iter().chain(&open) {
        host.say(format!("note: {note}"))?;
    }
    // A preview leaves no secret behind that belongs to no digest.
    if !args.is_preview() {
        for made in &made {
            args.file.write(&made.secret)?;
        }
    }
    // Nobody else knows the secret: when it cannot be shown, no digest of it is written.
    show(args, &before, &placed, &order, made, host)?;
    if args.write {
        host.stdout.flush()?;
        write_files(&before, &placed.config.sources, host)?;
    }
    Ok(Outcome::Success)
}

fn applications(args: &Args) -> Result<Vec<Application>, Failure> {
    let page = |url: &String| Page::parse(url).map_err(|reason| Failure::usage(&reason).hint(reason.hint()));
    Ok(Application::of(args.url.iter().map(page).collect::<Result<Vec<_>, _>>()?))
}

fn check_options(args: &Args, applications: &[Application]) -> Result<(), Failure> {
    if applications.len() > 1 && args.file.secret_out.is_some() {
        return Err(Failure::usage("several hosts have several secrets, and --secret-out names one file")
            .hint("run the command once for each host"));
    }
    outputs::spare_inputs(&args.file.secret_out, &args.config)?;
    if args.is_preview() {
        args.file.check()?;
    }
    if args.write && args.config.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::usage("standard input cannot be written to").hint("name the file, or use --diff"));
    }
    Ok(())
}

fn make(args: &Args, applications: &[Application], randomness: &mut Randomness<SysRng>) -> Result<Vec<Made>, Failure> {
    let mut all: Vec<Made> = Vec::new();
    for application in applications {
        let text = match &args.id {
            None => generate(Alphabet::Rfc3986, CLIENT_ID_LENGTH, randomness).context(NO_RANDOMNESS)?,
            Some(id) if applications.len() == 1 => id.clone(),
            Some(id) => named(id, application, &all),
        };
        let id = ClientId::parse(&text)
            .map_err(|reason| Failure::usage(reason).hint("leave --id out for an identifier that every client writes alike"))?;
        let secret = generate_secret(Alphabet::Rfc3986, SECRET_LENGTH, randomness).context(NO_RANDOMNESS)?;
        let digest = Digest::make(&secret, DEFAULT_ITERATIONS, hash::salt(DEFAULT_SALT_BYTES)?).to_string();
        all.push(Made { credentials: Credentials { id, digest }, secret });
    }
    Ok(all)
}

/// The identifier of one of several clients: the host's first label behind what was chosen, and a number where that is taken.
fn named(id: &str, application: &Application, made: &[Made]) -> String {
    let label = application.host.trim_matches(['[', ']']).split(['.', ':']).next().unwrap_or_default();
    let taken = |text: &str| made.iter().any(|made| made.credentials.id.as_str() == text);
    let first = format!("{id}-{label}");
    let numbered = (2..).map(|number| format!("{id}-{label}-{number}"));
    std::iter::once(first).chain(numbered).find(|text| !taken(text)).unwrap_or_default()
}

fn say_entropy(args: &Args, host: &mut Host<'_>) -> Result<(), Failure> {
    let secret = entropy(SECRET_LENGTH);
    let id = if args.id.is_none() { format!(", {} in the identifier", entropy(CLIENT_ID_LENGTH)) } else { String::new() };
    Ok(host.say(format!("entropy: {secret} in the secret{id}"))?)
}

fn order(args: &Args, applications: Vec<Application>, made: &[Made]) -> Result<Order, Failure> {
    let portal = args.portal.as_deref().map(Portal::parse).transpose();
    let portal = portal
        .map_err(|reason| Failure::usage(reason).hint("write it as authelia_url has it, such as https://auth.example.com"))?;
    let proxy = args.proxy.or(args.config.is_empty().then_some(Proxy::Traefik));
    Ok(Order {
        applications: applications.into_iter().zip(made.iter().map(|made| made.credentials.clone())).collect(),
        implementation: proxy.map(Proxy::implementation),
        endpoint: proxy.map(Proxy::endpoint),
        portal,
        monitor: monitor(args.form),
    })
}

/// What people call the program that watches.
fn monitor(form: Form) -> &'static str {
    match form {
        Form::Gatus => "Gatus",
        Form::Blackbox | Form::Prometheus => "Prometheus",
        Form::Curl => "curl",
        _ => "Uptime Kuma",
    }
}

/// The proof; what does not pass is not shown.
fn proved(findings: &[Diagnostic], placed: &Placed) -> Result<Vec<String>, Failure> {
    prove(findings, placed).map_err(|reason| {
        Failure::new(reason).hint("nothing was made; run 'authkuma lint' on the configuration and mend what it names first")
    })
}

fn write_files(before: &[Source], after: &Sources, host: &mut Host<'_>) -> Result<(), Failure> {
    for (before, (_, after)) in before.iter().zip(after.iter()) {
        if before.text() != after.text() {
            crate::commands::replacement::replace(after, before.text())?;
            host.say(format!("wrote {}", after.name()))?;
        }
    }
    Ok(())
}

fn show(
    args: &Args,
    before: &[Source],
    placed: &Placed,
    order: &Order,
    made: Vec<Made>,
    host: &mut Host<'_>,
) -> Result<(), Failure> {
    let look = Look::of(host);
    let digests: Vec<String> = made.iter().map(|made| made.credentials.digest.clone()).collect();
    let mut pieces = Pieces::default();
    if before.is_empty() {
        let text = placed.config.sources.iter().map(|(_, source)| source.text()).collect::<String>();
        pieces.add(Section::new("Authelia: put this into configuration.yml", text));
    } else if args.is_preview() {
        for (before, (_, after)) in before.iter().zip(placed.config.sources.iter()) {
            diff(before, after, &digests, look, &mut host.stdout)?;
        }
        let file =
            args.file.secret_out.as_ref().map_or_else(String::new, |path| format!(", and the secret to {}", path.display()));
        host.say(format!(
            "note: nothing was written; --write makes {} than shown here, and writes the digest of the secret{file}",
            args.made_anew()
        ))?;
    }
    let proxy = args.proxy.or(before.is_empty().then_some(Proxy::Traefik));
    match proxy {
        Some(proxy) => {
            for file in snippet(proxy, &facts(placed)).files {
                pieces.add(Section::new(format!("{proxy}: {}", file.name), file.text));
            }
        }
        None => host.say(format!("note: the proxy asks {}; --proxy shows how", placed.endpoint_path))?,
    }
    for (made, (application, _)) in made.into_iter().zip(&order.applications) {
        let emitted = monitors(args, placed, application, made, &mut pieces)?;
        for note in emitted {
            host.say(format!("note: {note}"))?;
        }
    }
    pieces.write(look, &mut host.stdout)?;
    Ok(())
}

/// The settings of every monitor of one application. The secret is in the settings where a person types them and there is one monitor,
/// and stands by itself otherwise.
fn monitors(
    args: &Args,
    placed: &Placed,
    application: &Application,
    made: Made,
    pieces: &mut Pieces,
) -> Result<Vec<String>, Failure> {
    let is_typed = matches!(args.form, Form::Kuma1 | Form::Kuma2);
    let mut secret = Some(made.secret).filter(|_| args.file.secret_out.is_none());
    let mut notes = Vec::new();
    let several = application.pages.len() > 1;
    if (!is_typed || several)
        && let Some(secret) = secret.take()
    {
        let text = format!("{VARIABLE}='{}'\n", secret.expose());
        pieces.add(Section::new(args.heading(&format!("Secret of {}, shown only now", application.host)), text));
    }
    for page in &application.pages {
        let token_url = format!("{}{TOKEN_PATH}", placed.portal.url());
        let mut settings = Settings::new(page.url(), &token_url, made.credentials.id.as_str())?;
        if several {
            page.url().trim_start_matches("https://").clone_into(&mut settings.name);
        }
        let audience = page.as_reported_to(&placed.implementation);
        settings.audience = args.form.sends_audience().then(|| audience.url().to_owned());
        settings.keyword.clone_from(&args.keyword);
        settings.secret = match (&args.file.secret_out, secret.take()) {
            (Some(path), _) => SecretReference::File(path.display().to_string()),
            (None, Some(secret)) => SecretReference::Inline(secret),
            (None, None) => SecretReference::default(),
        };
        let Emitted { text, notes: more } = emit(&settings, args.form);
        pieces.add(Section::new(args.heading(&format!("Monitor of {} ({})", page.url(), args.form)), text));
        notes.extend(more);
    }
    Ok(notes)
}

fn facts(placed: &Placed) -> ProxyFacts {
    let site = |host: &str, port, upstream: &str| Site { host: host.to_owned(), port, upstream: upstream.to_owned() };
    ProxyFacts {
        portal: site(placed.portal.host(), placed.portal.port(), DEFAULT_AUTHELIA),
        applications: placed
            .applications
            .iter()
            .map(|(application, _)| site(&application.host, application.port, DEFAULT_APPLICATION))
            .collect(),
        endpoint: placed.endpoint_path.clone(),
        bind: None,
        certificate: None,
    }
}

fn proxy_help() -> String {
    let names = Proxy::ALL.map(Proxy::name).join(", ");
    format!("The proxy in front of the application: {names}; traefik where no configuration tells")
}
