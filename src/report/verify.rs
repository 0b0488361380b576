//! Which digests a secret matches.

use std::io::{self, Write};

use serde::Serialize;

use super::wrap::printable;
use crate::digest::{Digest, Unverifiable};
use crate::document::write_document;

/// One digest and what came of checking the secret against it.
#[derive(Debug)]
pub struct Checked<'a> {
    /// The client, where the digest is a client's.
    pub client: Option<&'a str>,
    /// Where it stands in the configuration.
    pub path: Option<String>,
    /// The file.
    pub file: Option<&'a str>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The algorithm; none for plain text and what cannot be read.
    pub algorithm: Option<&'static str>,
    /// What came of it.
    pub answer: Answer,
}

/// What came of checking a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It matches.
    Matches,
    /// It does not.
    Differs,
    /// The digest could not be checked.
    Unverifiable(Unverifiable),
    /// The server cannot read the digest; its reason.
    Unreadable(String),
    /// There is no digest.
    Absent,
}

impl Answer {
    /// The answer of a comparison.
    pub const fn of(matches: bool) -> Answer {
        if matches { Answer::Matches } else { Answer::Differs }
    }

    /// Why there is no comparison.
    fn reason(&self) -> Option<String> {
        match self {
            Answer::Matches | Answer::Differs => None,
            Answer::Unverifiable(error) => Some(error.to_string()),
            Answer::Unreadable(reason) => Some(format!("the server cannot read the digest: {reason}")),
            Answer::Absent => Some("the client has no client_secret".to_owned()),
        }
    }
}

impl Checked<'static> {
    /// A digest that is in no configuration.
    pub fn of(digest: &Digest, answer: Answer) -> Checked<'static> {
        Checked { client: None, path: None, file: None, line: None, algorithm: Some(digest.algorithm().name()), answer }
    }
}

/// Writes the clients that the secret belongs to, one a line, and to `talk` how many they are and which were not compared.
pub fn write_plain(checked: &[Checked<'_>], out: &mut dyn Write, talk: &mut dyn Write) -> io::Result<()> {
    let name = |checked: &Checked<'_>| checked.client.unwrap_or_default().chars().map(printable).collect::<String>();
    let mut matching = 0;
    for one in checked {
        if one.answer == Answer::Matches {
            matching += 1;
            writeln!(out, "{}", name(one))?;
        }
        if let Some(reason) = one.answer.reason().filter(|_| one.answer != Answer::Absent) {
            writeln!(talk, "warning: '{}' was not compared: {reason}", name(one))?;
        }
    }
    writeln!(talk, "the secret belongs to {matching} of {} clients", checked.len())
}

/// Writes the versioned document.
pub fn write_json(checked: &[Checked<'_>], out: &mut dyn Write) -> io::Result<()> {
    let results = checked.iter().map(Row::of).collect();
    let document = Document { version: 1, tool: concat!("authkuma ", env!("CARGO_PKG_VERSION")), results };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    results: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    client: Option<&'a str>,
    path: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    algorithm: Option<&'static str>,
    /// Null where there is no comparison, for the reason given.
    matches: Option<bool>,
    reason: Option<String>,
}

impl<'a> Row<'a> {
    fn of(checked: &'a Checked<'_>) -> Row<'a> {
        Row {
            client: checked.client,
            path: checked.path.as_deref(),
            file: checked.file,
            line: checked.line,
            algorithm: checked.algorithm,
            matches: match checked.answer {
                Answer::Matches => Some(true),
                Answer::Differs => Some(false),
                _ => None,
            },
            reason: checked.answer.reason(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(name: &str, answer: Answer) -> Checked<'_> {
        Checked { client: Some(name), path: None, file: Some("c.yml"), line: Some(3), algorithm: None, answer }
    }

    #[test]
    fn clients_are_the_answer_and_the_rest_is_talk() {
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        let checked = [
            client("a", Answer::Matches),
            client("b\u{1b}", Answer::Matches),
            client("c", Answer::Differs),
            client("d", Answer::Unreadable("bad".to_owned())),
            client("e", Answer::Absent),
        ];
        write_plain(&checked, &mut out, &mut talk).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\nb\u{fffd}\n");
        assert_eq!(
            String::from_utf8(talk).unwrap(),
            "warning: 'd' was not compared: the server cannot read the digest: bad\nthe secret belongs to 2 of 5 clients\n"
        );
    }

    #[test]
    fn the_document_tells_a_mismatch_from_no_comparison() {
        let mut out = Vec::new();
        write_json(&[client("a", Answer::Differs), client("b", Answer::Absent)], &mut out).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(document["version"], 1);
        assert_eq!(document["results"][0]["matches"], false);
        assert_eq!(document["results"][1]["matches"], serde_json::Value::Null);
        assert_eq!(document["results"][1]["reason"], "the client has no client_secret");
    }
}
