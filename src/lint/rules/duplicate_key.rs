//! A key that is written twice.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A mapping has the same key twice.",
    why: "The server skips the whole file, whichever of the two was meant.",
    help: "keep one of the two",
    bad: r"
access_control:
  default_policy: 'deny'
  default_policy: 'one_factor'
",
    good: r"
access_control:
  default_policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/methods/files/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        if let (ProblemKind::DuplicateKey { key, first }, Some(span)) = (&problem.kind, problem.span) {
            context
                .flag_at(&problem.path, span, format!("the key '{key}' is written twice"))
                .related_at(*first, "first here")
                .emit();
        }
    }
}
