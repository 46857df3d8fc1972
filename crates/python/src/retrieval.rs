//! Candidates of a whole table: every name of every row analysed and looked up, every identifier too, on all cores.

use crate::output::Retrieved;
use crate::parties::{Parties, PartyRow};
use names::index::Index;
use names::normalise::{analyse, Side};
use names::retrieve::{Candidate, Score, Scratch, SCORE_ONE};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Rows a thread takes at a time.
const MORSEL: usize = 1024;

/// What a table's retrieval found.
#[derive(Default)]
pub struct Found {
    /// Ordered by query, then party, then name.
    pub candidates: Vec<Retrieved>,
    /// Rows whose answer may lack names.
    pub truncated: Vec<u32>,
}

/// Looks up every row; the answer does not depend on the number of threads (0 for one a core).
pub fn retrieve(index: &Index, parties: &Parties, tau: Score, threads: usize) -> Found {
    let morsels: Vec<&[PartyRow]> = parties.rows.chunks(MORSEL).collect();
    let wanted = match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut worker = Worker::default();
        let mut mine: Vec<(usize, Found)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(rows) = morsels.get(at) else {
                return mine;
            };
            mine.push((at, worker.rows(index, rows, (at * MORSEL) as u32, tau)));
        }
    };
    let mut parts = if wanted.min(morsels.len()) <= 1 {
        work()
    } else {
        std::thread::scope(|scope| {
            let handles: Vec<_> = (0..wanted.min(morsels.len())).map(|_| scope.spawn(work)).collect();
            let joined =
                handles.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            joined.flatten().collect()
        })
    };
    parts.sort_unstable_by_key(|(at, _)| *at);
    let mut found = Found::default();
    for (_, part) in parts {
        found.candidates.extend(part.candidates);
        found.truncated.extend(part.truncated);
    }
    found
}

#[derive(Default)]
struct Worker {
    scratch: Scratch,
    names: Vec<Candidate>,
    parties: Vec<u32>,
}

impl Worker {
    fn rows(&mut self, index: &Index, rows: &[PartyRow], first: u32, tau: Score) -> Found {
        let mut found = Found::default();
        for (at, row) in rows.iter().enumerate() {
            let query = first + at as u32;
            // Several names of one row may find one listed name: the best score stands.
            let mut best: BTreeMap<(u32, Option<u32>), Score> = BTreeMap::new();
            let mut truncated = false;
            for (name, _) in &row.names {
                let analysed = analyse(name, Side::Query);
                let work = index.retrieve(&analysed, tau, &mut self.scratch, &mut self.names);
                truncated |= work.truncated;
                for one in &self.names {
                    let score = best.entry((one.party, Some(one.name))).or_default();
                    *score = one.score.max(*score);
                }
            }
            for identifier in &row.facts.identifiers {
                index.equal_identifiers(identifier, &mut self.parties);
                for party in &self.parties {
                    best.entry((*party, None)).or_default();
                }
            }
            if truncated {
                found.truncated.push(query);
            }
            found.candidates.extend(best.into_iter().map(|((party, name), score)| Retrieved {
                query,
                name,
                party,
                score: f64::from(score) / f64::from(SCORE_ONE),
            }));
        }
        found
    }
}
