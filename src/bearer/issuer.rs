//! By which address the server is asked, and whether that is one of its portals.

use std::fmt;

use super::behaviour::IssuerGate;
use super::engine::Engine;
use super::refusal::Refusal;
use super::step::{Check, Steps};
use crate::config::Path;

/// The address of a request as its headers tell it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Issuer<'r> {
    /// `X-Forwarded-Proto`; none or empty when it is not sent.
    pub proto: Option<&'r str>,
    /// `X-Forwarded-Host`; none or empty when it is not sent.
    pub forwarded_host: Option<&'r str>,
    /// `Host`
    pub host: &'r str,
    /// The sub-path of `server.address` when the request uses it, such as `/auth`; empty otherwise.
    pub base: &'r str,
}

/// Why an address is none of a portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidIssuer {
    /// The server's reason.
    pub reason: String,
    /// The part of the configuration that decides it.
    pub path: Path,
}

impl fmt::Display for InvalidIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for InvalidIssuer {}

impl<'r> Issuer<'r> {
    /// The address of a portal that is asked as it should be.
    pub fn portal(host: &'r str) -> Issuer<'r> {
        Issuer { proto: Some("https"), forwarded_host: Some(host), host, base: "" }
    }

    /// The host that counts: `X-Forwarded-Host`, else `Host`, which the server's HTTP library puts in lower case.
    fn effective_host(&self) -> String {
        match self.forwarded_host {
            Some(host) if !host.is_empty() => host.to_owned(),
            _ => self.host.to_ascii_lowercase(),
        }
    }
}

impl Engine {
    /// The issuer that a request is answered as, such as `https://auth.example.com`. Every endpoint of the provider asks for it.
    pub fn issuer(&self, address: &Issuer<'_>) -> Result<String, InvalidIssuer> {
        let (mut scheme, mut host) = (self.scheme(address.proto).to_owned(), address.effective_host());
        if self.behaviour.folds_issuer {
            (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
        }
        let issuer = format!("{scheme}://{host}{}", address.base);
        let cookies = Path::of("session.cookies");
        if host.is_empty() {
            return Err(InvalidIssuer { reason: "missing required X-Forwarded-Host header".to_owned(), path: cookies });
        }
        if self.behaviour.issuer_gate == IssuerGate::Absent {
            return Ok(issuer);
        }
        if scheme != "https" {
            let reason = format!("invalid X-Forwarded-Proto header value '{scheme}'");
            return Err(InvalidIssuer { reason, path: cookies });
        }
        if let [only] = self.cookies.as_slice()
            && only.portal.is_none()
        {
            let name = host.rsplit_once(':').map_or(&*host, |(name, _)| name);
            if self.is_within(name, &only.domain) != self.behaviour.inverts_legacy_domain {
                return Ok(issuer);
            }
            let reason = format!("the hostname '{name}' does not match the configured domain '{}'", only.domain);
            return Err(InvalidIssuer { reason, path: only.domain_path() });
        }
        let is_portal = |cookie: &super::portal::Cookie| {
            cookie.portal.as_ref().is_some_and(|portal| portal.host == host.as_bytes()) && !cookie.domain.is_empty()
        };
        if self.cookies.iter().any(is_portal) {
            return Ok(issuer);
        }
        let reason = format!("no session cookie configuration matches url '{issuer}'");
        Err(InvalidIssuer { reason, path: cookies })
    }

    /// The gate of the token endpoint.
    pub(super) fn pass_issuer(&self, address: Option<&Issuer<'_>>, steps: &mut Steps) -> Result<(), Refusal> {
        if self.behaviour.issuer_gate == IssuerGate::Absent {
            return Ok(());
        }
        let result = match address {
            Some(address) => self.issuer(address),
            None => Err(InvalidIssuer {
                reason: "no session cookie covers the application, so it has no portal at which a token could be asked for"
                    .to_owned(),
                path: Path::of("session.cookies"),
            }),
        };
        match result {
            Ok(issuer) => {
                let host = issuer.trim_start_matches("https://");
                let cookie = self.cookies.iter().find(|cookie| cookie.portal_host().as_deref() == Some(host));
                let path = cookie.map(super::portal::Cookie::portal_path);
                steps.pass(Check::Issuer, path, format!("the token is asked for at the portal {issuer}"));
                Ok(())
            }
            Err(invalid) => {
                steps.fail(Check::Issuer, Some(invalid.path), invalid.reason);
                let is_server_error = self.behaviour.issuer_gate == IssuerGate::LastAsServerError;
                Err(if is_server_error { Refusal::issuer_as_server_error() } else { Refusal::issuer() })
            }
        }
    }

    /// The scheme of a request: `X-Forwarded-Proto`, else that of the server's own listener.
    pub(super) fn scheme<'r>(&self, proto: Option<&'r str>) -> &'r str {
        match proto {
            Some(proto) if !proto.is_empty() => proto,
            _ if self.has_tls => "https",
            _ => "http",
        }
    }
}
