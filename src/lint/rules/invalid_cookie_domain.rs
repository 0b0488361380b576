//! A cookie domain that the server refuses or doubts.

use crate::config::Path;
use crate::config::session::Cookie;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use std::net::IpAddr;

pub(super) const RULE: Rule = Rule {
    id: "invalid-cookie-domain",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A cookie domain is no registered domain in lower case, or lies within another one.",
    why: "The server refuses to start, or warns about a leading dot or a port. No browser would keep such a cookie.",
    help: "write the domain alone, such as 'example.com'",
    bad: r"
session:
  cookies:
    - domain: '*.example.com'
      authelia_url: 'https://auth.example.com'
",
    good: r"
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
",
    reference: "https://www.authelia.com/configuration/session/introduction/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    let session = &context.config.session;
    if session.cookies.is_empty() && !session.legacy_domain.is_empty() {
        let path = Path::of("session.domain");
        if let Some(message) = fault(&session.legacy_domain) {
            context.flag(&path, message).emit();
        }
    }
    for cookie in session.cookies.iter().filter(|cookie| !cookie.domain.is_empty()) {
        let path = cookie.path("domain");
        let domain = &*cookie.domain;
        if let Some(message) = fault(domain) {
            context.flag(&path, message).emit();
        }
        if domain.starts_with('.') || has_port(domain) {
            let finding = context.flag(&path, format!("the cookie domain '{domain}' should be a bare domain"));
            finding.severity(Severity::Warning).authelia(Authelia::Warns).emit();
        }
        let earlier = &session.cookies[..cookie.index];
        if let Some(other) = earlier.iter().find(|other| within(domain, other)) {
            let message = format!("'{domain}' shares its cookies with '{}'", other.domain);
            context.flag(&path, message).related(&other.path("domain"), "written first here").emit();
        }
    }
}

fn fault(domain: &str) -> Option<String> {
    if domain.starts_with("*.") {
        return Some("a cookie domain is no wildcard".to_owned());
    }
    if domain.parse::<IpAddr>().is_ok() {
        return None;
    }
    if !domain.contains('.') {
        return Some(format!("'{domain}' has no dot, so no browser keeps its cookies"));
    }
    if !domain.split('.').all(is_label) {
        return Some(format!("'{domain}' is no domain in lower case"));
    }
    is_public_suffix(domain).then(|| format!("'{domain}' is a public suffix, so no browser keeps its cookies"))
}

fn is_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    let end = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    end(bytes.first())
        && end(bytes.last())
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
}

fn is_public_suffix(domain: &str) -> bool {
    psl::suffix_str(domain).is_some_and(|suffix| suffix == domain)
        && psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

fn has_port(domain: &str) -> bool {
    domain.rsplit_once(':').is_some_and(|(host, _)| !host.contains(':') || (host.starts_with('[') && host.ends_with(']')))
}

fn within(domain: &str, other: &Cookie) -> bool {
    let wider = &*other.domain;
    !wider.is_empty() && (domain == wider || domain.strip_suffix(wider).is_some_and(|rest| rest.ends_with('.')))
}
