//! Words of organisations that stand for each other without being spellings of one word: a plural, the adjective of a
//! place, another word for the same thing, a word cut short.

use crate::judge::common::Common;
use crate::judge::weights::Spelling;
use crate::normalise::{Token, TokenClass};

/// What a word shares with its kin, computed once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kin {
    /// What is left of the word without its ending, as a hash; 0 for what has no kin.
    stem: u64,
    /// Whether an ending was taken off: IRONWORKS and IRONWORK are kin, MARA and MARI are not.
    bent: bool,
    /// Its family of [`Common`], 0 for none.
    family: u32,
}

/// Endings of Russian adjectives of places, the longest first.
const OF_A_PLACE: [&[u8]; 16] = [
    b"skogo", b"skoye", b"skaya", b"skaia", b"skikh", b"skoe", b"skoi", b"skoy", b"skii", b"skiy", b"skyy", b"skyi",
    b"ski", b"sky", b"skij", b"sk",
];

/// Letters that a stem keeps at least.
const LEAST: usize = 4;

/// Letters of a word that may be cut short: COMM of COMMUNICATION, not CO.
const SHORTEST: usize = 3;

impl Kin {
    /// Of a folded word.
    pub fn of(token: &Token, common: &Common) -> Self {
        let text = token.text.as_bytes();
        if token.class != TokenClass::Word {
            return Self::default();
        }
        let family = common.family(token);
        if text.len() < LEAST || text.iter().any(u8::is_ascii_digit) {
            return Self { family, ..Self::default() };
        }
        let (stem, bent) = adjective(text).or_else(|| plural(text)).unwrap_or_else(|| (hash(bare(text)), false));
        Self { stem, bent, family }
    }

    /// Whether both say the same.
    pub fn akin(self, other: Self) -> bool {
        self.family != 0 && self.family == other.family
            || self.stem != 0 && self.stem == other.stem && (self.bent || other.bent)
    }
}

/// Likeness of two words of an organisation that are kin, or one of which is the beginning of the other.
pub(super) fn likeness(a: &Token, x: Kin, b: &Token, y: Kin, w: &Spelling) -> Option<f64> {
    if a.class != TokenClass::Word || b.class != TokenClass::Word {
        return None;
    }
    if x.akin(y) {
        return Some(w.akin);
    }
    let (a, b) = (a.text.as_bytes(), b.text.as_bytes());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    (short.len() >= SHORTEST && long.len() - short.len() >= 2 && long.starts_with(short)).then_some(w.cut)
}

/// DUBNENSKIY as DUBN, and DUBNA as the same.
fn adjective(text: &[u8]) -> Option<(u64, bool)> {
    let ending = OF_A_PLACE.iter().find(|ending| text.ends_with(ending))?;
    let mut stem = &text[..text.len() - ending.len()];
    if stem.len() < LEAST {
        return None;
    }
    if let [rest @ .., b'e' | b'i', b'n'] = stem {
        stem = if rest.len() < LEAST { stem } else { rest };
    }
    Some((hash(bare(stem)), true))
}

/// AGENCIES as AGENCY, EAGLES as EAGLE.
fn plural(text: &[u8]) -> Option<(u64, bool)> {
    let stem = match text {
        [_, .., b's' | b'u' | b'i', b's'] => return None,
        [stem @ .., b'i', b'e', b's'] | [stem @ .., b's'] => stem,
        _ => return None,
    };
    (stem.len() >= LEAST).then(|| (hash(bare(stem)), true))
}

/// Without the vowels at its end.
fn bare(text: &[u8]) -> &[u8] {
    let mut stem = text;
    while let [rest @ .., b'a' | b'e' | b'i' | b'o' | b'u' | b'y'] = stem {
        if rest.len() < LEAST {
            break;
        }
        stem = rest;
    }
    stem
}

/// FNV-1a: the same on every platform; never 0 for a text.
fn hash(text: &[u8]) -> u64 {
    let mixed = |hash: u64, letter: &u8| (hash ^ u64::from(*letter)).wrapping_mul(0x0000_0100_0000_01B3);
    text.iter().fold(0xCBF2_9CE4_8422_2325, mixed) | 1
}
