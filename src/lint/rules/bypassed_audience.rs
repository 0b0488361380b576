//! A monitored URL that is open to everybody.

use crate::access::Level;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::watched;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "bypassed-audience",
    severity: Severity::Warning,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The rule or the default policy that decides on a client's request is `bypass`.",
    why: "The server answers 200 to any token and to none: the monitor is green when its secret, its token or the \
          protection of the application is broken.",
    help: "put a rule with policy: 'one_factor' and subject: 'oauth2:client:…' above it, or monitor another URL",
    bad: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'bypass'
"
    ),
    good: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
    - domain: 'app.example.com'
      policy: 'bypass'
"
    ),
    reference: "https://www.authelia.com/configuration/security/access-control/#policies",
    check,
};

fn check(context: &mut Context<'_>) {
    if !context.knows_rules() {
        return;
    }
    for request in context.monitored.requests.iter().filter(|request| request.decision.level == Level::Bypass) {
        let (path, by) = context.decided_by(request);
        let message = format!("'{}' is open to everybody by {by}, so its monitor proves nothing", request.written());
        context.flag(&request.path(), message).related(&path, "decides").emit();
    }
}
