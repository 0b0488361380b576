//! The token endpoint.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use axum::http::{StatusCode, header};
use rand::rngs::SysRng;
use serde_json::json;

use super::client::{Presentation, text, texts};
use super::{Body, decide, refused, signed};
use crate::bearer::{Grant, RateLimited, Refusal, TokenDecision, TokenRequest};
use crate::sandbox::answer::{Answer, reason};
use crate::sandbox::asked::Asked;
use crate::sandbox::rate_limit::RateLimit;
use crate::sandbox::reply::{json, plain, with};
use crate::sandbox::state::{Brain, Issue, Sandbox};
use crate::sandbox::tokens::{self, Issued};

/// Answers a token request, unless its sender has asked too often.
pub(super) async fn answer(sandbox: &Sandbox, brain: &Arc<Brain>, asked: &Asked, base: &str, body: Body) -> Answer {
    let sender = asked.sender();
    if let Some(Err(wait)) = brain.limit.as_ref().map(|limit| limit.take(sender, Instant::now())) {
        return too_many(brain, wait);
    }
    let answer = granted(sandbox, brain, asked, base, body).await;
    if let Some(limit) = &brain.limit {
        settle(limit, sender, &answer, brain);
    }
    answer
}

async fn granted(sandbox: &Sandbox, brain: &Arc<Brain>, asked: &Asked, base: &str, body: Body) -> Answer {
    let issuer = asked.issuer(base);
    let form = match body {
        Body::Form(form) if !form.is_empty() => form,
        _ if brain.engine.issuer(&issuer).is_err() => return refuse(brain, &Refusal::invalid_request(), "issuer"),
        Body::Unreadable => return refuse(brain, &Refusal::unreadable_body(), "the form cannot be read"),
        Body::Form(_) => return refuse(brain, &Refusal::empty_body(), "there is no form"),
    };
    let presentation = Presentation::read(asked, &form);
    let credentials = presentation.credentials.clone();
    let (grant_type, scope) = (text(&form, "grant_type"), text(&form, "scope"));
    let (audience, resource) = (texts(&form, "audience"), texts(&form, "resource"));
    let (audience, resource) = (slices(&audience), slices(&resource));
    let decision = decide(sandbox, brain, presentation, |verify| {
        brain.engine.token(&TokenRequest {
            issuer: Some(issuer),
            credentials: credentials.clone(),
            verify,
            grant_type: grant_type.as_deref(),
            scope: scope.as_deref(),
            audience: &audience,
            resource: &resource,
        })
    });
    match decision.await {
        Err(unverifiable) => Answer::because(plain(StatusCode::SERVICE_UNAVAILABLE), unverifiable.to_string()),
        Ok(decision) => {
            let note = reason(&decision.steps, &brain.config);
            let issuer = brain.engine.issuer(&issuer).unwrap_or_default();
            conclude(sandbox, brain, decision, issuer, note)
        }
    }
}

fn conclude(sandbox: &Sandbox, brain: &Brain, decision: TokenDecision, issuer: String, note: String) -> Answer {
    match (decision.grant, decision.refusal) {
        (Some(grant), _) => issue(sandbox, grant, issuer),
        (None, Some(refusal)) => refuse(brain, &refusal, &note),
        (None, None) => Answer::because(plain(StatusCode::INTERNAL_SERVER_ERROR), note),
    }
}

/// Makes a token, remembers it and hands it out.
fn issue(sandbox: &Sandbox, grant: Grant, issuer: String) -> Answer {
    let since = SystemTime::now();
    let made = if grant.is_signed { signed::new_token(&grant, &issuer, since) } else { tokens::new_token(&mut SysRng) };
    let Ok(token) = made else {
        return Answer::because(plain(StatusCode::INTERNAL_SERVER_ERROR), "the operating system gives no randomness");
    };
    let note = format!("issued to {} for {}", grant.client, list(&grant.aud()));
    let document = json!({
        "access_token": token,
        // The server counts down from the moment of the request.
        "expires_in": grant.lifetime.saturating_sub(1),
        "scope": grant.scopes.join(" "),
        "token_type": "bearer",
    });
    let expires = since + Duration::from_secs(grant.lifetime);
    sandbox.tokens.insert(&token, Issued { stands_for: Issue { grant, issuer }, since, expires });
    Answer::because(json(StatusCode::OK, &document), note)
}

fn list(audience: &[&str]) -> String {
    if audience.is_empty() { "no audience".to_owned() } else { audience.join(" ") }
}

fn refuse(brain: &Brain, refusal: &Refusal, note: &str) -> Answer {
    Answer::because(refused(brain, refusal), note)
}

/// Gives the request back to the buckets when its answer does not count.
fn settle(limit: &RateLimit, sender: IpAddr, answer: &Answer, brain: &Brain) {
    let is_free = brain.engine.behaviour().rate_limited == RateLimited::Failures && answer.reply.status() == StatusCode::OK;
    if is_free {
        limit.give_back(sender);
    }
}

fn too_many(brain: &Brain, wait: Duration) -> Answer {
    let note = format!("rate limit: the next request is possible in {} s", wait.as_secs_f64().ceil());
    let reply = if brain.engine.behaviour().rate_limited == RateLimited::Failures {
        let document = json!({
            "error": "temporarily_unavailable",
            "error_description": "Too many requests. The endpoint is temporarily unavailable. Try again later.",
        });
        with(json(StatusCode::TOO_MANY_REQUESTS, &document), header::RETRY_AFTER, &format!("{}", wait.as_secs_f64().ceil()))
    } else {
        let moment = httpdate::fmt_http_date(SystemTime::now() + wait);
        let document = json!({"status": "KO", "message": "Too Many Requests"});
        with(json(StatusCode::TOO_MANY_REQUESTS, &document), header::RETRY_AFTER, &moment)
    };
    Answer::because(reply, note)
}

fn slices(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
