//! The windows of a stretch of text that reach τ against one listed form: bounds first, then the score of section 4.

use super::block::{bit_of, Like, Sequences, Stretch};
use super::choose::Found;
use super::known::{gain, Join, Known, Word};
use super::sieves::Sieves;
use super::MAX_WINDOW;
use crate::index::tables::{Tables, NO_TOKEN};
use crate::index::Index;
use crate::normalise::{Sequence, TokenClass};
use crate::retrieve::assign::{best, Edges, JoinEdge};
use crate::retrieve::memo::Memo;
use crate::retrieve::score::{by_tokens, Bound, Comparison, QueryForm};
use crate::retrieve::{Score, Work, SCORE_ONE};
use crate::similarity::ONE;
use std::ops::Range;

/// The buffers live on from form to form.
#[derive(Default)]
pub(super) struct Windows {
    /// For each sequence what its tokens before each place weigh together, from the first of its stretch on.
    before: Vec<Vec<u64>>,
    /// What is like something of the form, by sequence and place.
    items: Vec<Item>,
    /// The places at which items of one sequence begin or end.
    points: Vec<Point>,
    edges: Edges,
    joins: Vec<JoinEdge>,
    query: QueryForm,
    comparison: Comparison,
    /// Of the tokens of `query`.
    memo: Memo,
}

/// A token or a run of the text with what it is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    sequence: u32,
    at: u32,
    length: u32,
    /// The tokens of the form, as bits: more than one when a word is read as several.
    columns: u32,
    value: u32,
    cost: u32,
}

impl Item {
    const fn last(&self) -> u32 {
        self.at + self.length - 1
    }
}

/// A place of the text at which an item begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    at: u32,
    /// The most that an item is worth which begins here.
    value: u32,
    /// A window may begin here,
    first: bool,
    /// or end.
    last: bool,
}

/// Everything around the form that is compared.
pub(super) struct Place<'a> {
    pub index: &'a Index,
    pub tables: &'a Tables<'a>,
    pub sieves: &'a Sieves,
    pub tau: Score,
    pub known: &'a Known,
    /// What of the block is like which listed tokens.
    pub likes: &'a [Like],
    /// Words of the block that may be adjacent listed tokens: sequence, place, tokens.
    pub joined: &'a [(u32, u32, Join)],
}

/// The sequences of the text, as far as they belong to the block.
pub(super) struct Parts<'a> {
    pub sequences: &'a [Sequence],
    pub rows: &'a [Vec<u32>],
    pub stretches: &'a [Stretch],
}

impl Parts<'_> {
    fn word<'k>(&self, sequence: usize, at: usize, known: &'k Known) -> &'k Word {
        known.word(self.rows[sequence][at])
    }
}

impl Windows {
    /// To be called before the forms of a block.
    pub(super) fn begin(&mut self, parts: &Parts<'_>, known: &Known, speaking: Sequences) {
        self.before.resize_with(self.before.len().max(parts.stretches.len()), Vec::new);
        for (number, before) in self.before.iter_mut().enumerate().take(parts.stretches.len()) {
            if speaking & bit_of(number) == 0 {
                continue;
            }
            let (stretch, row) = (&parts.stretches[number], &parts.rows[number]);
            let mut sum = 0;
            before.clear();
            before.push(0);
            before.extend(row[stretch.from..stretch.end].iter().map(|word| {
                sum += u64::from(known.word(*word).weight);
                sum
            }));
        }
    }

    /// Adds to `found` every window of the block that reaches τ against the form, in those sequences where it may count.
    pub(super) fn score(
        &mut self,
        place: &Place<'_>,
        form: u32,
        speaking: Sequences,
        parts: &Parts<'_>,
        work: &mut Work,
        found: &mut Vec<Found>,
    ) {
        self.take_items(place, form, speaking, parts);
        work.postings += 1 + self.items.len() as u64 / 4;
        let mut from = 0;
        while let Some(item) = self.items.get(from) {
            let sequence = item.sequence;
            let to = from + self.items[from..].partition_point(|item| item.sequence == sequence);
            self.score_sequence(place, form, parts, from..to, work, found);
            from = to;
        }
    }

    fn score_sequence(
        &mut self,
        place: &Place<'_>,
        form: u32,
        parts: &Parts<'_>,
        range: Range<usize>,
        work: &mut Work,
        found: &mut Vec<Found>,
    ) {
        let sequence = self.items[range.start].sequence as usize;
        let stretch = &parts.stretches[sequence];
        let tokens = &parts.sequences[sequence].tokens;
        let fresh = |item: &Item| tokens[item.at as usize..=item.last() as usize].iter().any(|placed| placed.fresh);
        if sequence > 0 && !self.items[range.clone()].iter().any(fresh) {
            return;
        }
        let theirs = u64::from(place.tables.form_weight(form));
        let Some(columns) = self.columns(place.tau, theirs, &range) else {
            return;
        };
        self.take_points(place.tau, range.clone(), sequence > 0);
        let reaches = |sum: u64, ours: u64| 128 * sum >= u64::from(place.tau) * (ours + theirs);
        for (number, first) in self.points.iter().enumerate() {
            if !first.first {
                continue;
            }
            if first.at as usize >= stretch.to {
                break;
            }
            let mut rows = 0u64;
            for last in &self.points[number..] {
                if (last.at - first.at) as usize >= MAX_WINDOW {
                    break;
                }
                rows += u64::from(last.value);
                let before = |at: usize| self.before[sequence][at - stretch.from];
                let ours = before(last.at as usize + 1) - before(first.at as usize);
                // The pairs add up to no more than the whole form weighs.
                if !reaches(theirs * 1024, ours) {
                    break;
                }
                if !last.last || !reaches(rows.min(columns), ours) {
                    continue;
                }
                let items = &self.items[range.clone()];
                let items = &items[items.partition_point(|item| item.at < first.at)..];
                let inside = items.iter().take_while(|item| item.at <= last.at).filter(|item| item.last() <= last.at);
                if sequence > 0 && !inside.clone().any(fresh) {
                    continue;
                }
                work.scored += 1;
                let length = (last.at - first.at + 1) as usize;
                self.edges.reset(length, place.tables.tokens_of(form).len());
                self.joins.clear();
                for item in inside {
                    let (row, value) = (item.at - first.at, u64::from(item.value));
                    if item.length == 1 && item.columns.is_power_of_two() {
                        self.edges.raise(row as usize, item.columns.trailing_zeros() as usize, value);
                    } else {
                        let rows = ((1 << item.length) - 1) << row;
                        self.joins.push(JoinEdge { rows, columns: item.columns, value, ours: item.length > 1 });
                    }
                }
                let score = if self.joins.len() > usize::from(place.index.weights().join_cap) {
                    let words = &parts.rows[sequence][first.at as usize..=last.at as usize];
                    by_definition(place, form, words, &mut self.query, &mut self.comparison, &mut self.memo)
                } else {
                    let sum = best(&self.edges, &self.joins) * 2 * u64::from(SCORE_ONE) / u64::from(ONE);
                    sum.checked_div(ours + theirs).unwrap_or(0) as Score
                };
                if score >= place.tau {
                    found.push(Found {
                        name: place.tables.form_name[form as usize],
                        score,
                        tokens: length as u32,
                        start: tokens[first.at as usize].start,
                        end: tokens[last.at as usize].end,
                    });
                }
            }
        }
    }

    /// The most that the tokens of the form can be worth together; `None` when what they gain is not enough.
    fn columns(&self, tau: Score, theirs: u64, range: &Range<usize>) -> Option<u64> {
        let mut columns = [(0u32, 0u32); 32];
        for item in &self.items[range.clone()] {
            let gain = gain(item.value, item.cost, tau);
            let mut mask = item.columns;
            while mask != 0 {
                let column = &mut columns[mask.trailing_zeros() as usize];
                *column = (item.value.max(column.0), gain.max(column.1));
                mask &= mask - 1;
            }
        }
        let gains: u64 = columns.iter().map(|(_, gain)| u64::from(*gain)).sum();
        let worth = columns.iter().map(|(value, _)| u64::from(*value)).sum();
        (gains >= u64::from(tau) * theirs).then_some(worth)
    }

    /// Where items begin and end, in order. A window that begins or ends with a pair that gains nothing scores no
    /// less without it; but in another reading than the first that pair may be what makes it count, so there `all`
    /// may stand at an end.
    fn take_points(&mut self, tau: Score, range: Range<usize>, all: bool) {
        self.points.clear();
        for item in &self.items[range] {
            let ends = all || gain(item.value, item.cost, tau) > 0;
            let value = item.value;
            self.points.push(Point { at: item.at, value, first: ends, last: ends && item.length == 1 });
            if item.length > 1 {
                self.points.push(Point { at: item.last(), value: 0, first: false, last: ends });
            }
        }
        self.points.sort_unstable();
        self.points.dedup_by(|next, kept| {
            let same = next.at == kept.at;
            if same {
                kept.value = next.value.max(kept.value);
                kept.first |= next.first;
                kept.last |= next.last;
            }
            same
        });
    }

    /// Finds everything that is like something of the form.
    fn take_items(&mut self, place: &Place<'_>, form: u32, speaking: Sequences, parts: &Parts<'_>) {
        let Place { index, tables, known, .. } = *place;
        let ids = tables.tokens_of(form);
        let initial = u32::from(index.weights().initial);
        self.items.clear();
        for (column, id) in ids.iter().enumerate() {
            let first = place.likes.partition_point(|like| like.id < *id);
            let likes = place.likes[first..].iter().take_while(|like| like.id == *id);
            let likes = likes.filter(|like| speaking & bit_of(like.sequence as usize) > 0);
            self.items.extend(likes.map(|like| {
                let Like { sequence, at, length, value, cost, .. } = *like;
                Item { sequence, at, length, columns: 1 << column, value, cost }
            }));
        }
        for (number, stretch) in parts.stretches.iter().enumerate() {
            if speaking & bit_of(number) == 0 {
                continue;
            }
            let sequence = number as u32;
            // Words are not marked as like a listed initial, nor initials as like a listed word: too many are.
            let mut push = |at: usize, column: usize, weight: u32| {
                let cost = parts.word(number, at, known).weight;
                let value = initial * cost.min(weight);
                if value > 0 {
                    self.items.push(Item { sequence, at: at as u32, length: 1, columns: 1 << column, value, cost });
                }
            };
            if tables.has_initial(form) {
                for (column, id) in ids.iter().enumerate() {
                    if let ([letter], TokenClass::Initial) = (tables.token_text(*id), tables.class_of(*id)) {
                        let places =
                            (stretch.from..).zip(&stretch.firsts).filter(|(_, first)| **first == Some(*letter));
                        places.for_each(|(at, _)| push(at, column, tables.weight_of(*id)));
                    }
                }
            }
            for at in stretch.initials.iter().copied() {
                let letter = parts.word(number, at, known).initial();
                for (column, id) in ids.iter().enumerate() {
                    let text = tables.token_text(*id);
                    if text.len() > 1 && text.first().copied() == letter && tables.class_of(*id) == TokenClass::Word {
                        push(at, column, tables.weight_of(*id));
                    }
                }
            }
        }
        for (sequence, at, join) in place.joined {
            if speaking & bit_of(*sequence as usize) == 0 {
                continue;
            }
            let [first, middle, last] = join.parts;
            let length = if middle == NO_TOKEN { 2 } else { 3 };
            for (start, run) in ids.windows(length).enumerate() {
                if run.first() == Some(&first) && run.last() == Some(&last) && (length == 2 || run[1] == middle) {
                    let columns = ((1 << length) - 1) << start;
                    let Join { value, cost, .. } = *join;
                    self.items.push(Item { sequence: *sequence, at: *at, length: 1, columns, value, cost });
                }
            }
        }
        self.items.sort_unstable();
    }
}

/// The score of a window as retrieval finds it, which knows what to do with more joins than count.
fn by_definition(
    place: &Place<'_>,
    form: u32,
    words: &[u32],
    query: &mut QueryForm,
    comparison: &mut Comparison,
    memo: &mut Memo,
) -> Score {
    memo.begin(place.index.instance());
    query.clear();
    for word in words {
        let Word { token, weight, .. } = place.known.word(*word);
        query.push(token, memo.measure(token, place.index), *weight);
    }
    query.find_runs();
    let bound = Bound { most: u64::MAX, needed: 0, rests: &[] };
    by_tokens(query, form, memo, place.tables, place.index.weights(), &bound, comparison)
}
