//! What a scalar means to go-yaml v3: of YAML 1.1 only part, and some forms of its own. `yes` is text, `017` is 15, `08` is 8.0, `1_000` is 1000.

use std::borrow::Cow;

use base64ct::{Base64, Encoding};

use super::node::{Style, Value};

/// A scalar's meaning.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// Anything else.
    Other(Value),
}

/// Why a scalar cannot be what its tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It is of another kind; both by their short tags.
    Kind { found: &'static str, wanted: &'static str },
    /// `!!binary` with something other than base64.
    Base64,
}

/// What a scalar means by its tag, its style and its text.
pub(super) fn resolve<'a>(tag: Option<&str>, style: Style, text: &'a str) -> Result<Scalar<'a>, Unfit> {
    let tag = tag.filter(|tag| *tag != "!");
    let wanted = match tag.map(short) {
        None if style == Style::Plain => return Ok(plain(text, true)),
        Some("bool") => "!!bool",
        Some("int") => "!!int",
        Some("float") => "!!float",
        Some("null") => "!!null",
        Some("timestamp") => "!!timestamp",
        Some("binary") => return binary(text),
        None | Some(_) => return Ok(Scalar::Text(text.into())),
    };
    match plain(text, wanted == "!!timestamp") {
        Scalar::Other(Value::Int(int)) if wanted == "!!float" => Ok(Scalar::Other(Value::Float(to_float(int)))),
        scalar if scalar.tag() == wanted => Ok(scalar),
        scalar => Err(Unfit::Kind { found: scalar.tag(), wanted }),
    }
}

/// Whether a scalar in the place of a key asks to merge another mapping.
pub(super) fn is_merge_key(tag: Option<&str>, style: Style, text: &str) -> bool {
    let by_tag = match tag.filter(|tag| *tag != "!") {
        None => style == Style::Plain,
        Some(tag) => short(tag) == "merge",
    };
    by_tag && text == "<<"
}

impl Scalar<'_> {
    pub(super) fn into_value(self) -> Value {
        match self {
            Scalar::Text(text) => Value::String(text.into()),
            Scalar::Other(value) => value,
        }
    }

    /// The short tag of the kind that was found.
    fn tag(&self) -> &'static str {
        match self {
            Scalar::Other(Value::Null) => "!!null",
            Scalar::Other(Value::Bool(_)) => "!!bool",
            Scalar::Other(Value::Int(_) | Value::Uint(_)) => "!!int",
            Scalar::Other(Value::Float(_)) => "!!float",
            Scalar::Other(Value::Timestamp) => "!!timestamp",
            _ => "!!str",
        }
    }
}

/// A tag without the prefix of YAML's own tags. Any other tag stays as it is.
fn short(tag: &str) -> &str {
    tag.strip_prefix("tag:yaml.org,2002:").or_else(|| tag.strip_prefix("!!")).unwrap_or(tag)
}

/// A scalar without quotes. Dates are looked for only where no other tag is given.
fn plain(text: &str, dates: bool) -> Scalar<'_> {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => Some(Value::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(Value::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Value::Float(f64::NEG_INFINITY)),
        _ if text.starts_with('.') => fraction(text).map(Value::Float),
        _ if text.starts_with(|first: char| first.is_ascii_digit() || first == '+' || first == '-') => number(text, dates),
        _ => None,
    };
    value.map_or(Scalar::Text(text.into()), Scalar::Other)
}

fn number(text: &str, dates: bool) -> Option<Value> {
    if dates && is_timestamp(text) {
        return Some(Value::Timestamp);
    }
    let text = if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { text.into() };
    integer(&text).or_else(|| decimal(&text).map(Value::Float)).or_else(|| {
        // A sign after the prefix; before it, `integer` has taken care of it.
        let (digits, base) = text.strip_prefix("0b").map(|digits| (digits, 2)).or_else(|| Some((text.strip_prefix("0o")?, 8)))?;
        whole(digits, |digits| magnitude(digits, base))
    })
}

/// A whole number with the prefixes of Go: `0x`, `0o`, `0b`, and `0` for octal.
fn integer(text: &str) -> Option<Value> {
    whole(text, |digits| {
        let (digits, base) = match digits.as_bytes() {
            [b'0', b'x' | b'X', _, ..] => (&digits[2..], 16),
            [b'0', b'o' | b'O', _, ..] => (&digits[2..], 8),
            [b'0', b'b' | b'B', _, ..] => (&digits[2..], 2),
            [b'0', _, ..] => (&digits[1..], 8),
            _ => (digits, 10),
        };
        magnitude(digits, base)
    })
}

/// Digits without a sign.
fn magnitude(digits: &str, base: u32) -> Option<u64> {
    if digits.starts_with('+') { None } else { u64::from_str_radix(digits, base).ok() }
}

/// A magnitude with its sign, if it fits 64 bits; without a sign it may take all of them.
fn whole(text: &str, read: impl Fn(&str) -> Option<u64>) -> Option<Value> {
    if let Some(digits) = text.strip_prefix('-') {
        return 0_i64.checked_sub_unsigned(read(digits)?).map(Value::Int);
    }
    let digits = text.strip_prefix('+').unwrap_or(text);
    let number = read(digits)?;
    match i64::try_from(number) {
        Ok(number) => Some(Value::Int(number)),
        Err(_) => (digits.len() == text.len()).then_some(Value::Uint(number)),
    }
}

/// A number that begins with a point. Unlike elsewhere, an underscore must stand between digits.
fn fraction(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let between_digits = |(at, _): (usize, &str)| digit(at.wrapping_sub(1)) && digit(at + 1);
    if text.match_indices('_').all(between_digits) { decimal(&text.replace('_', "")) } else { None }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, unless it is too large.
fn decimal(text: &str) -> Option<f64> {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = |text: &str| text.strip_prefix(['+', '-']).unwrap_or(text).to_owned();
    let (mantissa, exponent) =
        text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let mantissa = unsigned(mantissa);
    let (before, after) = mantissa.split_once('.').unwrap_or((&mantissa, ""));
    let fits = all_digits(before)
        && all_digits(after)
        && !(before.is_empty() && after.is_empty())
        && exponent.is_none_or(|exponent| !unsigned(exponent).is_empty() && all_digits(&unsigned(exponent)));
    if fits { text.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

#[allow(clippy::cast_precision_loss, reason = "the server rounds as well")]
fn to_float(int: i64) -> f64 {
    int as f64
}

/// `2001-1-4`, `2001-12-14 21:59:43.1` or `2001-12-14t21:59:43.10-05:00`, of a day that exists.
fn is_timestamp(text: &str) -> bool {
    read_timestamp(text).is_some()
}

fn read_timestamp(text: &str) -> Option<()> {
    let (year, rest) = text.split_at_checked(4)?;
    let leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let year: u32 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
    let (month, rest) = short_number(rest.strip_prefix('-')?)?;
    let (day, rest) = short_number(rest.strip_prefix('-')?)?;
    let days = match month {
        2 => 28 + u32::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) {
        return None;
    }
    let end = match rest.bytes().next() {
        None => rest,
        Some(b' ') => clock(rest.trim_start_matches(' '))?,
        Some(b'T' | b't') => zone(clock(&rest[1..])?)?,
        Some(_) => return None,
    };
    end.is_empty().then_some(())
}

/// What follows after a time of day with an optional fraction of a second.
fn clock(text: &str) -> Option<&str> {
    let (hour, rest) = short_number(text)?;
    let (minute, rest) = short_number(rest.strip_prefix(':')?)?;
    let (second, rest) = short_number(rest.strip_prefix(':')?)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let fraction = rest.strip_prefix(['.', ',']).filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    Some(fraction.map_or(rest, |rest| rest.trim_start_matches(|next: char| next.is_ascii_digit())))
}

/// What follows after `Z` or an offset such as `-05:00`.
fn zone(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('Z') {
        return Some(rest);
    }
    let [sign, hours @ .., _, _] = text.as_bytes().get(..6)? else { return None };
    let two = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    let fits = matches!(sign, b'+' | b'-') && hours.ends_with(b":") && two(text.get(1..3)?)? <= 24 && two(text.get(4..6)?)? <= 60;
    fits.then(|| &text[6..])
}

/// A number of one or two digits and what follows.
fn short_number(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, &text[length..]))
}

/// The server reads the bytes as text, whatever they are.
fn binary(text: &str) -> Result<Scalar<'_>, Unfit> {
    let bytes = Base64::decode_vec(&text.replace(['\r', '\n'], "")).map_err(|_| Unfit::Base64)?;
    Ok(Scalar::Text(String::from_utf8_lossy(&bytes).into_owned().into()))
}
