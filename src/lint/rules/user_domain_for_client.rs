//! A client rule for a host named after a user.

use crate::config::access_control::AccessRule;
use crate::diagnostic::{Authelia, Severity};
use crate::go::regexp::Regexp;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "user-domain-for-client",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule for a client has a domain with `{user}` or `{group}`, or a pattern with the groups `User` or `Group`.",
    why: "A client's token has neither: such a domain never matches it, and the monitor is refused.",
    help: "write the host out",
    bad: r"
access_control:
  rules:
    - domain: '{user}.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in context.config.access_control.rules.iter().filter(|rule| is_for_client(rule)) {
        for (index, domain) in rule.domains.iter().enumerate() {
            if domain.to_lowercase().starts_with("{user}") || domain.to_lowercase().starts_with("{group}") {
                let message = format!("'{domain}' never matches a client, whom rule #{} is for", rule.index + 1);
                context.flag(&rule.path("domain").index(index), message).emit();
            }
        }
        for (option, patterns) in [("domain_regex", &rule.domain_patterns), ("resources", &rule.resources)] {
            let personal = |pattern: &Regexp| pattern.has_group("User") || pattern.has_group("Group");
            if let Some(index) = patterns.iter().position(personal) {
                let message = format!("a pattern that names a user never matches a client, whom rule #{} is for", rule.index + 1);
                context.flag(&rule.path(option).index(index), message).emit();
            }
        }
    }
}

fn is_for_client(rule: &AccessRule) -> bool {
    rule.subjects.iter().flatten().any(|subject| subject.starts_with("oauth2:client:"))
}
