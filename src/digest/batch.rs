//! Work on many digests at once, on several cores.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::Cost;

/// Does `work` on every item on `jobs` threads and hands the results to `each` in the order of the items. What `each`
/// refuses ends the work.
pub fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, done) = mpsc::channel();
        for _ in 0..jobs.clamp(1, items.len().max(1)) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    // Nobody listens any more once `each` has refused one.
                    if sender.send((at, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (at, result) in done {
            early.insert(at, result);
            while let Some(result) = early.remove(&due) {
                each(result)?;
                due += 1;
            }
        }
        Ok(())
    })
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
    use crate::digest::{Algorithm, Choices, Recipe, Sha2};
    use crate::secret::Secret;

    fn recipe() -> Recipe {
        let choices = Choices { iterations: Some(1_000), ..Choices::default() };
        Recipe::new(Algorithm::Sha2Crypt(Sha2::Sha512), &choices).unwrap()
    }

    fn make(secret: &Secret) -> String {
        recipe().make(secret, vec![7; 16]).unwrap().to_string()
    }

    fn secrets(count: usize) -> Vec<Secret> {
        (0..count).map(|at| Secret::new(format!("secret {at}"))).collect()
    }

    #[test]
    fn digests_come_in_the_order_of_the_secrets() {
        let secrets = secrets(40);
        let mut made = Vec::new();
        in_order(&secrets, 4, make, |digest| {
            made.push(digest);
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_eq!(made, secrets.iter().map(make).collect::<Vec<_>>());
    }

    #[test]
    fn a_refusal_ends_the_work() {
        let mut seen = 0;
        let result = in_order(&secrets(1_000), 2, make, |_| {
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
