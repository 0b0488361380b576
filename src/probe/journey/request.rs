//! The requests, byte for byte as Uptime Kuma and the reverse proxies make them.

use url::Url;
use zeroize::Zeroizing;

use crate::bearer::{Implementation, UPTIME_KUMA_ACCEPT};
use crate::monitor::EndpointMethod;
use crate::probe::Asker;
use crate::probe::network::{DOCUMENT_LIMIT, PAGE_LIMIT, Request};
use crate::probe::plan::{AuthzPlan, Plan, TokenPlan};
use crate::scrub::Scrub;
use crate::scrub::wire::{self, basic, component};
use crate::secret::Secret;

/// A request for a document of the portal.
pub(super) fn document<'a>(plan: &Plan, url: &'a Url) -> Request<'a> {
    let mut request = bare("GET", url, plan);
    header(&mut request, "accept", "application/json");
    header(&mut request, "user-agent", Asker::Resource.user_agent());
    forward(&mut request, plan);
    request
}

/// The token request. Basic credentials are form-encoded first, as RFC 6749 2.3.1 wants it and not every client does it.
pub(super) fn token<'a>(plan: &Plan, token: &TokenPlan, url: &'a Url, secret: &Secret) -> Request<'a> {
    let mut form = vec![("grant_type", "client_credentials")];
    if !token.scope.is_empty() {
        form.push(("scope", &token.scope));
    }
    form.extend(token.audience.as_deref().map(|audience| ("audience", audience)));
    form.extend(token.resource.as_deref().map(|resource| ("resource", resource)));
    let mut request = post(plan, token, url, secret, &form);
    request.headers.push(("connection", Zeroizing::new("keep-alive".to_owned())));
    request
}

/// A request about a token that was given.
pub(super) fn about<'a>(plan: &Plan, url: &'a Url, secret: &Secret, given: &Secret) -> Request<'a> {
    post(plan, &plan.token, url, secret, &[("token", given.expose())])
}

/// The monitored request, or another one like it.
pub(super) fn monitored<'a>(plan: &Plan, url: &'a Url, bearer: Option<&Bearer>) -> Request<'a> {
    let mut request = bare(&plan.method, url, plan);
    request.limit = PAGE_LIMIT;
    header(&mut request, "accept", UPTIME_KUMA_ACCEPT);
    header(&mut request, "user-agent", plan.token.asker.user_agent());
    authorize(&mut request, bearer);
    header(&mut request, "connection", plan.token.asker.connection());
    request
}

/// The question that a reverse proxy puts to the authz endpoint about `target`.
pub(super) fn authz<'a>(plan: &Plan, authz: &AuthzPlan, url: &'a Url, target: &Url, bearer: Option<&Bearer>) -> Request<'a> {
    let mut request = bare("GET", url, plan);
    header(&mut request, "accept", UPTIME_KUMA_ACCEPT);
    header(&mut request, "user-agent", plan.token.asker.user_agent());
    let host = host_and_port(target);
    match authz.implementation {
        Implementation::AuthRequest => {
            header(&mut request, "x-original-method", &plan.method);
            header(&mut request, "x-original-url", bare_text(target).as_str());
        }
        Implementation::ExtAuthz => {
            request.method.clone_from(&plan.method);
            header(&mut request, "host", &host);
            header(&mut request, "x-forwarded-proto", target.scheme());
        }
        _ => {
            header(&mut request, "x-forwarded-method", &plan.method);
            header(&mut request, "x-forwarded-proto", target.scheme());
            header(&mut request, "x-forwarded-host", &host);
            header(&mut request, "x-forwarded-uri", path_and_query(target));
        }
    }
    if let Some(ip) = authz.ip {
        header(&mut request, "x-forwarded-for", &ip.to_string());
    }
    authorize(&mut request, bearer);
    request
}

/// Where the authz question about `target` goes: Envoy glues the path that is asked about behind the endpoint's.
pub(super) fn authz_url(authz: &AuthzPlan, target: &Url) -> Url {
    let mut url = authz.url.clone();
    if authz.implementation == Implementation::ExtAuthz {
        url.set_path(&format!("{}/{}", authz.url.path().trim_end_matches('/'), target.path()));
        url.set_query(target.query());
    }
    url
}

/// What goes into the `Authorization` header of a monitored request.
pub(super) struct Bearer(Zeroizing<String>);

impl Bearer {
    /// The token under the type with which it came, as Uptime Kuma sends it back.
    pub(super) fn new(kind: &str, token: &Secret) -> Bearer {
        Bearer(Zeroizing::new(format!("{kind} {}", token.expose())))
    }
}

/// Everything that these requests carry and that no output may.
pub(super) fn scrub(token: &TokenPlan, secret: &Secret, tokens: &[&Secret]) -> Scrub {
    let tokens = tokens.iter().map(|token| Zeroizing::new(token.expose().to_owned()));
    Scrub::new(wire::forms(&token.client_id, secret).into_iter().chain(tokens))
}

fn bare<'a>(method: &str, url: &'a Url, plan: &Plan) -> Request<'a> {
    Request {
        method: method.to_owned(),
        url,
        headers: Vec::new(),
        body: None,
        limit: DOCUMENT_LIMIT,
        time_limit: plan.time_limit,
    }
}

fn post<'a>(plan: &Plan, token: &TokenPlan, url: &'a Url, secret: &Secret, fields: &[(&str, &str)]) -> Request<'a> {
    let mut body = Zeroizing::new(String::new());
    let pair = |body: &mut String, name: &str, value: &str| {
        body.extend([if body.is_empty() { "" } else { "&" }, name, "=", &component(value)]);
    };
    for (name, value) in fields {
        pair(&mut body, name, value);
    }
    let mut request = bare("POST", url, plan);
    request.time_limit = plan.time_limit.min(TOKEN_LIMIT);
    header(&mut request, "accept", "application/json");
    match token.method {
        EndpointMethod::Basic => {
            request.headers.push(("authorization", Zeroizing::new(format!("Basic {}", &*basic(&token.client_id, secret)))));
        }
        EndpointMethod::Post => {
            pair(&mut body, "client_id", &token.client_id);
            pair(&mut body, "client_secret", secret.expose());
        }
    }
    header(&mut request, "user-agent", token.asker.token_user_agent());
    header(&mut request, "accept-encoding", "identity");
    header(&mut request, "content-type", "application/x-www-form-urlencoded");
    request.body = Some(body);
    forward(&mut request, plan);
    request
}

/// Uptime Kuma gives up after this, whatever the monitor's own limit is.
const TOKEN_LIMIT: std::time::Duration = std::time::Duration::from_secs(10);

/// What the reverse proxy in front of the portal would add.
fn forward(request: &mut Request<'_>, plan: &Plan) {
    if plan.listener.is_some() {
        header(request, "x-forwarded-proto", plan.portal.scheme());
        header(request, "x-forwarded-host", &host_and_port(&plan.portal));
    }
}

fn authorize(request: &mut Request<'_>, bearer: Option<&Bearer>) {
    if let Some(Bearer(value)) = bearer {
        request.headers.push(("authorization", value.clone()));
    }
}

fn header(request: &mut Request<'_>, name: &'static str, value: &str) {
    request.headers.push((name, Zeroizing::new(value.to_owned())));
}

fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn path_and_query(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}

fn bare_text(url: &Url) -> String {
    url[..url::Position::AfterQuery].to_owned()
}
