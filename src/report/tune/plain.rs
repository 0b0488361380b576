//! The measurement for people.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};

use super::super::Look;
use super::super::wrap::wrap;
use super::Measurement;
use crate::digest::{Factor, MONITOR_PATIENCE, Proposal, Timing};

/// Cells of a bar.
const BAR: usize = 24;

/// Columns that a sentence gets even on the narrowest terminal.
const NARROWEST: usize = 20;

pub(super) fn write(measurement: &Measurement<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    write_table(measurement, out)?;
    writeln!(out)?;
    write_bars(measurement, out)?;
    for sentence in sentences(measurement) {
        writeln!(out, "{}", wrap(&sentence, look.width.max(NARROWEST)))?;
    }
    if let Some(first) = measurement.proposals.first() {
        writeln!(out, "\nauthkuma hash {}", first.proposed.recipe.options())?;
    }
    Ok(())
}

/// Every algorithm with the server's parameters and those proposed, and a bar over the longest time.
fn write_table(measurement: &Measurement<'_>, out: &mut dyn Write) -> io::Result<()> {
    let times = measurement.proposals.iter().flat_map(|proposal| [seconds(&proposal.default), seconds(&proposal.proposed)]);
    let longest = times.fold(0.0, f64::max);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let proposed = format!("for {} ms", measurement.target);
    table.set_header(["algorithm", "the server's default", "takes", &proposed, "takes", ""]);
    for proposal in measurement.proposals {
        let Proposal { default, proposed } = proposal;
        table.add_row([
            default.recipe.algorithm().name(),
            &factor(default),
            &time(seconds(default)),
            &factor(proposed),
            &time(seconds(proposed)),
            &bar(seconds(proposed) / longest, 12),
        ]);
    }
    for column in [2, 4] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end().strip_prefix(' ').unwrap_or_default())?;
    }
    Ok(())
}

/// One token request, and all monitors at once, on a scale that ends where a monitor gives up.
fn write_bars(measurement: &Measurement<'_>, out: &mut dyn Write) -> io::Result<()> {
    let load = measurement.load;
    let monitors = if load.monitors == 1 { "1 monitor".to_owned() } else { format!("{} monitors", load.monitors) };
    for (name, seconds) in [("1 token request".to_owned(), load.seconds), (format!("{monitors} at once"), load.restart_seconds())]
    {
        let bar = bar(seconds / MONITOR_PATIENCE, BAR);
        writeln!(out, "{name:<20} {bar:░<BAR$} {} of {MONITOR_PATIENCE} s", time(seconds))?;
    }
    Ok(())
}

fn sentences(measurement: &Measurement<'_>) -> Vec<String> {
    let load = measurement.load;
    let (minute, hour) = load.limited_caller();
    let mut sentences = vec![
        format!(
            "One request stays {} times below the {MONITOR_PATIENCE} s after which Uptime Kuma gives up. On {} up to {} monitors may \
             ask at once, as they do when Uptime Kuma restarts. Renewing {} every {} s takes {} % of one core.",
            count(load.margin()),
            cores(load.cores),
            load.most_at_once(),
            if load.monitors == 1 { "1 token".to_owned() } else { format!("{} tokens", load.monitors) },
            load.lifetime,
            count(load.steady() * 100.0),
        ),
        format!(
            "A caller without the secret who knows the client_id costs the same: {} of one core in the first minute and {} in the \
             first hour from one address, for the server takes 30 and 100 requests (since 4.39.17); without that limit {} requests \
             a second keep {} busy.",
            time(minute),
            time(hour),
            count(load.saturating_rate()),
            cores(load.cores),
        ),
    ];
    if load.memory >= 1 << 20 {
        sentences.push(format!("Each request fills {} MiB while it is checked.", load.memory >> 20));
    }
    sentences
}

fn cores(count: usize) -> String {
    if count == 1 { "1 core".to_owned() } else { format!("{count} cores") }
}

/// The parameters as people speak of them.
fn factor(timing: &Timing) -> String {
    match timing.recipe.factor() {
        Factor::Memory { kib, passes: 1 } => format!("1 pass over {}", memory(kib)),
        Factor::Memory { kib, passes } => format!("{passes} passes over {}", memory(kib)),
        factor => factor.to_string(),
    }
}

fn memory(kib: u64) -> String {
    if kib.is_multiple_of(1024) { format!("{} MiB", kib / 1024) } else { format!("{kib} KiB") }
}

fn seconds(timing: &Timing) -> f64 {
    timing.time.as_secs_f64()
}

/// A time with about three digits.
fn time(seconds: f64) -> String {
    match seconds {
        ..0.01 => format!("{:.1} ms", seconds * 1e3),
        0.01..1.0 => format!("{:.0} ms", seconds * 1e3),
        1.0..10.0 => format!("{seconds:.1} s"),
        _ => format!("{seconds:.0} s"),
    }
}

/// A number with two digits at least.
fn count(number: f64) -> String {
    match number {
        ..0.1 => format!("{number:.2}"),
        0.1..10.0 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}

/// A bar over `share` of `cells`, in eighths of a cell.
fn bar(share: f64, cells: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a few cells")]
    let eighths = (share.clamp(0.0, 1.0) * cells as f64 * 8.0).round() as usize;
    // What takes time is never nothing.
    let eighths = eighths.max(1);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share() {
        assert_eq!(bar(0.5, 8), "████");
        assert_eq!(bar(1.0 / 64.0, 8), "▏");
        assert_eq!(bar(0.0, 8), "▏");
        assert_eq!(bar(7.0, 2), "██");
    }

    #[test]
    fn numbers_have_the_digits_that_matter() {
        assert_eq!([time(0.0034), time(0.296), time(2.96), time(29.6)], ["3.4 ms", "296 ms", "3.0 s", "30 s"]);
        assert_eq!([count(0.012), count(3.33), count(33.3)], ["0.01", "3.3", "33"]);
    }
}
