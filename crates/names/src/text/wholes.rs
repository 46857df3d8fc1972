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
        let Place { index, tables, sieves, tau, known, .. } = *place;
        let equal = Score::from(index.weights().whole) * (SCORE_ONE / Score::from(ONE));
        let (mut run, mut ends) = (Vec::new(), Vec::new());
        for (number, (sequence, stretch)) in sequences.iter().zip(&self.stretches).enumerate() {
            let tokens = &sequence.tokens;
            run.clear();
            ends.clear();
            // In a further sequence a window with something fresh has nothing that is far from it.
            let mut fresh = 0;
            for (at, word) in rows[number].iter().enumerate().take(stretch.end).skip(stretch.from) {
                let ahead = tokens[at..].iter().take(MAX_WHOLE).any(|placed| number == 0 || placed.fresh);
                fresh = if tokens[at].fresh { MAX_WHOLE } else { fresh.saturating_sub(1) };
                if ahead || fresh > 0 {
                    run.extend_from_slice(known.word(*word).token.text.as_bytes());
                }
                ends.push(run.len());
            }
            let mut start = 0;
            for at in stretch.from..stretch.to {
                let most = MAX_WHOLE.min(stretch.end - at);
                let fresh = tokens[at..at + most].iter().position(|placed| number == 0 || placed.fresh);
                let mut push = |form: u32, score: Score, length: usize| {
                    if score >= tau {
                        let name = tables.form_name[form as usize];
                        let (start, end) = (tokens[at].start, tokens[at + length - 1].end);
                        found.push(Found { name, score, tokens: length as u32, start, end });
                    }
                };
                if fresh == Some(0) {
                    known.wholes(known.word(rows[number][at])).iter().for_each(|(form, score)| push(*form, *score, 1));
                }
                for length in fresh.map_or(most, |fresh| fresh.max(1)) + 1..=most {
                    let text = &run[start..ends[at - stretch.from + length - 1]];
                    if text.is_empty() || !sieves.may_be_whole(text) {
                        continue;
                    }
                    let hash = hashing::text(Role::Text, text);
                    if !tables.whole_sieve.passes(hash) {
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
