//! What messages of Uptime Kuma mean.

use std::io::{self, Write};

use serde::Serialize;

use super::{Form, Look, write_field};
use crate::document::write_document;
use crate::monitor::catalogue::Stage;
use crate::monitor::message::Explanation;
use crate::monitor::{Monitor, State};

/// A message and its meaning.
#[derive(Debug)]
pub struct Explained<'a> {
    /// The monitor that shows it, where it comes from a database.
    pub monitor: Option<&'a Monitor>,
    /// The message, fit to be shown.
    pub message: String,
    /// What it means; none when it is not known.
    pub explanation: Option<Explanation>,
}

/// Writes every message with its meaning.
pub fn write_explanations(explained: &[Explained<'_>], form: Form, look: Look, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Plain => explained.iter().enumerate().try_for_each(|(at, one)| {
            if at > 0 {
                writeln!(out)?;
            }
            write_plain(one, look, out)
        }),
        Form::Json => {
            let explanations = explained.iter().map(Row::of).collect();
            let document = Document { version: 1, tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")), explanations };
            write_document(&document, out)
        }
    }
}

fn write_plain(explained: &Explained<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    if let Some(monitor) = explained.monitor {
        write_field(&format!("monitor {}", monitor.id), &monitor.name, 0, look, out)?;
    }
    write_field("message", if explained.message.is_empty() { "(none)" } else { &explained.message }, 0, look, out)?;
    let Some(explanation) = &explained.explanation else {
        return write_field("cause", "not known: no message of Uptime Kuma 1.23.17 or 2.5.3 looks like this", 0, look, out);
    };
    let stage = match explanation.entry.stage {
        Stage::Settings => "the monitor's settings, before the page was asked for",
        Stage::Token => "the token request",
        Stage::Application => "the monitored page, after the token was given",
        Stage::Up => "none: the monitor is up",
    };
    write_field("stage", stage, 0, look, out)?;
    if let Some(named) = &explanation.named {
        write_field("names", named, 0, look, out)?;
    }
    write_field("cause", explanation.entry.cause, 0, look, out)?;
    write_field("fix", explanation.entry.fix, 0, look, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    explanations: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    monitor: Option<Named<'a>>,
    message: &'a str,
    /// Null, as all that follows, when the message is not known.
    id: Option<&'static str>,
    stage: Option<Stage>,
    names: Option<&'a str>,
    cause: Option<&'static str>,
    fix: Option<&'static str>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: i64,
    name: &'a str,
    state: Option<State>,
    time: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(explained: &'a Explained<'_>) -> Row<'a> {
        let entry = explained.explanation.as_ref().map(|explanation| explanation.entry);
        Row {
            monitor: explained.monitor.map(|monitor| Named {
                id: monitor.id,
                name: &monitor.name,
                state: monitor.heartbeat.as_ref().map(|heartbeat| heartbeat.state),
                time: monitor.heartbeat.as_ref().map(|heartbeat| &*heartbeat.time),
            }),
            message: &explained.message,
            id: entry.map(|entry| entry.id),
            stage: entry.map(|entry| entry.stage),
            names: explained.explanation.as_ref().and_then(|explanation| explanation.named.as_deref()),
            cause: entry.map(|entry| entry.cause),
            fix: entry.map(|entry| entry.fix),
        }
    }
}
