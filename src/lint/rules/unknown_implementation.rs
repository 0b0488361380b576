//! An authz endpoint of unknown kind.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-implementation",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "The `implementation` of an authz endpoint is absent or unknown.",
    why: "The server refuses to start. The letters' case counts; the sample in the Uptime Kuma guide leaves it empty.",
    help: "write 'ForwardAuth' for Traefik, Caddy or HAProxy, 'AuthRequest' for nginx, 'ExtAuthz' for Envoy",
    bad: r"
server:
  endpoints:
    authz:
      forward-auth:
        implementation: ''
",
    good: r"
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/#implementation",
    check,
};

const IMPLEMENTATIONS: [&str; 4] = ["AuthRequest", "ForwardAuth", "ExtAuthz", "Legacy"];

fn check(context: &mut Context<'_>) {
    for endpoint in &context.config.server.endpoints {
        let written = &*endpoint.implementation;
        let path = endpoint.path("implementation");
        if IMPLEMENTATIONS.contains(&written) {
            if &*endpoint.name == "legacy" && written != "Legacy" {
                context.flag(&path, "the endpoint 'legacy' must have the implementation 'Legacy'").emit();
            }
        } else if !(written.is_empty() && &*endpoint.name == "legacy") {
            let fix = meant(written, &endpoint.name).and_then(|value| context.replace(&path, &format!("'{value}'"), "name it"));
            let shown = if written.is_empty() { "absent".to_owned() } else { format!("'{written}'") };
            let message = format!("the implementation of '{}' is {shown}", endpoint.name);
            context.flag(&path, message).fix(fix).emit();
        }
    }
}

/// What was meant, by its letters or by the endpoint's name.
fn meant(written: &str, name: &str) -> Option<&'static str> {
    let bare = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "");
    IMPLEMENTATIONS.into_iter().find(|known| bare(known) == bare(if written.is_empty() { name } else { written }))
}
