//! What is asked for, and why it cannot be had.

use std::fmt;

use super::{Application, Portal, UnfitPortal};
use crate::access::Undecidable;
use crate::config::Path;
use crate::config::graft::Ungraftable;
use crate::identifier::ClientId;

/// What is to be watched, by which clients and behind which proxy.
#[derive(Clone, Debug)]
pub struct Order {
    /// The applications, each with the client that is made for it.
    pub applications: Vec<(Application, Credentials)>,
    /// The `implementation` of the endpoint that the proxy asks; none is that of an endpoint which is there.
    pub implementation: Option<&'static str>,
    /// The name of that endpoint where one has to be made.
    pub endpoint: Option<&'static str>,
    /// The portal; none is that of the session cookies.
    pub portal: Option<Portal>,
    /// The program that watches, for names.
    pub monitor: &'static str,
}

/// A client that is made up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credentials {
    /// `client_id`
    pub id: ClientId,
    /// `client_secret`
    pub digest: String,
}

/// Why the pieces cannot be put into a configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// A file cannot be read as it stands.
    Unreadable,
    /// A file holds expressions that only the server expands.
    Template,
    /// There is a client of this id already.
    TakenId(String),
    /// No session cookie covers a host, or the one that does has no portal.
    NoPortal(String),
    /// The session cookie of a host names a portal that is no https address.
    PlainPortal(String, String),
    /// The session cookie of a host names another portal.
    OtherPortal(String, String),
    /// The portal that was named does not fit.
    Portal(UnfitPortal),
    /// No endpoint is there to tell the implementation, or several that differ.
    UnclearEndpoint(Vec<String>),
    /// Everybody gets in, by the rule of this position or by the default policy.
    Open(String, Option<usize>),
    /// There is a provider without clients, keys or both in a whole configuration.
    NoProvider,
    /// What the access rules say cannot be told.
    Undecidable(Undecidable),
    /// A piece cannot be put in its place.
    Place(Ungraftable),
}

impl From<Ungraftable> for Misfit {
    fn from(reason: Ungraftable) -> Misfit {
        Misfit::Place(reason)
    }
}

impl From<UnfitPortal> for Misfit {
    fn from(reason: UnfitPortal) -> Misfit {
        Misfit::Portal(reason)
    }
}

impl From<Undecidable> for Misfit {
    fn from(reason: Undecidable) -> Misfit {
        Misfit::Undecidable(reason)
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misfit::Unreadable => f.write_str("the configuration cannot be read as it stands"),
            Misfit::Template => f.write_str("the configuration holds template expressions, which only the server expands"),
            Misfit::TakenId(id) => write!(f, "the configuration has a client '{id}' already"),
            Misfit::NoPortal(host) => write!(f, "no session cookie domain with an authelia_url covers '{host}'"),
            Misfit::PlainPortal(host, url) => {
                write!(f, "the portal of '{host}' has the authelia_url '{url}', which is no https address")
            }
            Misfit::OtherPortal(host, portal) => write!(f, "the session cookie of '{host}' has the portal {portal}"),
            Misfit::Portal(reason) => reason.fmt(f),
            Misfit::UnclearEndpoint(names) if names.is_empty() => {
                f.write_str("no authz endpoint is configured, so the proxy is not known")
            }
            Misfit::UnclearEndpoint(names) => write!(f, "several authz endpoints may be meant: {}", names.join(", ")),
            Misfit::Open(url, Some(position)) => write!(f, "{url} is open to everybody by {}", rule(*position)),
            Misfit::Open(url, None) => write!(f, "{url} is open to everybody by access_control.default_policy"),
            Misfit::NoProvider => f.write_str("the configuration has no OpenID Connect provider to register a client with"),
            Misfit::Undecidable(reason) => reason.fmt(f),
            Misfit::Place(reason) => reason.fmt(f),
        }
    }
}

fn rule(position: usize) -> Path {
    Path::of("access_control.rules").index(position)
}

impl std::error::Error for Misfit {}

impl Misfit {
    /// What to do about it, as an imperative sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Misfit::Unreadable => "run 'authkuma lint' on it and mend what it names first",
            Misfit::Template => "leave -c out, name the --portal, and put the pieces in by hand",
            Misfit::TakenId(_) => "choose another --id, or leave it out for a random one",
            Misfit::NoPortal(_) => {
                "add the domain with its authelia_url to session.cookies, or monitor a host inside one that is there"
            }
            Misfit::PlainPortal(..) => "write authelia_url as an https address, such as https://auth.example.com",
            Misfit::OtherPortal(..) => "leave --portal out",
            Misfit::Portal(UnfitPortal::Address(_)) => "write it as authelia_url has it, such as https://auth.example.com",
            Misfit::Portal(UnfitPortal::Apart(_)) => {
                "name the portal of that application's own domain, and make a client for each domain"
            }
            Misfit::Portal(UnfitPortal::Application(_)) => "monitor its /api/health without a token",
            Misfit::UnclearEndpoint(_) => "say with --proxy which proxy asks",
            Misfit::Open(..) => "monitor the page without a token, or take it out of the rule",
            Misfit::NoProvider => {
                "set identity_providers.oidc.hmac_secret and jwks first, or give the pieces' file with the others"
            }
            Misfit::Undecidable(_) => "make it smaller: repetitions within repetitions multiply",
            Misfit::Place(_) => "leave -c out and put the pieces in by hand",
        }
    }
}
