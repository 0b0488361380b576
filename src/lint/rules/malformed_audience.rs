//! An audience that is no URL.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::url::Url;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "malformed-audience",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "An audience cannot be read as a URL.",
    why: "Up to 4.39.20 the server compares audiences in order and gives up at the first that is no URL, so that every \
          later one is lost too. The monitor sees 401 with a Bearer challenge.",
    help: "correct or remove it",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app example.com/', 'https://app.example.com/']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com/']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#audience",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in machines(context.config) {
        for (index, audience) in client.audience.iter().enumerate() {
            let Err(error) = Url::parse(audience) else { continue };
            if audience.trim() != &**audience {
                continue;
            }
            let path = client.path("audience");
            let later = client.audience.len() - index - 1;
            let lost =
                if later > 0 && !context.monitored.compares_whole() { ", and neither is any of those after it" } else { "" };
            let message = format!("the audience '{audience}' is no URL and never matched{lost}");
            let fix = context.remove_item(&path, index, "remove it");
            context.flag(&path.index(index), message).label(error.to_string()).fix(fix).emit();
        }
    }
}
