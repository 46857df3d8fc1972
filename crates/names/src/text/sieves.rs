//! What no listed word and no listed whole begins with or holds, so that most runs and windows are passed over unread.

use crate::index::hashing::{self, mix, Role};
use crate::index::Index;
use crate::normalise::TokenClass;
use rustc_hash::FxHashSet;

/// Asked before anything is looked up; what they let through is looked up.
pub(super) struct Sieves {
    /// Of each listed word that holds digits these, run together, as a hash.
    digits: FxHashSet<u64>,
    /// First letters and length of each listed whole, as bits.
    openings: Vec<u64>,
}

/// The bits of `openings`, as a power of two: 64 KiB.
const OPENINGS: u32 = 19;

impl Sieves {
    pub(super) fn of(index: &Index) -> Self {
        let tables = index.tables();
        let words = (0..index.tokens()).filter(|id| tables.class_of(*id) == TokenClass::Word);
        let digits = words.filter_map(|id| digits_of(&[tables.token_text(id)])).collect();
        let mut openings = vec![0; 1 << (OPENINGS - 6)];
        for opening in (0..index.forms()).filter_map(|form| opening_of(tables.whole_of(form))) {
            openings[opening / 64] |= 1 << (opening % 64);
        }
        Self { digits, openings }
    }

    /// Whether a run of these texts, which hold digits, may be like a listed word: its digits must be the same, and
    /// what holds digits has no sound.
    pub(super) fn may_be_word(&self, run: &[&[u8]]) -> bool {
        digits_of(run).is_none_or(|digits| self.digits.contains(&digits))
    }

    /// Whether a text may be the whole of a listed form.
    #[inline]
    pub(super) fn may_be_whole(&self, text: &[u8]) -> bool {
        opening_of(text).is_none_or(|opening| self.openings[opening / 64] >> (opening % 64) & 1 > 0)
    }
}

/// The digits of texts run together; `None` where there are none.
fn digits_of(run: &[&[u8]]) -> Option<u64> {
    let digits: Vec<u8> = run.iter().flat_map(|text| text.iter().copied()).filter(u8::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| hashing::text(Role::Text, &digits))
}

/// The bit for the first four letters and the length; `None` for a shorter text.
#[inline]
fn opening_of(text: &[u8]) -> Option<usize> {
    let first = text.first_chunk::<4>()?;
    let key = u64::from(u32::from_le_bytes(*first)) << 32 | text.len() as u64;
    Some((mix(key) >> (64 - OPENINGS)) as usize)
}
