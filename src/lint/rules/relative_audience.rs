//! An audience that is no whole URL.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::url::Url;
use crate::lint::monitored::machines;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "relative-audience",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "An audience has no scheme or no host.",
    why: "Scheme and host of the target are compared with those of the audience, which has none: no request can match. The \
          token is issued, and the monitor sees 401 with a Bearer challenge.",
    help: "write the monitored URL as a whole, with 'https://'",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        scopes: ['authelia.bearer.authz']
        grant_types: ['client_credentials']
        audience: ['app.example.com']
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
    for client in machines(context.config) {
        for (index, audience) in client.audience.iter().enumerate() {
            let Ok(url) = Url::parse(audience) else { continue };
            if url.scheme.contains("http") && !url.host.is_empty() || url.scheme == "wss" || audience.trim() != &**audience {
                continue;
            }
            let path = client.path("audience").index(index);
            let fix = whole(audience).and_then(|whole| context.replace_text(&path, &whole, "write a whole URL"));
            let lack = if url.scheme.is_empty() { "scheme" } else { "https host" };
            context.flag(&path, format!("the audience '{audience}' has no {lack}, so no target matches it")).fix(fix).emit();
        }
    }
}

/// The URL that was most likely meant: a host needs a dot, and may have a port and a path.
fn whole(audience: &str) -> Option<String> {
    let rest = audience.strip_prefix("//").unwrap_or(audience);
    let (host, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
    let usual = |character: char| character.is_ascii_alphanumeric() || ".-:".contains(character);
    (host.contains('.') && host.chars().all(usual)).then(|| format!("https://{host}{path}"))
}
