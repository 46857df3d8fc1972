//! Which words stand for a listed name by its initials, and which listed words may stand for a customer so.

use crate::index::tables::Tables;
use crate::normalise::{Token, TokenClass};
use crate::retrieve::{Score, SCORE_ONE};
use crate::similarity::{letters, Initials, ONE};
use rustc_hash::FxHashMap;

/// The acronyms of a delta.
pub(super) struct Acronyms {
    /// The initials of its forms, with the least that such a form weighs.
    forms: FxHashMap<Box<[u8]>, u32>,
    words: Vec<Short>,
}

/// A listed word that may be somebody's initials.
struct Short {
    letters: u32,
    length: usize,
    weight: u32,
    /// The least that a form with it weighs.
    lightest: u32,
}

impl Acronyms {
    pub(super) fn of(tables: &Tables<'_>, tokens: u32, forms: u32) -> Self {
        let mut made = Self { forms: FxHashMap::default(), words: Vec::new() };
        for form in 0..forms {
            let ids = tables.tokens_of(form).iter();
            if let Some(initials) = Initials::of(ids.map(|id| (tables.class_of(*id), tables.token_text(*id)))) {
                let weight = tables.form_weight(form);
                let least = made.forms.entry(initials.as_bytes().into()).or_insert(weight);
                *least = weight.min(*least);
            }
        }
        for id in (0..tokens).filter(|id| tables.class_of(*id) == TokenClass::Word) {
            let text = tables.token_text(id);
            let forms = tables.postings_of(id).iter().map(|form| tables.form_weight(*form));
            if let (Some(lightest), true) = (forms.min(), Initials::may_be(text)) {
                let (letters, weight) = (letters(text), tables.weight_of(id));
                made.words.push(Short { letters, length: text.len(), weight, lightest });
            }
        }
        made
    }

    /// The least that a form weighs whose initials the token is.
    pub(super) fn stands_for(&self, token: &Token) -> Option<u32> {
        let found = (token.class == TokenClass::Word).then(|| self.forms.get(token.text.as_bytes()));
        found.flatten().copied()
    }

    /// Whether a listed word may be the initials of a name of at most so many words that begin with these letters and
    /// weigh at least `weight`, and score `tau` so.
    pub(super) fn may_reach(&self, firsts: u32, words: usize, weight: u64, tau: Score, acronym: u16) -> bool {
        self.words.iter().any(|short| {
            let worth = 2 * u64::from(SCORE_ONE) / u64::from(ONE) * u64::from(acronym) * u64::from(short.weight);
            short.length <= words
                && short.letters & !firsts == 0
                && worth >= u64::from(tau) * (weight + u64::from(short.lightest))
        })
    }
}
