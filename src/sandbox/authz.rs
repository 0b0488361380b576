//! The authz endpoints: a proxy's request in the words of the decision engine, and its answer in those of HTTP.

use std::time::SystemTime;

use axum::http::{HeaderName, StatusCode, header};

use super::answer::{Answer, reason};
use super::asked::Asked;
use super::reply::{Reply, html, text, with};
use super::state::{Brain, Sandbox};
use crate::bearer::{AuthzDecision, AuthzRequest, Credentials, KnownToken, Route, TokenState};
use crate::go::query::Query;

/// Answers a proxy. `expired` says that its token counts as expired, whatever it is.
pub(super) fn answer(sandbox: &Sandbox, brain: &Brain, asked: &Asked, route: Route<'_, '_>, expired: bool) -> Answer {
    let lookup = |token: &str| known(sandbox, token, expired);
    let read = |name: &str| asked.header(name).filter(|value| !value.is_empty()).map(|value| Credentials::read(value, lookup));
    let query = Query::parse(asked.query.as_deref().unwrap_or_default());
    let parameter = |name: &str| query.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let owned = |name: &str| asked.header(name).map(str::to_owned);
    let decision = brain.engine.authz(
        route.endpoint,
        &AuthzRequest {
            verb: asked.method.clone(),
            host: asked.host().to_owned(),
            uri: asked.uri(),
            rest: route.rest.map(str::to_owned),
            base: route.base.to_owned(),
            forwarded_proto: asked.proto().map(str::to_owned),
            forwarded_host: owned("x-forwarded-host"),
            forwarded_uri: owned("x-forwarded-uri"),
            forwarded_method: owned("x-forwarded-method"),
            original_url: owned("x-original-url"),
            original_method: owned("x-original-method"),
            authelia_url_header: owned("x-authelia-url"),
            authelia_url: parameter("authelia_url"),
            rd: parameter("rd"),
            auth: parameter("auth"),
            accept: owned("accept"),
            is_xhr: asked.header("x-requested-with").is_some_and(|value| value.eq_ignore_ascii_case("XMLHttpRequest")),
            address: Some(asked.sender()),
            authorization: read("authorization"),
            proxy_authorization: read("proxy-authorization"),
            login: None,
        },
    );
    Answer::because(reply(&decision), note(&decision, brain))
}

/// A token that was issued here, as far as it is remembered.
fn known(sandbox: &Sandbox, token: &str, expired: bool) -> Option<KnownToken> {
    let issued = sandbox.tokens.get(token, SystemTime::now())?;
    let known = issued.stands_for.grant.token(&issued.stands_for.issuer);
    Some(KnownToken { state: if expired { TokenState::Expired } else { known.state }, ..known })
}

fn reply(decision: &AuthzDecision) -> Reply {
    let status = StatusCode::from_u16(decision.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut reply = match &decision.location {
        Some(location) => with(html(status, decision.body()), header::LOCATION, location),
        None => text(status, "text/plain; charset=utf-8", decision.body()),
    };
    if decision.body().is_empty() {
        reply.headers_mut().remove(header::CONTENT_TYPE);
    }
    if let Some(challenge) = decision.challenge {
        let name = HeaderName::from_bytes(challenge.header.as_bytes()).unwrap_or(header::WWW_AUTHENTICATE);
        reply = with(reply, name, challenge.value());
    }
    reply
}

fn note(decision: &AuthzDecision, brain: &Brain) -> String {
    let reason = reason(&decision.steps, &brain.config);
    match &decision.object {
        Some(object) => format!("for {} {}{}: {reason}", object.method, object.host(), String::from_utf8_lossy(&object.url.path)),
        None => reason,
    }
}
