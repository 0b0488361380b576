//! Tokens that live for days.

use super::short_token_lifespan::lifespan_path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::token_lifespan;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "long-token-lifespan",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The access tokens of a client for monitoring live for more than a day.",
    why: "Whoever gets hold of a token, from a log or a backup, can use it for as long; only its revocation or a change of \
          the client ends it sooner. A monitor fetches new tokens by itself.",
    help: "let a token live for an hour, which is the default",
    bad: token_lifespan!("30d"),
    good: token_lifespan!("1h"),
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#lifespans",
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(oidc) = &context.config.oidc else { return };
    for client in machines(context.config) {
        let seconds = oidc.access_token_seconds(client);
        if seconds > 86_400 {
            let message = format!("tokens of '{}' live for {} days", client.id, seconds / 86_400);
            context.flag(&lifespan_path(client), message).emit();
        }
    }
}
