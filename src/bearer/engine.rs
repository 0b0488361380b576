//! A configuration compiled for many questions.

use std::collections::HashMap;

use super::client::Client;
use super::endpoint::Endpoint;
use super::portal::Cookie;
use super::{Behaviour, Target};
use crate::access::{Object, Policy, RuleCheck, Subject, Undecidable};
use crate::config::Config;

/// The server's half that decides, ready to be asked. It keeps nothing of the configuration that it was made from.
#[derive(Debug)]
pub struct Engine {
    pub(super) target: Target,
    pub(super) behaviour: Behaviour,
    endpoints: Vec<Endpoint>,
    pub(super) cookies: Vec<Cookie>,
    clients: Vec<Client>,
    /// Positions of the clients by their ids.
    by_id: HashMap<Box<str>, usize>,
    pub(super) policy: Policy,
    /// Whether one client at least has the bearer scope, which turns tokens on at every authz endpoint.
    pub(super) accepts_tokens: bool,
    pub(super) sends_debug_messages: bool,
    /// Whether the server's own listener speaks TLS.
    pub(super) has_tls: bool,
    /// The sub-path of `server.address`, such as `/auth`; empty when there is none.
    subpath: String,
    /// Whether there is a provider at all.
    has_provider: bool,
    /// The portal of the first host that access rules name and a session cookie covers.
    pub(super) portal_of_rules: Option<String>,
    /// Whether access rules name hosts at all.
    pub(super) has_rule_hosts: bool,
}

/// Where a request path leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Route<'e, 'r> {
    /// The endpoint.
    pub endpoint: &'e Endpoint,
    /// What follows its path and a slash, as written; none when nothing does. Empty behind a bare slash, which the server answers with 301.
    pub rest: Option<&'r str>,
    /// The sub-path of `server.address` when the request uses it; empty otherwise.
    pub base: &'e str,
}

impl Engine {
    /// Compiles a configuration.
    pub fn compile(config: &Config, target: Target) -> Result<Engine, Undecidable> {
        Ok(Engine::with_policy(config, target, Policy::compile(&config.access_control)?))
    }

    /// Compiles a configuration as if it had no access rules and denied everything.
    pub fn without_rules(config: &Config, target: Target) -> Engine {
        Engine::with_policy(config, target, Policy::shut())
    }

    fn with_policy(config: &Config, target: Target, policy: Policy) -> Engine {
        let behaviour = target.behaviour();
        let clients = Client::all(config);
        let mut by_id = HashMap::with_capacity(clients.len());
        for (position, client) in clients.iter().enumerate() {
            by_id.entry(client.id.clone()).or_insert(position);
        }
        let mut engine = Engine {
            target,
            endpoints: Endpoint::all(&config.server, &behaviour),
            cookies: Cookie::all(config),
            accepts_tokens: clients.iter().any(Client::has_bearer_scope),
            policy: if behaviour.folds_wildcards { policy } else { policy.with_case_sensitive_wildcards() },
            behaviour,
            clients,
            by_id,
            sends_debug_messages: config.oidc.as_ref().is_some_and(|oidc| oidc.debug_messages),
            has_tls: config.server.tls,
            subpath: config.server.subpath().trim_end_matches('/').to_owned(),
            has_provider: config.oidc.is_some(),
            portal_of_rules: None,
            has_rule_hosts: rule_hosts(config).next().is_some(),
        };
        engine.portal_of_rules = rule_hosts(config).find_map(|host| engine.cookie_of(host)).and_then(Cookie::portal_host);
        engine
    }

    /// The release whose behaviour is assumed.
    pub fn target(&self) -> Target {
        self.target
    }

    /// How that release behaves where releases differ.
    pub fn behaviour(&self) -> &Behaviour {
        &self.behaviour
    }

    /// The authz endpoints in effect, in order.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The endpoint of a name.
    pub fn endpoint(&self, name: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| &*endpoint.name == name)
    }

    /// The endpoint that answers at a path, which comes without its query.
    pub fn route<'e, 'r>(&'e self, path: &'r str) -> Option<Route<'e, 'r>> {
        let prefixed = path.strip_prefix(self.subpath.as_str()).filter(|rest| !self.subpath.is_empty() && rest.starts_with('/'));
        let (base, path) = prefixed.map_or(("", path), |rest| (self.subpath.as_str(), rest));
        let own = self.endpoints.iter().find(|endpoint| endpoint.route == path);
        if let Some(endpoint) = own {
            return Some(Route { endpoint, rest: None, base });
        }
        let below = |endpoint: &'e Endpoint| {
            let rest = path.strip_prefix(endpoint.route.as_str())?.strip_prefix('/')?;
            endpoint.takes_paths().then_some(Route { endpoint, rest: Some(rest), base })
        };
        self.endpoints.iter().filter_map(below).max_by_key(|route| route.endpoint.route.len())
    }

    /// The registered clients, in order.
    pub fn clients(&self) -> &[Client] {
        &self.clients
    }

    /// The client of an id.
    pub fn client(&self, id: &str) -> Option<&Client> {
        self.by_id.get(id).map(|position| &self.clients[*position])
    }

    /// Whether there is a provider, without which the token endpoint does not exist.
    pub fn has_provider(&self) -> bool {
        self.has_provider
    }

    /// Every access rule with each of its criteria, in order, for one subject and target.
    pub fn explain(&self, subject: &Subject, object: &Object) -> impl Iterator<Item = RuleCheck> {
        self.policy.explain(subject, object)
    }

    /// The access rules.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
}

/// Host names that the access rules name, wildcards by what follows their dot.
fn rule_hosts(config: &Config) -> impl Iterator<Item = &str> {
    let domains = config.access_control.rules.iter().flat_map(|rule| &rule.domains);
    domains.map(|domain| domain.trim_start_matches("*.")).filter(|domain| domain.contains('.'))
}
