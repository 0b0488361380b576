//! A client rule behind a wider one.

use crate::diagnostic::{Authelia, Severity};
use crate::lint::examples::watched;
use crate::lint::monitored::Request;
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "shadowed-client-rule",
    severity: Severity::Error,
    authelia: Authelia::Accepts,
    fix: None,
    summary: "A rule that names a client stands behind another rule that decides on all of the client's requests.",
    why: "The first rule that matches decides, whatever comes after it. The monitor gets the earlier rule's answer: 401 or \
          403, or 200 for everybody else too.",
    help: "move the client's rule above the other one",
    bad: watched!(
        r"
    - domain: '*.example.com'
      policy: 'two_factor'
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
"
    ),
    good: watched!(
        r"
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
    - domain: '*.example.com'
      policy: 'two_factor'
"
    ),
    reference: "https://www.authelia.com/configuration/security/access-control/#rule-matching",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let monitored = context.monitored;
    for requests in monitored.requests.chunk_by(|one, other| one.client.index == other.client.index) {
        for rule in monitored.rules_of(requests[0].client) {
            let matched = |request: &&Request<'_>| monitored.matches(*rule, request);
            let mut deciding: Vec<usize> = Vec::new();
            let mut passes = true;
            for request in requests.iter().filter(matched) {
                deciding.push(request.decision.rule.unwrap_or(*rule));
                passes &= request.passes();
            }
            let Some(earlier) = deciding.first().copied().filter(|_| deciding.iter().all(|decides| decides < rule)) else {
                continue;
            };
            // An earlier rule for the same client is its business.
            if monitored.rules_of(requests[0].client).contains(&earlier) {
                continue;
            }
            let (severity, effect) =
                if passes { (Severity::Warning, "and admits more") } else { (Severity::Error, "and refuses") };
            let message = format!("rule #{} never decides: rule #{} stands before it {effect}", rule + 1, earlier + 1);
            let path = config.access_control.rules[*rule].path("subject");
            let first = config.access_control.rules[earlier].root();
            context.flag(&path, message).severity(severity).related(&first, "decides first").emit();
        }
    }
}
