//! The postings that are walked: cut to the forms that may qualify, and left out where others suffice.

use super::memo::Memo;
use super::neighbours::{initial_token, Neighbour};
use super::plan::{Plan, Request};
use super::SCORE_ONE;
use crate::index::tables::Tables;
use crate::normalise::MAX_TOKENS;
use crate::similarity::ONE;

/// Postings to walk for one unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    pub unit: u16,
    /// The worth, rounded up to whole weights.
    pub value: u16,
    neighbour: Neighbour,
    /// Forms that may qualify by it: from this one to before that.
    start: u32,
    end: u32,
    gain: u64,
    worth: u64,
}

impl Walk {
    fn of(unit: usize, neighbour: &Neighbour, weight: u32, tau: u32) -> Self {
        let worth = neighbour.worth(weight);
        Self {
            unit: unit as u16,
            value: worth.div_ceil(u64::from(ONE)) as u16,
            neighbour: *neighbour,
            start: 0,
            end: u32::MAX,
            gain: neighbour.gain(weight, tau).max(0) as u64,
            worth,
        }
    }

    /// Whether any posting may be among the forms.
    const fn is_empty(&self) -> bool {
        self.start >= self.end || self.neighbour.lightest >= self.end || self.neighbour.heaviest < self.start
    }

    pub(crate) fn postings<'a>(&self, tables: &Tables<'a>) -> &'a [u32] {
        let mut postings = tables.postings_of(self.neighbour.entry);
        if self.neighbour.lightest < self.start {
            postings = &postings[postings.partition_point(|form| *form < self.start)..];
        }
        if self.neighbour.heaviest >= self.end {
            postings = &postings[..postings.partition_point(|form| *form < self.end)];
        }
        postings
    }
}

/// What is not walked of a neighbour because others suffice.
#[derive(Debug, Clone, Copy)]
struct Rest {
    entry: u32,
    unit: u32,
    /// The forms from this one to before that.
    start: u32,
    end: u32,
    /// The next one of the same slot, counted from 1.
    next: u32,
    worth: u64,
}

/// Everything that is left out, to be found by token.
#[derive(Default)]
pub(crate) struct Left {
    all: Vec<Rest>,
    /// The first of each slot, counted from 1; a power of two of them.
    slots: Vec<u32>,
}

const SLOTS: usize = 512;
/// So many postings are walked sooner than it is asked what may be left out.
const FEW: u64 = 512;

impl Left {
    fn clear(&mut self) {
        self.all.clear();
        self.slots.clear();
        self.slots.resize(SLOTS, 0);
    }

    fn add(&mut self, walk: &Walk, start: u32) {
        let slot = &mut self.slots[walk.neighbour.entry as usize % SLOTS];
        let (entry, unit) = (walk.neighbour.entry, u32::from(walk.unit));
        self.all.push(Rest { entry, unit, start, end: walk.end, next: *slot, worth: walk.worth });
        *slot = self.all.len() as u32;
    }

    fn of(&self, form: u32, id: u32) -> impl Iterator<Item = &Rest> {
        let first = self.slots[id as usize % SLOTS];
        let next = |rest: &&Rest| self.get(rest.next);
        std::iter::successors(self.get(first), next)
            .filter(move |rest| rest.entry == id && form >= rest.start && form < rest.end)
    }

    #[inline]
    fn get(&self, place: u32) -> Option<&Rest> {
        self.all.get((place as usize).wrapping_sub(1))
    }
}

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
    /// and that those before it do not suffice for. Units with many postings come first.
    pub(super) fn choose(&mut self, request: &Request<'_>, memo: &Memo) {
        let Request { query, index, tau, .. } = request;
        let (most_gain, most_worth) = (self.most(|unit| unit.most.gain), self.most(|unit| unit.most.worth) as u64);
        let ours = u64::from(query.weight);
        let least = (u64::from(*tau) * ours).div_ceil(u64::from(2 * SCORE_ONE - tau));
        self.left.clear();
        let mut walks = std::mem::take(&mut self.walks);
        let mut left = std::mem::take(&mut self.left);
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
                let forms = index.forms_between(least, heaviest);
                let walk = Walk { start: forms.start, end: forms.end, ..Walk::of(at, one, unit.weight, *tau) };
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
        if spans.iter().map(|(postings, ..)| postings).sum::<u64>() <= FEW {
            (self.walks, self.left) = (walks, left);
            return;
        }
        spans.sort_unstable_by_key(|(postings, first, _)| (std::cmp::Reverse(*postings), *first));
        let tokens = query.tokens.len();
        let mut gain: u64 = self.units[..tokens].iter().map(|unit| unit.rest.gain.max(unit.initial.gain)).sum();
        let mut worth: u64 = self.units[..tokens].iter().map(|unit| unit.rest.worth.max(unit.initial.worth)).sum();
        for (_, first, end) in spans {
            // The least worth first: as long as the worthy ones are not reached, little suffices.
            for walk in walks[*first as usize..*end as usize].iter_mut().rev() {
                // Which runs a form has its tokens do not tell, so these are never left out.
                if walk.neighbour.entry >= index.tokens() {
                    continue;
                }
                let unit = &mut self.units[usize::from(walk.unit)];
                let before = (unit.rest.gain.max(unit.initial.gain), unit.rest.worth.max(unit.initial.worth));
                unit.rest.gain = unit.rest.gain.max(walk.gain);
                unit.rest.worth = unit.rest.worth.max(walk.worth);
                gain += walk.gain.saturating_sub(before.0);
                worth += walk.worth.saturating_sub(before.1);
                let reached = gain as i64 >= request.asked();
                let heaviest = request.heaviest(worth).filter(|_| reached);
                let end = heaviest.map_or(0, |heaviest| index.forms_between(0, heaviest).end);
                if end < walk.end && walk.neighbour.heaviest >= end {
                    left.add(walk, end);
                    walk.end = end;
                }
            }
        }
        walks.retain(|walk| !walk.is_empty());
        (self.walks, self.left) = (walks, left);
    }

    /// What [`Self::rest`] is for a form of these tokens.
    pub(crate) fn rest_of(&self, form: u32, ids: &[u32]) -> u64 {
        if !ids.iter().any(|id| self.left.of(form, *id).next().is_some()) {
            return self.unknown;
        }
        let mut rest = [0u64; MAX_TOKENS];
        for found in ids.iter().flat_map(|id| self.left.of(form, *id)) {
            if let Some(most) = rest.get_mut(found.unit as usize) {
                *most = found.worth.max(*most);
            }
        }
        self.unknown + rest.iter().sum::<u64>()
    }
}

impl Request<'_> {
    /// The most that a listed form may weigh against which the assignment is worth this much.
    fn heaviest(&self, worth: u64) -> Option<u64> {
        (128 * worth / u64::from(self.tau)).checked_sub(u64::from(self.query.weight))
    }
}
