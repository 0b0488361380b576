//! Text that is no YAML to the server.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "syntax-error",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A file is not YAML that the server can read.",
    why: "The server skips the whole file and then complains about every section that it misses. The message with the line \
          is the one that counts; the others follow from it.",
    help: "mend the YAML at the line that is named; strings with special characters belong in single quotes",
    bad: r"
access_control:
	default_policy: 'deny'
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
        let (ProblemKind::Syntax { message, context: around }, Some(span)) = (&problem.kind, problem.span) else { continue };
        let finding = context.flag_at(&problem.path, span, message.clone());
        match around {
            Some((words, place)) => finding.related_at(*place, words.clone()).emit(),
            None => finding.emit(),
        }
    }
}
