//! The forms that touch a generator, thinned by two upper bounds, then scored: what passes is the answer.

use super::neighbours::initial_token;
use super::plan::{plan, Plan};
use super::score::{by_tokens, by_whole, Bound};
use super::{Scratch, Work, SCORE_ONE};
use crate::index::hashing;
use crate::index::tables::Tables;
use crate::index::Index;
use crate::normalise::TokenClass;
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
    if scratch.gathered.sums.len() < index.forms() as usize {
        scratch.gathered.sums.resize(index.forms() as usize, Sum::default());
    }
    let weights = index.weights();
    whole_forms(index, tables, tau, scratch, work);
    if scratch.query.tokens.is_empty() {
        return;
    }
    let plan = plan(&scratch.query, tau, weights);
    touch(index, tables, &plan, scratch, work);
    let all = ((1u64 << scratch.query.tokens.len()) - 1) as u32;
    let outside = all & !plan.generators;
    let touched = std::mem::take(&mut scratch.gathered.touched);
    for form in &touched {
        let sum = std::mem::take(&mut scratch.gathered.sums[*form as usize]).total;
        let theirs = tables.form_weight(*form);
        let both = u64::from(scratch.query.weight) + u64::from(theirs);
        // A score of τ needs 2·Σ·SCORE_ONE / (ONE·both) to be τ.
        let needed = (u64::from(tau) * both).div_ceil(2 * u64::from(SCORE_ONE) / u64::from(ONE));
        let initials = if tables.has_initial(*form) { plan.initials } else { 0 };
        let most = u64::from(sum) * u64::from(ONE) + plan.outside + initials;
        let lighter = u64::from(scratch.query.weight.min(theirs));
        if most < needed || lighter * u64::from(ONE) < needed {
            continue;
        }
        work.scored += 1;
        let bound = Bound { most, needed, outside };
        let buffers = &mut scratch.comparison;
        let score = by_tokens(&scratch.query, *form, tables, weights, &bound, buffers);
        if score >= tau {
            scratch.best.push((tables.form_name[*form as usize], score));
        }
    }
    scratch.gathered.touched = touched;
}

/// Forms whose whole text is the query's or one edit away.
fn whole_forms(index: &Index, tables: &Tables<'_>, tau: u32, scratch: &mut Scratch, work: &mut Work) {
    let text = scratch.query.whole.as_bytes();
    let forms = &mut scratch.gathered.touched;
    let found = |hash| forms.extend(tables.whole_keys.find(hash));
    hashing::one_edit_apart(text, WHOLE_EDIT_FROM, found);
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

/// Walks the postings of everything similar to a generator.
fn touch(index: &Index, tables: &Tables<'_>, plan: &Plan, scratch: &mut Scratch, work: &mut Work) {
    let weights = index.weights();
    let Scratch { memo, query, gathered, .. } = scratch;
    let tokens = index.tokens();
    let cap = u64::from(weights.work_cap);
    let mut walk = |entry: u32, unit: usize, value: u32| {
        let forms = tables.postings_of(entry);
        work.postings += forms.len() as u64;
        work.truncated |= work.postings > cap;
        if work.postings <= cap {
            gathered.add(forms, unit as u16 + 1, value.div_ceil(u32::from(ONE)) as u16);
        }
        work.postings <= cap
    };
    for (at, ours) in query.tokens.iter().enumerate() {
        if plan.generators >> at & 1 == 0 {
            continue;
        }
        let range = memo.of_token(&ours.token, tables, weights);
        for neighbour in memo.get(&range) {
            // A join weighs what its tokens weigh in the form; ours is the bound that holds for all.
            let least =
                if neighbour.entry < tokens { tables.weight_of(neighbour.entry).min(ours.weight) } else { ours.weight };
            if !walk(neighbour.entry, at, u32::from(neighbour.sim) * least) {
                return;
            }
        }
        if plan.with_initials >> at & 1 == 1 && ours.token.class == TokenClass::Word {
            let letter = ours.token.text.as_bytes().first().copied().unwrap_or(0);
            let least = ours.weight.min(u32::from(weights.initial_letter));
            for id in initial_token(letter, tables) {
                if !walk(id, at, u32::from(weights.initial) * least) {
                    return;
                }
            }
        }
    }
    for (number, run) in query.runs.iter().enumerate() {
        if plan.generators & run.mask() == 0 {
            continue;
        }
        for neighbour in memo.of_run(run.text.as_bytes(), tables, weights) {
            let least = tables.weight_of(neighbour.entry).min(run.weight);
            if !walk(neighbour.entry, query.tokens.len() + number, u32::from(neighbour.sim) * least) {
                return;
            }
        }
    }
}
