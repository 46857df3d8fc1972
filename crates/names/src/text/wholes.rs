//! Windows that, run together, are the whole of a listed form: nearly, for one token.

use super::block::Block;
use super::choose::Found;
use super::windows::Place;
use super::MAX_WHOLE;
use crate::index::hashing::{self, Role};
use crate::normalise::Sequence;
use crate::retrieve::{Score, SCORE_ONE};
use crate::similarity::ONE;

impl Block {
    /// Adds the windows of at most [`MAX_WHOLE`] tokens that count as a whole; of a further sequence those with
    /// something fresh.
    pub(super) fn wholes(&self, place: &Place<'_>, sequences: &[Sequence], rows: &[Vec<u32>], found: &mut Vec<Found>) {
        let Place { index, tables, tau, known, .. } = *place;
        let equal = Score::from(index.weights().whole) * (SCORE_ONE / Score::from(ONE));
        let mut run = Vec::new();
        for (number, stretch) in self.stretches.iter().enumerate() {
            let tokens = &sequences[number].tokens;
            for at in stretch.from..stretch.to {
                let window = &tokens[at..stretch.end.min(at + MAX_WHOLE)];
                let needed = if number == 0 { Some(0) } else { window.iter().position(|placed| placed.fresh) };
                let Some(needed) = needed else {
                    continue;
                };
                let mut push = |form: u32, score: Score, length: usize| {
                    if score >= tau {
                        let name = tables.form_name[form as usize];
                        let (start, end) = (tokens[at].start, tokens[at + length - 1].end);
                        found.push(Found { name, score, tokens: length as u32, start, end });
                    }
                };
                run.clear();
                for (before, word) in rows[number][at..at + window.len()].iter().enumerate() {
                    let word = known.word(*word);
                    run.extend_from_slice(word.token.text.as_bytes());
                    if before < needed {
                        continue;
                    }
                    if before == 0 {
                        known.wholes(word).iter().for_each(|(form, score)| push(*form, *score, 1));
                        continue;
                    }
                    let hash = hashing::text(Role::Text, &run);
                    if run.is_empty() || !tables.whole_sieve.passes(hash) {
                        continue;
                    }
                    for form in tables.whole_keys.find(hash).filter(|form| tables.whole_of(*form) == run) {
                        push(form, equal, before + 1);
                    }
                }
            }
        }
    }
}
