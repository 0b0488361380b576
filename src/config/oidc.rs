//! The `identity_providers.oidc` section, as the server reads it.

use super::claims::{ClaimsPolicy, Scope};
use super::client::Client;
use super::decode::Reader;
use super::{Path, Text};
use crate::go::key::{Key, Kind, Side};
use crate::go::network::Network;

/// The OpenID Connect provider.
#[derive(Debug, Default)]
pub struct Oidc {
    /// Whether `hmac_secret` holds anything.
    pub has_hmac_secret: bool,
    /// `jwks`
    pub jwks: Vec<Jwk>,
    /// What `issuer_private_key` (deprecated) holds; the server puts it before `jwks`.
    pub issuer_key: Option<Jwk>,
    /// Whether `issuer_certificate_chain` (deprecated) is given.
    pub issuer_certificate_chain: bool,
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
    /// `claims_policies`, by name.
    pub claims_policies: Vec<ClaimsPolicy>,
    /// `scopes`, by name.
    pub scopes: Vec<Scope>,
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
    /// What `key` holds; none when it is absent or cannot be read.
    pub key: Option<Key>,
    /// The first certificate's key; none without `certificate_chain`.
    pub certificate: Option<Key>,
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

    /// Every key of the provider, in the order in which the server tries them.
    pub fn keys(&self) -> impl Iterator<Item = &Jwk> {
        self.issuer_key.iter().chain(&self.jwks)
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
            issuer_key: reader.rsa_key("issuer_private_key").map(|key| Jwk {
                algorithm: "RS256".into(),
                usage: "sig".into(),
                key: Some(key),
                certificate: reader.certificates("issuer_certificate_chain"),
                ..Jwk::default()
            }),
            issuer_certificate_chain: reader.certificates("issuer_certificate_chain").is_some(),
            debug_messages: reader.flag("enable_client_debug_messages"),
            minimum_parameter_entropy: reader.integer("minimum_parameter_entropy"),
            enforce_pkce: reader.text("enforce_pkce"),
            discovery_signed_response_alg: reader.text("discovery_signed_response_alg"),
            discovery_signed_response_key_id: reader.text("discovery_signed_response_key_id"),
            cors: Cors {
                endpoints: cors.texts("endpoints"),
                allowed_origins: cors.whole_texts("allowed_origins"),
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
            claims_policies: reader.named("claims_policies", ClaimsPolicy::read),
            scopes: reader.named("scopes", |name, reader| Scope { name: name.into(), claims: reader.texts("claims") }),
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
            certificate: reader.certificates("certificate_chain"),
        }
    }

    /// What it is for, as the server fills it in: `sig` or `enc`; empty for keys that the server does not know.
    pub fn effective_usage(&self) -> &str {
        match (&*self.usage, self.kind()) {
            ("", Some(Kind::Rsa(..) | Kind::Ec(..))) => "sig",
            (written, _) => written,
        }
    }

    /// Its algorithm, as the server fills it in; empty where it cannot.
    pub fn effective_algorithm(&self) -> &str {
        if !self.algorithm.is_empty() {
            return &self.algorithm;
        }
        let encrypts = &*self.usage == "enc";
        match self.kind() {
            Some(Kind::Rsa(..)) if encrypts => "RSA-OAEP-256",
            Some(Kind::Ec(..)) if encrypts => "ECDH-ES+A256KW",
            Some(Kind::Rsa(..)) => "RS256",
            Some(Kind::Ec(_, 256)) => "ES256",
            Some(Kind::Ec(_, 384)) => "ES384",
            Some(Kind::Ec(_, 521)) => "ES512",
            _ => "",
        }
    }

    /// Its id, as the server fills it in; none where that cannot be told.
    pub fn effective_id(&self) -> Option<String> {
        if !self.key_id.is_empty() {
            return Some(self.key_id.to_string());
        }
        Some(self.key.as_ref()?.fingerprint?.key_id(self.effective_algorithm()))
    }

    /// The kind of its key.
    pub fn kind(&self) -> Option<Kind> {
        self.key.as_ref().map(|key| key.kind)
    }

    /// Whether the server can sign with it.
    pub fn is_private(&self) -> bool {
        matches!(self.kind(), Some(Kind::Rsa(Side::Private, _) | Kind::Ec(Side::Private, _)))
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
