//! The OAuth 2.0 provider's endpoints.

mod basic;
mod client;
mod discovery;
mod form;
mod introspection;
mod jwks;
mod revocation;
mod signed;
mod token;

use std::cell::Cell;
use std::sync::Arc;

use axum::http::StatusCode;
use client::Presentation;
use serde_json::json;

use super::answer::{Answer, reason};
use super::asked::Asked;
use super::reply::{Reply, json, plain};
use super::state::{Brain, Sandbox};
use crate::bearer::{Client, ClientEndpoint, Presented, Refusal};
use crate::digest::Unverifiable;
use crate::go::query::Query;

/// The endpoints.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Endpoint {
    Token,
    Introspection,
    Revocation,
    OpenIdDiscovery,
    OAuth2Discovery,
    Jwks,
}

/// A request's form, as far as it can be read.
enum Body {
    Form(Query),
    Unreadable,
}

impl Endpoint {
    /// The endpoint at a path.
    pub(super) fn at(path: &str) -> Option<Endpoint> {
        Some(match path {
            "/api/oidc/token" => Endpoint::Token,
            "/api/oidc/introspection" => Endpoint::Introspection,
            "/api/oidc/revocation" => Endpoint::Revocation,
            "/.well-known/openid-configuration" => Endpoint::OpenIdDiscovery,
            "/.well-known/oauth-authorization-server" => Endpoint::OAuth2Discovery,
            "/jwks.json" => Endpoint::Jwks,
            _ => return None,
        })
    }

    /// The one verb that it takes.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Endpoint::Token | Endpoint::Introspection | Endpoint::Revocation => "POST",
            Endpoint::OpenIdDiscovery | Endpoint::OAuth2Discovery | Endpoint::Jwks => "GET",
        }
    }

    /// Answers a request with its verb. `base` is the sub-path that it uses.
    pub(super) async fn answer(self, sandbox: &Sandbox, brain: &Arc<Brain>, asked: &Asked, base: &str, body: Vec<u8>) -> Answer {
        if self.verb() == "GET" {
            return self.document(brain, asked, base);
        }
        let body = match form::read(asked.header("content-type"), body).await {
            Ok(form) => Body::Form(form),
            Err(form::Unreadable) => Body::Unreadable,
        };
        match self {
            Endpoint::Introspection => introspection::answer(sandbox, brain, asked, base, body).await,
            Endpoint::Revocation => revocation::answer(sandbox, brain, asked, base, body).await,
            _ => token::answer(sandbox, brain, asked, base, body).await,
        }
    }

    /// The documents that need an issuer and nothing else.
    fn document(self, brain: &Brain, asked: &Asked, base: &str) -> Answer {
        let issuer = match brain.engine.issuer(&asked.issuer(base)) {
            Ok(issuer) => issuer,
            Err(invalid) => return Answer::because(plain(StatusCode::BAD_REQUEST), format!("issuer: {invalid}")),
        };
        match self {
            Endpoint::Jwks => json(StatusCode::OK, &jwks::document(&brain.config)).into(),
            Endpoint::OAuth2Discovery => json(StatusCode::OK, &discovery::oauth2(&issuer, &brain.config)).into(),
            _ => json(StatusCode::OK, &discovery::openid(&issuer, &brain.config)).into(),
        }
    }
}

/// A refusal in the provider's form.
fn refused(brain: &Brain, refusal: &Refusal) -> Reply {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let with_debug = brain.config.oidc.as_ref().is_some_and(|oidc| oidc.debug_messages);
    let document = json!({"error": refusal.error, "error_description": refusal.description(with_debug)});
    json(status, &document)
}

/// The client that a request comes from, or why not, for the answer and for the log.
async fn authenticate(
    sandbox: &Sandbox,
    brain: &Arc<Brain>,
    endpoint: ClientEndpoint,
    presentation: Presentation,
) -> Result<String, (Refusal, String)> {
    let credentials = presentation.credentials.clone();
    let decision = decide(sandbox, brain, presentation, |verify| {
        let (client, steps) = brain.engine.client_at(endpoint, &credentials, verify);
        (client.map(|client| client.id.to_string()), steps)
    });
    match decision.await {
        Ok((client, steps)) => client.map_err(|refusal| (refusal, reason(&steps, &brain.config))),
        Err(unverifiable) => Err((Refusal::invalid_request(), unverifiable.to_string())),
    }
}

/// Decides what rests on a secret. The engine is asked once to learn whether a secret counts, and, when one does, once more with what
/// came of checking it, which takes its time elsewhere.
async fn decide<D>(
    sandbox: &Sandbox,
    brain: &Arc<Brain>,
    presentation: Presentation,
    ask: impl Fn(&dyn Fn(&Client, Presented) -> bool) -> D,
) -> Result<D, Unverifiable> {
    let (decision, counts) = {
        let counts = Cell::new(None);
        let decision = ask(&|client, which| {
            counts.set(Some((client.id.to_string(), which)));
            false
        });
        (decision, counts.take())
    };
    let Some((id, which)) = counts else { return Ok(decision) };
    let secret = presentation.into_secret(which);
    let is_right = sandbox.verification.check(Arc::clone(&brain.config), id, secret).await?;
    Ok(if is_right { ask(&|_, _| true) } else { decision })
}
