//! One stretch of a text: what its tokens are similar to, and which listed forms it may hold.

use super::generators::{letter_bit, loose, Generators, Lead};
use super::known::{Join, Known, Mark};
use super::sieves::Sieves;
use super::MAX_WINDOW;
use crate::index::tables::Tables;
use crate::index::Index;
use crate::normalise::{Placed, Sequence, TokenClass};
use crate::retrieve::{Score, Work};
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
    pub runs: Vec<(usize, usize, Range<u32>)>,
    /// From `from` on whether a run that is like something begins here: bit 2 of two tokens, bit 3 of three.
    begins_run: Vec<u8>,
    /// Places of initials.
    pub initials: Vec<usize>,
    /// From `from` on the first letter of each word, 0 for what is none.
    pub firsts: Vec<Option<u8>>,
}

/// The buffers live on from block to block.
#[derive(Default)]
pub(super) struct Block {
    /// One for each sequence.
    pub stretches: Vec<Stretch>,
    /// The listed forms of which some window may reach τ.
    pub forms: Vec<u32>,
    /// For each of them the sequences in which its windows may count, see [`super::likes`].
    pub speaking: Vec<Sequences>,
    /// For each listed token the most that a pair with it can gain, 0 where nothing is like it; and for none.
    pub(super) best: Vec<u32>,
    pub(super) marked: Vec<u32>,
    /// Those of `marked` that lead to a form by themselves, and for each listed token the last block in which it did.
    leading: Vec<u32>,
    led: Vec<u32>,
    /// For each listed form the last block that met it.
    met_forms: Vec<u32>,
    /// For each known word the last block that met it, and its place in `distinct`.
    pub(super) met_words: Vec<(u32, u32)>,
    number: u32,
    initials: Letters,
    words: Letters,
    /// The tokens of the first sequence are numbered from 0 on without a gap.
    counted: bool,
    /// The distinct words, and which of `wanted` are theirs.
    pub(super) distinct: Vec<(u32, Range<u32>)>,
    pub(super) wanted: Vec<Mark>,
    /// For each listed token the last sequence of a block that asked for it, as `asks` counts them.
    pub(super) asked: Vec<u32>,
    pub(super) asks: u32,
    /// What in the block is like a listed token that some form of `forms` has, in order.
    pub likes: Vec<Like>,
    /// Words of the block that may be adjacent tokens which `forms` have: sequence, place, tokens.
    pub joined: Vec<(u32, u32, Join)>,
}

/// Sequences of a text as bits; those beyond the last share it.
pub(super) type Sequences = u32;

/// The bit of a sequence.
pub(super) fn bit_of(sequence: usize) -> Sequences {
    1 << sequence.min(Sequences::BITS as usize - 1)
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
    pub sieves: &'a Sieves,
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
            self.asked.resize(places, 0);
            self.led.resize(places, 0);
        }
        self.number += 1;
        self.met_forms.resize(index.forms() as usize, 0);
        self.forms.clear();
        self.distinct.clear();
        self.initials = Letters::default();
        self.words = Letters::default();
        let first = sequences.first().map_or(&[][..], |first| &first.tokens);
        self.counted = first.iter().zip(0..).all(|(placed, number)| placed.token == number);
        // Those of an earlier text that had more sequences stay for their buffers.
        self.stretches.resize_with(self.stretches.len().max(sequences.len()), Stretch::default);
        for stretch in self.stretches.iter_mut().skip(sequences.len()) {
            (stretch.from, stretch.to, stretch.end) = (0, 0, 0);
            stretch.initials.clear();
            stretch.firsts.clear();
        }
        for (number, (sequence, stretch)) in sequences.iter().zip(&mut self.stretches).enumerate() {
            let at = |place: u32| sequence.tokens.partition_point(|placed| placed.start < place);
            stretch.from = at(start);
            stretch.to = if end == u32::MAX { sequence.tokens.len() } else { at(end) };
            stretch.end = (stretch.to + MAX_WINDOW - 1).min(rows[number].len());
            stretch.runs.clear();
            stretch.begins_run.clear();
            stretch.initials.clear();
            stretch.firsts.clear();
            let fresh = |tokens: &[Placed]| tokens.iter().any(|placed| placed.fresh);
            if stretch.from == stretch.to || (number > 0 && !fresh(&sequence.tokens[stretch.from..stretch.end])) {
                (stretch.to, stretch.end) = (stretch.from, stretch.from);
            }
        }
    }

    /// Finds the forms that touch a generator and may reach τ.
    pub(super) fn touch(
        &mut self,
        around: &Around<'_>,
        known: &mut Known,
        sequences: &[Sequence],
        rows: &[Vec<u32>],
        work: &mut Work,
    ) {
        let Around { index, tables, generators, tau, .. } = *around;
        for (number, sequence) in sequences.iter().enumerate() {
            let Stretch { from, end, .. } = self.stretches[number];
            for (at, word) in rows[number].iter().enumerate().take(end).skip(from) {
                self.mark_word(*word, known);
                let word = known.word(*word);
                let stretch = &mut self.stretches[number];
                stretch.firsts.push(word.first());
                if word.initial().is_some() {
                    stretch.initials.push(at);
                }
            }
            self.take_runs(around, known, number, &sequence.tokens, &rows[number]);
        }
        let loose = loose(index.weights(), tau);
        let bits = |letters: &Letters, word: bool| {
            letters.all().fold(0u128, |set, letter| set | 1 << letter_bit(letter, word))
        };
        let present = bits(&self.initials, false) | bits(&self.words, true);
        let Self { best, marked, leading, met_forms, number, forms, initials, words, .. } = self;
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
        for id in leading.drain(..) {
            let gained = best[id as usize].max(loose);
            for lead in generators.of_token(id, gained) {
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
        self.find_likes(around, known, sequences, rows);
    }

    /// Finds the runs of a stretch that are like something. What is a run of the first sequence too was found there.
    fn take_runs(&mut self, around: &Around<'_>, known: &mut Known, number: usize, tokens: &[Placed], row: &[u32]) {
        let Stretch { from, end, .. } = self.stretches[number];
        for start in from..end {
            let mut begins = 0;
            for length in 2..=3.min(end - start) {
                let run = &row[start..start + length];
                if length == 3 && known.word(run[1]).token.class != TokenClass::Stop {
                    continue;
                }
                let marks = match self.run_of_first(number, &tokens[start..start + length]) {
                    Some(marks) => marks,
                    None => known.run(run, around),
                };
                if marks.is_empty() {
                    continue;
                }
                begins |= 1 << length;
                for mark in known.marks_in(&marks) {
                    let gain = mark.gain(around.tau);
                    if gain > 0 {
                        self.mark(mark.id, gain, around.generators.leads(mark.id, gain));
                    }
                }
                self.stretches[number].runs.push((start, length, marks));
            }
            self.stretches[number].begins_run.push(begins);
        }
    }

    /// What is known of a run of a further sequence when the block has it in the first one too.
    fn run_of_first(&self, number: usize, run: &[Placed]) -> Option<Range<u32>> {
        let first = self.stretches.first().filter(|_| number > 0 && self.counted)?;
        let start = run.first()?.token as usize;
        let adjacent = run.iter().zip(start..).all(|(placed, next)| placed.token as usize == next);
        if !adjacent || start < first.from || start + run.len() > first.end {
            return None;
        }
        if first.begins_run[start - first.from] >> run.len() & 1 == 0 {
            return Some(0..0);
        }
        let place = first.runs.partition_point(|(at, length, _)| (*at, *length) < (start, run.len()));
        first.runs.get(place).map(|(_, _, marks)| marks.clone())
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
        for gain in known.gains(word) {
            self.mark(gain.id, gain.most, gain.leads);
        }
        if let Some(letter) = word.initial() {
            self.initials.0[usize::from(letter)] = true;
        }
        if let Some(letter) = word.first() {
            self.words.0[usize::from(letter)] = true;
        }
    }

    #[inline]
    fn mark(&mut self, id: u32, gain: u32, leads: bool) {
        let known = &mut self.best[id as usize];
        if *known == 0 {
            self.marked.push(id);
        }
        *known = gain.max(*known);
        if leads && std::mem::replace(&mut self.led[id as usize], self.number) != self.number {
            self.leading.push(id);
        }
    }
}
