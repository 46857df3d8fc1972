//! Candidates of a whole table: every name and every identifier of every row looked up, on all cores, in an index or a delta.

use crate::output::Retrieved;
use crate::parties::{Parties, PartyRow};
use names::delta::{Delta, Passing};
use names::facts::Identifier;
use names::index::Index;
use names::normalise::{analyse, Side};
use names::retrieve::{Candidate, Score, Scratch, Work, SCORE_ONE};
use names::threads::in_order;
use std::collections::BTreeMap;

/// What the names and identifiers of a row are looked up in: an index, or a few parties of one.
pub trait Listed: Sync {
    /// What a thread keeps from name to name.
    type Kept: Default;
    /// Rows a thread takes at a time.
    const MORSEL: usize;

    /// Every listed name that scores at least `tau` against the name, into `out`, which is emptied first.
    fn names(&self, name: &str, tau: Score, kept: &mut Self::Kept, out: &mut Vec<Candidate>) -> Work;

    /// Every party that bears the identifier, into `out`, which is emptied first.
    fn bearers(&self, identifier: &Identifier, out: &mut Vec<u32>);
}

impl Listed for Index {
    type Kept = Scratch;
    const MORSEL: usize = 1024;

    fn names(&self, name: &str, tau: Score, kept: &mut Scratch, out: &mut Vec<Candidate>) -> Work {
        self.retrieve(&analyse(name, Side::Query), tau, kept, out)
    }

    fn bearers(&self, identifier: &Identifier, out: &mut Vec<u32>) {
        self.equal_identifiers(identifier, out);
    }
}

impl Listed for Delta {
    type Kept = Passing;
    // Many, because each thread learns the words of the book for itself.
    const MORSEL: usize = 4096;

    fn names(&self, name: &str, tau: Score, kept: &mut Passing, out: &mut Vec<Candidate>) -> Work {
        self.retrieve_text(name, tau, kept, out)
    }

    fn bearers(&self, identifier: &Identifier, out: &mut Vec<u32>) {
        self.equal_identifiers(identifier, out);
    }
}

/// What a table's retrieval found.
#[derive(Default)]
pub struct Found {
    /// Ordered by query, then party, then name.
    pub candidates: Vec<Retrieved>,
    /// Rows whose answer may lack names.
    pub truncated: Vec<u32>,
}

/// Looks up every row; the answer does not depend on the number of threads (0 for one a core).
pub fn retrieve<L: Listed>(listed: &L, parties: &Parties<'_>, tau: Score, threads: usize) -> Found {
    let morsels: Vec<&[PartyRow<'_>]> = parties.rows.chunks(L::MORSEL).collect();
    let parts = in_order(&morsels, threads, Worker::<L>::default, |worker, at, rows| {
        worker.rows(listed, rows, (at * L::MORSEL) as u32, tau)
    });
    let mut found = Found::default();
    for part in parts {
        found.candidates.extend(part.candidates);
        found.truncated.extend(part.truncated);
    }
    found
}

/// What one thread keeps from row to row.
pub struct Worker<L: Listed> {
    kept: L::Kept,
    names: Vec<Candidate>,
    parties: Vec<u32>,
}

impl<L: Listed> Default for Worker<L> {
    fn default() -> Self {
        Self { kept: L::Kept::default(), names: Vec::new(), parties: Vec::new() }
    }
}

impl<L: Listed> Worker<L> {
    /// Looks up `rows`, of which the first is query `first`.
    pub fn rows(&mut self, listed: &L, rows: &[PartyRow<'_>], first: u32, tau: Score) -> Found {
        let mut found = Found::default();
        for (at, row) in rows.iter().enumerate() {
            let query = first + at as u32;
            // Several names of one row may find one listed name: the best score stands.
            let mut best: BTreeMap<(u32, Option<u32>), Score> = BTreeMap::new();
            let mut truncated = false;
            for (name, _) in &row.names {
                truncated |= listed.names(name, tau, &mut self.kept, &mut self.names).truncated;
                for one in &self.names {
                    let score = best.entry((one.party, Some(one.name))).or_default();
                    *score = one.score.max(*score);
                }
            }
            for identifier in &row.facts.identifiers {
                listed.bearers(identifier, &mut self.parties);
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
