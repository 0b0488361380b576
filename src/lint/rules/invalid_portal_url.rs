//! A portal or redirection URL that the server refuses.

use crate::config::Path;
use crate::config::node::Node;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::url::Url;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-portal-url",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
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
    let config = context.config;
    for cookie in &config.session.cookies {
        let (portal, redirection) = (parse(cookie.authelia_url.as_deref()), parse(cookie.default_redirection_url.as_deref()));
        if portal.is_none() && cookie.authelia_url.is_none() && !cookie.domain.is_empty() {
            let message = format!("the cookie domain '{}' has no authelia_url", cookie.domain);
            context.flag(&cookie.path("authelia_url"), message).emit();
        }
        for (option, url) in [("authelia_url", &portal), ("default_redirection_url", &redirection)] {
            let Some(url) = url else { continue };
            let path = cookie.path(option);
            if let Some(message) = unsafe_url(option, url) {
                let https = format!("https{}", url.to_string().trim_start_matches(&*url.scheme));
                let fix = (url.scheme == "http").then(|| context.replace_text(&path, &https, "write 'https'")).flatten();
                context.flag(&path, message).fix(fix).emit();
            }
            if !cookie.domain.is_empty() && !within(&url.hostname(), &cookie.domain) {
                context.flag(&path, format!("'{option}' lies outside the cookie domain '{}'", cookie.domain)).emit();
            }
        }
        if let (Some(portal), Some(redirection)) = (&portal, &redirection)
            && same(portal, redirection)
        {
            context.flag(&cookie.path("default_redirection_url"), "'default_redirection_url' is the portal itself").emit();
        }
    }
    legacy(context);
}

/// The old options, which the server makes a cookie domain of.
fn legacy(context: &mut Context<'_>) {
    let session = &context.config.session;
    let path = Path::of("default_redirection_url");
    let written = context.config.tree.get(&path).and_then(Node::text).unwrap_or_default();
    let Some(url) = Url::parse(written).ok().filter(|_| !written.is_empty() && session.cookies.is_empty()) else { return };
    if session.legacy_domain.is_empty() {
        return;
    }
    // The server names the section of cookies.
    let (section, span) = (Path::of("session"), context.config.locate(&path).nearest);
    if let Some(message) = unsafe_url("default_redirection_url", &url) {
        context.flag_at(&section, span, message).emit();
    }
    if !within(&url.hostname(), &session.legacy_domain) {
        let finding = context.flag_at(&section, span, format!("the URL lies outside '{}'", session.legacy_domain));
        finding.severity(Severity::Warning).authelia(Authelia::Warns).emit();
    }
}

fn parse(text: Option<&str>) -> Option<Url> {
    text.and_then(|text| Url::parse(text).ok())
}

fn unsafe_url(option: &str, url: &Url) -> Option<String> {
    if !url.is_absolute() {
        return Some(format!("'{option}' is no absolute URL"));
    }
    (!matches!(&*url.scheme, "https" | "wss")).then(|| format!("'{option}' must be https but is '{}'", url.scheme))
}

fn within(host: &str, domain: &str) -> bool {
    let below = if domain.starts_with('.') { host.ends_with(domain) } else { false };
    host == domain || below || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// The server ends the portal's path with a slash, unless it is empty.
fn same(portal: &Url, redirection: &Url) -> bool {
    let mut path = portal.path.clone();
    if !path.is_empty() && !path.ends_with(b"/") {
        path.push(b'/');
    }
    let hosts = portal.host.eq_ignore_ascii_case(&redirection.host);
    hosts
        && portal.scheme == redirection.scheme
        && path == redirection.path
        && portal.raw_query == redirection.raw_query
        && portal.fragment == redirection.fragment
}
