//! Every listed token and join that is similar to a query token, and every listed word that a run may be: completely.

use crate::index::hashing::{self, Role};
use crate::index::tables::Tables;
use crate::index::JoinBuffer;
use crate::normalise::{TokenClass, MAX_TOKEN};
use crate::similarity::{joined_bytes, letters, views, Reason, RetrievalWeights, View, JOIN_EDIT_FROM};

/// A listed token, or a join counted on from the last token, and how similar it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Neighbour {
    pub entry: u32,
    pub sim: u16,
    /// What it weighs in a listed form; a join what its tokens weigh.
    pub weight: u16,
    /// Its postings: the first, and how many.
    pub first: u32,
    pub count: u32,
    /// The first and the last form among them; forms are numbered by weight.
    pub lightest: u32,
    pub heaviest: u32,
}

impl Neighbour {
    pub(crate) fn of(entry: u32, sim: u16, weight: u32, tables: &Tables<'_>) -> Self {
        let ends = tables.posting_ends;
        let (first, end) = (ends[entry as usize], ends[entry as usize + 1]);
        // A token weighs at most 33 bits and a join three times that, so this keeps every weight as it is.
        let weight = weight.min(u32::from(u16::MAX)) as u16;
        let forms = tables.postings_of(entry);
        let (lightest, heaviest) = (forms.first().copied().unwrap_or(0), forms.last().copied().unwrap_or(0));
        Self { entry, sim, weight, first, count: end - first, lightest, heaviest }
    }

    /// What the pair is worth to a token or run of this weight: similarity times the smaller weight.
    #[inline]
    pub(crate) fn worth(&self, weight: u32) -> u64 {
        u64::from(self.sim) * u64::from(weight.min(u32::from(self.weight)))
    }

    /// What is left of the worth when the listed weight is paid for at this threshold, see [`super::plan`].
    #[inline]
    pub(crate) fn gain(&self, weight: u32, tau: u32) -> i64 {
        gain(self.worth(weight), u32::from(self.weight), tau)
    }
}

/// Twice the worth in 1/65536 less the threshold's part of the listed weight.
#[inline]
pub(crate) fn gain(worth: u64, listed: u32, tau: u32) -> i64 {
    128 * worth as i64 - i64::from(tau) * i64::from(listed)
}

/// Appends every token and every join similar to the token, but for the initials of a word.
pub(crate) fn resolve(
    view: &View<'_>,
    tables: &Tables<'_>,
    weights: &RetrievalWeights,
    ids: &mut Vec<u32>,
    out: &mut Vec<Neighbour>,
) {
    ids.clear();
    collect_tokens(view, tables, ids);
    ids.sort_unstable();
    ids.dedup();
    let word = view.class == TokenClass::Word;
    for id in &*ids {
        match views(view, &tables.view(*id), weights) {
            Some(found) if !(word && found.reason == Reason::Initial) => {
                out.push(Neighbour::of(*id, found.sim, tables.weight_of(*id), tables));
            }
            _ => {}
        }
    }
    if !word || view.text.len() > MAX_TOKEN {
        return;
    }
    ids.clear();
    let near = |join: &u32| may_be_one_edit(view.letters, tables.join_letters(*join));
    let found = |hash| {
        if tables.join_sieve.passes(hash) {
            ids.extend(tables.join_keys.find(hash).filter(near));
        }
    };
    hashing::one_edit_apart(view.text, JOIN_EDIT_FROM, found);
    let heard = hashing::heard(view.text).filter(|hash| tables.join_sieve.passes(*hash));
    ids.extend(heard.into_iter().flat_map(|hash| tables.join_keys.find(hash)));
    ids.sort_unstable();
    ids.dedup();
    let tokens = tables.tokens.len() as u32;
    let mut buffer = JoinBuffer::new();
    for join in &*ids {
        if let Some(sim) = joined_bytes(tables.join_text(*join, &mut buffer), view.text, weights) {
            out.push(Neighbour::of(tokens + join, sim, tables.join_weight(*join), tables));
        }
    }
}

/// One edit changes at most two letters of the set, so nearly every other text is told without reading it.
const fn may_be_one_edit(letters: u32, others: u32) -> bool {
    (letters ^ others).count_ones() <= 2
}

/// Appends every listed word that equals the run, is one edit from it or is heard as it.
pub(crate) fn resolve_run(
    run: &[u8],
    tables: &Tables<'_>,
    weights: &RetrievalWeights,
    ids: &mut Vec<u32>,
    out: &mut Vec<Neighbour>,
) {
    ids.clear();
    let set = letters(run);
    let near = |id: &u32| may_be_one_edit(set, tables.letters_of(*id));
    let found = |hash| {
        if tables.run_sieve.passes(hash) {
            ids.extend(tables.token_keys.find(hash).filter(near));
        }
    };
    hashing::one_edit_apart(run, JOIN_EDIT_FROM, found);
    let heard = hashing::heard(run).filter(|hash| tables.run_sieve.passes(*hash));
    ids.extend(heard.into_iter().flat_map(|hash| tables.token_keys.find(hash)));
    if ids.is_empty() {
        return;
    }
    ids.sort_unstable();
    ids.dedup();
    for id in &*ids {
        if tables.class_of(*id) == TokenClass::Word {
            if let Some(sim) = joined_bytes(run, tables.token_text(*id), weights) {
                out.push(Neighbour::of(*id, sim, tables.weight_of(*id), tables));
            }
        }
    }
}

/// The listed token that is this initial, when there is one.
pub(crate) fn initial_token<'a>(letter: u8, tables: &'a Tables<'a>) -> impl Iterator<Item = u32> + 'a {
    tables
        .token_keys
        .find(hashing::text(Role::Text, &[letter]))
        .filter(move |id| tables.class_of(*id) == TokenClass::Initial && tables.token_text(*id) == [letter])
}

/// Ids among which all similar tokens are; the similarity itself decides.
fn collect_tokens(view: &View<'_>, tables: &Tables<'_>, ids: &mut Vec<u32>) {
    let keys = &tables.token_keys;
    ids.extend(keys.find(hashing::text(Role::Text, view.text)));
    if view.variant != 0 {
        ids.extend(keys.find(hashing::number(Role::Variant, u64::from(view.variant))));
    }
    match view.class {
        TokenClass::Legal(class) => {
            ids.extend(keys.find(hashing::number(Role::Legal, u64::from(class))));
        }
        TokenClass::Initial => {
            if let [letter] = view.text {
                ids.extend(keys.find(hashing::number(Role::Letter, u64::from(*letter))));
            }
        }
        TokenClass::Word => {
            if view.sound != 0 {
                ids.extend(keys.find(hashing::number(Role::Sound, view.sound)));
            }
            if view.family != 0 {
                ids.extend(keys.find(hashing::number(Role::Family, view.family)));
            }
            ids.extend(keys.find(hashing::text(Role::Part, view.text)));
            hashing::parts(view.text, |part| ids.extend(keys.find(hashing::text(Role::Text, part))));
            // At most 56: with two of the first ten letters deleted.
            let (mut hashes, mut count) = ([0u64; 64], 0);
            hashing::deletions(view.text, |hash| {
                if let Some(place) = hashes.get_mut(count) {
                    *place = hash;
                    count += 1;
                }
            });
            tables.deletions.find_all(&hashes[..count], ids);
        }
        TokenClass::Number | TokenClass::Stop => {}
    }
}
