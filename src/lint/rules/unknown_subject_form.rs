//! A subject of unknown form.

use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-subject-form",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Safe),
    summary: "A subject begins with none of `user:`, `group:` and `oauth2:client:`.",
    why: "The server refuses to start. The letters' case counts, and a space before the prefix is part of it.",
    help: "write 'oauth2:client:' and the client_id for a monitor",
    bad: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'OAuth2:Client:uptime-kuma'
",
    good: r"
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

const FORMS: [&str; 3] = ["user:", "group:", "oauth2:client:"];

fn check(context: &mut Context<'_>) {
    for rule in &context.config.access_control.rules {
        for (place, subject) in rule.subject_entries() {
            if !FORMS.iter().any(|prefix| subject.starts_with(prefix)) {
                let message = format!("the subject '{subject}' begins with none of 'user:', 'group:' and 'oauth2:client:'");
                let path = rule.subject_path(place);
                let meant = FORMS.iter().find_map(|prefix| Some((prefix, after(subject, prefix)?)));
                let fix = meant.and_then(|(prefix, name)| {
                    context.replace_text(&path, &format!("{prefix}{name}"), &format!("write '{prefix}' so"))
                });
                context.flag(&path, message).fix(fix).emit();
            }
        }
    }
}

/// The name after a prefix, blanks and letter case aside.
fn after<'a>(subject: &'a str, prefix: &str) -> Option<&'a str> {
    let subject = subject.trim();
    subject.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).map(|_| subject[prefix.len()..].trim())
}
