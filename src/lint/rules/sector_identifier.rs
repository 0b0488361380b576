//! A sector identifier that the server refuses or has to fetch.

use crate::diagnostic::{Authelia, Severity};
use crate::go::url::Url;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "sector-identifier",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A client has a `sector_identifier_uri`.",
    why: "The server checks it by fetching the document over the network each time it starts or validates; when that \
          fails, or the URI is no plain https one, it refuses to start. A monitor has no use for it.",
    help: "remove the option",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        sector_identifier_uri: 'http://app.example.com/sector.json'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#sector_identifier_uri",
    check,
};

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        let Some(Ok(url)) = client.sector_identifier_uri.as_deref().map(Url::parse) else { continue };
        let path = client.path("sector_identifier_uri");
        if !url.fragment.is_empty() || url.user.is_some() {
            context.flag(&path, "the sector identifier must have no fragment and no user").emit();
        } else if !url.is_absolute() {
            let finding = context.flag(&path, "the sector identifier is no absolute URI");
            finding.severity(Severity::Warning).authelia(Authelia::Warns).emit();
        } else if url.scheme != "https" {
            context.flag(&path, "the sector identifier must be an https URI").emit();
        } else {
            context.flag(&path, "the server fetches this document, and refuses to start when it cannot").emit();
        }
    }
}
