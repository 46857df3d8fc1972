//! The beginnings and ends of a delta's words and wholes, hashed: what a part of a run or of a whole must look like.
//!
//! When a text `a·b` is at most one edit from T, T can be cut into two parts of which one equals its part of the text
//! and the other is at most one edit from its own; or the edit swaps the two letters at the seam, and `a` without its
//! last letter begins T while `b` without its first ends it. So three things are asked of a part: is it (*equal*), is
//! it at most one edit from (*near*), or is it without the letter at the seam (*seam*) a beginning, or an end, of some
//! T? More parts than two change nothing for the first and the last of them, but that both may be equal.
//!
//! The answer is not yes or no but the lengths of those T, one bit each, counted modulo 32: both parts must be parts of
//! a T of one length, and that length at most one from the length of the text. Near is asked by halves, as the index
//! asks it (`index::hashing`). Texts of one hash share an answer, so a bit may be set for another's sake, never missing.

use super::heard::Heard;
use crate::index::hashing::{self, Role};
use crate::index::tables::Tables;
use crate::normalise::{TokenClass, MAX_TOKEN};
use crate::similarity::{JOIN_EDIT_FROM, JOIN_HEARD_STRETCH, WHOLE_EDIT_FROM};
use rustc_hash::FxHashMap;

/// Lengths, one bit each.
pub(super) type Lengths = u32;

/// The bits of the lengths from `least` to `most`, give or take `stretch`.
const fn around(least: u32, most: u32, stretch: u32) -> Lengths {
    let count = most.saturating_sub(least) + 1 + 2 * stretch;
    if count >= Lengths::BITS {
        return Lengths::MAX;
    }
    ((1 << count) - 1 as Lengths).rotate_left((least + Lengths::BITS - stretch) % Lengths::BITS)
}

/// The lengths of the texts that a part may begin, or may end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Side {
    pub equal: Lengths,
    pub near: Lengths,
    pub seam: Lengths,
    /// Not by its letters but by its sound, words only.
    pub heard: Lengths,
}

impl Side {
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            equal: self.equal | other.equal,
            near: self.near | other.near,
            seam: self.seam | other.seam,
            heard: self.heard | other.heard,
        }
    }

    /// Whether some text may begin with `self` and end with `end` when as many letters lie between both ends.
    pub(super) const fn meets(self, end: Self, least: u32, most: u32) -> bool {
        let spelt = self.equal & end.near | self.near & end.equal | self.seam & end.seam;
        let heard = self.heard & end.heard;
        (spelt & around(least, most, 1)) | (heard & around(least, most, JOIN_HEARD_STRETCH as u32)) != 0
    }
}

/// What a part may be: of words, and of wholes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub begins_word: Side,
    pub ends_word: Side,
    pub begins_whole: Side,
    pub ends_whole: Side,
}

impl Parts {
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            begins_word: self.begins_word.or(other.begins_word),
            ends_word: self.ends_word.or(other.ends_word),
            begins_whole: self.begins_whole.or(other.begins_whole),
            ends_whole: self.ends_whole.or(other.ends_whole),
        }
    }
}

/// The lengths filed under one hash, equal and near, in the order of [`Parts`].
#[derive(Clone, Copy, Default)]
struct Filed {
    equal: [Lengths; 4],
    near: [Lengths; 4],
}

/// The hashed beginnings and ends.
pub(super) struct Fragments {
    filed: FxHashMap<u64, Filed>,
    /// Whether anything is filed under a hash, by its lowest bits; spares nearly every look-up.
    known: Vec<u64>,
    /// What a single letter is near to: the empty beginning of whatever permits an edit.
    empty: [Lengths; 4],
    all: [Lengths; 4],
    heard: Heard,
}

/// Bits for each text that is filed.
const ROOM: usize = 16;

impl Fragments {
    /// Of every word and every whole of a delta.
    pub(super) fn of(tables: &Tables<'_>, tokens: u32, forms: u32) -> Self {
        let mut made = Self {
            filed: FxHashMap::default(),
            known: Vec::new(),
            empty: [0; 4],
            all: [0; 4],
            heard: Heard::default(),
        };
        for id in (0..tokens).filter(|id| tables.class_of(*id) == TokenClass::Word) {
            let text = tables.token_text(id);
            made.file(text, JOIN_EDIT_FROM, 0);
            made.heard.file(text, bit_of(text));
        }
        for form in 0..forms {
            made.file(tables.whole_of(form), WHOLE_EDIT_FROM, 2);
        }
        made.known = vec![0; (made.filed.len() * ROOM / 64).next_power_of_two()];
        for hash in made.filed.keys() {
            let (word, bit) = place(*hash, &made.known);
            made.known[word] |= bit;
        }
        made
    }

    /// Files every beginning and every end of `text` that a token can equal or be near to; `from` letters of the
    /// longer permit an edit, and `kind` is the place of beginnings in [`Filed`], that of ends being the next.
    fn file(&mut self, text: &[u8], from: usize, kind: usize) {
        let bit = bit_of(text);
        let edits = text.len() + 1 >= from;
        for (kind, end) in [(kind, false), (kind + 1, true)] {
            self.all[kind] |= bit;
            self.empty[kind] |= if edits { bit } else { 0 };
            for length in 1..=text.len().min(MAX_TOKEN + 1) {
                let part = if end { &text[text.len() - length..] } else { &text[..length] };
                self.filed.entry(hashing::text(Role::Text, part)).or_default().equal[kind] |= bit;
                for hash in hashing::halves(length, part).into_iter().flatten().filter(|_| edits) {
                    self.filed.entry(hash).or_default().near[kind] |= bit;
                }
            }
        }
    }

    fn at(&self, hash: u64) -> Option<&Filed> {
        let (word, bit) = place(hash, &self.known);
        if self.known[word] & bit == 0 {
            return None;
        }
        self.filed.get(&hash)
    }

    fn equal(&self, text: &[u8]) -> [Lengths; 4] {
        self.at(hashing::text(Role::Text, text)).map_or([0; 4], |filed| filed.equal)
    }

    /// What `text` may be a part of.
    pub(super) fn parts(&self, text: &[u8]) -> Parts {
        let equal = self.equal(text);
        // What is equal is near.
        let mut near = equal;
        let (starts, ends);
        if text.len() <= 1 {
            near.iter_mut().zip(self.empty).for_each(|(near, empty)| *near |= empty);
            (starts, ends) = (self.all, self.all);
        } else {
            for length in text.len() - 1..=text.len() + 1 {
                for filed in hashing::halves(length, text).into_iter().flatten().filter_map(|hash| self.at(hash)) {
                    near.iter_mut().zip(filed.near).for_each(|(near, more)| *near |= more);
                }
            }
            (starts, ends) = (self.equal(&text[..text.len() - 1]), self.equal(&text[1..]));
        }
        let side = |kind: usize, seam: [Lengths; 4], heard: Lengths| Side {
            equal: equal[kind],
            near: near[kind],
            seam: seam[kind],
            heard,
        };
        Parts {
            begins_word: side(0, starts, self.heard.starts(text)),
            ends_word: side(1, ends, self.heard.ends(text)),
            begins_whole: side(2, starts, 0),
            ends_whole: side(3, ends, 0),
        }
    }
}

const fn bit_of(text: &[u8]) -> Lengths {
    1 << (text.len() % Lengths::BITS as usize)
}

/// Where the bit of a hash stands.
fn place(hash: u64, known: &[u64]) -> (usize, u64) {
    ((hash >> 6) as usize & (known.len() - 1), 1 << (hash & 63))
}
