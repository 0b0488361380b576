//! A pattern that Go cannot compile.

use crate::config::{Path, ProblemKind};
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
        match &problem.kind {
            ProblemKind::InvalidPattern { reason } => {
                context.flag(&problem.path, format!("the pattern cannot be compiled: {reason}")).emit();
            }
            ProblemKind::UnjudgeablePattern => context.flag_unjudgeable_pattern(&problem.path),
            _ => {}
        }
    }
}

impl Context<'_> {
    /// A pattern that the server takes and that cannot be matched here.
    pub(super) fn flag_unjudgeable_pattern(&mut self, path: &Path) {
        self.flag(path, "the pattern is too big to be judged here")
            .authelia(Authelia::Accepts)
            .why("The server takes it, at a cost for each request. What the access rules admit cannot be told without it.")
            .help("make it smaller: repetitions within repetitions multiply")
            .emit();
    }
}
