//! The sound key: what is left of a word when vowels, doubled letters and habits of spelling are taken away.
//!
//! The sound key is conservative on purpose: it is a key for spellings of one name, not for names that sound alike.
//! B/P, D/T, G/K, S/Z and L/R stay apart, and so do ZH, CH and Y: ZHANG, CHANG and YANG have three keys.
//! The family key made from it is coarser, one key for what romanisations of one sound exchange (T and D in
//! Thai and Korean, ZH and CH in Wade–Giles, K, G and Q in Arabic); L/R, ZHANG and YANG stay apart even there.

use crate::normalise::MAX_TOKEN;

/// A sound key without heap: at most two symbols for each letter, and the vowel in front.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    symbols: [u8; 2 * MAX_TOKEN + 1],
    length: usize,
}

/// Symbols that fit into a number as they are, five bits each behind the mark.
const WHOLE_SYMBOLS: usize = 11;
/// Set in the numbers that are hashes.
const HASHED: u64 = 1 << 63;

/// Whether a key's number is the key itself.
pub(crate) const fn is_whole(code: u64) -> bool {
    code & HASHED == 0
}

const fn mark_number(mark: u8) -> u64 {
    match mark {
        b'a' => 1,
        b'i' => 2,
        b'o' => 3,
        b'A' => 4,
        b'I' => 5,
        b'O' => 6,
        _ => 7,
    }
}

const fn symbol_number(symbol: u8) -> u64 {
    match symbol {
        b'a'..=b'z' => (symbol - b'a') as u64 + 1,
        b'C' => 27,
        b'J' => 28,
        _ => 29,
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Key {
    const NONE: Self = Key { symbols: [0; 2 * MAX_TOKEN + 1], length: 0 };

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.symbols[..self.length]
    }

    /// The key as a number, 0 for none. Equal numbers mean equal keys when they are [`is_whole`]; of a longer key
    /// the number is a hash, and different numbers mean different keys.
    pub(crate) fn code(&self) -> u64 {
        let Some((mark, symbols)) = self.as_bytes().split_first() else {
            return 0;
        };
        if symbols.len() > WHOLE_SYMBOLS {
            let hash = self.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            return hash | HASHED;
        }
        symbols.iter().fold(mark_number(*mark), |code, symbol| code << 5 | symbol_number(*symbol))
    }

    /// Consonants of the key.
    pub(crate) fn symbols(&self) -> usize {
        self.length.saturating_sub(1)
    }

    /// The coarser key over the same symbols, for consonants that systems of romanisation exchange.
    pub(crate) fn family(&self) -> Self {
        let mut family = Key::NONE;
        let Some((mark, symbols)) = self.as_bytes().split_first() else {
            return family;
        };
        family.push(if symbols.len() > 2 { b'.' } else { mark.to_ascii_lowercase() });
        let mut held = 0u8;
        for symbol in symbols {
            let merged = match symbol {
                b'd' => b't',
                b'b' => b'p',
                b'g' => b'k',
                b'z' | b'c' => b's',
                b'J' | b'j' | b'S' => b'C',
                b'v' => b'f',
                other => *other,
            };
            if merged != held {
                family.push(merged);
            }
            held = merged;
        }
        if family.symbols() < 2 {
            return Key::NONE;
        }
        family
    }

    fn push(&mut self, symbol: u8) {
        if let Some(place) = self.symbols.get_mut(self.length) {
            *place = symbol;
            self.length += 1;
        }
    }
}

/// The sound key of a word of 3 to 64 letters, empty when it has none (digits, fewer than two consonants).
pub fn sound_key(text: &str) -> String {
    key_of(text.as_bytes()).as_bytes().iter().map(|byte| char::from(*byte)).collect()
}

/// The family key of a word, empty when it has none: no sound key, or fewer than two symbols left.
pub fn family_key(text: &str) -> String {
    key_of(text.as_bytes()).family().as_bytes().iter().map(|byte| char::from(*byte)).collect()
}

/// Groups read as one symbol, longer ones first.
const GROUPS: [(&[u8], &[u8]); 15] = [
    (b"tsch", b"C"),
    (b"sch", b"S"),
    (b"tch", b"C"),
    (b"dzh", b"J"),
    (b"ch", b"C"),
    (b"sh", b"S"),
    (b"zh", b"J"),
    (b"dj", b"j"),
    (b"kh", b"h"),
    (b"gh", b"g"),
    (b"ph", b"f"),
    (b"th", b"t"),
    (b"dh", b"d"),
    (b"ts", b"c"),
    (b"tz", b"c"),
];

pub(crate) fn key_of(text: &[u8]) -> Key {
    let none = Key::NONE;
    if text.len() < 3 || text.len() > MAX_TOKEN || !text.iter().all(u8::is_ascii_lowercase) {
        return none;
    }
    let mut key = Key::NONE;
    key.push(b'.');
    let mut first_vowel = b'.';
    let mut starts_open = false;
    // The symbol written last, when no vowel has come since: a doubled letter counts once.
    let mut held = 0u8;
    let mut at = 0;
    while let Some(letter) = text.get(at).copied() {
        let rest = &text[at..];
        let next = rest.get(1).copied().unwrap_or(b' ');
        if at == 0 && matches!(letter, b'i' | b'y') && matches!(next, b'a' | b'e' | b'o' | b'u') {
            key.push(b'y');
            held = b'y';
            at += 1;
            continue;
        }
        if let Some(class) = vowel_class(letter) {
            if first_vowel == b'.' {
                first_vowel = class;
                starts_open = at == 0;
            }
            held = 0;
            at += 1;
            continue;
        }
        let silent = letter == b'h' && at + 1 == text.len() && vowel_class(text[at.saturating_sub(1)]).is_some();
        if silent {
            break;
        }
        let (symbols, width) = symbols_of(rest, letter, next);
        for symbol in symbols {
            if *symbol != held {
                key.push(*symbol);
            }
            held = *symbol;
        }
        at += width;
    }
    let consonants = key.length - 1;
    if consonants < 2 {
        return none;
    }
    if starts_open {
        key.symbols[0] = first_vowel.to_ascii_uppercase();
    } else if consonants == 2 {
        key.symbols[0] = first_vowel;
    }
    key
}

fn symbols_of(rest: &[u8], letter: u8, next: u8) -> (&[u8], usize) {
    // Every group begins and goes on with one of these.
    if matches!(next, b'h' | b's' | b'c' | b'z' | b'j')
        && matches!(letter, b't' | b's' | b'c' | b'd' | b'z' | b'k' | b'g' | b'p')
    {
        for (group, symbol) in GROUPS {
            if rest.starts_with(group) {
                return (symbol, group.len());
            }
        }
    }
    let symbols: &[u8] = match letter {
        b'c' if matches!(next, b'e' | b'i' | b'y') => b"s",
        b'c' | b'q' => b"k",
        b'w' => b"v",
        b'x' => b"ks",
        _ => &rest[..1],
    };
    (symbols, 1)
}

/// a; e, i, y; o, u.
const fn vowel_class(letter: u8) -> Option<u8> {
    match letter {
        b'a' => Some(b'a'),
        b'e' | b'i' | b'y' => Some(b'i'),
        b'o' | b'u' => Some(b'o'),
        _ => None,
    }
}
