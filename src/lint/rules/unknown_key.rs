//! A key that the server does not know.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
    summary: "The server knows no such option, or a section is empty where the server wants something in it.",
    why: "The server refuses to start. Most are misspelt or stand one level too high or too low.",
    help: "correct the name, move it, or remove it",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      polcy: 'one_factor'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        let (ProblemKind::UnknownKey { suggestion }, Some(span)) = (&problem.kind, problem.span) else { continue };
        let fix = suggestion.as_ref().and_then(|name| context.rename_key(span, name, &format!("write '{name}'")));
        let finding = context.flag_at(&problem.path, span, format!("the server knows no option '{}'", problem.path));
        match suggestion {
            Some(name) => finding.fix(fix).label(format!("did you mean '{name}'?")).help(format!("write '{name}'")).emit(),
            None => finding.emit(),
        }
    }
}
