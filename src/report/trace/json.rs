//! Answers as the versioned document that other programs read. Fields may be added, none changed.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{Report, Told, line_of};
use crate::access::RuleCheck;
use crate::bearer::{Answer, Mend, TokenDecision};
use crate::config::Config;
use crate::document::write_document;
use crate::monitor::forecast::Forecast;

/// Writes the document and a line break.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")),
        target: report.target.to_string(),
        reported: report.target.reported(),
        results: Results(report),
    };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    tool: &'static str,
    target: String,
    reported: Option<&'static str>,
    results: Results<'a>,
}

/// One after another: thousands of results at a time would outweigh the configuration.
struct Results<'a>(&'a Report<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.told.iter().map(|told| fields(told, self.0.config)))
    }
}

/// One result.
pub(super) fn fields(told: &Told<'_>, config: &Config) -> Value {
    let mut result = Map::new();
    result.insert("case".to_owned(), told.case.clone());
    if let Some(error) = &told.error {
        result.insert("error".to_owned(), json!(error));
    }
    let answer = told.answer.as_ref();
    let authz = answer.and_then(|answer| answer.authz.as_ref());
    result.insert("token".to_owned(), answer.and_then(|answer| answer.token.as_ref()).map_or(Value::Null, token));
    result.insert("endpoint".to_owned(), json!(answer.and_then(|answer| answer.endpoint).map(|endpoint| &*endpoint.name)));
    result.insert("status".to_owned(), json!(authz.map(|authz| authz.status)));
    let challenge = authz.and_then(|authz| authz.challenge);
    result.insert("challenge".to_owned(), json!(challenge.map(|challenge| challenge.scheme())));
    result.insert("location".to_owned(), json!(authz.and_then(|authz| authz.location.as_deref())));
    result.insert("verdict".to_owned(), json!(verdict(told)));
    let rule = authz.and_then(|authz| authz.evaluation).and_then(|evaluation| evaluation.rule);
    result.insert("rule".to_owned(), json!(rule.map(|index| index + 1)));
    result.insert("steps".to_owned(), answer.map_or_else(|| json!([]), |answer| steps(answer, config)));
    result.insert("uptime_kuma".to_owned(), told.forecast.as_ref().map_or(Value::Null, forecast));
    if let Some(found) = &told.mend {
        result.insert("mend".to_owned(), mend(found));
    }
    if let Some(rules) = &told.rules {
        result.insert("rules".to_owned(), rules.iter().map(criteria).collect());
    }
    if let Some(shadowed) = &told.shadowed {
        result.insert("shadowed".to_owned(), shadowed.iter().map(|index| index + 1).collect());
    }
    result.insert("met".to_owned(), json!(told.unmet.as_ref().is_none_or(Vec::is_empty) && told.error.is_none()));
    if let Some(unmet) = told.unmet.as_ref().filter(|unmet| !unmet.is_empty()) {
        result.insert("unmet".to_owned(), json!(unmet));
    }
    Value::Object(result)
}

/// The verdict's word; none when the question could not be put.
fn verdict(told: &Told<'_>) -> Option<&'static str> {
    told.answer.as_ref().map(|answer| if answer.is_allowed() { "allowed" } else { "denied" })
}

fn token(token: &TokenDecision) -> Value {
    let grant = token.grant.as_ref();
    json!({
        "status": token.status,
        "error": token.error(),
        "description": token.description(),
        "scope": grant.map(|grant| grant.scopes.join(" ")),
        "audience": grant.map(|grant| &grant.audience),
        "resource": grant.map(|grant| &grant.resource),
        "lifetime": grant.map(|grant| grant.lifetime),
    })
}

fn steps(answer: &Answer<'_>, config: &Config) -> Value {
    let step = |step: &crate::bearer::Step| {
        let mut fields = Map::new();
        fields.insert("step".to_owned(), json!(step.check.name()));
        fields.insert("outcome".to_owned(), json!(step.outcome.name()));
        fields.insert("detail".to_owned(), json!(step.detail));
        fields.insert("path".to_owned(), json!(step.path.as_ref().map(ToString::to_string)));
        fields.insert("line".to_owned(), json!(line_of(step, config)));
        if step.reported {
            fields.insert("reported".to_owned(), json!(true));
        }
        Value::Object(fields)
    };
    answer.steps().map(step).collect()
}

/// What to change, in words.
pub(super) fn mend(mend: &Mend) -> Value {
    json!({"changes": mend.changes})
}

fn criteria(rule: &RuleCheck) -> Value {
    let mut fields = Map::new();
    fields.insert("rule".to_owned(), json!(rule.index + 1));
    for (option, criterion) in rule.criteria() {
        fields.insert(option.to_owned(), json!(criterion.name()));
    }
    fields.insert("matches".to_owned(), json!(rule.matches()));
    Value::Object(fields)
}

fn forecast(forecast: &Forecast) -> Value {
    json!({"message": forecast.message, "up": forecast.is_up, "remark": forecast.remark})
}
