//! The pieces as they are written: client, access rule, authz endpoint, session cookie.

use super::{Application, Credentials, Portal};
use crate::config::client::{BEARER_SCOPE, CLIENT_CREDENTIALS};
use crate::config::graft::{Part, Shape};

/// The client of an application.
pub(super) fn client(application: &Application, credentials: &Credentials, monitor: &str) -> Shape {
    Shape::Map(vec![
        Part::new("client_id", Shape::text(credentials.id.as_str())),
        Part::new("client_name", Shape::text(format!("{monitor}: {}", application.host))),
        Part::new("client_secret", Shape::text(&*credentials.digest))
            .remark("The digest; the monitor is given the secret itself."),
        Part::new("requested_audience_mode", Shape::text("implicit"))
            .remark("A request that names no audience is given all; one that names its page is given no other."),
        Part::new("scopes", Shape::texts([BEARER_SCOPE])),
        Part::new("audience", Shape::texts(application.pages.iter().map(super::Page::url)))
            .remark("Each monitored URL letter by letter: from 4.39.21 on nothing else matches."),
        Part::new("grant_types", Shape::texts([CLIENT_CREDENTIALS])),
        Part::new("token_endpoint_auth_method", Shape::text("client_secret_basic")),
    ])
}

/// The access rule of an application's client: its pages and nothing else.
pub(super) fn rule(application: &Application, credentials: &Credentials, monitor: &str) -> Shape {
    Shape::Map(vec![
        Part::new("domain", Shape::text(&*application.host))
            .remark(format!("For {monitor}. The first rule that matches decides: keep it above wider ones.")),
        Part::new("policy", Shape::text("one_factor")),
        Part::new("subject", Shape::text(format!("oauth2:client:{}", credentials.id))),
        Part::new("resources", Shape::texts(application.pages.iter().map(super::Page::pattern))),
    ])
}

/// An endpoint that reads tokens.
pub(super) fn endpoint(implementation: &str) -> Shape {
    Shape::Map(vec![Part::new("implementation", Shape::text(implementation)), Part::new("authn_strategies", strategies())])
}

/// One of the server's default endpoints, written out because naming another drops it.
pub(super) fn default_endpoint(implementation: &str) -> Shape {
    Shape::Map(vec![Part::new("implementation", Shape::text(implementation))])
}

/// A header first, so that a token is looked at; the cookie last, so that a browser is sent to the portal.
pub(super) fn strategies() -> Shape {
    Shape::List(vec![header(), Shape::Map(vec![Part::new("name", Shape::text("CookieSession"))])])
}

/// The strategy that reads tokens.
pub(super) fn header() -> Shape {
    Shape::Map(vec![
        Part::new("name", Shape::text("HeaderAuthorization")),
        Part::new("schemes", Shape::texts(["Basic", "Bearer"])),
    ])
}

/// The session cookie of a portal.
pub(super) fn cookie(domain: &str, portal: &Portal) -> Shape {
    Shape::Map(vec![Part::new("domain", Shape::text(domain)), Part::new("authelia_url", Shape::text(portal.url()))])
}
