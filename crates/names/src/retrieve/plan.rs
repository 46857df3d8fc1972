//! Which postings every qualifying name must be in, and which of them are worth a look: the proof obligation.
//!
//! A name qualifies when 128·Σ ≥ τ·(W + W′), where Σ is the worth of its assignment, W and W′ the weights of
//! both forms. The listed parts of the pairs do not overlap, so W′ is at least the sum of their weights w′.
//! Let the **gain** of a pair be 128·s·min(w, w′) − τ·w′. Then the gains of the pairs must add up to at least
//! τ·W: what is **asked**. From this follows all that is left out here:
//!
//! * If the largest gain of every token and run together is below what is asked, no name qualifies.
//! * A neighbour whose gain and the largest gains of the other tokens are together below it is in no
//!   assignment that counts.
//! * Neighbours may go unwalked as long as the largest unwalked gain of every token together stays below it:
//!   a qualifying name then has a pair that was walked. That is what lets common names rest.
//! * With such a pair Σ is at most its worth and the largest worths of the other tokens, which bounds W′.
//!   Forms are numbered by weight, so the bound cuts the postings.
//!
//! A token that was not looked up may gain (2·ONE·64 − τ)·w. Listed initials of a word are not among its
//! neighbours; what they may gain is counted, and they are walked when nothing else is left.

use super::memo::{most_of, Memo, Most};
use super::neighbours::{gain, Neighbour};
use super::score::QueryForm;
use super::walks::Walk;
use super::SCORE_ONE;
use crate::index::tables::Tables;
use crate::index::Index;
use crate::normalise::TokenClass;
use crate::similarity::{RetrievalWeights, ONE};
use std::ops::Range;

/// A token of the query, or after the tokens a run that equals some listed word.
pub(super) struct Unit {
    /// The tokens it consists of, as bits.
    pub rows: u32,
    pub weight: u32,
    /// In the memo for a token, in `Plan::runs` for a run; `None` when not looked up.
    pub found: Option<Range<u32>>,
    pub most: Most,
    /// What a listed initial brings to a word; nothing when these are walked.
    pub initial: Most,
    /// What neighbours that are not walked bring.
    pub rest: Most,
}

/// The choice for one form; the buffers live on.
#[derive(Default)]
pub(crate) struct Plan {
    pub(super) units: Vec<Unit>,
    runs: Vec<Neighbour>,
    pub walks: Vec<Walk>,
    /// What each token may add to the worth of a form because it was not looked up.
    pub rests: Vec<u64>,
    /// The sum of these.
    pub unknown: u64,
    /// What listed initials may add to a form.
    pub initials: u64,
}

/// What a form of the query meets.
pub(crate) struct Request<'a> {
    pub query: &'a QueryForm,
    pub index: &'a Index,
    pub tables: &'a Tables<'a>,
    pub weights: &'a RetrievalWeights,
    pub tau: u32,
}

impl Request<'_> {
    pub(super) fn asked(&self) -> i64 {
        i64::from(self.tau) * i64::from(self.query.weight)
    }
}

impl Plan {
    /// Chooses what to walk; `false` when no name can qualify by its tokens.
    pub(crate) fn make(&mut self, request: &Request<'_>, memo: &mut Memo) -> bool {
        self.walks.clear();
        self.take_units(request, memo);
        if !self.look_up(request, memo) {
            return false;
        }
        self.walk_initials(request, memo);
        let tokens = request.query.tokens.len();
        self.rests.clear();
        self.rests.extend(self.units[..tokens].iter().map(|unit| unit.rest.worth));
        self.unknown = self.rests.iter().sum();
        self.choose(request, memo);
        self.initials = self.units.iter().map(|unit| unit.initial.worth).sum();
        true
    }

    /// The tokens as far as they are remembered, and the runs that are something.
    fn take_units(&mut self, request: &Request<'_>, memo: &mut Memo) {
        let Request { query, tables, weights, tau, .. } = request;
        self.units.clear();
        self.runs.clear();
        let letter = u32::from(weights.initial_letter);
        for (at, token) in query.tokens.iter().enumerate() {
            let mut initial = Most::default();
            if token.class == TokenClass::Word && token.length > 1 {
                let worth = u64::from(weights.initial) * u64::from(token.weight.min(letter));
                let gain = gain(worth, letter, *tau).max(0) as u64;
                initial = Most { worth, gain };
            }
            let full = Most {
                worth: u64::from(token.weight) * u64::from(ONE),
                gain: u64::from(token.weight) * u64::from(2 * SCORE_ONE - tau),
            };
            let unit = Unit { rows: 1 << at, weight: token.weight, found: None, most: full, initial, rest: full };
            self.units.push(unit);
            // Initials have a great many neighbours: whether these are known must change nothing.
            if token.class != TokenClass::Initial {
                self.note(at, token.known, *tau, memo);
            }
        }
        for run in &query.runs {
            let start = self.runs.len() as u32;
            self.runs.extend(memo.of_run(query.text_of(run), tables, weights));
            let range = start..self.runs.len() as u32;
            let found = &mut self.runs[start as usize..];
            if found.is_empty() {
                continue;
            }
            found.sort_unstable_by_key(|one| (std::cmp::Reverse(one.gain(run.weight, *tau)), one.entry));
            let most = most_of(found, run.weight, *tau);
            let (initial, rest) = (Most::default(), Most::default());
            let rows = run.mask();
            self.units.push(Unit { rows, weight: run.weight, found: Some(range), most, initial, rest });
        }
    }

    /// Enters what the memo knows of a token.
    fn note(&mut self, at: usize, known: u32, tau: u32, memo: &mut Memo) {
        if let Some((range, most)) = memo.resolved(known, tau) {
            let unit = &mut self.units[at];
            unit.found = Some(range);
            unit.most = Most { worth: most.worth.max(unit.initial.worth), gain: most.gain.max(unit.initial.gain) };
            unit.rest = Most::default();
        }
    }

    /// Looks tokens up, the heavy words first, until nothing can qualify; initials only
    /// when they must be. What is found does not depend on what was remembered.
    fn look_up(&mut self, request: &Request<'_>, memo: &mut Memo) -> bool {
        let Request { query, tables, weights, tau, .. } = request;
        let asked = request.asked();
        let mut order = [0u8; 32];
        let mut count = 0;
        for (at, unit) in self.units[..query.tokens.len()].iter().enumerate() {
            if unit.found.is_none() {
                order[count] = at as u8;
                count += 1;
            }
        }
        let order = &mut order[..count];
        order.sort_unstable_by_key(|at| {
            let token = &query.tokens[usize::from(*at)];
            let rank = match token.class {
                TokenClass::Word | TokenClass::Number => 0,
                TokenClass::Legal(_) => 1,
                TokenClass::Stop => 2,
                TokenClass::Initial => 3,
            };
            (rank, std::cmp::Reverse(token.weight), *at)
        });
        for at in &*order {
            if self.most(|unit| unit.most.gain) < asked {
                return false;
            }
            let token = &query.tokens[usize::from(*at)];
            if token.class == TokenClass::Initial && self.unwalked() < asked {
                return true;
            }
            memo.of_token(token.known, tables, weights);
            self.note(usize::from(*at), token.known, *tau, memo);
        }
        self.most(|unit| unit.most.gain) >= asked
    }

    /// The most that all tokens and runs bring together: of a run only what it brings above its tokens.
    pub(super) fn most(&self, of: impl Fn(&Unit) -> u64) -> i64 {
        let all =
            self.units.iter().map(|unit| if unit.rows.is_power_of_two() { of(unit) } else { self.excess(unit, &of) });
        all.sum::<u64>() as i64
    }

    fn excess(&self, run: &Unit, of: impl Fn(&Unit) -> u64) -> u64 {
        of(run).saturating_sub(self.tokens_of(run, of))
    }

    fn tokens_of(&self, run: &Unit, of: impl Fn(&Unit) -> u64) -> u64 {
        let first = run.rows.trailing_zeros() as usize;
        let length = run.rows.count_ones() as usize;
        self.units[first..first + length].iter().map(of).sum()
    }

    /// The most that neighbours bring which are not walked.
    pub(super) fn unwalked(&self) -> i64 {
        self.units.iter().map(|unit| unit.rest.gain.max(unit.initial.gain)).sum::<u64>() as i64
    }

    /// What the unit's own part of [`Self::most`] is when one of its neighbours is chosen.
    pub(super) fn own(&self, unit: &Unit, of: impl Fn(&Unit) -> u64) -> u64 {
        if unit.rows.is_power_of_two() {
            of(unit)
        } else {
            of(unit).max(self.tokens_of(unit, &of))
        }
    }

    /// The neighbours of a unit, the largest gain first.
    pub(super) fn found<'m>(&'m self, unit: &Unit, memo: &'m Memo) -> &'m [Neighbour] {
        match &unit.found {
            None => &[],
            Some(range) if unit.rows.is_power_of_two() => memo.get(range),
            Some(range) => &self.runs[range.start as usize..range.end as usize],
        }
    }
}
