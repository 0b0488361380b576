//! A file that is a template, not yet YAML.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "template-expression",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A file holds template expressions, so it is not judged.",
    why: "The server renders templates before it reads YAML, when its template filter is on. What the file says after that \
          cannot be known here.",
    help: "render it first: 'authelia config template --config configuration.yml | authkuma lint -'",
    bad: r#"
access_control:
  default_policy: '{{ env "POLICY" }}'
"#,
    good: r"
access_control:
  default_policy: 'deny'
",
    reference: "https://www.authelia.com/configuration/methods/files/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        if let (ProblemKind::Template { reads }, Some(span)) = (&problem.kind, problem.span) {
            let authelia = if *reads { Authelia::Accepts } else { Authelia::Rejects };
            let finding = context.flag_at(&problem.path, span, "the file holds template expressions and was not judged");
            finding.authelia(authelia).emit();
        }
    }
}
