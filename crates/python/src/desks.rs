//! Desks kept between small screenings: whoever asks about one party at a time learns every listed name only once.

use crate::retrieval::Worker;
use names::index::Index;
use names::judge::book::Bench;
use names::weights::Weights;
use std::sync::{Arc, Mutex, PoisonError};

/// Desks kept for the next caller; each remembers a bounded number of words and listed names.
const KEPT: usize = 2;

/// What one thread needs to screen, with all that it has learnt; of one set of weights.
pub struct Desk {
    weights: Arc<Weights>,
    pub worker: Worker<Index>,
    pub bench: Bench,
}

impl Desk {
    /// One that knows nothing yet.
    pub fn new(weights: &Arc<Weights>) -> Self {
        Self { weights: Arc::clone(weights), worker: Worker::default(), bench: Bench::default() }
    }
}

/// The desks of an index that nobody sits at.
#[derive(Default)]
pub struct Desks(Mutex<Vec<Desk>>);

impl Desks {
    /// A desk for these weights: one that was left, or a new one.
    pub fn take(&self, weights: &Arc<Weights>) -> Desk {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What was learnt under other weights is of no use any more.
        left.retain(|desk| Arc::ptr_eq(&desk.weights, weights));
        left.pop().unwrap_or_else(|| Desk::new(weights))
    }

    /// Leaves a desk to the next caller. One at which something panicked is not to come back.
    pub fn give(&self, desk: Desk) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if left.len() < KEPT {
            left.push(desk);
        }
    }
}
