//! Parameters whose digests take a given time.

use std::time::Duration;

use super::{Algorithm, Recipe};

/// A recipe, and how long one digest by it took.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// The recipe.
    pub recipe: Recipe,
    /// The time of one digest.
    pub time: Duration,
}

/// The server's own parameters of an algorithm, and those that come near a given time.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    /// With the server's defaults.
    pub default: Timing,
    /// With what is proposed.
    pub proposed: Timing,
}

/// Finds how to change `recipe` so that one digest takes `target`, within the server's limits. `time` makes digests and says
/// how long one takes.
pub fn propose<E>(recipe: Recipe, target: Duration, mut time: impl FnMut(&Recipe) -> Result<Duration, E>) -> Result<Proposal, E> {
    let mut timed = |recipe| Ok(Timing { recipe, time: time(&recipe)? });
    let default = timed(recipe)?;
    let mut proposed = default;
    // The second look mends what the first one estimated from another size of work.
    for _ in 0..2 {
        let better = scaled(&proposed.recipe, target.as_secs_f64() / proposed.time.as_secs_f64().max(1e-6));
        let change = work(&better) / work(&proposed.recipe);
        if (0.95..1.05).contains(&change) {
            break;
        }
        proposed = timed(better)?;
    }
    Ok(Proposal { default, proposed })
}

fn work(recipe: &Recipe) -> f64 {
    recipe.cost().reference_time().as_secs_f64()
}

/// The recipe with `ratio` times the work, or the nearest below it that people would write.
fn scaled(recipe: &Recipe, ratio: f64) -> Recipe {
    let iterations = f64::from(recipe.iterations());
    match recipe.algorithm() {
        Algorithm::Scrypt | Algorithm::Yescrypt | Algorithm::Bcrypt | Algorithm::BcryptSha256 => {
            recipe.with_work(rounded(iterations + ratio.log2().floor()), None)
        }
        // Less than one pass means less memory.
        Algorithm::Argon2(_) if iterations * ratio < 1.0 => {
            let memory = (f64::from(recipe.memory()) * iterations * ratio).log2().floor().exp2();
            recipe.with_work(1, Some(rounded(memory)))
        }
        Algorithm::Argon2(_) => recipe.with_work(rounded((iterations * ratio).floor()), None),
        Algorithm::Pbkdf2(_) | Algorithm::Sha2Crypt(_) => recipe.with_work(two_digits(iterations * ratio), None),
    }
}

/// The number with all but its first two digits zero.
fn two_digits(number: f64) -> u32 {
    let unit = 10_f64.powf(number.max(10.0).log10().floor() - 1.0);
    rounded((number / unit).floor() * unit)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float becomes the nearest number of 32 bits")]
fn rounded(number: f64) -> u32 {
    number.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Addressing, Choices, Sha2};

    /// A machine `speed` times as fast as the reference core.
    fn proposed(algorithm: Algorithm, target: u64, speed: f64) -> Recipe {
        let recipe = Recipe::new(algorithm, &Choices::default()).unwrap();
        let time = |recipe: &Recipe| Ok::<_, ()>(recipe.cost().reference_time().div_f64(speed));
        let proposal = propose(recipe, Duration::from_millis(target), time).unwrap();
        assert!(proposal.proposed.time <= Duration::from_millis(target), "{algorithm}");
        proposal.proposed.recipe
    }

    #[test]
    fn the_time_is_used_and_not_exceeded() {
        for algorithm in Algorithm::all() {
            for target in [100, 300, 1_000] {
                let recipe = proposed(algorithm, target, 2.0);
                let time = work(&recipe) / 2.0;
                // Binary logarithms and passes over memory come in large steps.
                assert!(time > 0.0005 * f64::from(u32::try_from(target).unwrap()) * 0.8, "{algorithm} {target}: {time}");
            }
        }
    }

    #[test]
    fn numbers_are_round_and_within_the_limits() {
        assert_eq!(proposed(Algorithm::default(), 300, 1.0).iterations(), 650_000);
        assert_eq!(proposed(Algorithm::Sha2Crypt(Sha2::Sha512), 300, 1.0).iterations(), 460_000);
        assert_eq!(proposed(Algorithm::Bcrypt, 300, 1.0).iterations(), 12);
        let slow = Recipe::new(Algorithm::default(), &Choices::default()).unwrap();
        let slowest = propose(slow, Duration::from_millis(1), |_| Ok::<_, ()>(Duration::from_secs(1))).unwrap();
        assert_eq!(slowest.proposed.recipe.iterations(), 100_000);
    }

    #[test]
    fn argon2_gives_up_memory_only_when_one_pass_is_too_long() {
        let argon2 = Algorithm::Argon2(Addressing::Hybrid);
        assert_eq!((proposed(argon2, 300, 1.0).iterations(), proposed(argon2, 300, 1.0).memory()), (5, 64 * 1024));
        assert_eq!((proposed(argon2, 20, 1.0).iterations(), proposed(argon2, 20, 1.0).memory()), (1, 16 * 1024));
    }
}
