//! `make prove`: the engine against the definition on a hundred million pairs of real names, through the file.
//!
//! The list is everything at hand, in every script; the queries are listed names as they are and damaged in fourteen
//! ways, labelled pairs, and innocents. Each query is scored against every listed name by the definition without an
//! index (`tests/engine/oracle`), and set and score of every answer compared. `docs/proving.md` says how to read it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../engine/oracle/mod.rs"]
mod oracle;
#[allow(dead_code)]
#[path = "../engine/sources.rs"]
mod sources;
#[allow(dead_code)]
#[path = "../engine/world.rs"]
mod world;

mod tally;

use names::facts::{Facts, Quality};
use names::index::{build, Index, ListedParty};
use names::normalise::{analyse, Analysed, Side};
use names::retrieve::{score_of, Scratch};
use oracle::bulk::Bulk;
use oracle::Oracle;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use std::time::Instant;
use tally::Tally;

const THRESHOLDS: [f64; 2] = [0.5, 0.7];

/// Said often enough that who waits sees it move.
const PROGRESS: usize = 100;

fn wanted(variable: &str, otherwise: usize) -> usize {
    match std::env::var(variable) {
        Ok(text) => text.parse().expect("a whole number"),
        Err(_) => otherwise,
    }
}

#[test]
#[ignore = "takes minutes: make prove"]
fn no_listed_name_is_missed_none_is_extra_and_every_score_is_the_defined_one() {
    let Some(data) = sources::data() else {
        return;
    };
    let started = Instant::now();
    let listed = sources::listed(&data);
    let list: Vec<Analysed> = listed.iter().map(|text| analyse(text, Side::List)).collect();
    let path = std::env::temp_dir().join(format!("names-prove-{}.names", std::process::id()));
    let names: Vec<[(&str, Quality); 1]> = listed.iter().map(|text| [(text.as_str(), Quality::Primary)]).collect();
    let facts = Facts::default();
    let parties = names.iter().map(|names| ListedParty { key: "", names, facts: &facts });
    build(parties, &world::weights(), &path, &[0; 32]).unwrap();
    let index = Index::open(&path).unwrap();
    let oracle = Oracle::new(&list, &world::weights());
    let bulk = Bulk::new(&list, &oracle);
    let queries = wanted("PROVE_PAIRS", 100_000_000).div_ceil(list.len());
    // What is asked comes in kinds that are not all of one size, so a few more are made than are needed.
    let mut asked = sources::asked(&data, queries + queries / 4 + 100);
    asked.truncate(queries);
    assert_eq!(asked.len(), queries, "not enough real names for so many pairs");
    println!("{} listed names, {} queries, opened from {}", list.len(), queries, path.display());

    let next = AtomicUsize::new(0);
    let total = Mutex::new(Tally::default());
    let work = || {
        let (mut scratch, mut found) = (Scratch::new(), Vec::new());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(text) = asked.get(at) else { return };
            let query = analyse(text, Side::Query);
            let scores = bulk.scores(&query);
            let mut tally = Tally::default();
            for tau in THRESHOLDS.map(score_of) {
                let done = index.retrieve(&query, tau, &mut scratch, &mut found);
                let ours = found.iter().map(|candidate| (candidate.name, candidate.score));
                tally.compare(text, tau, &scores, ours, done.truncated != query.truncated);
            }
            tally.pairs = list.len();
            let mut total = total.lock().unwrap();
            total.add(tally);
            if total.queries % PROGRESS == 0 {
                println!("{:>5} s  {}", started.elapsed().as_secs(), *total);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let total = total.into_inner().unwrap();
    println!("{:>5} s  {total}", started.elapsed().as_secs());
    std::fs::remove_file(&path).unwrap();
    total.must_be_clean();
}
