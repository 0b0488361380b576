//! An audience mode that the server does not know.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-audience-mode",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "`requested_audience_mode` is neither `explicit` nor `implicit`.",
    why: "The server refuses to start. The letters' case counts.",
    help: "write 'implicit' if the monitor sends no audience, else 'explicit'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        requested_audience_mode: 'Implicit'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        requested_audience_mode: 'implicit'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#requested_audience_mode",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        let mode = &*client.requested_audience_mode;
        if !matches!(mode, "" | "explicit" | "implicit") {
            let path = client.path("requested_audience_mode");
            let message = format!("requested_audience_mode must be 'explicit' or 'implicit' but is '{mode}'");
            let fix = context.lowercase(&path, &["explicit", "implicit"]);
            context.flag(&path, message).fix(fix).emit();
        }
    }
}
