//! What is known of the tokens and runs of texts: weights, and every listed token that is similar, remembered and bounded.

use super::block::Around;
use crate::index::hashing::{self, Role};
use crate::index::tables::{Tables, NO_TOKEN};
use crate::index::Index;
use crate::normalise::{Token, TokenClass, MAX_TOKEN};
use crate::retrieve::neighbours::{resolve, resolve_run, Neighbour};
use crate::retrieve::Score;
use crate::similarity::{classes_may_join, views, whole_bytes, View, ONE, WHOLE_EDIT_FROM};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A listed token and the most that a pair with it can be worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub id: u32,
    pub value: u32,
    /// What the text pays for the pair: the weight of the token, of the run, or of a part of what it is read as.
    pub cost: u32,
    /// It is like the listed token only together with its neighbour.
    pub part: bool,
}

impl Mark {
    /// What is left of the pair when the text's weight has been paid for at this threshold.
    #[inline]
    pub(super) fn gain(&self, tau: Score) -> u32 {
        gain(self.value, self.cost, tau)
    }
}

/// 128 times the worth less the threshold's part of the text's weight, 0 when that is more. A token weighs at most
/// 33 bits, so nothing overflows.
#[inline]
pub(super) fn gain(value: u32, cost: u32, tau: Score) -> u32 {
    (128 * u64::from(value)).saturating_sub(u64::from(tau) * u64::from(cost)) as u32
}

/// The most that any pair of a word with a listed token gains, more than nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gain {
    pub id: u32,
    pub most: u32,
    /// It is enough to look at forms that have the token.
    pub leads: bool,
}

/// Adjacent listed tokens that a word may be, as `Tables::join_parts` has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Join {
    pub parts: [u32; 3],
    pub value: u32,
    pub cost: u32,
}

/// One distinct token.
pub(super) struct Word {
    pub token: Token,
    pub weight: u32,
    marks: Range<u32>,
    gains: Range<u32>,
    /// What adjacent listed tokens it may be.
    joins: Range<u32>,
    /// Forms whose whole is like the token.
    wholes: Range<u32>,
}

impl Word {
    /// The letter, when it is an initial that stands for words.
    pub(super) fn initial(&self) -> Option<u8> {
        match self.token.text.as_bytes() {
            [letter] if self.token.class == TokenClass::Initial => Some(*letter),
            _ => None,
        }
    }

    /// The first letter of a word that an initial may stand for.
    pub(super) fn first(&self) -> Option<u8> {
        match self.token.text.as_bytes() {
            [letter, _, ..] if self.token.class == TokenClass::Word => Some(*letter),
            _ => None,
        }
    }
}

/// The memory of one thread.
#[derive(Default)]
pub(super) struct Known {
    instance: u64,
    tau: Score,
    numbers: FxHashMap<Token, u32>,
    words: Vec<Word>,
    /// Those of `words` that are known for this text only, and those whose place is free again.
    passing: Vec<u32>,
    free: Vec<u32>,
    /// Marks of each run of two tokens that has any, by both numbers, and the runs that have none; those that were
    /// met before the last time that these were too many are kept once more.
    pairs: FxHashMap<u64, Range<u32>>,
    unlike: FxHashSet<u64>,
    unlike_before: FxHashSet<u64>,
    /// Marks of each run of three, or none.
    threes: FxHashMap<[u32; 3], Range<u32>>,
    marks: Vec<Mark>,
    /// Of the marks of each word those that gain anything.
    gains: Vec<Gain>,
    wholes: Vec<(u32, Score)>,
    joins: Vec<Join>,
    /// A run as it is read.
    text: Vec<u8>,
    ids: Vec<u32>,
    neighbours: Vec<Neighbour>,
}

/// The most tokens that are remembered.
const MOST_WORDS: usize = 1 << 17;
/// The most runs that are remembered of those that are like nothing, as nearly all are; then half of them are forgotten.
const MOST_UNLIKE: usize = 1 << 19;
/// The most of the others.
const MOST_RUNS: usize = 1 << 17;
/// The most marks that are remembered: 32 MiB.
const MOST_MARKS: usize = 1 << 21;

impl Known {
    /// To be called before each text: within one, nothing is forgotten.
    pub(super) fn begin(&mut self, index: &Index, tau: Score) {
        self.free.append(&mut self.passing);
        if self.unlike.len() > MOST_UNLIKE / 2 {
            self.unlike_before = std::mem::take(&mut self.unlike);
        }
        let runs = self.pairs.len().max(self.threes.len());
        let kept = self.marks.len().max(self.wholes.len());
        let full = self.words.len() > MOST_WORDS || runs > MOST_RUNS || kept > MOST_MARKS;
        if full || self.instance != index.instance() || self.tau != tau {
            *self = Self { instance: index.instance(), tau, ..Self::default() };
        }
    }

    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    pub(super) fn marks(&self, word: &Word) -> &[Mark] {
        self.marks_in(&word.marks)
    }

    /// The listed tokens that a pair with the word gains anything from, and how much.
    pub(super) fn gains(&self, word: &Word) -> &[Gain] {
        &self.gains[word.gains.start as usize..word.gains.end as usize]
    }

    pub(super) fn joins(&self, word: &Word) -> &[Join] {
        &self.joins[word.joins.start as usize..word.joins.end as usize]
    }

    /// The marks of a run as [`Self::run`] gave them.
    pub(super) fn marks_in(&self, range: &Range<u32>) -> &[Mark] {
        &self.marks[range.start as usize..range.end as usize]
    }

    pub(super) fn wholes(&self, word: &Word) -> &[(u32, Score)] {
        &self.wholes[word.wholes.start as usize..word.wholes.end as usize]
    }

    /// The number of a token, resolved when it is new.
    pub(super) fn number(&mut self, token: &Token, around: &Around<'_>) -> u32 {
        if let Some(number) = self.numbers.get(token) {
            return *number;
        }
        let Around { index, tables, generators, .. } = *around;
        let weight = index.token_weight(token);
        let starts = (self.marks.len() as u32, self.wholes.len() as u32, self.joins.len() as u32);
        if matches!(token.class, TokenClass::Initial | TokenClass::Number) {
            self.mark_equals(token, weight, index, tables);
        } else {
            self.mark_neighbours(token, weight, index, tables);
        }
        let gains = self.gains.len() as u32;
        for mark in &self.marks[starts.0 as usize..] {
            let (id, most) = (mark.id, mark.gain(self.tau));
            if most > 0 {
                self.gains.push(Gain { id, most, leads: generators.leads(id, most) });
            }
        }
        self.find_wholes(token, index, tables);
        let word = Word {
            token: token.clone(),
            weight,
            gains: gains..self.gains.len() as u32,
            marks: starts.0..self.marks.len() as u32,
            joins: starts.2..self.joins.len() as u32,
            wholes: starts.1..self.wholes.len() as u32,
        };
        // Amounts and references seldom come twice: one that is like nothing is known for this text only.
        let passes = token.class == TokenClass::Number && word.marks.is_empty() && word.wholes.is_empty();
        let number = if passes { self.free.pop() } else { None }.unwrap_or(self.words.len() as u32);
        match self.words.get_mut(number as usize) {
            Some(place) => *place = word,
            None => self.words.push(word),
        }
        if passes {
            self.passing.push(number);
        } else {
            self.numbers.insert(token.clone(), number);
        }
        number
    }

    fn mark_neighbours(&mut self, token: &Token, weight: u32, index: &Index, tables: &Tables<'_>) {
        self.neighbours.clear();
        resolve(&View::of(token), tables, index.weights(), &mut self.ids, &mut self.neighbours);
        for neighbour in &self.neighbours {
            let sim = u32::from(neighbour.sim);
            if neighbour.entry < index.tokens() {
                let value = sim * weight.min(tables.weight_of(neighbour.entry));
                self.marks.push(Mark { id: neighbour.entry, value, cost: weight, part: false });
                continue;
            }
            let join = (neighbour.entry - index.tokens()) as usize * 3;
            let mut parts = [NO_TOKEN; 3];
            parts.copy_from_slice(&tables.join_parts[join..join + 3]);
            let whole = tables.join_weight(neighbour.entry - index.tokens());
            self.joins.push(Join { parts, value: sim * weight.min(whole), cost: weight });
            for part in parts.iter().filter(|part| **part != NO_TOKEN) {
                // The word pays once for all parts: each pays as far as it weighs no more than the word.
                let cost = weight.min(tables.weight_of(*part));
                self.marks.push(Mark { id: *part, value: sim * cost, cost, part: true });
            }
        }
    }

    /// Initials are also like every word of their letter, far too many to mark: those are accounted for by letter.
    fn mark_equals(&mut self, token: &Token, weight: u32, index: &Index, tables: &Tables<'_>) {
        let view = View::of(token);
        let mut ids: Vec<u32> = tables.token_keys.find(hashing::text(Role::Text, view.text)).collect();
        if view.variant != 0 {
            ids.extend(tables.token_keys.find(hashing::number(Role::Variant, u64::from(view.variant))));
        }
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            if let Some(found) = views(&view, &tables.view(id), index.weights()) {
                let value = u32::from(found.sim) * weight.min(tables.weight_of(id));
                self.marks.push(Mark { id, value, cost: weight, part: false });
            }
        }
    }

    fn find_wholes(&mut self, token: &Token, index: &Index, tables: &Tables<'_>) {
        let text = token.text.as_bytes();
        let mut forms = Vec::new();
        hashing::one_edit_apart(text, WHOLE_EDIT_FROM, |hash| {
            if tables.whole_sieve.passes(hash) {
                forms.extend(tables.whole_keys.find(hash));
            }
        });
        forms.sort_unstable();
        forms.dedup();
        for form in forms {
            if let Some(sim) = whole_bytes(text, tables.whole_of(form), index.weights()) {
                self.wholes.push((form, Score::from(sim) * (crate::retrieve::SCORE_ONE / Score::from(ONE))));
            }
        }
    }

    /// What the run of these two or three tokens may be; nothing where it may not be read as one.
    pub(super) fn run(&mut self, run: &[u32], around: &Around<'_>) -> Range<u32> {
        let known = match run {
            [a, b] => {
                let both = pair(*a, *b);
                if self.unlike.contains(&both) {
                    return 0..0;
                }
                if self.unlike_before.contains(&both) {
                    self.unlike.insert(both);
                    return 0..0;
                }
                self.pairs.get(&both)
            }
            [a, b, c] => self.threes.get(&[*a, *b, *c]),
            _ => return 0..0,
        };
        if let Some(range) = known {
            return range.clone();
        }
        let start = self.marks.len() as u32;
        let mut classes = [TokenClass::Stop; 3];
        let mut texts = [&[][..]; 3];
        let mut weight = 0;
        for ((number, class), text) in run.iter().zip(&mut classes).zip(&mut texts) {
            let word = &self.words[*number as usize];
            *class = word.token.class;
            *text = word.token.text.as_bytes();
            weight += word.weight;
        }
        let (classes, texts) = (&classes[..run.len()], &texts[..run.len()]);
        // The number of a word may be known for this text only.
        let passing = classes.contains(&TokenClass::Number);
        if passing && !around.sieves.may_be_word(texts) {
            return 0..0;
        }
        self.text.clear();
        for text in texts {
            self.text.extend_from_slice(text);
        }
        if classes_may_join(classes) && self.text.len() <= MAX_TOKEN {
            let Around { index, tables, .. } = *around;
            self.neighbours.clear();
            resolve_run(&self.text, tables, index.weights(), &mut self.ids, &mut self.neighbours);
            for found in &self.neighbours {
                let value = u32::from(found.sim) * weight.min(tables.weight_of(found.entry));
                self.marks.push(Mark { id: found.entry, value, cost: weight, part: true });
            }
        }
        let range = start..self.marks.len() as u32;
        if passing {
            return range;
        }
        match run {
            [a, b] if range.is_empty() => {
                self.unlike.insert(pair(*a, *b));
            }
            [a, b] => {
                self.pairs.insert(pair(*a, *b), range.clone());
            }
            [a, b, c] => {
                self.threes.insert([*a, *b, *c], range.clone());
            }
            _ => {}
        }
        range
    }
}

const fn pair(first: u32, second: u32) -> u64 {
    (first as u64) << 32 | second as u64
}
