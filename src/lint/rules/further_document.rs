//! YAML after the first document, which nobody reads.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "further-document",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A file has more than one YAML document; the server reads the first alone.",
    why: "Clients and rules after the second `---` do not exist for the server: their token requests end in 401, and what \
          a rule there should close stays open.",
    help: "join the documents into one",
    bad: r"
access_control:
  default_policy: 'deny'
---
access_control:
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
        if let (ProblemKind::FurtherDocument, Some(span)) = (&problem.kind, problem.span) {
            context.flag_at(&problem.path, span, "the server ignores this document and all after it").emit();
        }
    }
}
