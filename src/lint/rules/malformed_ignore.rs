//! A comment that was meant to silence a finding and cannot.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::ignore::comments;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "malformed-ignore",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A comment for authkuma gives no reason, names no rule, or cannot be read.",
    why: "It silences nothing. Whoever reads the configuration later has to know why a finding is right to ignore.",
    help: "write '# authkuma: ignore[rule-id] reason'",
    bad: r"
access_control:
  default_policy: 'one_factor' # authkuma: ignore[unknown-policy]
",
    good: r"
access_control:
  default_policy: 'one_factor'
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    check,
};

fn check(context: &mut Context<'_>) {
    for fault in comments(context.config).into_iter().filter_map(|comment| comment.fault) {
        context.flag_at(&Path::root(), fault.span, fault.message).help(fault.help).emit();
    }
}
