//! Where a file that does not parse may hold secrets, by its lines. In doubt it names too much.

use std::ops::Range;

use super::schema::schema;
use super::secret::is_meant_as_secret;

/// The byte ranges, in order. Each begins behind a secret's key or with a key in PEM, and ends before the next line that is clearly
/// another option, indented no deeper.
pub(super) fn secrets_of(text: &str) -> Vec<Range<u32>> {
    let mut search = Search::default();
    search.read_all(text);
    if search.has_alias {
        // Which anchor it means, and by which others, is too much to ask of such a text.
        search = Search { anchors_hide: true, ..Search::default() };
        search.read_all(text);
    }
    search.found
}

/// A secret whose end is not seen yet.
struct Open {
    start: usize,
    /// The indentation of the entry that holds it.
    column: usize,
}

#[derive(Default)]
struct Search {
    found: Vec<Range<u32>>,
    open: Option<Open>,
    in_pem: bool,
    /// Whether what stands behind an anchor counts as a secret.
    anchors_hide: bool,
    /// Whether an alias stands in the place of a secret.
    has_alias: bool,
}

impl Search {
    fn read_all(&mut self, text: &str) {
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            self.read(line, offset);
            offset += line.len();
        }
        self.close(offset);
    }

    fn read(&mut self, line: &str, offset: usize) {
        let entry = Entry::of(line);
        if !self.in_pem && self.open.as_ref().is_none_or(|open| entry.is_option_up_to(open.column)) {
            self.close(offset);
            let anchored = behind_mark(line, '&').filter(|_| self.anchors_hide);
            if let Some(start) = entry.secret().into_iter().chain(anchored).min() {
                self.has_alias |= behind_mark(&line[start..], '*').is_some();
                self.open = Some(Open { start: offset + start, column: entry.extent() });
                if is_whole(&line[start..]) {
                    self.close(offset + line.len());
                }
            }
        }
        self.has_alias |= self.open.is_some() && behind_mark(line, '*').is_some();
        let begin = line.rfind("-----BEGIN");
        if let Some(at) = begin {
            self.in_pem = true;
            self.open.get_or_insert(Open { start: offset + at, column: usize::MAX });
        }
        if line.rfind("-----END").is_some_and(|end| begin.is_none_or(|begin| begin < end)) {
            self.in_pem = false;
        }
    }

    fn close(&mut self, end: usize) {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.found.extend(self.open.take().map(|open| place(open.start)..place(end)));
    }
}

/// What follows the first anchor (`&`) or alias (`*`) of a line, its name included.
fn behind_mark(line: &str, mark: char) -> Option<usize> {
    let is_name = |rest: &str| rest.starts_with(|first: char| !first.is_whitespace() && first != mark);
    let is_value = |before: &str| before.ends_with([' ', '\t', ',', ':', '[', '{']) || before.is_empty();
    let mut marks = line.match_indices(mark).map(|(at, _)| (at, at + mark.len_utf8()));
    marks.find(|(at, end)| is_value(&line[..*at]) && is_name(&line[*end..])).map(|(_, end)| end)
}

/// Whether the rest of a line is a value between two quotes and nothing else.
fn is_whole(value: &str) -> bool {
    let value = value.trim_end();
    ['"', '\''].iter().any(|quote| {
        let inner = value.strip_prefix(*quote).and_then(|rest| rest.strip_suffix(*quote));
        inner.is_some_and(|inner| !inner.contains([*quote, '\\']))
    })
}

/// What a line seems to begin.
struct Entry<'a> {
    line: &'a str,
    /// Where the text begins behind blanks and dashes.
    column: usize,
    is_comment: bool,
}

impl<'a> Entry<'a> {
    fn of(line: &'a str) -> Entry<'a> {
        let mut text = line.trim_start_matches(['\u{feff}', ' ', '\t']);
        while let Some(item) = text.strip_prefix(['-', '?']).filter(|item| item.starts_with([' ', '\t'])) {
            text = item.trim_start_matches([' ', '\t']);
        }
        Entry { line, column: line.len() - text.len(), is_comment: text.starts_with('#') }
    }

    /// Up to which indentation the next option is another one. What continues a comment is a comment.
    fn extent(&self) -> usize {
        if self.is_comment { usize::MAX } else { self.column }
    }

    /// Whether an option that the server knows begins here, no deeper than a column.
    fn is_option_up_to(&self, column: usize) -> bool {
        let first = words(self.line).next().filter(|first| first.is_at(self.line, self.column));
        let known = |word: Word<'a>| schema().has_option(word.option());
        self.column <= column && first.is_some_and(|word| word.is_before(':', self.line) && known(word))
    }

    /// Where the value behind the first secret's key begins.
    fn secret(&self) -> Option<usize> {
        words(self.line).find_map(|word| {
            // A line that begins with the name of a secret misses no more than the colon.
            let is_first = !self.is_comment && word.is_at(self.line, self.column);
            let behind = self.line[word.end()..].trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
            let separated = behind.strip_prefix([':', '=']);
            let value = separated.or(is_first.then_some(behind)).filter(|_| is_meant_as_secret(word.option()))?;
            // A value on the next line begins behind the blanks there.
            Some(self.line.len() - value.trim_start_matches([' ', '\t']).len())
        })
    }
}

/// A word that may be a key.
#[derive(Clone, Copy)]
struct Word<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// The last part of a key with dots.
    fn option(self) -> &'a str {
        self.text.rsplit('.').next().unwrap_or(self.text)
    }

    /// Whether nothing but quotes and brackets stands between a column and the word.
    fn is_at(self, line: &str, column: usize) -> bool {
        let before = line.get(column..self.start);
        before.is_some_and(|before| before.chars().all(|character| matches!(character, '"' | '\'' | '{' | '[' | ' ')))
    }

    /// Whether the word, which may end with a quote, is a key by its colon.
    fn is_before(self, colon: char, line: &str) -> bool {
        let behind = line[self.end()..].trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
        behind.strip_prefix(colon).is_some_and(|value| value.is_empty() || value.starts_with(char::is_whitespace))
    }
}

fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let mut start = 0;
    line.split_inclusive(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '-' | '.'))).filter_map(
        move |part| {
            let text =
                part.trim_end_matches(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '-' | '.')));
            let word = Word { start, text };
            start += part.len();
            (!text.is_empty()).then_some(word)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<&str> {
        secrets_of(text).iter().map(|range| text[range.start as usize..range.end as usize].trim_end()).collect()
    }

    #[test]
    fn what_follows_the_key_of_a_secret_is_found() {
        for (text, secret) in [
            ("key: |\n-----BEGIN\nmarker\nuse: x\n-----END\nuse: sig\n", "|\n-----BEGIN\nmarker\nuse: x\n-----END"),
            ("oidc:\n  issuer_private_key: |\nmarker: x\n==\nlog:\n", "|\nmarker: x\n=="),
            ("oidc:\n  hmac_secret:\n\t'marker'\n  clients:\n", "\n\t'marker'"),
            ("session:\n  secret: 'abc\nmarker' x: y\n", "'abc\nmarker' x: y"),
            ("secret: 'marker'marker'\n", "'marker'marker'"),
            ("secret: {marker\ndomain: x\n", "{marker"),
            ("secret: *marker!\n", "*marker!"),
            ("- client_secret:'marker'\n", "'marker'"),
            ("- client_secret = 'marker'\n  client_id: a\n", "'marker'"),
            ("client_secret 'marker'\n", "'marker'"),
            ("client_secret\nmarker\n", "\nmarker"),
            ("client_secret: 'marker'\nid: [\n", "'marker'"),
            ("session: {secret:\nmarker, domain: x]\nlog: x\n", "\nmarker, domain: x]"),
            ("{\"session\":{\"secret\":\"marker\" \"x\":1}}", "\"marker\" \"x\":1}}"),
            ("#secret: 'marker\n  log: x\n", "'marker"),
            ("a.b.secrt: marker\n", "marker"),
            ("name: x\n   -----BEGIN\nlog: x\n", "-----BEGIN\nlog: x"),
        ] {
            assert_eq!(hidden(text), [secret], "{text}");
        }
    }

    #[test]
    fn what_an_alias_puts_in_the_place_of_a_secret_is_found() {
        assert_eq!(hidden("a: &s marker\nlog: &l x\nsecret: *s\nname: [\n"), ["s marker", "l x", "*s"]);
        assert_eq!(hidden("- &s 'marker'\nlog: {x: &t [*s], secret: *t}}\n"), ["s 'marker'", "t [*s], secret: *t}}"]);
        assert_eq!(hidden("a: &s marker\nsecret: 'b*s'\nname: [*s\n"), ["'b*s'"]);
    }

    #[test]
    fn other_options_stay_readable() {
        for text in ["client_id: a\n", "# the key of the secret\n", "public_key: |\n  x\n", "access_control:\n  rules: [\n"] {
            assert_eq!(hidden(text), [""; 0], "{text}");
        }
    }
}
