//! A key of an earlier release.

use crate::config::{Path, ProblemKind};
use crate::diagnostic::{Authelia, Fix, Safety, Severity};
use crate::lint::rule::{Context, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    id: "deprecated-key",
    severity: Severity::Warning,
    authelia: Authelia::Warns,
    fix: Some(Safety::Safe),
    summary: "An option has another name since an earlier release.",
    why: "The server still maps it and warns; it will stop doing so in 5.0. When the new option is written too, this one \
          is dropped in silence.",
    help: "rename it as the message says",
    bad: r"
identity_providers:
  oidc:
    clients:
      - id: 'uptime-kuma'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    check,
};

fn check(context: &mut Context<'_>) {
    for problem in &context.config.problems {
        let (ProblemKind::DeprecatedKey { replacement, since, shadowed }, Some(span)) = (&problem.kind, problem.span) else {
            continue;
        };
        let message = match (replacement.as_str(), shadowed) {
            ("", _) => format!("'{}' is deprecated since {since} and does nothing", problem.path),
            (_, false) => format!("'{}' is deprecated since {since} in favour of '{replacement}'", problem.path),
            (_, true) => format!("'{}' is deprecated and dropped, for '{replacement}' is written too", problem.path),
        };
        let help = if replacement.is_empty() || *shadowed { "remove it".to_owned() } else { format!("write '{replacement}'") };
        let fix = context.renamed(&problem.path, span, replacement, *shadowed);
        context.flag_at(&problem.path, span, message).help(help).fix(fix).emit();
    }
}

impl Context<'_> {
    /// The new name in place of the old one, where both are of one section.
    fn renamed(&self, path: &Path, key: Span, replacement: &str, shadowed: bool) -> Option<Fix> {
        let (section, name) = replacement.rsplit_once('.')?;
        let own: String = path.parent()?.to_string().chars().filter(|character| !character.is_ascii_digit()).collect();
        (own == section && !shadowed).then(|| self.rename_key(key, name, &format!("write '{name}'"))).flatten()
    }
}
