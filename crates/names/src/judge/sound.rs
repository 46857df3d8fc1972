//! The sound of a token to the judge: its key, and what it costs to turn one key into another.

use crate::judge::left::smaller;
use crate::judge::weights::Spelling;

/// The longest sound key kept; a longer token is compared by its beginning, as retrieval does not guess there either.
pub const MAX_KEY: usize = 64;

/// The bit of the consonants that may, in one step or several, stand for each other; none for vowels.
pub fn family(letter: u8) -> u32 {
    match letter {
        b'a' | b'e' | b'i' | b'o' => 0,
        b'b' | b'p' | b'v' | b'f' | b'u' => 1 << 26,
        b'd' | b't' => 1 << 27,
        b'k' | b'g' | b'x' | b'h' | b'j' | b'y' | b's' | b'z' | b'c' | b'S' | b'C' | b'Z' => 1 << 28,
        letter => 1 << (letter & 15),
    }
}

/// The text as it sounds: digraphs as one letter, doubled letters once, a final h dropped; with its length.
pub fn sound_key(text: &[u8]) -> ([u8; MAX_KEY], usize) {
    let mut key = Sound { letters: [0; MAX_KEY], length: 0 };
    let mut at = 0;
    while at < text.len() && key.length < MAX_KEY {
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
                key.push(b'k');
                (b's', 1)
            }
            [b'c', b'e' | b'i' | b'y', ..] => (b'c', 1),
            [b'q' | b'c', ..] => (b'k', 1),
            [b'w', ..] => (b'v', 1),
            [b'y', ..] => (b'i', 1),
            [first, ..] => (*first, 1),
            [] => break,
        };
        key.push(letter);
        at += taken;
    }
    if key.length > 2 && key.letters[key.length - 1] == b'h' {
        key.length -= 1;
        key.letters[key.length] = 0;
    }
    (key.letters, key.length)
}

struct Sound {
    letters: [u8; MAX_KEY],
    length: usize,
}

impl Sound {
    fn push(&mut self, letter: u8) {
        let doubled = self.length > 0 && self.letters[self.length - 1] == letter;
        if let Some(place) = self.letters.get_mut(self.length).filter(|_| !doubled) {
            *place = letter;
            self.length += 1;
        }
    }
}

/// What each step of the distance costs for two keys of one length.
pub struct Costs {
    vowel: f64,
    consonant: f64,
    breath: f64,
    vowel_more: f64,
    /// Another letter by how the two are related: not at all, as consonants, as vowels, the same.
    other: [f64; 4],
}

impl Costs {
    /// For a longer key of so many letters: in short ones vowels and related consonants cost more.
    pub fn new(w: &Spelling, longer: usize) -> Self {
        let harder = if longer <= 3 {
            1.0
        } else if longer == 4 {
            0.5
        } else {
            0.0
        };
        let cost = |cost: f64| cost + (1.0 - cost) * harder;
        let (vowel, consonant) = (cost(w.vowel), cost(w.consonant));
        let other = [1.0, consonant, vowel, 0.0];
        Self { vowel, consonant, breath: cost(w.breath), vowel_more: cost(w.vowel_more), other }
    }

    fn more(&self, letter: u8) -> f64 {
        match letter {
            b'h' | b'y' => self.breath,
            b'a' | b'e' | b'i' | b'o' | b'u' => self.vowel_more,
            _ => 1.0,
        }
    }

    fn other(&self, x: (u8, u16), y: (u8, u16)) -> f64 {
        let shared = x.1 & y.1;
        let related = usize::from(shared != 0) + usize::from(shared & VOWELS);
        self.other[(related | if x.0 == y.0 { 3 } else { 0 }) & 3]
    }

    /// The least that the letters of a key cost which a key of these `sounds` and `groups` does not have: each of
    /// them is left out or stands for another.
    pub fn least(&self, key: &[u8], sounds: u64, groups: u16) -> f64 {
        let mut least = 0.0;
        for letter in key {
            if sounds & 1 << (letter & 63) != 0 {
                continue;
            }
            let shared = groups_of(*letter) & groups;
            let vowel = if shared & VOWELS != 0 { self.vowel } else { 1.0 };
            let consonant = if shared & !VOWELS != 0 { self.consonant } else { 1.0 };
            least += smaller(self.more(*letter), smaller(vowel, consonant));
        }
        least
    }

    /// The distance of two keys; `None` beyond `most`. `WIDTH` is more than the letters of `b`.
    pub fn distance<const WIDTH: usize>(&self, a: &[u8], b: &[u8], most: f64) -> Option<f64> {
        // One row of the table, written over from left to right; `corner` is what stood diagonally above.
        let mut row = [0.0_f64; WIDTH];
        let mut letters = [(0.0_f64, (0_u8, 0_u16)); WIDTH];
        let mut sum = 0.0;
        for ((letter, place), value) in b.iter().zip(&mut letters).zip(&mut row[1..]) {
            *place = (self.more(*letter), (*letter, groups_of(*letter)));
            sum += place.0;
            *value = sum;
        }
        let letters = &letters[..b.len().min(WIDTH - 1)];
        for x in a {
            let dropped = self.more(*x);
            let x = (*x, groups_of(*x));
            let mut corner = row[0];
            let mut left = corner + dropped;
            row[0] = left;
            let mut least = left;
            for ((added, y), above) in letters.iter().zip(&mut row[1..]) {
                let replaced = corner + self.other(x, *y);
                corner = *above;
                left = smaller(replaced, smaller(corner + dropped, left + added));
                *above = left;
                least = smaller(least, left);
            }
            if least > most {
                return None;
            }
        }
        Some(row[letters.len()])
    }
}

/// The groups that a letter of a key belongs to.
pub fn groups_of(letter: u8) -> u16 {
    GROUPS[(letter & 127) as usize]
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
