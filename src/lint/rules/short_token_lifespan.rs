//! Tokens that end before the next check.

use crate::config::Path;
use crate::config::client::Client;
use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::token_lifespan;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "short-token-lifespan",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The access tokens of a client for monitoring live for less than two minutes.",
    why: "The monitor asks for a new token at nearly every check. Each one costs the server a key derivation, and from \
          4.39.17 to 4.39.19 it counts against the limit of token requests: the monitor sees 429.",
    help: "let a token live for several intervals, such as the default of one hour",
    bad: token_lifespan!("30s"),
    good: token_lifespan!("1h"),
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#lifespans",
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(oidc) = &context.config.oidc else { return };
    for client in machines(context.config) {
        let seconds = oidc.access_token_seconds(client);
        if seconds < 120 {
            context.flag(&lifespan_path(client), format!("tokens of '{}' live for {seconds} s", client.id)).emit();
        }
    }
}

/// Where the lifespan of a client's tokens is chosen.
pub(super) fn lifespan_path(client: &Client) -> Path {
    if client.lifespan.is_empty() { Oidc::path("lifespans").key("access_token") } else { client.path("lifespan") }
}
