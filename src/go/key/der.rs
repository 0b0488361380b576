//! The few parts of DER that keys are made of: definite lengths in their shortest form, as Go asks for.

/// Bytes that are read from the front.
#[derive(Clone, Copy)]
pub(super) struct Der<'a>(pub(super) &'a [u8]);

pub(super) const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
const OBJECT: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

impl<'a> Der<'a> {
    /// Whether everything was read.
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The content of the next element, which must have this tag.
    pub(super) fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (&found, rest) = self.0.split_first()?;
        let (length, rest) = length(rest)?;
        if found != tag || rest.len() < length {
            return None;
        }
        let (content, rest) = rest.split_at(length);
        self.0 = rest;
        Some(content)
    }

    /// The content of the next element when it has this tag.
    pub(super) fn take_if(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.0.first() == Some(&tag) { self.take(tag) } else { None }
    }

    /// A sequence.
    pub(super) fn sequence(&mut self) -> Option<Der<'a>> {
        self.take(SEQUENCE).map(Der)
    }

    /// An object identifier.
    pub(super) fn object(&mut self) -> Option<&'a [u8]> {
        self.take(OBJECT)
    }

    /// A string of whole bytes in a bit string.
    pub(super) fn bits(&mut self) -> Option<&'a [u8]> {
        match self.take(BIT_STRING)?.split_first()? {
            (0, bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A positive number without leading zeros.
    pub(super) fn positive(&mut self) -> Option<&'a [u8]> {
        match self.take(INTEGER)? {
            [0, second, ..] if *second < 0x80 => None,
            [0, rest @ ..] if !rest.is_empty() => Some(rest),
            [first, ..] if *first >= 0x80 => None,
            [] | [0] => None,
            bytes => Some(bytes),
        }
    }

    /// A positive number when the next element is a number; empty otherwise. Whatever stands there must have a length.
    pub(super) fn positive_if(&mut self) -> Option<&'a [u8]> {
        if self.begins(INTEGER)? { self.positive() } else { Some(&[]) }
    }

    /// A sequence when the next element is one; empty otherwise. Whatever stands there must have a length.
    pub(super) fn sequence_if(&mut self) -> Option<Der<'a>> {
        if self.begins(SEQUENCE)? { self.sequence() } else { Some(Der(&[])) }
    }

    /// Whether the next element has a tag; none when it has no length.
    fn begins(self, tag: u8) -> Option<bool> {
        match self.0.split_first() {
            None => Some(false),
            Some((found, rest)) => length(rest).map(|_| *found == tag),
        }
    }

    /// A number of one byte.
    pub(super) fn small(&mut self) -> Option<u8> {
        match self.take(INTEGER)? {
            [byte] if *byte < 0x80 => Some(*byte),
            _ => None,
        }
    }
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 || rest.len() < count || rest[0] == 0 {
        return None;
    }
    let (digits, rest) = rest.split_at(count);
    let length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
    (length >= 0x80).then_some((length, rest))
}
