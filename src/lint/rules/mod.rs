//! Every rule, one file each.

mod bypass_with_subject;
mod clashing_endpoints;
mod client_id_charset;
mod client_secret_uses;
mod deprecated_key;
mod dotted_key;
mod duplicate_client_id;
mod duplicate_key;
mod further_document;
mod ineffective_wildcard;
mod invalid_authorization_policy;
mod invalid_cookie_domain;
mod invalid_cors;
mod invalid_endpoint_name;
mod invalid_network;
mod invalid_pattern;
mod invalid_portal_url;
mod invalid_query_condition;
mod invalid_redirect_uri;
mod invalid_server_path;
mod lax_bearer_client;
mod legacy_session_domain;
mod long_client_id;
mod malformed_ignore;
mod mismatched_grant_type;
mod missing_audience;
mod missing_client_id;
mod missing_client_secret;
mod missing_clients;
mod missing_cookie_domain;
mod missing_domain;
mod missing_grant_types;
mod missing_issuer_key;
mod missing_policy;
mod missing_rules;
mod missing_section;
mod mixed_bearer_scopes;
mod no_mapping;
mod plaintext_client_secret;
mod public_machine_client;
mod repeated_value;
mod replaced_key;
mod replaced_list;
mod reserved_scope_name;
mod sector_identifier;
mod syntax_error;
mod template_expression;
mod unknown_audience_mode;
mod unknown_claims_policy;
mod unknown_client_subject;
mod unknown_consent_mode;
mod unknown_implementation;
mod unknown_key;
mod unknown_lifespan;
mod unknown_method;
mod unknown_pkce_enforcement;
mod unknown_pkce_method;
mod unknown_policy;
mod unknown_response_mode;
mod unknown_response_type;
mod unknown_same_site;
mod unknown_scope;
mod unknown_strategy;
mod unknown_subject_form;
mod unreadable_digest;
mod unsuitable_auth_method;
mod unsuitable_auth_signing_alg;
mod unsuitable_authorization_policy;
mod unsuitable_client_keys;
mod unsuitable_encryption;
mod unsuitable_grant_type;
mod unsuitable_issuer_key;
mod unsuitable_response_alg;
mod unsuitable_scheme;
mod unused_ignore;
mod user_scope_of_machine_client;
mod weak_parameter_entropy;
mod wrong_type;

use super::rule::Rule;

/// What `ignore` says of comments, once all others have spoken.
pub(super) static UNUSED_IGNORE: &Rule = &unused_ignore::RULE;

/// All rules, by id.
pub static ALL: &[&Rule] = &[
    &bypass_with_subject::RULE,
    &clashing_endpoints::RULE,
    &client_id_charset::RULE,
    &client_secret_uses::RULE,
    &deprecated_key::RULE,
    &dotted_key::RULE,
    &duplicate_client_id::RULE,
    &duplicate_key::RULE,
    &further_document::RULE,
    &ineffective_wildcard::RULE,
    &invalid_authorization_policy::RULE,
    &invalid_cookie_domain::RULE,
    &invalid_cors::RULE,
    &invalid_endpoint_name::RULE,
    &invalid_network::RULE,
    &invalid_pattern::RULE,
    &invalid_portal_url::RULE,
    &invalid_query_condition::RULE,
    &invalid_redirect_uri::RULE,
    &invalid_server_path::RULE,
    &lax_bearer_client::RULE,
    &legacy_session_domain::RULE,
    &long_client_id::RULE,
    &malformed_ignore::RULE,
    &mismatched_grant_type::RULE,
    &missing_audience::RULE,
    &missing_client_id::RULE,
    &missing_client_secret::RULE,
    &missing_clients::RULE,
    &missing_cookie_domain::RULE,
    &missing_domain::RULE,
    &missing_grant_types::RULE,
    &missing_issuer_key::RULE,
    &missing_policy::RULE,
    &missing_rules::RULE,
    &missing_section::RULE,
    &mixed_bearer_scopes::RULE,
    &no_mapping::RULE,
    &plaintext_client_secret::RULE,
    &public_machine_client::RULE,
    &repeated_value::RULE,
    &replaced_key::RULE,
    &replaced_list::RULE,
    &reserved_scope_name::RULE,
    &sector_identifier::RULE,
    &syntax_error::RULE,
    &template_expression::RULE,
    &unknown_audience_mode::RULE,
    &unknown_claims_policy::RULE,
    &unknown_client_subject::RULE,
    &unknown_consent_mode::RULE,
    &unknown_implementation::RULE,
    &unknown_key::RULE,
    &unknown_lifespan::RULE,
    &unknown_method::RULE,
    &unknown_pkce_enforcement::RULE,
    &unknown_pkce_method::RULE,
    &unknown_policy::RULE,
    &unknown_response_mode::RULE,
    &unknown_response_type::RULE,
    &unknown_same_site::RULE,
    &unknown_scope::RULE,
    &unknown_strategy::RULE,
    &unknown_subject_form::RULE,
    &unreadable_digest::RULE,
    &unsuitable_auth_method::RULE,
    &unsuitable_auth_signing_alg::RULE,
    &unsuitable_authorization_policy::RULE,
    &unsuitable_client_keys::RULE,
    &unsuitable_encryption::RULE,
    &unsuitable_grant_type::RULE,
    &unsuitable_issuer_key::RULE,
    &unsuitable_response_alg::RULE,
    &unsuitable_scheme::RULE,
    &unused_ignore::RULE,
    &user_scope_of_machine_client::RULE,
    &weak_parameter_entropy::RULE,
    &wrong_type::RULE,
];
