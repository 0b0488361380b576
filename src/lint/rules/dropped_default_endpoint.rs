//! Default endpoints that went away.

use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};
use crate::lint::words::all_of;

pub(super) const RULE: Rule = Rule {
    id: "dropped-default-endpoint",
    severity: Severity::Note,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "`server.endpoints.authz` has an endpoint of another name and none of the default ones, which no longer exist.",
    why: "A proxy that still calls one of them gets 404 and answers 500 or 403 to everybody.",
    help: "configure every endpoint that a proxy calls",
    bad: r"
server:
  endpoints:
    authz:
      kuma:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Basic', 'Bearer']
          - name: 'CookieSession'
",
    good: r"
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
      auth-request:
        implementation: 'AuthRequest'
      ext-authz:
        implementation: 'ExtAuthz'
      legacy:
        implementation: 'Legacy'
",
    reference: "https://www.authelia.com/configuration/miscellaneous/server-endpoints-authz/",
    check,
};

const DEFAULTS: [&str; 4] = ["forward-auth", "ext-authz", "auth-request", "legacy"];

fn check(context: &mut Context<'_>) {
    let endpoints = &context.config.server.endpoints;
    // Who configures one of them by name knows what he does.
    if endpoints.is_empty() || endpoints.iter().any(|endpoint| DEFAULTS.contains(&&*endpoint.name)) {
        return;
    }
    let message = format!("the default endpoints {} do not exist any more", all_of(&DEFAULTS));
    context.flag_key(&Path::of("server.endpoints.authz"), message).emit();
}
