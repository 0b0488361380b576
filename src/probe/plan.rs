//! What will be asked of one target. It holds no secret, so it may be printed and kept.

use std::net::IpAddr;
use std::time::Duration;

use url::Url;

use super::{Asker, Selection};
use crate::bearer::Implementation;
use crate::monitor::EndpointMethod;

/// What will be asked of one target.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What the results call it.
    pub name: String,
    /// The monitored URL.
    pub url: Url,
    /// The method of the monitored request.
    pub method: String,
    /// What the page must hold.
    pub keyword: Option<String>,
    /// The portal, with its sub-path when it has one.
    pub portal: Url,
    /// What the token is asked for with.
    pub token: TokenPlan,
    /// Where and how the authz endpoint is asked directly; none when it cannot be reached.
    pub authz: Option<AuthzPlan>,
    /// A URL of the same portal that the token must not open; none lets the probe find one.
    pub outside: Option<Url>,
    /// The portal's own listener, when it is asked in place of the reverse proxy before it and needs the headers that the proxy sets.
    pub listener: Option<Url>,
    /// Which steps are wanted.
    pub selection: Selection,
    /// The longest that one request may take, the answer's body included.
    pub time_limit: Duration,
}

/// How the token is asked for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct TokenPlan {
    /// Whose request is made.
    pub asker: Asker,
    /// `OAuth Token URL`
    pub url: Url,
    /// `Client ID`
    pub client_id: String,
    /// How the client authenticates.
    pub method: EndpointMethod,
    /// `OAuth Scope`; empty is not sent.
    pub scope: String,
    /// The `audience` parameter; none is not sent.
    pub audience: Option<String>,
    /// The `resource` parameter; none is not sent.
    pub resource: Option<String>,
}

/// How the authz endpoint is asked directly.
#[derive(Clone, Debug)]
pub struct AuthzPlan {
    /// The endpoint's URL on a listener that takes forwarded headers from us.
    pub url: Url,
    /// The endpoint's name.
    pub endpoint: String,
    /// How the reverse proxy puts the question.
    pub implementation: Implementation,
    /// The visitor's address, for rules with `networks`.
    pub ip: Option<IpAddr>,
}

impl Plan {
    /// The monitored URL as the reverse proxy reports it: the one audience that works on every version.
    pub fn literal_url(&self) -> String {
        self.url[..url::Position::AfterQuery].to_owned()
    }
}
