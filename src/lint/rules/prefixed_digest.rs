//! A digest behind something that makes it plain text.

use crate::config::Path;
use crate::config::node::Node;
use crate::diagnostic::{Authelia, Edit, Fix, Safety, Severity};
use crate::digest::{Digest, without_storage_prefix};
use crate::lint::rule::{Context, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    id: "prefixed-digest",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "A `client_secret` is a digest with a blank or a name such as `{CRYPT}` in front.",
    why: "Only a value that begins with `$` is a digest to the server; this one is plain text, and the warning says no \
          more than that. The monitor's token request ends in 401 `invalid_client`.",
    help: "remove what stands before the '$'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        client_secret: '{CRYPT}$6$rounds=50000$aFr56HjK3DrB8t3S$zhPQiS85cgBlNhUKKE6n/AHMlpqrvYSnSL3fEVkK0yHFQ.oFFAd8D4OhPAy18K5U61Z2eBhxQXExGU/eknXlY1'
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
        let written = node.get("client_secret").and_then(Node::text);
        let Some(text) = written.filter(|text| text.contains('$') && !text.starts_with('$')) else { continue };
        let bare = without_storage_prefix(text).unwrap_or_else(|| text.trim().to_owned());
        if bare.starts_with('$') && Digest::parse(&bare).is_ok() {
            let path = client.path("client_secret");
            let fix = context.unprefixed(&path, text, &bare);
            let message = format!("the client_secret of '{}' is a digest that is taken for plain text", client.id);
            context.flag(&path, message).fix(fix).emit();
        }
    }
}

impl Context<'_> {
    /// Puts the right beginning in the place of the wrong one. The digest itself is no part of the fix, which reports show.
    fn unprefixed(&self, path: &Path, text: &str, bare: &str) -> Option<Fix> {
        let node = self.own_node(path)?;
        let at = self.config.sources.slice(node.span).find(text)?;
        let same = |(one, other): &(char, char)| one == other;
        let kept: usize =
            text.trim_end().chars().rev().zip(bare.chars().rev()).take_while(same).map(|(one, _)| one.len_utf8()).sum();
        let offset = |at: usize| u32::try_from(at).ok();
        let start = node.span.start + offset(at)?;
        let prefix = Span { start, end: start + offset(text.trim_end().len() - kept)?, ..node.span };
        let blanks = Span { start: start + offset(text.trim_end().len())?, end: start + offset(text.len())?, ..node.span };
        let mut edits = vec![Edit::replace(prefix, &bare[..bare.len() - kept])];
        edits.extend((blanks.start < blanks.end).then(|| Edit::remove(blanks)));
        Some(self.fix("write the digest alone", edits))
    }
}
