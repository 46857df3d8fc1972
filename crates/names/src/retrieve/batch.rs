//! Many queries over several threads: the same answers in the same order for any number of them.

use super::{Candidate, Score, Scratch, Work};
use crate::index::Index;
use crate::normalise::Analysed;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use std::thread;

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
        let threads = match threads {
            0 => thread::available_parallelism().map_or(1, usize::from),
            some => some,
        };
        let morsels: Vec<&[Analysed]> = queries.chunks(MORSEL).collect();
        let next = AtomicUsize::new(0);
        let answers: Vec<Mutex<Vec<Found>>> = morsels.iter().map(|_| Mutex::default()).collect();
        let work = || {
            let mut scratch = Scratch::new();
            while let Some((number, morsel)) = take(&next, &morsels) {
                let found = self.answer(morsel, number * MORSEL, tau, &mut scratch);
                if let Ok(mut place) = answers[number].lock() {
                    *place = found;
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads.min(morsels.len()) {
                // Where no more threads are to be had, those there are do all the work.
                if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                    break;
                }
            }
            work();
        });
        let found = answers.into_iter().flat_map(|place| place.into_inner().unwrap_or_default()).collect();
        Batch { found, queries: queries.len() }
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

fn take<'m, 'q>(next: &AtomicUsize, morsels: &'m [&'q [Analysed]]) -> Option<(usize, &'m &'q [Analysed])> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    morsels.get(number).map(|morsel| (number, morsel))
}
