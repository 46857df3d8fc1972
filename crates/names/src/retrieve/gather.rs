//! The forms that touch a generator, thinned by two upper bounds, then scored: what passes is the answer.

use super::plan::Request;
use super::score::{by_tokens, by_whole, Bound};
use super::{Scratch, Work, SCORE_ONE};
use crate::index::hashing;
use crate::index::tables::Tables;
use crate::index::Index;
use crate::similarity::{ONE, WHOLE_EDIT_FROM};

/// For each form the most its enumerated pairs can add; touched forms are listed, so clearing is cheap.
#[derive(Default)]
pub(crate) struct Gathered {
    sums: Vec<Sum>,
    touched: Vec<u32>,
}

/// The best of each token or run of the query that has met the form, added up. Values are rounded up
/// to whole weights, so that the sum stays an upper bound.
#[derive(Clone, Copy, Default)]
struct Sum {
    total: u32,
    /// The best of `unit` so far, part of `total`.
    latest: u16,
    /// Which token or run was met last, counted from 1.
    unit: u16,
}

impl Gathered {
    #[inline]
    fn add(&mut self, forms: &[u32], unit: u16, value: u16) {
        for form in forms {
            let sum = &mut self.sums[*form as usize];
            if sum.unit == unit {
                let more = value.saturating_sub(sum.latest);
                sum.latest += more;
                sum.total += u32::from(more);
                continue;
            }
            if sum.unit == 0 {
                self.touched.push(*form);
            }
            let total = sum.total + u32::from(value);
            *sum = Sum { total, latest: value, unit };
        }
    }
}

/// Adds every name that scores at least `tau` against the form in `scratch.query` to `scratch.best`.
pub(crate) fn gather(index: &Index, tables: &Tables<'_>, tau: u32, scratch: &mut Scratch, work: &mut Work) {
    scratch.gathered.touched.clear();
    whole_forms(index, tables, tau, scratch, work);
    let weights = index.weights();
    let Scratch { memo, query, comparison, gathered, plan, best } = scratch;
    if query.tokens.is_empty() || !plan.make(&Request { query, index, tables, weights, tau }, memo) {
        return;
    }
    if gathered.sums.len() < index.forms() as usize {
        gathered.sums.resize(index.forms() as usize, Sum::default());
    }
    let cap = u64::from(weights.work_cap);
    for walk in &plan.walks {
        let forms = walk.postings(tables);
        work.postings += forms.len() as u64;
        if work.postings > cap {
            work.truncated = true;
            break;
        }
        gathered.add(forms, walk.unit + 1, walk.value);
    }
    let Gathered { sums, touched } = gathered;
    for form in &*touched {
        let sum = std::mem::take(&mut sums[*form as usize]).total;
        let theirs = tables.form_weight(*form);
        let both = u64::from(query.weight) + u64::from(theirs);
        // A score of τ needs 2·Σ·SCORE_ONE / (ONE·both) to be τ.
        let needed = (u64::from(tau) * both).div_ceil(2 * u64::from(SCORE_ONE) / u64::from(ONE));
        let initials = if tables.has_initial(*form) { plan.initials } else { 0 };
        let mut most = u64::from(sum) * u64::from(ONE) + plan.rest + initials;
        let lighter = u64::from(query.weight.min(theirs));
        if most < needed || lighter * u64::from(ONE) < needed {
            continue;
        }
        if plan.rest > 0 {
            most = most - plan.rest + plan.rest_of(*form, tables.tokens_of(*form));
            if most < needed {
                continue;
            }
        }
        work.scored += 1;
        let bound = Bound { most, needed, rests: &plan.rests };
        let score = by_tokens(query, *form, memo, tables, weights, &bound, comparison);
        if score >= tau {
            best.push((tables.form_name[*form as usize], score));
        }
    }
}

/// Forms whose whole text is the query's or one edit away.
fn whole_forms(index: &Index, tables: &Tables<'_>, tau: u32, scratch: &mut Scratch, work: &mut Work) {
    let text = scratch.query.whole.as_bytes();
    let forms = &mut scratch.gathered.touched;
    let found = |hash| {
        if tables.whole_sieve.passes(hash) {
            forms.extend(tables.whole_keys.find(hash));
        }
    };
    hashing::one_edit_apart(text, WHOLE_EDIT_FROM, found);
    if forms.is_empty() {
        return;
    }
    forms.sort_unstable();
    forms.dedup();
    work.postings += forms.len() as u64;
    for form in &*forms {
        let score = by_whole(&scratch.query, *form, tables, index.weights());
        if score >= tau {
            scratch.best.push((tables.form_name[*form as usize], score));
        }
    }
    forms.clear();
}
