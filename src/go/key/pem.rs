//! PEM as Go reads it: lines of any length, headers skipped, text before the block ignored, a damaged block passed over.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

/// One block.
pub(super) struct Block<'a> {
    /// What stands after `BEGIN`.
    pub(super) kind: &'a str,
    /// The decoded bytes, which may be a private key's.
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

const DASHES: &str = "-----";

/// The first sound block, and the text after its last line.
pub(super) fn decode(text: &str) -> Option<(Block<'_>, &str)> {
    let mut begun: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        if line.starts_with("-----END ") {
            if let Some((kind, start)) = begun.take()
                && ends(line, kind)
                && let Some(bytes) = body(text.get(start..at)?)
            {
                return Some((Block { kind, bytes }, text.get(next..)?));
            }
        } else if line.contains("-----BEGIN ") {
            let rest = line.strip_prefix("-----BEGIN ").map(|rest| rest.trim_end_matches([' ', '\t', '\r', '\n']));
            begun = rest.and_then(|rest| rest.strip_suffix(DASHES)).map(|kind| (kind, next));
        }
        at = next;
    }
    None
}

fn ends(line: &str, kind: &str) -> bool {
    let rest = line.strip_prefix("-----END ").and_then(|rest| rest.strip_prefix(kind)).and_then(|rest| rest.strip_prefix(DASHES));
    rest.is_some_and(|rest| rest.trim_matches([' ', '\t', '\r', '\n']).is_empty())
}

fn body(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let lines = text.split_inclusive('\n').skip_while(|line| line.contains(':'));
    let written: Zeroizing<String> =
        Zeroizing::new(lines.flat_map(str::chars).filter(|character| !matches!(character, ' ' | '\t' | '\r' | '\n')).collect());
    Base64::decode_vec(&written).ok().map(Zeroizing::new)
}
