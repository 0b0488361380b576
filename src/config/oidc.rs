//! The `identity_providers.oidc` section, as the server reads it.

use super::client::Client;
use super::decode::Reader;
use super::{Path, Text};
use crate::go::network::Network;

/// The OpenID Connect provider.
#[derive(Debug, Default)]
pub struct Oidc {
    /// Whether `hmac_secret` holds anything.
    pub has_hmac_secret: bool,
    /// `jwks`
    pub jwks: Vec<Jwk>,
    /// Whether `issuer_private_key` is given (deprecated).
    pub issuer_private_key: bool,
    /// `enable_client_debug_messages`
    pub debug_messages: bool,
    /// `minimum_parameter_entropy`; 0 when absent.
    pub minimum_parameter_entropy: i64,
    /// `enforce_pkce`
    pub enforce_pkce: Text,
    /// `discovery_signed_response_alg`
    pub discovery_signed_response_alg: Text,
    /// `discovery_signed_response_key_id`
    pub discovery_signed_response_key_id: Text,
    /// `cors`
    pub cors: Cors,
    /// `clients`
    pub clients: Vec<Client>,
    /// `authorization_policies`, by name.
    pub authorization_policies: Vec<AuthorizationPolicy>,
    /// The global access token lifespan in nanoseconds; none means one hour.
    pub access_token_lifespan: Option<i64>,
    /// `lifespans.custom`, by name.
    pub lifespans: Vec<Lifespan>,
    /// Names in `claims_policies`.
    pub claims_policies: Vec<Text>,
    /// Names in `scopes`.
    pub scopes: Vec<Text>,
}

/// A JSON Web Key, of the provider or of a client.
#[derive(Debug, Default)]
pub struct Jwk {
    /// Position in its list, from 0.
    pub index: usize,
    /// `key_id`
    pub key_id: Text,
    /// `use`
    pub usage: Text,
    /// `algorithm`
    pub algorithm: Text,
    /// What `key` holds.
    pub key: Key,
}

/// A key's kind as far as the server's checks need it; the key itself is never kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Key {
    /// No key, or one that cannot be read.
    #[default]
    Absent,
    /// An RSA private key with its size in bits.
    RsaPrivate(u32),
    /// An RSA public key with its size in bits.
    RsaPublic(u32),
    /// An ECDSA private key with its curve's size in bits.
    EcPrivate(u32),
    /// An ECDSA public key with its curve's size in bits.
    EcPublic(u32),
    /// An Ed25519 or other key that the server reads and refuses.
    Other,
}

/// Cross-origin settings.
#[derive(Debug, Default)]
pub struct Cors {
    /// `endpoints`
    pub endpoints: Vec<Text>,
    /// `allowed_origins` as written.
    pub allowed_origins: Vec<Text>,
    /// `allowed_origins_from_client_redirect_uris`
    pub from_redirect_uris: bool,
}

/// A custom authorization policy.
#[derive(Debug, Default)]
pub struct AuthorizationPolicy {
    /// Its name.
    pub name: Text,
    /// `default_policy`
    pub default_policy: Text,
    /// `rules`
    pub rules: Vec<AuthorizationPolicyRule>,
}

/// A rule of a custom authorization policy.
#[derive(Debug, Default)]
pub struct AuthorizationPolicyRule {
    /// Position in `rules`, from 0.
    pub index: usize,
    /// `policy`
    pub policy: Text,
    /// `subject`
    pub subjects: Vec<Vec<Text>>,
    /// `networks`
    pub networks: Vec<Network>,
}

/// A custom set of lifespans, in nanoseconds.
#[derive(Debug, Default)]
pub struct Lifespan {
    /// Its name.
    pub name: Text,
    /// `access_token`
    pub access_token: Option<i64>,
    /// `grants.client_credentials.access_token`
    pub client_credentials_access_token: Option<i64>,
}

impl Oidc {
    /// The path of one of its options.
    pub fn path(option: &str) -> Path {
        Path::of("identity_providers.oidc").key(option)
    }

    /// The client of an id, compared exactly. The first one when the id is not unique.
    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| &*client.id == id)
    }

    /// Seconds for which an access token made by the client-credentials grant is valid.
    pub fn access_token_seconds(&self, client: &Client) -> u64 {
        let custom = self.lifespans.iter().find(|lifespan| lifespan.name == client.lifespan);
        let nanoseconds = custom
            .and_then(|lifespan| lifespan.client_credentials_access_token.or(lifespan.access_token))
            .or(self.access_token_lifespan)
            .unwrap_or(3_600_000_000_000);
        u64::try_from(nanoseconds / 1_000_000_000).unwrap_or_default()
    }

    pub(super) fn read(reader: &Reader<'_>) -> Oidc {
        let lifespans = reader.section("lifespans");
        let cors = reader.section("cors");
        Oidc {
            has_hmac_secret: !reader.text("hmac_secret").is_empty(),
            jwks: reader.items("jwks", Jwk::read),
            issuer_private_key: reader.optional("issuer_private_key").is_some(),
            debug_messages: reader.flag("enable_client_debug_messages"),
            minimum_parameter_entropy: reader.integer("minimum_parameter_entropy"),
            enforce_pkce: reader.text("enforce_pkce"),
            discovery_signed_response_alg: reader.text("discovery_signed_response_alg"),
            discovery_signed_response_key_id: reader.text("discovery_signed_response_key_id"),
            cors: Cors {
                endpoints: cors.texts("endpoints"),
                allowed_origins: cors.texts("allowed_origins"),
                from_redirect_uris: cors.flag("allowed_origins_from_client_redirect_uris"),
            },
            clients: reader.items("clients", Client::read),
            authorization_policies: reader.named("authorization_policies", AuthorizationPolicy::read),
            access_token_lifespan: lifespans.duration("access_token"),
            lifespans: lifespans.named("custom", |name, reader| Lifespan {
                name: name.into(),
                access_token: reader.duration("access_token"),
                client_credentials_access_token: reader.section("grants").section("client_credentials").duration("access_token"),
            }),
            claims_policies: reader.named("claims_policies", |name, _| name.into()),
            scopes: reader.named("scopes", |name, _| name.into()),
        }
    }
}

impl Jwk {
    pub(super) fn read(index: usize, reader: &Reader<'_>) -> Jwk {
        Jwk {
            index,
            key_id: reader.text("key_id"),
            usage: reader.text("use"),
            algorithm: reader.text("algorithm"),
            key: reader.key("key"),
        }
    }
}

impl AuthorizationPolicy {
    fn read(name: &str, reader: &Reader<'_>) -> AuthorizationPolicy {
        AuthorizationPolicy {
            name: name.into(),
            default_policy: reader.text("default_policy"),
            rules: reader.items("rules", |index, reader| AuthorizationPolicyRule {
                index,
                policy: reader.text("policy"),
                subjects: reader.subjects("subject"),
                networks: reader.networks("networks"),
            }),
        }
    }
}

impl From<crate::go::key::Key> for Key {
    fn from(key: crate::go::key::Key) -> Key {
        match key {
            crate::go::key::Key::RsaPrivate(bits) => Key::RsaPrivate(bits),
        }
    }
}
