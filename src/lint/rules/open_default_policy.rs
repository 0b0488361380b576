//! A default policy that lets everybody in.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "open-default-policy",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "`default_policy` is `bypass`.",
    why: "Every host and path that no rule mentions is open to everybody. A monitor there is green with any token or none, \
          and new applications are unprotected until somebody thinks of them.",
    help: "write 'deny' or 'one_factor'",
    bad: r"
access_control:
  default_policy: 'bypass'
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    good: r"
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#default_policy",
    check,
};

fn check(context: &mut Context<'_>) {
    let access = &context.config.access_control;
    if &*access.default_policy == "bypass" && !access.rules.is_empty() {
        context.flag(&Path::of("access_control.default_policy"), "what no rule mentions is open to everybody").emit();
    }
}
