//! A digest that the server cannot read.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unreadable-digest",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `client_secret` begins like a digest but is none.",
    why: "The server refuses to start and prints the value. A shell, a compose file or a filter may have replaced the \
          parts that begin with `$`.",
    help: "make a new digest with 'authkuma hash' and put it in single quotes",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '$pbkdf2-sha512$310000$wWLlQa0oUEXTFkX1cJcDmA$Yk1p8PSVFXMq3TTCO6VZE8qQwQ9Lr7cL5Qy7rbd6tIqO3mqv4xkFhI0rNTVSSM8C0zqgSGpFEVEuEpFUtUi3NQ'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_secret",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        if let ProblemKind::UnreadableDigest { reason } = &problem.kind {
            context.flag(&problem.path, "the client_secret begins like a digest but cannot be read").label(reason.clone()).emit();
        }
    }
}
