//! Whether a name can be passed over unread: the proof that nothing of the delta reaches the threshold against it.

use super::acronyms::Acronyms;
use super::fragments::Fragments;
use super::kin::Kin;
use super::seams::Span;
use super::summary::{flag, Summary};
use super::words::Words;
use crate::index::Index;
use crate::normalise::{MAX_TEXT, MAX_TOKENS};
use crate::retrieve::{Score, SCORE_ONE};
use crate::similarity::ONE;

/// What the filter knows of a delta.
pub(super) struct Filter {
    pub fragments: Fragments,
    pub kin: Kin,
    pub acronyms: Acronyms,
}

impl Filter {
    pub(super) fn of(small: &Index) -> Self {
        let tables = small.tables();
        let (tokens, forms) = (small.tokens(), small.forms());
        Self {
            fragments: Fragments::of(&tables, tokens, forms),
            kin: Kin::of(&tables),
            acronyms: Acronyms::of(&tables, tokens, forms),
        }
    }

    /// Whether no name of the delta scores `tau` against `text` and no limit cuts it.
    pub(super) fn passes(&self, text: &str, tau: Score, small: &Index, words: &mut Words) -> bool {
        if text.len() > MAX_TEXT {
            return false;
        }
        words.begin(small);
        let mut so_far = SoFar::default();
        let mut start = 0;
        let spaces = text.bytes().enumerate().filter(|(_, byte)| *byte == b' ').map(|(at, _)| at);
        for end in spaces.chain([text.len()]) {
            let word = text.get(start..end).unwrap_or_default();
            start = end + 1;
            if word.is_empty() {
                continue;
            }
            let summary = words.summary(word, self, small);
            if summary.flags & flag::EMPTY == 0 && !so_far.take(summary, words, small) {
                return false;
            }
        }
        let acronym = small.weights().acronym;
        let (firsts, pieces, weight) = (so_far.firsts, so_far.pieces, so_far.weight);
        !self.acronyms.may_reach(firsts, pieces, weight, tau, acronym) && so_far.stays_below(tau, words)
    }
}

/// The words of a name up to here.
#[derive(Default)]
struct SoFar {
    gain: u64,
    weight: u64,
    lightest: Option<u32>,
    pieces: usize,
    firsts: u32,
    letters: Span,
    /// Some word is no syllable of Wade and Giles.
    plain: bool,
    first: Option<Summary>,
    /// The last word, and the one before it.
    last: Option<Summary>,
    before: Option<Summary>,
}

impl SoFar {
    /// `false` when the word must be seen with its neighbours.
    fn take(&mut self, word: Summary, words: &mut Words, small: &Index) -> bool {
        if word.flags & flag::UNKNOWN != 0 || self.first.is_some_and(|first| first.family != word.family) {
            return false;
        }
        if let Some(last) = self.last {
            let letters = last.flags & flag::LAST_LETTER != 0 && word.flags & flag::FIRST_LETTER != 0;
            let legal = last.flags & flag::OPENS != 0 && word.flags & flag::CONTINUES != 0;
            let around = self.before.filter(|_| last.flags & flag::STOP != 0);
            let three = around.is_some_and(|before| words.may_join_over(before, last, word));
            if letters || legal || three || words.are_listed(last, word, small) {
                return false;
            }
        }
        self.gain += u64::from(word.gain);
        self.weight += u64::from(word.weight);
        if word.gain > 0 {
            self.lightest = Some(self.lightest.map_or(word.lightest, |known| known.min(word.lightest)));
        }
        self.pieces += usize::from(word.pieces);
        self.firsts |= word.firsts;
        self.letters = self.letters.and(word.letters);
        self.plain |= word.flags & flag::SYLLABLES == 0;
        self.first = self.first.or(Some(word));
        self.before = self.last.replace(word);
        true
    }

    fn stays_below(&self, tau: Score, words: &Words) -> bool {
        let (Some(first), Some(last)) = (self.first, self.last) else {
            return true;
        };
        let whole = match self.before {
            None => words.alone_may_be_whole(first),
            Some(_) => words.may_be_whole(first, last, self.letters),
        };
        if whole || !self.plain || self.pieces > MAX_TOKENS {
            return false;
        }
        // A score of τ needs 2·Σ·SCORE_ONE / (ONE·both) to be τ.
        let both = self.weight + u64::from(self.lightest.unwrap_or(0));
        self.gain == 0 || self.gain * 2 * u64::from(SCORE_ONE) / u64::from(ONE) < u64::from(tau) * both
    }
}
