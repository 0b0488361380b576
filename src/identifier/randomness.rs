//! Randomness from a passed-in generator, asked for a block at a time and wiped once used.

use rand::TryRng;
use zeroize::{Zeroize, Zeroizing};

/// Bytes taken from the generator at once: one system call instead of one a character.
const BLOCK: usize = 4096;

/// A generator behind a buffer. Every byte is handed out once; the buffer is wiped when dropped.
pub struct Randomness<R> {
    generator: R,
    block: Zeroizing<[u8; BLOCK]>,
    next: usize,
}

impl<R: TryRng> Randomness<R> {
    /// Randomness from `generator`, which is not asked for anything yet.
    pub fn new(generator: R) -> Self {
        Self { generator, block: Zeroizing::new([0; BLOCK]), next: BLOCK }
    }

    /// `count` random bytes, as for a salt.
    pub fn bytes(&mut self, count: usize) -> Result<Vec<u8>, R::Error> {
        (0..count).map(|_| self.byte()).collect()
    }

    /// A number below `bound`, each as likely as any other. `bound` is 1 to 256.
    pub(super) fn below(&mut self, bound: usize) -> Result<usize, R::Error> {
        debug_assert!((1..=256).contains(&bound), "one byte must cover the bound");
        // Bytes past the last whole multiple of the bound would favour the smaller numbers: draw again.
        let whole = 256 / bound * bound;
        loop {
            let byte = usize::from(self.byte()?);
            if byte < whole {
                return Ok(byte % bound);
            }
        }
    }

    fn byte(&mut self) -> Result<u8, R::Error> {
        if self.next == BLOCK {
            self.generator.try_fill_bytes(&mut *self.block)?;
            self.next = 0;
        }
        let byte = self.block[self.next];
        self.block[self.next].zeroize();
        self.next += 1;
        Ok(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt;

    /// Gives 0, 1, 2, … and then fails.
    struct Counter {
        next: u8,
        blocks: usize,
    }

    #[derive(Debug)]
    struct Exhausted;

    impl fmt::Display for Exhausted {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("exhausted")
        }
    }

    impl std::error::Error for Exhausted {}

    impl TryRng for Counter {
        type Error = Exhausted;

        fn try_next_u32(&mut self) -> Result<u32, Exhausted> {
            Err(Exhausted)
        }

        fn try_next_u64(&mut self) -> Result<u64, Exhausted> {
            Err(Exhausted)
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Exhausted> {
            self.blocks = self.blocks.checked_sub(1).ok_or(Exhausted)?;
            for byte in bytes {
                *byte = self.next;
                self.next = self.next.wrapping_add(1);
            }
            Ok(())
        }
    }

    #[test]
    fn a_byte_past_the_last_whole_multiple_is_drawn_again() {
        let mut randomness = Randomness::new(Counter { next: 190, blocks: 1 });
        // 66 goes three times into 256: 198 to 255 are passed over.
        let drawn: Vec<_> = (0..10).map(|_| randomness.below(66).unwrap()).collect();
        assert_eq!(drawn, [58, 59, 60, 61, 62, 63, 64, 65, 0, 1]);
    }

    #[test]
    fn bytes_are_handed_out_once_and_a_failing_generator_is_told() {
        let mut randomness = Randomness::new(Counter { next: 0, blocks: 1 });
        assert_eq!(randomness.bytes(3).unwrap(), [0, 1, 2]);
        assert_eq!(randomness.bytes(2).unwrap(), [3, 4]);
        assert!(randomness.block[..5].iter().all(|&byte| byte == 0));
        assert!(randomness.bytes(BLOCK).is_err());
    }
}
