//! A path pattern that matches in the middle.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::go::regexp::Regexp;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unanchored-resource",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A `resources` pattern of a rule that admits somebody lacks `^` at its start.",
    why: "Patterns match anywhere in path and query: `/health` also matches `/admin?x=/health`. Whoever may use this rule \
          reaches the whole host by it; with `bypass` that is everybody.",
    help: "write '^' before it, and end it with '([?/].*)?$'",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'bypass'
      resources: ['/health']
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'bypass'
      resources: ['^/health([?/].*)?$']
",
    reference: "https://www.authelia.com/configuration/security/access-control/#resources",
    check,
};

fn check(context: &mut Context<'_>) {
    for rule in context.config.access_control.rules.iter().filter(|rule| !rule.resources.is_empty() && &*rule.policy != "deny") {
        for (path, regexp) in context.patterns(rule, "resources", &rule.resources) {
            let pattern = regexp.pattern();
            if regexp.is_bound_to_start() || pattern.starts_with(".*") {
                continue;
            }
            let whole = format!("^{pattern}");
            let mends = pattern.starts_with('/') && Regexp::read(&whole).is_ok_and(|whole| whole.is_bound_to_start());
            let fix = if mends { context.replace_text(&path, &whole, "begin it with '^'") } else { None };
            context.flag(&path, format!("the pattern '{pattern}' matches anywhere in path and query")).fix(fix).emit();
        }
    }
}
