//! Natural numbers of any size, as far as the parts of an RSA key are checked against each other.

use std::cmp::Ordering;

use zeroize::Zeroizing;

const DIGIT: usize = 64;

/// Digits to the base 2⁶⁴, the least first, without leading zeros. It may be a private key's.
#[derive(PartialEq, Eq)]
pub(super) struct Natural(Zeroizing<Vec<u64>>);

impl Natural {
    /// Of bytes, the greatest first.
    pub(super) fn of(bytes: &[u8]) -> Natural {
        let digits = bytes.rchunks(DIGIT / 8).map(|chunk| chunk.iter().fold(0, |digit, byte| digit << 8 | u64::from(*byte)));
        Natural(Zeroizing::new(digits.collect())).trimmed()
    }

    pub(super) fn is(&self, small: u64) -> bool {
        if small == 0 { self.0.is_empty() } else { *self.0 == [small] }
    }

    pub(super) fn is_odd(&self) -> bool {
        self.0.first().is_some_and(|digit| digit & 1 == 1)
    }

    /// How many bits it takes to write it.
    pub(super) fn bits(&self) -> usize {
        self.0.last().map_or(0, |digit| self.0.len() * DIGIT - digit.leading_zeros() as usize)
    }

    pub(super) fn times(&self, other: &Natural) -> Natural {
        let mut product = Zeroizing::new(vec![0_u64; self.0.len() + other.0.len()]);
        for (i, a) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (j, b) in other.0.iter().enumerate() {
                let sum = u128::from(*a) * u128::from(*b) + u128::from(product[i + j]) + u128::from(carry);
                (product[i + j], carry) = (low(sum), low(sum >> DIGIT));
            }
            product[i + other.0.len()] = carry;
        }
        Natural(product).trimmed()
    }

    /// The difference, whichever is the greater.
    pub(super) fn distance(&self, other: &Natural) -> Natural {
        let (greater, less) = if self < other { (other, self) } else { (self, other) };
        let mut difference = Natural(greater.0.clone());
        difference.subtract(less);
        difference.trimmed()
    }

    /// What is left when it is divided by another; itself when that is 0.
    pub(super) fn modulo(&self, modulus: &Natural) -> Natural {
        let mut rest = Natural(Zeroizing::new(Vec::with_capacity(modulus.0.len() + 1)));
        for at in (0..self.bits()).rev() {
            rest.push(self.0[at / DIGIT] >> (at % DIGIT) & 1);
            if !modulus.is(0) && rest >= *modulus {
                rest.subtract(modulus);
                rest = rest.trimmed();
            }
        }
        rest
    }

    /// Writes a bit behind the last.
    fn push(&mut self, bit: u64) {
        let mut carry = bit;
        for digit in self.0.iter_mut() {
            let next = *digit >> (DIGIT - 1);
            *digit = *digit << 1 | carry;
            carry = next;
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    /// Takes away a number that is not greater.
    fn subtract(&mut self, other: &Natural) {
        let mut borrow = false;
        for (at, digit) in self.0.iter_mut().enumerate() {
            let (less, first) = digit.overflowing_sub(other.0.get(at).copied().unwrap_or(0));
            let (less, second) = less.overflowing_sub(u64::from(borrow));
            (*digit, borrow) = (less, first || second);
        }
    }

    fn trimmed(mut self) -> Natural {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Natural) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Natural) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the digit that is meant")]
fn low(sum: u128) -> u64 {
    sum as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn natural(number: u128) -> Natural {
        Natural::of(&number.to_be_bytes())
    }

    proptest! {
        #[test]
        fn numbers_are_counted_with(a: u128, b: u64, c: u64) {
            let sized = |number: u128, bits: u64| number >> (bits % 128);
            let (a, small) = (sized(a, c), u128::from(b));
            prop_assert!(natural(small).times(&natural(u128::from(c))) == natural(small * u128::from(c)));
            prop_assert!(natural(a).distance(&natural(small)) == natural(a.abs_diff(small)));
            prop_assert!(natural(a).modulo(&natural(small)) == natural(a.checked_rem(small).unwrap_or(a)));
            prop_assert!(natural(a).modulo(&natural(a)).is(0) && natural(1).is(1));
            prop_assert_eq!(natural(a).bits(), 128 - a.leading_zeros() as usize);
            prop_assert_eq!(natural(a).is_odd(), a % 2 == 1);
        }
    }
}
