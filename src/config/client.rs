//! One OpenID Connect client, as the server reads it.

use std::sync::LazyLock;

use super::decode::Reader;
use super::{Path, Text};
use crate::digest::ClientSecret;

/// A registered client. Empty text means that the option is absent or empty, which the server does not tell apart.
#[derive(Debug, Default)]
pub struct Client {
    /// Position in `clients`, from 0.
    pub index: usize,
    /// `client_id`
    pub id: Text,
    /// `client_name`
    pub name: Text,
    /// `client_secret`; none when absent, empty, or not readable as a digest.
    pub secret: Option<ClientSecret>,
    /// `public`
    pub public: bool,
    /// `redirect_uris`
    pub redirect_uris: Vec<Text>,
    /// `request_uris`
    pub request_uris: Vec<Text>,
    /// `audience`
    pub audience: Vec<Text>,
    /// `scopes`
    pub scopes: Vec<Text>,
    /// `grant_types`
    pub grant_types: Vec<Text>,
    /// `response_types`
    pub response_types: Vec<Text>,
    /// `response_modes`
    pub response_modes: Vec<Text>,
    /// `authorization_policy`
    pub authorization_policy: Text,
    /// `lifespan`
    pub lifespan: Text,
    /// `claims_policy`
    pub claims_policy: Text,
    /// `requested_audience_mode`
    pub requested_audience_mode: Text,
    /// `consent_mode`
    pub consent_mode: Text,
    /// Whether `pre_configured_consent_duration` is set to more than nothing.
    pub pre_configured_consent: bool,
    /// `require_pushed_authorization_requests`
    pub require_pushed_authorization_requests: bool,
    /// `require_pkce`
    pub require_pkce: bool,
    /// `pkce_challenge_method`
    pub pkce_challenge_method: Text,
    /// In the order of [`RESPONSES`]; none when nothing of it is written, as in nearly all clients.
    pub written_responses: Option<Box<[ResponseAlgorithms; RESPONSES.len()]>>,
    /// `request_object_signing_alg`
    pub request_object_signing_alg: Text,
    /// `request_object_encryption_alg`
    pub request_object_encryption_alg: Text,
    /// `request_object_encryption_enc`
    pub request_object_encryption_enc: Text,
    /// Authentication at each endpoint, in the order of [`ENDPOINTS`].
    pub endpoints: [EndpointAuthentication; ENDPOINTS.len()],
    /// `allow_multiple_auth_methods`
    pub allow_multiple_auth_methods: bool,
    /// `sector_identifier_uri`
    pub sector_identifier_uri: Option<Text>,
    /// `jwks_uri`
    pub jwks_uri: Option<Text>,
    /// `jwks`
    pub jwks: Vec<super::oidc::Jwk>,
}

/// The prefixes of `<prefix>_signed_response_alg` and its siblings, in the order in which the server checks them.
pub const RESPONSES: [&str; 5] = ["authorization", "id_token", "access_token", "userinfo", "introspection"];

/// The prefixes of `<prefix>_endpoint_auth_method`.
pub const ENDPOINTS: [&str; 4] = ["token", "revocation", "introspection", "pushed_authorization_request"];

/// The place of the access token in [`RESPONSES`].
pub const ACCESS_TOKEN: usize = 2;
/// The place of the token endpoint in [`ENDPOINTS`].
pub const TOKEN: usize = 0;

/// How one kind of response is signed and encrypted.
#[derive(Debug, Default)]
pub struct ResponseAlgorithms {
    /// `<prefix>_signed_response_alg`
    pub signed_alg: Text,
    /// `<prefix>_signed_response_key_id`
    pub signed_key_id: Text,
    /// `<prefix>_encrypted_response_alg`
    pub encrypted_alg: Text,
    /// `<prefix>_encrypted_response_enc`
    pub encrypted_enc: Text,
    /// `<prefix>_encrypted_response_key_id`
    pub encrypted_key_id: Text,
}

/// How the client authenticates at one endpoint.
#[derive(Debug, Default)]
pub struct EndpointAuthentication {
    /// `<prefix>_endpoint_auth_method`
    pub method: Text,
    /// `<prefix>_endpoint_auth_signing_alg`
    pub signing_alg: Text,
}

/// The scope that makes a token pass at the authz endpoints.
pub const BEARER_SCOPE: &str = "authelia.bearer.authz";
/// The grant that Uptime Kuma uses.
pub const CLIENT_CREDENTIALS: &str = "client_credentials";

/// The path of an option of the client at a position of the list.
pub fn path_of(client: usize, option: &str) -> Path {
    Path::of_item(&["identity_providers", "oidc", "clients"], client, Some(option))
}

impl Client {
    /// The path of one of its options.
    pub fn path(&self, option: &str) -> Path {
        path_of(self.index, option)
    }

    /// Whether its scopes hold the bearer scope exactly.
    pub fn has_bearer_scope(&self) -> bool {
        self.scopes.iter().any(|scope| &**scope == BEARER_SCOPE)
    }

    /// Whether it may use the client-credentials grant.
    pub fn has_client_credentials(&self) -> bool {
        self.grant_types.iter().any(|grant| &**grant == CLIENT_CREDENTIALS)
    }

    /// How each kind of response is signed and encrypted, with its prefix of [`RESPONSES`].
    pub fn responses(&self) -> impl Iterator<Item = (&'static str, &ResponseAlgorithms)> {
        RESPONSES.iter().enumerate().map(|(at, prefix)| (*prefix, self.response(at)))
    }

    /// How one kind of response of [`RESPONSES`] is signed and encrypted.
    pub fn response(&self, kind: usize) -> &ResponseAlgorithms {
        static UNWRITTEN: LazyLock<ResponseAlgorithms> = LazyLock::new(ResponseAlgorithms::default);
        self.written_responses.as_ref().map_or(&UNWRITTEN, |responses| &responses[kind])
    }

    /// Whether a token request without `audience` is given every configured audience.
    pub fn has_implicit_audience(&self) -> bool {
        &*self.requested_audience_mode == "implicit"
    }

    /// Whether its access tokens are signed ones, which no authz endpoint recognises behind a proxy.
    pub fn has_signed_access_token(&self) -> bool {
        let response = self.response(ACCESS_TOKEN);
        !response.signed_key_id.is_empty() || !matches!(&*response.signed_alg, "" | "none")
    }

    /// The authentication method at an endpoint of [`ENDPOINTS`], the server's default filled in.
    pub fn auth_method(&self, endpoint: usize) -> &str {
        match &*self.endpoints[endpoint].method {
            "" if self.public => "none",
            "" => "client_secret_basic",
            method => method,
        }
    }

    pub(super) fn read(index: usize, reader: &Reader<'_>) -> Client {
        Client {
            index,
            id: reader.text("client_id"),
            name: reader.text("client_name"),
            secret: reader.secret("client_secret"),
            public: reader.flag("public"),
            redirect_uris: reader.whole_texts("redirect_uris"),
            request_uris: reader.whole_texts("request_uris"),
            audience: reader.texts("audience"),
            scopes: reader.texts("scopes"),
            grant_types: reader.texts("grant_types"),
            response_types: reader.texts("response_types"),
            response_modes: reader.texts("response_modes"),
            authorization_policy: reader.text("authorization_policy"),
            lifespan: reader.text("lifespan"),
            claims_policy: reader.text("claims_policy"),
            requested_audience_mode: reader.text("requested_audience_mode"),
            consent_mode: reader.text("consent_mode"),
            pre_configured_consent: reader.duration("pre_configured_consent_duration").is_some(),
            require_pushed_authorization_requests: reader.flag("require_pushed_authorization_requests"),
            require_pkce: reader.flag("require_pkce"),
            pkce_challenge_method: reader.text("pkce_challenge_method"),
            written_responses: reader
                .has_key_with("_response_")
                .then(|| Box::new(RESPONSES.map(|prefix| ResponseAlgorithms::read(prefix, reader)))),
            request_object_signing_alg: reader.text("request_object_signing_alg"),
            request_object_encryption_alg: reader.text("request_object_encryption_alg"),
            request_object_encryption_enc: reader.text("request_object_encryption_enc"),
            endpoints: ENDPOINTS.map(|prefix| EndpointAuthentication {
                method: reader.text(&format!("{prefix}_endpoint_auth_method")),
                signing_alg: reader.text(&format!("{prefix}_endpoint_auth_signing_alg")),
            }),
            allow_multiple_auth_methods: reader.flag("allow_multiple_auth_methods"),
            sector_identifier_uri: reader.optional("sector_identifier_uri"),
            jwks_uri: reader.url("jwks_uri"),
            jwks: reader.items("jwks", super::oidc::Jwk::read),
        }
    }
}

impl ResponseAlgorithms {
    fn read(prefix: &str, reader: &Reader<'_>) -> ResponseAlgorithms {
        ResponseAlgorithms {
            signed_alg: reader.text(&format!("{prefix}_signed_response_alg")),
            signed_key_id: reader.text(&format!("{prefix}_signed_response_key_id")),
            encrypted_alg: reader.text(&format!("{prefix}_encrypted_response_alg")),
            encrypted_enc: reader.text(&format!("{prefix}_encrypted_response_enc")),
            encrypted_key_id: reader.text(&format!("{prefix}_encrypted_response_key_id")),
        }
    }
}
