//! The token: asked for, looked into, given back.

use serde_json::Value;
use url::Url;

use super::portal::{below, texts};
use super::{Journey, request};
use crate::bearer::is_opaque_access_token;
use crate::probe::Step;
use crate::probe::plan::TokenPlan;
use crate::probe::transcript::{
    Granted, Introspection, Observation, Refusal, Revocation, Skip, TokenExchange, TokenFacts, TokenForm, Transcript,
};
use crate::probe::wallet::{Issued, Token};
use crate::scrub::Scrub;
use crate::secret::Secret;

impl Journey<'_> {
    /// The token request and everything that needs its token.
    pub(super) async fn with_token(&self) -> Transcript {
        let wallet = &self.prober.wallet;
        if !self.plan.selection.asks_token() {
            wallet.release(&self.plan.token, self.secret);
            return Transcript::default();
        }
        (self.on_step)(Step::Token);
        let shared = wallet.shared(&self.plan.token, self.secret, async || self.ask(&self.plan.token).await).await;
        let Some(issued) = shared.issued() else {
            wallet.release(&self.plan.token, self.secret);
            return Transcript { token: Observation::Skipped(Skip::Rationed), ..self.without_a_token() };
        };
        let mut transcript = match &issued.token {
            Some(token) => self.with_this(token).await,
            None => self.without_a_token(),
        };
        transcript.token = Observation::Made(issued.seen.clone());
        transcript.experiment = self.experiment(&transcript).await;
        let is_last = wallet.release(&self.plan.token, self.secret);
        if let Some(token) = &issued.token {
            transcript.revocation = self.revocation(token, is_last).await;
        }
        transcript
    }

    async fn with_this(&self, token: &Token) -> Transcript {
        let introspection = self.introspection(token).await;
        let authz = self.authz(token).await;
        let application = self.application(token).await;
        let looked_into = match introspection.made() {
            None if self.outside_needs_facts() => Some(self.introspect(token).await),
            _ => None,
        };
        let facts = introspection.made().or(looked_into.as_ref()).and_then(|seen| seen.token.as_ref());
        let outside_audience = self.outside_audience(token, facts).await;
        Transcript { introspection, authz, application, outside_audience, ..Transcript::default() }
    }

    /// One token request.
    pub(super) async fn ask(&self, plan: &TokenPlan) -> Issued {
        let url = self.portal_side(&plan.url);
        let request = request::token(self.plan, plan, &url, self.secret);
        let (exchange, body) = self.send_and_learn(request, |body| self.scrub_answer(body)).await;
        let scrub = self.scrub_answer(&body);
        let document: Value = serde_json::from_slice(&body).unwrap_or_default();
        let text = |name: &str| document[name].as_str();
        let token = text("access_token").filter(|token| exchange.status() == Some(200) && !token.is_empty()).map(|token| Token {
            // Uptime Kuma sends the type back as it came.
            kind: text("token_type").unwrap_or("undefined").to_owned(),
            text: Secret::new(token.to_owned()),
        });
        let granted = token.as_ref().map(|token| Granted {
            scope: text("scope").map(|scope| scrub.clean(scope)),
            seconds: document["expires_in"].as_u64(),
            token_type: text("token_type").map(|kind| scrub.clean(kind)),
            form: form(token.text.expose()),
        });
        let refusal = if token.is_some() { None } else { refusal(&document, &scrub) };
        Issued { seen: TokenExchange { exchange, granted, refusal }, token }
    }

    /// What a token's answer may show: nothing of the tokens in it, whatever its status.
    fn scrub_answer(&self, body: &[u8]) -> Scrub {
        let document: Value = serde_json::from_slice(body).unwrap_or_default();
        let read = TOKENS.iter().filter_map(|name| document[name].as_str()).map(str::to_owned);
        let tokens: Vec<Secret> = read.chain(written_tokens(&String::from_utf8_lossy(body))).map(Secret::new).collect();
        self.scrub(&tokens.iter().collect::<Vec<_>>())
    }

    async fn introspection(&self, token: &Token) -> Observation<Introspection> {
        if !self.begins(Step::Introspection) {
            return Observation::Unwanted;
        }
        Observation::Made(self.introspect(token).await)
    }

    async fn introspect(&self, token: &Token) -> Introspection {
        let url = self.portal_side(&self.beside_token("introspection"));
        let scrub = self.scrub(&[&token.text]);
        let (exchange, body) = self.send_token(request::about(self.plan, &url, self.secret, &token.text), token).await;
        let document: Value = serde_json::from_slice(&body).unwrap_or_default();
        let facts = document["active"].as_bool().filter(|_| exchange.status() == Some(200)).map(|is_active| TokenFacts {
            is_active,
            scope: scrub.clean(document["scope"].as_str().unwrap_or_default()),
            audience: texts(&document["aud"]).map(|audience| scrub.clean(audience)).collect(),
            expires: document["exp"].as_u64(),
            client_id: document["client_id"].as_str().map(|id| scrub.clean(id)),
            has_issuer: document["iss"].is_string(),
        });
        let refusal = if facts.is_some() { None } else { refusal(&document, &scrub) };
        Introspection { exchange, token: facts, refusal }
    }

    async fn revocation(&self, token: &Token, is_last: bool) -> Observation<Revocation> {
        if !is_last {
            return self.skip(Step::Revocation, Skip::StillInUse);
        }
        if !self.begins(Step::Revocation) {
            return Observation::Unwanted;
        }
        let (exchange, refusal) = self.revoke(token).await;
        let is_accepted = exchange.status() == Some(200);
        let after = if is_accepted { Some(self.introspect(token).await) } else { None };
        let is_still_active = after.and_then(|seen| seen.token).map(|token| token.is_active);
        Observation::Made(Revocation { exchange, refusal, is_still_active })
    }

    pub(super) async fn revoke(&self, token: &Token) -> (crate::probe::transcript::Exchange, Option<Refusal>) {
        let url = self.portal_side(&self.beside_token("revocation"));
        let (exchange, body) = self.send_token(request::about(self.plan, &url, self.secret, &token.text), token).await;
        let document: Value = serde_json::from_slice(&body).unwrap_or_default();
        (exchange, refusal(&document, &self.scrub(&[&token.text])))
    }

    /// An endpoint next to the token endpoint, at the same origin: what discovery names may be another host.
    fn beside_token(&self, name: &str) -> Url {
        let token = &self.plan.token.url;
        match token.path().strip_suffix("/token") {
            Some(folder) => {
                let mut url = token.clone();
                url.set_path(&format!("{folder}/{name}"));
                url.set_query(None);
                url
            }
            None => below(&self.plan.portal, &format!("/api/oidc/{name}")),
        }
    }
}

/// Where tokens are in a token's answer.
const TOKENS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// The tokens of a document that may be cut or broken, as they are written in it.
fn written_tokens(body: &str) -> Vec<String> {
    let values = TOKENS.iter().flat_map(|name| body.split(name).skip(1));
    let token = |rest: &str| {
        let text = rest.strip_prefix('"')?.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        text.split(['"', '\u{fffd}']).next().filter(|token| !token.is_empty()).map(str::to_owned)
    };
    values.filter_map(token).collect()
}

/// An OAuth 2.0 error document.
fn refusal(document: &Value, scrub: &Scrub) -> Option<Refusal> {
    let error = document["error"].as_str()?;
    let description = document["error_description"].as_str().unwrap_or_default();
    Some(Refusal { error: scrub.clean(error), description: scrub.clean(description) })
}

fn form(token: &str) -> TokenForm {
    match () {
        () if is_opaque_access_token(token) => TokenForm::Opaque,
        () if token.split('.').count() == 3 && token.starts_with("ey") => TokenForm::Signed,
        () => TokenForm::Foreign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_in_what_is_no_document() {
        let cut = r#"{"access_token": "marker-1", "access_token" :"marker-2","id_token":5,"refresh_token":"marker-3"#;
        assert_eq!(written_tokens(cut), ["marker-1", "marker-2", "marker-3"]);
        assert_eq!(written_tokens(r#"{"access_token":"","error":"access_token"}"#), Vec::<String>::new());
    }
}
