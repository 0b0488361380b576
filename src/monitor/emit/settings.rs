//! What has to be known of a page and a client to have the page watched.

use std::fmt;

use super::{Form, SecretReference};
use crate::bearer::MonitoredUrl;
use crate::config::Config;
use crate::config::client::{BEARER_SCOPE, Client, TOKEN};
use crate::monitor::EndpointMethod;
use crate::monitor::address::{self, Unsendable};

/// A monitor that is to be made.
#[derive(Debug)]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// The monitored URL, as it will be sent.
    pub url: String,
    /// What the page must hold; without one the status alone decides.
    pub keyword: Option<String>,
    /// Seconds between checks.
    pub interval: u32,
    /// Failures that are retried before the monitor counts as down.
    pub retries: u32,
    /// The token endpoint.
    pub token_url: String,
    /// The client.
    pub client_id: String,
    /// How the client authenticates at the token endpoint.
    pub method: EndpointMethod,
    /// The scope that is asked for.
    pub scope: String,
    /// The audience that is asked for; none leaves it to the client's `requested_audience_mode: implicit`.
    pub audience: Option<String>,
    /// Where the client secret is.
    pub secret: SecretReference,
}

/// Why a configuration does not say what a monitor needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnfitSettings {
    /// The URL is none that can be watched.
    Url(Unsendable),
    /// No `session.cookies` entry with a portal holds the URL's host.
    NoPortal(String),
    /// The client authenticates in a way that Uptime Kuma does not have.
    Method(String),
    /// The server does not start with a client that has the scope and this method.
    RefusedMethod,
    /// The portal, whose address this is, is not asked by https.
    PlainPortal(String),
    /// What reads the form takes no interval below so many seconds.
    Interval(Form, u32),
}

/// Seconds between checks where nothing else is said, as in Uptime Kuma's form.
pub const DEFAULT_INTERVAL: u32 = 60;
/// Retries where nothing else is said.
pub const DEFAULT_RETRIES: u32 = 1;

impl Settings {
    /// The settings with which a page is watched by a client with `client_secret_basic`, the literal URL its audience.
    pub fn new(url: &str, token_url: &str, client_id: &str) -> Result<Settings, UnfitSettings> {
        let sent = address::as_sent(url).map_err(UnfitSettings::Url)?;
        let token_url = address::as_sent(token_url).map_err(UnfitSettings::Url)?;
        if token_url.scheme() != "https" {
            return Err(UnfitSettings::PlainPortal(token_url.as_str().trim_end_matches(TOKEN_PATH).to_owned()));
        }
        Ok(Settings {
            name: sent.host_str().unwrap_or_default().to_owned(),
            audience: MonitoredUrl::split(sent.as_str()).ok().map(|url| url.audience()),
            url: sent.into(),
            keyword: None,
            interval: DEFAULT_INTERVAL,
            retries: DEFAULT_RETRIES,
            token_url: token_url.into(),
            client_id: client_id.to_owned(),
            method: EndpointMethod::Basic,
            scope: BEARER_SCOPE.to_owned(),
            secret: SecretReference::default(),
        })
    }

    /// The settings that a configuration asks for. The audience is left out where the client is given all of its own.
    pub fn of(config: &Config, client: &Client, url: &str) -> Result<Settings, UnfitSettings> {
        let sent = address::as_sent(url).map_err(UnfitSettings::Url)?;
        let host = sent.host_str().unwrap_or_default();
        let token_url = token_url(config, host).ok_or_else(|| UnfitSettings::NoPortal(host.to_owned()))?;
        let method = client.auth_method(TOKEN);
        let method = EndpointMethod::read(method).ok_or_else(|| UnfitSettings::Method(method.to_owned()))?;
        if method == EndpointMethod::Post && client.has_bearer_scope() {
            return Err(UnfitSettings::RefusedMethod);
        }
        let settings = Settings::new(url, &token_url, &client.id)?;
        let audience = if client.has_implicit_audience() { None } else { settings.audience };
        Ok(Settings { method, audience, ..settings })
    }

    /// These, when what reads a form takes them.
    pub fn fit_for(self, form: Form) -> Result<Settings, UnfitSettings> {
        let least = form.generation().least_interval();
        if self.interval < least { Err(UnfitSettings::Interval(form, least)) } else { Ok(self) }
    }

    /// Seconds that the page gets to answer: what Uptime Kuma's form fills in.
    pub fn timeout(&self) -> u32 {
        (self.interval * 4 / 5).max(1)
    }
}

/// The token endpoint of the portal that a host belongs to: that of the first cookie domain that holds it, as the server looks for it.
pub fn token_url(config: &Config, host: &str) -> Option<String> {
    let cookie = config.session.cookies.iter().find(|cookie| covers(&cookie.domain, host))?;
    Some(format!("{}{TOKEN_PATH}", cookie.authelia_url.as_deref()?.trim_end_matches('/')))
}

/// Whether a cookie domain holds a host.
pub(in crate::monitor) fn covers(domain: &str, host: &str) -> bool {
    let rest = host.strip_suffix(&domain.to_lowercase());
    !domain.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Where the token endpoint lies below a portal.
pub const TOKEN_PATH: &str = "/api/oidc/token";

impl fmt::Display for UnfitSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnfitSettings::Url(reason) => reason.fmt(f),
            UnfitSettings::NoPortal(host) => write!(f, "no session cookie domain with an authelia_url holds the host '{host}'"),
            UnfitSettings::Method(method) => {
                write!(f, "the client authenticates by '{method}' at the token endpoint, which no monitor does")
            }
            UnfitSettings::RefusedMethod => {
                write!(
                    f,
                    "Authelia does not start with a client of the scope {BEARER_SCOPE} that authenticates by 'client_secret_post'"
                )
            }
            UnfitSettings::PlainPortal(url) => {
                write!(f, "the portal's address is '{url}', and tokens are given by https only")
            }
            UnfitSettings::Interval(form, least) => {
                write!(f, "what reads '{form}' refuses an interval below {least} seconds")
            }
        }
    }
}

impl std::error::Error for UnfitSettings {}

impl UnfitSettings {
    /// What to do about it, as an imperative sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            UnfitSettings::Url(_) => "write the whole address, such as https://app.example.com/",
            UnfitSettings::NoPortal(_) => "add the domain with its authelia_url to session.cookies",
            UnfitSettings::Interval(..) => "ask for a longer --interval, or for the form of a newer Uptime Kuma",
            UnfitSettings::PlainPortal(_) => "write https:// in authelia_url",
            UnfitSettings::Method(_) | UnfitSettings::RefusedMethod => "set token_endpoint_auth_method to 'client_secret_basic'",
        }
    }
}
