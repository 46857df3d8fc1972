//! Many queries over several threads: the same answers in the same order for any number of them.

use super::{Candidate, Score, Scratch, Work};
use crate::index::Index;
use crate::normalise::Analysed;
use crate::threads::in_order;

/// The answer to one query of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The query's place in the batch.
    pub query: u32,
    /// Best first.
    pub candidates: Vec<Candidate>,
    /// What it cost; asks for attention when truncated.
    pub work: Work,
}

/// The answers to a batch: queries with at least one candidate or a truncated answer, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// One for each query that has something to say.
    pub found: Vec<Found>,
    /// Queries answered, with or without candidates.
    pub queries: usize,
}

/// Queries a thread takes at a time.
const MORSEL: usize = 1024;

impl Index {
    /// Answers every query as [`Index::retrieve`] does; `threads` 0 means one for each core.
    pub fn retrieve_batch(&self, queries: &[Analysed], tau: Score, threads: usize) -> Batch {
        let morsels: Vec<&[Analysed]> = queries.chunks(MORSEL).collect();
        let found = in_order(&morsels, threads, Scratch::new, |scratch, number, morsel| {
            self.answer(morsel, number * MORSEL, tau, scratch)
        });
        Batch { found: found.into_iter().flatten().collect(), queries: queries.len() }
    }

    fn answer(&self, morsel: &[Analysed], first: usize, tau: Score, scratch: &mut Scratch) -> Vec<Found> {
        let mut all = Vec::new();
        let mut candidates = Vec::new();
        for (at, query) in morsel.iter().enumerate() {
            let work = self.retrieve(query, tau, scratch, &mut candidates);
            if work.truncated || !candidates.is_empty() {
                let query = (first + at) as u32;
                all.push(Found { query, candidates: std::mem::take(&mut candidates), work });
            }
        }
        all
    }
}
