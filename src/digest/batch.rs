//! Work on many digests at once, on several cores.

use super::algorithm::{Algorithm, Sha};
use super::{Cost, Digest, Recipe, RecipeError};
use crate::cores::in_order;
use crate::secret::Secret;

/// Makes the digest of every secret with the salt beside it on `jobs` threads, and hands them to `each` in the order of the
/// secrets. What `each` refuses ends the work.
pub fn make_in_order<E>(
    recipe: &Recipe,
    secrets: &[(Secret, Vec<u8>)],
    jobs: usize,
    mut each: impl FnMut(Result<Digest, RecipeError>) -> Result<(), E>,
) -> Result<(), E> {
    let groups: Vec<_> = secrets.chunks(group_size(recipe, secrets.len().div_ceil(jobs.max(1)))).collect();
    in_order(&groups, jobs, |group| make_group(recipe, group), |made| made.into_iter().try_for_each(&mut each))
}

/// How many digests to make at a time when a thread has `share` of them.
#[cfg(target_arch = "x86_64")]
fn group_size(recipe: &Recipe, share: usize) -> usize {
    use super::pbkdf2_lanes::{LANES, Unit};
    let together = recipe.algorithm() == Algorithm::Pbkdf2(Sha::Sha512) && Unit::find().is_some();
    if together { share.clamp(1, LANES) } else { 1 }
}

#[cfg(target_arch = "x86_64")]
fn make_group(recipe: &Recipe, group: &[(Secret, Vec<u8>)]) -> Vec<Result<Digest, RecipeError>> {
    use super::pbkdf2_lanes::{FEWEST, Unit};
    match Unit::find() {
        Some(unit) if group.len() >= FEWEST => {
            let inputs: Vec<(&[u8], &[u8])> =
                group.iter().map(|(secret, salt)| (secret.expose().as_bytes(), salt.as_slice())).collect();
            let keys = unit.derive(&inputs, recipe.iterations());
            keys.into_iter().zip(group).map(|(key, (_, salt))| Ok(recipe.finish(salt.clone(), key))).collect()
        }
        _ => group.iter().map(|(secret, salt)| recipe.make(secret, salt.clone())).collect(),
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn group_size(_: &Recipe, _: usize) -> usize {
    1
}

#[cfg(not(target_arch = "x86_64"))]
fn make_group(recipe: &Recipe, group: &[(Secret, Vec<u8>)]) -> Vec<Result<Digest, RecipeError>> {
    group.iter().map(|(secret, salt)| recipe.make(secret, salt.clone())).collect()
}

/// How many digests may be worked on at a time: one a core, but no more than their memory allows in 2 GiB.
pub fn fitting_jobs(dearest: Cost, cores: usize) -> usize {
    const MEMORY: u64 = 2 << 30;
    let fitting = MEMORY / dearest.memory.max(1);
    cores.min(usize::try_from(fitting).unwrap_or(cores)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Choices, Sha2};

    fn recipe() -> Recipe {
        let choices = Choices { iterations: Some(1_000), ..Choices::default() };
        Recipe::new(Algorithm::Sha2Crypt(Sha2::Sha512), &choices).unwrap()
    }

    fn secrets(count: usize) -> Vec<(Secret, Vec<u8>)> {
        (0..count).map(|at| (Secret::new(format!("secret {at}")), vec![7; 16])).collect()
    }

    #[test]
    fn digests_come_in_the_order_of_the_secrets() {
        let pbkdf2 = Choices { iterations: Some(100_000), ..Choices::default() };
        for (recipe, count) in [(recipe(), 40), (Recipe::new(Algorithm::default(), &pbkdf2).unwrap(), 11)] {
            let secrets = secrets(count);
            let alone: Vec<_> = secrets.iter().map(|(secret, salt)| recipe.make(secret, salt.clone())).collect();
            for jobs in [1, 4] {
                let mut made = Vec::new();
                make_in_order(&recipe, &secrets, jobs, |digest| {
                    made.push(digest);
                    Ok::<(), ()>(())
                })
                .unwrap();
                assert_eq!(made, alone);
            }
        }
    }

    #[test]
    fn a_refusal_ends_the_work() {
        let mut seen = 0;
        let result = make_in_order(&recipe(), &secrets(1_000), 2, |_| {
            seen += 1;
            if seen == 3 { Err("enough") } else { Ok(()) }
        });
        assert_eq!((result, seen), (Err("enough"), 3));
    }

    #[test]
    fn memory_bounds_the_jobs() {
        let large = Choices { memory: Some(1 << 20), iterations: Some(1), parallelism: Some(1), ..Choices::default() };
        let large = Recipe::new(Algorithm::from_names("argon2", None).unwrap(), &large).unwrap();
        assert_eq!((fitting_jobs(large.cost(), 8), fitting_jobs(recipe().cost(), 8)), (2, 8));
    }
}
