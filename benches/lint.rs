//! The time that reading and linting take, against the number of clients: `cargo bench --bench lint`.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod configuration;

use std::hint::black_box;

use authkuma::bearer::Target;
use authkuma::config::{self, tree_of};
use authkuma::lint::{self, Settings};
use authkuma::source::{Source, SourceId, Sources};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const SETTINGS: Settings = Settings { whole: None, target: Target::NEWEST };

fn against_size(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lint");
    group.sample_size(10);
    for size in [100, 1_000, 10_000] {
        let text = configuration::of(size);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("parse", size), |bencher| bencher.iter(|| tree_of(SourceId(0), black_box(&text))));
        group.bench_function(BenchmarkId::new("load", size), |bencher| {
            bencher.iter(|| config::load(Sources::from(Source::new("x", black_box(&text).clone()))));
        });
        group.bench_function(BenchmarkId::new("lint", size), |bencher| {
            bencher.iter(|| {
                let config = config::load(Sources::from(Source::new("x", black_box(&text).clone())));
                lint::lint(&config, SETTINGS)
            });
        });
    }
}

criterion_group!(benches, against_size);
criterion_main!(benches);
