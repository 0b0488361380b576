//! Requests that come to the sandbox itself: which endpoint they are for.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode, header};
use serde_json::json;

use super::answer::Answer;
use super::asked::Asked;
use super::exchange::{Incoming, exchange};
use super::reply::{Reply, html, json, plain, verbs, with};
use super::state::{Brain, Sandbox};
use super::{authz, provider};
use crate::bearer::Route;
use crate::go::url::Url;

/// The most bytes of a body.
const BODY_BYTES: usize = 1024 * 1024;
/// How long a peer may take to send one.
const BODY_TIME: Duration = Duration::from_secs(6);

/// The login page, which answers wherever nothing else does.
const PAGE: &str = include_str!("portal_page.html");

/// Answers what comes to the sandbox itself.
pub(super) fn router(sandbox: Arc<Sandbox>) -> Router {
    let handle = |State(sandbox): State<Arc<Sandbox>>, request: Request| async move {
        exchange(&sandbox, "", request, |incoming| answer(&sandbox, incoming)).await
    };
    Router::new().fallback(handle).with_state(sandbox)
}

/// Answers a request as the server does.
pub(super) async fn answer(sandbox: &Sandbox, incoming: Incoming) -> Answer {
    let brain = sandbox.brain();
    let Incoming { asked, body, expired } = incoming;
    let Some(host) = host(&asked) else { return plain(StatusCode::BAD_REQUEST).into() };
    let (base, path) = below(&brain, &asked.path);
    let Some(place) = Place::at(&brain, base, path) else { return nowhere(&brain, &asked, &host, base, path) };
    if !place.takes(&asked.method) {
        let status = if asked.method == "OPTIONS" { StatusCode::OK } else { StatusCode::METHOD_NOT_ALLOWED };
        return verbs(status, place.verbs()).into();
    }
    match place {
        Place::Health => json(StatusCode::OK, &json!({"status": "OK"})).into(),
        Place::Authz(route) => authz::answer(sandbox, &brain, &asked, route, expired),
        Place::Provider(endpoint) => match whole(body).await {
            Ok(body) => endpoint.answer(sandbox, &brain, &asked, base, body).await,
            Err(status) => plain(status).into(),
        },
    }
}

/// Which endpoint a path is for.
#[derive(Clone, Copy)]
enum Place<'b, 'p> {
    Health,
    Provider(provider::Endpoint),
    Authz(Route<'b, 'p>),
}

impl<'b, 'p> Place<'b, 'p> {
    fn at(brain: &'b Brain, base: &'b str, path: &'p str) -> Option<Place<'b, 'p>> {
        if path == "/api/health" {
            return Some(Place::Health);
        }
        let provider = provider::Endpoint::at(path).filter(|_| brain.engine.has_provider()).map(Place::Provider);
        // Behind a bare slash is nothing, as behind that of any other path.
        let authz = || brain.engine.route(path).filter(|route| route.rest != Some(""));
        provider.or_else(|| authz().map(|route| Place::Authz(Route { base, ..route })))
    }

    fn takes(self, method: &str) -> bool {
        match self {
            Place::Health => matches!(method, "GET" | "HEAD"),
            Place::Provider(endpoint) => method == endpoint.verb(),
            Place::Authz(route) => route.endpoint.takes_verb(method),
        }
    }

    /// The verbs that it takes, where it does not take all.
    fn verbs(self) -> &'static str {
        match self {
            Place::Provider(endpoint) if endpoint.verb() == "POST" => "OPTIONS, POST",
            Place::Provider(_) => "GET, OPTIONS",
            Place::Health | Place::Authz(_) => "GET, HEAD, OPTIONS",
        }
    }
}

/// The host that a request is sent to, as the server's HTTP library reads it; none where it refuses the request.
fn host(asked: &Asked) -> Option<String> {
    let written = Some(asked.host()).filter(|host| !host.is_empty() && !host.contains(['/', '?', '#']))?;
    let host = String::from_utf8_lossy(&Url::parse_request(&format!("http://{written}/")).ok()?.host).to_ascii_lowercase();
    (host.starts_with('[') || host.matches(':').count() < 2).then_some(host)
}

/// The sub-path that a request uses, and its path without it.
fn below<'a>(brain: &'a Brain, path: &'a str) -> (&'a str, &'a str) {
    let base = brain.config.server.subpath().trim_end_matches('/');
    match path.strip_prefix(base) {
        Some("") if !base.is_empty() => (base, "/"),
        Some(rest) if !base.is_empty() && rest.starts_with('/') => (base, rest),
        _ => ("", path),
    }
}

/// The body, when it comes in time and is not too large.
async fn whole(body: Body) -> Result<Vec<u8>, StatusCode> {
    match tokio::time::timeout(BODY_TIME, to_bytes(body, BODY_BYTES)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Folders of the server in which a path that is not there is not found; anywhere else the login page answers.
const FOLDERS: [&str; 4] = ["/api", "/.well-known", "/static", "/locales"];

/// The answer where no endpoint is: a redirect when only a slash at the end is wrong.
fn nowhere(brain: &Brain, asked: &Asked, host: &str, base: &str, path: &str) -> Answer {
    let other = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    let is_there = || Place::at(brain, base, &other).is_some_and(|place| place.takes(&asked.method));
    if path != "/" && asked.method != "CONNECT" && is_there() {
        return redirect(asked, host, &other).into();
    }
    let lower = path.to_ascii_lowercase();
    let is_in = |folder: &str| lower.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if FOLDERS.iter().any(|folder| is_in(folder)) {
        return plain(StatusCode::NOT_FOUND).into();
    }
    Answer::because(html(StatusCode::OK, PAGE), "login page")
}

/// The redirect to another path, in which the server forgets the sub-path of its address.
fn redirect(asked: &Asked, host: &str, path: &str) -> Reply {
    let status = if asked.method == "GET" { StatusCode::MOVED_PERMANENTLY } else { StatusCode::PERMANENT_REDIRECT };
    let query = asked.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let scheme = if asked.tls { "https" } else { "http" };
    let mut reply = Response::new(Body::empty());
    *reply.status_mut() = status;
    with(reply, header::LOCATION, &format!("{scheme}://{host}{path}{query}"))
}
