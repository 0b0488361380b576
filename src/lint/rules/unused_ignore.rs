//! A comment that silences nothing.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::Rule;

pub(super) const RULE: Rule = Rule {
    id: "unused-ignore",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: Some(Safety::Safe),
    summary: "A comment silences a rule that says nothing there.",
    why: "The finding it was written for is gone or has moved. Left where it is, the comment hides the next one that somebody makes \
          on that line.",
    help: "remove the comment, or move it to the line that it is for",
    bad: r"
access_control:
  # authkuma: ignore[unknown-policy] the gateway reads it
  default_policy: 'deny'
",
    good: r"
access_control:
  default_policy: 'deny'
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    // Only after all others have spoken can this be told: `lint::ignore` does.
    check: |_| {},
};
