//! What is known of the tokens and runs of texts: weights, and every listed token that is similar, remembered and bounded.

use crate::index::hashing::{self, Role};
use crate::index::tables::{Tables, NO_TOKEN};
use crate::index::Index;
use crate::normalise::{Token, TokenClass, MAX_TOKEN};
use crate::retrieve::memo::Memo;
use crate::retrieve::Score;
use crate::similarity::{classes_may_join, views, whole_bytes, View, ONE, WHOLE_EDIT_FROM};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A listed token and the most that a pair with it can be worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub id: u32,
    pub value: u32,
    /// It is like the listed token only together with its neighbour.
    pub part: bool,
}

/// One distinct token.
pub(super) struct Word {
    pub token: Token,
    pub weight: u32,
    /// Its number in the memo.
    pub measured: u32,
    letters: u32,
    sound: u64,
    family: u64,
    marks: Range<u32>,
    /// Forms that hold adjacent tokens which the word may be.
    joined: Range<u32>,
    /// Forms whose whole is like the token.
    wholes: Range<u32>,
}

impl Word {
    pub(super) fn view(&self) -> View<'_> {
        View {
            text: self.token.text.as_bytes(),
            class: self.token.class,
            variant: self.token.variant,
            letters: self.letters,
            sound: self.sound,
            family: self.family,
        }
    }

    /// Whether it may be several adjacent listed tokens.
    pub(super) fn is_joined(&self) -> bool {
        !self.joined.is_empty()
    }

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
    memo: Memo,
    numbers: FxHashMap<Token, u32>,
    words: Vec<Word>,
    /// Marks of each run that has any.
    runs: FxHashMap<[u32; 3], Range<u32>>,
    marks: Vec<Mark>,
    forms: Vec<u32>,
    wholes: Vec<(u32, Score)>,
}

/// The most tokens that are remembered.
const MOST_WORDS: usize = 1 << 17;
/// The most runs that are remembered, most of which are like nothing.
const MOST_RUNS: usize = 1 << 19;
/// The most marks that are remembered: 16 MiB.
const MOST_MARKS: usize = 1 << 21;
/// In place of the middle token of a run of two.
const NOTHING: u32 = u32::MAX;

impl Known {
    /// To be called before each text: within one, nothing is forgotten.
    pub(super) fn begin(&mut self, index: &Index) {
        let forgot = self.memo.begin(index.instance());
        let kept = self.marks.len().max(self.forms.len()).max(self.wholes.len());
        let full = self.words.len() > MOST_WORDS || self.runs.len() > MOST_RUNS || kept > MOST_MARKS;
        if forgot || full || self.instance != index.instance() {
            *self = Self { instance: index.instance(), memo: std::mem::take(&mut self.memo), ..Self::default() };
        }
    }

    /// The memory in which [`Word::measured`] is a number.
    pub(super) const fn memo(&self) -> &Memo {
        &self.memo
    }

    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    pub(super) fn marks(&self, word: &Word) -> &[Mark] {
        &self.marks[word.marks.start as usize..word.marks.end as usize]
    }

    pub(super) fn joined(&self, word: &Word) -> &[u32] {
        &self.forms[word.joined.start as usize..word.joined.end as usize]
    }

    pub(super) fn wholes(&self, word: &Word) -> &[(u32, Score)] {
        &self.wholes[word.wholes.start as usize..word.wholes.end as usize]
    }

    /// The number of a token, resolved when it is new.
    pub(super) fn number(&mut self, token: &Token, index: &Index, tables: &Tables<'_>) -> u32 {
        if let Some(number) = self.numbers.get(token) {
            return *number;
        }
        // Numbers are like their equals only, and seldom come twice.
        let plain = matches!(token.class, TokenClass::Initial | TokenClass::Number);
        let measured = self.memo.measure(token, index);
        let weight = self.memo.weight(measured);
        let View { letters, sound, family, .. } = self.memo.view(measured);
        let starts = (self.marks.len() as u32, self.forms.len() as u32, self.wholes.len() as u32);
        if plain {
            self.mark_equals(token, weight, index, tables);
        } else {
            self.mark_neighbours(measured, weight, index, tables);
        }
        self.find_wholes(token, index, tables);
        let word = Word {
            token: token.clone(),
            weight,
            measured,
            letters,
            sound,
            family,
            marks: starts.0..self.marks.len() as u32,
            joined: starts.1..self.forms.len() as u32,
            wholes: starts.2..self.wholes.len() as u32,
        };
        let number = self.words.len() as u32;
        self.words.push(word);
        self.numbers.insert(token.clone(), number);
        number
    }

    fn mark_neighbours(&mut self, token: u32, weight: u32, index: &Index, tables: &Tables<'_>) {
        let range = self.memo.of_token(token, tables, index.weights());
        for neighbour in self.memo.get(&range) {
            let sim = u32::from(neighbour.sim);
            if neighbour.entry < index.tokens() {
                let value = sim * weight.min(tables.weight_of(neighbour.entry));
                self.marks.push(Mark { id: neighbour.entry, value, part: false });
                continue;
            }
            let join = (neighbour.entry - index.tokens()) as usize * 3;
            for part in tables.join_parts[join..join + 3].iter().filter(|part| **part != NO_TOKEN) {
                let value = sim * weight.min(tables.weight_of(*part));
                self.marks.push(Mark { id: *part, value, part: true });
            }
            self.forms.extend_from_slice(tables.postings_of(neighbour.entry));
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
                self.marks.push(Mark { id, value, part: false });
            }
        }
    }

    fn find_wholes(&mut self, token: &Token, index: &Index, tables: &Tables<'_>) {
        let text = token.text.as_bytes();
        let mut forms = Vec::new();
        hashing::one_edit_apart(text, WHOLE_EDIT_FROM, |hash| forms.extend(tables.whole_keys.find(hash)));
        forms.sort_unstable();
        forms.dedup();
        for form in forms {
            if let Some(sim) = whole_bytes(text, tables.whole_of(form), index.weights()) {
                self.wholes.push((form, Score::from(sim) * (crate::retrieve::SCORE_ONE / Score::from(ONE))));
            }
        }
    }

    /// What the run of these two or three tokens may be; nothing where it may not be read as one.
    pub(super) fn run(&mut self, run: &[u32], index: &Index, tables: &Tables<'_>) -> &[Mark] {
        let key = match run {
            [a, b] => [*a, NOTHING, *b],
            [a, b, c] => [*a, *b, *c],
            _ => return &[],
        };
        if let Some(range) = self.runs.get(&key) {
            return &self.marks[range.start as usize..range.end as usize];
        }
        let start = self.marks.len() as u32;
        let mut classes = [TokenClass::Stop; 3];
        let (mut text, mut weight) = (String::new(), 0);
        for (number, class) in run.iter().zip(&mut classes) {
            let word = &self.words[*number as usize];
            *class = word.token.class;
            weight += word.weight;
            text.push_str(&word.token.text);
        }
        if classes_may_join(&classes[..run.len()]) && text.len() <= MAX_TOKEN {
            for found in self.memo.of_run(text.as_bytes(), tables, index.weights()) {
                let value = u32::from(found.sim) * weight.min(tables.weight_of(found.entry));
                self.marks.push(Mark { id: found.entry, value, part: true });
            }
        }
        self.runs.insert(key, start..self.marks.len() as u32);
        &self.marks[start as usize..]
    }

    /// The same for a run that has been asked for in this text.
    pub(super) fn known_run(&self, run: &[u32]) -> &[Mark] {
        let key = match run {
            [a, b] => [*a, NOTHING, *b],
            [a, b, c] => [*a, *b, *c],
            _ => return &[],
        };
        self.runs.get(&key).map_or(&[], |range| &self.marks[range.start as usize..range.end as usize])
    }
}
