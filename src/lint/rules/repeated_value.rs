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
        let lists: [(&str, &[Text], Known<'_>); 6] = [
            ("scopes", &client.scopes, &scope),
            ("grant_types", &client.grant_types, &|value| GRANTS.contains(&value)),
            ("response_types", &client.response_types, &|value| RESPONSE_TYPES.contains(&value)),
            ("response_modes", &client.response_modes, &|value| RESPONSE_MODES.contains(&value)),
            ("redirect_uris", &client.redirect_uris, &|_| true),
            ("request_uris", &client.request_uris, &|_| true),
        ];
        for (option, values, known) in lists {
            let authelia = if option == "request_uris" { Authelia::Rejects } else { Authelia::Warns };
            for index in repeated(values, known) {
                report(context, &client.path(option), index, &values[index], authelia);
            }
        }
    }
    for rule in &config.access_control.rules {
        for index in repeated(&rule.methods, &|value| METHODS.contains(&value)) {
            report(context, &rule.path("methods"), index, &rule.methods[index], Authelia::Rejects);
        }
    }
}

/// Whether the server knows a value.
type Known<'k> = &'k dyn Fn(&str) -> bool;

/// Positions of known values that stand before already.
fn repeated(values: &[Text], known: Known<'_>) -> Vec<usize> {
    if values.len() < 2 {
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let again = values.iter().enumerate().filter(|(_, value)| !seen.insert(&***value) && known(value));
    again.map(|(index, _)| index).collect()
}

fn report(context: &mut Context<'_>, path: &Path, index: usize, value: &str, authelia: Authelia) {
    let severity = if authelia == Authelia::Rejects { Severity::Error } else { Severity::Warning };
    let message = format!("'{value}' stands in '{path}' more than once");
    let fix = context.remove_item(path, index, "remove the second one");
    context.flag(&path.index(index), message).severity(severity).authelia(authelia).fix(fix).emit();
}
