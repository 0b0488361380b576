//! What the configuration makes the server answer at each step, by the decision engine.

use super::Step;
use super::plan::Plan;
use super::result::Deciding;
use super::transcript::{Exchange, Transcript};
use crate::bearer::{
    Answer, AuthzDecision, ClientCredentials, Credential, Engine, Issuer, Question, TokenDecision, TokenRequest,
};
use crate::config::client::{BEARER_SCOPE, CLIENT_CREDENTIALS};
use crate::config::{Config, Path};
use crate::monitor::EndpointMethod;
use crate::secret::Secret;

/// What the configuration makes the server answer.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// What is reported of the assumed release and was never measured, where an answer rests on it.
    pub reservation: Option<String>,
    /// Whether the secret is the client's; none when the token's answer did not raise the question.
    pub secret_matches: Option<bool>,
    steps: Vec<(Step, Expectation)>,
}

/// What one step should come to.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The status; none where a proxy or an application may make another one of it.
    pub status: Option<u16>,
    /// Whether the request is let in; none where that is not the question.
    pub lets_in: Option<bool>,
    /// The whole in words.
    pub words: String,
    /// The line that decides.
    pub deciding: Option<Deciding>,
}

impl Expectations {
    /// What the configuration makes of a plan. The transcript tells which URL was asked outside the audience, and whether the secret is in
    /// question: checking it costs what its digest costs.
    pub fn new(plan: &Plan, secret: &Secret, transcript: &Transcript, config: &Config, engine: &Engine) -> Expectations {
        let is_refused = transcript.token.made().and_then(|token| token.refusal.as_ref());
        let is_in_question = is_refused.is_some_and(|refusal| refusal.error == "invalid_client");
        let secret_matches = if is_in_question { secret_matches(plan, secret, config) } else { None };
        // A refusal that nothing contradicts is a wrong secret.
        let has_right_secret = !is_in_question || secret_matches == Some(true);
        let mut expectations = Expectations { secret_matches, ..Expectations::default() };
        let url = plan.literal_url();
        let outside = transcript.outside_audience.made().map(Exchange::about);
        let asked = [
            (Step::Authz, Some(&*url), Credential::Token),
            (Step::Application, Some(&*url), Credential::Token),
            (Step::WithoutToken, Some(&*url), Credential::None),
            (Step::UnknownToken, Some(&*url), Credential::UnknownToken),
            (Step::OutsideAudience, outside, Credential::Token),
        ];
        if let Some(token) = token(plan, engine, has_right_secret) {
            expectations.steps.push((Step::Token, of_token(&token, config)));
            expectations.steps.extend(of_grant(&token).map(|grant| (Step::Introspection, grant)));
        }
        for (step, url, credential) in asked {
            let mut question = Question { has_right_secret, ..question(plan, url, credential) };
            if step != Step::Authz {
                // The proxy may ask another endpoint than the one that is asked directly.
                question.endpoint = question.endpoint.filter(|name| engine.endpoint(name).is_some());
            }
            let Some(Ok(answer)) = url.map(|_| engine.ask(&question)) else { continue };
            let rests_on_report = answer.steps().any(|step| step.reported);
            expectations.reservation =
                expectations.reservation.or(engine.target().reported().filter(|_| rests_on_report).map(str::to_owned));
            if step == Step::Authz && !is_asked_rightly(plan, &answer) {
                continue;
            }
            expectations.steps.extend(answer.authz.as_ref().map(|authz| (step, of_access(step, authz, &answer, config))));
        }
        expectations
    }

    /// What one step should come to; none when the configuration does not tell.
    pub fn of(&self, step: Step) -> Option<&Expectation> {
        self.steps.iter().find(|(one, _)| *one == step).map(|(_, expectation)| expectation)
    }
}

fn question<'q>(plan: &'q Plan, url: Option<&'q str>, credential: Credential) -> Question<'q> {
    Question {
        endpoint: plan.authz.as_ref().map(|authz| &*authz.endpoint),
        method: &plan.method,
        scope: Some(&plan.token.scope),
        audience: plan.token.audience.as_deref(),
        resource: plan.token.resource.as_deref(),
        posts_secret: plan.token.method == EndpointMethod::Post,
        credential,
        address: plan.authz.as_ref().and_then(|authz| authz.ip),
        ..Question::of_monitor(&plan.token.client_id, url)
    }
}

/// Whether the endpoint is asked as its implementation wants it: the engine tells what it answers then.
fn is_asked_rightly(plan: &Plan, answer: &Answer<'_>) -> bool {
    let asked = plan.authz.as_ref().map(|authz| authz.implementation);
    asked.is_none() || answer.endpoint.is_none_or(|endpoint| asked == Some(endpoint.implementation))
}

/// What the token endpoint answers, asked by the token URL; none when that is no token endpoint.
fn token(plan: &Plan, engine: &Engine, has_right_secret: bool) -> Option<TokenDecision> {
    let url = &plan.token.url;
    let base = url.path().strip_suffix("/api/oidc/token").filter(|_| engine.has_provider())?;
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let id = &*plan.token.client_id;
    let (audience, resource) = (plan.token.audience.as_deref(), plan.token.resource.as_deref());
    Some(engine.token(&TokenRequest {
        issuer: Some(Issuer { proto: Some(url.scheme()), base, ..Issuer::portal(host) }),
        credentials: match plan.token.method {
            EndpointMethod::Basic => ClientCredentials::basic(id),
            EndpointMethod::Post => ClientCredentials::body(id),
        },
        verify: &|_, _| has_right_secret,
        grant_type: Some(CLIENT_CREDENTIALS),
        scope: Some(&*plan.token.scope).filter(|scope| !scope.is_empty()),
        audience: audience.as_slice(),
        resource: resource.as_slice(),
    }))
}

fn of_token(token: &TokenDecision, config: &Config) -> Expectation {
    let last = token.steps.last();
    Expectation {
        status: Some(token.status),
        lets_in: None,
        words: match (token.error(), last) {
            (Some(error), Some(step)) => format!("{}, {error}: {}", token.status, step.detail),
            (Some(error), None) => format!("{}, {error}", token.status),
            (None, _) => format!("{}, a token", token.status),
        },
        deciding: last.and_then(|step| Some(place(step.path.as_ref()?, config))),
    }
}

/// What introspection should tell; none without a token.
fn of_grant(token: &TokenDecision) -> Option<Expectation> {
    let grant = token.grant.as_ref()?;
    let audience = grant.aud().join(" ");
    let audience = if audience.is_empty() { "none" } else { &audience };
    let scope = grant.scopes.iter().find(|scope| *scope == BEARER_SCOPE).map_or("none", |scope| scope);
    Some(Expectation {
        status: None,
        lets_in: None,
        words: format!("active, scope {scope}, audience {audience}"),
        deciding: None,
    })
}

/// What an access should come to. Behind a proxy and an application the status may be another one.
fn of_access(step: Step, authz: &AuthzDecision, answer: &Answer<'_>, config: &Config) -> Expectation {
    let deciding = answer.deciding();
    let mut words = vec![authz.status.to_string()];
    words.extend(authz.challenge.as_ref().map(|challenge| challenge.scheme().to_owned()));
    words.extend(authz.location.as_deref().map(|location| format!("to {}", location.split('?').next().unwrap_or_default())));
    let reason = deciding.map(|step| format!(": {}", step.detail)).unwrap_or_default();
    Expectation {
        status: Some(authz.status).filter(|_| step == Step::Authz),
        lets_in: Some(authz.is_allowed()),
        words: format!("{}{reason}", words.join(", ")),
        deciding: deciding.and_then(|step| Some(place(step.path.as_ref()?, config))),
    }
}

/// Where a path is written.
fn place(path: &Path, config: &Config) -> Deciding {
    let nearest = config.locate(path).nearest;
    let source = config.sources.iter().find(|(id, _)| *id == nearest.source).map(|(_, source)| source);
    Deciding {
        path: path.to_string(),
        file: source.map(|source| source.name().to_owned()),
        line: source.map(|source| source.position(nearest.start).line),
    }
}

/// Whether the secret is the one of the client in the configuration; none when there is no such client, or no telling.
fn secret_matches(plan: &Plan, secret: &Secret, config: &Config) -> Option<bool> {
    let client = config.clients().iter().find(|client| *client.id == *plan.token.client_id)?;
    client.secret.as_ref()?.digest()?.verify(secret).ok()
}
