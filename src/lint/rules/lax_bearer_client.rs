//! A bearer client for people without the safeguards that the server demands.

use super::unsuitable_grant_type::has_grant_of_people;
use crate::config::client::Client;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::outside;

pub(super) const RULE: Rule = Rule {
    id: "lax-bearer-client",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client of people with the scope `authelia.bearer.authz` lacks a safeguard.",
    why: "The server refuses to start: such a token opens applications, so it must be asked for with PAR, PKCE by S256, \
          explicit consent and the code flow. A monitor needs none of it: it uses `client_credentials`.",
    help: "for a monitor write grant_types: ['client_credentials']",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'cli'
        scopes: ['authelia.bearer.authz']
        grant_types: ['authorization_code']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'cli'
        scopes: ['authelia.bearer.authz']
        grant_types: ['authorization_code']
        require_pushed_authorization_requests: true
        require_pkce: true
        pkce_challenge_method: 'S256'
        consent_mode: 'explicit'
        response_types: ['code']
        response_modes: ['form_post']
",
    reference: "https://www.authelia.com/integration/openid-connect/oauth-2.0-bearer-token-usage/",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        // Without a grant of people it is one of the monitor's whose grant is missing or misspelt.
        if client.has_bearer_scope() && !client.has_client_credentials() && has_grant_of_people(client) {
            for (option, wanted) in faults(client) {
                let message = format!("'{option}' of '{}' must be {wanted} with the scope 'authelia.bearer.authz'", client.id);
                context.flag(&client.path(option), message).emit();
            }
        }
    }
}

fn faults(client: &Client) -> Vec<(&'static str, &'static str)> {
    let mut faults = Vec::new();
    let mut want = |holds: bool, option, wanted| {
        if !holds {
            faults.push((option, wanted));
        }
    };
    want(client.require_pushed_authorization_requests, "require_pushed_authorization_requests", "true");
    want(client.require_pkce, "require_pkce", "true");
    if client.require_pkce {
        want(&*client.pkce_challenge_method == "S256", "pkce_challenge_method", "'S256'");
    }
    want(&*client.consent_mode == "explicit", "consent_mode", "'explicit'");
    let only = |values: &[Box<str>], allowed: &[&str]| !values.is_empty() && outside(values, allowed).is_empty();
    want(only(&client.response_types, &["code"]), "response_types", "'code' alone");
    want(only(&client.response_modes, &["form_post", "form_post.jwt"]), "response_modes", "'form_post' or 'form_post.jwt'");
    faults
}
