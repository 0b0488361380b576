//! A client rule whose paths leave the audience out.

use crate::bearer::pattern_of_path;
use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::monitored::Request;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "audience-outside-resources",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A client's rule has `resources` that do not match the audience.",
    why: "The rule does not match the monitored URL, and what comes after it decides. A pattern that ends with `$` also excludes \
          every query, such as the one by which Uptime Kuma avoids caches.",
    help: "add a pattern for the monitored path, such as '^/health([?].*)?$' for '/health'",
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
      resources: ['^/health$']
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
      resources: ['^/([?].*)?$']
",
    reference: "https://www.authelia.com/configuration/security/access-control/#resources",
    check,
};

fn check(context: &mut Context<'_>) {
    for (request, path, message) in context.kept_out_by("resources") {
        let resource = request.object().map(|object| object.resource().to_owned()).unwrap_or_default();
        let monitored_path = resource.split('?').next().unwrap_or_default();
        let pattern = pattern_of_path(monitored_path).replace('\'', "''");
        let help = format!("add a pattern for the monitored path '{monitored_path}': '{pattern}'");
        context.flag(&path, message).help(help).related(&request.path(), "the audience").emit();
    }
}

impl<'a> Context<'a> {
    /// The requests that one option alone keeps from a rule of their client, with its place and a sentence.
    pub(super) fn kept_out_by(&self, option: &str) -> Vec<(&'a Request<'a>, Path, String)> {
        let (config, monitored) = (self.config, self.monitored);
        let refused = monitored.requests.iter().filter(|request| !request.passes());
        let kept_out = refused.filter_map(|request| {
            let rule = monitored.missed_by(request, option)?;
            let (id, consequence) = (&request.client.id, monitored.consequence(request));
            let message = format!("rule #{} does not admit '{id}' to '{}'{consequence}", rule + 1, request.written());
            Some((request, config.access_control.rules[rule].path(option), message))
        });
        kept_out.collect()
    }
}
