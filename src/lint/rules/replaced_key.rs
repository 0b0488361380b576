//! A key whose replacement is written too.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "replaced-key",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "An option of an earlier release is written beside the option that replaced it.",
    why: "The server refuses to start, for it cannot tell which of the two counts.",
    help: "remove the old option",
    bad: r"
server:
  address: 'tcp://:9091/'
  port: 9091
",
    good: r"
server:
  address: 'tcp://:9091/'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server/#address",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        if let (ProblemKind::ReplacedKey { replacement }, Some(span)) = (&problem.kind, problem.span) {
            context.flag_at(&problem.path, span, format!("'{}' stands beside '{replacement}'", problem.path)).emit();
        }
    }
}
