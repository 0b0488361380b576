//! A file whose root is no mapping.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "no-mapping",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A file holds a list or a single value where the server wants a mapping.",
    why: "The server skips the whole file.",
    help: "begin the file with keys such as 'access_control:'",
    bad: r"
- access_control
",
    good: r"
access_control:
  default_policy: 'deny'
",
    reference: "https://www.authelia.com/configuration/methods/files/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        if let (ProblemKind::NoMapping, Some(span)) = (&problem.kind, problem.span) {
            context.flag_at(&problem.path, span.at_start(), "the file holds no mapping at its root").emit();
        }
    }
}
