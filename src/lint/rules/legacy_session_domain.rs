//! The session domain of an earlier release.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "legacy-session-domain",
    severity: Severity::Error,
    authelia: Authelia::Warns,
    fix: None,
    summary: "`session.domain` is written in place of `session.cookies`.",
    why: "The server warns and starts, but has no portal URL for the domain: every authz request ends in 400, with a valid \
          token too. Together with `session.cookies` it refuses to start.",
    help: "write session.cookies with this domain and its authelia_url",
    bad: r"
session:
  domain: 'example.com'
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
    let path = Path::of("session.domain");
    if session.legacy_domain.is_empty() {
        return;
    }
    if session.cookies.is_empty() {
        context.flag_key(&path, "'session.domain' has no portal URL, so every authz request ends in 400").emit();
    } else {
        let finding = context.flag_key(&path, "'session.domain' and 'session.cookies' exclude each other");
        finding.severity(Severity::Error).authelia(Authelia::Rejects).emit();
    }
}
