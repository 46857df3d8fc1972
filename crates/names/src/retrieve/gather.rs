//! The forms that touch a generator, thinned by upper bounds, then scored: what passes is the answer.

use super::meeting::{Asked, By, Meeting};
use super::plan::Request;
use super::score::{by_tokens, by_whole, Bound};
use super::{Scratch, Work};
use crate::index::hashing;
use crate::index::marks::marks_of;
use crate::index::tables::Tables;
use crate::index::Index;
use crate::similarity::WHOLE_EDIT_FROM;

/// Adds every name that scores at least `tau` against the form in `scratch.query` to `scratch.best`.
pub(crate) fn gather(index: &Index, tables: &Tables<'_>, tau: u32, scratch: &mut Scratch, work: &mut Work) {
    whole_forms(index, tables, tau, scratch, work);
    let weights = index.weights();
    let Scratch { memo, query, comparison, meeting, plan, best, .. } = scratch;
    let request = Request { query, index, tables, weights, tau };
    if query.tokens.is_empty() || !plan.make(&request, memo) {
        return;
    }
    let cap = u64::from(weights.work_cap);
    let tokens = index.tokens();
    meeting.begin(plan, tokens);
    for walk in plan.walks.iter().filter(|walk| walk.entry >= tokens) {
        let forms = walk.forms(tables);
        work.postings += forms.len() as u64;
        if work.postings > cap {
            work.truncated = true;
            return meeting.end(plan);
        }
        meeting.join(walk, forms);
    }
    meeting.sort_joins();
    let asked = Asked { query, plan, memo, tables, weights, tau };
    let mut scored = 0;
    let mut enter = |meeting: &mut Meeting, form: u32, by: By| {
        let Some(most) = meeting.most(&asked, form, by) else { return };
        scored += 1;
        let score = meeting.score(&asked, form, by, comparison).unwrap_or_else(|| {
            let bound = Bound { most, needed: asked.needed_for(form), rests: &plan.rests };
            by_tokens(query, form, memo, tables, weights, &bound, comparison)
        });
        if score >= tau {
            best.push((tables.form_name[form as usize], score));
        }
    };
    let mut at = 0;
    while let Some((form, first)) = meeting.joined_form(at) {
        if first {
            enter(meeting, form, By::Join);
        }
        at += 1;
    }
    for (number, walk) in plan.walks.iter().enumerate().filter(|(_, walk)| walk.entry < tokens && !walk.is_empty()) {
        let postings = walk.marked(tables);
        work.postings += postings.len() as u64;
        if work.postings > cap {
            work.truncated = true;
            break;
        }
        for posting in postings {
            let (form, marks) = (posting[0], marks_of(posting));
            let company = meeting.wants(&marks);
            if (company || form < walk.alone) && form < meeting.bound(&request, plan, walk, &marks) {
                enter(meeting, form, By::Walk { number, company });
            }
        }
    }
    meeting.end(plan);
    work.scored += scored;
}

/// Forms whose whole text is the query's or one edit away.
fn whole_forms(index: &Index, tables: &Tables<'_>, tau: u32, scratch: &mut Scratch, work: &mut Work) {
    let text = scratch.query.whole.as_bytes();
    let forms = &mut scratch.wholes;
    forms.clear();
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
}
