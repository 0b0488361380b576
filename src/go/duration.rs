//! Durations in the server's own notation: bare seconds, or quantities with units up to years.

use std::fmt;

/// Nanoseconds in an hour, to which the units above an hour are brought.
const HOUR: i64 = 3_600_000_000_000;

/// Why a text is no duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DurationError {
    /// No quantity with a unit in it.
    Form(String),
    /// A unit that does not exist.
    Unit {
        /// The quantity with its unit.
        part: String,
        /// The unit.
        unit: String,
        /// The whole, without the word `and`.
        text: String,
    },
    /// A number with more digits than an integer holds.
    Number(String),
    /// More than 292 years; the text is the server's own rewriting of it.
    TooLong(String),
}

/// Reads a duration, in nanoseconds. Bare seconds wrap around beyond 292 years, as they do in the server.
pub fn parse_duration(text: &str) -> Result<i64, DurationError> {
    if text.is_empty() {
        return Ok(0);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text).map(|seconds| seconds.wrapping_mul(1_000_000_000));
    }
    let text = text.replace("and", "");
    let joined = text.replace(' ', "");
    let mut rest = joined.as_str();
    let mut parts = Vec::new();
    while let Some((quantity, unit, after)) = next_part(rest) {
        parts.push(standard(quantity, unit, &text)?);
        rest = after;
    }
    if parts.is_empty() {
        return Err(DurationError::Form(text));
    }
    total(&parts)
}

/// A quantity and a unit of Go's, whose length is in nanoseconds.
struct Part {
    quantity: i64,
    unit: &'static str,
    length: i64,
}

/// Finds the next digits, from one that is not zero on, that are followed by a unit; what stands before is passed over.
fn next_part(text: &str) -> Option<(&str, &str, &str)> {
    let mut rest = text;
    loop {
        let start = rest.find(|c| matches!(c, '1'..='9'))?;
        let from = &rest[start..];
        let (quantity, after) = from.split_at(from.find(|c: char| !c.is_ascii_digit())?);
        // Go's `\s`, which knows ASCII only.
        let end =
            after.find(|c: char| c.is_ascii_digit() || matches!(c, '\t' | '\n' | '\x0c' | '\r' | ' ')).unwrap_or(after.len());
        if end > 0 {
            return Some((quantity, &after[..end], &after[end..]));
        }
        rest = after;
    }
}

fn standard(quantity: &str, unit: &str, text: &str) -> Result<Part, DurationError> {
    let count = integer(quantity)?;
    let (hours, unit, length) = match unit {
        "ns" => (0, "ns", 1),
        "us" | "µs" | "μs" => (0, "us", 1_000),
        "ms" | "millisecond" | "milliseconds" => (0, "ms", 1_000_000),
        "s" | "second" | "seconds" => (0, "s", 1_000_000_000),
        "m" | "minute" | "minutes" => (0, "m", 60_000_000_000),
        "h" | "hour" | "hours" => (1, "h", HOUR),
        "d" | "day" | "days" => (24, "h", HOUR),
        "w" | "week" | "weeks" => (24 * 7, "h", HOUR),
        "M" | "month" | "months" => (24 * 30, "h", HOUR),
        "y" | "year" | "years" => (24 * 365, "h", HOUR),
        _ => {
            let part = format!("{quantity}{unit}");
            return Err(DurationError::Unit { part, unit: unit.to_owned(), text: text.to_owned() });
        }
    };
    Ok(Part { quantity: count.wrapping_mul(hours.max(1)), unit, length })
}

fn integer(digits: &str) -> Result<i64, DurationError> {
    digits.parse().map_err(|_| DurationError::Number(digits.to_owned()))
}

fn total(parts: &[Part]) -> Result<i64, DurationError> {
    let sum = parts.iter().try_fold(0_i64, |sum, part| {
        let quantity = Some(part.quantity).filter(|quantity| *quantity >= 0)?;
        sum.checked_add(quantity.checked_mul(part.length)?)
    });
    sum.ok_or_else(|| {
        DurationError::TooLong(parts.iter().flat_map(|part| [part.quantity.to_string(), part.unit.to_string()]).collect())
    })
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DurationError::Form(text) => write!(f, "could not parse '{text}' as a duration"),
            DurationError::Unit { part, unit, text } => write!(
                f,
                "could not parse the units portion of '{part}' in duration string '{text}': the unit '{unit}' is not valid"
            ),
            DurationError::Number(digits) => write!(f, "strconv.Atoi: parsing \"{digits}\": value out of range"),
            DurationError::TooLong(text) => write!(f, "time: invalid duration \"{text}\""),
        }
    }
}

impl std::error::Error for DurationError {}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    #[test]
    fn quantities_add_up() {
        for (text, nanoseconds) in [
            ("", 0),
            ("90", 90 * SECOND),
            ("1h", HOUR),
            ("1 hour and 30 minutes", HOUR + 1800 * SECOND),
            ("1d", 24 * HOUR),
            ("2weeks", 336 * HOUR),
            ("1M", 720 * HOUR),
            ("1y1ms", 8760 * HOUR + 1_000_000),
            ("5μs", 5_000),
            // Passed over: leading zeros and signs.
            ("-007s", 7 * SECOND),
        ] {
            assert_eq!(parse_duration(text), Ok(nanoseconds), "{text}");
        }
    }

    #[test]
    fn faults_are_told_in_the_servers_words() {
        for (text, message) in [
            ("abc", "could not parse 'abc' as a duration"),
            ("0s", "could not parse '0s' as a duration"),
            ("1x", "could not parse the units portion of '1x' in duration string '1x': the unit 'x' is not valid"),
            ("1.5h", "could not parse the units portion of '1.' in duration string '1.5h': the unit '.' is not valid"),
            ("99999999999999999999", "strconv.Atoi: parsing \"99999999999999999999\": value out of range"),
            ("300y", "time: invalid duration \"2628000h\""),
        ] {
            assert_eq!(parse_duration(text).unwrap_err().to_string(), message, "{text}");
        }
    }
}
