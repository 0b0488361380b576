//! What an authz endpoint answers a proxy.

use std::fmt;
use std::net::IpAddr;

use super::step::Step;
use crate::access::{Evaluation, Object};

/// An answer with the way to it.
#[derive(Clone, Debug, Default)]
pub struct AuthzDecision {
    /// The HTTP status.
    pub status: u16,
    /// What the request should authenticate with.
    pub challenge: Option<Challenge>,
    /// `Location`
    pub location: Option<String>,
    /// Who the request is found to come from.
    pub identity: Identity,
    /// Where the request comes from; none when that is not known.
    pub address: Option<IpAddr>,
    /// What is asked for, where that can be read.
    pub object: Option<Object>,
    /// What the access rules say, where they are asked.
    pub evaluation: Option<Evaluation>,
    /// The checks in order, up to the one that decides.
    pub steps: Vec<Step>,
}

/// A header that asks for credentials.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Challenge {
    /// Its name, `WWW-Authenticate` or `Proxy-Authenticate`.
    pub header: &'static str,
    /// Whether a token was recognised and refused; a name and a password are asked for otherwise.
    pub is_bearer: bool,
}

/// Who a request is found to come from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Identity {
    /// Nobody in particular.
    #[default]
    Nobody,
    /// A client with a token of its own.
    Client(String),
    /// A person who is logged in.
    User {
        /// The user's name.
        name: String,
        /// The user's groups.
        groups: Vec<String>,
    },
}

impl AuthzDecision {
    pub(super) fn plain(status: u16) -> AuthzDecision {
        AuthzDecision { status, ..AuthzDecision::default() }
    }

    /// Whether the proxy lets the request through.
    pub fn is_allowed(&self) -> bool {
        self.status == 200
    }

    /// The text that the server sends along.
    pub fn body(&self) -> String {
        let text = format!("{} {}", self.status, reason(self.status));
        match &self.location {
            Some(_) if self.object.as_ref().is_some_and(|object| object.method == "HEAD") => String::new(),
            Some(location) => format!("<a href=\"{}\">{text}</a>", escape_html(location)),
            None => text,
        }
    }
}

impl Challenge {
    /// The scheme that it asks for.
    pub fn scheme(&self) -> &'static str {
        if self.is_bearer { "Bearer" } else { "Basic" }
    }

    /// The value of the header.
    pub fn value(&self) -> &'static str {
        if self.is_bearer {
            "Bearer error=\"invalid_token\",error_description=\"The access token is expired, revoked, malformed, or invalid for other reasons. The client can obtain a new access token and try again.\""
        } else {
            "Basic realm=\"Authorization Required\""
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Identity::Nobody => f.write_str("nobody"),
            Identity::Client(id) => write!(f, "client '{id}'"),
            Identity::User { name, .. } => write!(f, "user '{name}'"),
        }
    }
}

/// The words of a status that this server answers with.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        303 => "See Other",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        _ => "Internal Server Error",
    }
}

fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
