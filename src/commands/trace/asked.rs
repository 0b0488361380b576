//! Cases put to the engine, one after another.

use serde_json::Value;

use super::cases::{Case, Read};
use super::shown;
use crate::access::RuleCheck;
use crate::bearer::{Answer, Engine, Identity, mend};
use crate::config::Config;
use crate::monitor::forecast::forecast;
use crate::report::trace::{Told, unmet};

/// Puts questions to one engine.
pub(super) struct Asker<'a> {
    pub(super) engine: &'a Engine,
    pub(super) config: &'a Config,
    pub(super) all_rules: bool,
    pub(super) explain_shadow: bool,
    /// Whether mends are looked for.
    pub(super) mends: bool,
}

impl<'a> Asker<'a> {
    /// A case with its answer, or with the reason why there is none.
    pub(super) fn tell(&self, read: &Read) -> Told<'a> {
        match read {
            Err((item, reason)) => untold(item.clone(), reason.clone()),
            Ok(case) => self.answer(case),
        }
    }

    fn answer(&self, case: &Case) -> Told<'a> {
        let login = case.login();
        let asked = case.question(self.engine, login.as_ref()).and_then(|question| {
            let answer = self.engine.ask(&question).map_err(|reason| reason.to_string())?;
            let is_mendable = self.mends && !case.is_about_people() && !answer.is_allowed();
            let mend = if is_mendable { mend(self.config, self.engine.target(), &question) } else { None };
            Ok((answer, question.client.to_owned(), mend))
        });
        let (answer, client, mend) = match asked {
            Ok(asked) => asked,
            Err(reason) => return untold(shown(case), reason),
        };
        let error = (!case.is_about_people() && self.engine.client(&client).is_none())
            .then(|| format!("no client '{client}' is registered"));
        let checks = if self.all_rules || self.explain_shadow { self.checks(&answer, &client) } else { Vec::new() };
        let mut told = Told {
            case: shown(case),
            name: case.name.clone().unwrap_or_else(|| name(case, &client)),
            forecast: if case.is_about_people() { None } else { forecast(&answer) },
            shadowed: self.explain_shadow.then(|| shadowed(&answer, &checks)),
            rules: self.all_rules.then_some(checks),
            answer: Some(answer),
            error,
            unmet: None,
            mend,
        };
        if let Some(expected) = &case.expect {
            told.unmet = Some(unmet(expected, &told.fields(self.config)));
        }
        told
    }

    /// Every access rule against what is asked for, for who asks, or for the client who means to.
    fn checks(&self, answer: &Answer<'_>, client: &str) -> Vec<RuleCheck> {
        let Some(authz) = &answer.authz else { return Vec::new() };
        let Some(object) = &authz.object else { return Vec::new() };
        let who = self.engine.subject(&authz.identity);
        let who = if who.is_anonymous() && !client.is_empty() {
            self.engine.subject(&Identity::Client(client.to_owned()))
        } else {
            who
        };
        self.engine.explain(&who.from(authz.address), object).collect()
    }
}

/// What a case without a name is called.
fn name(case: &Case, client: &str) -> String {
    let who = match (&case.user, case.nobody) {
        (Some(user), _) => format!("user {user}"),
        (None, true) => "nobody".to_owned(),
        (None, false) => client.to_owned(),
    };
    let audience = case.audience.as_ref().map(|audience| format!(" with audience '{audience}'")).unwrap_or_default();
    match &case.url {
        Some(url) => format!("{who} {} {url}{audience}", case.method.as_deref().unwrap_or("GET")),
        None => format!("{who} token{audience}"),
    }
}

/// Rules behind the one that decides which match too.
fn shadowed(answer: &Answer<'_>, checks: &[RuleCheck]) -> Vec<usize> {
    let evaluation = answer.authz.as_ref().and_then(|authz| authz.evaluation);
    let Some(decider) = evaluation.and_then(|evaluation| evaluation.rule) else { return Vec::new() };
    checks.iter().filter(|check| check.index > decider && check.matches()).map(|check| check.index).collect()
}

fn untold<'a>(case: Value, reason: String) -> Told<'a> {
    Told {
        case,
        name: String::new(),
        answer: None,
        error: Some(reason),
        unmet: None,
        rules: None,
        shadowed: None,
        forecast: None,
        mend: None,
    }
}
