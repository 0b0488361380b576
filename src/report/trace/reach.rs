//! What a client can reach, as a table or a document.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::columns::Columns;
use super::super::{Look, PlainOrJson};
use super::plain::field;
use crate::bearer::{People, Reached, Target};
use crate::document::write_document;

/// Writes what a client can reach in a form.
pub fn write_reach(
    client: &str,
    target: Target,
    reached: &[Reached],
    form: PlainOrJson,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    match form {
        PlainOrJson::Json => write_json(client, target, reached, out),
        PlainOrJson::Plain => write_table(client, reached, look, out),
    }
}

fn write_table(client: &str, reached: &[Reached], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Columns::new(["audience", "paths", "methods", "decides", "reached", "also let in"]);
    for row in reached {
        let paths = match (row.resources.as_slice(), row.covers_below) {
            ([], false) => "this URL".to_owned(),
            ([], true) => "it and below".to_owned(),
            (patterns, _) => patterns.join(" "),
        };
        let methods = if row.methods.is_empty() { "all".to_owned() } else { row.methods.join(" ") };
        let reached = if row.is_reached() { "yes" } else { "no" };
        table.add([row.audience.clone(), paths, methods, decider(row), reached.to_owned(), also(row)]);
    }
    table.write(look, |_| None, out)?;
    let mut obstacles: Vec<&str> = reached.iter().filter_map(|row| row.obstacle.as_deref()).collect();
    obstacles.dedup();
    for obstacle in obstacles {
        field("obstacle", obstacle, look, out)?;
    }
    if reached.is_empty() {
        field("note", &format!("client '{client}' has no audience, so it reaches nothing"), look, out)?;
    }
    Ok(())
}

fn decider(row: &Reached) -> String {
    let rule = row.rule.map_or_else(|| "default".to_owned(), |index| format!("#{}", index + 1));
    let more = if row.has_conditions { ", under conditions" } else { "" };
    format!("{rule} {}{more}", row.level)
}

fn also(row: &Reached) -> String {
    let mut all: Vec<String> = row.clients.iter().map(|client| format!("client {client}")).collect();
    match &row.people {
        People::Nobody => {}
        People::Everybody => all.push("everybody".to_owned()),
        People::EveryUser => all.push("every user".to_owned()),
        People::Named(named) => all.extend(named.iter().cloned()),
    }
    if all.is_empty() { "nobody".to_owned() } else { all.join(", ") }
}

fn write_json(client: &str, target: Target, reached: &[Reached], out: &mut dyn Write) -> io::Result<()> {
    let row = |row: &Reached| {
        json!({
            "audience": row.audience,
            "covers_below": row.covers_below,
            "rule": row.rule.map(|index| index + 1),
            "policy": row.level.name(),
            "resources": row.resources,
            "methods": row.methods,
            "conditions": row.has_conditions,
            "reached": row.is_reached(),
            "obstacle": row.obstacle,
            "other_clients": row.clients,
            "people": people(&row.people),
        })
    };
    let rows: Vec<Value> = reached.iter().map(row).collect();
    let document = json!({"version": 1, "target": target.to_string(), "client": client, "reach": rows});
    write_document(&document, out)
}

fn people(people: &People) -> Value {
    match people {
        People::Nobody => json!([]),
        People::Everybody => json!(["everybody"]),
        People::EveryUser => json!(["every user"]),
        People::Named(named) => json!(named),
    }
}
