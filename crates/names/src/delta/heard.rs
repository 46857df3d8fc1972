//! What the beginning and the end of a run tell of its sound key, before the run is put together.
//!
//! A run is heard as a word when both have one sound key of at least three symbols. The key is read from left to
//! right and starts afresh at each vowel, so a vowel behind the first consonant settles the front mark and the first
//! symbol of whatever begins so, and a vowel before the last consonant settles the last symbol of whatever ends so.
//! Where there is no such vowel, anything is possible.

use super::fragments::Lengths;
use crate::similarity::{key_of, JOIN_HEARD_FROM};
use rustc_hash::FxHashMap;

/// The lengths of a delta's words by how their sound keys begin and end.
#[derive(Default)]
pub(super) struct Heard {
    starts: FxHashMap<[u8; 2], Lengths>,
    ends: FxHashMap<u8, Lengths>,
    all: Lengths,
}

impl Heard {
    /// Files a word, when a run may be heard as it.
    pub(super) fn file(&mut self, word: &[u8], bit: Lengths) {
        let key = key_of(word);
        if let ([mark, first, .., last], true) = (key.as_bytes(), key.symbols() >= JOIN_HEARD_FROM) {
            *self.starts.entry([*mark, *first]).or_default() |= bit;
            *self.ends.entry(*last).or_default() |= bit;
            self.all |= bit;
        }
    }

    /// The lengths of the words as which a run that begins with `text` may be heard.
    pub(super) fn starts(&self, text: &[u8]) -> Lengths {
        let settled = text.iter().position(|byte| !is_vowel(*byte)).and_then(|consonant| {
            let vowel = text.iter().skip(consonant).position(|byte| is_vowel(*byte))?;
            text.get(..=consonant + vowel)
        });
        // Two more consonants behind the vowel make a key of three symbols and change none before it.
        let key = settled.map(|begin| key_of(&[begin, b"bab"].concat()));
        self.of(text, key.and_then(|key| Some([*key.as_bytes().first()?, *key.as_bytes().get(1)?])), &self.starts)
    }

    /// The lengths of the words as which a run that ends with `text`, and is longer, may be heard.
    pub(super) fn ends(&self, text: &[u8]) -> Lengths {
        let vowel = text.iter().position(|byte| is_vowel(*byte));
        let key = vowel.and_then(|at| text.get(at..)).map(|end| key_of(&[b"bab", end].concat()));
        let last = key.filter(|key| key.symbols() > 2).and_then(|key| key.as_bytes().last().copied());
        self.of(text, last, &self.ends)
    }

    fn of<K: Eq + std::hash::Hash>(&self, text: &[u8], settled: Option<K>, known: &FxHashMap<K, Lengths>) -> Lengths {
        match settled {
            // No key has a digit in it.
            _ if !text.iter().all(u8::is_ascii_lowercase) => 0,
            Some(part) => known.get(&part).copied().unwrap_or(0),
            None => self.all,
        }
    }
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}
