//! A value that stands twice in a list of values.

use crate::config::{Path, Text};
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::{all_of, repeated};

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
    for client in config.clients() {
        let lists = [
            ("scopes", &client.scopes),
            ("grant_types", &client.grant_types),
            ("response_types", &client.response_types),
            ("response_modes", &client.response_modes),
            ("redirect_uris", &client.redirect_uris),
        ];
        for (option, values) in lists {
            report(context, &client.path(option), values, Authelia::Warns);
        }
        report(context, &client.path("request_uris"), &client.request_uris, Authelia::Rejects);
    }
    for rule in &config.access_control.rules {
        report(context, &rule.path("methods"), &rule.methods, Authelia::Rejects);
    }
}

fn report(context: &mut Context<'_>, path: &Path, values: &[Text], authelia: Authelia) {
    let twice = repeated(values);
    if twice.is_empty() {
        return;
    }
    let severity = if authelia == Authelia::Rejects { Severity::Error } else { Severity::Warning };
    let message = format!("'{path}' has {} more than once", all_of(&twice));
    context.flag(path, message).severity(severity).authelia(authelia).emit();
}
