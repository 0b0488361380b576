//! What a monitor will ask for: the clients that are meant for it, the targets that their audiences name, and what the access rules
//! say to them. Read once for all rules.

use std::collections::{BTreeSet, HashMap};

use crate::access::{Criterion, Evaluation, Level, Object, RuleCheck, Subject};
use crate::bearer::{AudienceRule, Check, Engine, Question, Target};
use crate::config::client::Client;
use crate::config::{Config, Path};
use crate::cores;
use crate::go::url::Url;

/// Clients that one core looks at at a time.
const SHARE: usize = 256;

/// What a configuration means to its monitors.
pub(super) struct Monitored<'a> {
    /// What the server decides.
    pub(super) engine: Engine,
    /// One for each audience that can be asked for.
    pub(super) requests: Vec<Request<'a>>,
    /// The access rules that name a client as their subject, by its id.
    rules: HashMap<&'a str, Vec<usize>>,
}

/// A monitor's request for one audience of its client.
pub(super) struct Request<'a> {
    /// Whose token it carries.
    pub(super) client: &'a Client,
    /// Position of the audience, from 0.
    pub(super) audience: usize,
    /// What the access rules say.
    pub(super) decision: Evaluation,
    /// The host that it is for.
    pub(super) host: Box<str>,
    /// The rules of its client that may match the host, in order: no other one does.
    near: Box<[usize]>,
}

impl<'a> Monitored<'a> {
    pub(super) fn of(config: &'a Config, target: Target) -> Monitored<'a> {
        let Ok(engine) = Engine::compile(config, target) else {
            // The rule that names the pattern says why nothing is said of what monitors ask for.
            let engine = Engine::without_rules(config, target);
            return Monitored { engine, requests: Vec::new(), rules: rules_by_client(config) };
        };
        let clients: Vec<&Client> = machines(config).collect();
        let share = if config.sources.are_large() { SHARE } else { clients.len().max(1) };
        let shares: Vec<&[&Client]> = clients.chunks(share).collect();
        let rules = rules_by_client(config);
        let requests = cores::map(&shares, |clients| requests_of(&engine, &rules, clients));
        Monitored { engine, requests: requests.into_iter().flatten().collect(), rules }
    }

    /// The access rules that name a client as their subject.
    pub(super) fn rules_of(&self, client: &Client) -> &[usize] {
        self.rules.get(&*client.id).map_or(&[], Vec::as_slice)
    }

    /// One access rule against a request, criterion by criterion.
    pub(super) fn check(&self, rule: usize, request: &Request<'_>) -> Option<RuleCheck> {
        self.engine.policy().check(rule, &self.subject(request.client), &request.object()?)
    }

    /// Whether an access rule matches a request, be it decided by another.
    pub(super) fn matches(&self, rule: usize, request: &Request<'_>) -> bool {
        request.decision.rule == Some(rule)
            || request.is_near(rule) && self.check(rule, request).is_some_and(|check| check.matches())
    }

    /// The first rule of the client for the host that only this option keeps from matching.
    pub(super) fn missed_by(&self, request: &Request<'_>, option: &str) -> Option<usize> {
        let missed = |rule: &usize| self.check(*rule, request).is_some_and(|check| check.only_miss() == Some(option));
        request.near.iter().copied().find(missed)
    }

    /// Whether a rule of the client is for no host that the client has an audience for.
    pub(super) fn is_for_another_host(&self, rule: usize, requests: &[Request<'_>]) -> bool {
        let misses = |request: &Request<'_>| {
            !request.is_near(rule) || self.check(rule, request).is_some_and(|check| check.domain == Criterion::Miss)
        };
        !requests.is_empty() && requests.iter().all(misses)
    }

    /// What the monitor sees of an access rule, to stand behind a sentence; nothing where something else decides before the rules do.
    pub(super) fn consequence(&self, request: &Request<'_>) -> String {
        let Some(url) = request.object().map(|object| object.url.to_string()) else { return String::new() };
        let endpoints = self.engine.endpoints().iter().filter(|endpoint| endpoint.bearer_strategy().is_some());
        let statuses: BTreeSet<u16> = endpoints
            .filter_map(|endpoint| {
                let question =
                    Question { endpoint: Some(&endpoint.name), ..Question::of_monitor(&request.client.id, Some(&url)) };
                let answer = self.engine.ask(&question).ok()?;
                let is_of_rules = answer.deciding().is_some_and(|step| step.check == Check::AccessControl);
                answer.authz.as_ref().filter(|_| is_of_rules).map(|authz| authz.status)
            })
            .collect();
        match statuses.into_iter().collect::<Vec<u16>>().as_slice() {
            [status] => format!(": the monitor sees {status}"),
            _ => String::new(),
        }
    }

    /// Whether an audience is compared as a whole, so that a prefix covers nothing.
    pub(super) fn compares_whole(&self) -> bool {
        self.engine.behaviour().audience == AudienceRule::Exact
    }

    fn subject(&self, client: &Client) -> Subject {
        subject(&self.engine, client)
    }
}

impl Request<'_> {
    /// The path of the audience.
    pub(super) fn path(&self) -> Path {
        self.client.path("audience").index(self.audience)
    }

    /// What is asked for, by `GET`. Made when it is wanted: ten thousand of them outweigh the file.
    pub(super) fn object(&self) -> Option<Object> {
        object(self.written())
    }

    /// Whether an access rule of its client may match the host.
    fn is_near(&self, rule: usize) -> bool {
        self.near.binary_search(&rule).is_ok()
    }

    /// The audience as it is written.
    pub(super) fn written(&self) -> &str {
        &self.client.audience[self.audience]
    }

    /// Whether the rules let the client pass, or would if it came from the right address.
    pub(super) fn passes(&self) -> bool {
        matches!(self.decision.level, Level::Bypass | Level::OneFactor) || self.decision.undecided.is_some()
    }
}

/// What each audience of some clients asks for.
fn requests_of<'a>(engine: &Engine, rules: &HashMap<&str, Vec<usize>>, clients: &[&'a Client]) -> Vec<Request<'a>> {
    let mut requests = Vec::with_capacity(clients.iter().map(|client| client.audience.len()).sum());
    for client in clients {
        let rules = rules.get(&*client.id).map_or(&[][..], Vec::as_slice);
        for (audience, text) in client.audience.iter().enumerate() {
            let Some(object) = object(text) else { continue };
            let near = engine.policy().candidates(object.host()).filter(|rule| rules.binary_search(rule).is_ok()).collect();
            let decision = engine.policy().evaluate(&subject(engine, client), &object);
            requests.push(Request { client, audience, decision, host: object.host().into(), near });
        }
    }
    requests
}

/// Whom the access rules take a client for.
fn subject(engine: &Engine, client: &Client) -> Subject {
    if engine.behaviour().clients_are_anonymous { Subject::anonymous() } else { Subject::client(&*client.id) }
}

/// The clients that a monitor can use: they have the bearer scope and the grant.
pub(super) fn machines(config: &Config) -> impl Iterator<Item = &Client> {
    config.clients().iter().filter(|client| client.has_bearer_scope() && client.has_client_credentials())
}

/// The target that an audience names; none when it can be nobody's.
pub(super) fn object(audience: &str) -> Option<Object> {
    let mut url = Url::parse(audience).ok().filter(|url| url.scheme == "https")?;
    let host = url.hostname().into_owned();
    if host.is_empty() || host.contains('*') || host.ends_with('.') || host.contains(' ') {
        return None;
    }
    if url.path.is_empty() {
        url.path = b"/".to_vec();
    }
    url.user = None;
    url.fragment = Vec::new();
    Some(Object::new(url, "GET"))
}

fn rules_by_client(config: &Config) -> HashMap<&str, Vec<usize>> {
    let mut rules: HashMap<&str, Vec<usize>> = HashMap::new();
    for rule in &config.access_control.rules {
        for subject in rule.subjects.iter().flatten() {
            if let Some(id) = subject.strip_prefix("oauth2:client:") {
                let list = rules.entry(id.trim_matches(' ')).or_default();
                if list.last() != Some(&rule.index) {
                    list.push(rule.index);
                }
            }
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load;
    use crate::lint::{Settings, lint};
    use crate::source::{Source, Sources};

    const CONFIGURATION: &str = include_str!("../../examples/forward-auth/configuration.yml");

    /// The messages and helps of the rules about a monitored URL.
    fn said(text: &str) -> Vec<(&'static str, String, String)> {
        let config = load(Sources::from(Source::new("x", text.to_owned())));
        let found = lint(&config, Settings { whole: None, target: Target::NEWEST });
        let rules = ["audience-outside-resources", "no-rule-for-client", "denied-client", "second-factor-for-client"];
        let about = found.into_iter().filter(|finding| rules.contains(&finding.rule));
        about.map(|finding| (finding.rule, finding.message, finding.help.into_owned())).collect()
    }

    /// The status that the engine answers to the monitor.
    fn answered(text: &str) -> u16 {
        let config = load(Sources::from(Source::new("x", text.to_owned())));
        let engine = Engine::compile(&config, Target::NEWEST).unwrap();
        let question = Question::of_monitor("uptime-kuma", Some("https://application.example.com/"));
        engine.ask(&question).unwrap().authz.unwrap().status
    }

    #[test]
    fn what_the_monitor_sees_is_what_the_engine_answers() {
        let shut = CONFIGURATION.replace("'^/$'", "'^/health$'");
        let mut statuses = Vec::new();
        for default in ["deny", "two_factor"] {
            for text in [&shut, &CONFIGURATION.replace("'oauth2:client:uptime-kuma'", "'oauth2:client:other'")] {
                let text = text.replace("    - domain: 'application.example.com'\n      policy: 'two_factor'\n", "");
                let text = text.replace("default_policy: 'deny'", &format!("default_policy: '{default}'"));
                let (said, status) = (said(&text), answered(&text));
                assert!(!said.is_empty(), "{text}");
                for (rule, message, _) in said {
                    assert!(message.ends_with(&format!(": the monitor sees {status}")), "{rule}: {message}, not {status}");
                }
                statuses.push(status);
            }
        }
        assert!(statuses.contains(&403) && statuses.contains(&401), "{statuses:?}");
    }

    #[test]
    fn what_is_refused_before_the_rules_has_no_status_of_theirs() {
        let text = CONFIGURATION.replace("'^/$'", "'^/health$'").replace("'implicit'", "'explicit'");
        assert_eq!(answered(&text), 401);
        assert!(said(&text).iter().all(|(_, message, _)| !message.contains("sees")), "{:?}", said(&text));
    }

    #[test]
    fn the_pattern_is_that_of_the_monitored_path() {
        for (audience, pattern) in [("/", "'^/([?].*)?$'"), ("/it's.up", "'^/it''s\\.up([?].*)?$'")] {
            let text = CONFIGURATION.replace("'^/$'", "'^/health$'");
            let text =
                text.replace("- 'https://application.example.com/'", &format!("- \"https://application.example.com{audience}\""));
            let helps: Vec<String> = said(&text).into_iter().map(|(.., help)| help).collect();
            assert!(helps.iter().any(|help| help.ends_with(pattern)), "{helps:?}");
        }
    }
}
