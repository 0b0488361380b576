//! A pattern that Go cannot compile.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-pattern",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A pattern is not valid in Go's dialect.",
    why: "The server refuses to start. Go's patterns have no look-around and no back-references.",
    help: "rewrite the pattern in Go's RE2 dialect",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      resources: ['^/(?!admin).*$']
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      resources: ['^/health$']
",
    reference: "https://www.authelia.com/configuration/security/access-control/#resources",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        if let ProblemKind::InvalidPattern { reason } = &problem.kind {
            context.flag(&problem.path, format!("the pattern cannot be compiled: {reason}")).emit();
        }
    }
}
