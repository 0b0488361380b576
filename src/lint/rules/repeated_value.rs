//! A value that stands twice in a list of values.

use std::collections::HashSet;

use super::unknown_method::METHODS;
use super::unknown_response_mode::KNOWN as RESPONSE_MODES;
use super::unknown_response_type::KNOWN as RESPONSE_TYPES;
use super::unknown_scope::STANDARD;
use super::unsuitable_grant_type::KNOWN as GRANTS;
use crate::config::{Path, Text};
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "repeated-value",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: Some(Safety::Safe),
    summary: "A list of a client or of a rule has a value twice.",
    why: "The server warns about lists of a client, and refuses to start over `request_uris` and the `methods` of a rule. \
          The second value does nothing.",
    help: "remove the second one",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials', 'client_credentials']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        grant_types: ['client_credentials']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#scopes",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let custom: HashSet<&str> = config.oidc.iter().flat_map(|oidc| &oidc.scopes).map(|scope| &*scope.name).collect();
    // The server looks for repetition among the values that it knows.
    let scope = |value: &str| STANDARD.contains(&value) || custom.contains(value);
    for client in config.clients() {
        report(context, &client.path("scopes"), &client.scopes, &scope, Authelia::Warns);
        let grant = |value: &str| GRANTS.contains(&value);
        report(context, &client.path("grant_types"), &client.grant_types, &grant, Authelia::Warns);
        let response_type = |value: &str| RESPONSE_TYPES.contains(&value);
        report(context, &client.path("response_types"), &client.response_types, &response_type, Authelia::Warns);
        let response_mode = |value: &str| RESPONSE_MODES.contains(&value);
        report(context, &client.path("response_modes"), &client.response_modes, &response_mode, Authelia::Warns);
        report(context, &client.path("redirect_uris"), &client.redirect_uris, &|_| true, Authelia::Warns);
        report(context, &client.path("request_uris"), &client.request_uris, &|_| true, Authelia::Rejects);
    }
    for rule in &config.access_control.rules {
        report(context, &rule.path("methods"), &rule.methods, &|value| METHODS.contains(&value), Authelia::Rejects);
    }
}

fn report(context: &mut Context<'_>, path: &Path, values: &[Text], known: &dyn Fn(&str) -> bool, authelia: Authelia) {
    let mut seen = HashSet::new();
    for (index, value) in values.iter().enumerate() {
        if seen.insert(&**value) || !known(value) {
            continue;
        }
        let severity = if authelia == Authelia::Rejects { Severity::Error } else { Severity::Warning };
        let message = format!("'{value}' stands in '{path}' more than once");
        let fix = context.remove_item(path, index, "remove the second one");
        context.flag(&path.index(index), message).severity(severity).authelia(authelia).fix(fix).emit();
    }
}
