//! The introspection endpoint: what a token was given, to any client that authenticates.

use std::sync::Arc;
use std::time::SystemTime;

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::client::{Presentation, text};
use super::{Body, authenticate, refused};
use crate::bearer::{ClientEndpoint, Refusal};
use crate::go::query::Query;
use crate::sandbox::answer::Answer;
use crate::sandbox::asked::Asked;
use crate::sandbox::reply::json;
use crate::sandbox::state::{Brain, Issue, Sandbox};
use crate::sandbox::tokens::Issued;

/// Answers an introspection request.
pub(super) async fn answer(sandbox: &Sandbox, brain: &Arc<Brain>, asked: &Asked, base: &str, body: Body) -> Answer {
    let refuse = |refusal: &Refusal, note: &str| Answer::because(refused(brain, refusal), note);
    let issuer = match brain.engine.issuer(&asked.issuer(base)) {
        Ok(issuer) => issuer,
        Err(invalid) => return refuse(&Refusal::invalid_request(), &format!("issuer: {invalid}")),
    };
    let form = match body {
        Body::Unreadable => return refuse(&Refusal::unreadable_body(), "the form cannot be read"),
        Body::Form(form) if form.is_empty() => return refuse(&Refusal::empty_body(), "there is no form"),
        Body::Form(form) => form,
    };
    let token = text(&form, "token").unwrap_or_default();
    if let Err((refusal, note)) = admit(sandbox, brain, asked, &form, &token).await {
        return refuse(&refusal, &note);
    }
    let scopes = text(&form, "scope").unwrap_or_default();
    let is_granted = |known: &Issued<Issue>| {
        let granted = &known.stands_for.grant.scopes;
        scopes.split(' ').filter(|scope| !scope.is_empty()).all(|scope| granted.iter().any(|own| own == scope))
    };
    match sandbox.tokens.get(&token, SystemTime::now()).filter(|known| is_granted(known)) {
        None => Answer::because(json(StatusCode::OK, &json!({"active": false})), "inactive"),
        Some(known) if known.stands_for.issuer != issuer => {
            refuse(&Refusal::invalid_request(), &format!("the token was issued by {}", known.stands_for.issuer))
        }
        Some(known) => {
            let document = describe(&known, brain.engine.behaviour().introspection_names_subject);
            Answer::because(json(StatusCode::OK, &document), format!("active, of {}", known.stands_for.grant.client))
        }
    }
}

/// Whether whoever asks may: a client, or the bearer of another token.
async fn admit(sandbox: &Sandbox, brain: &Arc<Brain>, asked: &Asked, form: &Query, token: &str) -> Result<(), (Refusal, String)> {
    if let Some(presented) = bearer(asked, form) {
        if presented == token {
            let refusal = Refusal::unauthorized_request("Bearer and introspection token are identical.");
            return Err((refusal, "the token vouches for itself".to_owned()));
        }
        if sandbox.tokens.get(&presented, SystemTime::now()).is_none() {
            let hint = "HTTP Authorization header missing, malformed, or credentials used are invalid.";
            return Err((Refusal::unauthorized_request(hint), "the bearer token is not known".to_owned()));
        }
        return Ok(());
    }
    let presentation = Presentation::read(asked, form);
    let client = authenticate(sandbox, brain, ClientEndpoint::Introspection, presentation).await;
    client.map(drop).map_err(|(_, note)| {
        let hint = "The request either did not include a known client authentication method, or contained invalid authentication details.";
        (Refusal::unauthorized_request(hint), note)
    })
}

/// A token by which whoever asks vouches for itself.
fn bearer(asked: &Asked, form: &Query) -> Option<String> {
    let header = asked.header("authorization").and_then(|header| header.split_once(' '));
    let token = match header {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Some(token.to_owned()),
        _ => text(form, "access_token").or_else(|| text(&Query::parse(asked.query.as_deref()?), "access_token")),
    };
    token.filter(|token| !token.is_empty())
}

/// The document of an active token, in the order of its keys.
fn describe(known: &Issued<Issue>, names_subject: bool) -> Map<String, Value> {
    let Issue { grant, issuer } = &known.stands_for;
    let at = |moment: SystemTime| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let mut document = Map::new();
    document.insert("active".to_owned(), true.into());
    if !grant.aud().is_empty() {
        document.insert("aud".to_owned(), grant.aud().into());
    }
    document.insert("client_id".to_owned(), grant.client.clone().into());
    document.insert("exp".to_owned(), at(known.expires).into());
    document.insert("iat".to_owned(), at(known.since).into());
    if names_subject {
        document.insert("iss".to_owned(), issuer.clone().into());
    }
    if !grant.scopes.is_empty() {
        document.insert("scope".to_owned(), grant.scopes.join(" ").into());
    }
    if names_subject {
        document.insert("sub".to_owned(), grant.client.clone().into());
    }
    document
}
