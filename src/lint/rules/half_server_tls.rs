//! A TLS key without its certificate.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "half-server-tls",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`server.tls` has only one of `key` and `certificate`, or client certificates without both.",
    why: "The server refuses to start.",
    help: "give both 'key' and 'certificate'",
    bad: r"
server:
  tls:
    key: '/config/tls.key'
",
    good: r"
server:
  tls:
    key: '/config/tls.key'
    certificate: '/config/tls.crt'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server/#tls",
    check,
};

fn check(context: &mut Context<'_>) {
    let tree = &context.config.tree;
    let path = Path::of("server.tls");
    let given = |option: &str| !tree.text(&path.key(option)).is_empty();
    let clients = !tree.texts(&path.key("client_certificates")).is_empty();
    match (given("key"), given("certificate")) {
        (true, false) => context.flag(&path.key("certificate"), "'key' needs 'certificate'").emit(),
        (false, true) => context.flag(&path.key("key"), "'certificate' needs 'key'").emit(),
        (false, false) if clients => context.flag(&path.key("client_certificates"), "these need 'key' and 'certificate'").emit(),
        _ => {}
    }
}
