//! A redirection URL for all cookie domains.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "misplaced-redirection-url",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "The old `default_redirection_url` stands beside `session.cookies`.",
    why: "The server refuses to start: every cookie domain has a redirection URL of its own.",
    help: "move it into the item of 'session.cookies' that it is for",
    bad: r"
default_redirection_url: 'https://www.example.com'
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
",
    good: r"
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
      default_redirection_url: 'https://www.example.com'
",
    reference: "https://www.authelia.com/configuration/session/introduction/#default_redirection_url",
    check,
};

fn check(context: &mut Context<'_>) {
    let path = Path::of("default_redirection_url");
    let written = context.config.tree.get(&path).is_some_and(|node| !node.is_null() && node.text() != Some(""));
    if written && !context.config.session.cookies.is_empty() {
        // The server names the section that it should stand in.
        let span = context.config.locate(&path).nearest;
        let message = "'default_redirection_url' does not go with 'session.cookies'";
        context.flag_at(&Path::of("session.cookies"), span, message).emit();
    }
}
