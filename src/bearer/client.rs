//! A client as the provider knows it while it runs.

use std::collections::HashSet;
use std::sync::Arc;

use super::audience::AudienceList;
use crate::config::client::{self as configured, BEARER_SCOPE, ENDPOINTS};
use crate::config::oidc::Oidc;
use crate::config::{Config, Path};

/// A registered client, ready to be asked about.
#[derive(Clone, Debug)]
pub struct Client {
    /// `client_id`
    pub id: Box<str>,
    /// Seconds for which its tokens are valid.
    pub lifetime: u64,
    /// Whether its access tokens are signed ones.
    pub signs_tokens: bool,
    /// Whether it is registered with a secret.
    pub has_secret: bool,
    pub(super) is_public: bool,
    /// How it authenticates at each of [`ENDPOINTS`].
    methods: [Arc<str>; ENDPOINTS.len()],
    pub(super) allows_several_methods: bool,
    pub(super) scopes: Vec<Arc<str>>,
    pub(super) grants: Vec<Arc<str>>,
    pub(super) audience: AudienceList,
    pub(super) is_implicit: bool,
    /// Position in `clients`, from 0.
    index: usize,
}

/// An endpoint at which clients authenticate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClientEndpoint {
    /// Where tokens are given.
    Token,
    /// Where tokens are given up.
    Revocation,
    /// Where tokens are described.
    Introspection,
}

impl ClientEndpoint {
    /// The option that says how a client authenticates there.
    pub fn option(self) -> String {
        format!("{}_endpoint_auth_method", ENDPOINTS[self.position()])
    }

    /// Its place in [`ENDPOINTS`].
    fn position(self) -> usize {
        match self {
            ClientEndpoint::Token => 0,
            ClientEndpoint::Revocation => 1,
            ClientEndpoint::Introspection => 2,
        }
    }
}

impl Client {
    /// Every client of a configuration, in order.
    pub(super) fn all(config: &Config) -> Vec<Client> {
        let Some(oidc) = &config.oidc else { return Vec::new() };
        let mut words = Words::default();
        oidc.clients.iter().map(|client| Client::new(client, oidc, &mut words)).collect()
    }

    fn new(client: &configured::Client, oidc: &Oidc, words: &mut Words) -> Client {
        Client {
            id: client.id.clone(),
            lifetime: oidc.access_token_seconds(client),
            signs_tokens: client.has_signed_access_token(),
            has_secret: client.secret.is_some(),
            is_public: client.public,
            methods: std::array::from_fn(|endpoint| words.share(client.auth_method(endpoint))),
            allows_several_methods: client.allow_multiple_auth_methods,
            scopes: client.scopes.iter().map(|scope| words.share(scope)).collect(),
            grants: client.grant_types.iter().map(|grant| words.share(grant)).collect(),
            audience: AudienceList::new(client.audience.iter().map(|audience| &**audience)),
            is_implicit: client.has_implicit_audience(),
            index: client.index,
        }
    }

    /// Where one of its options is configured, or would be.
    pub fn path(&self, option: &str) -> Path {
        configured::path_of(self.index, option)
    }

    /// The audiences that it may ask for, as they are written.
    pub fn audience(&self) -> impl Iterator<Item = &str> {
        self.audience.texts()
    }

    /// Whether its scopes hold a scope exactly.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| **own == *scope)
    }

    /// Whether its tokens may pass at an authz endpoint.
    pub fn has_bearer_scope(&self) -> bool {
        self.has_scope(BEARER_SCOPE)
    }

    /// How it authenticates at an endpoint.
    pub(super) fn method(&self, endpoint: ClientEndpoint) -> &str {
        &self.methods[endpoint.position()]
    }

    /// Whether it may use a grant.
    pub(super) fn has_grant(&self, grant: &str) -> bool {
        self.grants.iter().any(|own| **own == *grant)
    }
}

/// Every word once: many clients have the same few.
#[derive(Default)]
struct Words(HashSet<Arc<str>>);

impl Words {
    fn share(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        let word: Arc<str> = word.into();
        self.0.insert(word.clone());
        word
    }
}
