//! A list that a later file replaces.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "replaced-list",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A list in one file is replaced by the same list in a later file.",
    why: "The server merges mappings but replaces lists, without a word. Clients, rules and cookie domains of the earlier \
          file are gone: monitors get 401 or 403, and what its rules closed may be open.",
    help: "keep the whole list in one file",
    bad: r"
access_control:
  rules:
    - domain: 'a.example.com'
      policy: 'one_factor'
# second file
access_control:
  rules:
    - domain: 'b.example.com'
      policy: 'one_factor'
",
    good: r"
access_control:
  rules:
    - domain: 'a.example.com'
      policy: 'one_factor'
    - domain: 'b.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/methods/files/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        if let (ProblemKind::ReplacedList { by }, Some(span)) = (&problem.kind, problem.span) {
            let message = format!("the list '{}' of this file is replaced by a later file", problem.path);
            context.flag_at(&problem.path, span.at_start(), message).related_at(by.at_start(), "by this list").emit();
        }
    }
}
