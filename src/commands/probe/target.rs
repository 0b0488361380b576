//! What is asked: from options, and from the configuration where the options are silent.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

use crate::bearer::{Endpoint, Engine, Implementation, MonitoredUrl};
use crate::commands::client_choice::unnamed;
use crate::config::Config;
use crate::config::client::{BEARER_SCOPE, Client, TOKEN};
use crate::error::Failure;
use crate::monitor::EndpointMethod;
use crate::probe::plan::{AuthzPlan, Plan, TokenPlan};
use crate::probe::{Asker, Selection, Step};

/// One of many targets: how it differs from the options, and where its secret is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Named {
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) portal: Option<String>,
    pub(super) client: Option<String>,
    pub(super) token_url: Option<String>,
    pub(super) audience: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) auth_method: Option<String>,
    pub(super) method: Option<String>,
    pub(super) keyword: Option<String>,
    pub(super) secret_file: Option<PathBuf>,
    pub(super) secret_command: Option<String>,
    #[serde(skip)]
    pub(super) asker: Option<Asker>,
}

impl Named {
    /// The same target with the defaults where it is silent. A secret of its own displaces a default one of either kind.
    pub(super) fn over(self, defaults: &Named) -> Named {
        let has_secret = self.secret_file.is_some() || self.secret_command.is_some();
        let or = |own: Option<String>, other: &Option<String>| own.or_else(|| other.clone());
        Named {
            name: self.name,
            url: or(self.url, &defaults.url),
            portal: or(self.portal, &defaults.portal),
            client: or(self.client, &defaults.client),
            token_url: or(self.token_url, &defaults.token_url),
            audience: or(self.audience, &defaults.audience),
            scope: or(self.scope, &defaults.scope),
            auth_method: or(self.auth_method, &defaults.auth_method),
            method: or(self.method, &defaults.method),
            keyword: or(self.keyword, &defaults.keyword),
            secret_file: if has_secret { self.secret_file } else { defaults.secret_file.clone() },
            secret_command: if has_secret { self.secret_command } else { defaults.secret_command.clone() },
            asker: self.asker,
        }
    }
}

/// What is asked.
#[derive(clap::Args, Clone, Debug)]
pub(super) struct TargetOptions {
    /// What the results call the target.
    #[arg(skip)]
    name: Option<String>,
    /// The monitored URL [default: the client's only audience, with --config]
    #[arg(value_name = "URL", value_parser = web_url)]
    url: Option<Url>,
    /// The monitored URL, as the other commands name it
    #[arg(long = "url", value_name = "URL", value_parser = web_url, conflicts_with = "url")]
    named_url: Option<Url>,
    /// The portal's URL, as people see it [default: from --config]
    #[arg(long, value_name = "URL", value_parser = web_url)]
    portal: Option<Url>,
    /// The client's identifier [default: the only bearer client, or the only one whose audience covers the URL, with --config]
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    /// Whose requests are made: kuma2, kuma1 or resource (RFC 8707, which no Uptime Kuma sends)
    #[arg(long = "as", value_name = "ASKER", default_value_t = Asker::Kuma2)]
    asker: Asker,
    /// The monitor's OAuth Token URL [default: /api/oidc/token below the portal]
    #[arg(long, value_name = "URL", value_parser = web_url)]
    token_url: Option<Url>,
    /// The monitor's OAuth Audience, sent with the token request
    #[arg(long, value_name = "TEXT")]
    audience: Option<String>,
    /// The monitor's OAuth Scope
    #[arg(long, value_name = "TEXT", default_value = BEARER_SCOPE)]
    scope: String,
    /// The monitor's Authentication Method, as the client's `token_endpoint_auth_method` names it
    #[arg(long, value_name = "METHOD", value_parser = auth_method)]
    auth_method: Option<EndpointMethod>,
    /// The monitor's HTTP method
    #[arg(long, value_name = "METHOD", default_value = "GET", value_parser = http_method)]
    method: String,
    /// A text that the page must hold
    #[arg(long, value_name = "TEXT")]
    keyword: Option<String>,
    /// Authelia's own address with its scheme, which is mostly http and port 9091; its authz endpoint is asked there as the reverse proxy asks it
    #[arg(long, value_name = "URL", value_parser = web_url)]
    authelia: Option<Url>,
    /// Ask for everything of the portal at --authelia too, with the headers that its reverse proxy sets
    #[arg(long, requires = "authelia")]
    direct: bool,
    /// The authz endpoint's name [default: the only one that takes Bearer, with --config]
    #[arg(long, value_name = "NAME")]
    endpoint: Option<String>,
    /// How the authz endpoint is asked, as its `implementation` names it [default: from --config, or by its name]
    #[arg(long, value_name = "NAME", value_parser = implementation)]
    implementation: Option<Implementation>,
    /// The visitor's address for rules with networks, at --authelia
    #[arg(long, value_name = "ADDRESS")]
    ip: Option<IpAddr>,
    /// A URL that the token must not open [default: one that the probe finds]
    #[arg(long, value_name = "URL", value_parser = web_url)]
    outside: Option<Url>,
    /// Leave steps out, divided by commas
    #[arg(long, value_name = "STEP", value_delimiter = ',', conflicts_with = "only", value_parser = clap::value_parser!(Step))]
    skip: Vec<Step>,
    /// Take these steps alone, divided by commas
    #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = clap::value_parser!(Step))]
    only: Vec<Step>,
}

impl TargetOptions {
    /// The same options with what one of many targets says.
    pub(super) fn with(&self, named: &Named) -> Result<TargetOptions, Failure> {
        fn read<T>(field: &str, text: Option<&String>, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Failure> {
            let wrong = |reason| {
                Failure::new(format!("{field} does not read: {reason}"))
                    .hint(format!("write {field} as the option of that name takes it"))
            };
            text.map(|text| read(text).map_err(wrong)).transpose()
        }
        let (url, portal) = (read("url", named.url.as_ref(), web_url)?, read("portal", named.portal.as_ref(), web_url)?);
        let token_url = read("token_url", named.token_url.as_ref(), web_url)?;
        Ok(TargetOptions {
            name: named.name.clone(),
            url: url.or_else(|| self.url.clone()),
            portal: portal.or_else(|| self.portal.clone()),
            client: named.client.clone().or_else(|| self.client.clone()),
            asker: named.asker.unwrap_or(self.asker),
            token_url: token_url.or_else(|| self.token_url.clone()),
            audience: named.audience.clone().or_else(|| self.audience.clone()),
            scope: named.scope.clone().unwrap_or_else(|| self.scope.clone()),
            auth_method: read("auth_method", named.auth_method.as_ref(), auth_method)?.or(self.auth_method),
            method: read("method", named.method.as_ref(), http_method)?.unwrap_or_else(|| self.method.clone()),
            keyword: named.keyword.clone().or_else(|| self.keyword.clone()),
            ..self.clone()
        })
    }

    /// The plan that the options and the configuration make.
    pub(super) fn plan(&self, known: Option<(&Config, &Engine)>, time_limit: std::time::Duration) -> Result<Plan, Failure> {
        let client = known.map(|known| self.client_of(known)).transpose()?;
        let client_id = self.client.clone().or_else(|| client.map(|client| client.id.to_string()));
        let client_id = client_id.ok_or_else(|| missing("the client is not named", "--client ID"))?;
        let url = self.url.clone().or_else(|| self.named_url.clone()).or_else(|| client.and_then(only_audience));
        let url = without_fragment(url.ok_or_else(|| missing("the monitored URL is not named", "the URL"))?);
        let portal = self.portal.clone().or_else(|| known.and_then(|(_, engine)| portal_of(engine, &url)));
        let portal = portal.ok_or_else(|| missing("the portal is not named", "--portal URL"))?;
        let literal = MonitoredUrl::split(url.as_str()).map_or_else(|_| url.to_string(), |url| url.audience());
        let token = TokenPlan {
            asker: self.asker,
            url: self.token_url.clone().unwrap_or_else(|| below(&portal, "/api/oidc/token")),
            client_id,
            method: self.auth_method.or_else(|| client.map(method_of)).unwrap_or(EndpointMethod::Basic),
            scope: self.scope.clone(),
            audience: self.audience_for(client, &literal)?,
            resource: (self.asker == Asker::Resource).then_some(literal),
        };
        Ok(Plan {
            name: self.name.clone().unwrap_or_else(|| url.to_string()),
            method: self.method.clone(),
            keyword: self.keyword.clone(),
            authz: self.authz(known.map(|(_, engine)| engine.endpoints()))?,
            outside: self.outside_of(&url)?,
            listener: self.authelia.clone().filter(|_| self.direct),
            selection: if self.only.is_empty() { Selection::without(&self.skip) } else { Selection::only(&self.only) },
            url,
            portal,
            token,
            time_limit,
        })
    }

    /// The client that is named, or the one that the URL tells.
    pub(super) fn client_of<'c>(&self, (config, engine): (&'c Config, &Engine)) -> Result<&'c Client, Failure> {
        let url = self.url.as_ref().or(self.named_url.as_ref()).map(Url::as_str);
        let id = match &self.client {
            Some(id) => id,
            None => &*engine.client_for(url).map_err(|unchosen| unnamed(&unchosen))?.id,
        };
        config.clients().iter().find(|client| *client.id == *id).ok_or_else(|| {
            Failure::usage(format!("the configuration has no client '{id}'")).hint("name a client_id as it is written there")
        })
    }

    /// What is sent as `audience`: what the option says, else what a monitor of this client needs.
    fn audience_for(&self, client: Option<&Client>, literal: &str) -> Result<Option<String>, Failure> {
        if self.asker != Asker::Kuma2 && self.audience.is_some() {
            return Err(
                Failure::usage(format!("{} sends no audience", self.asker)).hint("leave --audience away, or ask --as kuma2")
            );
        }
        let needed = client.filter(|client| self.asker == Asker::Kuma2 && !client.has_implicit_audience());
        Ok(self.audience.clone().or_else(|| needed.map(|_| literal.to_owned())).filter(|audience| !audience.is_empty()))
    }

    fn authz(&self, endpoints: Option<&[Endpoint]>) -> Result<Option<AuthzPlan>, Failure> {
        let Some(base) = &self.authelia else { return Ok(None) };
        let known = endpoints.unwrap_or_default();
        let fits = |endpoint: &&Endpoint| match &self.endpoint {
            Some(name) => *endpoint.name == **name,
            None => endpoint.bearer_strategy().is_some(),
        };
        let configured = known.iter().find(fits);
        let name = self.endpoint.clone().or_else(|| configured.map(|endpoint| endpoint.name.to_string()));
        let name = name.ok_or_else(|| missing("the authz endpoint is not named", "--endpoint NAME"))?;
        let implementation = self.implementation.or_else(|| configured.map(|endpoint| endpoint.implementation));
        let implementation = implementation.unwrap_or_else(|| by_name(&name));
        let path = if implementation == Implementation::Legacy && name == "legacy" {
            "/api/verify".to_owned()
        } else {
            format!("/api/authz/{name}")
        };
        Ok(Some(AuthzPlan { url: below(base, &path), endpoint: name, implementation, ip: self.ip }))
    }

    fn outside_of(&self, url: &Url) -> Result<Option<Url>, Failure> {
        match &self.outside {
            Some(outside) if self.authelia.is_none() && outside.origin() != url.origin() => {
                Err(Failure::usage("a token is not sent to another host than the monitored one")
                    .hint("name a URL of the same host with --outside, or ask the authz endpoint about it with --authelia URL"))
            }
            outside => Ok(outside.clone().map(without_fragment)),
        }
    }
}

fn missing(what: &str, option: &str) -> Failure {
    Failure::usage(what).hint(format!("give {option}, or the configuration that holds it with --config PATH"))
}

/// The only audience of a client that is a URL.
fn only_audience(client: &Client) -> Option<Url> {
    let mut urls = client.audience.iter().filter_map(|audience| web_url(audience).ok());
    urls.next().filter(|_| urls.next().is_none())
}

/// The portal of what is asked for, as the server chooses it.
fn portal_of(engine: &Engine, url: &Url) -> Option<Url> {
    web_url(&engine.portal_of(url.host_str()?)?.to_string()).ok()
}

fn method_of(client: &Client) -> EndpointMethod {
    EndpointMethod::read(client.auth_method(TOKEN)).unwrap_or(EndpointMethod::Basic)
}

fn by_name(endpoint: &str) -> Implementation {
    match endpoint {
        "auth-request" => Implementation::AuthRequest,
        "ext-authz" => Implementation::ExtAuthz,
        "legacy" => Implementation::Legacy,
        _ => Implementation::ForwardAuth,
    }
}

fn below(base: &Url, path: &str) -> Url {
    let mut url = without_fragment(base.clone());
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url.set_query(None);
    url
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

/// A URL of the web, without a user name or password, which would be a secret on the command line.
fn web_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{error}; write it with https:// in front"))?;
    match url.scheme() {
        "http" | "https" if url.username().is_empty() && url.password().is_none() => Ok(url),
        "http" | "https" => Err("a URL with a user name or password is not taken".to_owned()),
        _ => Err("write https:// in front".to_owned()),
    }
}

fn auth_method(name: &str) -> Result<EndpointMethod, String> {
    EndpointMethod::read(name).ok_or_else(|| "give client_secret_basic or client_secret_post".to_owned())
}

fn http_method(name: &str) -> Result<String, String> {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    if known.contains(&name) { Ok(name.to_owned()) } else { Err(format!("give one of {}", known.join(", "))) }
}

fn implementation(name: &str) -> Result<Implementation, String> {
    let all = [Implementation::ForwardAuth, Implementation::AuthRequest, Implementation::ExtAuthz, Implementation::Legacy];
    all.into_iter().find(|one| one.name() == name).ok_or_else(|| "give ForwardAuth, AuthRequest, ExtAuthz or Legacy".to_owned())
}
