//! Every listed token and join that is similar to a query token, completely, and remembered.

use crate::index::hashing::{self, Role};
use crate::index::tables::Tables;
use crate::index::{Index, JoinBuffer};
use crate::normalise::{Token, TokenClass, MAX_TOKEN};
use crate::similarity::{joined_bytes, views, Reason, RetrievalWeights, View, JOIN_EDIT_FROM};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A listed token, or a join counted on from the last token, and how similar it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Neighbour {
    pub entry: u32,
    pub sim: u16,
}

/// What is known of a query token.
#[derive(Debug, Clone)]
struct Known {
    weight: u32,
    letters: u32,
    sound: u32,
    family: u32,
    neighbours: Option<Range<u32>>,
}

/// Resolved tokens, emptied when full and when another index is asked.
#[derive(Default)]
pub(crate) struct Memo {
    instance: u64,
    tokens: FxHashMap<Token, Known>,
    arena: Vec<Neighbour>,
    ids: Vec<u32>,
    run: Vec<Neighbour>,
}

/// The most tokens that are remembered.
const MOST_TOKENS: usize = 1 << 17;
/// The most neighbours that are remembered: 8 MiB.
const MOST_NEIGHBOURS: usize = 1 << 20;

impl Memo {
    /// To be called before each query: within one, nothing is forgotten.
    pub(crate) fn begin(&mut self, instance: u64) {
        let full = self.tokens.len() > MOST_TOKENS || self.arena.len() > MOST_NEIGHBOURS;
        if full || self.instance != instance {
            self.tokens.clear();
            self.arena.clear();
            self.instance = instance;
        }
    }

    pub(crate) fn get(&self, range: &Range<u32>) -> &[Neighbour] {
        &self.arena[range.start as usize..range.end as usize]
    }

    /// Weight, letters, sound and family of a token.
    pub(crate) fn measure(&mut self, token: &Token, index: &Index) -> (u32, u32, u32, u32) {
        if let Some(known) = self.tokens.get(token) {
            return (known.weight, known.letters, known.sound, known.family);
        }
        let View { letters, sound, family, .. } = View::of(token);
        let weight = index.token_weight(token);
        let known = Known { weight, letters, sound, family, neighbours: None };
        self.tokens.insert(token.clone(), known);
        (weight, letters, sound, family)
    }

    /// Every token and every join similar to `token`, but for the initials of a word, which [`super::plan`]
    /// accounts for.
    pub(crate) fn of_token(&mut self, token: &Token, tables: &Tables<'_>, weights: &RetrievalWeights) -> Range<u32> {
        if let Some(Known { neighbours: Some(range), .. }) = self.tokens.get(token) {
            return range.clone();
        }
        let start = self.arena.len() as u32;
        let view = View::of(token);
        self.ids.clear();
        collect_tokens(&view, tables, &mut self.ids);
        self.ids.sort_unstable();
        self.ids.dedup();
        let word = view.class == TokenClass::Word;
        for id in &self.ids {
            match views(&view, &tables.view(*id), weights) {
                Some(found) if !(word && found.reason == Reason::Initial) => {
                    self.arena.push(Neighbour { entry: *id, sim: found.sim });
                }
                _ => {}
            }
        }
        if word {
            self.ids.clear();
            if view.text.len() <= MAX_TOKEN {
                let ids = &mut self.ids;
                let found = |hash| ids.extend(tables.join_keys.find(hash));
                hashing::one_edit_apart(view.text, JOIN_EDIT_FROM, found);
                ids.extend(hashing::heard(view.text).into_iter().flat_map(|hash| tables.join_keys.find(hash)));
            }
            self.ids.sort_unstable();
            self.ids.dedup();
            let tokens = tables.tokens.len() as u32;
            let mut buffer = JoinBuffer::new();
            for join in &self.ids {
                if let Some(sim) = joined_bytes(tables.join_text(*join, &mut buffer), view.text, weights) {
                    self.arena.push(Neighbour { entry: tokens + join, sim });
                }
            }
        }
        let range = start..self.arena.len() as u32;
        if let Some(known) = self.tokens.get_mut(token) {
            known.neighbours = Some(range.clone());
        }
        range
    }

    /// Every listed word that a run of the query may be. Runs seldom come twice: they are not remembered.
    pub(crate) fn of_run(&mut self, run: &[u8], tables: &Tables<'_>, weights: &RetrievalWeights) -> &[Neighbour] {
        let ids = &mut self.ids;
        ids.clear();
        let found = |hash| ids.extend(tables.token_keys.find(hash));
        hashing::one_edit_apart(run, JOIN_EDIT_FROM, found);
        ids.extend(hashing::heard(run).into_iter().flat_map(|hash| tables.token_keys.find(hash)));
        ids.sort_unstable();
        ids.dedup();
        self.run.clear();
        for id in ids {
            if tables.class_of(*id) == TokenClass::Word {
                if let Some(sim) = joined_bytes(run, tables.token_text(*id), weights) {
                    self.run.push(Neighbour { entry: *id, sim });
                }
            }
        }
        &self.run
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
                ids.extend(keys.find(hashing::number(Role::Sound, u64::from(view.sound))));
            }
            if view.family != 0 {
                ids.extend(keys.find(hashing::number(Role::Family, u64::from(view.family))));
            }
            ids.extend(keys.find(hashing::text(Role::Part, view.text)));
            hashing::parts(view.text, |part| ids.extend(keys.find(hashing::text(Role::Text, part))));
            hashing::deletions(view.text, |hash| ids.extend(tables.deletions.find(hash)));
        }
        TokenClass::Number | TokenClass::Stop => {}
    }
}
