//! Every rule, one file each.

mod address_bound_client_rule;
mod apex_outside_wildcard;
mod audience_outside_cookies;
mod audience_outside_resources;
mod audience_outside_rule;
mod bearer_in_unread_header;
mod bypass_with_subject;
mod bypassed_audience;
mod clashing_endpoints;
mod client_as_user;
mod client_debug_messages;
mod client_id_charset;
mod client_secret_uses;
mod costly_digest;
mod default_port_audience;
mod denied_client;
mod deprecated_key;
mod dotted_key;
mod dropped_default_endpoint;
mod dropped_query_condition;
mod duplicate_client_id;
mod duplicate_key;
mod empty_audience;
mod empty_file;
mod empty_subject;
mod explicit_audience_mode;
mod exposed_diagnostics;
mod further_document;
mod guide_example_digest;
mod half_server_tls;
mod ignored_audience_part;
mod ignored_key;
mod impossible_subject;
mod ineffective_wildcard;
mod insecure_audience;
mod invalid_authorization_policy;
mod invalid_claims_policy;
mod invalid_cookie_domain;
mod invalid_cors;
mod invalid_endpoint_name;
mod invalid_network;
mod invalid_pattern;
mod invalid_portal_url;
mod invalid_query_condition;
mod invalid_rate_limit;
mod invalid_redirect_uri;
mod invalid_server_path;
mod lax_bearer_client;
mod lax_subject;
mod leading_cookie_strategy;
mod legacy_session_domain;
mod long_client_id;
mod long_token_lifespan;
mod malformed_audience;
mod malformed_ignore;
mod meaningless_option;
mod methods_without_get;
mod mismatched_grant_type;
mod misplaced_redirection_url;
mod missing_audience;
mod missing_client_id;
mod missing_client_secret;
mod missing_clients;
mod missing_cookie_domain;
mod missing_cookie_strategy;
mod missing_domain;
mod missing_grant_types;
mod missing_hmac_secret;
mod missing_issuer_key;
mod missing_policy;
mod missing_rules;
mod missing_section;
mod misspelt_bearer_scope;
mod mixed_bearer_scopes;
mod mixed_grants;
mod multiple_auth_methods;
mod nameless_client;
mod nameless_user;
mod no_bearer_endpoint;
mod no_mapping;
mod no_rule_for_client;
mod numeric_client_id;
mod open_default_policy;
mod padded_audience;
mod plaintext_client_secret;
mod prefix_audience;
mod prefixed_digest;
mod public_machine_client;
mod query_behind_ext_authz;
mod relative_audience;
mod repeated_value;
mod replaced_key;
mod replaced_list;
mod reserved_attribute_name;
mod reserved_scope_name;
mod reused_client_secret;
mod scheme_without_bearer;
mod scopeless_machine_client;
mod second_factor_for_client;
mod sector_identifier;
mod shadowed_client_rule;
mod shared_audiences;
mod short_hmac_secret;
mod short_token_lifespan;
mod signed_access_token;
mod slashless_audience;
mod subjectless_rule;
mod syntax_error;
mod template_expression;
mod torn_digest;
mod truncated_digest;
mod unanchored_domain_regex;
mod unanchored_resource;
mod unanswered_endpoint;
mod unconfined_path_audience;
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
mod unmade_claim;
mod unmatchable_digest;
mod unmatchable_domain;
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
mod unsuitable_server_scheme;
mod unusable_auth_method;
mod unused_ignore;
mod unusual_audience_host;
mod uppercase_audience_host;
mod uppercase_domain_regex;
mod user_domain_for_client;
mod user_scope_of_machine_client;
mod weak_digest;
mod weak_parameter_entropy;
mod websocket_audience;
mod wildcard_audience;
mod wrong_type;

use super::rule::Rule;

/// The rule whose fixes come first, for a renamed key is none that is missing.
pub(super) static UNKNOWN_KEY: &Rule = &unknown_key::RULE;

/// What `ignore` says of comments, once all others have spoken.
pub(super) static UNUSED_IGNORE: &Rule = &unused_ignore::RULE;

/// All rules, by id.
pub static ALL: &[&Rule] = &[
    &address_bound_client_rule::RULE,
    &apex_outside_wildcard::RULE,
    &audience_outside_cookies::RULE,
    &audience_outside_resources::RULE,
    &audience_outside_rule::RULE,
    &bearer_in_unread_header::RULE,
    &bypass_with_subject::RULE,
    &bypassed_audience::RULE,
    &clashing_endpoints::RULE,
    &client_as_user::RULE,
    &client_debug_messages::RULE,
    &client_id_charset::RULE,
    &client_secret_uses::RULE,
    &costly_digest::RULE,
    &default_port_audience::RULE,
    &denied_client::RULE,
    &deprecated_key::RULE,
    &dotted_key::RULE,
    &dropped_default_endpoint::RULE,
    &dropped_query_condition::RULE,
    &duplicate_client_id::RULE,
    &duplicate_key::RULE,
    &empty_audience::RULE,
    &empty_file::RULE,
    &empty_subject::RULE,
    &explicit_audience_mode::RULE,
    &exposed_diagnostics::RULE,
    &further_document::RULE,
    &guide_example_digest::RULE,
    &half_server_tls::RULE,
    &ignored_audience_part::RULE,
    &ignored_key::RULE,
    &impossible_subject::RULE,
    &ineffective_wildcard::RULE,
    &insecure_audience::RULE,
    &invalid_authorization_policy::RULE,
    &invalid_claims_policy::RULE,
    &invalid_cookie_domain::RULE,
    &invalid_cors::RULE,
    &invalid_endpoint_name::RULE,
    &invalid_network::RULE,
    &invalid_pattern::RULE,
    &invalid_portal_url::RULE,
    &invalid_query_condition::RULE,
    &invalid_rate_limit::RULE,
    &invalid_redirect_uri::RULE,
    &invalid_server_path::RULE,
    &lax_bearer_client::RULE,
    &lax_subject::RULE,
    &leading_cookie_strategy::RULE,
    &legacy_session_domain::RULE,
    &long_client_id::RULE,
    &long_token_lifespan::RULE,
    &malformed_audience::RULE,
    &malformed_ignore::RULE,
    &meaningless_option::RULE,
    &methods_without_get::RULE,
    &mismatched_grant_type::RULE,
    &misplaced_redirection_url::RULE,
    &missing_audience::RULE,
    &missing_client_id::RULE,
    &missing_client_secret::RULE,
    &missing_clients::RULE,
    &missing_cookie_domain::RULE,
    &missing_cookie_strategy::RULE,
    &missing_domain::RULE,
    &missing_grant_types::RULE,
    &missing_hmac_secret::RULE,
    &missing_issuer_key::RULE,
    &missing_policy::RULE,
    &missing_rules::RULE,
    &missing_section::RULE,
    &misspelt_bearer_scope::RULE,
    &mixed_bearer_scopes::RULE,
    &mixed_grants::RULE,
    &multiple_auth_methods::RULE,
    &nameless_client::RULE,
    &nameless_user::RULE,
    &no_bearer_endpoint::RULE,
    &no_mapping::RULE,
    &no_rule_for_client::RULE,
    &numeric_client_id::RULE,
    &open_default_policy::RULE,
    &padded_audience::RULE,
    &plaintext_client_secret::RULE,
    &prefix_audience::RULE,
    &prefixed_digest::RULE,
    &public_machine_client::RULE,
    &query_behind_ext_authz::RULE,
    &relative_audience::RULE,
    &repeated_value::RULE,
    &replaced_key::RULE,
    &replaced_list::RULE,
    &reserved_attribute_name::RULE,
    &reserved_scope_name::RULE,
    &reused_client_secret::RULE,
    &scheme_without_bearer::RULE,
    &scopeless_machine_client::RULE,
    &second_factor_for_client::RULE,
    &sector_identifier::RULE,
    &shadowed_client_rule::RULE,
    &shared_audiences::RULE,
    &short_hmac_secret::RULE,
    &short_token_lifespan::RULE,
    &signed_access_token::RULE,
    &slashless_audience::RULE,
    &subjectless_rule::RULE,
    &syntax_error::RULE,
    &template_expression::RULE,
    &torn_digest::RULE,
    &truncated_digest::RULE,
    &unanchored_domain_regex::RULE,
    &unanchored_resource::RULE,
    &unanswered_endpoint::RULE,
    &unconfined_path_audience::RULE,
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
    &unmade_claim::RULE,
    &unmatchable_digest::RULE,
    &unmatchable_domain::RULE,
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
    &unsuitable_server_scheme::RULE,
    &unusable_auth_method::RULE,
    &unused_ignore::RULE,
    &unusual_audience_host::RULE,
    &uppercase_audience_host::RULE,
    &uppercase_domain_regex::RULE,
    &user_domain_for_client::RULE,
    &user_scope_of_machine_client::RULE,
    &weak_digest::RULE,
    &weak_parameter_entropy::RULE,
    &websocket_audience::RULE,
    &wildcard_audience::RULE,
    &wrong_type::RULE,
];
