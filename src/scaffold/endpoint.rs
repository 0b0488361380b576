//! The authz endpoint: found, mended or made, with the defaults kept that would be dropped by making one.

use super::{Misfit, Order, pieces};
use crate::config::graft::{Part, Shape};
use crate::config::server::AuthzEndpoint;
use crate::config::{Config, Path};

/// The endpoint that the proxy asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Endpoint {
    pub(super) name: String,
    pub(super) implementation: String,
}

/// The names and implementations that the server has when none is configured.
const DEFAULTS: [(&str, &str); 4] =
    [("forward-auth", "ForwardAuth"), ("auth-request", "AuthRequest"), ("ext-authz", "ExtAuthz"), ("legacy", "Legacy")];

/// The configuration with an endpoint that reads tokens.
pub(super) fn place(config: Config, order: &Order, is_fresh: bool) -> Result<(Config, Endpoint), Misfit> {
    if let Some(found) = choose(&config, order)? {
        let endpoint = Endpoint { name: found.name.to_string(), implementation: found.implementation.to_string() };
        let edited = mended(&config, found)?;
        return Ok((edited.unwrap_or(config), endpoint));
    }
    let implementation = order.implementation.ok_or_else(|| Misfit::UnclearEndpoint(names(&config)))?;
    let name = free_name(&config, order.endpoint.unwrap_or("monitor"));
    let endpoint = Endpoint { name: name.clone(), implementation: implementation.to_owned() };
    let section = Path::of("server.endpoints.authz");
    if !config.server.endpoints.is_empty() {
        return Ok((config.put(&section.key(&name), &pieces::endpoint(implementation))?, endpoint));
    }
    let own = Part::new(&*name, pieces::endpoint(implementation));
    let own = if is_fresh {
        own.remark("With the first endpoint that is named the server's four default ones are gone: name all that are asked.")
    } else {
        own
    };
    let mut parts = vec![own];
    if !is_fresh {
        let kept = DEFAULTS.iter().filter(|(default, _)| *default != name);
        parts.extend(kept.map(|(default, implementation)| Part::new(*default, pieces::default_endpoint(implementation))));
        if let Some(first) = parts.get_mut(1) {
            first.remarks.push("The server's other default endpoints, which it drops as soon as one is named.".to_owned());
        }
    }
    Ok((config.put(&section, &Shape::Map(parts))?, endpoint))
}

/// The endpoint that is there: one of the implementation that is asked for, one that reads tokens rather than another.
fn choose<'a>(config: &'a Config, order: &Order) -> Result<Option<&'a AuthzEndpoint>, Misfit> {
    let endpoints = &config.server.endpoints;
    let fitting: Vec<&AuthzEndpoint> = endpoints
        .iter()
        .filter(|endpoint| order.implementation.is_none_or(|wanted| *wanted == *endpoint.implementation))
        .collect();
    let readers: Vec<&AuthzEndpoint> = fitting.iter().copied().filter(|endpoint| reads_tokens(endpoint)).collect();
    let candidates = if readers.is_empty() { fitting } else { readers };
    match candidates.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        several => {
            let usual = several.iter().find(|endpoint| Some(&*endpoint.name) == order.endpoint);
            usual.copied().map(Some).ok_or_else(|| Misfit::UnclearEndpoint(names(config)))
        }
    }
}

/// An edit that makes the endpoint read tokens, where it does not.
fn mended(config: &Config, endpoint: &AuthzEndpoint) -> Result<Option<Config>, Misfit> {
    let strategies = endpoint.path("authn_strategies");
    let header = endpoint.strategies.iter().find(|strategy| &*strategy.name == "HeaderAuthorization");
    let edited = match header {
        Some(header) if takes_tokens(header) => return Ok(None),
        None if endpoint.strategies.is_empty() => config.put(&strategies, &pieces::strategies())?,
        None => config.insert(&strategies, 0, &pieces::header())?,
        Some(header) => {
            let schemes = strategies.index(header.index).key("schemes");
            match header.schemes.len() {
                0 => config.put(&schemes, &Shape::texts(["Basic", "Bearer"]))?,
                count => match config.insert(&schemes, count, &Shape::text("Bearer")) {
                    Ok(edited) => edited,
                    // One value stands for a list of one.
                    Err(_) => config
                        .replace(&schemes, &Shape::texts(header.schemes.iter().map(|scheme| &**scheme).chain(["Bearer"])))?,
                },
            }
        }
    };
    Ok(Some(edited))
}

fn reads_tokens(endpoint: &AuthzEndpoint) -> bool {
    endpoint.strategies.iter().any(|strategy| &*strategy.name == "HeaderAuthorization" && takes_tokens(strategy))
}

fn takes_tokens(strategy: &crate::config::server::Strategy) -> bool {
    strategy.schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("bearer"))
}

/// A name that no endpoint has. It must end with a letter.
fn free_name(config: &Config, wanted: &str) -> String {
    let taken = |name: &str| config.server.endpoints.iter().any(|endpoint| &*endpoint.name == name);
    let more = std::iter::successors(Some(format!("{wanted}-monitor")), |name| Some(format!("{name}-x")));
    std::iter::once(wanted.to_owned()).chain(more).find(|name| !taken(name)).unwrap_or_default()
}

fn names(config: &Config) -> Vec<String> {
    config.server.endpoints.iter().map(|endpoint| endpoint.name.to_string()).collect()
}

impl Endpoint {
    /// Where the proxy asks it.
    pub(super) fn path(&self) -> String {
        if self.name == "legacy" { "/api/verify".to_owned() } else { format!("/api/authz/{}", self.name) }
    }
}
