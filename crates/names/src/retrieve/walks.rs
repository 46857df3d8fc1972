//! The postings that are walked: cut to the forms that may qualify, and left out where others suffice.

use super::memo::Memo;
use super::neighbours::{initial_token, Neighbour};
use super::plan::{Plan, Request};
use super::SCORE_ONE;
use crate::index::marks::Posting;
use crate::index::tables::Tables;
use crate::normalise::MAX_TOKENS;

/// A neighbour of one unit, and which of its postings are walked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    /// The token or join.
    pub entry: u32,
    pub unit: u16,
    /// What the pair is worth.
    pub worth: u32,
    gain: u64,
    /// Its postings: the first, and how many.
    first: u32,
    count: u32,
    lightest: u32,
    heaviest: u32,
    /// Forms that are walked: from this one to before that.
    start: u32,
    end: u32,
    /// Before this one the pair alone may suffice, with what was not looked up.
    pub alone: u32,
}

impl Walk {
    fn of(unit: usize, neighbour: &Neighbour, weight: u32, tau: u32) -> Self {
        Self {
            entry: neighbour.entry,
            unit: unit as u16,
            worth: neighbour.worth(weight) as u32,
            gain: neighbour.gain(weight, tau).max(0) as u64,
            first: neighbour.first,
            count: neighbour.count,
            lightest: neighbour.lightest,
            heaviest: neighbour.heaviest,
            start: 0,
            end: u32::MAX,
            alone: u32::MAX,
        }
    }

    /// Whether any posting may be among the forms.
    pub(crate) const fn is_empty(&self) -> bool {
        self.start >= self.end || self.lightest >= self.end || self.heaviest < self.start
    }

    /// Whether this form is walked, when it is among the postings.
    #[inline]
    pub(crate) const fn covers(&self, form: u32) -> bool {
        form >= self.start && form < self.end
    }

    /// What is walked of a token, with marks.
    pub(crate) fn marked<'a>(&self, tables: &Tables<'a>) -> &'a [Posting] {
        self.cut(tables.token_postings, |posting| posting[0])
    }

    /// The forms that are walked.
    pub(crate) fn forms<'a>(&self, tables: &Tables<'a>) -> &'a [u32] {
        self.cut(tables.postings, |form| *form)
    }

    #[inline]
    fn cut<'a, T>(&self, all: &'a [T], form_of: impl Fn(&T) -> u32) -> &'a [T] {
        let mut part = &all[self.first as usize..(self.first + self.count) as usize];
        if self.lightest < self.start {
            part = &part[part.partition_point(|one| form_of(one) < self.start)..];
        }
        if self.heaviest >= self.end {
            part = &part[..part.partition_point(|one| form_of(one) < self.end)];
        }
        part
    }
}

/// So many postings are walked sooner than it is asked what may be left out.
const FEW: u64 = 512;

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
                    self.walks.push(Walk::of(at, &neighbour, self.units[at].weight, request.tau));
                }
            }
        }
    }

    /// Walks for every neighbour that may be in an assignment that counts, cut to the forms that it permits
    /// and that those before it do not suffice for. Units with many postings come first. A walk that is cut to
    /// nothing stays: it says what the pair is worth.
    pub(super) fn choose(&mut self, request: &Request<'_>, memo: &Memo) {
        let Request { query, index, tau, .. } = request;
        let (most_gain, most_worth) = (self.most(|unit| unit.most.gain), self.most(|unit| unit.most.worth) as u64);
        let ours = u64::from(query.weight);
        let least = (u64::from(*tau) * ours).div_ceil(u64::from(2 * SCORE_ONE - tau));
        let start = index.forms_between(least, 0).start;
        let mut walks = std::mem::take(&mut self.walks);
        let mut spans = [(0u64, 0u32, 0u32); MAX_TOKENS];
        let mut count = 0;
        for (at, unit) in self.units.iter().enumerate() {
            let floor = request.asked() - (most_gain - self.own(unit, |unit| unit.most.gain) as i64);
            let others = most_worth - self.own(unit, |unit| unit.most.worth);
            let (first, mut postings) = (walks.len() as u32, 0);
            for one in self.found(unit, memo) {
                if one.gain(unit.weight, *tau) < floor {
                    break;
                }
                let Some(heaviest) = request.heaviest(others + one.worth(unit.weight)) else { continue };
                let end = index.forms_between(0, heaviest).end;
                let alone = request.before(one.worth(unit.weight) + self.unknown);
                let walk = Walk { start, end, alone, ..Walk::of(at, one, unit.weight, *tau) };
                if !walk.is_empty() {
                    postings += u64::from(one.count);
                    walks.push(walk);
                }
            }
            if let (Some(span), true) = (spans.get_mut(count), unit.rows.is_power_of_two()) {
                *span = (postings, first, walks.len() as u32);
                count += 1;
            }
        }
        let spans = &mut spans[..count];
        if spans.iter().map(|(postings, ..)| postings).sum::<u64>() > FEW {
            spans.sort_unstable_by_key(|(postings, first, _)| (std::cmp::Reverse(*postings), *first));
            self.leave_out(request, &mut walks, spans);
        }
        self.walks = walks;
    }

    /// Cuts each walk to the forms for which it and those before it suffice.
    fn leave_out(&mut self, request: &Request<'_>, walks: &mut [Walk], spans: &[(u64, u32, u32)]) {
        let tokens = &mut self.units[..request.query.tokens.len()];
        let mut gain: u64 = tokens.iter().map(|unit| unit.rest.gain.max(unit.initial.gain)).sum();
        let mut worth: u64 = tokens.iter().map(|unit| unit.rest.worth.max(unit.initial.worth)).sum();
        for (_, first, end) in spans {
            // The least worth first: as long as the worthy ones are not reached, little suffices.
            for walk in walks[*first as usize..*end as usize].iter_mut().rev() {
                // Which runs a form has its tokens do not tell, so these are never left out.
                if walk.entry >= request.index.tokens() {
                    continue;
                }
                let unit = &mut tokens[usize::from(walk.unit)];
                let before = (unit.rest.gain.max(unit.initial.gain), unit.rest.worth.max(unit.initial.worth));
                unit.rest.gain = unit.rest.gain.max(walk.gain);
                unit.rest.worth = unit.rest.worth.max(u64::from(walk.worth));
                gain += walk.gain.saturating_sub(before.0);
                worth += u64::from(walk.worth).saturating_sub(before.1);
                let reached = gain as i64 >= request.asked();
                walk.end = walk.end.min(if reached { request.before(worth) } else { 0 });
            }
        }
    }
}

impl Request<'_> {
    /// The most that a listed form may weigh against which the assignment is worth this much.
    fn heaviest(&self, worth: u64) -> Option<u64> {
        (128 * worth / u64::from(self.tau)).checked_sub(u64::from(self.query.weight))
    }

    /// Before which form all lie that weigh so little.
    pub(super) fn before(&self, worth: u64) -> u32 {
        self.heaviest(worth).map_or(0, |heaviest| self.index.forms_between(0, heaviest).end)
    }
}
