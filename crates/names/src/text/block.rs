//! One stretch of a text: what its tokens are similar to, and which listed forms it may hold.

use super::generators::{letter_bit, Generators};
use super::known::{Known, Mark};
use super::windows::Place;
use super::{choose::Found, MAX_WHOLE, MAX_WINDOW};
use crate::index::hashing::{self, Role};
use crate::index::tables::Tables;
use crate::index::Index;
use crate::normalise::{Sequence, TokenClass};
use crate::retrieve::{Score, Work, SCORE_ONE};
use crate::similarity::ONE;

/// The part of one sequence that belongs to a block.
#[derive(Default)]
pub(super) struct Stretch {
    /// Windows begin from here
    pub from: usize,
    /// up to here,
    pub to: usize,
    /// and end before here.
    pub end: usize,
    /// Runs of two or three tokens that are like some listed word, by first token and length.
    pub runs: Vec<(usize, usize)>,
    /// Tokens that are initials, or that may be several listed ones: places at which more is to be compared.
    pub special: Vec<usize>,
    /// From `from` on the first letter of each word, 0 for what is none.
    pub firsts: Vec<u8>,
}

/// The buffers live on from block to block.
#[derive(Default)]
pub(super) struct Block {
    /// One for each sequence.
    pub stretches: Vec<Stretch>,
    /// The listed forms of which some window may reach τ.
    pub forms: Vec<u32>,
    /// For each listed token the most that a pair with it can be worth, 0 where nothing is like it.
    best: Vec<u32>,
    marked: Vec<u32>,
    /// For each listed form and each known word the last block that met it.
    met_forms: Vec<u32>,
    met_words: Vec<u32>,
    number: u32,
    joined: Vec<u32>,
    initials: Letters,
    words: Letters,
    /// The distinct words.
    distinct: Vec<u32>,
    /// For each listed token that some form of `forms` has, the words that are like it by themselves, in order.
    pub likes: Vec<Likeness>,
}

/// A word of the block that is like a listed token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    pub id: u32,
    pub word: u32,
    pub value: u32,
}

/// A set of letters.
struct Letters([bool; 256]);

impl Default for Letters {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl Letters {
    fn all(&self) -> impl Iterator<Item = u8> + '_ {
        (0..=255u8).filter(|letter| self.0[usize::from(*letter)])
    }
}

impl Block {
    /// Takes what begins between two places of the text, and what the windows that begin there may reach.
    pub(super) fn begin(&mut self, index: &Index, start: u32, end: u32, sequences: &[Sequence], rows: &[Vec<u32>]) {
        if self.number == u32::MAX || self.best.len() != index.tokens() as usize {
            *self = Self::default();
            self.best.resize(index.tokens() as usize, 0);
        }
        self.number += 1;
        self.met_forms.resize(index.forms() as usize, 0);
        self.forms.clear();
        self.joined.clear();
        self.distinct.clear();
        self.initials = Letters::default();
        self.words = Letters::default();
        self.stretches.resize_with(sequences.len(), Stretch::default);
        for (number, (sequence, stretch)) in sequences.iter().zip(&mut self.stretches).enumerate() {
            let at = |place: u32| sequence.tokens.partition_point(|placed| placed.start < place);
            stretch.from = at(start);
            stretch.to = if end == u32::MAX { sequence.tokens.len() } else { at(end) };
            stretch.end = (stretch.to + MAX_WINDOW - 1).min(rows[number].len());
            stretch.runs.clear();
            stretch.special.clear();
            stretch.firsts.clear();
            let fresh = |tokens: &[crate::normalise::Placed]| tokens.iter().any(|placed| placed.fresh);
            if stretch.from == stretch.to || (number > 0 && !fresh(&sequence.tokens[stretch.from..stretch.end])) {
                (stretch.to, stretch.end) = (stretch.from, stretch.from);
            }
        }
    }

    /// Finds the forms that touch a generator and may reach τ.
    pub(super) fn touch(
        &mut self,
        index: &Index,
        tables: &Tables<'_>,
        generators: &Generators,
        known: &mut Known,
        rows: &[Vec<u32>],
        work: &mut Work,
    ) {
        for (number, row) in rows.iter().enumerate().take(self.stretches.len()) {
            let Stretch { from, end, .. } = self.stretches[number];
            let row = &row[from..end];
            for (at, word) in row.iter().enumerate() {
                self.mark_word(*word, known);
                let word = known.word(*word);
                self.stretches[number].firsts.push(word.first().unwrap_or(0));
                if word.is_joined() || word.initial().is_some() {
                    self.stretches[number].special.push(from + at);
                }
            }
            for start in 0..row.len() {
                for length in 2..=3 {
                    let Some(run) = row.get(start..start + length) else {
                        continue;
                    };
                    if length == 3 && known.word(run[1]).token.class != TokenClass::Stop {
                        continue;
                    }
                    let marks = known.run(run, index, tables);
                    if !marks.is_empty() {
                        mark(&mut self.best, &mut self.marked, marks);
                        self.stretches[number].runs.push((from + start, length));
                    }
                }
            }
        }
        let loose = u32::from(index.weights().initial) * u32::from(index.weights().initial_letter);
        let bits = |letters: &Letters, word: bool| {
            letters.all().fold(0u128, |set, letter| set | 1 << letter_bit(letter, word))
        };
        let present = bits(&self.initials, false) | bits(&self.words, true);
        let Self { best, marked, met_forms, number, joined, forms, initials, words, distinct, likes, .. } = self;
        let mut look = |form: u32, work: &mut Work| {
            work.postings += 1;
            if std::mem::replace(&mut met_forms[form as usize], *number) != *number {
                let ids = tables.tokens_of(form);
                let worth = |id: &u32| {
                    let known = best[*id as usize];
                    u64::from(if known < loose && generators.letter(*id) & present != 0 { loose } else { known })
                };
                let sum: u64 = ids.iter().map(worth).sum();
                if sum >= u64::from(generators.needed(form)) {
                    forms.push(form);
                }
            }
        };
        for id in &*marked {
            let worth = best[*id as usize].max(loose);
            for lead in generators.of_token(*id).iter().filter(|lead| lead.least <= worth) {
                look(lead.form, work);
            }
        }
        let by_initial = initials.all().flat_map(|letter| generators.of_initial(letter));
        let by_word = words.all().flat_map(|letter| generators.of_word(letter));
        for form in joined.iter().chain(by_initial).chain(by_word) {
            look(*form, work);
        }
        for id in marked.drain(..) {
            best[id as usize] = 0;
        }
        // From here on `best` says which listed tokens are of interest.
        for id in forms.iter().flat_map(|form| tables.tokens_of(*form)) {
            if std::mem::replace(&mut best[*id as usize], 1) == 0 {
                marked.push(*id);
            }
        }
        likes.clear();
        for word in &*distinct {
            let marks = known.marks(known.word(*word)).iter();
            let wanted = marks.filter(|mark| best[mark.id as usize] > 0 && !mark.part);
            likes.extend(wanted.map(|mark| Likeness { id: mark.id, word: *word, value: mark.value }));
        }
        likes.sort_unstable();
        for id in marked.drain(..) {
            best[id as usize] = 0;
        }
    }

    fn mark_word(&mut self, number: u32, known: &Known) {
        let at = number as usize;
        if self.met_words.len() <= at {
            self.met_words.resize(at + 1, 0);
        }
        if std::mem::replace(&mut self.met_words[at], self.number) == self.number {
            return;
        }
        self.distinct.push(number);
        let word = known.word(number);
        mark(&mut self.best, &mut self.marked, known.marks(word));
        self.joined.extend_from_slice(known.joined(word));
        if let Some(letter) = word.initial() {
            self.initials.0[usize::from(letter)] = true;
        }
        if let Some(letter) = word.first() {
            self.words.0[usize::from(letter)] = true;
        }
    }

    /// Windows whose text run together is the whole of a listed form: nearly, for one token.
    pub(super) fn wholes(&self, place: &Place<'_>, sequences: &[Sequence], rows: &[Vec<u32>], found: &mut Vec<Found>) {
        let Place { index, tables, tau, known, .. } = *place;
        let equal = Score::from(index.weights().whole) * (SCORE_ONE / Score::from(ONE));
        let mut whole = String::new();
        for (number, stretch) in self.stretches.iter().enumerate() {
            let tokens = &sequences[number].tokens;
            for at in stretch.from..stretch.to {
                let mut push = |form: u32, score: Score, length: usize| {
                    let window = &tokens[at..at + length];
                    if score >= tau && (number == 0 || window.iter().any(|placed| placed.fresh)) {
                        let name = tables.form_name[form as usize];
                        let (start, end) = (tokens[at].start, tokens[at + length - 1].end);
                        found.push(Found { name, score, tokens: length as u32, start, end });
                    }
                };
                let word = known.word(rows[number][at]);
                known.wholes(word).iter().for_each(|(form, score)| push(*form, *score, 1));
                whole.clear();
                whole.push_str(&word.token.text);
                for length in 2..=MAX_WHOLE.min(stretch.end - at) {
                    whole.push_str(&known.word(rows[number][at + length - 1]).token.text);
                    let text = whole.as_bytes();
                    for form in tables.whole_keys.find(hashing::text(Role::Text, text)) {
                        if !text.is_empty() && tables.whole_of(form) == text {
                            push(form, equal, length);
                        }
                    }
                }
            }
        }
    }
}

fn mark(best: &mut [u32], marked: &mut Vec<u32>, marks: &[Mark]) {
    for mark in marks {
        let known = &mut best[mark.id as usize];
        if *known == 0 {
            marked.push(mark.id);
        }
        *known = mark.value.max(*known);
    }
}
