//! A wildcard that does not cover the domain itself.

use crate::config::Text;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::Request;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "apex-outside-wildcard",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A client's audience is the domain itself, and its rule has only the wildcard below it.",
    why: "`*.example.com` matches every host below `example.com` and not `example.com` itself: the rule does not match, \
          and the monitor is refused.",
    help: "list the domain beside the wildcard",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://example.com/']
access_control:
  rules:
    - domain: '*.example.com'
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
        audience: ['https://example.com/']
access_control:
  rules:
    - domain: ['*.example.com', 'example.com']
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let monitored = context.monitored;
    for requests in monitored.requests.chunk_by(|one, other| one.client.index == other.client.index) {
        for index in monitored.rules_of(requests[0].client) {
            let Some((request, domain)) = apex_of(context, *index, requests) else { continue };
            let Some(object) = request.object().filter(|_| !request.passes()) else { continue };
            let rule = &config.access_control.rules[*index];
            let path = rule.path("domain");
            let host = object.host();
            let fix = context.insert_item(&path, &format!("'{host}'"), "list the domain too");
            let message = format!("'{}' does not match '{host}' itself", rule.domains[domain]);
            context.flag(&path.index(domain), message).related(&request.path(), "the audience").fix(fix).emit();
        }
    }
}

/// The request for the domain itself, whose wildcard is the rule's only fault, and the wildcard's place.
pub(super) fn apex_of<'r, 'a>(
    context: &Context<'_>,
    rule: usize,
    requests: &'r [Request<'a>],
) -> Option<(&'r Request<'a>, usize)> {
    let domains = &context.config.access_control.rules.get(rule)?.domains;
    domains.iter().find(|domain| domain.starts_with("*."))?;
    requests.iter().find_map(|request| {
        let is_apex = |domain: &Text| domain.strip_prefix("*.").is_some_and(|apex| apex.eq_ignore_ascii_case(&request.host));
        let domain = domains.iter().position(is_apex)?;
        let check = context.monitored.check(rule, request)?;
        (check.only_miss() == Some("domain")).then_some((request, domain))
    })
}
