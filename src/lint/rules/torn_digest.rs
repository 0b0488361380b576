//! A digest that lost its dollar signs.

use crate::config::node::Node;
use crate::diagnostic::{Authelia, Severity};
use crate::digest::ClientSecret;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "torn-digest",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A `client_secret` is plain text that looks like the remains of a digest.",
    why: "Something took the `$` of the digest for variables: the `expand-env` filter, Docker Compose, a shell's double \
          quotes, or a Helm template. The server warns about plain text only, and every token request ends in 401 \
          `invalid_client`.",
    help: "put the digest back in single quotes, write '$$' in Compose files, and use the 'template' filter",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '-sha51210000/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng'
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
    for (client, node) in context.config.written_clients() {
        let plaintext = client.secret.as_ref().is_some_and(ClientSecret::is_plaintext);
        if plaintext && node.get("client_secret").and_then(Node::text).is_some_and(is_torn) {
            let message = format!("the client_secret of '{}' looks like a digest without its dollar signs", client.id);
            context.flag(&client.path("client_secret"), message).emit();
        }
    }
}

/// What expansion leaves of a digest, or a digest whose first dollar sign is gone.
fn is_torn(text: &str) -> bool {
    let starts =
        ["-sha1", "-sha224", "-sha256", "-sha384", "-sha512", "=19=", "=19$", "=2,t=2b", "pbkdf2", "argon2", "bcrypt-sha256"];
    let named = starts.iter().any(|start| text.starts_with(start));
    let options =
        ["m=", "ln=", "rounds="].iter().any(|option| text.contains(option)) && text.contains(['=', ',']) && text.len() > 20;
    named && text.len() > 8 || options
}
