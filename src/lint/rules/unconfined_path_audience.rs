//! A path audience under a rule for the whole host.

use crate::access::Level;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unconfined-path-audience",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "An audience has a path and the client's rule has no `resources`.",
    why: "Up to 4.39.20 the path is compared before its dots are resolved: a token for `/api` passes at `/api/../admin`, \
          and the rule, which sees `/admin`, admits it to the whole host.",
    help: "give the rule resources: ['^/api([?/].*)?$']",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/api']
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/api']
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
      resources: ['^/api([?/].*)?$']
",
    reference: "https://www.authelia.com/configuration/security/access-control/#resources",
    check,
};

fn check(context: &mut Context<'_>) {
    if context.monitored.compares_whole() {
        return;
    }
    let config = context.config;
    for request in context.monitored.requests.iter().filter(|request| request.decision.level == Level::OneFactor) {
        let Some(rule) = request.decision.rule.map(|rule| &config.access_control.rules[rule]) else { continue };
        let has_path = request.object().is_some_and(|object| object.url.path != b"/");
        if has_path && rule.resources.is_empty() {
            let message = format!("a token for '{}' opens the whole host by rule #{}", request.written(), rule.index + 1);
            context.flag(&request.path(), message).related(&rule.root(), "has no 'resources'").emit();
        }
    }
}
