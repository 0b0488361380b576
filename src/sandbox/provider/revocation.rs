//! The revocation endpoint: a client gives its token up.

use std::sync::Arc;
use std::time::SystemTime;

use super::client::{Presentation, text};
use super::{Body, authenticate, refused};
use crate::bearer::{ClientEndpoint, Refusal};
use crate::sandbox::answer::Answer;
use crate::sandbox::asked::Asked;
use crate::sandbox::reply::empty;
use crate::sandbox::state::{Brain, Sandbox};

/// Answers a revocation request. Errors are told without what they are about.
pub(super) async fn answer(sandbox: &Sandbox, brain: &Arc<Brain>, asked: &Asked, base: &str, body: Body) -> Answer {
    let refuse = |refusal: &Refusal, note: &str| Answer::because(refused(brain, refusal), note);
    if let Err(invalid) = brain.engine.issuer(&asked.issuer(base)) {
        return refuse(&Refusal::invalid_request(), &format!("issuer: {invalid}"));
    }
    let form = match body {
        Body::Unreadable => return refuse(&Refusal::invalid_request(), "the form cannot be read"),
        Body::Form(form) if form.is_empty() => return refuse(&Refusal::invalid_request(), "there is no form"),
        Body::Form(form) => form,
    };
    let presentation = Presentation::read(asked, &form);
    let client = match authenticate(sandbox, brain, ClientEndpoint::Revocation, presentation).await {
        Ok(client) => client,
        Err((refusal, note)) => return refuse(&refusal.without_particulars(), &note),
    };
    let token = text(&form, "token").unwrap_or_default();
    let note = match sandbox.tokens.get(&token, SystemTime::now()) {
        Some(issued) if issued.stands_for.grant.client != client => {
            return refuse(&Refusal::token_of_another_client(), "the token belongs to another client");
        }
        Some(_) => "revoked",
        None => "nothing to revoke",
    };
    sandbox.tokens.revoke(&token);
    Answer::because(empty(), note)
}
