//! A key that the server takes and never reads.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-key",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Unsafe),
    summary: "A section has a key that is no option of it, and the server's check of names does not notice.",
    why: "Below names of your own and in lists within lists every key passes the check. The value is dropped in silence: a \
          lifespan written one level too high leaves the default of one hour, a misspelt condition is none.",
    help: "correct the name, move it, or remove it",
    bad: r"
identity_providers:
  oidc:
    lifespans:
      custom:
        kuma:
          acces_token: '10m'
",
    good: r"
identity_providers:
  oidc:
    lifespans:
      custom:
        kuma:
          access_token: '10m'
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        let (ProblemKind::IgnoredKey { suggestion }, Some(span)) = (&problem.kind, problem.span) else { continue };
        let fix = suggestion.as_ref().and_then(|name| context.rename_key(span, name, &format!("write '{name}'")));
        let finding = context.flag_at(&problem.path, span, format!("the server ignores '{}'", problem.path)).fix(fix);
        match suggestion {
            Some(name) => finding.label(format!("did you mean '{name}'?")).help(format!("write '{name}'")).emit(),
            None => finding.emit(),
        }
    }
}
