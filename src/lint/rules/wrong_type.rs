//! A value of the wrong kind.

use crate::config::ProblemKind;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
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
        context.flag(&problem.path, message).label(reason.clone()).help(format!("write {expected}")).emit();
    }
}
