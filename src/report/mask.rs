//! Secrets in quoted source lines: hidden once, here, for every report.
//!
//! The tree tells where they are. Lines are read as well, because a file that does not parse is quoted too, and so are comments and further
//! documents. In doubt it hides too much.

use std::ops::Range;

use crate::config::{is_secret, secrets as secrets_of_tree};
use crate::go::url::{Url, password};
use crate::source::Source;

/// Lines looked back for the key that a continuation line belongs to; an 8,192 bit key in PEM takes 110.
const LOOK_BACK: usize = 200;

/// What may be shown of a stored secret: these words between its first two `$`.
const ALGORITHMS: [&str; 23] = [
    "1",
    "2",
    "2a",
    "2b",
    "2x",
    "2y",
    "5",
    "6",
    "argon2d",
    "argon2i",
    "argon2id",
    "base64",
    "bcrypt",
    "bcrypt-sha256",
    "pbkdf2",
    "pbkdf2-sha1",
    "pbkdf2-sha224",
    "pbkdf2-sha256",
    "pbkdf2-sha384",
    "pbkdf2-sha512",
    "plaintext",
    "scrypt",
    "y",
];

/// One line (from 1) without its break, each character of a secret replaced by `*`, so that columns stay.
pub(super) fn masked_line(source: &Source, line: usize) -> String {
    let text = bare_line(source, line);
    if continues_secret(source, line) {
        let indent = indentation(text);
        return starred(text, |at| at >= indent);
    }
    let mut hidden = secrets(text, names_parameter(source, line));
    hidden.extend(of_tree(source, line, text));
    hidden.extend(passwords(text));
    hidden.extend(telling_comment(source, line));
    starred(text, |at| hidden.iter().any(|range| range.contains(&at)))
}

/// The byte ranges of a line that hold secrets by the file's tree.
fn of_tree(source: &Source, line: usize, text: &str) -> Vec<Range<usize>> {
    let (start, end) = source.line_extent(line);
    let known = source.hidden(secrets_of_tree);
    // Scalars never overlap, so their ends are in order as well.
    let near = known[known.partition_point(|range| range.end <= start)..].iter().take_while(|range| range.start < end);
    let written = source.text().get(start as usize..end as usize).unwrap_or_default();
    let begin = start as usize + written.len() - written.trim_start_matches('\u{feff}').len();
    near.map(|range| {
        let secret = bare_secret(source.text(), range.start as usize..range.end as usize);
        let within = |at: usize| at.saturating_sub(begin).clamp(indentation(text), text.len());
        within(secret.start)..within(secret.end)
    })
    .collect()
}

/// The part of a scalar that is secret: without quotes, the header of a block, and the name of a digest's algorithm.
fn bare_secret(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(scalar) = text.get(range.clone()) else { return range };
    let trimmed = scalar.trim_end();
    let (begin, end) = match scalar.chars().next() {
        // What a broken file holds there may lack its second quote.
        Some(quote @ ('"' | '\'')) => (1, trimmed[1..].strip_suffix(quote).map_or(trimmed.len(), |inner| 1 + inner.len())),
        Some('|' | '>') => {
            let header = block_header(scalar);
            (header, trimmed.len().max(header))
        }
        _ => (0, trimmed.len()),
    };
    range.start + begin + shown_prefix(&scalar[begin..end])..range.start + end
}

/// How many bytes the header of a block takes; none when it is none, or a comment follows.
fn block_header(scalar: &str) -> usize {
    let end = scalar.find('\n').unwrap_or(scalar.len());
    let is_header = scalar[1..end].trim_end().chars().all(|character| matches!(character, '+' | '-' | '0'..='9'));
    if is_header { end } else { 0 }
}

/// A line (from 1) without its break and without a byte order mark.
pub(super) fn bare_line(source: &Source, line: usize) -> &str {
    let (start, end) = source.line_extent(line);
    let text = source.text().get(start as usize..end as usize).unwrap_or_default();
    text.trim_end_matches(['\r', '\n']).trim_start_matches('\u{feff}')
}

fn starred(text: &str, is_hidden: impl Fn(usize) -> bool) -> String {
    // The snippet renderer shows other control characters as pictures, but lets these through to the terminal.
    let shown = |character| if matches!(character, '\u{80}'..='\u{9f}') { '\u{fffd}' } else { character };
    text.char_indices().map(|(at, character)| if is_hidden(at) { '*' } else { shown(character) }).collect()
}

/// Whether a line lies inside a scalar that began on an earlier line after a secret's key.
fn continues_secret(source: &Source, line: usize) -> bool {
    let text = bare_line(source, line);
    let mut indent = indentation(text);
    let own_entry = looks_like_entry(text);
    for above in (line.saturating_sub(LOOK_BACK).max(1)..line).rev() {
        if indent == 0 {
            return false;
        }
        let parent = bare_line(source, above);
        if indentation(parent) >= indent || parent.trim().is_empty() {
            continue;
        }
        match last_secret(parent) {
            Some((column, value)) if indent > column => return !(value.starts_with('{') || value.is_empty() && own_entry),
            _ => indent = indentation(parent),
        }
    }
    false
}

/// Whether the line reads as an entry of a mapping or an item of a list.
fn looks_like_entry(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("- ") || text == "-" || text.ends_with(':') || text.contains(": ")
}

/// The column and the value of a secret's key, when no other key follows on the line.
fn last_secret(text: &str) -> Option<(usize, &str)> {
    let (key, after) = keys(text).last()?;
    let column = text[..after].rfind(key).unwrap_or(after);
    is_secret(key).then(|| (column, text[after..].trim()))
}

/// Whether `key` on a line names the parameter of a query condition: its operator stands on the line or beside it in the same column.
fn names_parameter(source: &Source, line: usize) -> bool {
    let text = bare_line(source, line);
    let column_of = |text: &str, name: &str| {
        let (key, after) = keys(text).find(|(key, _)| *key == name)?;
        text[..after].rfind(key)
    };
    let Some(column) = column_of(text, "key") else { return false };
    if column_of(text, "operator").is_some() {
        return true;
    }
    let beside = |lines: &mut dyn Iterator<Item = usize>| {
        let columns = lines.map(|near| bare_line(source, near)).map_while(|near| {
            let same = |name| column_of(near, name).filter(|found| *found == column).map(|_| name);
            same("operator").or_else(|| same("value"))
        });
        columns.into_iter().any(|name| name == "operator")
    };
    beside(&mut (line.saturating_sub(2).max(1)..line).rev()) || beside(&mut (line + 1..=source.line_count().min(line + 2)))
}

/// The byte ranges of the line that hold secrets; `parameter` tells that `key` is none of a secret.
fn secrets(text: &str, parameter: bool) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    let mut flow = false;
    let mut from = 0;
    for (key, after) in keys(text) {
        flow |= text[from..after].contains(['{', '[']);
        from = after;
        if !is_secret(key) || parameter && key == "key" {
            continue;
        }
        let value = after + text[after..].len() - text[after..].trim_start().len();
        if text[value..].starts_with(['|', '>', '{', '*']) && !flow {
            continue;
        }
        let content = content(text, value, flow);
        let end = content.end;
        hidden.push(content.start + shown_prefix(&text[content.clone()])..end);
        if !flow {
            hidden.extend(comment(text, end));
        }
    }
    hidden
}

/// The passwords in the addresses of a line.
fn passwords(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("://").filter_map(|(at, _)| {
        let ends = |character: char| character.is_whitespace() || matches!(character, '"' | '\'');
        let start = text[..at].rfind(ends).map_or(0, |before| before + 1);
        let end = text[at..].find(ends).map_or(text.len(), |length| at + length);
        let address = text.get(start..end)?;
        let found = password(address).filter(|_| Url::parse(address).map_or(true, |url| url.user.is_some()))?;
        Some(start + found.start..start + found.end)
    })
}

/// Each key of the line with the byte after its colon.
fn keys(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.match_indices(':').filter_map(|(colon, _)| {
        let before = text[..colon].trim_end();
        let next = text[colon + 1..].chars().next();
        let quoted = before.ends_with(['"', '\'']);
        if !quoted && next.is_some_and(|next| !next.is_whitespace()) {
            return None;
        }
        let bare = before.trim_end_matches(['"', '\'']);
        let word = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let start = bare.len() - bare.chars().rev().take_while(word).map(char::len_utf8).sum::<usize>();
        Some((&bare[start..], colon + 1))
    })
}

/// The bytes of the value that begins at `from`, without its quotes.
fn content(text: &str, from: usize, flow: bool) -> Range<usize> {
    let value = &text[from..];
    if let Some(quote) = value.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        return from + 1..closing_quote(value, quote).map_or(text.len(), |at| from + at);
    }
    let end = if flow { value.find([',', '}', ']']) } else { value.find(" #") };
    from..from + value[..end.unwrap_or(value.len())].trim_end().len()
}

fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut rest = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = rest.next() {
        if character == '\\' && quote == '"' {
            rest.next();
        } else if character == quote {
            match rest.peek() {
                Some((_, next)) if quote == '\'' && *next == quote => {
                    rest.next();
                }
                _ => return Some(at),
            }
        }
    }
    None
}

/// How many bytes of a stored secret tell only its algorithm.
fn shown_prefix(value: &str) -> usize {
    let algorithm = value.strip_prefix('$').and_then(|rest| rest.split_once('$')).map(|(word, _)| word);
    algorithm.filter(|word| ALGORITHMS.contains(word)).map_or(0, |word| word.len() + 2)
}

/// A comment behind a secret often tells it (`# the digest of 'insecure_secret'`); only our own are shown.
fn comment(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find('#')? + 1;
    (!text[start..].trim_start().starts_with("authkuma:")).then_some(start..text.len())
}

/// A comment that speaks of a secret, or continues one that does.
fn telling_comment(source: &Source, line: usize) -> Option<Range<usize>> {
    let text = bare_line(source, line);
    let start = comment_start(text)?;
    let above = || {
        let lines = (line.saturating_sub(LOOK_BACK).max(1)..line).rev().map(|above| bare_line(source, above));
        lines.take_while(|above| above.trim_start().starts_with('#')).any(speaks_of_secret)
    };
    let tells = speaks_of_secret(&text[start..]) || text[..start].trim().is_empty() && above();
    comment(text, start).filter(|_| tells)
}

/// Where a comment may begin; in doubt within quotes.
fn comment_start(text: &str) -> Option<usize> {
    text.match_indices('#').map(|(at, _)| at).find(|at| text[..*at].chars().next_back().is_none_or(char::is_whitespace))
}

fn speaks_of_secret(comment: &str) -> bool {
    comment.split(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '-'))).any(is_secret)
}

/// Bytes of blanks before the text.
fn indentation(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str, line: usize) -> String {
        masked_line(&Source::new("x", text.to_owned()), line)
    }

    #[test]
    fn a_secret_is_hidden_and_its_columns_stay() {
        for (line, shown) in [
            ("client_secret: 'abc'", "client_secret: '***'"),
            ("  - client_secret: \"a\\\"b\" ", "  - client_secret: \"****\" "),
            ("hmac_secret: a b#c # note 'abc'", "hmac_secret: ***** #***********"),
            ("jwt_secret: 'it''s' # authkuma: ignore[x] y", "jwt_secret: '*****' # authkuma: ignore[x] y"),
            ("password: pässwörd", "password: ********"),
            ("encryption_key: ''", "encryption_key: ''"),
            ("# client_secret: 'old'", "#*********************"),
            ("{client_id: a, client_secret: abc, public: false}", "{client_id: a, client_secret: ***, public: false}"),
            ("{\"client_secret\":\"abc\",\"client_id\":\"x\"}", "{\"client_secret\":\"***\",\"client_id\":\"x\"}"),
            ("client_secret: '$pbkdf2-sha512$310000$abc$def'", "client_secret: '$pbkdf2-sha512$**************'"),
            ("client_secret: '$plaintext$abc'", "client_secret: '$plaintext$***'"),
            ("client_secret: '$ecret$abc'", "client_secret: '**********'"),
            ("\u{feff}client_secret: 'unclosed", "client_secret: '********"),
            ("é.client_secret: x", "é.client_secret: *"),
            ("client_id: 'abc'", "client_id: 'abc'"),
            ("address: 'tcp://user:abc@db:x'", "address: 'tcp://user:***@db:x'"),
            ("- https://a.example.com:8443/@me", "- https://a.example.com:8443/@me"),
            ("password: {algorithm: 'argon2'}", "password: {algorithm: 'argon2'}"),
            ("pass: abc", "pass: ***"),
            ("domain: 'x' # password abc", "domain: 'x' #*************"),
            ("# abc is the Secret!", "#*******************"),
            ("domain: 'x' # as in /a#key", "domain: 'x' #*************"),
            ("domain: 'x' # the portal", "domain: 'x' # the portal"),
            ("domain: 'x' # authkuma: ignore[x] a token", "domain: 'x' # authkuma: ignore[x] a token"),
            ("refresh_token: '1h'", "refresh_token: '1h'"),
        ] {
            assert_eq!(masked(line, 1), shown);
        }
    }

    #[test]
    fn a_secret_on_further_lines_is_hidden() {
        let text = "jwks:\n  - key: |\n      -----BEGIN\n      a: b\n\n        c\n    use: sig\nclient_secret:\n  abc\npassword:\n  algorithm: 'x'\n";
        assert_eq!(masked(text, 2), "  - key: |");
        assert_eq!(masked(text, 3), "      **********");
        assert_eq!(masked(text, 4), "      ****");
        assert_eq!(masked(text, 6), "        *");
        assert_eq!(masked(text, 7), "    use: sig");
        assert_eq!(masked(text, 9), "  ***");
        assert_eq!(masked(text, 11), "  algorithm: 'x'");
        assert_eq!(masked("client_secret: 'abc\r\n  def'\r\n", 2), "  ****");
    }

    #[test]
    fn what_continues_a_comment_is_hidden_with_it() {
        let text = "# the portal\n# and its password:\n#\n  # abc\ndomain: 'x'\n# abc\n";
        assert_eq!(masked(text, 1), "# the portal");
        assert_eq!(masked(text, 4), "  #****");
        assert_eq!(masked(text, 6), "# abc");
    }

    #[test]
    fn a_secret_is_hidden_where_lines_alone_do_not_tell() {
        for (text, line, shown) in [
            ("a: &s marker\nclient_secret: *s\n", 1, "a: &s ******"),
            ("? client_secret\n: marker\n", 2, ": ******"),
            ("client_secrt: 'marker'\n", 1, "client_secrt: '******'"),
            ("[{client_secret:\n marker},\n {client_secret: \"$x\n b\"}]", 2, " ******},"),
            ("[{client_secret:\n marker},\n {client_secret: \"$x\n b\"}]", 4, " *\"}]"),
            ("a:\n  client_secret:\n  - marker\n  b: c\n", 3, "  - ******"),
            ("a:\n  client_secret:\n  - marker\n  b: c\n", 4, "  b: c"),
            ("\u{feff}{b: &s '$pbkdf2$marker', client_secret: *s}\n", 1, "{b: &s '$pbkdf2$******', client_secret: **}"),
        ] {
            assert_eq!(masked(text, line), shown, "{text}");
        }
    }

    #[test]
    fn the_parameter_of_a_query_condition_is_no_secret() {
        for (text, line, shown) in [
            ("- {operator: 'equal', key: 'a', value: 'b'}\n", 1, "- {operator: 'equal', key: 'a', value: 'b'}"),
            ("- - operator: 'absent'\n    key: 'a'\n", 2, "    key: 'a'"),
            ("- - key: 'a'\n    value: 'b'\n    operator: 'equal'\n", 1, "- - key: 'a'"),
            ("- - key: 'a'\n    use: 'b'\n    operator: 'equal'\n", 1, "- - key: '*'"),
            ("- key: 'a'\n- operator: 'absent'\n", 1, "- key: '*'"),
            ("[{key: a}, {operator: absent}]\n", 1, "[{key: *}, {operator: absent}]"),
        ] {
            assert_eq!(masked(text, line), shown, "{text}");
        }
    }

    #[test]
    fn a_file_that_does_not_parse_is_hidden_generously() {
        for (text, line, shown) in [
            ("a: {key: |\n-----BEGIN\nmarker\n-----END\nlog: [", 3, "******"),
            ("a: {key: |\n-----BEGIN\nmarker\n-----END\nlog: [", 5, "log: ["),
            ("secret: 'marker'marker'\n", 1, "secret: '*************'"),
            ("secret: |marker\n", 1, "secret: *******"),
            ("secret:\n\t'marker'\nlog: x\n", 2, "\t********"),
            ("log: [\nclient_secret: '$pbkdf2$marker'\n", 2, "client_secret: '$pbkdf2$******'"),
            ("secret: {marker}\n", 1, "secret: {******}"),
            ("secret: { value: 'marker' }\n", 1, "secret: { value: '******' }"),
        ] {
            assert_eq!(masked(text, line), shown, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_keeps_its_characters_count(text in "(client_secret|key|[ a:#'\"{},\\-é\n])*") {
            let source = Source::new("x", text);
            for line in 1..=source.line_count() {
                proptest::prop_assert_eq!(masked_line(&source, line).chars().count(), bare_line(&source, line).chars().count());
            }
        }
    }
}
