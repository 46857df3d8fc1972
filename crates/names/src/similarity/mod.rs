//! How alike two tokens, a join and a token, or two whole names are, and why: the relation that retrieval guarantees.
//!
//! Every relation here is symmetric and decided by the two texts, classes and variants alone; the
//! index finds such pairs, it never defines them. `docs/engine.md` states the same rules in prose and
//! the oracles in `tests/` implement them from there.

mod edits;
mod initials;
mod sound;
mod weights;

use crate::normalise::{Token, TokenClass, MAX_TOKEN};
pub use edits::{edit_limit, one_edit, osa};
pub(crate) use initials::Initials;
pub use sound::{family_key, sound_key};
pub(crate) use sound::{is_whole, key_of};
pub use weights::{RetrievalWeights, WeightsError};

/// The similarity of two equal tokens; every similarity is a share of it.
pub const ONE: u16 = 1024;

/// Why two tokens are alike, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Reason {
    /// The same text.
    Equal = 0,
    /// Two spellings of one name (Mohammed, Muhammad).
    Variant = 1,
    /// Two legal forms of one class (LLC, OOO).
    Legal = 2,
    /// A typing error or two.
    Edit = 3,
    /// The same consonants, heard, or consonants that romanisations exchange.
    Sound = 4,
    /// An initial and a name that begins with it.
    Initial = 5,
    /// Adjacent tokens written as one.
    Join = 6,
    /// One begins or ends with the other.
    Part = 7,
}

/// How alike two tokens are and the reason that made them so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Share of [`ONE`], never 0.
    pub sim: u16,
    /// The best reason; the earlier one when two give the same similarity.
    pub reason: Reason,
}

/// A token as the hot paths see it: what a [`Token`] holds, borrowed, with what is costly to compute twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub text: &'a [u8],
    pub class: TokenClass,
    pub variant: u32,
    /// One bit for each letter or digit that occurs; two texts within k edits differ in at most 2k bits.
    pub letters: u32,
    /// Number of the sound key, 0 when there is none; see [`is_whole`].
    pub sound: u64,
    /// The same for the family key.
    pub family: u64,
}

impl<'a> View<'a> {
    pub(crate) fn of(token: &'a Token) -> Self {
        let text = token.text.as_bytes();
        let (sound, family) = if token.class == TokenClass::Word {
            let key = key_of(text);
            (key.code(), key.family().code())
        } else {
            (0, 0)
        };
        View { text, class: token.class, variant: token.variant, letters: letters(text), sound, family }
    }
}

/// The set of characters of a text, as bits.
pub(crate) fn letters(text: &[u8]) -> u32 {
    text.iter().fold(0, |set, byte| set | 1 << (byte & 31))
}

/// How alike two tokens are: `None` when nothing in `docs/engine.md` section 2 makes them so. Symmetric.
pub fn tokens(a: &Token, b: &Token, weights: &RetrievalWeights) -> Option<Match> {
    views(&View::of(a), &View::of(b), weights)
}

pub(crate) fn views(a: &View<'_>, b: &View<'_>, weights: &RetrievalWeights) -> Option<Match> {
    use TokenClass::{Initial, Legal, Word};
    // Comparing the sets of letters first spares nearly every comparison of texts.
    if a.letters == b.letters && a.text == b.text {
        return Some(Match { sim: ONE, reason: Reason::Equal });
    }
    let mut best = None;
    if a.variant != 0 && a.variant == b.variant {
        best = better(best, weights.variant, Reason::Variant);
    }
    match (a.class, b.class) {
        (Legal(x), Legal(y)) if x == y => better(best, weights.legal, Reason::Legal),
        (Initial, Word) | (Word, Initial) => {
            let (initial, word) = if a.class == Initial { (a.text, b.text) } else { (b.text, a.text) };
            if initial.len() == 1 && word.len() > 1 && initial.first() == word.first() {
                best = better(best, weights.initial, Reason::Initial);
            }
            best
        }
        (Word, Word) => {
            let longer = a.text.len().max(b.text.len());
            let limit = edit_limit(longer);
            if (a.letters ^ b.letters).count_ones() <= 2 * limit as u32 {
                if let Some(edits) = osa(a.text, b.text, limit) {
                    best = better(best, weights.edited(ONE, edits, longer), Reason::Edit);
                }
            }
            let heard = a.sound != 0 && a.sound == b.sound;
            if heard && (is_whole(a.sound) || key_of(a.text) == key_of(b.text)) {
                best = better(best, weights.sound, Reason::Sound);
            }
            let family = a.family != 0 && a.family == b.family;
            if family && (is_whole(a.family) || key_of(a.text).family() == key_of(b.text).family()) {
                best = better(best, weights.family, Reason::Sound);
            }
            if is_part(a.text, b.text) {
                best = better(best, weights.part, Reason::Part);
            }
            best
        }
        _ => best,
    }
}

fn better(best: Option<Match>, sim: u16, reason: Reason) -> Option<Match> {
    let beaten = best.map_or(0, |found| found.sim);
    if sim > beaten {
        Some(Match { sim, reason })
    } else {
        best
    }
}

/// The fewest letters of a word that another begins or ends with.
pub(crate) const PART_FROM: usize = 4;

/// Whether the longer of two words begins or ends with the other, and adds no digit.
pub(crate) fn is_part(a: &[u8], b: &[u8]) -> bool {
    let (part, word) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if part.len() < PART_FROM || part.len() == word.len() || word.len() > MAX_TOKEN {
        return false;
    }
    let rest = word.strip_prefix(part).or_else(|| word.strip_suffix(part));
    rest.is_some_and(|rest| !rest.iter().any(u8::is_ascii_digit))
}

/// How alike adjacent tokens run together are to one token: equal, one edit from six letters, or of one sound
/// key of three symbols when the lengths differ by at most two. `None` otherwise.
///
/// `joined` is the concatenation; the caller sees to it that the single token is a word and that
/// [`may_join`] allows the run.
pub fn joined(joined: &str, single: &str, weights: &RetrievalWeights) -> Option<Match> {
    joined_bytes(joined.as_bytes(), single.as_bytes(), weights).map(|sim| Match { sim, reason: Reason::Join })
}

/// The fewest letters of the longer text at which a join may differ by one edit.
pub(crate) const JOIN_EDIT_FROM: usize = 6;

/// The fewest symbols of a sound key by which a join may be heard.
pub(crate) const JOIN_HEARD_FROM: usize = 3;
/// The most letters by which a join that is heard may differ in length.
pub(crate) const JOIN_HEARD_STRETCH: usize = 2;

pub(crate) fn joined_bytes(joined: &[u8], single: &[u8], weights: &RetrievalWeights) -> Option<u16> {
    let longer = joined.len().max(single.len());
    if longer > MAX_TOKEN || joined.len().abs_diff(single.len()) > JOIN_HEARD_STRETCH {
        return None;
    }
    let spelt = one_edit(joined, single)
        .filter(|edits| *edits == 0 || longer >= JOIN_EDIT_FROM)
        .map_or(0, |edits| weights.edited(weights.join, edits, longer));
    if spelt >= weights.sound {
        return Some(spelt);
    }
    let key = key_of(joined);
    let heard = if key.symbols() >= JOIN_HEARD_FROM && key == key_of(single) { weights.sound } else { 0 };
    Some(spelt.max(heard)).filter(|sim| *sim > 0)
}

/// Whether these adjacent tokens may be read as one: two of which one is a word, or three of which the
/// middle one is a stop word and both others are words (abd al rahman).
pub fn may_join(run: &[Token]) -> bool {
    let mut classes = [TokenClass::Stop; 3];
    match classes.get_mut(..run.len()) {
        Some(known) => known.iter_mut().zip(run).for_each(|(class, token)| *class = token.class),
        None => return false,
    }
    classes_may_join(&classes[..run.len()])
}

pub(crate) fn classes_may_join(run: &[TokenClass]) -> bool {
    use TokenClass::{Stop, Word};
    match run {
        [a, b] => *a == Word || *b == Word,
        [Word, Stop, Word] => true,
        _ => false,
    }
}

/// The fewest letters of the longer whole name at which it may differ by one edit.
pub(crate) const WHOLE_EDIT_FROM: usize = 8;

/// How alike two whole names run together are: equal, or one edit from eight letters. `None` otherwise.
pub fn whole(a: &str, b: &str, weights: &RetrievalWeights) -> Option<u16> {
    whole_bytes(a.as_bytes(), b.as_bytes(), weights)
}

pub(crate) fn whole_bytes(a: &[u8], b: &[u8], weights: &RetrievalWeights) -> Option<u16> {
    let longer = a.len().max(b.len());
    if longer == 0 {
        return None;
    }
    let edits = one_edit(a, b)?;
    if edits > 0 && longer < WHOLE_EDIT_FROM {
        return None;
    }
    Some(weights.edited(weights.whole, edits, longer)).filter(|sim| *sim > 0)
}
