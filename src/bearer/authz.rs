//! An authz endpoint: who asks for what, may it be, and what is answered.

use std::net::IpAddr;

use super::answer::{AuthzDecision, Challenge, Identity};
use super::credentials::Credentials;
use super::endpoint::{Endpoint, Implementation};
use super::engine::Engine;
use super::forwarded::named_portal;
use super::step::{Check, Steps};
use super::strategy::Learned;
use crate::access::{Evaluation, Level, Object};
use crate::config::Path;
use crate::go::url::Url;

/// A proxy's request to an authz endpoint. A header or parameter that is sent empty is `Some` of the empty text.
#[derive(Clone, Debug, Default)]
pub struct AuthzRequest {
    /// The verb of the request line.
    pub verb: String,
    /// `Host`
    pub host: String,
    /// Path and query of the request line.
    pub uri: String,
    /// What follows the endpoint's path and a slash, as written, without the query; none when nothing does.
    pub rest: Option<String>,
    /// The sub-path of `server.address` when the request uses it; empty otherwise.
    pub base: String,
    /// `X-Forwarded-Proto`
    pub forwarded_proto: Option<String>,
    /// `X-Forwarded-Host`
    pub forwarded_host: Option<String>,
    /// `X-Forwarded-URI`
    pub forwarded_uri: Option<String>,
    /// `X-Forwarded-Method`
    pub forwarded_method: Option<String>,
    /// `X-Original-URL`
    pub original_url: Option<String>,
    /// `X-Original-Method`
    pub original_method: Option<String>,
    /// `X-Authelia-URL`
    pub authelia_url_header: Option<String>,
    /// The parameter `authelia_url`.
    pub authelia_url: Option<String>,
    /// The parameter `rd`.
    pub rd: Option<String>,
    /// The parameter `auth`.
    pub auth: Option<String>,
    /// `Accept`
    pub accept: Option<String>,
    /// Whether `X-Requested-With` is `XMLHttpRequest`.
    pub is_xhr: bool,
    /// Where the request comes from: the first address of `X-Forwarded-For`, else the peer's; none when that is not known.
    pub address: Option<IpAddr>,
    /// `Authorization`
    pub authorization: Option<Credentials>,
    /// `Proxy-Authorization`
    pub proxy_authorization: Option<Credentials>,
    /// Whose session the cookie is of.
    pub login: Option<Login>,
}

/// A person who is logged in at the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Login {
    /// The user's name.
    pub user: String,
    /// The user's groups.
    pub groups: Vec<String>,
    /// Whether a second factor was given.
    pub has_second_factor: bool,
}

/// How surely it is known who asks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Assurance {
    Nobody,
    OneFactor,
    TwoFactor,
}

/// The portal is not known, and the request is refused for it.
struct NoPortal;

impl Engine {
    /// What an authz endpoint answers.
    pub fn authz(&self, endpoint: &Endpoint, request: &AuthzRequest) -> AuthzDecision {
        let mut steps = Steps::default();
        let mut decision = self.decide(endpoint, request, &mut steps);
        decision.steps = steps.0;
        decision
    }

    fn decide(&self, endpoint: &Endpoint, request: &AuthzRequest, steps: &mut Steps) -> AuthzDecision {
        if !endpoint.takes_verb(&request.verb) {
            let detail = format!(
                "{} endpoints answer GET and HEAD only, and the proxy sends {}",
                endpoint.implementation.name(),
                request.verb
            );
            steps.fail(Check::Endpoint, Some(endpoint.config_path().key("implementation")), detail);
            return AuthzDecision::plain(405);
        }
        let name = endpoint.implementation.name();
        steps.pass(Check::Endpoint, Some(endpoint.config_path()), format!("{} answers as {name}", endpoint.path));
        let refused = AuthzDecision::plain(endpoint.bad_request());
        let Some(object) = self.read_object(endpoint, request, steps) else { return refused };
        let Ok(portal) = self.find_portal(endpoint, request, &object, steps) else {
            return AuthzDecision { object: Some(object), ..refused };
        };
        let learned = self.learn(endpoint, request, &object, steps);
        let mut decision = self.answer(endpoint, request, &object, portal.as_ref(), &learned, steps);
        decision.identity = learned.identity;
        decision.address = request.address;
        decision.object = Some(object);
        decision
    }

    /// The target, when it may be protected at all.
    fn read_object(&self, endpoint: &Endpoint, request: &AuthzRequest, steps: &mut Steps) -> Option<Object> {
        let object = match self.target_of(endpoint.implementation, request) {
            Ok(object) => object,
            Err(reason) => {
                steps.fail(Check::Request, Some(endpoint.config_path().key("implementation")), reason);
                return None;
            }
        };
        steps.pass(Check::Request, None, format!("the request is {} {}", object.method, object.url));
        let scheme = &object.url.scheme;
        if !matches!(scheme.as_str(), "https" | "wss") {
            steps.fail(Check::SecureScheme, None, format!("the scheme is '{scheme}', and only 'https' and 'wss' are protected"));
            return None;
        }
        steps.pass(Check::SecureScheme, None, format!("the scheme is '{scheme}'"));
        Some(object)
    }

    /// The portal to send people to; none when nobody is sent anywhere, which only Legacy endpoints put up with.
    fn find_portal(
        &self,
        endpoint: &Endpoint,
        request: &AuthzRequest,
        object: &Object,
        steps: &mut Steps,
    ) -> Result<Option<Url>, NoPortal> {
        let cookies = Path::of("session.cookies");
        let Some(cookie) = self.cookie_of(object.host()) else {
            steps.fail(Check::CookieDomain, Some(cookies), format!("no session cookie covers the host '{}'", object.host()));
            return Err(NoPortal);
        };
        let detail = format!("the session cookie of '{}' covers the host '{}'", cookie.domain, object.host());
        steps.pass(Check::CookieDomain, Some(cookie.domain_path()), detail);
        let is_legacy = endpoint.implementation == Implementation::Legacy;
        let named = match named_portal(endpoint.implementation, request) {
            Ok(named) => named,
            Err(reason) => {
                steps.fail(Check::Portal, None, reason);
                return Err(NoPortal);
            }
        };
        if let Some(named) = named {
            let is_checked = !is_legacy || self.behaviour.checks_legacy_portal;
            if is_checked && !self.is_within(&named.hostname(), &cookie.domain) {
                let detail = format!("the proxy names the portal '{named}', which is not within '{}'", cookie.domain);
                steps.fail(Check::Portal, Some(cookie.domain_path()), detail);
                return Err(NoPortal);
            }
            steps.pass(Check::Portal, None, format!("the proxy names the portal '{named}'"));
            return Ok(Some(named));
        }
        if is_legacy {
            steps.pass(Check::Portal, None, "the proxy names no portal, so nobody is sent to one");
            return Ok(None);
        }
        let Some(portal) = &cookie.portal else {
            let detail = format!("no authelia_url is known for '{}', and the proxy names none", cookie.domain);
            steps.fail(Check::Portal, Some(cookie.portal_path()), detail);
            return Err(NoPortal);
        };
        steps.pass(Check::Portal, Some(cookie.portal_path()), format!("the portal is '{portal}'"));
        Ok(Some(portal.clone()))
    }

    /// Holds who asks against the access rules.
    fn answer(
        &self,
        endpoint: &Endpoint,
        request: &AuthzRequest,
        object: &Object,
        portal: Option<&Url>,
        learned: &Learned,
        steps: &mut Steps,
    ) -> AuthzDecision {
        if learned.is_refused && self.behaviour.headers_are_final {
            return learned.challenge();
        }
        let subject = self.subject(&learned.identity).from(request.address);
        let evaluation = self.policy.evaluate(&subject, object);
        let (allowed, forbidden) = (AuthzDecision::plain(200), AuthzDecision::plain(403));
        let decision = match (evaluation.level, learned.assurance) {
            (Level::Bypass, _)
            | (Level::OneFactor, Assurance::OneFactor)
            | (Level::OneFactor | Level::TwoFactor, Assurance::TwoFactor) => allowed,
            _ if learned.is_refused => learned.challenge(),
            (Level::Deny, assurance) if assurance != Assurance::Nobody || !evaluation.has_subject => forbidden,
            _ if learned.strategy.answers() => learned.challenge(),
            _ => redirect(endpoint.implementation, request, object, portal),
        };
        explain_rule(&evaluation, &decision, learned, steps);
        AuthzDecision { evaluation: Some(evaluation), ..decision }
    }
}

/// The last step: the rule, or what kept the request from having an identity.
fn explain_rule(evaluation: &Evaluation, decision: &AuthzDecision, learned: &Learned, steps: &mut Steps) {
    let is_allowed = decision.status == 200;
    if learned.is_refused && !is_allowed {
        return;
    }
    if let Some((reason, path)) = learned.unheard.as_ref().filter(|_| !is_allowed && decision.status != 403) {
        steps.fail(Check::Strategy, Some(path.clone()), reason.clone());
        return;
    }
    let rule = match evaluation.rule {
        Some(index) => format!("rule #{}", index + 1),
        None => "no rule matches, so the default policy".to_owned(),
    };
    let level = evaluation.level;
    let who = &learned.identity;
    let detail = match level {
        Level::Bypass if learned.is_refused => format!("{rule} asks nothing ({level}), so the refused credentials do not matter"),
        Level::Bypass => format!("{rule} asks nothing ({level})"),
        Level::Deny if !is_allowed => format!("{rule} lets nobody pass ({level})"),
        _ if is_allowed => format!("{rule} asks for {level}, which {who} has"),
        Level::TwoFactor if *who != Identity::Nobody => format!("{rule} asks for {level}, and {who} has one factor only"),
        _ => format!("{rule} asks for {level}, and {who} is logged in"),
    };
    let path = policy_path(evaluation);
    if is_allowed {
        steps.pass(Check::AccessControl, Some(path), detail);
    } else {
        steps.fail(Check::AccessControl, Some(path), detail);
    }
    if let Some(index) = evaluation.undecided {
        let path = rule_path(index).key("networks");
        steps.skip(Check::AccessControl, Some(path), format!("rule #{} would decide for an address in its networks", index + 1));
    }
}

/// Where what the rules say is written.
fn policy_path(evaluation: &Evaluation) -> Path {
    match evaluation.rule {
        Some(index) => rule_path(index).key("policy"),
        None => Path::of("access_control.default_policy"),
    }
}

/// Where a rule is written.
pub(super) fn rule_path(index: usize) -> Path {
    Path::of("access_control.rules").index(index)
}

/// The way to the portal, in the manner of the implementation.
fn redirect(implementation: Implementation, request: &AuthzRequest, object: &Object, portal: Option<&Url>) -> AuthzDecision {
    let wants_page = !request.is_xhr && accepts_html(request.accept.as_deref().unwrap_or_default());
    let status = match object.method.as_str() {
        _ if implementation == Implementation::AuthRequest || !wants_page || portal.is_none() => 401,
        "GET" | "HEAD" | "OPTIONS" => 302,
        _ => 303,
    };
    AuthzDecision { location: portal.map(|portal| location(portal, object)), ..AuthzDecision::plain(status) }
}

/// Whether a page would do: `text/html` anywhere, or everything in the first place.
fn accepts_html(accept: &str) -> bool {
    let mut types = accept.split(',').map(|part| part.split(';').next().unwrap_or_default().trim_matches(' '));
    types.next().is_some_and(|first| matches!(first, "text/html" | "*/*")) || types.any(|other| other == "text/html")
}

/// The portal's address with the way back, as the server's HTTP library writes it.
fn location(portal: &Url, object: &Object) -> String {
    let mut query = portal.query();
    query.set("rd", &object.url.to_string());
    query.set("rm", &object.method);
    let mut path = crate::go::path::clean(if portal.path.is_empty() { b"/" } else { &portal.path });
    if path.len() > 1 && portal.path.ends_with(b"/") {
        path.push(b'/');
    }
    let path = crate::go::escape::escape(&path, crate::go::escape::Part::Path);
    let host = String::from_utf8_lossy(&portal.host).to_lowercase();
    format!("{}://{host}{path}?{}", portal.scheme, query.encode())
}

impl Learned {
    /// The answer of the strategy itself.
    fn challenge(&self) -> AuthzDecision {
        let (status, header) = self.strategy.challenge();
        let challenge = Challenge { header, is_bearer: self.is_bearer_refused };
        AuthzDecision { challenge: Some(challenge), ..AuthzDecision::plain(status) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_wanted_where_the_server_thinks_so() {
        for (accept, expected) in [
            ("*/*", true),
            ("text/html;q=0.1", true),
            ("a/b, */*", false),
            ("a/b , text/html", true),
            ("", false),
            ("text/*", false),
        ] {
            assert_eq!(accepts_html(accept), expected, "{accept}");
        }
    }

    #[test]
    fn the_way_back_is_escaped_and_sorted() {
        let object = Object::new(Url::parse("https://a.b/x?y=1&z").unwrap(), "GET");
        for (portal, expected) in [
            ("https://Auth.b", "https://auth.b/?rd=https%3A%2F%2Fa.b%2Fx%3Fy%3D1%26z&rm=GET"),
            ("https://auth.b/sub/?theme=x", "https://auth.b/sub/?rd=https%3A%2F%2Fa.b%2Fx%3Fy%3D1%26z&rm=GET&theme=x"),
        ] {
            assert_eq!(location(&Url::parse(portal).unwrap(), &object), expected);
        }
    }
}
