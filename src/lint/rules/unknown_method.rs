//! A method that the server does not know.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-method",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "An access rule has a `methods` value that is no HTTP method in capitals.",
    why: "The server refuses to start.",
    help: "write the method in capitals",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      methods: ['get']
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      methods: ['GET']
",
    reference: "https://www.authelia.com/configuration/security/access-control/#methods",
    check,
};

/// The methods that the server knows, WebDAV's included.
pub(super) const METHODS: [&str; 16] = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "CONNECT",
    "OPTIONS",
    "COPY",
    "LOCK",
    "MKCOL",
    "MOVE",
    "PROPFIND",
    "PROPPATCH",
    "UNLOCK",
];

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (index, method) in rule.methods.iter().enumerate().filter(|(_, method)| !METHODS.contains(&&***method)) {
            let path = rule.path("methods").index(index);
            let capitals = method.to_ascii_uppercase();
            let fix =
                if METHODS.contains(&&*capitals) { context.replace_text(&path, &capitals, "write it in capitals") } else { None };
            context.flag(&path, format!("the server knows no method '{method}'")).fix(fix).emit();
        }
    }
}
