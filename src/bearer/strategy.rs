//! Who is asking: the strategies of an endpoint, one after another.

use super::answer::Identity;
use super::audience::{AudienceList, Coverage};
use super::authz::{Assurance, AuthzRequest};
use super::behaviour::{AudienceRule, ResourceRule};
use super::client::Client;
use super::credentials::{Credentials, KnownToken, Token, TokenState};
use super::endpoint::{Endpoint, Scheme, Strategy, StrategyName};
use super::engine::Engine;
use super::issuer::Issuer;
use super::step::{Check, Steps};
use super::token::uncovered;
use crate::access::{Object, Subject};
use crate::config::Path;
use crate::config::client::BEARER_SCOPE;
use crate::go::fold::equal_fold;

/// What the strategies found out.
pub(super) struct Learned {
    /// Who asks.
    pub(super) identity: Identity,
    pub(super) assurance: Assurance,
    /// The strategy at which the search ended, which answers unless it is that of the cookie.
    pub(super) strategy: StrategyName,
    /// Whether credentials were recognised and are no good.
    pub(super) is_refused: bool,
    /// Whether those credentials are a token.
    pub(super) is_bearer_refused: bool,
    /// Why credentials that were sent went unheard, and where that is configured.
    pub(super) unheard: Option<(String, Path)>,
}

/// What came of one strategy.
enum Finding {
    /// It found nothing that concerns it.
    Nothing,
    /// It knows who asks.
    Somebody(Identity, Assurance),
    /// It recognised credentials that are no good.
    Refused {
        /// Whether they are a token.
        is_bearer: bool,
    },
}

impl StrategyName {
    /// The status and the header of the strategy's own answer.
    pub(super) fn challenge(self) -> (u16, &'static str) {
        match self {
            StrategyName::HeaderProxyAuthorization => (407, "Proxy-Authenticate"),
            _ => (401, "WWW-Authenticate"),
        }
    }

    /// Whether it answers a request that it ends with, rather than the implementation.
    pub(super) fn answers(self) -> bool {
        self != StrategyName::CookieSession
    }
}

/// One request on its way through the strategies of an endpoint.
struct Inquiry<'i> {
    engine: &'i Engine,
    endpoint: &'i Endpoint,
    request: &'i AuthzRequest,
    object: &'i Object,
    steps: &'i mut Steps,
    /// Why credentials that were sent went unheard, and where that is configured.
    unheard: Option<(String, Path)>,
}

impl Engine {
    /// Asks the strategies in order.
    pub(super) fn learn(&self, endpoint: &Endpoint, request: &AuthzRequest, object: &Object, steps: &mut Steps) -> Learned {
        let mut inquiry = Inquiry { engine: self, endpoint, request, object, steps, unheard: None };
        let mut learned = Learned {
            identity: Identity::Nobody,
            assurance: Assurance::Nobody,
            strategy: StrategyName::CookieSession,
            is_refused: false,
            is_bearer_refused: false,
            unheard: None,
        };
        for strategy in &endpoint.strategies {
            learned.strategy = strategy.name;
            match inquiry.ask(strategy) {
                Finding::Nothing => {}
                Finding::Somebody(identity, assurance) => return Learned { identity, assurance, ..learned },
                Finding::Refused { is_bearer } => return Learned { is_refused: true, is_bearer_refused: is_bearer, ..learned },
            }
        }
        let header = if request.authorization.is_some() { "Authorization" } else { "Proxy-Authorization" };
        let has_sent = request.authorization.is_some() || request.proxy_authorization.is_some();
        let unread = || {
            let detail = format!("no strategy of endpoint '{}' reads the {header} header", endpoint.name);
            has_sent.then(|| (detail, endpoint.strategies_path()))
        };
        Learned { unheard: inquiry.unheard.or_else(unread), ..learned }
    }

    /// Who the access rules take somebody for.
    pub fn subject(&self, identity: &Identity) -> Subject {
        match identity {
            Identity::Client(id) if !self.behaviour.clients_are_anonymous => Subject::client(id),
            Identity::User { name, groups } => Subject::user(name, groups.iter().cloned()),
            Identity::Client(_) | Identity::Nobody => Subject::anonymous(),
        }
    }
}

impl Inquiry<'_> {
    fn ask(&mut self, strategy: &Strategy) -> Finding {
        let path = self.endpoint.strategy_path(strategy);
        let name = strategy.name.name();
        let asks_basic = self.request.auth.as_deref() == Some("basic");
        let (header, credentials) = match strategy.name {
            StrategyName::CookieSession => return ask_cookie(path, self.request, self.steps),
            StrategyName::HeaderAuthorization => ("Authorization", &self.request.authorization),
            StrategyName::HeaderLegacy if asks_basic => ("Authorization", &self.request.authorization),
            _ => ("Proxy-Authorization", &self.request.proxy_authorization),
        };
        let is_legacy = strategy.name == StrategyName::HeaderLegacy;
        let scheme = match credentials {
            None if is_legacy && asks_basic => {
                return self.refuse(path, format!("{name} wants the {header} header, and there is none"));
            }
            None => {
                self.steps.skip(Check::Strategy, Some(path), format!("{name} finds no {header} header"));
                return Finding::Nothing;
            }
            Some(Credentials::Malformed(reason)) => {
                return self.refuse(path, format!("{name} cannot read the {header} header: {reason}"));
            }
            Some(Credentials::Basic) => Scheme::Basic,
            Some(Credentials::Bearer(_)) => Scheme::Bearer,
        };
        if is_legacy && scheme == Scheme::Bearer {
            return self.refuse(path, format!("{name} takes Basic only, and a token in its header is refused"));
        }
        if !is_legacy && !strategy.takes(scheme) {
            let detail = format!("{name} of endpoint '{}' does not take the scheme {}", self.endpoint.name, scheme.name());
            let path = if self.endpoint.is_configured { path.key("schemes") } else { path };
            if self.engine.behaviour.headers_are_final {
                return self.refuse(path, detail);
            }
            return self.leave(Check::Strategy, path, detail);
        }
        self.steps.pass(Check::Strategy, Some(path), format!("{name} reads the {header} header"));
        if let Some(Credentials::Bearer(token)) = credentials {
            return self.ask_token(token);
        }
        let detail = "the name and password are those of no user: a client's id and secret never are";
        self.steps.fail(Check::Token, None, detail);
        Finding::Refused { is_bearer: false }
    }

    fn refuse(&mut self, path: Path, detail: String) -> Finding {
        self.steps.fail(Check::Strategy, Some(path), detail);
        Finding::Refused { is_bearer: false }
    }

    /// Goes on to the next strategy and remembers why.
    fn leave(&mut self, check: Check, path: Path, detail: String) -> Finding {
        self.steps.skip(check, Some(path.clone()), detail.clone());
        self.unheard.get_or_insert((detail, path));
        Finding::Nothing
    }

    fn ask_token(&mut self, token: &Token) -> Finding {
        if let Some((reason, path)) = self.irrelevance(token) {
            if self.engine.behaviour.headers_are_final {
                self.steps.fail(Check::Token, Some(path), reason);
                return Finding::Refused { is_bearer: self.engine.accepts_tokens };
            }
            return self.leave(Check::Token, path, reason);
        }
        match self.check_token(token) {
            Some(client) => Finding::Somebody(Identity::Client(client), Assurance::OneFactor),
            None => Finding::Refused { is_bearer: true },
        }
    }

    /// Why a token is not taken for one of the server's, so that it goes unheard.
    fn irrelevance(&self, token: &Token) -> Option<(String, Path)> {
        if !self.engine.accepts_tokens {
            let detail = format!("no client has the scope '{BEARER_SCOPE}', so every token is ignored");
            return Some((detail, Path::of("identity_providers.oidc.clients")));
        }
        match token {
            Token::Unknown => None,
            Token::Foreign => {
                let detail = "the token does not look like one of the server's, so it is ignored".to_owned();
                Some((detail, Path::of("identity_providers.oidc")))
            }
            Token::Known(known) if known.signed_by.as_deref().is_none_or(|signer| self.is_asked_as(signer)) => None,
            Token::Known(known) => {
                let client = self.engine.client(&known.client);
                let path = client.map(|client| client.path("access_token_signed_response_alg")).unwrap_or_default();
                let detail = "the token is a signed one, which is recognised only at the portal's own address, so it is ignored";
                Some((detail.to_owned(), path))
            }
        }
    }

    /// Whether the request's own headers name an issuer, as they do when the portal itself is monitored.
    fn is_asked_as(&self, issuer: &str) -> bool {
        let request = self.request;
        let address = Issuer {
            proto: request.forwarded_proto.as_deref(),
            forwarded_host: request.forwarded_host.as_deref(),
            host: &request.host,
            base: &request.base,
        };
        self.engine.issuer(&address).is_ok_and(|own| equal_fold(&own, issuer))
    }

    /// The client of a token that is good for the target.
    fn check_token(&mut self, token: &Token) -> Option<String> {
        let engine = self.engine;
        let Token::Known(known) = token else {
            self.steps.fail(Check::Token, None, "the token was never issued here, or is gone");
            return None;
        };
        let Some(client) = engine.client(&known.client) else {
            let clients = Path::of("identity_providers.oidc.clients");
            self.steps.fail(Check::Token, Some(clients), format!("client '{}' of the token is not registered", known.client));
            return None;
        };
        let fault = match known.state {
            TokenState::Active => None,
            TokenState::Expired => Some("the token is expired"),
            TokenState::Revoked => Some("the token was revoked"),
        };
        if let Some(fault) = fault {
            self.steps.fail(Check::Token, None, fault);
            return None;
        }
        self.steps.pass(Check::Token, None, format!("the token was issued to client '{}' and is valid", client.id));
        if !known.scopes.iter().any(|scope| scope == BEARER_SCOPE) {
            let detail = format!("the token was not given the scope '{BEARER_SCOPE}', since it was not asked for");
            self.steps.fail(Check::TokenScope, None, detail);
            return None;
        }
        self.steps.pass(Check::TokenScope, None, format!("the token was given the scope '{BEARER_SCOPE}'"));
        let url = self.object.url.to_string();
        let is_covered_by_resource = self.check_token_audience(client, known, &url)?;
        let scopes = client.path("scopes");
        if !client.has_bearer_scope() {
            self.steps.fail(Check::ClientScope, Some(scopes), format!("the client has not the scope '{BEARER_SCOPE}' any more"));
            return None;
        }
        self.steps.pass(Check::ClientScope, Some(scopes), format!("the client has the scope '{BEARER_SCOPE}'"));
        let rule = engine.behaviour.audience;
        let coverage = match client.audience.covers(&url, rule) {
            Coverage::Entry(at) => Coverage::Entry(at),
            _ if is_covered_by_resource => client.audience.covers_resource(&url),
            other => other,
        };
        let judged =
            Judged { check: Check::ClientAudience, list: &client.audience, coverage, path: client.path("audience"), rule };
        judged.write(&url, self.steps).then(|| client.id.to_string())
    }

    /// Whether the token covers the URL: none when it does not, else whether only by a resource.
    fn check_token_audience(&mut self, client: &Client, token: &KnownToken, url: &str) -> Option<bool> {
        let rule = self.engine.behaviour.audience;
        let granted = AudienceList::new(token.audience.iter().map(String::as_str));
        let coverage = granted.covers(url, rule);
        if self.engine.behaviour.resource == ResourceRule::Covers && !matches!(coverage, Coverage::Entry(_)) {
            let resources = AudienceList::new(token.resource.iter().map(String::as_str));
            if let Coverage::Entry(at) = resources.covers_resource(url) {
                let detail = format!("resource '{}' of the token covers '{url}'", resources.text(at));
                self.steps.pass(Check::TokenAudience, None, detail);
                self.steps.mark_reported();
                return Some(true);
            }
        }
        let path = client.path(if granted.is_empty() { "requested_audience_mode" } else { "audience" });
        let judged = Judged { check: Check::TokenAudience, list: &granted, coverage, path, rule };
        judged.write(url, self.steps).then_some(false)
    }
}

fn ask_cookie(path: Path, request: &AuthzRequest, steps: &mut Steps) -> Finding {
    let Some(login) = &request.login else {
        steps.skip(Check::Strategy, Some(path), "CookieSession finds no session");
        return Finding::Nothing;
    };
    let factors = if login.has_second_factor { "two factors" } else { "one factor" };
    steps.pass(Check::Strategy, Some(path), format!("CookieSession finds user '{}', logged in with {factors}", login.user));
    let assurance = if login.has_second_factor { Assurance::TwoFactor } else { Assurance::OneFactor };
    Finding::Somebody(Identity::User { name: login.user.clone(), groups: login.groups.clone() }, assurance)
}

/// Whether a list covers a URL, to be written down.
struct Judged<'j> {
    check: Check,
    list: &'j AudienceList,
    coverage: Coverage,
    path: Path,
    rule: AudienceRule,
}

impl Judged<'_> {
    /// Writes it down and says whether the URL is covered.
    fn write(self, url: &str, steps: &mut Steps) -> bool {
        let Judged { check, list, coverage, path, rule } = self;
        let whose = if check == Check::TokenAudience { "the token" } else { "the client" };
        match coverage {
            Coverage::Entry(at) => {
                // The token's audiences stand in the order in which they were asked for.
                let path = if check == Check::ClientAudience { path.index(at) } else { path };
                steps.pass(check, Some(path), format!("audience '{}' of {whose} covers '{url}'", list.text(at)));
                return true;
            }
            Coverage::Unreadable(at) => {
                let entry = list.text(at);
                let detail = format!("audience '{entry}' of {whose} is no URL, and the server reads no entry behind it");
                steps.fail(check, Some(path), detail);
            }
            Coverage::Nothing if list.is_empty() => {
                steps.fail(check, Some(path), format!("{whose} was given no audience, so it covers no URL"));
            }
            Coverage::Nothing => steps.fail(check, Some(path), uncovered(list, url, rule)),
            Coverage::UnreadableNeedle => {
                steps.fail(check, Some(path), format!("'{url}' is no URL that an audience could cover"));
            }
        }
        false
    }
}
