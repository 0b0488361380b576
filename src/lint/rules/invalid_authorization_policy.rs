//! A custom authorization policy that the server refuses.

use crate::config::Path;
use crate::config::oidc::{AuthorizationPolicy, Oidc};
use crate::diagnostic::{Authelia, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-authorization-policy",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: None,
    summary: "A policy in `authorization_policies` has a reserved name, an unknown policy, no rules, or a rule without a \
          condition.",
    why: "The server refuses to start. These policies judge people who sign in; a client-credentials client cannot use \
          them.",
    help: "mend the policy, or use 'access_control' to decide what a monitor may reach",
    bad: r"
identity_providers:
  oidc:
    authorization_policies:
      staff:
        default_policy: 'deny'
",
    good: r"
identity_providers:
  oidc:
    authorization_policies:
      staff:
        default_policy: 'deny'
        rules:
          - policy: 'one_factor'
            subject: 'group:staff'
",
    reference: "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#authorization_policies",
    check,
};

fn check(context: &mut Context<'_>) {
    let config = context.config;
    let Some(oidc) = &config.oidc else { return };
    for policy in &oidc.authorization_policies {
        for (path, message) in faults(policy) {
            context.flag(&path, message).emit();
        }
    }
}

fn faults(policy: &AuthorizationPolicy) -> Vec<(Path, String)> {
    let root = Oidc::path("authorization_policies").key(&policy.name);
    let mut faults = Vec::new();
    match &*policy.name {
        "" => faults.push((root.clone(), "a policy needs a name".to_owned())),
        "one_factor" | "two_factor" | "deny" => faults.push((root.clone(), format!("the name '{}' is reserved", policy.name))),
        _ => {}
    }
    let known = |value: &str| matches!(value, "" | "one_factor" | "two_factor" | "deny");
    if !known(&policy.default_policy) {
        faults.push((root.key("default_policy"), format!("no policy is called '{}' here", policy.default_policy)));
    }
    if policy.rules.is_empty() {
        faults.push((root.key("rules"), "the policy has no rules".to_owned()));
    }
    for rule in &policy.rules {
        let item = root.key("rules").index(rule.index);
        if !known(&rule.policy) {
            faults.push((item.key("policy"), format!("no policy is called '{}' here", rule.policy)));
        }
        if rule.subjects.is_empty() && rule.networks.is_empty() {
            faults.push((item.key("subject"), "the rule has neither 'subject' nor 'networks'".to_owned()));
        }
        for subject in rule.subjects.iter().flatten() {
            if !subject.starts_with("user:") && !subject.starts_with("group:") {
                faults.push((item.key("subject"), format!("'{subject}' begins with neither 'user:' nor 'group:'")));
            }
        }
    }
    faults
}
