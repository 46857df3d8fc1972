//! What in a block is like a token of the forms found, and in which sequences their windows may count.
//!
//! A window of a further sequence counts only when something fresh in it is like something of the form. So a form is
//! looked for in such a sequence only when one of its tokens is like something fresh there: by itself, in a run, as a
//! part of what a word may be read as, or through an initial. Nearly none is.

use super::block::{bit_of, Around, Block, Like, Sequences, Stretch};
use super::generators::letter_bit;
use super::known::{Known, Mark};
use crate::index::tables::NO_TOKEN;
use crate::normalise::Sequence;

impl Block {
    /// What in the block is like a token of the forms: by itself, or as a run.
    pub(super) fn find_likes(&mut self, around: &Around<'_>, known: &Known, sequences: &[Sequence], rows: &[Vec<u32>]) {
        let tables = around.tables;
        self.likes.clear();
        self.joined.clear();
        self.speaking.clear();
        self.speaking.resize(self.forms.len(), bit_of(0));
        if self.forms.is_empty() {
            return;
        }
        for id in self.forms.iter().flat_map(|form| tables.tokens_of(*form)) {
            if std::mem::replace(&mut self.best[*id as usize], 1) == 0 {
                self.marked.push(*id);
            }
        }
        self.wanted.clear();
        for (word, range) in &mut self.distinct {
            let start = self.wanted.len() as u32;
            let marks = known.marks(known.word(*word)).iter();
            self.wanted.extend(marks.filter(|mark| self.best[mark.id as usize] > 0 && !mark.part));
            *range = start..self.wanted.len() as u32;
        }
        for (number, sequence) in sequences.iter().enumerate() {
            if number == 0 || self.find_speaking(number, around, known, sequence, &rows[number]) {
                self.push_likes(number, known, &rows[number]);
            }
        }
        self.likes.sort_unstable();
        for id in self.marked.drain(..) {
            self.best[id as usize] = 0;
        }
    }

    /// Finds the forms that something fresh of a further sequence is like something of, and asks for their tokens;
    /// whether there are any.
    fn find_speaking(
        &mut self,
        number: usize,
        around: &Around<'_>,
        known: &Known,
        sequence: &Sequence,
        row: &[u32],
    ) -> bool {
        let Around { tables, generators, .. } = *around;
        let Self { stretches, forms, speaking, best, met_words, distinct, wanted, asked, asks, .. } = self;
        let stretch = &stretches[number];
        if *asks > u32::MAX - 2 {
            asked.fill(0);
            *asks = 0;
        }
        *asks += 2;
        let (is_fresh, is_asked) = (*asks - 1, *asks);
        let (mut any, mut letters) = (false, 0u128);
        let mut ask = |id: u32| {
            if best[id as usize] > 0 {
                asked[id as usize] = is_fresh;
                any = true;
            }
        };
        let places = (stretch.from..stretch.end).filter(|at| sequence.tokens[*at].fresh);
        for at in places {
            let word = known.word(row[at]);
            letters |= word.initial().map_or(0, |letter| 1 << letter_bit(letter, false));
            letters |= word.first().map_or(0, |letter| 1 << letter_bit(letter, true));
            let (_, range) = &distinct[met_words[row[at] as usize].1 as usize];
            wanted[range.start as usize..range.end as usize].iter().for_each(|mark| ask(mark.id));
            let parts = known.joins(word).iter().flat_map(|join| join.parts);
            parts.filter(|part| *part != NO_TOKEN).for_each(&mut ask);
        }
        for (at, length, marks) in &stretch.runs {
            if sequence.tokens[*at..at + length].iter().any(|placed| placed.fresh) {
                known.marks_in(marks).iter().for_each(|mark| ask(mark.id));
            }
        }
        let mut speaks = false;
        for (form, speaking) in forms.iter().zip(speaking) {
            let ids = tables.tokens_of(*form);
            let speaks_for = |id: &u32| any && asked[*id as usize] == is_fresh || generators.letter(*id) & letters != 0;
            if ids.iter().any(speaks_for) {
                *speaking |= bit_of(number);
                speaks = true;
            }
        }
        let here = |speaking: Sequences| speaking & bit_of(number) > 0;
        for (form, _) in forms.iter().zip(&*self.speaking).filter(|(_, speaking)| here(**speaking)) {
            tables.tokens_of(*form).iter().for_each(|id| asked[*id as usize] = is_asked);
        }
        speaks
    }

    /// Adds what of a sequence is like the tokens that are asked for, of the first one all.
    fn push_likes(&mut self, number: usize, known: &Known, row: &[u32]) {
        let Self { stretches, best, met_words, distinct, wanted, asked, asks, likes, joined, .. } = self;
        let Stretch { from, end, runs, .. } = &stretches[number];
        let sequence = number as u32;
        let is_asked = |id: u32| best[id as usize] > 0 && (number == 0 || asked[id as usize] == *asks);
        let mut push = |at: usize, length: usize, mark: &Mark| {
            let Mark { id, value, cost, .. } = *mark;
            if is_asked(id) {
                likes.push(Like { id, sequence, at: at as u32, length: length as u32, value, cost });
            }
        };
        for at in *from..*end {
            let (_, range) = &distinct[met_words[row[at] as usize].1 as usize];
            wanted[range.start as usize..range.end as usize].iter().for_each(|mark| push(at, 1, mark));
            for join in known.joins(known.word(row[at])) {
                if join.parts.iter().all(|part| *part == NO_TOKEN || is_asked(*part)) {
                    joined.push((sequence, at as u32, *join));
                }
            }
        }
        for (at, length, marks) in runs {
            known.marks_in(marks).iter().for_each(|mark| push(*at, *length, mark));
        }
    }
}
