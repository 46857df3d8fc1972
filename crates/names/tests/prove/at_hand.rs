//! The real list, built and opened as in production, what is asked of it, and the work spread over all cores.

use crate::oracle::Oracle;
use crate::tally::Tally;
use crate::{sources, world};
use names::facts::{Facts, Quality};
use names::index::{build, Index, ListedParty};
use names::normalise::{analyse, Analysed, Side};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Said often enough that who waits sees it move.
const PROGRESS: usize = 100;

/// How many pairs were asked for.
pub fn pairs() -> usize {
    match std::env::var("PROVE_PAIRS") {
        Ok(text) => text.parse().expect("PROVE_PAIRS is a whole number"),
        Err(_) => 100_000_000,
    }
}

/// Files made so far: the tests of one process run side by side, each on a file of its own.
static OPENED: AtomicUsize = AtomicUsize::new(0);

pub struct AtHand {
    data: PathBuf,
    pub list: Vec<Analysed>,
    pub index: Arc<Index>,
    pub oracle: Oracle,
}

impl AtHand {
    /// `None`, and said, where the real lists are not at hand. Each name is a party of its own.
    pub fn open() -> Option<Self> {
        let data = sources::data()?;
        let listed = sources::listed(&data);
        let list: Vec<Analysed> = listed.iter().map(|text| analyse(text, Side::List)).collect();
        let names: Vec<[(&str, Quality); 1]> = listed.iter().map(|text| [(text.as_str(), Quality::Primary)]).collect();
        let facts = Facts::default();
        let parties = names.iter().map(|names| ListedParty { key: "", names, facts: &facts });
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("names-prove-{}-{number}.names", std::process::id()));
        build(parties, &world::weights(), &path, &[0; 32]).unwrap();
        let index = Arc::new(Index::open(&path).unwrap());
        // The view outlives the name; nothing is left behind whatever happens.
        std::fs::remove_file(&path).unwrap();
        let oracle = Oracle::new(&list, &world::weights());
        Some(Self { data, list, index, oracle })
    }

    pub fn queries(&self, count: usize) -> Vec<String> {
        // What is asked comes in kinds that are not all of one size, so a few more are made than are needed.
        let mut asked = sources::asked(&self.data, count + count / 4 + 100);
        asked.truncate(count);
        assert_eq!(asked.len(), count, "not enough real names for so many pairs");
        asked
    }
}

/// Counts what `one` says of every text, on all cores; `fresh` makes what a thread keeps.
pub fn in_parallel<S>(
    what: &str,
    texts: &[String],
    fresh: impl Fn() -> S + Sync,
    one: impl Fn(&mut S, &str) -> Tally + Sync,
) -> Tally {
    let started = Instant::now();
    let next = AtomicUsize::new(0);
    let total = Mutex::new(Tally::default());
    let work = || {
        let mut kept = fresh();
        while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let tally = one(&mut kept, text);
            let mut total = total.lock().unwrap();
            total.add(tally);
            if total.queries % PROGRESS == 0 || total.queries == texts.len() {
                println!("{what}, {} s: {}", started.elapsed().as_secs(), *total);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    total.into_inner().unwrap()
}
