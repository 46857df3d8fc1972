//! What words can do for each form of the delta by itself, where the forms are few.

use crate::retrieve::{Score, SCORE_ONE};
use crate::similarity::ONE;

/// The most forms that are told apart.
const MOST_FORMS: u32 = 128;
/// The most words for which they are.
const MOST_WORDS: usize = 16_384;

/// What a score of τ asks of a weight, in the measure of [`excess`].
pub(super) fn asked(weight: u32, tau: Score) -> i64 {
    i64::from(ONE) * i64::from(tau) * i64::from(weight)
}

/// What a reading gains above what its weight asks for. A form is reached only where the sum over the words is at least
/// what its own weight asks for: 2·Σ·`SCORE_ONE` ≥ `ONE`·τ·(W + W′).
pub(super) fn excess(gain: u32, weight: u32, tau: Score) -> i64 {
    2 * i64::from(SCORE_ONE) * i64::from(gain) - asked(weight, tau)
}

/// What pieces gain with each form, and what words exceed with each.
#[derive(Default)]
pub(super) struct ByForm {
    forms: usize,
    pieces: Vec<Box<[(u32, u32)]>>,
    words: Vec<Box<[i64]>>,
    gains: Vec<u32>,
    best: Vec<i64>,
}

impl ByForm {
    /// To be called for another delta or threshold.
    pub fn begin(&mut self, forms: u32) {
        self.forms = if forms <= MOST_FORMS { forms as usize } else { 0 };
        self.pieces.clear();
        self.words.clear();
    }

    /// Remembers what a piece gains with forms, which may be named twice; its place.
    pub fn piece(&mut self, mut gains: Vec<(u32, u32)>) -> Option<u32> {
        if self.forms == 0 || gains.is_empty() {
            return None;
        }
        gains.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1)));
        gains.dedup_by_key(|one| one.0);
        self.pieces.push(gains.into());
        Some(self.pieces.len() as u32 - 1)
    }

    /// Before the readings of a word.
    pub fn word(&mut self) {
        self.best.clear();
        self.best.resize(self.forms, i64::MIN);
    }

    /// A reading of the word: its pieces by their places and by what each gains with any form whatever, and its weight.
    pub fn reading(&mut self, pieces: impl Iterator<Item = (Option<u32>, u32)>, weight: u32, tau: Score) {
        self.gains.clear();
        self.gains.resize(self.forms, 0);
        let mut everywhere = 0_u32;
        for (piece, anywhere) in pieces {
            everywhere = everywhere.saturating_add(anywhere);
            for (form, gain) in piece.and_then(|at| self.pieces.get(at as usize)).into_iter().flatten() {
                if let Some(sum) = self.gains.get_mut(*form as usize) {
                    *sum = sum.saturating_add(*gain);
                }
            }
        }
        for (best, gain) in self.best.iter_mut().zip(&self.gains) {
            *best = (*best).max(excess(gain.saturating_add(everywhere), weight, tau));
        }
    }

    /// Behind the readings of a word: where what it exceeds is remembered.
    pub fn close(&mut self) -> Option<u32> {
        if self.forms == 0 || self.words.len() >= MOST_WORDS {
            return None;
        }
        self.words.push(self.best.as_slice().into());
        Some(self.words.len() as u32 - 1)
    }

    /// Whether words may reach a form: what those exceed that are remembered here, and what the others do with any.
    pub fn may_reach(&mut self, words: impl Iterator<Item = Result<u32, i64>>, asked: impl Fn(u32) -> i64) -> bool {
        if self.forms == 0 {
            return true;
        }
        self.best.clear();
        self.best.resize(self.forms, 0);
        for word in words {
            match word.map(|at| self.words.get(at as usize)) {
                Ok(Some(word)) => self.best.iter_mut().zip(word).for_each(|(sum, one)| *sum += one),
                Ok(None) => return true,
                Err(one) => self.best.iter_mut().for_each(|sum| *sum += one),
            }
        }
        self.best.iter().zip(0..).any(|(sum, form)| *sum >= asked(form))
    }
}
