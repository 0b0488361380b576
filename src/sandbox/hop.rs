//! Embedded proxies: one in front of each application, which asks an authz endpoint for every request, and one in front of the portal.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};

use super::answer::Answer;
use super::asked::Asked;
use super::direct;
use super::exchange::{Incoming, exchange};
use super::options::App;
use super::reply::{Reply, plain, text, with};
use super::state::{Brain, Sandbox};
use crate::bearer::{Endpoint, Implementation};
use crate::go::escape::query_escape;

/// What stands behind an embedded proxy.
struct Application {
    sandbox: Arc<Sandbox>,
    app: App,
    /// Where the portal is served on this machine.
    portal: Option<String>,
}

/// The portal as if it were at its own name: the proxy adds what a proxy adds.
pub(super) fn front(sandbox: Arc<Sandbox>) -> Router {
    let handle = |State(sandbox): State<Arc<Sandbox>>, request: Request| async move {
        let brain = sandbox.brain();
        let host = brain.engine.portal_host([]).unwrap_or_default();
        let forward = |mut incoming: Incoming| {
            forwarded(&mut incoming.asked, &host);
            direct::answer(&sandbox, incoming)
        };
        exchange(&sandbox, "portal", request, forward).await
    };
    Router::new().fallback(handle).with_state(sandbox)
}

/// An application that only those reach whom an authz endpoint lets pass.
pub(super) fn application(sandbox: Arc<Sandbox>, app: App, portal: Option<String>) -> Router {
    let handle = |State(application): State<Arc<Application>>, request: Request| async move {
        let answer = |incoming: Incoming| application.answer(incoming);
        exchange(&application.sandbox, &application.app.host, request, answer).await
    };
    Router::new().fallback(handle).with_state(Arc::new(Application { sandbox, app, portal }))
}

impl Application {
    /// Asks the endpoint that a monitor's token can pass, and lets through whom it lets through.
    async fn answer(&self, incoming: Incoming) -> Answer {
        let brain = self.sandbox.brain();
        let Some(endpoint) = endpoint(&brain) else {
            return Answer::because(plain(StatusCode::INTERNAL_SERVER_ERROR), "there is no authz endpoint to ask");
        };
        let portal = format!("https://{}", brain.engine.portal_host([&*self.app.host]).unwrap_or_default());
        let asked = question(&incoming.asked, endpoint, &self.app.host, &portal);
        let question = Incoming { asked, body: Body::empty(), expired: incoming.expired };
        let Answer { reply, note } = direct::answer(&self.sandbox, question).await;
        let reply = self.passed_on(reply, endpoint.implementation, &portal);
        Answer::because(reply, format!("{}: {note}", endpoint.name))
    }

    /// What a proxy makes of the endpoint's answer.
    fn passed_on(&self, mut reply: Reply, implementation: Implementation, portal: &str) -> Reply {
        let status = reply.status();
        if status.is_success() {
            return text(StatusCode::OK, "text/plain; charset=utf-8", self.app.text.clone());
        }
        let location = reply.headers().get(header::LOCATION).and_then(|location| location.to_str().ok()).map(str::to_owned);
        if implementation == Implementation::AuthRequest {
            match status {
                // As the usual nginx configuration has it.
                StatusCode::UNAUTHORIZED if location.is_some() => *reply.status_mut() = StatusCode::FOUND,
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {}
                _ => return plain(StatusCode::INTERNAL_SERVER_ERROR),
            }
        }
        match (location.as_deref().and_then(|location| location.strip_prefix(portal)), &self.portal) {
            (Some(rest), Some(here)) => with(reply, header::LOCATION, &format!("{here}{rest}")),
            _ => reply,
        }
    }
}

/// The first endpoint that takes tokens, else the first one.
fn endpoint(brain: &Brain) -> Option<&Endpoint> {
    let endpoints = brain.engine.endpoints();
    endpoints.iter().find(|endpoint| endpoint.bearer_strategy().is_some()).or(endpoints.first())
}

/// What a proxy asks of an endpoint about a request for an application.
fn question(request: &Asked, endpoint: &Endpoint, host: &str, portal: &str) -> Asked {
    let mut asked = request.clone();
    forwarded(&mut asked, host);
    let uri = request.uri();
    let url = format!("https://{host}{uri}");
    endpoint.path.clone_into(&mut asked.path);
    asked.query = None;
    match endpoint.implementation {
        Implementation::ExtAuthz => {
            asked.path = format!("{}/{}", endpoint.path, request.path);
            asked.headers.remove("x-forwarded-host");
            asked.set("host", host);
            return asked;
        }
        Implementation::ForwardAuth => {
            asked.set("x-forwarded-uri", &uri);
            asked.set("x-forwarded-method", &request.method);
        }
        Implementation::AuthRequest => {
            asked.set("x-original-url", &url);
            asked.set("x-original-method", &request.method);
        }
        Implementation::Legacy => {
            asked.set("x-original-url", &url);
            asked.set("x-forwarded-method", &request.method);
            asked.query = Some(format!("rd={}", query_escape(&format!("{portal}/"))));
        }
    }
    "GET".clone_into(&mut asked.method);
    asked
}

/// Adds what a proxy in front of a host tells of a request, and takes away what the sender may have made up.
fn forwarded(asked: &mut Asked, host: &str) {
    for name in INVENTED {
        asked.headers.remove(name);
    }
    asked.set("x-forwarded-proto", "https");
    asked.set("x-forwarded-host", host);
    asked.set("x-forwarded-for", &asked.peer.to_string());
}

/// Headers that only a proxy may set.
const INVENTED: [&str; 5] = ["x-forwarded-uri", "x-forwarded-method", "x-original-url", "x-original-method", "x-authelia-url"];
