//! Several hosts in one client with implicit audience.

use std::collections::BTreeSet;

use crate::diagnostic::{Authelia, Severity};
use crate::lint::monitored::{machines, object};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "shared-audiences",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A client with `requested_audience_mode: implicit` has audiences on several hosts.",
    why: "Every token carries all of them: who gets hold of one token, in the log of one application say, can call every \
          other application with it as well.",
    help: "make one client for each application",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://a.example.com/', 'https://b.example.com/']
        requested_audience_mode: 'implicit'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://a.example.com/']
        requested_audience_mode: 'implicit'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#audience",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config).filter(|client| client.has_implicit_audience()) {
        let hosts: BTreeSet<String> =
            client.audience.iter().filter_map(|audience| object(audience)).map(|object| object.host().to_lowercase()).collect();
        if hosts.len() > 1 {
            let message = format!("every token of '{}' opens all of {} hosts", client.id, hosts.len());
            context.flag_key(&client.path("audience"), message).emit();
        }
    }
}
