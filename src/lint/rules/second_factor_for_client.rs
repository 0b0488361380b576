//! A monitored URL that asks for a second factor.

use crate::access::Level;
use crate::config::Path;
use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::watched;
use crate::lint::monitored::Request;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "second-factor-for-client",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "The rule or the default policy that decides on a client's request is `two_factor`.",
    why: "A client's token is one factor and can never be two: the server asks for a name and a password, and \
          the monitor is down.",
    help: "put a rule with policy: 'one_factor' and subject: 'oauth2:client:…' for the host above it",
    bad: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'two_factor'
"
    ),
    good: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
    - domain: 'app.example.com'
      policy: 'two_factor'
"
    ),
    reference: "https://www.authelia.com/configuration/security/access-control/#policies",
    check,
};

fn check(context: &mut Context<'_>) {
    if !context.knows_rules() {
        return;
    }
    for request in context.monitored.requests.iter().filter(|request| request.decision.level == Level::TwoFactor) {
        if request.passes() {
            continue;
        }
        let (path, by) = context.decided_by(request);
        let consequence = context.monitored.consequence(request);
        let message =
            format!("'{}' needs two factors at '{}', which {by} asks for{consequence}", request.client.id, request.written());
        context.flag(&request.path(), message).related(&path, "decides").emit();
    }
}

impl Context<'_> {
    /// Where the decision on a request is written, and what to call it.
    pub(super) fn decided_by(&self, request: &Request<'_>) -> (Path, String) {
        match request.decision.rule {
            Some(rule) => (self.config.access_control.rules[rule].path("policy"), format!("rule #{}", rule + 1)),
            None => (Path::of("access_control.default_policy"), "the default policy".to_owned()),
        }
    }
}
