//! What work factors take on this machine, and what token requests then cost a server.

mod plain;

use std::io::{self, Write};

use serde::Serialize;

use super::Look;
use crate::digest::{Load, Proposal, Timing};
use crate::document::write_document;

/// What was measured.
#[derive(Debug)]
pub struct Measurement<'a> {
    /// The time that was aimed at, in milliseconds.
    pub target: u64,
    /// Every algorithm that was looked at; the first is the one to take.
    pub proposals: &'a [Proposal],
    /// The load by the first of them.
    pub load: Load,
}

/// Writes a table with a bar picture and the load in sentences.
pub fn write_plain(measurement: &Measurement<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    plain::write(measurement, look, out)
}

/// Writes the versioned document.
pub fn write_json(measurement: &Measurement<'_>, out: &mut dyn Write) -> io::Result<()> {
    let load = measurement.load;
    let (minute, hour) = load.limited_caller();
    let document = Document {
        version: 1,
        tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")),
        target_milliseconds: measurement.target,
        results: measurement.proposals.iter().map(Row::of).collect(),
        load: LoadRow {
            cores: load.cores,
            monitors: load.monitors,
            token_lifetime_seconds: load.lifetime,
            verification_seconds: load.seconds,
            core_seconds: load.core_seconds,
            memory_bytes: load.memory,
            margin_to_monitor_timeout: load.margin(),
            restart_seconds: load.restart_seconds(),
            most_monitors_at_once: load.most_at_once(),
            steady_core_seconds_per_second: load.steady(),
            unlimited_caller_requests_per_second: load.saturating_rate(),
            limited_caller_core_seconds: CallerRow { first_minute: minute, first_hour: hour },
        },
    };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document {
    version: u32,
    tool: &'static str,
    target_milliseconds: u64,
    results: Vec<Row>,
    load: LoadRow,
}

#[derive(Serialize)]
struct Row {
    algorithm: &'static str,
    default: TimingRow,
    proposed: TimingRow,
}

#[derive(Serialize)]
struct TimingRow {
    iterations: u32,
    /// Of argon2, in KiB.
    #[serde(skip_serializing_if = "is_zero")]
    memory: u32,
    milliseconds: f64,
    /// The options of `authkuma hash` that choose it.
    options: String,
}

#[derive(Serialize)]
struct LoadRow {
    cores: usize,
    monitors: u32,
    token_lifetime_seconds: f64,
    verification_seconds: f64,
    core_seconds: f64,
    memory_bytes: u64,
    margin_to_monitor_timeout: f64,
    restart_seconds: f64,
    most_monitors_at_once: f64,
    steady_core_seconds_per_second: f64,
    unlimited_caller_requests_per_second: f64,
    limited_caller_core_seconds: CallerRow,
}

#[derive(Serialize)]
struct CallerRow {
    first_minute: f64,
    first_hour: f64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Row {
    fn of(proposal: &Proposal) -> Row {
        Row {
            algorithm: proposal.default.recipe.algorithm().name(),
            default: TimingRow::of(&proposal.default),
            proposed: TimingRow::of(&proposal.proposed),
        }
    }
}

impl TimingRow {
    fn of(timing: &Timing) -> TimingRow {
        TimingRow {
            iterations: timing.recipe.iterations(),
            memory: timing.recipe.memory(),
            milliseconds: (timing.time.as_secs_f64() * 1e6).round() / 1e3,
            options: timing.recipe.options(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::digest::{Algorithm, Choices, Recipe, propose};

    fn written(write: impl Fn(&Measurement<'_>, &mut Vec<u8>)) -> String {
        let proposals: Vec<Proposal> = ["pbkdf2", "argon2", "bcrypt"]
            .map(|name| {
                let recipe = Recipe::new(Algorithm::from_names(name, None).unwrap(), &Choices::default()).unwrap();
                propose(recipe, Duration::from_millis(300), |recipe| Ok::<_, ()>(recipe.cost().reference_time())).unwrap()
            })
            .into();
        let load = Load::of(&proposals[0].proposed, 2, 20, Duration::from_hours(1));
        let mut out = Vec::new();
        write(&Measurement { target: 300, proposals: &proposals, load }, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_table_names_defaults_proposals_and_the_command() {
        let text = written(|measurement, out| {
            write_plain(measurement, Look { color: false, width: 100, is_terminal: true }, out).unwrap();
        });
        for part in [
            "310000 iterations",
            "650000 iterations",
            "3 passes over 64 MiB",
            "cost 12",
            "296 ms",
            "34 times below",
            "authkuma hash --algorithm pbkdf2-sha512 --iterations 650000",
            "█",
        ] {
            assert!(text.replace('\n', " ").contains(part), "{part}: {text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100 && line.trim_end() == line), "{text}");
    }

    #[test]
    fn the_document_has_numbers() {
        let document: serde_json::Value =
            serde_json::from_str(&written(|measurement, out| write_json(measurement, out).unwrap())).unwrap();
        assert_eq!((&document["version"], &document["target_milliseconds"]), (&1.into(), &300.into()));
        assert_eq!(document["results"][0]["proposed"]["iterations"], 650_000);
        assert_eq!(document["results"][1]["default"]["memory"], 65_536);
        assert_eq!(document["load"]["monitors"], 20);
        assert_eq!(document["results"].as_array().unwrap().len(), 3);
    }
}
