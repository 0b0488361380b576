//! What a client can reach at all: its audiences and the access rules together, and who else the same rules let in.

use super::answer::Identity;
use super::behaviour::AudienceRule;
use super::client::Client;
use super::engine::Engine;
use super::question::{Answer, Question};
use super::step::Check;
use crate::access::{Criterion, Level, Object};
use crate::config::Config;
use crate::config::access_control::AccessRule;
use crate::go::url::Url;

/// One rule that may decide requests for one audience.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reached {
    /// The audience as it is written.
    pub audience: String,
    /// Whether the token covers what lies below it too.
    pub covers_below: bool,
    /// Position of the rule, from 0; none for the default policy.
    pub rule: Option<usize>,
    /// What it asks for.
    pub level: Level,
    /// `resources` of the rule; empty is every path.
    pub resources: Vec<String>,
    /// `methods` of the rule; empty is every method.
    pub methods: Vec<String>,
    /// Whether the rule is bound to a query or to networks besides.
    pub has_conditions: bool,
    /// What stands against the client before the rules are asked; a sentence.
    pub obstacle: Option<String>,
    /// Other clients that the rule lets reach the same.
    pub clients: Vec<String>,
    /// People whom the rule lets reach the same.
    pub people: People,
}

/// Whom a rule lets in besides clients.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum People {
    /// Nobody.
    Nobody,
    /// Everybody, logged in or not.
    Everybody,
    /// Every user.
    EveryUser,
    /// Those whom its `subject` names.
    Named(Vec<String>),
}

impl Reached {
    /// Whether the client reaches what the rule is for.
    pub fn is_reached(&self) -> bool {
        self.obstacle.is_none() && matches!(self.level, Level::Bypass | Level::OneFactor)
    }
}

/// What a client can reach, audience by audience, the rules in the order in which they decide. `asked` tells what a proxy reports of a
/// monitor that is given a URL.
pub fn reach(config: &Config, engine: &Engine, client: &Client, asked: impl Fn(&str) -> Option<String>) -> Vec<Reached> {
    client.audience.texts().flat_map(|audience| of_audience(config, engine, client, (audience, asked(audience)))).collect()
}

fn of_audience(config: &Config, engine: &Engine, client: &Client, (audience, asked): (&str, Option<String>)) -> Vec<Reached> {
    let covers_below = engine.behaviour.audience != AudienceRule::Exact;
    let unreadable = |obstacle: String| Reached { obstacle: Some(obstacle), ..default_policy(engine, audience, covers_below) };
    let Some(object) = asked.as_deref().and_then(object) else {
        return vec![unreadable(format!("'{audience}' is no URL that could be monitored"))];
    };
    let url = object.url.to_string();
    let question = Question { audience: Some(audience), ..Question::of_monitor(&client.id, Some(&url)) };
    let obstacle = engine.ask(&question).map_or_else(|reason| Some(reason.to_string()), |answer| obstacle(&answer));
    let subject = engine.subject(&Identity::Client(client.id.to_string()));
    let mut found = Vec::new();
    for check in engine.explain(&subject, &object) {
        let Some(rule) = config.access_control.rules.get(check.index) else { continue };
        let is_for_this = covers_below || check.resources.passes() && check.query.passes();
        if !check.domain.passes() || !check.subject.passes() || !is_for_this {
            continue;
        }
        let level = Level::of(&rule.policy);
        let has_conditions = check.query != Criterion::Absent || check.networks != Criterion::Absent;
        let is_last = !has_conditions && rule.methods.is_empty() && (check.resources == Criterion::Absent || !covers_below);
        found.push(Reached {
            audience: audience.to_owned(),
            covers_below,
            rule: Some(check.index),
            level,
            resources: rule.resources.iter().map(|pattern| pattern.pattern().to_owned()).collect(),
            methods: rule.methods.iter().map(ToString::to_string).collect(),
            has_conditions,
            obstacle: obstacle.clone(),
            clients: others(engine, client, check.index, &object, &url),
            people: people(rule, level),
        });
        if is_last {
            return found;
        }
    }
    found.push(Reached { obstacle, ..default_policy(engine, audience, covers_below) });
    found
}

/// What stands against a request before the rules are asked.
fn obstacle(answer: &Answer<'_>) -> Option<String> {
    let step = answer.deciding()?;
    (!answer.is_allowed() && step.check != Check::AccessControl).then(|| step.detail.clone())
}

fn default_policy(engine: &Engine, audience: &str, covers_below: bool) -> Reached {
    let level = engine.policy().default_level();
    Reached {
        audience: audience.to_owned(),
        covers_below,
        rule: None,
        level,
        resources: Vec::new(),
        methods: Vec::new(),
        has_conditions: false,
        obstacle: None,
        clients: Vec::new(),
        people: match level {
            Level::Bypass => People::Everybody,
            Level::OneFactor | Level::TwoFactor => People::EveryUser,
            Level::Deny => People::Nobody,
        },
    }
}

/// Other clients whose tokens may cover the URL and which the rule is for.
fn others(engine: &Engine, client: &Client, rule: usize, object: &Object, url: &str) -> Vec<String> {
    let rule_audience = engine.behaviour.audience;
    let covers = |other: &&Client| matches!(other.audience.covers(url, rule_audience), super::audience::Coverage::Entry(_));
    let admits = |other: &&Client| {
        let subject = engine.subject(&Identity::Client(other.id.to_string()));
        engine.policy().check(rule, &subject, object).is_some_and(|check| check.domain.passes() && check.subject.passes())
    };
    let others = engine.clients().iter().filter(|other| other.id != client.id && other.has_bearer_scope());
    others.filter(covers).filter(admits).map(|other| other.id.to_string()).collect()
}

fn people(rule: &AccessRule, level: Level) -> People {
    let named: Vec<String> = rule
        .subjects
        .iter()
        .filter(|all| all.iter().all(|one| !one.starts_with("oauth2:client:")))
        .map(|all| all.iter().map(|one| &**one).collect::<Vec<&str>>().join(" and "))
        .collect();
    match level {
        Level::Deny => People::Nobody,
        Level::Bypass => People::Everybody,
        _ if rule.subjects.iter().all(Vec::is_empty) => People::EveryUser,
        _ if named.is_empty() => People::Nobody,
        _ => People::Named(named),
    }
}

/// What a URL names.
fn object(url: &str) -> Option<Object> {
    let mut url = Url::parse(url).ok().filter(|url| url.is_absolute() && !url.host.is_empty())?;
    if url.path.is_empty() {
        url.path = b"/".to_vec();
    }
    Some(Object::new(url, "GET"))
}
