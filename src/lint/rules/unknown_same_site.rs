//! A cookie mode that the server does not know.

use crate::config::Path;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-same-site",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "`same_site` is none of `none`, `lax` and `strict`.",
    why: "The server refuses to start.",
    help: "write 'lax'",
    bad: r"
session:
  same_site: 'Lax'
",
    good: r"
session:
  same_site: 'lax'
",
    reference: "https://www.authelia.com/configuration/session/introduction/#same_site",
    check,
};

fn check(context: &mut Context<'_>) {
    let session = &context.config.session;
    let cookies = session.cookies.iter().map(|cookie| (cookie.path("same_site"), &cookie.same_site));
    for (path, value) in cookies.chain([(Path::of("session.same_site"), &session.same_site)]) {
        if !matches!(&**value, "" | "none" | "lax" | "strict") {
            let fix = context.lowercase(&path, &["none", "lax", "strict"]);
            context.flag(&path, format!("'same_site' must be 'none', 'lax' or 'strict' but is '{value}'")).fix(fix).emit();
        }
    }
}
