//! Names that stand for the words of others: PLA and People's Liberation Army, by look-up in both directions.

use super::memo::Memo;
use super::score::QueryForm;
use super::{Score, Scratch, Work, SCORE_ONE};
use crate::index::hashing::{self, Role};
use crate::index::tables::Tables;
use crate::index::Index;
use crate::normalise::TokenClass;
use crate::similarity::{Initials, ONE};

/// Adds every name of which a word is the query's initials, or the other way round, and that scores at least `tau` so.
pub(super) fn gather(index: &Index, tables: &Tables<'_>, tau: u32, scratch: &mut Scratch, work: &mut Work) {
    let Scratch { memo, query, best, .. } = scratch;
    let acronym = u64::from(index.weights().acronym);
    let cap = u64::from(index.weights().work_cap);
    let mut enter = |form: u32, worth: u32| {
        let both = u64::from(query.weight) + u64::from(tables.form_weight(form));
        let score = 2 * u64::from(SCORE_ONE) / u64::from(ONE) * acronym * u64::from(worth);
        let score = score.checked_div(both).unwrap_or(0) as Score;
        if score >= tau {
            best.push((tables.form_name[form as usize], score));
        }
    };
    // Forms are numbered by weight: before which one all lie against which so much is enough.
    let before = |worth: u32| {
        let both = 2 * u64::from(SCORE_ONE) / u64::from(ONE) * acronym * u64::from(worth) / u64::from(tau);
        both.checked_sub(u64::from(query.weight)).map_or(0, |most| index.forms_between(0, most).end)
    };
    for ours in query.tokens.iter().filter(|ours| ours.class == TokenClass::Word) {
        let end = before(ours.weight);
        if end == 0 {
            continue;
        }
        let text = memo.view(ours.known).text;
        let hash = hashing::text(Role::Initials, text);
        if !tables.whole_sieve.passes(hash) {
            continue;
        }
        for form in tables.whole_keys.find(hash).filter(|form| *form < end) {
            work.postings += 1;
            let ids = tables.tokens_of(form);
            let words = ids.iter().map(|id| (tables.class_of(*id), tables.token_text(*id)));
            if Initials::of(words).is_some_and(|initials| initials.as_bytes() == text) {
                let words = ids.iter().filter(|id| tables.class_of(**id) == TokenClass::Word);
                let weight: u32 = words.map(|id| tables.weight_of(*id)).sum();
                enter(form, weight.min(ours.weight));
            }
        }
    }
    let Some(initials) = initials_of(query, memo) else { return };
    let words = query.tokens.iter().filter(|ours| ours.class == TokenClass::Word);
    let weight: u32 = words.map(|ours| ours.weight).sum();
    for id in tables.token_keys.find(hashing::text(Role::Text, initials.as_bytes())) {
        if tables.class_of(id) != TokenClass::Word || tables.token_text(id) != initials.as_bytes() {
            continue;
        }
        let worth = weight.min(tables.weight_of(id));
        let (forms, end) = (tables.postings_of(id), before(worth));
        let forms = &forms[..forms.partition_point(|form| *form < end)];
        work.postings += forms.len() as u64;
        work.truncated |= work.postings > cap;
        if work.postings <= cap {
            for form in forms {
                enter(*form, worth);
            }
        }
    }
}

fn initials_of(query: &QueryForm, memo: &Memo) -> Option<Initials> {
    Initials::of(query.tokens.iter().map(|ours| (ours.class, memo.view(ours.known).text)))
}
