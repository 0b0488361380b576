//! Digests: one by PBKDF2-SHA512 as the server makes it, and a batch on one core and on all: `cargo bench --bench digest`. How that
//! compares with OpenSSL and the server is measured by `digest.py` beside this file.

#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros make an undocumented function; a bench may panic")]

use std::time::Duration;

use authkuma::cores;
use authkuma::digest::{Algorithm, Choices, Digest, Recipe, make_in_order};
use authkuma::secret::Secret;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const SECRET: &str = "insecure_secret";

fn one(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one digest with the server's defaults");
    group.sample_size(10);
    for algorithm in Algorithm::all() {
        let recipe = Recipe::new(algorithm, &Choices::default()).unwrap();
        group.bench_function(algorithm.name(), |bencher| {
            bencher.iter(|| recipe.make(&Secret::new(SECRET.to_owned()), vec![7; recipe.salt_bytes()]).unwrap());
        });
    }
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let text = Recipe::new(Algorithm::default(), &Choices { iterations: Some(100_000), ..Choices::default() })
        .unwrap()
        .make(&Secret::new(SECRET.to_owned()), vec![7; 16])
        .unwrap()
        .to_string();
    criterion.bench_function("read a digest", |bencher| bencher.iter(|| Digest::parse(&text).unwrap()));
}

fn batch(criterion: &mut Criterion) {
    const COUNT: usize = 32;
    let recipe = Recipe::new(Algorithm::default(), &Choices { iterations: Some(100_000), ..Choices::default() }).unwrap();
    let secrets: Vec<(Secret, Vec<u8>)> = (0..COUNT).map(|at| (Secret::new(format!("secret {at}")), vec![7; 16])).collect();
    let cores = cores::count();
    let mut group = criterion.benchmark_group("batch of 32 by 100,000 iterations");
    group.sample_size(10).throughput(Throughput::Elements(COUNT as u64)).measurement_time(Duration::from_secs(10));
    for jobs in [1, cores] {
        group.bench_with_input(BenchmarkId::new("threads", jobs), &jobs, |bencher, &jobs| {
            bencher.iter(|| make_in_order(&recipe, &secrets, jobs, |digest| digest.map(drop)).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, one, reading, batch);
criterion_main!(benches);
