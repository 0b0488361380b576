//! A portal or redirection URL that the server refuses.

use crate::config::session::Cookie;
use crate::diagnostic::{Authelia, Severity};
use crate::go::url::Url;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-portal-url",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`authelia_url` or `default_redirection_url` is absent, not https, or outside the cookie's domain.",
    why: "The server refuses to start. Browsers would not send the session cookie to the portal, and tokens could not be \
          issued.",
    help: "write an https URL within the domain, such as 'https://auth.example.com'",
    bad: r"
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'http://auth.example.com'
",
    good: r"
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
",
    reference: "https://www.authelia.com/configuration/session/introduction/#authelia_url",
    check,
};

fn check(context: &mut Context<'_>) {
    for cookie in &context.config.session.cookies {
        for (option, message) in faults(cookie) {
            context.flag(&cookie.path(option), message).emit();
        }
    }
}

fn faults(cookie: &Cookie) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let parse = |text: &Option<Box<str>>| text.as_deref().and_then(|text| Url::parse(text).ok());
    let portal = parse(&cookie.authelia_url);
    let redirection = parse(&cookie.default_redirection_url);
    if portal.is_none() && cookie.authelia_url.is_none() && !cookie.domain.is_empty() {
        faults.push(("authelia_url", format!("the cookie domain '{}' has no authelia_url", cookie.domain)));
    }
    for (option, url) in [("authelia_url", &portal), ("default_redirection_url", &redirection)] {
        let Some(url) = url else { continue };
        if !url.is_absolute() {
            faults.push((option, format!("'{option}' is no absolute URL")));
        } else if !matches!(&*url.scheme, "https" | "wss") {
            faults.push((option, format!("'{option}' must be https but is '{}'", url.scheme)));
        }
        if !cookie.domain.is_empty() && !within(&url.hostname(), &cookie.domain) {
            faults.push((option, format!("'{option}' lies outside the cookie domain '{}'", cookie.domain)));
        }
    }
    if let (Some(portal), Some(redirection)) = (&portal, &redirection)
        && same(portal, redirection)
    {
        faults.push(("default_redirection_url", "'default_redirection_url' is the portal itself".to_owned()));
    }
    faults
}

fn within(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

fn same(a: &Url, b: &Url) -> bool {
    let path = |url: &Url| url.path.strip_suffix(b"/").unwrap_or(&url.path).to_owned();
    a.scheme == b.scheme && a.host == b.host && path(a) == path(b)
}
