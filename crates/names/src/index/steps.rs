//! Which forms are too light or too heavy: forms are numbered by weight, so the answer is a range of ids.

use std::ops::Range;

/// For each step of weight how many forms lie below it; rounded so that a range never lacks a form.
#[derive(Debug)]
pub(crate) struct Steps {
    below: Vec<u32>,
}

/// Weights in one step, as a power of two: an eighth of a bit.
const STEP: u32 = 5;

impl Steps {
    /// The steps of forms whose weights rise.
    pub(crate) fn of(weights: impl ExactSizeIterator<Item = u32>) -> Self {
        let count = weights.len() as u32;
        let mut below = vec![0];
        for (form, weight) in weights.enumerate() {
            let step = (weight >> STEP) as usize;
            if step >= below.len() {
                below.resize(step + 1, form as u32);
            }
        }
        below.push(count);
        Self { below }
    }

    /// Ids among which all forms are that weigh at least `least` and at most `most`.
    #[inline]
    pub(crate) fn between(&self, least: u64, most: u64) -> Range<u32> {
        self.at(least >> STEP)..self.at((most >> STEP) + 1)
    }

    fn at(&self, step: u64) -> u32 {
        let step = usize::try_from(step).unwrap_or(usize::MAX).min(self.below.len() - 1);
        self.below[step]
    }
}
