//! How alike two tokens are to a reviewer, graded: typing errors, spellings of one sound, initials, variant classes.
//!
//! Retrieval's relation says yes or no and is proved; this one ranks what was retrieved. Every
//! number is plain arithmetic on small integers and weights, so each platform gives the same bits.

use crate::judge::left::smaller;
use crate::judge::weights::Spelling;
use crate::normalise::{Token, TokenClass};

/// Why two tokens were aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The same text, or the same class of legal form.
    Equal,
    /// Two spellings of one variant class.
    Variant,
    /// Two spellings of one sound.
    Sound,
    /// A typing error.
    Typo,
    /// Two tokens written as one.
    Joined,
    /// A letter standing for a word.
    Initial,
}

/// The longest sound key kept; a longer token is compared by its beginning, as retrieval does not guess there either.
const MAX_KEY: usize = 64;

/// A text with what comparing needs of it, computed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelt {
    /// The text as it sounds, see [`sound_key`].
    pub key: Box<[u8]>,
    /// Letters of the text, one bit each.
    letters: u64,
    /// Families of related consonants of the key, one bit each.
    families: u32,
    /// The same without h and y, which come and go.
    firm: u32,
}

impl Spelt {
    /// Reads a folded text.
    pub fn of(text: &[u8]) -> Self {
        let key = sound_key(text);
        let bits = |set: u32, letter: &u8| set | family(*letter);
        let families = key.iter().fold(0, bits);
        let firm = key.iter().filter(|letter| !matches!(letter, b'h' | b'y')).fold(0, bits);
        let letters = text.iter().fold(0, |set, letter| set | 1 << (letter & 63));
        Self { key, letters, families, firm }
    }

    /// Consonants of one that no related consonant of the other can stand for: the least a likeness by sound costs.
    fn strange(&self, other: &Self) -> u32 {
        (self.firm & !other.families).count_ones().max((other.firm & !self.families).count_ones())
    }
}

/// The bit of the consonants that may, in one step or several, stand for each other; none for vowels.
fn family(letter: u8) -> u32 {
    match letter {
        b'a' | b'e' | b'i' | b'o' => 0,
        b'b' | b'p' | b'v' | b'f' | b'u' => 1 << 26,
        b'd' | b't' => 1 << 27,
        b'k' | b'g' | b'x' | b'h' | b'j' | b'y' | b's' | b'z' | b'c' | b'S' | b'C' | b'Z' => 1 << 28,
        letter => 1 << (letter & 15),
    }
}

/// Likeness of two tokens, 0 to 1, and why; `None` when nothing joins them. Symmetric.
pub fn likeness(a: &Token, x: &Spelt, b: &Token, y: &Spelt, w: &Spelling) -> Option<(f64, Why)> {
    if a.text == b.text {
        return Some((1.0, Why::Equal));
    }
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

/// Likeness of two unequal texts by typing errors and by sound, the better of both.
pub fn spelled(a: &[u8], x: &Spelt, b: &[u8], y: &Spelt, w: &Spelling) -> Option<(f64, Why)> {
    let longer = a.len().max(b.len()).max(1) as f64;
    let typed = typed(a, b, (x.letters ^ y.letters).count_ones(), w);
    let hopeless = f64::from(x.strange(y)) >= (1.0 - w.other) * x.key.len().max(y.key.len()) as f64;
    if typed <= w.other && hopeless || !same_digits(a, b) {
        return None;
    }
    // The first letter of the sound decides: C and K are one, B and F are not.
    let first = if x.key.first() == y.key.first() { 0.0 } else { w.first / longer };
    let typed = typed - first;
    let sounded = if hopeless { 0.0 } else { sounded(&x.key, &y.key, w) } - first;
    let (best, why) = if sounded >= typed { (sounded, Why::Sound) } else { (typed, Why::Typo) };
    (best > w.other).then_some((best, why))
}

/// A different number is never a typing error.
fn same_digits(a: &[u8], b: &[u8]) -> bool {
    a.iter().copied().filter(u8::is_ascii_digit).eq(b.iter().copied().filter(u8::is_ascii_digit))
}

/// Typing errors: one in four to seven letters, two from eight; none in shorter ones, where every letter counts.
fn typed(a: &[u8], b: &[u8], unshared: u32, w: &Spelling) -> f64 {
    let longer = a.len().max(b.len());
    let limit = match longer {
        0..=3 => return 0.0,
        4..=7 => 1,
        _ => 2,
    };
    // One error changes two letters of the set at most.
    if longer - a.len().min(b.len()) > limit || unshared as usize > 2 * limit {
        return 0.0;
    }
    let Some((edits, swaps)) = errors(a, b, limit) else {
        return 0.0;
    };
    let cost = f64::from(edits) * w.edit + f64::from(swaps) * w.swap;
    1.0 - cost / longer as f64
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

/// The text as it sounds: digraphs as one letter, doubled letters once, a final h dropped.
pub fn sound_key(text: &[u8]) -> Box<[u8]> {
    let mut key: Vec<u8> = Vec::with_capacity(text.len().min(MAX_KEY));
    let mut at = 0;
    while at < text.len() && key.len() < MAX_KEY {
        let rest = &text[at..];
        let (letter, taken) = match rest {
            [b's', b'c', b'h' | b'c', ..] => (b'S', 3),
            [b'k' | b'c' | b'g' | b'z' | b'p' | b't' | b's' | b'd', b'h', ..] => match rest[0] {
                b'k' => (b'x', 2),
                b'c' => (b'C', 2),
                b'g' => (b'g', 2),
                b'z' => (b'Z', 2),
                b'p' => (b'f', 2),
                b's' => (b'S', 2),
                first => (first, 2),
            },
            [b't', b's' | b'z', ..] => (b'c', 2),
            [b'c', b'k' | b'q', ..] => (b'k', 2),
            [b'd', b'j' | b'z', ..] => (b'j', 2),
            [b'o', b'u' | b'o', ..] => (b'u', 2),
            [b'e', b'e', ..] => (b'i', 2),
            [b'y' | b'i', b'a' | b'u' | b'o' | b'e', ..] if at == 0 => (b'y', 1),
            [b'x', ..] if at > 0 => {
                push(&mut key, b'k');
                (b's', 1)
            }
            [b'c', b'e' | b'i' | b'y', ..] => (b'c', 1),
            [b'q' | b'c', ..] => (b'k', 1),
            [b'w', ..] => (b'v', 1),
            [b'y', ..] => (b'i', 1),
            [first, ..] => (*first, 1),
            [] => break,
        };
        push(&mut key, letter);
        at += taken;
    }
    if key.len() > 2 && key.last() == Some(&b'h') {
        key.pop();
    }
    key.into_boxed_slice()
}

fn push(key: &mut Vec<u8>, letter: u8) {
    if key.last() != Some(&letter) {
        key.push(letter);
    }
}

/// Likeness by sound: a weighted edit distance of the keys in which vowels are cheap and unrelated consonants dear.
fn sounded(a: &[u8], b: &[u8], w: &Spelling) -> f64 {
    let (a, b) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let longer = a.len();
    if longer == 0 || b.is_empty() || longer - b.len() > 3 {
        return 0.0;
    }
    if a == b {
        return if longer < 3 { 0.97 } else { 0.98 };
    }
    if b.len() < 3 {
        return 0.0;
    }
    let harder = if longer <= 3 {
        1.0
    } else if longer == 4 {
        0.5
    } else {
        0.0
    };
    let costs = Costs::new(w, harder);
    // One row of the table, written over from left to right; `corner` is what stood diagonally above.
    let mut row = [0.0_f64; MAX_KEY + 1];
    let mut added = [0.0_f64; MAX_KEY];
    for (j, letter) in b.iter().enumerate() {
        added[j] = costs.more(*letter);
        row[j + 1] = row[j] + added[j];
    }
    let most = (1.0 - w.other) * longer as f64;
    for x in a {
        let dropped = costs.more(*x);
        let mut corner = row[0];
        row[0] += dropped;
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + costs.other(*x, *y);
            corner = row[j + 1];
            row[j + 1] = smaller(replaced, smaller(corner + dropped, row[j] + added[j]));
            least = smaller(least, row[j + 1]);
        }
        if least > most {
            return 0.0;
        }
    }
    let like = 1.0 - row[b.len()] / longer as f64;
    if like > 0.98 {
        0.98
    } else {
        like
    }
}

/// What each step of the distance costs for two keys of this length.
struct Costs {
    vowel: f64,
    consonant: f64,
    breath: f64,
    vowel_more: f64,
}

impl Costs {
    /// `harder` from 0 to 1: how far vowels and related consonants of short tokens cost as much as others.
    fn new(w: &Spelling, harder: f64) -> Self {
        let cost = |cost: f64| cost + (1.0 - cost) * harder;
        Self {
            vowel: cost(w.vowel),
            consonant: cost(w.consonant),
            breath: cost(w.breath),
            vowel_more: cost(w.vowel_more),
        }
    }

    fn more(&self, letter: u8) -> f64 {
        match letter {
            b'h' | b'y' => self.breath,
            b'a' | b'e' | b'i' | b'o' | b'u' => self.vowel_more,
            _ => 1.0,
        }
    }

    fn other(&self, x: u8, y: u8) -> f64 {
        let shared = GROUPS[(x & 127) as usize] & GROUPS[(y & 127) as usize];
        if x == y {
            0.0
        } else if shared & VOWELS != 0 {
            self.vowel
        } else if shared != 0 {
            self.consonant
        } else {
            1.0
        }
    }
}

/// The group of the vowels, y among them.
const VOWELS: u16 = 1;

/// One bit for each group of letters that transliterations exchange for each other.
static GROUPS: [u16; 128] = groups();

const fn groups() -> [u16; 128] {
    const TOGETHER: [&[u8]; 10] = [b"aeiouy", b"kgx", b"xh", b"dt", b"bp", b"vfb", b"szc", b"CScjZ", b"jZzyg", b"uv"];
    let mut table = [0; 128];
    let mut group = 0;
    while group < TOGETHER.len() {
        let mut at = 0;
        while at < TOGETHER[group].len() {
            table[TOGETHER[group][at] as usize] |= 1 << group;
            at += 1;
        }
        group += 1;
    }
    table
}
