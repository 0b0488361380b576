//! An answer for people: the steps, the deciding line, what the monitor will show, and the mend.

use std::io::{self, Write};

use super::super::Look;
use super::super::columns::Columns;
use super::super::diff::diff;
use super::super::snippet::{Header, snippet};
use super::super::wrap::wrap;
use super::{Report, Told, Unmet, line_of, span_of};
use crate::access::RuleCheck;
use crate::bearer::{Answer, Mend, MonitoredUrl, Step, StepOutcome};
use crate::diagnostic::{Label, Severity};
use crate::monitor::address::{as_reported, as_sent};

/// Columns that a text gets even on the narrowest terminal.
const NARROWEST: usize = 20;
/// Columns by which the words of a case stand behind its result.
const CASE_INDENT: usize = 5;

/// Writes one answer in full, or several in a line each with the reasons of those that are not as they should be.
pub(super) fn write(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    if let [only] = report.told
        && only.unmet.is_none()
    {
        return write_one(report, only, look, out);
    }
    for told in report.told {
        write_line(report, told, look, out)?;
    }
    let good = report.told.iter().filter(|told| told.is_good()).count();
    let what = if report.told.iter().any(|told| told.unmet.is_some()) { "as expected" } else { "allowed" };
    writeln!(out, "{good} of {} {what}, as Authelia {} answers", report.told.len(), report.target)
}

/// One answer in full.
fn write_one(report: &Report<'_>, told: &Told<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(answer) = &told.answer else {
        return field("error", told.error.as_deref().unwrap_or_default(), look, out);
    };
    steps(report, answer, look, out)?;
    writeln!(out)?;
    if let Some(rules) = &told.rules {
        rule_table(rules, look, out)?;
        writeln!(out)?;
    }
    paint(look, answer.is_allowed(), &sentence(answer), out)?;
    if let Some(error) = &told.error {
        field("note", error, look, out)?;
    }
    writeln!(out)?;
    place(report, answer, look, out)?;
    if let Some(shadowed) = &told.shadowed {
        field("shadowed", &shadow_sentence(answer, shadowed), look, out)?;
    }
    if let Some(forecast) = &told.forecast {
        let state = if forecast.is_up { "UP" } else { "DOWN" };
        let remark = forecast.remark.map(|remark| format!(": {remark}")).unwrap_or_default();
        field("Uptime Kuma", &format!("{state}, '{}'{remark}", forecast.message), look, out)?;
    }
    if answer.steps().any(|step| step.reported) {
        field("reported", report.target.reported().unwrap_or_default(), look, out)?;
    }
    match &told.mend {
        Some(mend) => write_mend(report, mend, look, out),
        // What keeps people out is nothing to mend.
        None if answer.is_allowed() || told.forecast.is_none() => Ok(()),
        None => field("mend", &advice(told, answer), look, out),
    }
}

/// One line a case, and why it is not as it should be.
fn write_line(report: &Report<'_>, told: &Told<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let answered = told.answer.as_ref().map_or_else(|| "not asked".to_owned(), sentence);
    let word = if told.is_good() { "ok" } else { "FAIL" };
    let line = wrap(&format!("{}: {answered}", told.name), look.row_width().saturating_sub(CASE_INDENT).max(NARROWEST));
    let line = line.replace('\n', &format!("\n{:CASE_INDENT$}", ""));
    colored(look, told.is_good(), &format!("{word:4} {line}"), out)?;
    if let Some(error) = &told.error {
        field("     error", error, look, out)?;
    }
    for Unmet { field: name, expected, found } in told.unmet.iter().flatten() {
        field("     expected", &format!("{name} is {expected}, and not {found}"), look, out)?;
    }
    let Some(answer) = told.answer.as_ref().filter(|_| !told.is_good()) else { return Ok(()) };
    writeln!(out)?;
    place(report, answer, look, out)
}

/// The steps as a table.
fn steps(report: &Report<'_>, answer: &Answer<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Columns::new(["step", "outcome", "line", "why"]);
    for step in answer.steps() {
        let line = line_of(step, report.config).map(|line| line.to_string()).unwrap_or_default();
        table.add([step.check.name().to_owned(), step.outcome.name().to_owned(), line, step.detail.clone()]);
    }
    let paint = |[_, outcome, ..]: &[String; 4]| match outcome.as_str() {
        "fail" => Some(31),
        "skip" => Some(2),
        _ => None,
    };
    table.write(look, paint, out)
}

/// Every access rule with its criteria.
fn rule_table(rules: &[RuleCheck], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Columns::new(["rule", "domain", "resources", "query", "methods", "networks", "subject", "matches"]);
    for rule in rules {
        let [domain, resources, query, methods, networks, subject] =
            rule.criteria().map(|(_, criterion)| criterion.name().to_owned());
        let matches = if rule.matches() { "yes" } else { "no" }.to_owned();
        table.add([format!("#{}", rule.index + 1), domain, resources, query, methods, networks, subject, matches]);
    }
    table.write(look, |_| None, out)
}

/// The answer in one sentence.
pub(super) fn sentence(answer: &Answer<'_>) -> String {
    let Some(authz) = &answer.authz else {
        let Some(token) = &answer.token else { return "nothing was asked".to_owned() };
        return match (token.error(), &token.grant) {
            (Some(error), _) => format!("denied: the token endpoint answers {} {error}", token.status),
            (None, Some(grant)) if grant.aud().is_empty() => {
                "allowed: a token without audience is issued, which no URL accepts".to_owned()
            }
            (None, Some(grant)) => format!("allowed: a token for '{}' is issued", grant.aud().join("', '")),
            (None, None) => format!("the token endpoint answers {}", token.status),
        };
    };
    let verdict = if answer.is_allowed() { "allowed" } else { "denied" };
    let tail = match (&authz.location, authz.challenge) {
        (Some(location), _) => format!(" with the way to the portal, {location}"),
        (None, Some(challenge)) => format!(" with a {} challenge", challenge.scheme()),
        (None, None) => String::new(),
    };
    let who = answer.endpoint.map_or_else(|| "the server".to_owned(), |endpoint| format!("endpoint '{}'", endpoint.name));
    format!("{verdict}: {who} answers {}{tail}", authz.status)
}

/// The deciding line as a snippet.
fn place(report: &Report<'_>, answer: &Answer<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(step) = answer.deciding() else { return Ok(()) };
    let severity = if answer.is_allowed() { Severity::Note } else { Severity::Error };
    let Some(span) = span_of(step, report.config) else {
        return field(severity.word(), &step.detail, look, out).and_then(|()| writeln!(out));
    };
    let words = match (step.outcome, step.path.as_ref().is_some_and(|path| report.config.tree.has(path))) {
        (_, true) => String::new(),
        (StepOutcome::Pass, false) => "the default decides".to_owned(),
        (_, false) => step.path.as_ref().map(|path| format!("{path} is absent")).unwrap_or_default(),
    };
    let label = Label { span, text: words };
    let header = Header { severity, id: Some(step.check.name()), title: &step.detail };
    writeln!(out, "{}", snippet(&report.config.sources, header, &label, &[], &[], look))
}

fn shadow_sentence(answer: &Answer<'_>, shadowed: &[usize]) -> String {
    let decider = answer.authz.as_ref().and_then(|authz| authz.evaluation).and_then(|evaluation| evaluation.rule);
    match (decider, shadowed) {
        (None, _) => "no rule decides, so none takes the request away from another".to_owned(),
        (Some(decider), []) => format!("rule #{} decides, and no later rule would", decider + 1),
        (Some(decider), later) => {
            let later: Vec<String> = later.iter().map(|index| format!("#{}", index + 1)).collect();
            format!("rule #{} takes the request away from {}, which would decide it otherwise", decider + 1, later.join(", "))
        }
    }
}

fn write_mend(report: &Report<'_>, mend: &Mend, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for change in &mend.changes {
        field("mend", change, look, out)?;
    }
    writeln!(out)?;
    let before = report.config.sources.iter();
    for ((_, before), (_, after)) in before.zip(mend.config.sources.iter()) {
        diff(before, after, &[], look, out)?;
    }
    Ok(())
}

/// What to do where no change of the configuration helps.
fn advice(told: &Told<'_>, answer: &Answer<'_>) -> String {
    use crate::bearer::Check;
    let asked = told.case["url"].as_str().unwrap_or_default();
    if let Some(sent) = as_sent(asked)
        .ok()
        .map(|sent| as_reported(&sent))
        .filter(|sent| MonitoredUrl::split(asked).is_ok_and(|asked| asked.url() != sent.as_str()))
    {
        return format!("ask for '{sent}': no monitor and no browser sends this URL as it is written");
    }
    let advice = match answer.deciding().map(|step: &Step| step.check) {
        Some(Check::ClientAuthentication) => {
            "give the monitor the right id and secret: 'authkuma verify' tells whether a secret matches"
        }
        Some(Check::SecureScheme) => "monitor the https URL",
        Some(Check::Endpoint) => "let the proxy ask an endpoint that is configured, with GET",
        Some(Check::Portal) => "name the portal: session.cookies with domain and authelia_url in the place of session.domain",
        Some(Check::TokenScope | Check::Scope) => "let the monitor ask for the scope 'authelia.bearer.authz' alone",
        Some(Check::TokenAudience) => "let the monitor ask for the monitored URL as its audience, or for none",
        Some(Check::Token) => "let the monitor ask for a new token",
        _ => "no change of the configuration that was tried makes it pass",
    };
    advice.to_owned()
}

fn paint(look: Look, good: bool, line: &str, out: &mut dyn Write) -> io::Result<()> {
    colored(look, good, &wrap(line, look.width.max(NARROWEST)), out)
}

fn colored(look: Look, good: bool, line: &str, out: &mut dyn Write) -> io::Result<()> {
    let color = if good { "32" } else { "31" };
    if look.color { writeln!(out, "\u{1b}[{color}m{line}\u{1b}[0m") } else { writeln!(out, "{line}") }
}

/// Writes `name: text`, the further lines below the text's first word.
pub(super) fn field(name: &str, text: &str, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let hanging = name.len() + 2;
    let wrapped = wrap(text, look.width.saturating_sub(hanging).max(NARROWEST));
    writeln!(out, "{name}: {}", wrapped.replace('\n', &format!("\n{:hanging$}", "")))
}

/// The text without what could steer a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(super::super::wrap::printable).collect()
}
