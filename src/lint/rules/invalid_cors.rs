//! Cross-origin settings that the server refuses.

use crate::config::oidc::Oidc;
use crate::diagnostic::{Authelia, Severity};
use crate::go::url::Url;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-cors",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`cors` names an unknown endpoint or something that is no origin.",
    why: "The server refuses to start. An origin is a scheme, a host and perhaps a port: even a final `/` is too much.",
    help: "write origins such as 'https://app.example.com'",
    bad: r"
identity_providers:
  oidc:
    cors:
      allowed_origins: ['https://app.example.com/']
",
    good: r"
identity_providers:
  oidc:
    cors:
      allowed_origins: ['https://app.example.com']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#cors",
    check,
};

const ENDPOINTS: [&str; 7] =
    ["authorization", "device-authorization", "pushed-authorization-request", "token", "introspection", "revocation", "userinfo"];

fn check(context: &mut Context<'_>) {
    let Some(oidc) = &context.config.oidc else { return };
    let path = Oidc::path("cors");
    for (index, endpoint) in oidc.cors.endpoints.iter().enumerate() {
        if !ENDPOINTS.contains(&&**endpoint) {
            let message = format!("the server has no endpoint '{endpoint}'");
            context.flag(&path.key("endpoints").index(index), message).emit();
        }
    }
    let origins = &oidc.cors.allowed_origins;
    for (index, origin) in origins.iter().enumerate() {
        let path = path.key("allowed_origins").index(index);
        if &**origin == "*" {
            if origins.len() > 1 || oidc.cors.from_redirect_uris {
                context.flag(&path, "'*' must stand alone").emit();
            }
        } else if Url::parse(origin).is_ok_and(|url| !url.path.is_empty() || !url.raw_query.is_empty()) {
            context.flag(&path, "an origin has neither path nor query").emit();
        }
    }
}
