//! `monitor check`: what is wrong with the monitors of a database, held against a configuration.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{look, read_database};
use crate::bearer::{Engine, Target, UnknownTarget};
use crate::commands::config_files;
use crate::commands::form::{Form, form};
use crate::diagnostic::Severity;
use crate::error::Failure;
use crate::host::Host;
use crate::monitor::check::upgrade::{Proof, plan};
use crate::monitor::check::{Asked, Basis, Checked, Comparisons, check, rules};
use crate::monitor::database::Database;
use crate::outcome::Outcome;
use crate::report::monitor::{CheckReport, write_rules};

/// The two sides, and how to say what does not fit.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Uptime Kuma's kuma.db, or the data folder that holds it
    #[arg(long, value_name = "PATH", required_unless_present = "list")]
    db: Option<PathBuf>,
    /// Authelia's files and directories, merged as the server merges them; '-' is standard input
    #[arg(short, long, value_name = "PATH", required_unless_present = "list")]
    config: Vec<PathBuf>,
    /// Only the monitor of this number; may be repeated
    #[arg(long, value_name = "ID", value_parser = number)]
    id: Vec<i64>,
    /// The authz endpoint that the proxy asks [default: the one that opens the page]
    #[arg(long, value_name = "NAME")]
    endpoint: Option<String>,
    /// The address that Uptime Kuma asks from, as the proxy reports it
    #[arg(long, value_name = "ADDRESS")]
    ip: Option<IpAddr>,
    /// Which Authelia's behaviour to assume
    #[arg(long, value_name = "VERSION", default_value_t = Target::NEWEST, conflicts_with = "upgrade")]
    target: Target,
    /// Compare two releases, such as 4.39.20:4.39.23: which monitors the second refuses and the first does not, and the audience list that works under both
    #[arg(long, value_name = "FROM:TO", value_parser = clap::value_parser!(Span))]
    upgrade: Option<Span>,
    /// List what can be found, and look at nothing
    #[arg(long, conflicts_with_all = ["db", "config"])]
    list: bool,
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "plain", value_parser = form())]
    format: Form,
}

pub(super) fn run(args: &Args, host: &mut Host<'_>) -> Result<Outcome, Failure> {
    if args.list {
        write_rules(&rules::all().collect::<Vec<_>>(), args.format, look(host), &mut host.stdout)?;
        return Ok(Outcome::Success);
    }
    let mut config = config_files::load(&args.config, host)?;
    config_files::warn_if_refused(&config, args.upgrade.map_or(args.target, |span| span.from), host)?;
    let mut database = read_database(args.db.as_deref().unwrap_or(Path::new("")), host)?;
    if !args.id.is_empty() {
        if let Some(id) = args.id.iter().find(|id| database.monitors.iter().all(|monitor| monitor.id != **id)) {
            return Err(unknown_monitor(*id, &database));
        }
        database.monitors.retain(|monitor| args.id.contains(&monitor.id));
    }
    let Span { from, to } = args.upgrade.unwrap_or(Span { from: args.target, to: Target::NEWEST });
    let engine = config_files::compile(&config, from)?;
    if let Some(name) = args.endpoint.as_deref().filter(|name| engine.endpoint(name).is_none()) {
        return Err(unknown_endpoint(name, &engine));
    }
    let later = (to > from).then(|| config_files::compile(&config, to)).transpose()?;
    let asked = Asked { endpoint: args.endpoint.clone(), address: args.ip };
    let comparisons = Comparisons::default();
    let later = later.as_ref().map(|engine| (to, engine));
    let basis = Basis { config: &config, target: from, engine: &engine, later, asked: &asked, comparisons: &comparisons };
    let mut checked = check(&database, &basis);
    if args.upgrade.is_some() {
        say_failing(&checked, from, host)?;
        checked.iter_mut().for_each(Checked::narrow_to_upgrade);
    }
    let proof = Proof { from, to, generation: database.generation, asked: &asked, comparisons: &comparisons };
    let upgrade = args.upgrade.map(|_| plan(&mut config, &checked, &proof));
    let target = from.to_string();
    let report = CheckReport { config: &config, target: &target, checked: &checked, upgrade: upgrade.as_ref() };
    report.write(args.format, look(host), &mut host.stdout)?;
    let is_clean = report.count(Severity::Error) + report.count(Severity::Warning) == 0;
    if args.format == Form::Plain && checked.iter().all(|checked| checked.findings.is_empty()) {
        host.say(report.summary())?;
    }
    Ok(Outcome::answer(is_clean))
}

/// Tells of the monitors that an upgrade cannot break because they do not pass now.
fn say_failing(checked: &[Checked<'_>], from: Target, host: &mut Host<'_>) -> Result<(), Failure> {
    let failing = checked.iter().filter(|checked| checked.outlook.token.is_some() && !checked.outlook.passes());
    let ids: Vec<String> = failing.map(|checked| checked.monitor.id.to_string()).collect();
    if !ids.is_empty() {
        host.say(format!("note: these monitors do not pass under {from} either, see without --upgrade: {}", ids.join(", ")))?;
    }
    Ok(())
}

fn unknown_endpoint(name: &str, engine: &Engine) -> Failure {
    let names: Vec<&str> = engine.endpoints().iter().map(|endpoint| &*endpoint.name).collect();
    Failure::usage(format!("the server answers at no authz endpoint '{name}'")).hint(format!("name one of {}", names.join(", ")))
}

fn unknown_monitor(id: i64, database: &Database) -> Failure {
    let mut ids: Vec<String> = database.monitors.iter().take(MOST_NAMED).map(|monitor| monitor.id.to_string()).collect();
    match database.monitors.len() - ids.len() {
        0 => {}
        more => ids.push(format!("and {more} more")),
    }
    let hint = if ids.is_empty() { "the database has none".to_owned() } else { format!("name one of {}", ids.join(", ")) };
    Failure::usage(format!("the database has no monitor {id}")).hint(hint)
}

/// The most monitors whose numbers are told.
const MOST_NAMED: usize = 40;

/// The number of a monitor.
fn number(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|_| "it is no number of a monitor; for several, repeat --id")
}

/// Two releases, the older first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Span {
    from: Target,
    to: Target,
}

/// Why a text names no two releases.
#[derive(Clone, PartialEq, Eq, Debug)]
enum UnreadableSpan {
    /// It has no colon.
    NoColon(String),
    /// One of the two is not known.
    Target(UnknownTarget),
    /// The second is not newer.
    Backwards,
}

impl FromStr for Span {
    type Err = UnreadableSpan;

    fn from_str(text: &str) -> Result<Span, UnreadableSpan> {
        let (from, to) = text.split_once(':').ok_or_else(|| UnreadableSpan::NoColon(text.to_owned()))?;
        let read = |text: &str| text.parse().map_err(UnreadableSpan::Target);
        let span = Span { from: read(from)?, to: read(to)? };
        if span.from < span.to { Ok(span) } else { Err(UnreadableSpan::Backwards) }
    }
}

impl fmt::Display for UnreadableSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnreadableSpan::NoColon(text) => write!(f, "'{text}' is not of the form FROM:TO, such as 4.39.20:4.39.23"),
            UnreadableSpan::Target(unknown) => unknown.fmt(f),
            UnreadableSpan::Backwards => f.write_str("the second release has to be newer than the first"),
        }
    }
}

impl std::error::Error for UnreadableSpan {}
