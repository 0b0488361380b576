//! What we make up for a client: its identifier and its secret, from unbiased choices out of an alphabet.

mod alphabet;
mod client_id;
mod randomness;

pub use alphabet::Alphabet;
pub use client_id::{ClientId, ClientIdError, LONGEST_CLIENT_ID};
pub use randomness::Randomness;

use rand::TryRng;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// Characters in a client identifier unless asked otherwise.
pub const CLIENT_ID_LENGTH: usize = 64;

/// Characters in a client secret unless asked otherwise; what the server's own generator makes.
pub const SECRET_LENGTH: usize = 72;

/// `length` characters of `alphabet`, each as likely as any other, for something that need not be kept secret.
pub fn generate<R: TryRng>(alphabet: Alphabet, length: usize, randomness: &mut Randomness<R>) -> Result<String, R::Error> {
    let mut text = String::with_capacity(length);
    append(&mut text, alphabet, length, randomness)?;
    Ok(text)
}

/// `length` characters of `alphabet`, each as likely as any other, wiped from memory when dropped.
pub fn generate_secret<R: TryRng>(alphabet: Alphabet, length: usize, randomness: &mut Randomness<R>) -> Result<Secret, R::Error> {
    // The capacity is set before the first character: growing would leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(length));
    append(&mut text, alphabet, length, randomness)?;
    Ok(Secret::new(std::mem::take(&mut *text)))
}

fn append<R: TryRng>(
    text: &mut String,
    alphabet: Alphabet,
    length: usize,
    randomness: &mut Randomness<R>,
) -> Result<(), R::Error> {
    let characters = alphabet.characters();
    for _ in 0..length {
        text.push(char::from(characters[randomness.below(characters.len())?]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::{SysRng, Xoshiro256PlusPlus};

    #[test]
    fn every_character_is_as_likely_as_any_other() {
        let mut randomness = Randomness::new(Xoshiro256PlusPlus::seed_from_u64(7));
        for alphabet in Alphabet::ALL {
            let size = alphabet.characters().len();
            let drawn = generate(alphabet, 10_000 * size, &mut randomness).unwrap();
            let mut seen = [0_u32; 128];
            drawn.bytes().for_each(|byte| seen[usize::from(byte)] += 1);
            let chi_square: f64 =
                alphabet.characters().iter().map(|&c| (f64::from(seen[usize::from(c)]) - 10_000.0).powi(2) / 10_000.0).sum();
            // Mean is size - 1, deviation sqrt(2 (size - 1)): five deviations out is one run in millions. The
            // generator is seeded, so a failure is a change of the code.
            let freedom = f64::from(u32::try_from(size - 1).unwrap());
            let distance = (chi_square - freedom).abs();
            assert!(distance < 5.0 * (2.0 * freedom).sqrt(), "{alphabet}: {chi_square}");
        }
    }

    #[test]
    fn length_and_alphabet_are_kept() {
        let mut randomness = Randomness::new(SysRng);
        for length in [0, 1, 64, 100, 1024] {
            let id = generate(Alphabet::Rfc3986, length, &mut randomness).unwrap();
            assert_eq!(id.len(), length);
            assert!(length == 0 || length > 100 || ClientId::parse(&id).is_ok());
        }
        let secret = generate_secret(Alphabet::Numeric, 72, &mut randomness).unwrap();
        assert_eq!(secret.expose().len(), 72);
        assert!(secret.expose().bytes().all(|byte| byte.is_ascii_digit()));
    }

    #[test]
    fn no_two_are_alike() {
        let mut randomness = Randomness::new(SysRng);
        let ids: std::collections::HashSet<_> =
            (0..10_000).map(|_| generate(Alphabet::Rfc3986, CLIENT_ID_LENGTH, &mut randomness).unwrap()).collect();
        assert_eq!(ids.len(), 10_000);
    }
}
