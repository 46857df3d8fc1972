//! Whether a name can be passed over unread: the proof that nothing of the delta reaches the threshold against it.

use super::acronyms::Acronyms;
use super::by_form::asked;
use super::fragments::Fragments;
use super::kin::Kin;
use super::seams::Span;
use super::summary::{flag, Summary};
use super::words::Words;
use crate::index::Index;
use crate::normalise::{MAX_TEXT, MAX_TOKENS};
use crate::retrieve::Score;

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
        words.begin(small, tau);
        let mut so_far = SoFar::default();
        for word in cut(text) {
            let summary = words.summary(word, self, small);
            if summary.flags & flag::EMPTY == 0 && !so_far.take(summary, words, small) {
                return false;
            }
        }
        let acronym = small.weights().acronym;
        let (firsts, pieces, weight) = (so_far.firsts, so_far.pieces, so_far.weight);
        if self.acronyms.may_reach(firsts, pieces, weight, tau, acronym) || so_far.may_be_whole_or_cut(words) {
            return false;
        }
        let below = so_far.gain == 0 || so_far.excess < asked(so_far.lightest.unwrap_or(0), tau);
        below || self.reaches_no_form(text, small, words)
    }

    /// The same by each form alone, which takes longer.
    fn reaches_no_form(&self, text: &str, small: &Index, words: &mut Words) -> bool {
        let each: Vec<Summary> = cut(text).map(|word| words.summary(word, self, small)).collect();
        !words.may_reach(&each, small)
    }
}

/// The words of a text, cut at its spaces.
fn cut(text: &str) -> impl Iterator<Item = &str> {
    let spaces = text.bytes().enumerate().filter(|(_, byte)| *byte == b' ').map(|(at, _)| at);
    let mut start = 0;
    let word = move |end: usize| {
        let word = text.get(start..end).unwrap_or_default();
        start = end + 1;
        word
    };
    spaces.chain([text.len()]).map(word).filter(|word| !word.is_empty())
}

/// The words of a name up to here.
#[derive(Default)]
struct SoFar {
    /// What all words gain above what their weight asks for, each in the reading in which that is most.
    excess: i64,
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
        self.excess += word.excess;
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

    /// Whether the name may be a listed whole, be of Wade and Giles's syllables alone, or have too many tokens.
    fn may_be_whole_or_cut(&self, words: &Words) -> bool {
        let (Some(first), Some(last)) = (self.first, self.last) else {
            return false;
        };
        let whole = match self.before {
            None => words.alone_may_be_whole(first),
            Some(_) => words.may_be_whole(first, last, self.letters),
        };
        whole || !self.plain || self.pieces > MAX_TOKENS
    }
}
