//! A question as people and monitors put it, and the requests that it makes of it.

use std::fmt;
use std::net::IpAddr;

use super::answer::AuthzDecision;
use super::authentication::ClientCredentials;
use super::authz::{AuthzRequest, Login};
use super::credentials::{Credentials, KnownToken, Token};
use super::endpoint::Endpoint;
use super::engine::Engine;
use super::issuer::Issuer;
use super::monitored_url::MonitoredUrl;
use super::step::{Check, Step, Steps};
use super::token::{TokenDecision, TokenRequest};
use crate::config::Path;
use crate::config::client::{BEARER_SCOPE, CLIENT_CREDENTIALS};

/// `Accept` as Uptime Kuma sends it.
pub const UPTIME_KUMA_ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.9";

/// What a monitor would do: ask for a token, then for a URL with it.
#[derive(Clone, Debug)]
pub struct Question<'q> {
    /// `client_id`
    pub client: &'q str,
    /// What is monitored, as the proxy reports it; none when only the token is asked for.
    pub url: Option<&'q str>,
    /// The authz endpoint that the proxy asks; none is the only one that reads tokens.
    pub endpoint: Option<&'q str>,
    /// The method.
    pub method: &'q str,
    /// Sent with the token request; none or empty is not sent.
    pub scope: Option<&'q str>,
    /// Sent with the token request.
    pub audience: Option<&'q str>,
    /// Sent with the token request.
    pub resource: Option<&'q str>,
    /// Whether the monitor has the right secret.
    pub has_right_secret: bool,
    /// Whether the secret comes in the body of the token request, rather than in its `Authorization` header.
    pub posts_secret: bool,
    /// What comes with the request for the URL.
    pub credential: Credential,
    /// Where the request comes from; none when that is not known.
    pub address: Option<IpAddr>,
    /// `Accept`
    pub accept: &'q str,
    /// Who is logged in, for questions about people.
    pub login: Option<&'q Login>,
}

/// What comes with a request for a URL.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Credential {
    /// The token, as `Authorization: Bearer`.
    Token,
    /// Nothing.
    None,
    /// A token that looks like one of the server's and was never issued.
    UnknownToken,
    /// A token that does not look like one of the server's.
    Foreign,
    /// The client's id and secret, as `Authorization: Basic`.
    Basic,
    /// The token, as `Proxy-Authorization: Bearer`.
    ProxyAuthorization,
}

/// What comes of a question.
#[derive(Clone, Debug)]
pub struct Answer<'e> {
    /// What the token endpoint answers; none when a question about people needs no token.
    pub token: Option<TokenDecision>,
    /// The endpoint that is asked; none when only the token is asked for, or when there is no such endpoint.
    pub endpoint: Option<&'e Endpoint>,
    /// What the authz endpoint answers; none when only the token is asked for, or when there is none to ask with.
    pub authz: Option<AuthzDecision>,
}

/// Why a question cannot be put.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unaskable {
    /// Several endpoints read tokens, and none is named.
    SeveralEndpoints(Vec<String>),
    /// The URL has no scheme and host.
    NoUrl(String),
}

impl fmt::Display for Unaskable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unaskable::SeveralEndpoints(names) => write!(f, "several endpoints read tokens: {}", names.join(", ")),
            Unaskable::NoUrl(text) => write!(f, "'{text}' is no URL with a scheme and a host"),
        }
    }
}

impl std::error::Error for Unaskable {}

impl<'q> Question<'q> {
    /// What Uptime Kuma asks by default.
    pub fn of_monitor(client: &'q str, url: Option<&'q str>) -> Question<'q> {
        Question {
            client,
            url,
            endpoint: None,
            method: "GET",
            scope: Some(BEARER_SCOPE),
            audience: None,
            resource: None,
            has_right_secret: true,
            posts_secret: false,
            credential: Credential::Token,
            address: None,
            accept: UPTIME_KUMA_ACCEPT,
            login: None,
        }
    }

    /// What a person asks, or nobody, whose browser has a cookie or none.
    pub fn of_person(login: Option<&'q Login>, url: &'q str) -> Question<'q> {
        Question { credential: Credential::None, login, ..Question::of_monitor("", Some(url)) }
    }

    fn needs_token(&self) -> bool {
        matches!(self.credential, Credential::Token | Credential::ProxyAuthorization)
    }
}

impl Credential {
    /// Every one, with its name in documents.
    pub const ALL: [(Credential, &'static str); 6] = [
        (Credential::Token, "token"),
        (Credential::None, "none"),
        (Credential::UnknownToken, "unknown-token"),
        (Credential::Foreign, "foreign"),
        (Credential::Basic, "basic"),
        (Credential::ProxyAuthorization, "proxy-authorization"),
    ];

    /// Its name in documents.
    pub fn name(self) -> &'static str {
        Credential::ALL.iter().find(|(credential, _)| *credential == self).map_or("", |(_, name)| name)
    }
}

impl Answer<'_> {
    /// Whether the question is answered with yes: the URL is let through, or the token is issued when only that is asked for.
    pub fn is_allowed(&self) -> bool {
        match &self.authz {
            Some(authz) => authz.is_allowed(),
            None => self.endpoint.is_none() && self.token.as_ref().is_some_and(|token| token.status == 200),
        }
    }

    /// Every check in the server's order: those of the token endpoint, then those of the authz endpoint.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        let token = self.token.iter().flat_map(|token| &token.steps);
        token.chain(self.authz.iter().flat_map(|authz| &authz.steps))
    }

    /// The check that decides: the last one, unless it is only a remark.
    pub fn deciding(&self) -> Option<&Step> {
        let steps: Vec<&Step> = self.steps().collect();
        let is_remark = |step: &&&Step| step.outcome == super::StepOutcome::Skip;
        steps.iter().rfind(|step| !is_remark(step)).copied()
    }
}

impl Engine {
    /// Puts a question: the token request that a monitor would send, then the request that a right proxy would send.
    pub fn ask(&self, question: &Question<'_>) -> Result<Answer<'_>, Unaskable> {
        let target = question.url.map(MonitoredUrl::split).transpose()?;
        let endpoint = question.url.map(|_| self.endpoint_for(question.endpoint)).transpose()?;
        let host = self.portal_for(question, target.as_ref());
        let is_about_token = question.needs_token() || !question.client.is_empty();
        let token = is_about_token.then(|| self.token_for(question, host.as_deref()));
        let grant = token.as_ref().and_then(|token| token.grant.as_ref());
        let issuer = format!("https://{}", host.as_deref().unwrap_or_default());
        let known = grant.map(|grant| grant.token(&issuer));
        let (Some(target), Some(endpoint)) = (target, endpoint) else {
            return Ok(Answer { token, endpoint: None, authz: None });
        };
        let Some(endpoint) = endpoint else {
            return Ok(Answer { token, endpoint: None, authz: Some(no_endpoint(question.endpoint.unwrap_or_default())) });
        };
        if question.needs_token() && known.is_none() {
            return Ok(Answer { token, endpoint: Some(endpoint), authz: None });
        }
        let mut request = AuthzRequest::of_proxy(endpoint, &target, question.method);
        present(&mut request, question, known);
        let authz = if endpoint.route == endpoint.path { self.authz(endpoint, &request) } else { no_endpoint(&endpoint.name) };
        Ok(Answer { token, endpoint: Some(endpoint), authz: Some(authz) })
    }

    /// The endpoint of a name, or the only one that reads tokens. An inner none is a name that the server does not know. Where none reads
    /// tokens it is the first one.
    pub fn endpoint_for(&self, name: Option<&str>) -> Result<Option<&Endpoint>, Unaskable> {
        if let Some(name) = name {
            return Ok(self.endpoint(name));
        }
        let readers: Vec<&Endpoint> = self.endpoints().iter().filter(|endpoint| endpoint.bearer_strategy().is_some()).collect();
        match readers.as_slice() {
            [] => Ok(self.endpoints().first()),
            [only] => Ok(Some(only)),
            several => Err(Unaskable::SeveralEndpoints(several.iter().map(|endpoint| endpoint.name.to_string()).collect())),
        }
    }

    fn token_for(&self, question: &Question<'_>, portal: Option<&str>) -> TokenDecision {
        let audience: Vec<&str> = question.audience.into_iter().collect();
        let resource: Vec<&str> = question.resource.into_iter().collect();
        let has_right_secret = question.has_right_secret;
        self.token(&TokenRequest {
            issuer: portal.map(Issuer::portal),
            credentials: if question.posts_secret {
                ClientCredentials::body(question.client)
            } else {
                ClientCredentials::basic(question.client)
            },
            verify: &|_, _| has_right_secret,
            grant_type: Some(CLIENT_CREDENTIALS),
            scope: question.scope.filter(|scope| !scope.is_empty()),
            audience: &audience,
            resource: &resource,
        })
    }

    /// The portal at which a monitor asks for its token: that of what it monitors, or of what its client is for.
    fn portal_for(&self, question: &Question<'_>, target: Option<&MonitoredUrl>) -> Option<String> {
        let portal = |hosts: &[String]| self.portal_host(hosts.iter().map(String::as_str));
        let monitored: Vec<String> = target.and_then(MonitoredUrl::hostname).into_iter().collect();
        if !monitored.is_empty()
            && let Some(host) = portal(&monitored)
        {
            return Some(host);
        }
        let client: Vec<String> =
            self.client(question.client).map(|client| client.audience.hosts().collect()).unwrap_or_default();
        if monitored.is_empty() && client.is_empty() && !self.has_rule_hosts {
            return self.portal_host([]);
        }
        let of_client = if client.is_empty() { None } else { portal(&client) };
        of_client.or_else(|| self.portal_of_rules.clone())
    }
}

/// Puts what comes with the request into it.
fn present(request: &mut AuthzRequest, question: &Question<'_>, token: Option<KnownToken>) {
    let token = token.map(|token| Credentials::Bearer(Token::Known(token)));
    match question.credential {
        Credential::None => {}
        Credential::Token => request.authorization = token,
        Credential::ProxyAuthorization => request.proxy_authorization = token,
        Credential::UnknownToken => request.authorization = Some(Credentials::Bearer(Token::Unknown)),
        Credential::Foreign => request.authorization = Some(Credentials::Bearer(Token::Foreign)),
        Credential::Basic => request.authorization = Some(Credentials::Basic),
    }
    request.accept = Some(question.accept.to_owned());
    request.address = question.address;
    request.login = question.login.cloned();
}

/// The answer of a server that has no such endpoint.
fn no_endpoint(name: &str) -> AuthzDecision {
    let mut steps = Steps::default();
    steps.fail(Check::Endpoint, Some(Path::of("server.endpoints.authz")), format!("the server answers at no endpoint '{name}'"));
    AuthzDecision { steps: steps.0, ..AuthzDecision::plain(404) }
}
