//! A server address that HTTP cannot use.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unsuitable-server-scheme",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "`server.address` has a scheme at which the server cannot listen to HTTP.",
    why: "The server refuses to start.",
    help: "write 'tcp://', 'unix://' or 'fd://'",
    bad: r"
server:
  address: 'udp://:9091'
",
    good: r"
server:
  address: 'tcp://:9091'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server/#address",
    check,
};

fn check(context: &mut Context<'_>) {
    if let Some(address) = context.config.server.address.as_ref().filter(|address| !address.serves_http()) {
        let message = format!("the server cannot listen to HTTP at the scheme '{}'", address.scheme);
        context.flag(&Path::of("server.address"), message).emit();
    }
}
