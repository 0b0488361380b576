//! The discovery documents, fixed but for the issuer and two settings, in the server's order of keys.

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::config::node;
use crate::config::oidc::Oidc;

const SIGNING: [&str; 12] =
    ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"];

const ENCRYPTION: [&str; 17] = [
    "RSA1_5",
    "RSA-OAEP",
    "RSA-OAEP-256",
    "A128KW",
    "A192KW",
    "A256KW",
    "dir",
    "ECDH-ES",
    "ECDH-ES+A128KW",
    "ECDH-ES+A192KW",
    "ECDH-ES+A256KW",
    "A128GCMKW",
    "A192GCMKW",
    "A256GCMKW",
    "PBES2-HS256+A128KW",
    "PBES2-HS384+A192KW",
    "PBES2-HS512+A256KW",
];

const CONTENT: [&str; 6] = ["A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM"];

const METHODS: [&str; 5] = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"];

/// Claims of the server's own; what the administrator adds is not told.
const CLAIMS: [&str; 33] = [
    "amr",
    "aud",
    "azp",
    "client_id",
    "exp",
    "iat",
    "iss",
    "jti",
    "rat",
    "auth_time",
    "nonce",
    "groups",
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "alt_emails",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
];

/// The answer at `/.well-known/oauth-authorization-server`.
pub(super) fn oauth2(issuer: &str, config: &Config) -> Map<String, Value> {
    let mut document = Map::new();
    common(&mut document, issuer);
    let at = |path: &str| format!("{issuer}{path}");
    let challenges: &[&str] = if is_set(config, "enable_pkce_plain_challenge") { &["S256", "plain"] } else { &["S256"] };
    extend(
        &mut document,
        json!({
            "introspection_endpoint": at("/api/oidc/introspection"),
            "revocation_endpoint": at("/api/oidc/revocation"),
            "introspection_endpoint_auth_methods_supported": METHODS[..4],
            "revocation_endpoint_auth_methods_supported": METHODS,
            "revocation_endpoint_auth_signing_alg_values_supported": SIGNING,
            "code_challenge_methods_supported": challenges,
            "device_authorization_endpoint": at("/api/oidc/device-authorization"),
            "authorization_response_iss_parameter_supported": true,
            "introspection_signing_alg_values_supported": and_none(),
            "introspection_encryption_alg_values_supported": ENCRYPTION,
            "introspection_encryption_enc_values_supported": CONTENT,
            "pushed_authorization_request_endpoint": at("/api/oidc/pushed-authorization-request"),
            "require_pushed_authorization_requests": is_set(config, "require_pushed_authorization_requests"),
        }),
    );
    document
}

/// The answer at `/.well-known/openid-configuration`.
pub(super) fn openid(issuer: &str, config: &Config) -> Map<String, Value> {
    let mut document = oauth2(issuer, config);
    extend(
        &mut document,
        json!({
            "id_token_signing_alg_values_supported": SIGNING,
            "id_token_encryption_alg_values_supported": ENCRYPTION,
            "id_token_encryption_enc_values_supported": CONTENT,
            "userinfo_endpoint": format!("{issuer}/api/oidc/userinfo"),
            "userinfo_signing_alg_values_supported": and_none(),
            "userinfo_encryption_alg_values_supported": ENCRYPTION,
            "userinfo_encryption_enc_values_supported": CONTENT,
            "request_object_signing_alg_values_supported": and_none(),
            "request_object_encryption_alg_values_supported": ENCRYPTION,
            "request_object_encryption_enc_values_supported": CONTENT,
            "claim_types_supported": ["normal"],
            "request_parameter_supported": true,
            "request_uri_parameter_supported": true,
            "require_request_uri_registration": true,
            "claims_parameter_supported": true,
            "prompt_values_supported": ["consent", "login", "none", "select_account"],
            "authorization_signing_alg_values_supported": SIGNING,
            "authorization_encryption_alg_values_supported": ENCRYPTION,
            "authorization_encryption_enc_values_supported": CONTENT,
        }),
    );
    document
}

/// What every document begins with.
fn common(document: &mut Map<String, Value>, issuer: &str) {
    let at = |path: &str| format!("{issuer}{path}");
    extend(
        document,
        json!({
            "issuer": issuer,
            "jwks_uri": at("/jwks.json"),
            "authorization_endpoint": at("/api/oidc/authorization"),
            "token_endpoint": at("/api/oidc/token"),
            "subject_types_supported": ["public", "pairwise"],
            "response_types_supported": [
                "code", "id_token", "token", "id_token token", "code id_token", "code token", "code id_token token",
            ],
            "grant_types_supported": [
                "authorization_code", "implicit", "client_credentials", "refresh_token",
                "urn:ietf:params:oauth:grant-type:device_code",
            ],
            "response_modes_supported": ["form_post", "query", "fragment", "jwt", "form_post.jwt", "query.jwt", "fragment.jwt"],
            "scopes_supported": ["offline_access", "openid", "profile", "email", "address", "phone", "groups"],
            "claims_supported": CLAIMS.as_slice(),
            "token_endpoint_auth_methods_supported": METHODS,
            "token_endpoint_auth_signing_alg_values_supported": SIGNING,
        }),
    );
}

fn and_none() -> Vec<&'static str> {
    SIGNING.into_iter().chain(["none"]).collect()
}

fn extend(document: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        document.extend(more);
    }
}

fn is_set(config: &Config, option: &str) -> bool {
    let node = config.tree.get(&Oidc::path(option));
    node.is_some_and(|node| node.value == node::Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::source::{Source, Sources};

    #[test]
    fn the_documents_follow_the_issuer_and_the_settings() {
        let mut sources = Sources::default();
        sources.add(Source::new("x", "identity_providers: {oidc: {enable_pkce_plain_challenge: true}}".to_owned()));
        let config = config::load(sources);
        let document = openid("https://auth.example.com/sub", &config);
        assert_eq!(document["issuer"], "https://auth.example.com/sub");
        assert_eq!(document["token_endpoint"], "https://auth.example.com/sub/api/oidc/token");
        assert_eq!(document["code_challenge_methods_supported"], json!(["S256", "plain"]));
        assert_eq!(document["require_pushed_authorization_requests"], false);
        assert!(!document["scopes_supported"].as_array().unwrap().contains(&"authelia.bearer.authz".into()));
        assert!(!oauth2("https://auth.example.com", &config).contains_key("userinfo_endpoint"));
    }
}
