//! A client rule without the monitor's method.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "methods-without-get",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A client's rule has `methods` without `GET`.",
    why: "Uptime Kuma asks by `GET` unless told otherwise: the rule does not match, and what comes after it decides.",
    help: "add 'GET', or the method that the monitor uses",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
      methods: ['POST']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
      methods: ['GET', 'POST']
",
    reference: "https://www.authelia.com/configuration/security/access-control/#methods",
    check,
};

fn check(context: &mut Context<'_>) {
    for (request, path, message) in context.kept_out_by("methods") {
        context.flag(&path, message).related(&request.path(), "the audience").emit();
    }
}
