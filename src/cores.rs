//! Work dealt out to the processor's cores, its results in the order of the items.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many threads can run at a time, where the system tells.
pub fn count() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does `work` on every item, on all cores.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = count().min(items.len());
    if cores < 2 {
        return items.iter().map(work).collect();
    }
    let mut done = Vec::with_capacity(items.len());
    let Ok(()) = in_order(items, cores, work, |result| {
        done.push(result);
        Ok::<(), Infallible>(())
    });
    done
}

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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        // The earlier an item stands, the longer it takes, so that the results come out of order.
        let reversed = |item: &u64| {
            thread::sleep(Duration::from_millis(8 - item));
            item * 2
        };
        let items: Vec<u64> = (0..8).collect();
        assert_eq!(map(&items, reversed), [0, 2, 4, 6, 8, 10, 12, 14]);
        let mut handed = Vec::new();
        let all = in_order(&items, 4, reversed, |result| {
            handed.push(result);
            Ok::<(), ()>(())
        });
        assert_eq!((all, handed), (Ok(()), vec![0, 2, 4, 6, 8, 10, 12, 14]));
        assert!(map(&[], reversed).is_empty());
    }

    #[test]
    fn a_refusal_ends_the_work() {
        let done = AtomicUsize::new(0);
        let items: Vec<usize> = (0..10_000).collect();
        let work = |item: &usize| {
            done.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_micros(100));
            *item
        };
        let refused = in_order(&items, 2, work, |item| if item == 3 { Err("enough") } else { Ok(()) });
        assert_eq!(refused, Err("enough"));
        assert!(done.into_inner() < items.len());
    }
}
