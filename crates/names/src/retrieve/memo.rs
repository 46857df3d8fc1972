//! What one thread remembers of query tokens: their weights, their neighbours, and the most these can be worth.

use super::neighbours::{resolve, resolve_run, Neighbour};
use crate::index::hashing::{self, Role};
use crate::index::tables::Tables;
use crate::index::Index;
use crate::normalise::{Token, TokenClass};
use crate::similarity::{RetrievalWeights, View};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What is known of a query token.
#[derive(Debug, Clone)]
struct Known {
    /// Its text in `Memo::texts`.
    text: Range<u32>,
    class: TokenClass,
    variant: u32,
    letters: u32,
    sound: u64,
    family: u64,
    weight: u32,
    neighbours: Option<Range<u32>>,
    /// The threshold for which the neighbours are in order and `most` holds.
    tau: u32,
    most: Most,
}

impl Known {
    fn text<'t>(&self, texts: &'t [u8]) -> &'t [u8] {
        &texts[self.text.start as usize..self.text.end as usize]
    }

    #[inline]
    fn view<'t>(&self, texts: &'t [u8]) -> View<'t> {
        let Self { class, variant, letters, sound, family, .. } = *self;
        View { text: self.text(texts), class, variant, letters, sound, family }
    }
}

/// The most that any one neighbour brings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Most {
    /// Similarity times the smaller weight.
    pub worth: u64,
    /// What of it is left when the neighbour's own weight has been paid for, see [`super::plan`].
    pub gain: u64,
}

/// Tokens already resolved; emptied when full and when another index is asked.
#[derive(Default)]
pub(crate) struct Memo {
    instance: u64,
    /// Half a hash, and a place in `known` counted from 1; a power of two of them, mostly empty.
    slots: Vec<(u32, u32)>,
    known: Vec<Known>,
    texts: Vec<u8>,
    arena: Vec<Neighbour>,
    ids: Vec<u32>,
    /// Runs as places in `run_arena`.
    runs: FxHashMap<Box<[u8]>, Range<u32>>,
    run_arena: Vec<Neighbour>,
}

/// The most tokens that are remembered.
const MOST_TOKENS: usize = 1 << 17;
/// The most runs that are remembered.
const MOST_RUNS: usize = 1 << 17;
/// The most neighbours that are remembered: 24 MiB.
const MOST_NEIGHBOURS: usize = 1 << 20;

impl Memo {
    /// To be called before each query: within one, nothing is forgotten. Whether everything was forgotten now,
    /// and with it the numbers that [`Self::measure`] gave.
    pub(crate) fn begin(&mut self, instance: u64) -> bool {
        let full = self.known.len() > MOST_TOKENS || self.arena.len() > MOST_NEIGHBOURS;
        if full || self.instance != instance {
            self.forget();
            self.instance = instance;
            return true;
        }
        if self.runs.len() > MOST_RUNS || self.run_arena.len() > MOST_NEIGHBOURS {
            self.runs.clear();
            self.run_arena.clear();
        }
        false
    }

    pub(crate) fn forget(&mut self) {
        self.slots.clear();
        self.known.clear();
        self.texts.clear();
        self.arena.clear();
        self.runs.clear();
        self.run_arena.clear();
    }

    /// The number under which this token is remembered until the next [`Self::begin`].
    pub(crate) fn measure(&mut self, token: &Token, index: &Index) -> u32 {
        let text = token.text.as_bytes();
        let kind = u64::from(token.variant) << 32 | u64::from(class_number(token.class));
        let hash = hashing::text(Role::Text, text) ^ hashing::mix(kind);
        if self.slots.len() < 2 * (self.known.len() + 1) {
            self.grow();
        }
        let mark = (hash >> 32) as u32;
        let mut at = hash as usize & (self.slots.len() - 1);
        loop {
            let (other, place) = self.slots[at];
            if place == 0 {
                break;
            }
            if other == mark {
                let known = &self.known[place as usize - 1];
                if known.class == token.class && known.variant == token.variant && known.text(&self.texts) == text {
                    return place - 1;
                }
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let View { class, variant, letters, sound, family, .. } = View::of(token);
        let start = self.texts.len() as u32;
        self.texts.extend_from_slice(text);
        self.known.push(Known {
            text: start..self.texts.len() as u32,
            class,
            variant,
            letters,
            sound,
            family,
            weight: index.token_weight(token),
            neighbours: None,
            tau: 0,
            most: Most::default(),
        });
        self.slots[at] = (mark, self.known.len() as u32);
        self.known.len() as u32 - 1
    }

    /// Twice the slots, at least four for each token; half a hash is not enough to move them, so all are made anew.
    fn grow(&mut self) {
        let count = (4 * (self.known.len() + 1)).next_power_of_two().max(256);
        self.slots.clear();
        self.slots.resize(count, (0, 0));
        for (number, known) in self.known.iter().enumerate() {
            let kind = u64::from(known.variant) << 32 | u64::from(class_number(known.class));
            let hash = hashing::text(Role::Text, known.text(&self.texts)) ^ hashing::mix(kind);
            let mut at = hash as usize & (count - 1);
            while self.slots[at].1 != 0 {
                at = (at + 1) & (count - 1);
            }
            self.slots[at] = ((hash >> 32) as u32, number as u32 + 1);
        }
    }

    pub(crate) fn weight(&self, token: u32) -> u32 {
        self.known[token as usize].weight
    }

    /// The token as the similarity sees it.
    #[inline]
    pub(crate) fn view(&self, token: u32) -> View<'_> {
        self.known[token as usize].view(&self.texts)
    }

    /// Neighbours that [`Self::of_token`] or [`Self::resolved`] found.
    pub(crate) fn get(&self, range: &Range<u32>) -> &[Neighbour] {
        &self.arena[range.start as usize..range.end as usize]
    }

    /// Every token and every join similar to a token, but for the initials of a word, which [`super::plan`]
    /// accounts for.
    pub(crate) fn of_token(&mut self, token: u32, tables: &Tables<'_>, weights: &RetrievalWeights) -> Range<u32> {
        if let Some(range) = &self.known[token as usize].neighbours {
            return range.clone();
        }
        let start = self.arena.len() as u32;
        let view = self.known[token as usize].view(&self.texts);
        resolve(&view, tables, weights, &mut self.ids, &mut self.arena);
        let range = start..self.arena.len() as u32;
        self.known[token as usize].neighbours = Some(range.clone());
        range
    }

    /// The neighbours of a token in the order of their gain, the largest first, and the most one brings;
    /// `None` when nobody has looked them up yet.
    pub(crate) fn resolved(&mut self, token: u32, tau: u32) -> Option<(Range<u32>, Most)> {
        let known = &mut self.known[token as usize];
        let range = known.neighbours.clone()?;
        if known.tau != tau {
            let neighbours = &mut self.arena[range.start as usize..range.end as usize];
            neighbours.sort_unstable_by_key(|one| (std::cmp::Reverse(one.gain(known.weight, tau)), one.entry));
            known.tau = tau;
            known.most = most_of(neighbours, known.weight, tau);
        }
        Some((range, known.most))
    }

    /// Every listed word that a run of the query may be.
    pub(crate) fn of_run(&mut self, run: &[u8], tables: &Tables<'_>, weights: &RetrievalWeights) -> &[Neighbour] {
        let range = if let Some(range) = self.runs.get(run) {
            range.clone()
        } else {
            let start = self.run_arena.len() as u32;
            resolve_run(run, tables, weights, &mut self.ids, &mut self.run_arena);
            let range = start..self.run_arena.len() as u32;
            self.runs.insert(run.into(), range.clone());
            range
        };
        &self.run_arena[range.start as usize..range.end as usize]
    }
}

/// The most of all; the neighbours need no order.
pub(crate) fn most_of(neighbours: &[Neighbour], weight: u32, tau: u32) -> Most {
    let worth = neighbours.iter().map(|one| one.worth(weight)).max().unwrap_or(0);
    let gain = neighbours.iter().map(|one| one.gain(weight, tau)).max().unwrap_or(0);
    Most { worth, gain: gain.max(0) as u64 }
}

const fn class_number(class: TokenClass) -> u32 {
    match class {
        TokenClass::Word => 0,
        TokenClass::Initial => 1,
        TokenClass::Number => 2,
        TokenClass::Stop => 3,
        TokenClass::Legal(id) => 4 + id as u32,
    }
}
