//! A redirect or request URI that the server refuses.

use crate::diagnostic::{Authelia, Severity};
use crate::go::url::Url;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-redirect-uri",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A `redirect_uris` or `request_uris` value is no absolute URI of the right scheme.",
    why: "The server refuses to start. A monitor needs neither list.",
    help: "write an absolute URI, or remove the option from a monitor's client",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        redirect_uris: ['app.example.com/callback']
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'app'
        redirect_uris: ['https://app.example.com/callback']
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#redirect_uris",
    check,
};

/// For installed applications that show the code to the user.
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

fn check(context: &mut Context<'_>) {
    for client in context.config.clients() {
        for (index, uri) in client.redirect_uris.iter().enumerate() {
            if let Some(message) = redirect_fault(uri, client.public) {
                context.flag(&client.path("redirect_uris").index(index), message).emit();
            }
        }
        for (index, uri) in client.request_uris.iter().enumerate() {
            if let Some(message) = request_fault(uri) {
                context.flag(&client.path("request_uris").index(index), message).emit();
            }
        }
    }
}

fn redirect_fault(uri: &str, public: bool) -> Option<String> {
    if uri == OUT_OF_BAND {
        return (!public).then(|| format!("only a public client may use '{OUT_OF_BAND}'"));
    }
    match Url::parse(uri) {
        Err(error) => Some(format!("the redirect URI is no URL: {error}")),
        Ok(url) => (!url.is_absolute()).then(|| "the redirect URI has no scheme".to_owned()),
    }
}

fn request_fault(uri: &str) -> Option<String> {
    match Url::parse(uri) {
        Err(error) => Some(format!("the request URI is no URL: {error}")),
        Ok(url) if !url.is_absolute() => Some("the request URI has no scheme".to_owned()),
        Ok(url) => {
            (url.scheme != "https").then(|| format!("the request URI has the scheme '{}' in place of 'https'", url.scheme))
        }
    }
}
