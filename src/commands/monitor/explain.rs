//! `monitor explain`: what a message of Uptime Kuma means.

use std::path::PathBuf;

use super::{look, read_database};
use crate::commands::form::{Form, form};
use crate::error::Failure;
use crate::host::Host;
use crate::monitor::database::Database;
use crate::monitor::message::{explain, presentable};
use crate::outcome::Outcome;
use crate::report::monitor::{Explained, write_explanations};

/// Where the message comes from.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The message, a line of Uptime Kuma's log or the text of a notification; '-' reads one a line from standard input
    #[arg(value_name = "MESSAGE", required_unless_present = "db")]
    message: Option<String>,
    /// Explain every failing monitor of this kuma.db, or of the data folder that holds it
    #[arg(long, value_name = "PATH", conflicts_with = "message")]
    db: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = form())]
    format: Form,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    let database = args.db.as_ref().map(|path| read_database(path, host)).transpose()?;
    let explained = match (&database, args.message.as_deref()) {
        (Some(database), _) => failing(database),
        (None, Some("-")) => lines(host)?,
        (None, message) => vec![of(message.unwrap_or_default())],
    };
    if let Some(database) = &database
        && explained.is_empty()
    {
        host.say(format!("none of {} monitors is failing", database.monitors.len()))?;
    }
    let all_known = explained.iter().all(|explained| explained.explanation.is_some());
    let look = look(host);
    write_explanations(&explained, args.format, look, &mut host.stdout)?;
    Ok(Outcome::answer(all_known))
}

/// The running monitors that fail, each with its newest message.
fn failing(database: &Database) -> Vec<Explained<'_>> {
    let running = database.monitors.iter().filter(|monitor| monitor.active && monitor.kind.sends_token());
    running
        .filter(|monitor| monitor.is_failing())
        .filter_map(|monitor| {
            let heartbeat = monitor.heartbeat.as_ref()?;
            let message = presentable(&monitor.redact(&heartbeat.message));
            Some(Explained { monitor: Some(monitor), message, explanation: explain(&heartbeat.message) })
        })
        .collect()
}

fn lines(host: &mut Host<'_>) -> Result<Vec<Explained<'static>>, Failure> {
    let bytes = host.read_stdin()?;
    let text = String::from_utf8_lossy(&bytes);
    let explained: Vec<Explained<'_>> = text.lines().filter(|line| !line.trim().is_empty()).map(of).collect();
    if explained.is_empty() {
        return Err(Failure::usage("standard input holds no message").hint("give one message a line"));
    }
    Ok(explained)
}

fn of(message: &str) -> Explained<'static> {
    Explained { monitor: None, message: presentable(message), explanation: explain(message) }
}
