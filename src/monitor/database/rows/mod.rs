//! The rows of the tables `monitor` and `heartbeat` as monitors. A column that a version lacks counts as empty.

mod heartbeats;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::Value;

use super::{MOST_BYTES, MOST_MONITORS};
use crate::monitor::{Authentication, ClientCredentials, EndpointMethod, HeaderFault, Kind, Monitor, Statuses};
use crate::secret::Secret;

/// The most bytes of one text that are kept; Uptime Kuma's own form allows far less.
const LONGEST_TEXT: usize = 64 * 1024;

/// Whether there is a table, a view not counted.
pub(super) fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")?.exists([name])
}

/// What a header costs beside its text, in bytes: an estimate.
const HEADER_COST: usize = 128;

/// Why the monitors are not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// There are more than [`MOST_MONITORS`].
    TooMany,
    /// Their texts take more than [`MOST_BYTES`].
    TooLarge,
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Unread {
    fn from(error: rusqlite::Error) -> Unread {
        Unread::Sqlite(error)
    }
}

/// Every monitor with its newest heartbeat.
pub(super) fn monitors(connection: &Connection) -> Result<Vec<Monitor>, Unread> {
    let mut statement = connection.prepare("SELECT * FROM monitor ORDER BY id")?;
    let columns: HashMap<String, usize> = statement.column_names().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
    let mut monitors = Vec::new();
    let mut groups = Groups::default();
    let kept = Cell::new(0);
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if monitors.len() == MOST_MONITORS {
            return Err(Unread::TooMany);
        }
        let fields = Fields { row, columns: &columns, kept: &kept };
        let monitor = fields.monitor();
        groups.add(&monitor, fields.integer("parent"));
        keep(&kept, monitor.headers.len() * HEADER_COST)?;
        monitors.push(monitor);
    }
    let mut heartbeats = heartbeats::newest(connection, &monitors, &kept)?;
    for monitor in &mut monitors {
        monitor.active = groups.all_active(monitor.id);
        monitor.heartbeat = heartbeats.remove(&monitor.id);
    }
    Ok(monitors)
}

/// Counts bytes that are kept.
fn keep(kept: &Cell<usize>, bytes: usize) -> Result<(), Unread> {
    kept.set(kept.get() + bytes);
    if kept.get() > MOST_BYTES { Err(Unread::TooLarge) } else { Ok(()) }
}

/// One row, its columns found by name.
struct Fields<'a> {
    row: &'a Row<'a>,
    columns: &'a HashMap<String, usize>,
    /// Bytes of all texts so far.
    kept: &'a Cell<usize>,
}

impl Fields<'_> {
    fn monitor(&self) -> Monitor {
        let (headers, header_fault) = headers(&self.text("headers"));
        Monitor {
            id: self.integer("id").unwrap_or_default(),
            name: self.text("name"),
            kind: Kind::read(&self.text("type"), &self.text("subtype")),
            active: self.integer("active") != Some(0),
            url: self.text("url"),
            hostname: self.text("hostname"),
            method: self.text("method").to_ascii_uppercase(),
            headers,
            header_fault,
            keyword: self.text("keyword"),
            invert_keyword: self.flag("invert_keyword"),
            upside_down: self.flag("upside_down"),
            interval: self.number("interval"),
            timeout: self.number("timeout"),
            max_redirects: self.integer("maxredirects").unwrap_or_default(),
            accepted: self.accepted(),
            ignore_tls: self.flag("ignore_tls"),
            cache_bust: self.flag("cache_bust"),
            authentication: self.authentication(),
            heartbeat: None,
        }
    }

    fn accepted(&self) -> Statuses {
        let column = "accepted_statuscodes_json";
        if self.columns.contains_key(column) { Statuses::read(&self.text(column)) } else { Statuses::default() }
    }

    fn authentication(&self) -> Authentication {
        match self.text("auth_method").as_str() {
            "" | "null" => Authentication::None,
            "basic" => Authentication::Basic,
            "bearer" => Authentication::Bearer,
            "ntlm" => Authentication::Ntlm,
            "mtls" => Authentication::MutualTls,
            "oauth2-cc" => Authentication::ClientCredentials(ClientCredentials {
                token_url: self.text("oauth_token_url"),
                client_id: self.text("oauth_client_id"),
                client_secret: Secret::new(self.text("oauth_client_secret")),
                scope: self.text("oauth_scopes"),
                audience: self.text("oauth_audience"),
                method: EndpointMethod::read(&self.text("oauth_auth_method")),
            }),
            other => Authentication::Other(other.to_owned()),
        }
    }

    fn value(&self, name: &str) -> ValueRef<'_> {
        self.columns.get(name).and_then(|at| self.row.get_ref(*at).ok()).unwrap_or(ValueRef::Null)
    }

    fn text(&self, name: &str) -> String {
        let text = text(self.value(name));
        self.kept.set(self.kept.get() + text.len());
        text
    }

    fn integer(&self, name: &str) -> Option<i64> {
        match self.value(name) {
            ValueRef::Integer(number) => Some(number),
            other => text(other).parse().ok(),
        }
    }

    fn number(&self, name: &str) -> f64 {
        match self.value(name) {
            ValueRef::Real(number) => number,
            other => text(other).parse().unwrap_or_default(),
        }
    }

    fn flag(&self, name: &str) -> bool {
        self.integer(name).is_some_and(|number| number != 0)
    }
}

/// A value as text; a column takes any type, whatever it was declared as.
fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_TEXT)]).into_owned(),
    }
}

/// Custom headers, stored as a JSON object; what is none is taken for none, with the reason.
fn headers(json: &str) -> (Vec<(String, Secret)>, Option<HeaderFault>) {
    if json.is_empty() {
        return (Vec::new(), None);
    }
    let text = |value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => (object.into_iter().map(|(name, value)| (name, Secret::new(text(value)))).collect(), None),
        Ok(Value::Null) => (Vec::new(), None),
        Ok(_) => (Vec::new(), Some(HeaderFault::NoObject)),
        Err(_) => (Vec::new(), Some(HeaderFault::NoJson)),
    }
}

/// Which monitors and groups run, and what they lie in.
#[derive(Default)]
struct Groups {
    parents: HashMap<i64, i64>,
    paused: HashSet<i64>,
}

impl Groups {
    fn add(&mut self, monitor: &Monitor, parent: Option<i64>) {
        if let Some(parent) = parent {
            self.parents.insert(monitor.id, parent);
        }
        if !monitor.active {
            self.paused.insert(monitor.id);
        }
    }

    /// Whether neither it nor a group around it is paused. A circle of groups, which no form can make, ends where it is closed.
    fn all_active(&self, id: i64) -> bool {
        let mut seen = HashSet::new();
        let mut at = Some(id);
        while let Some(id) = at.filter(|id| seen.insert(*id)) {
            if self.paused.contains(&id) {
                return false;
            }
            at = self.parents.get(&id).copied();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_of_groups_ends() {
        let groups = Groups { parents: HashMap::from([(1, 2), (2, 1)]), paused: HashSet::from([3]) };
        assert!(groups.all_active(1));
        assert!(!groups.all_active(3));
    }

    #[test]
    fn columns_may_be_missing_and_of_any_type() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE monitor (id INTEGER, name, active, timeout, headers, auth_method);
                 INSERT INTO monitor VALUES (1, 12, NULL, '48', '{\"Accept\":\"*/*\",\"X\":1}', 'oauth2-cc'), (2, x'00', 0, NULL, '[]', 'new');",
            )
            .unwrap();
        let monitors = monitors(&connection).unwrap();
        assert_eq!((monitors[0].name.as_str(), monitors[0].active, monitors[0].headers.len()), ("12", true, 2));
        assert!((monitors[0].timeout - 48.0).abs() < f64::EPSILON);
        assert!(monitors[0].credentials().unwrap().client_secret.is_empty());
        assert!(matches!(&monitors[1].authentication, Authentication::Other(name) if name == "new"));
        assert!(monitors.iter().all(|monitor| monitor.accepted == Statuses::default()));
        assert_eq!((monitors[0].header_fault, monitors[1].header_fault), (None, Some(HeaderFault::NoObject)));
        assert!(!monitors[1].active && monitors[1].heartbeat.is_none());
    }

    #[test]
    fn headers_that_are_no_object_are_told_apart() {
        for (json, fault) in [
            ("", None),
            ("null", None),
            ("{}", None),
            ("\"a\"", Some(HeaderFault::NoObject)),
            (" ", Some(HeaderFault::NoJson)),
            ("X-Key: marker", Some(HeaderFault::NoJson)),
            ("{'X-Key': 'marker'}", Some(HeaderFault::NoJson)),
        ] {
            assert_eq!(headers(json).1, fault, "{json}");
        }
    }

    #[test]
    fn texts_that_are_made_as_they_are_read_are_not_kept_without_end() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE monitor (id INTEGER, name TEXT AS (hex(zeroblob(40000))), url TEXT AS (hex(zeroblob(40000))));
                 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO monitor SELECT i FROM n;",
            )
            .unwrap();
        assert!(matches!(monitors(&connection), Err(Unread::TooLarge)));
    }
}
