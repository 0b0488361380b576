//! The authz endpoints as they are in effect, the server's defaults filled in.

use super::Behaviour;
use crate::config::Path;
use crate::config::server::{AuthzEndpoint, Server, Strategy as Configured};
use crate::go::path::clean;

/// One endpoint that a proxy can ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoint {
    /// Its name.
    pub name: Box<str>,
    /// The path that proxies are told to ask: `/api/authz/<name>`, or `/api/verify` for the one named `legacy`.
    pub path: String,
    /// The path at which the server answers; another than `path` for names such as `a//b`.
    pub(super) route: String,
    /// How it reads a request.
    pub implementation: Implementation,
    /// How it learns who is asking, in order. Never empty.
    pub strategies: Vec<Strategy>,
    /// Whether it is written in the configuration rather than one of the server's defaults.
    pub is_configured: bool,
    /// Whether its strategies are written there.
    has_own_strategies: bool,
}

/// How an endpoint reads a request and sends people to the portal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Implementation {
    /// Traefik, Caddy, Skipper: `X-Forwarded-*` headers.
    ForwardAuth,
    /// nginx: `X-Original-*` headers.
    AuthRequest,
    /// Envoy: the request itself, its path behind the endpoint's.
    ExtAuthz,
    /// The one before 4.38: a mixture.
    Legacy,
}

/// One way to learn who is asking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Strategy {
    /// Position in `authn_strategies`, from 0.
    pub index: usize,
    /// Which one.
    pub name: StrategyName,
    /// The schemes that it takes; none for those that read no header.
    pub schemes: Vec<Scheme>,
}

/// The strategies that the server has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StrategyName {
    /// `Authorization`, answered with 401.
    HeaderAuthorization,
    /// `Proxy-Authorization`, answered with 407.
    HeaderProxyAuthorization,
    /// `Proxy-Authorization`, answered with 401.
    HeaderAuthRequestProxyAuthorization,
    /// `Proxy-Authorization`, or `Authorization` when asked with `?auth=basic`; Basic only.
    HeaderLegacy,
    /// The session cookie.
    CookieSession,
}

/// A scheme of an authorization header.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scheme {
    /// A user's name and password.
    Basic,
    /// A token.
    Bearer,
}

impl Endpoint {
    /// Every endpoint of a server: those that are configured, or its four defaults.
    pub(super) fn all(server: &Server, behaviour: &Behaviour) -> Vec<Endpoint> {
        if !server.endpoints.is_empty() {
            return server.endpoints.iter().map(|endpoint| Endpoint::configured(endpoint, behaviour)).collect();
        }
        let defaults = [
            ("forward-auth", Implementation::ForwardAuth),
            ("ext-authz", Implementation::ExtAuthz),
            ("auth-request", Implementation::AuthRequest),
            ("legacy", Implementation::Legacy),
        ];
        defaults.map(|(name, implementation)| Endpoint::new(name, implementation, implementation.strategies())).into()
    }

    fn configured(endpoint: &AuthzEndpoint, behaviour: &Behaviour) -> Endpoint {
        let implementation = Implementation::of(&endpoint.implementation);
        let own = endpoint.strategies.iter().filter_map(|strategy| Strategy::configured(strategy, implementation));
        let mut strategies: Vec<Strategy> = own.collect();
        let has_own_strategies = !strategies.is_empty();
        if !has_own_strategies {
            let is_absent = endpoint.strategies.is_empty() && behaviour.has_default_strategies;
            strategies = if is_absent { implementation.strategies() } else { implementation.last_resort() };
        }
        Endpoint { is_configured: true, has_own_strategies, ..Endpoint::new(&endpoint.name, implementation, strategies) }
    }

    fn new(name: &str, implementation: Implementation, strategies: Vec<Strategy>) -> Endpoint {
        let path = if name == "legacy" { "/api/verify".to_owned() } else { format!("/api/authz/{name}") };
        Endpoint {
            name: name.into(),
            route: String::from_utf8_lossy(&clean(path.as_bytes())).into_owned(),
            path,
            implementation,
            strategies,
            is_configured: false,
            has_own_strategies: false,
        }
    }

    /// The strategy that reads a token from the `Authorization` header, which is where Uptime Kuma sends it.
    pub fn bearer_strategy(&self) -> Option<&Strategy> {
        let reads = |strategy: &&Strategy| strategy.name == StrategyName::HeaderAuthorization && strategy.takes(Scheme::Bearer);
        self.strategies.iter().find(reads)
    }

    /// Whether it answers a request with this verb; the others get 405.
    pub fn takes_verb(&self, verb: &str) -> bool {
        self.takes_paths() || matches!(verb, "GET" | "HEAD")
    }

    /// Whether it answers at the paths below its own, too.
    pub fn takes_paths(&self) -> bool {
        matches!(self.implementation, Implementation::ExtAuthz | Implementation::Legacy)
    }

    /// The status of a request that it can make nothing of.
    pub(super) fn bad_request(&self) -> u16 {
        if self.implementation == Implementation::Legacy { 401 } else { 400 }
    }

    /// Where it is configured; the section of all endpoints when it is one of the server's defaults.
    pub fn config_path(&self) -> Path {
        let section = Path::of("server.endpoints.authz");
        if self.is_configured { section.key(&self.name) } else { section }
    }

    /// Where its strategies are configured, or would be.
    pub fn strategies_path(&self) -> Path {
        if self.is_configured { self.config_path().key("authn_strategies") } else { self.config_path() }
    }

    /// Where one of its strategies is configured, or would be.
    pub fn strategy_path(&self, strategy: &Strategy) -> Path {
        if self.has_own_strategies { self.strategies_path().index(strategy.index) } else { self.strategies_path() }
    }
}

impl Implementation {
    /// The implementation of a name. What the server does not know is Legacy to it, after it has complained.
    pub fn of(name: &str) -> Implementation {
        match name {
            "ForwardAuth" => Implementation::ForwardAuth,
            "AuthRequest" => Implementation::AuthRequest,
            "ExtAuthz" => Implementation::ExtAuthz,
            _ => Implementation::Legacy,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Implementation::ForwardAuth => "ForwardAuth",
            Implementation::AuthRequest => "AuthRequest",
            Implementation::ExtAuthz => "ExtAuthz",
            Implementation::Legacy => "Legacy",
        }
    }

    /// The strategies of an endpoint that names none.
    fn strategies(self) -> Vec<Strategy> {
        let header = match self {
            Implementation::Legacy => StrategyName::HeaderLegacy,
            _ => StrategyName::HeaderAuthorization,
        };
        header.then_cookie()
    }

    /// The strategies of an endpoint that is left without any while the server runs.
    fn last_resort(self) -> Vec<Strategy> {
        let header = match self {
            Implementation::Legacy => StrategyName::HeaderLegacy,
            Implementation::AuthRequest => StrategyName::HeaderAuthRequestProxyAuthorization,
            Implementation::ForwardAuth | Implementation::ExtAuthz => StrategyName::HeaderProxyAuthorization,
        };
        header.then_cookie()
    }
}

impl Strategy {
    /// A strategy as it is configured; none when the server does not know its name, which it drops after it has complained.
    fn configured(strategy: &Configured, implementation: Implementation) -> Option<Strategy> {
        let name = StrategyName::of(&strategy.name)?;
        let schemes = match name {
            StrategyName::CookieSession | StrategyName::HeaderLegacy => Vec::new(),
            _ if !strategy.schemes.is_empty() => strategy.schemes.iter().filter_map(|scheme| Scheme::of(scheme)).collect(),
            _ if implementation == Implementation::Legacy => Vec::new(),
            _ => vec![Scheme::Basic],
        };
        Some(Strategy { index: strategy.index, name, schemes })
    }

    /// Whether it takes a scheme.
    pub fn takes(&self, scheme: Scheme) -> bool {
        self.schemes.contains(&scheme)
    }
}

impl StrategyName {
    /// The strategy of a name.
    pub fn of(name: &str) -> Option<StrategyName> {
        Some(match name {
            "HeaderAuthorization" => StrategyName::HeaderAuthorization,
            "HeaderProxyAuthorization" => StrategyName::HeaderProxyAuthorization,
            "HeaderAuthRequestProxyAuthorization" => StrategyName::HeaderAuthRequestProxyAuthorization,
            "HeaderLegacy" => StrategyName::HeaderLegacy,
            "CookieSession" => StrategyName::CookieSession,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            StrategyName::HeaderAuthorization => "HeaderAuthorization",
            StrategyName::HeaderProxyAuthorization => "HeaderProxyAuthorization",
            StrategyName::HeaderAuthRequestProxyAuthorization => "HeaderAuthRequestProxyAuthorization",
            StrategyName::HeaderLegacy => "HeaderLegacy",
            StrategyName::CookieSession => "CookieSession",
        }
    }

    fn then_cookie(self) -> Vec<Strategy> {
        let schemes = if self == StrategyName::HeaderLegacy { Vec::new() } else { vec![Scheme::Basic] };
        vec![
            Strategy { index: 0, name: self, schemes },
            Strategy { index: 1, name: StrategyName::CookieSession, schemes: Vec::new() },
        ]
    }
}

impl Scheme {
    /// The scheme of a name, in whatever case.
    pub fn of(name: &str) -> Option<Scheme> {
        match name.to_lowercase().as_str() {
            "basic" => Some(Scheme::Basic),
            "bearer" => Some(Scheme::Bearer),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Basic => "Basic",
            Scheme::Bearer => "Bearer",
        }
    }
}
