//! A rule for a client that does not exist.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use std::collections::HashSet;

pub(super) const RULE: Rule = Rule {
    id: "unknown-client-subject",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A subject names a client that is not registered.",
    why: "The server refuses to start. The identifier is compared exactly, spaces and letter case included.",
    help: "write the client_id of a registered client",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime_kuma'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

fn check(context: &mut Context<'_>) {
    if !context.knows_clients() {
        return;
    }
    let clients: HashSet<&str> = context.config.clients().iter().map(|client| &*client.id).collect();
    for rule in &context.config.access_control.rules {
        for subject in rule.subjects.iter().flatten() {
            match subject.strip_prefix("oauth2:client:") {
                Some(id) if !id.is_empty() && !clients.contains(id) => {
                    context.flag(&rule.path("subject"), format!("no client has the client_id '{id}'")).emit();
                }
                _ => {}
            }
        }
    }
}
