//! A section without which the server does not start.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "missing-section",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A whole configuration lacks something that the server needs to start.",
    why: "The server refuses to start. Several of these together mean that a file was not read at all.",
    help: "add the section, or give the file with it too",
    bad: r"
storage:
  encryption_key: 'a-key-of-twenty-characters'
",
    good: r"
identity_validation:
  reset_password:
    jwt_secret: 'a-secret-of-the-server'
authentication_backend:
  file:
    path: '/config/users.yml'
storage:
  encryption_key: 'a-key-of-twenty-characters'
  local:
    path: '/config/db.sqlite3'
notifier:
  filesystem:
    filename: '/config/notification.txt'
",
    reference: "https://www.authelia.com/configuration/prologue/introduction/",
    check,
};

fn check(context: &mut Context<'_>) {
    if !context.whole {
        return;
    }
    let tree = &context.config.tree;
    let any = |paths: &[&str]| paths.iter().any(|path| tree.get(&Path::of(path)).is_some_and(|node| !node.is_null()));
    let reset_is_on = !tree.flag(&Path::of("authentication_backend.password_reset.disable"));
    let storage = ["storage.local", "storage.mysql", "storage.postgres"];
    let missing = [
        ("storage.encryption_key", any(&["storage.encryption_key"]), "'storage.encryption_key' is absent"),
        ("storage", any(&storage), "'storage' has none of 'local', 'mysql' and 'postgres'"),
        ("notifier", any(&["notifier.smtp", "notifier.filesystem"]), "'notifier' has neither 'smtp' nor 'filesystem'"),
        (
            "authentication_backend",
            any(&["authentication_backend.file", "authentication_backend.ldap"]),
            "'authentication_backend' has neither 'file' nor 'ldap'",
        ),
        (
            "identity_validation.reset_password.jwt_secret",
            !reset_is_on || any(&["identity_validation.reset_password.jwt_secret"]),
            "'identity_validation.reset_password.jwt_secret' is absent",
        ),
    ];
    for (path, there, message) in missing {
        if !there {
            context.flag(&Path::of(path), message).emit();
        }
    }
}
