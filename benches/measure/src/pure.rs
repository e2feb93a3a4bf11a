//! The parts that only compute, at 100, 1,000 and 10,000 items:
//! `cargo bench --manifest-path benches/measure/Cargo.toml`.

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use milepost::export::{Format, Options, render};
use milepost::text::columns::{Align, rows};
use milepost_core::internals::catalog::index;
use milepost_core::internals::export::document;
use milepost_core::internals::guidance::{Guide, NextFilter};
use milepost_core::internals::learner::Learner;
use milepost_core::internals::{progress, search, standing};
use milepost_measure::{events, path_file, roadmap};
use milepost_path::{Node, Roadmap};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    for size in SIZES {
        let text = path_file(size);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("toml", size), &text, |bencher, text| {
            bencher.iter(|| milepost_path::read(black_box(text)));
        });
        let bytes = postcard::to_stdvec(&roadmap(size)).expect("an index");
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_with_input(BenchmarkId::new("index", size), &bytes, |bencher, bytes| {
            bencher.iter(|| index::decode_built_in::<Roadmap>(black_box(bytes)));
        });
    }
}

fn deciding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("deciding");
    for size in SIZES {
        let path = roadmap(size);
        let events = events(&path, size * 3 / 4);
        let shelf = vec![path.clone()];
        let folded = standing::fold(&events);
        let view = Learner { shelf: &shelf, standing: &folded };
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("folding", size), |bencher| {
            bencher.iter(|| standing::fold(black_box(&events)));
        });
        group.bench_function(BenchmarkId::new("counting", size), |bencher| {
            bencher.iter(|| progress::progress(black_box(&view), &Node::Path(&path)));
        });
        group.bench_function(BenchmarkId::new("ranking", size), |bencher| {
            bencher.iter(|| {
                Guide::new(black_box(&view), &[&path], &NextFilter::default()).next(5, false)
            });
        });
        group.bench_function(BenchmarkId::new("planning", size), |bencher| {
            bencher.iter(|| {
                Guide::new(black_box(&view), &[&path], &NextFilter::default()).plan(false)
            });
        });
        group.bench_function(BenchmarkId::new("searching", size), |bencher| {
            let paths = [&path];
            let (view, paths) = (&view, &paths[..]);
            let places = search::Places { view, paths, terms: &[], formers: &[], notes: true };
            bencher.iter(|| search::search(black_box(&places), "skill topic"));
        });
    }
}

fn rendering(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rendering");
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    for size in SIZES {
        let path = roadmap(size);
        let shelf: Vec<Roadmap> = vec![path.clone()];
        let folded = standing::fold(&events(&path, size * 3 / 4));
        let view = Learner { shelf: &shelf, standing: &folded };
        let portfolio = document(&[&path], &view, None, today, Vec::new(), &NextFilter::default());
        group.throughput(Throughput::Elements(size as u64));
        for (name, format) in [
            ("markdown", Format::Markdown),
            ("html", Format::Html),
            ("json", Format::Json),
            ("csv", Format::Csv),
        ] {
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| {
                    render(black_box(&portfolio), format, Options { notes: true, public: false })
                });
            });
        }
        let cells = |item: milepost_path::Item<'_>| {
            vec![item.id().to_owned(), item.title().to_owned(), "12 h".to_owned()]
        };
        let list: Vec<Vec<String>> = path.items().map(cells).collect();
        group.bench_function(BenchmarkId::new("rows", size), |bencher| {
            let align = [Align::Left, Align::Left, Align::Right];
            bencher.iter(|| rows(black_box(&list), &align, Some(80), 0));
        });
    }
}

criterion_group!(benches, reading, deciding, rendering);
criterion_main!(benches);
