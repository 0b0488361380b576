//! A rule for a client that does not exist.

use std::collections::{HashMap, HashSet};

use crate::config::nearest;
use crate::diagnostic::{Authelia, Safety, Severity};
use crate::lint::rule::{Context, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unknown-client-subject",
    severity: Severity::Error,
    authelia: Authelia::Rejects,
    fix: Some(Safety::Unsafe),
    summary: "A subject names a client that is not registered.",
    why: "The server refuses to start. The identifier is compared exactly, spaces and letter case included.",
    help: "write the client_id of a registered client",
    bad: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:Uptime-Kuma'
",
    good: r"
identity_providers:
  oidc:
    clients:
      - client_id: 'uptime-kuma'
access_control:
  rules:
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:uptime-kuma'
",
    reference: "https://www.authelia.com/configuration/security/access-control/#subject",
    check,
};

fn check(context: &mut Context<'_>) {
    if !context.knows_clients() {
        return;
    }
    let config = context.config;
    let clients: HashSet<&str> = config.clients().iter().map(|client| &*client.id).collect();
    let folded: HashMap<String, &str> = clients.iter().map(|id| (id.to_lowercase(), *id)).collect();
    for rule in &config.access_control.rules {
        for (place, subject) in rule.subject_entries() {
            match subject.strip_prefix("oauth2:client:") {
                Some(id) if !id.is_empty() && !clients.contains(id) => {
                    let path = rule.subject_path(place);
                    let fix = folded.get(&id.trim().to_lowercase()).and_then(|meant| {
                        let subject = format!("oauth2:client:{meant}");
                        context.replace_text(&path, &subject, &format!("name the client '{meant}'"))
                    });
                    let near = nearest(id.trim(), clients.iter().copied());
                    let finding = context.flag(&path, format!("no client has the client_id '{id}'")).fix(fix);
                    match near {
                        Some(near) => finding.label(format!("did you mean '{near}'?")).emit(),
                        None => finding.emit(),
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bearer::Target;
    use crate::config::load;
    use crate::lint::{Settings, lint};
    use crate::source::{Source, Sources};

    #[test]
    fn a_client_of_nearly_the_same_id_is_named() {
        for (subject, label) in [("uptime-kumma", "did you mean 'uptime-kuma'?"), ("somebody-else", "")] {
            let text = super::RULE.bad.replace("client:Uptime-Kuma", &format!("client:{subject}"));
            let config = load(Sources::from(Source::new("x", text)));
            let found = lint(&config, Settings { whole: None, target: Target::NEWEST });
            let finding = found.iter().find(|finding| finding.rule == super::RULE.id).unwrap();
            assert_eq!(finding.label.text, label);
        }
    }
}
