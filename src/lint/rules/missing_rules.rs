//! Access control without rules.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-rules",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "There is no access rule.",
    why: "With `deny` or `bypass` as the default policy the server refuses to start: nothing or everything would be open. \
          With another default it warns that this one policy decides on every request.",
    help: "write a rule for each application",
    bad: r"
access_control:
  default_policy: 'deny'
  rules: []
",
    good: r"
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#rules",
    check,
};

fn check(context: &mut Context<'_>) {
    let access = &context.config.access_control;
    let path = Path::of("access_control.rules");
    if !access.rules.is_empty() || !(context.whole || context.config.tree.has(&path)) {
        return;
    }
    let message = format!("there are no rules, so '{}' decides on every request", access.default_policy());
    if matches!(access.default_policy(), "one_factor" | "two_factor") {
        context.flag(&path, message).severity(Severity::Warning).authelia(Authelia::Warns).emit();
    } else {
        context.flag(&path, message).emit();
    }
}
