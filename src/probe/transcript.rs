//! What was observed of one target. Plain data: no secret, no token and no body is in it.

use super::Step;
pub use super::fault::{Certificate, Fault, FaultKind};

/// What was observed of one target.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// When it began, in seconds since 1970.
    pub began: u64,
    /// The portal.
    pub portal: Observation<Exchange>,
    /// The portal's certificate, when it was asked by https and got that far.
    pub portal_certificate: Option<Certificate>,
    /// The application's certificate.
    pub application_certificate: Option<Certificate>,
    /// Discovery.
    pub discovery: Observation<Discovery>,
    /// The token request.
    pub token: Observation<TokenExchange>,
    /// What the token holds.
    pub introspection: Observation<Introspection>,
    /// The authz endpoint with the token.
    pub authz: Observation<Exchange>,
    /// The authz endpoint without a token, asked when the application opened without one.
    pub authz_without_token: Option<Exchange>,
    /// The monitored URL with the token.
    pub application: Observation<Exchange>,
    /// The monitored URL without a token.
    pub without_token: Observation<Exchange>,
    /// The monitored URL with a token that nobody issued.
    pub unknown_token: Observation<Exchange>,
    /// Another URL with the token.
    pub outside_audience: Observation<Exchange>,
    /// The token given back.
    pub revocation: Observation<Revocation>,
    /// What was tried after the token was refused for its audience.
    pub experiment: Experiment,
    /// What the secret's text gives away without showing it.
    pub secret: SecretTraits,
    /// Whether certificates went unchecked.
    pub unchecked_certificates: bool,
    /// Whether anything went over plain http to another machine.
    pub plain_http: bool,
}

/// One step's observation.
#[derive(Clone, Debug, Default)]
pub enum Observation<T> {
    /// The step was not wanted.
    #[default]
    Unwanted,
    /// The step was wanted and could not be taken.
    Skipped(Skip),
    /// The step was taken.
    Made(T),
}

impl<T> Observation<T> {
    /// What was observed.
    pub fn made(&self) -> Option<&T> {
        match self {
            Observation::Made(observed) => Some(observed),
            Observation::Unwanted | Observation::Skipped(_) => None,
        }
    }
}

/// Why a wanted step was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Skip {
    /// There is no token to take it with.
    NoToken,
    /// The step before it failed on the way to the same server.
    Unreachable,
    /// No address is known at which the authz endpoint takes questions from us.
    NoListener,
    /// The server lets the token open everything on this host, and no other URL is named.
    NothingOutside,
    /// What the token may open is not told, and no other URL is named.
    UnknownAudience,
    /// The named URL is on another host, to which the token is not sent.
    OtherHost,
    /// The token is still in use by another target.
    StillInUse,
    /// Enough token requests have failed in this run.
    Rationed,
}

/// One request and what came back.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What was asked, without query.
    pub url: String,
    /// The URL that an authz endpoint was asked about, where it is not the monitored one.
    pub about: Option<String>,
    /// How long it took, the body included.
    pub milliseconds: f64,
    /// What came back.
    pub reply: Result<Answer, Fault>,
}

impl Exchange {
    /// The URL that it is about: the asked one unless another was asked about it.
    pub fn about(&self) -> &str {
        self.about.as_deref().unwrap_or(&self.url)
    }

    /// The answer's status.
    pub fn status(&self) -> Option<u16> {
        self.reply.as_ref().ok().map(|answer| answer.status)
    }

    /// The answer, when there was one.
    pub fn answer(&self) -> Option<&Answer> {
        self.reply.as_ref().ok()
    }

    /// What went wrong before there was an answer.
    pub fn fault(&self) -> Option<&Fault> {
        self.reply.as_ref().err()
    }
}

/// An answer without its body.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// `WWW-Authenticate` or `Proxy-Authenticate`.
    pub challenge: Option<Challenge>,
    /// `Location`
    pub redirect: Option<Redirect>,
    /// `Retry-After`
    pub retry_after: Option<String>,
    /// `Server`
    pub server: Option<String>,
    /// What the body is.
    pub body: Body,
}

impl Answer {
    /// Whether the server recognised the token and refused it.
    pub fn refuses_token(&self) -> bool {
        let is_bearer = |challenge: &Challenge| challenge.scheme.eq_ignore_ascii_case("bearer");
        matches!(self.status, 401 | 407) && self.challenge.as_ref().is_some_and(is_bearer)
    }
}

/// Where an answer sends its reader.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Redirect {
    /// The URL, made absolute, without query.
    pub url: String,
    /// Its host.
    pub host: String,
    /// Whether it is https.
    pub is_https: bool,
    /// Whether its query names the page to come back to as the portal's does (`rd`).
    pub is_login: bool,
}

/// The challenge of a refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Challenge {
    /// `Basic`, `Bearer`, …
    pub scheme: String,
    /// The OAuth 2.0 error code.
    pub error: Option<String>,
    /// The realm.
    pub realm: Option<String>,
    /// Whether it came in `Proxy-Authenticate`.
    pub is_proxy: bool,
}

/// What is known of a body.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// What it looks like.
    pub kind: BodyKind,
    /// Bytes that were read.
    pub bytes: usize,
    /// Whether it is longer than what was read.
    pub is_cut: bool,
    /// Whether it is the login page of the portal.
    pub is_portal: bool,
    /// Whether it is the short text with which the authz endpoint answers, such as `403 Forbidden`.
    pub is_authelia: bool,
    /// Whether it holds the keyword; none when none is wanted.
    pub has_keyword: Option<bool>,
    /// Whether it says that plain http was spoken to a TLS port.
    pub wants_tls: bool,
}

/// What a body looks like.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum BodyKind {
    /// There is none.
    #[default]
    Empty,
    /// A page.
    Html,
    /// A JSON document that reads.
    Json,
    /// Something else.
    Other,
}

/// What the provider says of itself.
#[derive(Clone, Debug)]
pub struct Discovery {
    /// The request.
    pub exchange: Exchange,
    /// `issuer`
    pub issuer: Option<String>,
    /// `token_endpoint`
    pub token_endpoint: Option<String>,
    /// `grant_types_supported`
    pub grants: Vec<String>,
}

/// A token request.
#[derive(Clone, Debug)]
pub struct TokenExchange {
    /// The request.
    pub exchange: Exchange,
    /// What was granted; none when no token came.
    pub granted: Option<Granted>,
    /// Why it was refused, when the server said so in its own form.
    pub refusal: Option<Refusal>,
}

/// What came with a token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Granted {
    /// `scope`
    pub scope: Option<String>,
    /// `expires_in`
    pub seconds: Option<u64>,
    /// `token_type`
    pub token_type: Option<String>,
    /// What the token looks like.
    pub form: TokenForm,
}

/// What a token looks like.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenForm {
    /// The server's own opaque token, which alone passes the authz endpoints.
    Opaque,
    /// A signed token.
    Signed,
    /// Neither, so another server's.
    Foreign,
}

/// An OAuth 2.0 error document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// `error`
    pub error: String,
    /// `error_description`
    pub description: String,
}

/// What a token holds.
#[derive(Clone, Debug)]
pub struct Introspection {
    /// The request.
    pub exchange: Exchange,
    /// What it holds; none when that was not told.
    pub token: Option<TokenFacts>,
    /// Why it was refused, when the server said so in its own form.
    pub refusal: Option<Refusal>,
}

/// What introspection tells of a token.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TokenFacts {
    /// `active`
    pub is_active: bool,
    /// `scope`
    pub scope: String,
    /// `aud`
    pub audience: Vec<String>,
    /// `exp` in seconds since 1970.
    pub expires: Option<u64>,
    /// `client_id`
    pub client_id: Option<String>,
    /// Whether `iss` is told, which releases up to 4.39.20 do not for these tokens.
    pub has_issuer: bool,
}

/// A token given back.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// The request.
    pub exchange: Exchange,
    /// Why it was refused, when the server said so in its own form.
    pub refusal: Option<Refusal>,
    /// Whether the token is still active after that; none when it was not told.
    pub is_still_active: Option<bool>,
}

/// What was tried after the token was refused for its audience.
#[derive(Clone, Debug, Default)]
pub struct Experiment {
    /// With the literal monitored URL as `audience`.
    pub literal: Option<Trial>,
    /// With the monitored URL as `resource`.
    pub resource: Option<Trial>,
}

/// One other way to ask for the token, and what it opened.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The token request.
    pub token: TokenExchange,
    /// The step that was repeated with it, and its answer; none when no token came.
    pub opened: Option<(Step, Exchange)>,
}

impl Trial {
    /// Whether its token's audience was good enough: it came, and was not refused as a token, whatever else was said of it.
    pub fn is_past_audience(&self) -> bool {
        self.opened.as_ref().and_then(|(_, exchange)| exchange.answer()).is_some_and(|answer| !answer.refuses_token())
    }
}

/// What the secret's text gives away without showing it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SecretTraits {
    /// It reads as a digest.
    pub is_digest: bool,
    /// It begins or ends with white space.
    pub has_outer_space: bool,
    /// It holds characters that clients encode differently.
    pub has_reserved: bool,
}
