//! The reader against what go-yaml v3 made of the same documents, and against input that wants to harm.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

const SOURCE: SourceId = SourceId(0);

/// What go-yaml v3 says of a document: a value, or an error without its line.
#[derive(Deserialize)]
struct Recorded {
    yaml: String,
    value: Option<String>,
    error: Option<String>,
    /// Why this reader says something else.
    #[serde(default)]
    differs: Option<String>,
}

fn recorded() -> Vec<Recorded> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/yaml.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn documents_mean_what_they_mean_to_the_server() {
    let recorded = recorded();
    assert!(recorded.len() > 600);
    let mut wrong = Vec::new();
    for document in &recorded {
        let read = parse(SOURCE, &document.yaml);
        let said = read.as_ref().map(|document| canonical(&document.root)).map_err(SyntaxError::to_string);
        let agrees = match (&said, &document.value) {
            (Ok(said), Some(value)) => said == value,
            (Err(_), None) => true,
            _ => false,
        };
        if agrees == document.differs.is_some() {
            wrong.push(format!("{:?}: {said:?}, go-yaml {:?}{:?}", document.yaml, document.value, document.error));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), recorded.len(), wrong.join("\n"));
}

#[test]
fn errors_have_go_yamls_words() {
    let pairs = recorded().into_iter().filter_map(|document| {
        let said = parse(SOURCE, &document.yaml).err()?.to_string();
        Some((document.yaml, said, document.error?))
    });
    let (same, other): (Vec<_>, Vec<_>) = pairs.partition(|(_, said, error)| error.starts_with(said.as_str()));
    assert!(same.len() > 9 * other.len(), "{other:#?}");
}

#[test]
fn aliases_and_merge_keys_cannot_multiply_a_document() {
    let laughs = (1..12).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, level| {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        text + &format!("a{level}: &a{level} [{aliases}]\n")
    });
    let long = format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(3_000), "*a,".repeat(3_000));
    let merges = (1..40).fold("a0: &a0 {x0: 1, y0: 2}\n".to_owned(), |text, level| {
        let under = level - 1;
        text + &format!("a{level}: &a{level} {{<<: [*a{under}, *a{under}], m{level}: *a{under}, n{level}: *a{under}}}\n")
    });
    for text in [laughs, long, merges] {
        let error = parse(SOURCE, &text).unwrap_err();
        assert_eq!(error.kind, SyntaxErrorKind::ExcessiveAliasing, "{error}");
    }
}

#[test]
fn nesting_has_a_limit() {
    let blocks = (0..2_000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n");
    for text in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), "? ".repeat(10_000), blocks] {
        let error = parse(SOURCE, &text).unwrap_err();
        assert_eq!(error.kind, SyntaxErrorKind::TooDeep, "{error}");
    }
    let doubled =
        (1..1_200).fold("a0: &a0 [x]\n".to_owned(), |text, level| text + &format!("a{level}: &a{level} [*a{}]\n", level - 1));
    assert!(matches!(parse(SOURCE, &doubled).unwrap_err().kind, SyntaxErrorKind::TooDeep | SyntaxErrorKind::ExcessiveAliasing));
    assert!(parse(SOURCE, &format!("{}{}", "[".repeat(999), "]".repeat(999))).is_ok());
}

#[test]
fn places_count_the_byte_order_mark_and_windows_line_breaks() {
    let text = "\u{feff}---\r\na: 'x'\r\nb: é1\r\n";
    let document = parse(SOURCE, text).unwrap();
    let written = |key: &str| document.root.get(key).map(|node| &text[node.span.start as usize..node.span.end as usize]);
    assert_eq!((written("a"), written("b")), (Some("'x'"), Some("é1")));
    let error = parse(SOURCE, "\u{feff}a: 1\r\n b: 2\r\n").unwrap_err();
    assert_eq!(&"\u{feff}a: 1\r\n b: 2\r\n"[error.span.start as usize..error.span.end as usize], ":", "{error}");
    for (text, place) in [("a: 1\nb: x\0y\n", 9), ("\u{feff}a: \u{1}\n", 6), ("a: b\n\tc: d\n", 5)] {
        let error = parse(SOURCE, text).unwrap_err();
        assert_eq!(error.span.start, place, "{text:?}: {error}");
    }
}

/// A configuration with what YAML offers.
const VALID: &str = "\
# é
x: &x {a: [1, \"t\\u00e9\\n\", 'it''s'], b: !!str 1}
list: # comment
  - <<: *x
    key: |-
      -----BEGIN-----

      x
  - ? a b
    : >+
     folded
     text

  - *x
empty:
? é
";

#[test]
fn every_prefix_of_a_valid_document_is_read_or_refused_with_a_place() {
    assert!(parse(SOURCE, VALID).is_ok());
    for text in [VALID.to_owned(), VALID.replace('\n', "\r\n"), format!("\u{feff}{VALID}")] {
        for (end, _) in text.char_indices() {
            check(&text[..end]);
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "([ \t\r\n]|[-?:,{}\\[\\]#&*!|>'\"%@`~]|[a-c01é漢\u{feff}\u{85}\u{2028}]|<<: |: |- |--- |\\.\\.\\.){0,60}") {
        check(&text);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_change_of_a_valid_document_makes_it_panic(at in 0usize..VALID.len(), length in 0usize..8, put in "[ \t\n:*&!|>{}\\[\\]'\"é-]{0,4}") {
        let start = VALID.floor_char_boundary(at);
        let end = VALID.floor_char_boundary((start + length).min(VALID.len()));
        check(&format!("{}{put}{}", &VALID[..start], &VALID[end..]));
    }
}

/// Every place that is answered lies in the text, on character boundaries.
fn check(text: &str) {
    match parse(SOURCE, text) {
        Ok(document) => {
            check_node(text, &document.root);
            document.further.into_iter().for_each(|span| check_span(text, span));
        }
        Err(error) => {
            check_span(text, error.span);
            error.context.into_iter().for_each(|(_, span)| check_span(text, span));
        }
    }
}

fn check_node(text: &str, node: &Node) {
    check_span(text, node.span);
    node.items().iter().for_each(|item| check_node(text, item));
    for entry in node.entries() {
        check_span(text, entry.key_span);
        check_node(text, &entry.value);
    }
}

fn check_span(text: &str, span: Span) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {text:?}");
}

/// A value as the vectors write it: keys sorted, numbers apart from text.
fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => value.to_string(),
        Value::Float(value) => format!("float {value:e}"),
        Value::String(text) => quoted(text),
        Value::Timestamp => "time".to_owned(),
        Value::Sequence(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Mapping(entries) => {
            let sorted: BTreeMap<String, String> =
                entries.iter().map(|entry| (meant(&entry.key), canonical(&entry.value))).collect();
            let entries: Vec<String> = sorted.iter().map(|(key, value)| format!("{}:{value}", quoted(key))).collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

/// A key as Go prints it; at the root the reader keeps what is written.
fn meant(key: &str) -> String {
    match scalar::resolve(None, Style::Plain, key) {
        Ok(Scalar::Other(Value::Timestamp)) => "T".to_owned(),
        Ok(Scalar::Other(value)) if !matches!(value, Value::Null) => printed(&value).into_owned(),
        _ => key.to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for next in text.chars() {
        match next {
            '"' | '\\' => out.extend(['\\', next]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..' ' => write!(out, "\\u{:04x}", u32::from(next)).unwrap(),
            _ => out.push(next),
        }
    }
    out + "\""
}
