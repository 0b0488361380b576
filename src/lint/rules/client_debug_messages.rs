//! Debug messages for clients.

use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "client-debug-messages",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "`enable_client_debug_messages` is on.",
    why: "The token endpoint then says in its answers why it refused, to everybody who asks: whether a client exists, \
          which method it uses, which audience is allowed.",
    help: "turn it off when you have found what you were looking for",
    bad: r"
identity_providers:
  oidc:
    enable_client_debug_messages: true
    hmac_secret: 'a_random_value_of_sixty_four_characters_that_nobody_else_may_know'
",
    good: r"
identity_providers:
  oidc:
    enable_client_debug_messages: false
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#enable_client_debug_messages",
    check,
};

fn check(context: &mut Context<'_>) {
    if context.config.oidc.as_ref().is_some_and(|oidc| oidc.debug_messages) {
        let path = Oidc::path("enable_client_debug_messages");
        let fix = context.remove_key(&path, "turn it off");
        context.flag(&path, "the token endpoint tells everybody why it refuses").fix(fix).emit();
    }
}
