//! A file that holds nothing.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "empty-file",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A configuration file holds nothing but comments.",
    why: "Alone it is a configuration without any section, with which the server refuses to start. Beside others it \
          changes nothing.",
    help: "write the configuration into it, or leave it out",
    bad: r"
# nothing yet
",
    good: r"
access_control:
  default_policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/methods/files/",
    check,
};

fn check(context: &mut Context<'_>) {
    let alone = context.config.sources.len() == 1;
    for problem in &context.config.problems {
        if let (ProblemKind::EmptyFile, Some(span)) = (&problem.kind, problem.span) {
            let finding = context.flag_at(&problem.path, span, "the file holds nothing");
            if alone {
                finding.emit();
            } else {
                finding.severity(Severity::Note).authelia(Authelia::Accepts).emit();
            }
        }
    }
}
