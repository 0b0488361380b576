//! A client rule that depends on an address.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "address-bound-client-rule",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule for a client has `networks`.",
    why: "The address is the first one of `X-Forwarded-For`, else that of the peer: for a monitor in a container often \
          that of a gateway, so that it is refused. A proxy that appends to the header instead of replacing it lets anyone \
          choose the address.",
    help: "leave 'networks' out of the client's rule; its token says who it is",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
      networks: ['10.0.0.0/8']
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#networks",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        let for_client = rule.subjects.iter().flatten().any(|subject| subject.starts_with("oauth2:client:"));
        if for_client && !rule.networks.is_empty() {
            let message = format!("rule #{} admits its client from some addresses only", rule.index + 1);
            context.flag_key(&rule.path("networks"), message).emit();
        }
    }
}
