//! What is wrong with monitors.

use std::collections::HashSet;
use std::io::{self, Write};

use serde::Serialize;

use super::{Form, Look, write_field};
use crate::config::{Config, Path};
use crate::diagnostic::Severity;
use crate::document::write_document;
use crate::monitor::address::as_reported;
use crate::monitor::check::upgrade::{ClientChange, Upgrade};
use crate::monitor::check::{Checked, Finding, Rule};
use crate::report::wrap::printable;
use crate::scrub::blank_urls;
use crate::source::Position;

/// What one run came to.
pub struct CheckReport<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The release that was assumed.
    pub target: &'a str,
    /// Every monitor, in the order of the database.
    pub checked: &'a [Checked<'a>],
    /// What has to change before an upgrade, when that was asked.
    pub upgrade: Option<&'a Upgrade>,
}

impl CheckReport<'_> {
    /// Writes the findings in a form.
    pub fn write(&self, form: Form, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match form {
            Form::Plain => self.write_plain(look, out),
            Form::Json => write_document(&Document::of(self), out),
        }
    }

    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.checked.iter().map(|checked| checked.count(severity)).sum()
    }

    /// One line: how many findings there are.
    pub fn summary(&self) -> String {
        let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .map(|severity| (self.count(severity), severity))
            .filter(|(number, _)| *number > 0)
            .map(|(number, severity)| count(number, severity.word()))
            .collect();
        let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
        format!("{counts} in {}", count(self.checked.len(), "monitor"))
    }

    fn write_plain(&self, look: Look, out: &mut dyn Write) -> io::Result<()> {
        let mut explained = HashSet::new();
        for checked in self.checked.iter().filter(|checked| !checked.findings.is_empty()) {
            let paused = if checked.monitor.active { "" } else { " (paused)" };
            write_field(&format!("monitor {}", checked.monitor.id), &format!("{}{paused}", checked.monitor.name), 0, look, out)?;
            for finding in &checked.findings {
                self.write_finding(finding, explained.insert((finding.rule.id, finding.why)), look, out)?;
            }
            writeln!(out)?;
        }
        if let Some(upgrade) = self.upgrade {
            write_upgrade(upgrade, look, out)?;
        }
        if self.checked.iter().any(|checked| !checked.findings.is_empty()) {
            writeln!(out, "{}", self.summary())?;
        }
        Ok(())
    }

    fn write_finding(&self, finding: &Finding<'_>, is_first: bool, look: Look, out: &mut dyn Write) -> io::Result<()> {
        let head = format!("{}[{}]", finding.severity.word(), finding.rule.id);
        write_field(&head, &finding.message, INDENT, look, out)?;
        write_field("field", finding.field, 2 * INDENT, look, out)?;
        if let Some(path) = &finding.path {
            write_field("decided by", &self.place(path), 2 * INDENT, look, out)?;
        }
        if is_first {
            write_field("why", finding.why, 2 * INDENT, look, out)?;
        }
        write_field("help", &finding.help, 2 * INDENT, look, out)
    }

    /// A path, and where it is written.
    fn place(&self, path: &Path) -> String {
        let Some((file, position)) = position(self.config, path) else { return path.to_string() };
        format!("{path} ({file}:{}:{})", position.line, position.column)
    }
}

/// Columns by which what belongs to a monitor is set in.
const INDENT: usize = 2;

/// Where a path, or the nearest thing that exists, is written; none without files.
fn position<'a>(config: &'a Config, path: &Path) -> Option<(&'a str, Position)> {
    if config.sources.is_empty() {
        return None;
    }
    let located = config.locate(path);
    let span = located.value.or(located.key).unwrap_or(located.nearest);
    let source = config.sources.get(span.source);
    Some((source.name(), source.position(span.start)))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn write_upgrade(upgrade: &Upgrade, look: Look, out: &mut dyn Write) -> io::Result<()> {
    write_field("upgrade", &format!("from {} to {}", upgrade.from, upgrade.to), 0, look, out)?;
    if upgrade.clients.is_empty() {
        return write_field("result", "no monitor that passes now is refused then", INDENT, look, out)
            .and_then(|()| writeln!(out));
    }
    for client in &upgrade.clients {
        write_field("client", &client.id, INDENT, look, out)?;
        writeln!(out, "{:width$}audience:", "", width = 2 * INDENT)?;
        for audience in &client.audience {
            let quoted = quoted(audience);
            let superfluous = client.superfluous.contains(audience);
            let remark = match (superfluous, audience.contains("***")) {
                (true, _) => " # covers no monitored URL after the upgrade",
                (false, true) => " # the monitored URL with its secret for the ***",
                (false, false) => "",
            };
            writeln!(out, "{:width$}- {quoted}{remark}", "", width = 3 * INDENT)?;
        }
        if client.needs_implicit_mode {
            writeln!(out, "{:width$}requested_audience_mode: 'implicit'", "", width = 2 * INDENT)?;
        }
        for change in &client.monitors {
            let name = format!("monitor {}", change.id);
            for step in &change.steps {
                write_field(&name, step, 2 * INDENT, look, out)?;
            }
        }
        write_field("proof", &proof(client, upgrade), 2 * INDENT, look, out)?;
    }
    writeln!(out)
}

/// A text as a YAML scalar on one line.
fn quoted(text: &str) -> String {
    if text.chars().all(|character| printable(character) == character) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    serde_json::Value::from(text).to_string().chars().map(printable).collect()
}

fn proof(client: &ClientChange, upgrade: &Upgrade) -> String {
    if client.failing.is_empty() {
        let passing = client.passing;
        return format!(
            "with these changes every monitor of this client that passes now ({passing}) passes under {} and under {}",
            upgrade.from, upgrade.to
        );
    }
    let ids: Vec<String> = client.failing.iter().map(i64::to_string).collect();
    format!("not enough for the monitors {}: they are refused for another reason", ids.join(", "))
}

/// Writes every rule about monitors, one a line.
pub fn write_rules(rules: &[&'static Rule], form: Form, look: Look, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Plain => rules
            .iter()
            .try_for_each(|rule| write_field(&format!("{:7} {}", rule.severity.word(), rule.id), rule.summary, 0, look, out)),
        Form::Json => {
            let rules: Vec<RuleRow> = rules.iter().map(|rule| RuleRow::of(rule)).collect();
            write_document(&RuleDocument { version: 1, tool: TOOL, rules }, out)
        }
    }
}

const TOOL: &str = concat!("authkuma ", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
struct RuleDocument {
    version: u32,
    tool: &'static str,
    rules: Vec<RuleRow>,
}

#[derive(Serialize)]
struct RuleRow {
    id: &'static str,
    severity: Severity,
    field: &'static str,
    summary: &'static str,
    why: &'static str,
    help: &'static str,
}

impl RuleRow {
    fn of(rule: &Rule) -> RuleRow {
        let Rule { id, severity, field, summary, why, help, .. } = *rule;
        RuleRow { id, severity, field, summary, why, help }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    target: &'a str,
    findings: Vec<FindingRow<'a>>,
    monitors: Vec<MonitorRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upgrade: Option<&'a Upgrade>,
    summary: Summary,
}

#[derive(Serialize)]
struct FindingRow<'a> {
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    monitor: Named<'a>,
    field: &'static str,
    /// The part of the configuration that decides, with its place; absent where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Position>,
    why: &'static str,
    help: &'a str,
}

#[derive(Serialize)]
struct Named<'a> {
    id: i64,
    name: &'a str,
}

#[derive(Serialize)]
struct MonitorRow<'a> {
    id: i64,
    name: &'a str,
    r#type: &'a str,
    active: bool,
    client: Option<&'a str>,
    /// The URL as the proxy reports it.
    url: Option<String>,
    token: Option<TokenRow>,
    /// The status of Authelia's answer about the page; null when it is not asked.
    status: Option<u16>,
    /// Whether the token is given and the page opened; null when nothing is asked with a token.
    passes: Option<bool>,
}

#[derive(Serialize)]
struct TokenRow {
    status: u16,
    error: Option<&'static str>,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    note: usize,
}

impl<'a> Document<'a> {
    fn of(report: &'a CheckReport<'_>) -> Document<'a> {
        let findings = report.checked.iter().flat_map(|checked| &checked.findings);
        Document {
            version: 1,
            tool: TOOL,
            target: report.target,
            findings: findings.map(|finding| FindingRow::of(finding, report.config)).collect(),
            monitors: report.checked.iter().map(MonitorRow::of).collect(),
            upgrade: report.upgrade,
            summary: Summary {
                error: report.count(Severity::Error),
                warning: report.count(Severity::Warning),
                note: report.count(Severity::Note),
            },
        }
    }
}

impl<'a> FindingRow<'a> {
    fn of(finding: &'a Finding<'_>, config: &'a Config) -> FindingRow<'a> {
        let (file, start) = finding.path.as_ref().and_then(|path| position(config, path)).unzip();
        FindingRow {
            rule: finding.rule.id,
            severity: finding.severity,
            message: &finding.message,
            monitor: Named { id: finding.monitor.id, name: &finding.monitor.name },
            field: finding.field,
            path: finding.path.as_ref().map(Path::to_string),
            file,
            start,
            why: finding.why,
            help: &finding.help,
        }
    }
}

impl<'a> MonitorRow<'a> {
    fn of(checked: &'a Checked<'_>) -> MonitorRow<'a> {
        let (monitor, outlook) = (checked.monitor, &checked.outlook);
        let token = outlook.token.as_ref();
        MonitorRow {
            id: monitor.id,
            name: &monitor.name,
            r#type: monitor.kind.label(),
            active: monitor.active,
            client: monitor.credentials().map(|credentials| &*credentials.client_id),
            url: outlook.page_url.as_ref().ok().map(|url| blank_urls(as_reported(url).as_str())),
            token: token.map(|token| TokenRow { status: token.status, error: token.error() }),
            status: token.and_then(|token| token.grant.as_ref()).and_then(|_| outlook.page_status()),
            passes: token.map(|_| outlook.passes()),
        }
    }
}
