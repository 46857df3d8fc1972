//! Candidates of a whole table: every name of every row analysed and looked up, every identifier too, on all cores.

use crate::output::Retrieved;
use crate::parties::{Parties, PartyRow};
use names::index::Index;
use names::normalise::{analyse, Side};
use names::retrieve::{Candidate, Score, Scratch, SCORE_ONE};
use names::threads::in_order;
use std::collections::BTreeMap;

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
pub fn retrieve(index: &Index, parties: &Parties<'_>, tau: Score, threads: usize) -> Found {
    let morsels: Vec<&[PartyRow<'_>]> = parties.rows.chunks(MORSEL).collect();
    let parts = in_order(&morsels, threads, Worker::default, |worker, at, rows| {
        worker.rows(index, rows, (at * MORSEL) as u32, tau)
    });
    let mut found = Found::default();
    for part in parts {
        found.candidates.extend(part.candidates);
        found.truncated.extend(part.truncated);
    }
    found
}

/// What one thread keeps from row to row.
#[derive(Default)]
pub struct Worker {
    scratch: Scratch,
    names: Vec<Candidate>,
    parties: Vec<u32>,
}

impl Worker {
    /// Looks up `rows`, of which the first is query `first`.
    pub fn rows(&mut self, index: &Index, rows: &[PartyRow<'_>], first: u32, tau: Score) -> Found {
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
