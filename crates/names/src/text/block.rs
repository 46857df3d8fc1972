//! One stretch of a text: what its tokens are similar to, and which listed forms it may hold.

use super::generators::{letter_bit, loose, Generators, Lead};
use super::known::{Join, Known, Mark};
use super::windows::Place;
use super::{choose::Found, MAX_WHOLE, MAX_WINDOW};
use crate::index::hashing::{self, Role};
use crate::index::tables::{Tables, NO_TOKEN};
use crate::index::Index;
use crate::normalise::{Sequence, TokenClass};
use crate::retrieve::{Score, Work, SCORE_ONE};
use crate::similarity::ONE;
use std::ops::Range;

/// The part of one sequence that belongs to a block.
#[derive(Default)]
pub(super) struct Stretch {
    /// Windows begin from here
    pub from: usize,
    /// up to here,
    pub to: usize,
    /// and end before here.
    pub end: usize,
    /// Runs of two or three tokens that are like some listed word: the first token, the length, their marks.
    runs: Vec<(usize, usize, Range<u32>)>,
    /// Places of initials.
    pub initials: Vec<usize>,
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
    /// For each listed token the most that a pair with it can gain, 0 where nothing is like it; and for none.
    best: Vec<u32>,
    marked: Vec<u32>,
    /// For each listed form the last block that met it.
    met_forms: Vec<u32>,
    /// For each known word the last block that met it, and its place in `distinct`.
    met_words: Vec<(u32, u32)>,
    number: u32,
    initials: Letters,
    words: Letters,
    /// The distinct words, and which of `wanted` are theirs.
    distinct: Vec<(u32, Range<u32>)>,
    wanted: Vec<Mark>,
    /// What in the block is like a listed token that some form of `forms` has, in order.
    pub likes: Vec<Like>,
    /// Words of the block that may be adjacent tokens which `forms` have: sequence, place, tokens.
    pub joined: Vec<(u32, u32, Join)>,
}

/// A token or a run of the block that is like a listed token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Like {
    pub id: u32,
    pub sequence: u32,
    pub at: u32,
    pub length: u32,
    /// What the pair is worth.
    pub value: u32,
    /// What it costs the text.
    pub cost: u32,
}

/// What forms are looked for in.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub index: &'a Index,
    pub tables: &'a Tables<'a>,
    pub generators: &'a Generators,
    pub tau: Score,
}

/// A set of letters.
struct Letters([bool; 256]);

impl Default for Letters {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl Letters {
    fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    fn all(&self) -> impl Iterator<Item = u8> + '_ {
        (0..=255u8).filter(|letter| self.0[usize::from(*letter)])
    }
}

impl Block {
    /// Takes what begins between two places of the text, and what the windows that begin there may reach.
    pub(super) fn begin(&mut self, index: &Index, start: u32, end: u32, sequences: &[Sequence], rows: &[Vec<u32>]) {
        let places = index.tokens() as usize + 1;
        if self.number == u32::MAX || self.best.len() != places {
            *self = Self::default();
            self.best.resize(places, 0);
        }
        self.number += 1;
        self.met_forms.resize(index.forms() as usize, 0);
        self.forms.clear();
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
            stretch.initials.clear();
            stretch.firsts.clear();
            let fresh = |tokens: &[crate::normalise::Placed]| tokens.iter().any(|placed| placed.fresh);
            if stretch.from == stretch.to || (number > 0 && !fresh(&sequence.tokens[stretch.from..stretch.end])) {
                (stretch.to, stretch.end) = (stretch.from, stretch.from);
            }
        }
    }

    /// Finds the forms that touch a generator and may reach τ.
    pub(super) fn touch(&mut self, around: &Around<'_>, known: &mut Known, rows: &[Vec<u32>], work: &mut Work) {
        let Around { index, tables, generators, tau } = *around;
        for (number, row) in rows.iter().enumerate().take(self.stretches.len()) {
            let Stretch { from, end, .. } = self.stretches[number];
            let row = &row[from..end];
            for (at, word) in row.iter().enumerate() {
                self.mark_word(*word, known);
                let word = known.word(*word);
                let stretch = &mut self.stretches[number];
                stretch.firsts.push(word.first().unwrap_or(0));
                if word.initial().is_some() {
                    stretch.initials.push(from + at);
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
                        for mark in known.marks_in(&marks) {
                            let gain = mark.gain(tau);
                            if gain > 0 {
                                self.mark(mark.id, gain);
                            }
                        }
                        self.stretches[number].runs.push((from + start, length, marks));
                    }
                }
            }
        }
        let loose = loose(index.weights(), tau);
        let bits = |letters: &Letters, word: bool| {
            letters.all().fold(0u128, |set, letter| set | 1 << letter_bit(letter, word))
        };
        let present = bits(&self.initials, false) | bits(&self.words, true);
        let Self { best, marked, met_forms, number, forms, initials, words, .. } = self;
        let mut look = |form: u32| {
            if std::mem::replace(&mut met_forms[form as usize], *number) != *number {
                let worth = |id: &u32| {
                    let known = best[*id as usize];
                    u64::from(if known < loose && generators.letter(*id) & present != 0 { loose } else { known })
                };
                let sum: u64 = tables.tokens_of(form).iter().map(worth).sum();
                if sum >= u64::from(tau) * u64::from(tables.form_weight(form)) {
                    forms.push(form);
                }
            }
        };
        let by_letter = if initials.is_empty() { 0 } else { loose };
        let suffices = |lead: &Lead, gained: u32| {
            let [one, other] = lead.partners.map(|id| u64::from(best[id as usize].max(by_letter)));
            u64::from(gained) + one + other >= u64::from(lead.together)
        };
        for id in &*marked {
            let gained = best[*id as usize].max(loose);
            for lead in generators.of_token(*id, gained) {
                work.postings += 1;
                if suffices(lead, gained) {
                    look(lead.form);
                }
            }
        }
        let by_initial = initials.all().flat_map(|letter| generators.of_initial(letter));
        let by_word = words.all().flat_map(|letter| generators.of_word(letter));
        for lead in by_initial.chain(by_word) {
            work.postings += 1;
            if suffices(lead, loose) {
                look(lead.form);
            }
        }
        for id in marked.drain(..) {
            best[id as usize] = 0;
        }
        self.find_likes(tables, known, rows);
    }

    /// What in the block is like a token of the forms: by itself, or as a run.
    fn find_likes(&mut self, tables: &Tables<'_>, known: &Known, rows: &[Vec<u32>]) {
        self.likes.clear();
        self.joined.clear();
        if self.forms.is_empty() {
            return;
        }
        let Self { stretches, forms, best, marked, met_words, distinct, wanted, likes, joined, .. } = self;
        for id in forms.iter().flat_map(|form| tables.tokens_of(*form)) {
            if std::mem::replace(&mut best[*id as usize], 1) == 0 {
                marked.push(*id);
            }
        }
        wanted.clear();
        for (word, range) in &mut *distinct {
            let start = wanted.len() as u32;
            let marks = known.marks(known.word(*word)).iter();
            wanted.extend(marks.filter(|mark| best[mark.id as usize] > 0 && !mark.part));
            *range = start..wanted.len() as u32;
        }
        for (sequence, stretch) in stretches.iter().enumerate() {
            let mut push = |at: usize, length: usize, mark: &Mark| {
                let Mark { id, value, cost, .. } = *mark;
                let (sequence, at, length) = (sequence as u32, at as u32, length as u32);
                likes.push(Like { id, sequence, at, length, value, cost });
            };
            for at in stretch.from..stretch.end {
                let (_, number) = met_words[rows[sequence][at] as usize];
                let (_, range) = &distinct[number as usize];
                wanted[range.start as usize..range.end as usize].iter().for_each(|mark| push(at, 1, mark));
                for join in known.joins(known.word(rows[sequence][at])) {
                    if join.parts.iter().all(|part| *part == NO_TOKEN || best[*part as usize] > 0) {
                        joined.push((sequence as u32, at as u32, *join));
                    }
                }
            }
            for (at, length, marks) in &stretch.runs {
                let marks = known.marks_in(marks).iter().filter(|mark| best[mark.id as usize] > 0);
                marks.for_each(|mark| push(*at, *length, mark));
            }
        }
        likes.sort_unstable();
        for id in marked.drain(..) {
            best[id as usize] = 0;
        }
    }

    fn mark_word(&mut self, number: u32, known: &Known) {
        let at = number as usize;
        if self.met_words.len() <= at {
            self.met_words.resize(at + 1, (0, 0));
        }
        if self.met_words[at].0 == self.number {
            return;
        }
        self.met_words[at] = (self.number, self.distinct.len() as u32);
        self.distinct.push((number, 0..0));
        let word = known.word(number);
        for (id, gain) in known.gains(word) {
            self.mark(*id, *gain);
        }
        if let Some(letter) = word.initial() {
            self.initials.0[usize::from(letter)] = true;
        }
        if let Some(letter) = word.first() {
            self.words.0[usize::from(letter)] = true;
        }
    }

    #[inline]
    fn mark(&mut self, id: u32, gain: u32) {
        let known = &mut self.best[id as usize];
        if *known == 0 {
            self.marked.push(id);
        }
        *known = gain.max(*known);
    }

    /// Windows whose text run together is the whole of a listed form: nearly, for one token.
    pub(super) fn wholes(&self, place: &Place<'_>, sequences: &[Sequence], rows: &[Vec<u32>], found: &mut Vec<Found>) {
        let Place { index, tables, tau, known, .. } = *place;
        let equal = Score::from(index.weights().whole) * (SCORE_ONE / Score::from(ONE));
        let (mut run, mut ends) = (Vec::new(), Vec::new());
        for (number, stretch) in self.stretches.iter().enumerate() {
            let tokens = &sequences[number].tokens;
            run.clear();
            ends.clear();
            for word in &rows[number][stretch.from..stretch.end] {
                run.extend_from_slice(known.word(*word).token.text.as_bytes());
                ends.push(run.len());
            }
            let mut start = 0;
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
                for length in 2..=MAX_WHOLE.min(stretch.end - at) {
                    let text = &run[start..ends[at - stretch.from + length - 1]];
                    let hash = hashing::text(Role::Text, text);
                    if text.is_empty() || !tables.whole_sieve.passes(hash) {
                        continue;
                    }
                    for form in tables.whole_keys.find(hash).filter(|form| tables.whole_of(*form) == text) {
                        push(form, equal, length);
                    }
                }
                start = ends[at - stretch.from];
            }
        }
    }
}
