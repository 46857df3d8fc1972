//! How alike two tokens are to a reviewer, graded: typing errors, spellings of one sound, initials, variant classes.
//!
//! Retrieval's relation says yes or no and is proved; this one ranks what was retrieved. Every
//! number is plain arithmetic on small integers and weights, so each platform gives the same bits.

use crate::judge::left::larger;
use crate::judge::sound::{breath, sound_key, told, Costs, Limit};
use crate::judge::weights::Spelling;
use crate::normalise::{Token, TokenClass};

/// What the sums of a distance may lose by rounding, and far more.
const SLACK: f64 = 1e-9;

/// Why two tokens were aligned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The same text, or the same class of legal form.
    #[default]
    Equal,
    /// Two spellings of one variant class.
    Variant,
    /// Words of organisations that say the same (IRAN / IRANIAN).
    Akin,
    /// Two spellings of one sound.
    Sound,
    /// A typing error.
    Typo,
    /// Two tokens written as one.
    Joined,
    /// A letter standing for a word.
    Initial,
}

/// A text with what comparing needs of it, computed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelt {
    /// Letters of the text, one bit each.
    letters: u64,
    /// Letters of the key, one bit for each code.
    sounds: u64,
    /// The codes that they are exchanged for, themselves among them.
    related: u64,
    /// Families of related consonants of the key, one bit each.
    families: u32,
    /// The same without h and y, which come and go, and j, which stands for a vowel.
    firm: u32,
    digits: bool,
    length: u8,
    /// Codes of the letters of the key, where they have room here: what a pair reads should be little.
    key: [u8; HERE],
    /// Else they are here.
    long: Option<Box<[u8]>>,
}

/// Letters of a key that a token holds itself.
const HERE: usize = 22;

impl Spelt {
    /// Reads a folded text.
    pub fn of(text: &[u8]) -> Self {
        let (mut key, length) = sound_key(text);
        let (mut letters, mut digits) = (0, false);
        for letter in text {
            letters |= 1 << (letter & 63);
            digits |= letter.is_ascii_digit();
        }
        let (mut sounds, mut near, mut families, mut firm) = (0, 0, 0, 0);
        for letter in &mut key[..length] {
            let told = told(*letter);
            sounds |= 1 << told.code;
            near |= told.related;
            families |= told.family;
            firm |= told.firm;
            *letter = told.code;
        }
        let mut here = [0; HERE];
        here.iter_mut().zip(&key[..length]).for_each(|(place, letter)| *place = *letter);
        let long = (length > HERE).then(|| key[..length].into());
        Self { letters, sounds, related: near, families, firm, digits, length: length as u8, key: here, long }
    }

    /// The text as it sounds, see [`sound_key`], in codes.
    pub fn key(&self) -> &[u8] {
        match &self.long {
            None => &self.key[..usize::from(self.length).min(HERE)],
            Some(long) => long,
        }
    }

    /// Whether both sound the same but for an h or y (JON and JOHN).
    pub fn alike_but_for_breath(&self, other: &Self) -> bool {
        let firm = |spelt: &Self| -> Vec<u8> { spelt.key().iter().copied().filter(|code| !breath(*code)).collect() };
        firm(self) == firm(other)
    }

    /// Consonants of one that no related consonant of the other can stand for: the least a likeness by sound costs.
    fn strange(&self, other: &Self) -> u32 {
        (self.firm & !other.families).count_ones().max((other.firm & !self.families).count_ones())
    }
}

/// Likeness of two tokens, 0 to 1, and why; `None` when nothing joins them. Symmetric.
pub fn likeness(a: &Token, x: &Spelt, b: &Token, y: &Spelt, w: &Spelling) -> Option<(f64, Why)> {
    if a.text == b.text {
        return Some((1.0, Why::Equal));
    }
    unequal(a, x, b, y, w)
}

/// The same for two tokens that are known to have other texts.
pub(super) fn unequal(a: &Token, x: &Spelt, b: &Token, y: &Spelt, w: &Spelling) -> Option<(f64, Why)> {
    match (a.class, b.class) {
        (TokenClass::Legal(m), TokenClass::Legal(n)) => (m == n).then_some((1.0, Why::Equal)),
        (TokenClass::Word, TokenClass::Word) => {
            if a.variant != 0 && a.variant == b.variant {
                return Some((w.variant, Why::Variant));
            }
            spelled(a.text.as_bytes(), x, b.text.as_bytes(), y, w)
        }
        (TokenClass::Stop, TokenClass::Stop) => {
            (a.variant != 0 && a.variant == b.variant).then_some((w.variant, Why::Variant))
        }
        (TokenClass::Initial, TokenClass::Word) | (TokenClass::Word, TokenClass::Initial) => {
            (a.text.as_bytes().first() == b.text.as_bytes().first()).then_some((w.initial, Why::Initial))
        }
        _ => None,
    }
}

/// The most that [`unequal`] may find, without measuring a distance. `None` only where that is `None`; the reason is
/// sure but for spelling.
pub(super) fn at_most(a: &Token, x: &Spelt, b: &Token, y: &Spelt, w: &Spelling) -> Option<(f64, Why)> {
    let spelled = a.class == TokenClass::Word && b.class == TokenClass::Word;
    if !spelled || a.variant != 0 && a.variant == b.variant {
        return unequal(a, x, b, y, w);
    }
    let (a, b) = (a.text.as_bytes(), b.text.as_bytes());
    let (near, hopeless) = sieved(a, x, b, y, w);
    if near.is_some() {
        return Some((1.0, Why::Typo));
    }
    if hopeless {
        return None;
    }
    let first = if x.key().first() == y.key().first() { 0.0 } else { w.first / a.len().max(b.len()).max(1) as f64 };
    let like = match heard(x, y, first, w) {
        Heard::Known(like) => like - first,
        Heard::Measure { longer, least, .. } => 1.0 - least / longer.len() as f64 - first + SLACK,
    };
    (like > w.other).then_some((like, Why::Sound))
}

/// Likeness of two unequal texts by typing errors and by sound, the better of both.
#[inline]
pub fn spelled(a: &[u8], x: &Spelt, b: &[u8], y: &Spelt, w: &Spelling) -> Option<(f64, Why)> {
    let (near, hopeless) = sieved(a, x, b, y, w);
    if hopeless && near.is_none() {
        return None;
    }
    graded((a, x), (b, y), near.unwrap_or_default(), hopeless, w)
}

/// What the sets of letters tell: how many typing errors are possible, if any, and whether a likeness by sound is not.
#[inline]
fn sieved(a: &[u8], x: &Spelt, b: &[u8], y: &Spelt, w: &Spelling) -> (Option<usize>, bool) {
    let length = a.len().max(b.len());
    // Typing errors: one in four to seven letters, two from eight; none in shorter ones, where every letter counts.
    let limit = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    // One error changes two letters of the set at most.
    let near = limit > 0
        && length - a.len().min(b.len()) <= limit
        && (x.letters ^ y.letters).count_ones() as usize <= 2 * limit;
    let hopeless = f64::from(x.strange(y)) >= (1.0 - w.other) * f64::from(x.length.max(y.length));
    (near.then_some(limit), hopeless)
}

/// The same with at most so many typing errors, and without the sound where it is hopeless.
fn graded(
    (a, x): (&[u8], &Spelt),
    (b, y): (&[u8], &Spelt),
    errors: usize,
    hopeless: bool,
    w: &Spelling,
) -> Option<(f64, Why)> {
    if (x.digits || y.digits) && !same_digits(a, b) {
        return None;
    }
    let typed = if errors > 0 { typed(a, b, errors, w) } else { 0.0 };
    if typed <= w.other && hopeless {
        return None;
    }
    // The first letter of the sound decides: C and K are one, B and F are not.
    let longer = a.len().max(b.len()).max(1) as f64;
    let first = if x.key().first() == y.key().first() { 0.0 } else { w.first / longer };
    let typed = typed - first;
    let sounded = if hopeless { 0.0 } else { sounded(x, y, first, w) } - first;
    let (best, why) = if sounded >= typed { (sounded, Why::Sound) } else { (typed, Why::Typo) };
    (best > w.other).then_some((best, why))
}

/// A different number is never a typing error.
fn same_digits(a: &[u8], b: &[u8]) -> bool {
    a.iter().copied().filter(u8::is_ascii_digit).eq(b.iter().copied().filter(u8::is_ascii_digit))
}

/// Likeness by at most `limit` typing errors, 0 beyond.
fn typed(a: &[u8], b: &[u8], limit: usize, w: &Spelling) -> f64 {
    let Some((edits, swaps)) = errors(a, b, limit) else {
        return 0.0;
    };
    let cost = f64::from(edits) * w.edit + f64::from(swaps) * w.swap;
    1.0 - cost / a.len().max(b.len()) as f64
}

/// Fewest typing errors within `limit` as (edits, exchanges), found by walking both texts from the first difference.
fn errors(a: &[u8], b: &[u8], limit: usize) -> Option<(u32, u32)> {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.is_empty() || b.is_empty() {
        let left = a.len().max(b.len());
        return (left <= limit).then_some((left as u32, 0));
    }
    if limit == 0 {
        return None;
    }
    let mut best: Option<(u32, u32)> = None;
    let mut offer = |found: Option<(u32, u32)>, edit: u32, swap: u32| {
        if let Some((edits, swaps)) = found {
            let now = (edits + edit, swaps + swap);
            if best.is_none_or(|was| (now.0 + now.1, now.0) < (was.0 + was.1, was.0)) {
                best = Some(now);
            }
        }
    };
    offer(errors(&a[1..], &b[1..], limit - 1), 1, 0);
    offer(errors(&a[1..], b, limit - 1), 1, 0);
    offer(errors(a, &b[1..], limit - 1), 1, 0);
    if a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0] {
        offer(errors(&a[2..], &b[2..], limit - 1), 0, 1);
    }
    best
}

/// What is known of a likeness by sound before a distance is measured.
enum Heard<'a> {
    /// All.
    Known(f64),
    /// Two keys, the least that their distance can be, and how far it need be followed.
    Measure { longer: &'a [u8], shorter: &'a [u8], least: f64, limit: Limit },
}

/// Likeness by sound: a weighted edit distance of the keys in which vowels are cheap and unrelated consonants dear.
/// Nothing where `first`, which is still to be taken off, leaves no more than another word has.
fn sounded(x: &Spelt, y: &Spelt, first: f64, w: &Spelling) -> f64 {
    let (a, b, limit) = match heard(x, y, first, w) {
        Heard::Known(like) => return like,
        Heard::Measure { longer, shorter, limit, .. } => (longer, shorter, limit),
    };
    let costs = Costs::new(w, a.len());
    let distance = if b.len() <= 16 { costs.distance::<17>(a, b, limit) } else { costs.distance::<65>(a, b, limit) };
    let Some(distance) = distance else {
        return 0.0;
    };
    let like = 1.0 - distance / a.len() as f64;
    if like > 0.98 {
        0.98
    } else {
        like
    }
}

#[inline]
fn heard<'a>(x: &'a Spelt, y: &'a Spelt, first: f64, w: &Spelling) -> Heard<'a> {
    let (x, y) = if x.length < y.length { (y, x) } else { (x, y) };
    let (a, b) = (x.key(), y.key());
    let longer = a.len();
    if longer == 0 || b.is_empty() || longer - b.len() > 3 {
        return Heard::Known(0.0);
    }
    if a == b {
        return Heard::Known(if longer < 3 { 0.97 } else { 0.98 });
    }
    if b.len() < 3 {
        return Heard::Known(0.0);
    }
    let costs = Costs::new(w, longer);
    let useless = (1.0 - w.other - first) * longer as f64 + SLACK;
    let least = larger(costs.least(x.sounds, y.sounds, y.related), costs.least(y.sounds, x.sounds, x.related));
    if least >= useless {
        return Heard::Known(0.0);
    }
    let most = (1.0 - w.other) * longer as f64;
    let limit = Limit { most, useless, others: y.sounds, related: y.related };
    Heard::Measure { longer: a, shorter: b, least, limit }
}
