//! An audience with blanks around it.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "padded-audience",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "An audience begins or ends with a blank, often because a single text was split at its commas.",
    why: "The server splits a text at commas and trims nothing. A blank at the end matches no target; a blank in front is \
          no URL, and up to 4.39.20 it also disables every audience after it. The monitor sees 401 with a Bearer \
          challenge.",
    help: "write a YAML list without blanks inside the quotes",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: 'https://a.example.com/, https://b.example.com/'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://a.example.com/', 'https://b.example.com/']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#audience",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config) {
        if client.audience.iter().all(|audience| audience.trim() == &**audience) {
            continue;
        }
        let path = client.path("audience");
        let split = context.config.tree.get(&path).is_some_and(|node| node.text().is_some());
        for (index, audience) in client.audience.iter().enumerate().filter(|(_, audience)| audience.trim() != &***audience) {
            let item = path.index(index);
            let (flagged, fix) = if split {
                let items: Vec<String> =
                    client.audience.iter().map(|item| format!("'{}'", item.trim().replace('\'', "''"))).collect();
                (&path, context.replace(&path, &format!("[{}]", items.join(", ")), "write a list"))
            } else {
                (&item, context.replace_text(&item, audience.trim(), "remove the blanks"))
            };
            context.flag(flagged, format!("the audience '{audience}' has a blank at its end or in front")).fix(fix).emit();
        }
    }
}
