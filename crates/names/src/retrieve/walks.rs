//! The postings that are walked: cut to the forms that may qualify, the longest left out where others suffice.

use super::memo::Memo;
use super::neighbours::{initial_token, Neighbour};
use super::plan::{Plan, Request};
use super::SCORE_ONE;
use crate::index::tables::Tables;
use crate::similarity::ONE;
use std::ops::Range;

/// Postings to walk for one unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    pub unit: u16,
    /// The worth, rounded up to whole weights.
    pub value: u16,
    from: u32,
    to: u32,
    entry: u32,
    /// From this form on it is left out.
    until: u32,
    gain: i64,
    worth: u64,
}

impl Walk {
    const fn count(&self) -> u32 {
        self.to - self.from
    }

    pub(crate) fn postings<'a>(&self, tables: &Tables<'a>) -> &'a [u32] {
        &tables.postings[self.from as usize..self.to as usize]
    }
}

/// Words of 64 bits for the entries left out.
pub(super) const MARKS: usize = 16;
/// Postings of one neighbour that are not worth leaving out.
const SHORT: u32 = 8;

impl Plan {
    /// When initials alone could reach what is asked ("J. K."), those of one word after another are walked.
    pub(super) fn walk_initials(&mut self, request: &Request<'_>, memo: &Memo) {
        let Request { query, tables, weights, .. } = request;
        let asked = request.asked();
        for at in 0..query.tokens.len() {
            if self.unwalked() < asked {
                return;
            }
            let initial = std::mem::take(&mut self.units[at].initial);
            let letter = memo.view(query.tokens[at].known).text.first().copied().unwrap_or(0);
            if initial.worth > 0 {
                for id in initial_token(letter, tables) {
                    let neighbour = Neighbour::of(id, weights.initial, tables.weight_of(id), tables);
                    self.walks.push(walk(at, &neighbour, 0..neighbour.count, self.units[at].weight, request.tau));
                }
            }
        }
    }

    /// Walks for every neighbour that may be in an assignment that counts, cut to the forms that it permits.
    pub(super) fn choose(&mut self, request: &Request<'_>, memo: &Memo) {
        let Request { query, index, tables, tau, .. } = request;
        let (most_gain, most_worth) = (self.most(|unit| unit.most.gain), self.most(|unit| unit.most.worth) as u64);
        let (tau, ours) = (u64::from(*tau), u64::from(query.weight));
        let least = (tau * ours).div_ceil(u64::from(2 * SCORE_ONE) - tau);
        let mut walks = std::mem::take(&mut self.walks);
        for (at, unit) in self.units.iter().enumerate() {
            let floor = request.asked() - (most_gain - self.own(unit, |unit| unit.most.gain) as i64);
            let others = most_worth - self.own(unit, |unit| unit.most.worth);
            for one in self.found(unit, memo) {
                if one.gain(unit.weight, request.tau) < floor {
                    break;
                }
                let heaviest = 128 * (others + one.worth(unit.weight)) / tau;
                if heaviest < ours + least {
                    continue;
                }
                let forms = index.forms_between(least, heaviest - ours);
                if one.lightest >= forms.end || one.heaviest < forms.start {
                    continue;
                }
                let mut part = 0..one.count;
                if one.lightest < forms.start || one.heaviest >= forms.end {
                    let postings = tables.postings_of(one.entry);
                    part.start = postings.partition_point(|form| *form < forms.start) as u32;
                    part.end = postings.partition_point(|form| *form < forms.end) as u32;
                }
                if part.start < part.end {
                    walks.push(walk(at, one, part, unit.weight, request.tau));
                }
            }
        }
        self.walks = walks;
    }

    /// Cuts the longest postings of tokens to the forms for which the longer ones and they suffice.
    pub(super) fn leave_out(&mut self, request: &Request<'_>) {
        let Request { query, index, tables, tau, .. } = request;
        self.left.clear();
        self.marks = [0; MARKS];
        self.long.clear();
        for (at, walk) in self.walks.iter().enumerate() {
            let of_token = self.units[usize::from(walk.unit)].rows.is_power_of_two();
            if walk.count() > SHORT && of_token && walk.entry < index.tokens() {
                self.long.push(at as u32);
            }
        }
        if self.long.is_empty() {
            return;
        }
        self.long.sort_unstable_by_key(|at| (std::cmp::Reverse(self.walks[*at as usize].count()), *at));
        for at in &self.long {
            let walk = &mut self.walks[*at as usize];
            let unit = &mut self.units[usize::from(walk.unit)];
            unit.rest.gain = unit.rest.gain.max(walk.gain.max(0) as u64);
            unit.rest.worth = unit.rest.worth.max(walk.worth);
            let tokens = &self.units[..query.tokens.len()];
            let gain: u64 = tokens.iter().map(|unit| unit.rest.gain.max(unit.initial.gain)).sum();
            let worth: u64 = tokens.iter().map(|unit| unit.rest.worth.max(unit.initial.worth)).sum();
            let heaviest = (128 * worth / u64::from(*tau)).saturating_sub(u64::from(query.weight));
            let needless = (gain as i64) < request.asked();
            walk.until = if needless { 0 } else { index.forms_between(0, heaviest).end };
            let postings = walk.postings(tables);
            if postings.last().is_some_and(|last| *last >= walk.until) {
                self.left.push(*walk);
                self.marks[place_of(walk.entry)] |= 1 << (walk.entry & 63);
                walk.to = walk.from + postings.partition_point(|form| *form < walk.until) as u32;
            }
        }
        self.left.sort_unstable_by_key(|walk| (walk.unit, walk.entry));
    }

    /// What [`Self::rest`] is for a form of these tokens.
    pub(crate) fn rest_of(&self, form: u32, ids: &[u32]) -> u64 {
        let marked = |id: &u32| self.marks[place_of(*id)] >> (id & 63) & 1 == 1;
        if !ids.iter().any(marked) {
            return self.unknown;
        }
        let mut rest = self.unknown;
        let (mut unit, mut most) = (0, 0);
        // In the order of units, so that the best of each is added once.
        for walk in self.left.iter().filter(|walk| form >= walk.until && ids.contains(&walk.entry)) {
            if walk.unit != unit {
                rest += std::mem::take(&mut most);
                unit = walk.unit;
            }
            most = walk.worth.max(most);
        }
        rest + most
    }
}

/// The word of [`Plan::marks`] in which an entry has a bit.
const fn place_of(entry: u32) -> usize {
    (entry >> 6) as usize % MARKS
}

fn walk(unit: usize, one: &Neighbour, part: Range<u32>, weight: u32, tau: u32) -> Walk {
    let worth = one.worth(weight);
    Walk {
        unit: unit as u16,
        value: worth.div_ceil(u64::from(ONE)) as u16,
        from: one.first + part.start,
        to: one.first + part.end,
        entry: one.entry,
        until: u32::MAX,
        gain: one.gain(weight, tau),
        worth,
    }
}
