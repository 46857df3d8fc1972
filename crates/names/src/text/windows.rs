//! The windows of a stretch of text that reach τ against one listed form: bounds first, then the score of section 4.

use super::block::{Likeness, Stretch};
use super::choose::Found;
use super::known::Known;
use super::MAX_WINDOW;
use crate::index::tables::Tables;
use crate::index::{Index, JoinBuffer};
use crate::normalise::{Sequence, TokenClass, MAX_TOKEN};
use crate::retrieve::score::{by_tokens, Bound, Comparison, QueryForm};
use crate::retrieve::{Score, Work};
use crate::similarity::{classes_may_join, joined_bytes, views, View, JOIN_HEARD_STRETCH};

/// The buffers live on from form to form.
#[derive(Default)]
pub(super) struct Windows {
    /// The places that are like something of the form, in order.
    like: Vec<Like>,
    /// For each listed token the most that a pair with it is worth.
    columns: Vec<u32>,
    /// Runs that are like a token of the form.
    runs: Vec<(usize, usize)>,
    query: QueryForm,
    comparison: Comparison,
}

struct Like {
    at: usize,
    /// The most that the place can add.
    value: u32,
    /// It is like something by itself, not only as part of a run.
    alone: bool,
}

/// Everything around the form that is compared.
pub(super) struct Place<'a> {
    pub index: &'a Index,
    pub tables: &'a Tables<'a>,
    pub tau: Score,
    pub known: &'a Known,
    /// Which words of the block are like which listed tokens.
    pub likes: &'a [Likeness],
}

/// One sequence of the text, as far as it belongs to the block.
pub(super) struct Part<'a> {
    pub sequence: &'a Sequence,
    pub row: &'a [u32],
    pub stretch: &'a Stretch,
    /// The plainest sequence: all its windows count.
    pub first: bool,
}

impl Windows {
    /// Adds to `found` every window of `part` that reaches τ against the form.
    pub(super) fn score(
        &mut self,
        place: &Place<'_>,
        form: u32,
        part: &Part<'_>,
        work: &mut Work,
        found: &mut Vec<Found>,
    ) {
        let stretch = part.stretch;
        work.postings += ((stretch.end - stretch.from) / 8) as u64;
        self.compare(place, form, part);
        let theirs = u64::from(place.tables.form_weight(form));
        let columns: u64 = self.columns.iter().map(|value| u64::from(*value)).sum();
        let reaches = |sum: u64, ours: u64| 128 * sum >= u64::from(place.tau) * (ours + theirs);
        for (number, first) in self.like.iter().enumerate().take_while(|(_, first)| first.at < stretch.to) {
            let (mut ours, mut rows, mut next) = (0u64, 0u64, first.at);
            for last in &self.like[number..] {
                if last.at - first.at >= MAX_WINDOW {
                    break;
                }
                rows += u64::from(last.value);
                ours +=
                    part.row[next..=last.at].iter().map(|word| u64::from(place.known.word(*word).weight)).sum::<u64>();
                next = last.at + 1;
                // The pairs add up to no more than the whole form weighs.
                if !reaches(theirs * 1024, ours) {
                    break;
                }
                if !reaches(rows.min(columns), ours) || !(part.first || self.is_fresh(part, first.at, last.at)) {
                    continue;
                }
                work.scored += 1;
                self.query.clear();
                for word in &part.row[first.at..=last.at] {
                    let word = place.known.word(*word);
                    self.query.push(&word.token, word.measured, word.weight);
                }
                self.query.find_runs();
                let bound = Bound { most: u64::MAX, needed: 0, rests: &[] };
                let weights = place.index.weights();
                let score = by_tokens(
                    &self.query,
                    form,
                    place.known.memo(),
                    place.tables,
                    weights,
                    &bound,
                    &mut self.comparison,
                );
                if score >= place.tau {
                    let tokens = &part.sequence.tokens;
                    found.push(Found {
                        name: place.tables.form_name[form as usize],
                        score,
                        tokens: (last.at - first.at + 1) as u32,
                        start: tokens[first.at].start,
                        end: tokens[last.at].end,
                    });
                }
            }
        }
    }

    /// Whether a token that the first sequence lacks is like something of the form, inside the window.
    fn is_fresh(&self, part: &Part<'_>, first: usize, last: usize) -> bool {
        let fresh = |at: usize| part.sequence.tokens[at].fresh;
        let alone = |like: &Like| like.alone && (first..=last).contains(&like.at) && fresh(like.at);
        let whole = |(start, length): &(usize, usize)| {
            first <= *start && start + length - 1 <= last && (*start..start + length).any(fresh)
        };
        self.like.iter().any(alone) || self.runs.iter().any(whole)
    }

    /// Finds the places that are like something of the form.
    fn compare(&mut self, place: &Place<'_>, form: u32, part: &Part<'_>) {
        let Place { index, tables, known, .. } = place;
        let weights = index.weights();
        let ids = tables.tokens_of(form);
        self.like.clear();
        self.runs.clear();
        self.columns.clear();
        self.columns.resize(ids.len(), 0);
        let part_of_row = part.stretch.from..part.stretch.end;
        for (column, id) in ids.iter().enumerate() {
            let first = place.likes.partition_point(|like| like.id < *id);
            for like in place.likes[first..].iter().take_while(|like| like.id == *id) {
                for at in part_of_row.clone().filter(|at| part.row[*at] == like.word) {
                    self.columns[column] = like.value.max(self.columns[column]);
                    self.raise(at, like.value, true);
                }
            }
        }
        // Words are not marked as like a listed initial, nor initials as like a listed word: too many are.
        let initials = if tables.has_initial(form) { ids } else { &[] };
        for (column, id) in initials.iter().enumerate() {
            let [letter] = tables.token_text(*id) else {
                continue;
            };
            if tables.class_of(*id) == TokenClass::Initial {
                let worth = u32::from(weights.initial) * tables.weight_of(*id);
                for (at, _) in part_of_row.clone().zip(&part.stretch.firsts).filter(|(_, first)| *first == letter) {
                    self.columns[column] = worth.max(self.columns[column]);
                    self.raise(at, worth, true);
                }
            }
        }
        for at in part.stretch.special.iter().copied() {
            let word = known.word(part.row[at]);
            let view = word.view();
            let mut value = 0;
            for (column, id) in self.columns.iter_mut().zip(ids) {
                if let Some(found) = views(&view, &tables.view(*id), weights) {
                    let worth = u32::from(found.sim) * word.weight.min(tables.weight_of(*id));
                    value = worth.max(value);
                    *column = worth.max(*column);
                }
            }
            if word.is_joined() {
                value = value.max(self.join(&view, word.weight, ids, place));
            }
            if value > 0 {
                self.raise(at, value, true);
            }
        }
        for (start, length) in &part.stretch.runs {
            let marks = known.known_run(&part.row[*start..start + length]);
            let mut value = 0;
            for (column, id) in self.columns.iter_mut().zip(ids) {
                for mark in marks.iter().filter(|mark| mark.id == *id) {
                    value = mark.value.max(value);
                    *column = mark.value.max(*column);
                }
            }
            if value > 0 {
                self.runs.push((*start, *length));
                for at in *start..start + length {
                    self.raise(at, value, false);
                }
            }
        }
    }

    /// The place can add as much, by itself or as part of a run.
    fn raise(&mut self, at: usize, value: u32, alone: bool) {
        match self.like.binary_search_by_key(&at, |like| like.at) {
            Ok(number) => {
                let known = &mut self.like[number];
                known.value = value.max(known.value);
                known.alone |= alone;
            }
            Err(between) => self.like.insert(between, Like { at, value, alone }),
        }
    }

    /// The most that a word is worth as adjacent tokens of the form.
    fn join(&mut self, view: &View<'_>, weight: u32, ids: &[u32], place: &Place<'_>) -> u32 {
        let tables = place.tables;
        let mut best = 0;
        if view.class != TokenClass::Word {
            return best;
        }
        for length in 2..=3 {
            for (start, run) in ids.windows(length).enumerate() {
                let mut classes = [TokenClass::Stop; 3];
                run.iter().zip(&mut classes).for_each(|(id, class)| *class = tables.class_of(*id));
                let bytes: usize = run.iter().map(|id| tables.token_text(*id).len()).sum();
                if !classes_may_join(&classes[..length])
                    || bytes > MAX_TOKEN
                    || bytes.abs_diff(view.text.len()) > JOIN_HEARD_STRETCH
                {
                    continue;
                }
                let mut buffer = JoinBuffer::new();
                for id in run {
                    buffer.push(tables.token_text(*id));
                }
                if let Some(sim) = joined_bytes(buffer.text(), view.text, place.index.weights()) {
                    let whole: u32 = run.iter().map(|id| tables.weight_of(*id)).sum();
                    best = best.max(u32::from(sim) * weight.min(whole));
                    for (column, id) in self.columns[start..].iter_mut().zip(run) {
                        *column = (*column).max(u32::from(sim) * weight.min(tables.weight_of(*id)));
                    }
                }
            }
        }
        best
    }
}
