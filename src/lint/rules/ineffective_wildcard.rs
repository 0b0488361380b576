//! A wildcard without its dot.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ineffective-wildcard",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: Some(Safety::Unsafe),
    summary: "A domain begins with `*` but not with `*.`.",
    why: "The server warns. The rule matches no host, so the request falls through to a later rule or the default policy.",
    help: "write a dot after the star",
    bad: r"
access_control:
  rules:
    - domain: '*example.com'
      policy: 'one_factor'
",
    good: r"
access_control:
  rules:
    - domain: '*.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#domain",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (index, domain) in rule.domains.iter().enumerate() {
            if domain.len() > 1 && domain.starts_with('*') && !domain.starts_with("*.") {
                let path = rule.path("domain").index(index);
                let fix = context.replace_text(&path, &format!("*.{}", &domain[1..]), "write the dot");
                context.flag(&path, format!("'{domain}' matches no host")).fix(fix).emit();
            }
        }
    }
}
