//! The tokens of each listed form of which every window that reaches τ must touch one: the plan of retrieval, turned round.
//!
//! A score of τ needs M ≥ τ·W/(2 − τ), where M is the sum of the smaller weights over the matched pairs and W now
//! the weight of the listed form. Tokens become generators, the heavy words first, until what the others weigh, with
//! what an initial of the text could match of a generator, is below that bound. Where all tokens are generators and
//! it still is not, initials of the text are looked up too.

use super::known::gain;
use crate::index::tables::Tables;
use crate::index::Index;
use crate::normalise::TokenClass;
use crate::retrieve::{Score, SCORE_ONE};
use crate::similarity::RetrievalWeights;

/// Which forms a token, an initial or a first letter leads to.
pub(super) struct Generators {
    /// For each listed token where its forms begin, and the least that any of them asks of it.
    heads: Vec<(u32, u32)>,
    forms: Vec<Lead>,
    /// For each first letter of a listed word the forms that an initial of the text leads to.
    by_initial: Vec<Vec<Lead>>,
    /// For each letter of a listed initial the forms that a word of the text leads to.
    by_word: Vec<Vec<Lead>>,
    /// For each listed token the bit of [`letter_bit`] that the text must have for an initial to speak.
    letters: Vec<u8>,
    /// What an initial gains.
    loose: u32,
}

/// A form that a token leads to; in order of what the token must gain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lead {
    /// The least that a pair with the token must gain, whatever the others are.
    pub least: u32,
    pub form: u32,
    /// The heaviest of the other tokens of the form, the number of all tokens where there is none.
    pub partners: [u32; 2],
    /// The least that the token and its partners must gain together, each counted with what an initial brings.
    pub together: u32,
}

/// The number of a letter or digit among the bits for initials, with `word` for what begins with it.
pub(super) fn letter_bit(letter: u8, word: bool) -> u8 {
    let at = match letter {
        b'a'..=b'z' => letter - b'a',
        b'0'..=b'9' => letter - b'0' + 26,
        _ => 36,
    };
    at + if word { 64 } else { 0 }
}

/// Of a token that has nothing to do with initials.
const NEVER: u8 = 127;

impl Generators {
    pub(super) fn of(index: &Index, tau: Score) -> Self {
        let tables = index.tables();
        let mut pairs: Vec<(u32, Lead)> = Vec::new();
        let (mut by_initial, mut by_word) = (vec![Vec::new(); 256], vec![Vec::new(); 256]);
        let full = 2 * SCORE_ONE - tau;
        for form in 0..index.forms() {
            let chosen = choose(form, &tables, tau, index.weights());
            let asked = u64::from(tau) * u64::from(tables.form_weight(form));
            let ids = tables.tokens_of(form);
            let most = |id: u32| u64::from(full) * u64::from(tables.weight_of(id));
            for (at, id) in ids.iter().enumerate() {
                if chosen.generators >> at & 1 == 0 {
                    continue;
                }
                let others: u64 = ids.iter().filter(|other| *other != id).map(|other| most(*other)).sum();
                let alike = ids.iter().filter(|other| *other == id).count() as u64;
                let least = asked.saturating_sub(others).div_ceil(alike) as u32;
                let mut heavy: Vec<u32> = (0..ids.len()).filter(|other| *other != at).map(|other| ids[other]).collect();
                let initial = |id: u32| tables.class_of(id) == TokenClass::Initial;
                heavy.sort_by_key(|other| (initial(*other), std::cmp::Reverse(most(*other))));
                let partner = |number: usize| heavy.get(number).copied().filter(|id| !initial(*id));
                let known: u64 = [0, 1].into_iter().filter_map(partner).map(most).sum();
                let rest = heavy.iter().map(|other| most(*other)).sum::<u64>() - known;
                let together = asked.saturating_sub(rest).min(u64::from(u32::MAX)) as u32;
                let partners = [0, 1].map(|number| partner(number).unwrap_or(index.tokens()));
                let lead = Lead { least, form, partners, together };
                pairs.push((*id, lead));
                let letter = tables.token_text(*id).first().copied().map_or(0, usize::from);
                if tables.class_of(*id) == TokenClass::Initial {
                    by_word[letter].push(lead);
                } else if chosen.with_initials >> at & 1 == 1 {
                    by_initial[letter].push(lead);
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut ends = vec![0u32; index.tokens() as usize + 1];
        for (id, _) in &pairs {
            ends[*id as usize + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let forms: Vec<Lead> = pairs.into_iter().map(|(_, lead)| lead).collect();
        let least = |start: u32| forms.get(start as usize).map_or(0, |lead| lead.least);
        let mut heads: Vec<(u32, u32)> = ends.iter().map(|start| (*start, least(*start))).collect();
        for at in 1..heads.len() {
            if heads[at - 1].0 == heads[at].0 {
                heads[at - 1].1 = u32::MAX;
            }
        }
        let letter = |id: u32| match (tables.class_of(id), tables.token_text(id)) {
            (TokenClass::Initial, [letter]) => letter_bit(*letter, true),
            (TokenClass::Word, [letter, _, ..]) => letter_bit(*letter, false),
            _ => NEVER,
        };
        let letters = (0..index.tokens()).map(letter).collect();
        Self { heads, forms, by_initial, by_word, letters, loose: loose(index.weights(), tau) }
    }

    /// Whether a token that gains so much leads to any form.
    pub(super) fn leads(&self, id: u32, gained: u32) -> bool {
        self.heads[id as usize].1 <= gained.max(self.loose)
    }

    /// The forms of which the token is a generator and that ask no more than this of it.
    #[inline]
    pub(super) fn of_token(&self, id: u32, gained: u32) -> impl Iterator<Item = &Lead> {
        let (start, least) = self.heads[id as usize];
        let end = if least > gained { start } else { self.heads[id as usize + 1].0 };
        self.forms[start as usize..end as usize].iter().take_while(move |lead| lead.least <= gained)
    }

    /// The forms to look at where the text has this initial.
    pub(super) fn of_initial(&self, letter: u8) -> &[Lead] {
        &self.by_initial[usize::from(letter)]
    }

    /// The forms to look at where the text has a word that begins with this letter.
    pub(super) fn of_word(&self, letter: u8) -> &[Lead] {
        &self.by_word[usize::from(letter)]
    }

    /// The letters of a text that an initial on either side can make like this token, as a bit; see [`letter_bit`].
    #[inline]
    pub(super) fn letter(&self, id: u32) -> u128 {
        1 << self.letters[id as usize]
    }
}

/// The most that a pair gains in which one side is an initial: it weighs as much as the initial, and no more.
pub(super) fn loose(weights: &RetrievalWeights, tau: Score) -> u32 {
    gain(u32::from(weights.initial) * u32::from(weights.initial_letter), u32::from(weights.initial_letter), tau)
}

#[derive(Default)]
struct Chosen {
    generators: u32,
    /// Generators for which initials of the text are looked up too.
    with_initials: u32,
}

fn choose(form: u32, tables: &Tables<'_>, tau: Score, weights: &RetrievalWeights) -> Chosen {
    let ids = tables.tokens_of(form);
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|at| {
        let rank = match tables.class_of(ids[*at]) {
            TokenClass::Word | TokenClass::Number => 0,
            TokenClass::Legal(_) => 1,
            TokenClass::Stop => 2,
            TokenClass::Initial => 3,
        };
        (rank, std::cmp::Reverse(tables.weight_of(ids[*at])))
    });
    let allowance = |at: usize| {
        let word = tables.class_of(ids[at]) == TokenClass::Word && tables.token_text(ids[at]).len() > 1;
        u64::from(if word { tables.weight_of(ids[at]).min(u32::from(weights.initial_letter)) } else { 0 })
    };
    let total = u64::from(tables.form_weight(form));
    let enough = |unseen: u64| unseen * u64::from(2 * SCORE_ONE - tau) < u64::from(tau) * total;
    let (mut outside, mut initials) = (total, 0);
    let mut chosen = Chosen::default();
    for at in &order {
        if enough(outside + initials) {
            return chosen;
        }
        chosen.generators |= 1 << at;
        outside -= u64::from(tables.weight_of(ids[*at]));
        initials += allowance(*at);
    }
    for at in &order {
        if enough(outside + initials) {
            return chosen;
        }
        chosen.with_initials |= 1 << at;
        initials -= allowance(*at);
    }
    chosen
}
