//! An audience that is a host without a path.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::url::Url;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "slashless-audience",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "An audience ends with its host, without the slash that every requested URL has.",
    why: "From 4.39.21 on an audience is compared as a whole with the requested URL, which always has a path: \
          `https://host` is never `https://host/`. Up to 4.39.20 it is a prefix and covers the whole host. The monitor \
          works before the upgrade and sees 401 with a Bearer challenge after it.",
    help: "end it with a slash, which means the same to every release",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['https://app.example.com']
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
    let whole = context.monitored.compares_whole();
    for client in machines(context.config) {
        for (index, audience) in client.audience.iter().enumerate() {
            let bare =
                |url: Url| url.scheme == "https" && !url.host.is_empty() && url.path.is_empty() && url.raw_query.is_empty();
            if !Url::parse(audience).is_ok_and(bare) || audience.contains(['#', '?', ' ', '*']) {
                continue;
            }
            let path = client.path("audience").index(index);
            let fix = context.replace_text(&path, &format!("{audience}/"), "end it with a slash");
            let (severity, when) = if whole { (Severity::Error, "") } else { (Severity::Warning, " from 4.39.21 on") };
            let message = format!("the audience '{audience}' equals no requested URL{when}: those have a path");
            context.flag(&path, message).severity(severity).fix(fix).emit();
        }
    }
}
