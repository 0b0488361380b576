//! The smallest change to the configuration that makes a failing question pass: changes are tried on the files themselves, read back and
//! asked again, so that what is proposed is proven.

use super::answer::Identity;
use super::client::Client;
use super::endpoint::{Endpoint, Scheme, StrategyName};
use super::question::{Answer, Credential, Question};
use super::step::{Check, Step};
use super::{Engine, Target};
use crate::config::client::{BEARER_SCOPE, CLIENT_CREDENTIALS};
use crate::config::graft::{Part, Shape, Ungraftable};
use crate::config::{Config, Path};

/// Changes beyond which a configuration is rather written anew.
const MOST: usize = 6;

/// A proven mend.
#[derive(Debug)]
pub struct Mend {
    /// What to do, one imperative sentence a change, in order.
    pub changes: Vec<String>,
    /// The configuration after all of them.
    pub config: Config,
}

/// One change to try.
struct Change {
    title: String,
    deed: Deed,
}

enum Deed {
    /// Put, or in the place of what is there.
    Set(Path, Shape),
    Put(Path, Shape),
    Insert(Path, usize, Shape),
    Replace(Path, Shape),
}

impl Deed {
    fn apply(&self, config: &Config) -> Result<Config, Ungraftable> {
        match self {
            Deed::Set(path, value) => config.put(path, value).or_else(|_| config.replace(path, value)),
            Deed::Put(path, value) => config.put(path, value),
            Deed::Insert(path, index, value) => config.insert(path, *index, value),
            Deed::Replace(path, value) => config.replace(path, value),
        }
    }
}

/// The mend of a question about a client; none when it passes, when no change of the configuration could help, or when nothing tried does.
pub fn mend(config: &Config, target: Target, question: &Question<'_>) -> Option<Mend> {
    let mut changes = Vec::new();
    let mut mended: Option<Config> = None;
    while changes.len() < MOST {
        let current = mended.as_ref().unwrap_or(config);
        let engine = Engine::compile(current, target).ok()?;
        let answer = engine.ask(question).ok()?;
        if answer.is_allowed() {
            return mended.map(|config| Mend { changes, config });
        }
        let before = progress(&answer);
        let (title, next) = candidates(current, &engine, &answer, question)
            .into_iter()
            .filter_map(|change| Some((change.title, change.deed.apply(current).ok()?)))
            .find(|(_, next)| {
                let Ok(engine) = Engine::compile(next, target) else { return false };
                engine.ask(question).is_ok_and(|after| after.is_allowed() || progress(&after) > before)
            })?;
        changes.push(title);
        mended = Some(next);
    }
    None
}

/// How far a question comes: the last check that is reached, in the server's order.
fn progress(answer: &Answer<'_>) -> usize {
    const ORDER: [Check; 18] = [
        Check::Issuer,
        Check::ClientAuthentication,
        Check::Grant,
        Check::Scope,
        Check::Audience,
        Check::Resource,
        Check::Endpoint,
        Check::Request,
        Check::SecureScheme,
        Check::CookieDomain,
        Check::Portal,
        Check::Strategy,
        Check::Token,
        Check::TokenScope,
        Check::TokenAudience,
        Check::ClientScope,
        Check::ClientAudience,
        Check::AccessControl,
    ];
    let failed = answer.deciding().map(|step| step.check);
    failed.and_then(|check| ORDER.iter().position(|one| *one == check)).unwrap_or_default()
}

/// Changes that may get a question past the check that it fails at, the smallest first.
fn candidates(config: &Config, engine: &Engine, answer: &Answer<'_>, question: &Question<'_>) -> Vec<Change> {
    let Some(step) = answer.deciding() else { return Vec::new() };
    let client = engine.client(question.client);
    let of_client =
        |change: fn(&Client, &Question<'_>) -> Vec<Change>| client.map_or_else(Vec::new, |client| change(client, question));
    match step.check {
        Check::ClientAuthentication => of_client(|client, _| {
            let path = client.path("token_endpoint_auth_method");
            vec![set(&path, "client_secret_basic", "authenticate by 'client_secret_basic', as Uptime Kuma does")]
        }),
        Check::Grant => of_client(|client, _| {
            let title = format!("allow the grant '{CLIENT_CREDENTIALS}'");
            add_text(&client.path("grant_types"), usize::MAX, CLIENT_CREDENTIALS, &title)
        }),
        Check::Scope | Check::ClientScope => of_client(|client, _| {
            add_text(&client.path("scopes"), usize::MAX, BEARER_SCOPE, &format!("allow the scope '{BEARER_SCOPE}'"))
        }),
        Check::Audience | Check::Resource => of_client(requested_audience),
        Check::TokenAudience | Check::ClientAudience => of_client(covering_audience),
        Check::Issuer | Check::CookieDomain => cookie(answer, question, client),
        Check::Endpoint => new_endpoint(question.endpoint.unwrap_or_default()),
        Check::Strategy | Check::Token if sends_token(question) => unheard(answer, client, step),
        Check::AccessControl => rule(config, answer, question),
        _ => Vec::new(),
    }
}

fn sends_token(question: &Question<'_>) -> bool {
    question.credential == Credential::Token
}

/// The audience that is asked for, where it is missing.
fn requested_audience(client: &Client, question: &Question<'_>) -> Vec<Change> {
    let Some(wanted) = question.audience.or(question.resource) else { return Vec::new() };
    let title = format!("allow the audience '{wanted}'");
    let list = client.path("audience");
    // In front of an entry that cannot be read, behind which nothing counts.
    [usize::MAX, 0].into_iter().flat_map(|at| add_text(&list, at, wanted, &title)).collect()
}

/// The monitored URL as an audience, and audiences for tokens that are asked for without one.
fn covering_audience(client: &Client, question: &Question<'_>) -> Vec<Change> {
    let Some(url) = question.url.and_then(|url| super::MonitoredUrl::split(url).ok()) else { return Vec::new() };
    let url = url.audience();
    let mode = client.path("requested_audience_mode");
    let implicit = set(&mode, "implicit", "give tokens that are asked for without an audience all audiences of the client");
    let title = format!("allow the audience '{url}', the monitored URL letter by letter");
    let list = client.path("audience");
    let mut changes = vec![implicit];
    changes.extend([usize::MAX, 0].into_iter().flat_map(|at| add_text(&list, at, &url, &title)));
    changes
}

/// A session cookie for the application's domain.
fn cookie(answer: &Answer<'_>, question: &Question<'_>, client: Option<&Client>) -> Vec<Change> {
    let object = answer.authz.as_ref().and_then(|authz| authz.object.as_ref());
    let asked = || super::MonitoredUrl::split(question.url?).ok()?.hostname();
    let host = object.map(|object| object.host().to_owned()).or_else(asked);
    let Some(host) = host.or_else(|| client?.audience.hosts().next()) else { return Vec::new() };
    let domain = match host.split_once('.') {
        Some((_, parent)) if parent.contains('.') => parent,
        _ => &host,
    };
    let item = Shape::Map(vec![
        Part::new("domain", Shape::text(domain)),
        Part::new("authelia_url", Shape::text(format!("https://auth.{domain}"))),
    ]);
    let title = format!("add a session cookie for '{domain}', with the address of its portal");
    vec![Change { title, deed: Deed::Insert(Path::of("session.cookies"), usize::MAX, item) }]
}

fn new_endpoint(name: &str) -> Vec<Change> {
    let title = format!("configure the endpoint '{name}', with the implementation that the proxy speaks");
    vec![Change { title, deed: Deed::Put(Path::of("server.endpoints.authz").key(name), endpoint_shape("ForwardAuth")) }]
}

fn endpoint_shape(implementation: &str) -> Shape {
    Shape::Map(vec![
        Part::new("implementation", Shape::text(implementation)),
        Part::new(
            "authn_strategies",
            Shape::List(vec![header_shape(), Shape::Map(vec![Part::new("name", Shape::text("CookieSession"))])]),
        ),
    ])
}

fn header_shape() -> Shape {
    let schemes = Shape::texts([Scheme::Basic.name(), Scheme::Bearer.name()]);
    Shape::Map(vec![Part::new("name", Shape::text(StrategyName::HeaderAuthorization.name())), Part::new("schemes", schemes)])
}

/// What lets an endpoint hear a token.
fn unheard(answer: &Answer<'_>, client: Option<&Client>, step: &Step) -> Vec<Change> {
    if let Some(client) = client {
        let signing = client.path("access_token_signed_response_alg");
        if step.path.as_ref() == Some(&signing) {
            return vec![set(&signing, "none", "issue opaque access tokens")];
        }
        if step.path.as_ref() == Some(&Path::of("identity_providers.oidc.clients")) {
            return add_text(&client.path("scopes"), usize::MAX, BEARER_SCOPE, &format!("allow the scope '{BEARER_SCOPE}'"));
        }
    }
    answer.endpoint.map(hearing).unwrap_or_default()
}

fn hearing(endpoint: &Endpoint) -> Vec<Change> {
    let name = &endpoint.name;
    let title = format!("let the endpoint '{name}' read tokens from the Authorization header");
    if !endpoint.is_configured {
        let others = "; the server's other default endpoints are gone then, so configure those in use too";
        let deed = Deed::Put(endpoint.config_path().key(name), endpoint_shape(endpoint.implementation.name()));
        return vec![Change { title: title + others, deed }];
    }
    let strategies = endpoint.strategies_path();
    let header = endpoint.strategies.iter().find(|strategy| strategy.name == StrategyName::HeaderAuthorization);
    if let Some(header) = header {
        let schemes = strategies.index(header.index).key("schemes");
        let value = Shape::texts([Scheme::Basic.name(), Scheme::Bearer.name()]);
        let cookie = Shape::Map(vec![Part::new("name", Shape::text(StrategyName::CookieSession.name()))]);
        let whole = Shape::List(vec![header_shape(), cookie]);
        return vec![
            Change { title: title.clone(), deed: Deed::Set(schemes, value) },
            Change { title, deed: Deed::Put(strategies, whole) },
        ];
    }
    vec![
        Change { title: title.clone(), deed: Deed::Insert(strategies.clone(), 0, header_shape()) },
        Change { title, deed: Deed::Replace(strategies, Shape::List(vec![header_shape()])) },
    ]
}

/// A rule for the client and the monitored path alone, above the one that decides.
fn rule(config: &Config, answer: &Answer<'_>, question: &Question<'_>) -> Vec<Change> {
    let Some(authz) = &answer.authz else { return Vec::new() };
    let (Some(object), Identity::Client(_)) = (&authz.object, &authz.identity) else { return Vec::new() };
    let decider = authz.evaluation.and_then(|evaluation| evaluation.rule);
    let at = decider.unwrap_or(config.access_control.rules.len());
    let path = object.resource().split('?').next().unwrap_or_default();
    let item = Shape::Map(vec![
        Part::new("domain", Shape::text(object.host())),
        Part::new("policy", Shape::text("one_factor")),
        Part::new("subject", Shape::text(format!("oauth2:client:{}", question.client))),
        Part::new("resources", Shape::texts([pattern_of_path(path)])),
    ]);
    let place = match decider {
        Some(index) => format!("above rule #{}", index + 1),
        None => "at the end".to_owned(),
    };
    let title =
        format!("add an access rule {place} that lets the client '{}' reach '{path}' of '{}'", question.client, object.host());
    vec![Change { title, deed: Deed::Insert(Path::of("access_control.rules"), at, item) }]
}

/// A pattern that matches one path alone, with any query behind it such as the one by which Uptime Kuma avoids caches.
pub fn pattern_of_path(path: &str) -> String {
    format!("^{}([?].*)?$", escape_pattern(path))
}

/// A text that a pattern matches literally.
fn escape_pattern(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\.+*?()|[]{}^$".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Sets an option to a text.
fn set(path: &Path, value: &str, title: &str) -> Change {
    Change { title: title.to_owned(), deed: Deed::Set(path.clone(), Shape::text(value)) }
}

/// Adds a text to a list, or makes the list of it.
fn add_text(list: &Path, at: usize, text: &str, title: &str) -> Vec<Change> {
    vec![
        Change { title: title.to_owned(), deed: Deed::Insert(list.clone(), at, Shape::text(text)) },
        Change { title: title.to_owned(), deed: Deed::Replace(list.clone(), Shape::texts([text])) },
    ]
}
