//! A session without cookie domains.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-cookie-domain",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`session.cookies` is absent or empty, or an entry lacks its `domain`.",
    why: "The server refuses to start. Both the token endpoint and every authz endpoint look there for the portal of a \
          host.",
    help: "write session.cookies with the domain and the authelia_url",
    bad: r"
session:
  cookies: []
",
    good: r"
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
",
    reference: "https://www.authelia.com/configuration/session/introduction/#cookies",
    check,
};

fn check(context: &mut Context<'_>) {
    let session = &context.config.session;
    let path = Path::of("session.cookies");
    let written = context.config.tree.has(&path);
    if session.cookies.is_empty() && session.legacy_domain.is_empty() && (context.whole || written) {
        context.flag(&path, "there is no cookie domain").emit();
    }
    for cookie in session.cookies.iter().filter(|cookie| cookie.domain.is_empty()) {
        context.flag(&cookie.path("domain"), format!("cookie domain #{} has no domain", cookie.index + 1)).emit();
    }
}
