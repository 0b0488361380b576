//! A value of the wrong kind.

use crate::config::{Path, ProblemKind};
use crate::diagnostic::{Authelia, Fix, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "A value is of a kind that the option cannot take.",
    why: "The server refuses to start, and it then says misleading things about everything that depends on the value, such \
          as clients that do not exist.",
    help: "write a value of the kind that is wanted",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        public: yes
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
        public: true
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        let ProblemKind::WrongType { expected, reason } = &problem.kind else { continue };
        let message = format!("'{}' takes {expected}", problem.path);
        let fix = context.boolean(&problem.path, expected);
        let finding = context.flag(&problem.path, message).decoder_path(&problem.path);
        finding.fix(fix).label(reason.clone()).help(format!("write {expected}")).emit();
    }
}

impl Context<'_> {
    /// `yes`, `no`, `on` and `off` as the server wants them written.
    fn boolean(&self, path: &Path, expected: &str) -> Option<Fix> {
        let written = self.config.tree.get(path)?.text().filter(|_| expected.contains("'true'"))?;
        let value = match &*written.to_ascii_lowercase() {
            "yes" | "on" | "y" => "true",
            "no" | "off" | "n" => "false",
            _ => return None,
        };
        self.replace(path, value, &format!("write '{value}'"))
    }
}
