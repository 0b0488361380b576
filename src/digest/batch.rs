//! Many digests at once, on several cores.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::{Digest, Recipe, RecipeError};
use crate::secret::Secret;

/// Makes the digest of every secret with the salt beside it on `jobs` threads, and hands them to `each` in the order of the
/// secrets. What `each` refuses ends the work.
pub fn make_in_order<E>(
    recipe: &Recipe,
    secrets: &[(Secret, Vec<u8>)],
    jobs: usize,
    mut each: impl FnMut(Result<Digest, RecipeError>) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, made) = mpsc::channel();
        for _ in 0..jobs.clamp(1, secrets.len().max(1)) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((secret, salt)) = secrets.get(at) else { break };
                    // Nobody listens any more once `each` has refused one.
                    if sender.send((at, recipe.make(secret, salt.clone()))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (at, digest) in made {
            early.insert(at, digest);
            while let Some(digest) = early.remove(&due) {
                each(digest)?;
                due += 1;
            }
        }
        Ok(())
    })
}

/// How many digests of a recipe may be made at a time: one a core, but no more than their memory allows in 2 GiB.
pub fn fitting_jobs(recipe: &Recipe, cores: usize) -> usize {
    const MEMORY: u64 = 2 << 30;
    let fitting = MEMORY / recipe.cost().memory.max(1);
    cores.min(usize::try_from(fitting).unwrap_or(cores)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Algorithm, Choices, Sha2};

    fn recipe() -> Recipe {
        let choices = Choices { iterations: Some(1_000), ..Choices::default() };
        Recipe::new(Algorithm::Sha2Crypt(Sha2::Sha512), &choices).unwrap()
    }

    fn secrets(count: usize) -> Vec<(Secret, Vec<u8>)> {
        (0..count).map(|at| (Secret::new(format!("secret {at}")), vec![7; 16])).collect()
    }

    #[test]
    fn digests_come_in_the_order_of_the_secrets() {
        let (recipe, secrets) = (recipe(), secrets(40));
        let mut made = Vec::new();
        make_in_order(&recipe, &secrets, 4, |digest| {
            made.push(digest.unwrap().to_string());
            Ok::<(), ()>(())
        })
        .unwrap();
        let alone: Vec<String> =
            secrets.iter().map(|(secret, salt)| recipe.make(secret, salt.clone()).unwrap().to_string()).collect();
        assert_eq!(made, alone);
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
        assert_eq!((fitting_jobs(&large, 8), fitting_jobs(&recipe(), 8)), (2, 8));
    }
}
