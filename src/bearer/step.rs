//! The checks that the server makes, and what came of each.

use crate::config::Path;

/// One check of the token endpoint or of an authz endpoint, in the server's order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Check {
    /// The token endpoint is asked by the address of a portal.
    Issuer,
    /// The client is known, uses the method that it is registered with, and its secret is right.
    ClientAuthentication,
    /// The client may use the grant.
    Grant,
    /// The client may have every scope that it asks for.
    Scope,
    /// The client may have every audience that it asks for.
    Audience,
    /// The client may have every resource that it asks for.
    Resource,
    /// The authz endpoint exists and takes the request's verb.
    Endpoint,
    /// The proxy's request names a URL and a method.
    Request,
    /// The URL is one of `https` or `wss`.
    SecureScheme,
    /// A session cookie covers the host.
    CookieDomain,
    /// The portal to send people to is known.
    Portal,
    /// One of the endpoint's strategies reads the credentials.
    Strategy,
    /// The credentials are valid by themselves.
    Token,
    /// The token was given the scope.
    TokenScope,
    /// The token was given an audience that covers the URL.
    TokenAudience,
    /// The client has the scope now.
    ClientScope,
    /// The client has an audience that covers the URL now.
    ClientAudience,
    /// The access rules.
    AccessControl,
}

impl Check {
    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Check::Issuer => "issuer",
            Check::ClientAuthentication => "client-authentication",
            Check::Grant => "grant",
            Check::Scope => "scope",
            Check::Audience => "audience",
            Check::Resource => "resource",
            Check::Endpoint => "endpoint",
            Check::Request => "request",
            Check::SecureScheme => "secure-scheme",
            Check::CookieDomain => "cookie-domain",
            Check::Portal => "portal",
            Check::Strategy => "strategy",
            Check::Token => "token",
            Check::TokenScope => "token-scope",
            Check::TokenAudience => "token-audience",
            Check::ClientScope => "client-scope",
            Check::ClientAudience => "client-audience",
            Check::AccessControl => "access-control",
        }
    }
}

/// What came of a check.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepOutcome {
    /// It went on.
    Pass,
    /// It refused, and that decides the answer unless an access rule lets everybody in.
    Fail,
    /// It found nothing that concerns it, and the next one was asked.
    Skip,
}

impl StepOutcome {
    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            StepOutcome::Pass => "pass",
            StepOutcome::Fail => "fail",
            StepOutcome::Skip => "skip",
        }
    }
}

/// One check with what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The check.
    pub check: Check,
    /// What came of it.
    pub outcome: StepOutcome,
    /// Why, in one sentence without full stop.
    pub detail: String,
    /// The part of the configuration that decides it; may name an option that is absent.
    pub path: Option<Path>,
    /// Whether it rests on what is reported of the release and was never measured.
    pub reported: bool,
}

/// The steps of one decision, under construction.
#[derive(Debug, Default)]
pub(super) struct Steps(pub(super) Vec<Step>);

impl Steps {
    pub(super) fn pass(&mut self, check: Check, path: Option<Path>, detail: impl Into<String>) {
        self.add(check, StepOutcome::Pass, path, detail);
    }

    pub(super) fn fail(&mut self, check: Check, path: Option<Path>, detail: impl Into<String>) {
        self.add(check, StepOutcome::Fail, path, detail);
    }

    pub(super) fn skip(&mut self, check: Check, path: Option<Path>, detail: impl Into<String>) {
        self.add(check, StepOutcome::Skip, path, detail);
    }

    /// Marks the last step as resting on a report.
    pub(super) fn mark_reported(&mut self) {
        if let Some(last) = self.0.last_mut() {
            last.reported = true;
        }
    }

    fn add(&mut self, check: Check, outcome: StepOutcome, path: Option<Path>, detail: impl Into<String>) {
        self.0.push(Step { check, outcome, detail: detail.into(), path, reported: false });
    }
}
