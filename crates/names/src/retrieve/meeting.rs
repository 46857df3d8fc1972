//! What the tokens of a listed form bring to the tokens of the query, looked up by their ids: a bound, and mostly the score.
//!
//! Everything similar to a token of the query is among its walks, walked or left out, and every form that matters and
//! has a join among them is noted first. So no text is read but beside initials, and where a join may count.

use super::assign::best;
use super::memo::Memo;
use super::plan::{Plan, Request};
use super::score::{score_from, Comparison, QueryForm};
use super::walks::Walk;
use super::{Score, SCORE_ONE};
use crate::index::marks::{mark_of, Marks, Wanted, BLANK, INITIAL, MORE};
use crate::index::tables::Tables;
use crate::normalise::TokenClass;
use crate::similarity::{views, RetrievalWeights, ONE};

/// The walks of one plan, to be found by token; the buffers live on.
pub(crate) struct Meeting {
    /// The last walk of each slot, counted from 1; a power of two of them.
    slots: Vec<u32>,
    /// For each walk the one before it in its slot, counted from 1.
    before: Vec<u32>,
    wanted: Wanted,
    /// Forms with a join: form, unit, worth.
    joined: Vec<(u32, u16, u32)>,
    /// Of the form that was looked at last: unit, column, worth.
    hits: Vec<(u16, u8, u32)>,
    /// The best of each unit.
    rows: Vec<u64>,
}

/// What a form of the query meets.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub query: &'a QueryForm,
    pub plan: &'a Plan,
    pub memo: &'a Memo,
    pub tables: &'a Tables<'a>,
    pub weights: &'a RetrievalWeights,
    pub tau: u32,
}

/// How a form was met.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// By a join.
    Join,
    /// By this walk; whether any other of its tokens may have walks.
    Walk { number: usize, company: bool },
}

const SLOTS: usize = 1024;

const fn slot_of(mark: u16) -> usize {
    mark as usize % SLOTS
}

impl Default for Meeting {
    fn default() -> Self {
        let (before, joined, hits, rows) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { slots: vec![0; SLOTS], before, wanted: Wanted::default(), joined, hits, rows }
    }
}

impl Asked<'_> {
    /// What an assignment must be worth against a form of this weight: a score of τ needs 2·Σ·`SCORE_ONE` / (`ONE`·both).
    fn needed(&self, theirs: u32) -> u64 {
        let both = u64::from(self.query.weight) + u64::from(theirs);
        (u64::from(self.tau) * both).div_ceil(2 * u64::from(SCORE_ONE) / u64::from(ONE))
    }

    /// The same by form.
    pub(super) fn needed_for(&self, form: u32) -> u64 {
        self.needed(self.tables.form_weight(form))
    }
}

impl Meeting {
    /// Takes the walks up; `tokens` is how many tokens there are, behind which joins are counted.
    pub(super) fn begin(&mut self, plan: &Plan, tokens: u32) {
        self.before.clear();
        self.joined.clear();
        for (number, walk) in plan.walks.iter().enumerate() {
            let mut before = 0;
            if walk.entry < tokens {
                let mark = mark_of(walk.entry);
                self.wanted.add(mark);
                before = std::mem::replace(&mut self.slots[slot_of(mark)], number as u32 + 1);
            }
            self.before.push(before);
        }
        self.wanted.add(MORE);
        if plan.initials > 0 {
            self.wanted.add(INITIAL);
        }
    }

    /// Leaves nothing behind for the next plan.
    pub(super) fn end(&mut self, plan: &Plan) {
        for walk in &plan.walks {
            self.wanted.remove(mark_of(walk.entry));
            self.slots[slot_of(mark_of(walk.entry))] = 0;
        }
        self.wanted.remove(INITIAL);
        self.wanted.remove(MORE);
    }

    /// Notes the forms that have a join.
    pub(super) fn join(&mut self, walk: &Walk, forms: &[u32]) {
        self.joined.extend(forms.iter().map(|form| (*form, walk.unit, walk.worth)));
    }

    /// Brings the joins of each form together; to be called after the last was noted.
    pub(super) fn sort_joins(&mut self) {
        self.joined.sort_unstable();
    }

    /// The form of a join that was noted, and whether it is the first of that form.
    pub(super) fn joined_form(&self, at: usize) -> Option<(u32, bool)> {
        let form = self.joined.get(at)?.0;
        Some((form, at == 0 || self.joined[at - 1].0 != form))
    }

    /// Whether any of the tokens of these marks may have a walk.
    #[inline]
    pub(super) fn wants(&self, marks: &Marks) -> bool {
        self.wanted.any(marks)
    }

    /// Before which form all lie that may qualify with a token of this walk and others of these marks.
    pub(super) fn bound(&mut self, request: &Request<'_>, plan: &Plan, walk: &Walk, marks: &Marks) -> u32 {
        if marks[5] == MORE {
            return u32::MAX;
        }
        self.rows.clear();
        self.rows.resize(plan.units.len(), 0);
        for mark in marks.iter().copied().filter(|mark| *mark != BLANK).chain([mark_of(walk.entry)]) {
            if mark == INITIAL {
                plan.units.iter().zip(&mut self.rows).for_each(|(unit, row)| *row = unit.initial.worth.max(*row));
                continue;
            }
            let mut place = self.slots[slot_of(mark)] as usize;
            while let Some(walk) = plan.walks.get(place.wrapping_sub(1)) {
                if mark_of(walk.entry) == mark {
                    let row = &mut self.rows[usize::from(walk.unit)];
                    *row = u64::from(walk.worth).max(*row);
                }
                place = self.before[place - 1] as usize;
            }
        }
        request.before(self.rows.iter().sum::<u64>() + plan.unknown)
    }

    /// The most that the assignment with this form is worth; `None` when that is too little or the form was met before.
    pub(super) fn most(&mut self, asked: &Asked<'_>, form: u32, by: By) -> Option<u64> {
        let Asked { query, plan, tables, .. } = asked;
        let theirs = tables.form_weight(form);
        let needed = asked.needed(theirs);
        if u64::from(query.weight.min(theirs)) * u64::from(ONE) < needed {
            return None;
        }
        let first = self.joined.partition_point(|(other, ..)| *other < form);
        let joins = self.joined[first..].iter().take_while(|(other, ..)| *other == form);
        self.rows.clear();
        self.rows.resize(plan.units.len(), 0);
        for (_, unit, worth) in joins {
            if matches!(by, By::Walk { .. }) {
                return None;
            }
            let row = &mut self.rows[usize::from(*unit)];
            *row = u64::from(*worth).max(*row);
        }
        self.hits.clear();
        for (column, id) in tables.tokens_of(form).iter().enumerate() {
            let mut place = self.slots[slot_of(mark_of(*id))] as usize;
            while let Some(walk) = plan.walks.get(place.wrapping_sub(1)) {
                if walk.entry == *id {
                    if let By::Walk { number, company } = by {
                        // What its first walk has let through was looked at there.
                        if place <= number && walk.covers(form) && (company || form < walk.alone) {
                            return None;
                        }
                    }
                    self.hits.push((walk.unit, column as u8, walk.worth));
                    let row = &mut self.rows[usize::from(walk.unit)];
                    *row = u64::from(walk.worth).max(*row);
                }
                place = self.before[place - 1] as usize;
            }
        }
        if plan.initials > 0 && tables.has_initial(form) {
            let initial = plan.units.iter().map(|unit| unit.initial.worth);
            self.rows.iter_mut().zip(initial).for_each(|(row, initial)| *row = initial.max(*row));
        }
        let most = self.rows.iter().sum::<u64>() + plan.unknown;
        (most >= needed).then_some(most)
    }

    /// The score of the form that [`Self::most`] has let through, as far as it reaches τ; `None` when a join may count.
    pub(super) fn score(&self, asked: &Asked<'_>, form: u32, by: By, buffers: &mut Comparison) -> Option<Score> {
        let Asked { query, plan, memo, tables, weights, .. } = asked;
        let height = query.tokens.len();
        if matches!(by, By::Join) || self.hits.iter().any(|(unit, ..)| usize::from(*unit) >= height) {
            return None;
        }
        let ids = tables.tokens_of(form);
        let edges = &mut buffers.edges;
        edges.reset(height, ids.len());
        for (unit, column, worth) in &self.hits {
            edges.raise(usize::from(*unit), usize::from(*column), u64::from(*worth));
        }
        let initials = plan.initials > 0 && tables.has_initial(form);
        if initials || plan.unknown > 0 {
            for (row, ours) in query.tokens.iter().enumerate() {
                let view = memo.view(ours.known);
                for (column, id) in ids.iter().enumerate() {
                    let initial = initials && tables.class_of(*id) == TokenClass::Initial;
                    if !initial && plan.rests[row] == 0 {
                        continue;
                    }
                    if let Some(found) = views(&view, &tables.view(*id), weights) {
                        let weight = ours.weight.min(tables.weight_of(*id));
                        edges.raise(row, column, u64::from(found.sim) * u64::from(weight));
                    }
                }
            }
        }
        // A listed token is in one pair at most: that stops a query that repeats one word.
        if edges.by_columns() < asked.needed_for(form) {
            return Some(0);
        }
        Some(score_from(best(edges, &[]), query.weight, tables.form_weight(form)))
    }
}
