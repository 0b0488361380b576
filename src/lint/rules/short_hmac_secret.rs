//! A short `hmac_secret`.

use crate::config::node::Node;
use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "short-hmac-secret",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "`hmac_secret` has fewer than 32 characters.",
    why: "All opaque tokens are signed with it. Whoever sees one token can try values until the signature agrees.",
    help: "write a random value of 64 characters: 'authkuma generate secret'",
    bad: r"
identity_providers:
  oidc:
    hmac_secret: 'short'
",
    good: r"
identity_providers:
  oidc:
    hmac_secret: 'a_random_value_of_sixty_four_characters_that_nobody_else_may_know'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#hmac_secret",
    check,
};

fn check(context: &mut Context<'_>) {
    let path = Oidc::path("hmac_secret");
    let length = context.config.tree.get(&path).and_then(Node::text).map_or(0, |text| text.chars().count());
    if (1..32).contains(&length) {
        context.flag(&path, format!("'hmac_secret' has {length} characters, fewer than 32")).emit();
    }
}
