//! The sound of a token to the judge: its key, and what it costs to turn one key into another.

use crate::judge::left::smaller;
use crate::judge::weights::Spelling;

/// The longest sound key kept; a longer token is compared by its beginning, as retrieval does not guess there either.
pub const MAX_KEY: usize = 64;

/// The bit of the consonants that may, in one step or several, stand for each other; none for vowels.
const fn family(letter: u8) -> u32 {
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
            [b't', b's', b'c', b'h', ..] => (b'C', 4),
            [b's', b'c', b'h' | b'c', ..] => (b'S', 3),
            [b't', b'c', b'h', ..] => (b'C', 3),
            // -VITJ for -VICH, SYARIF for SHARIF.
            [b't', b'j'] => (b'C', 2),
            [b's', b'y', b'a' | b'i' | b'o' | b'u', ..] => (b'S', 2),
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

/// What a letter of a key tells.
#[derive(Clone, Copy)]
pub struct Told {
    /// See [`code`].
    pub code: u8,
    /// See [`family`].
    pub family: u32,
    /// The same, none for what comes and goes or stands for a vowel.
    pub firm: u32,
    /// The codes that the letter is or is exchanged for, as bits.
    pub related: u64,
}

/// What a letter of a key tells.
pub fn told(letter: u8) -> &'static Told {
    &TOLD[usize::from(letter) & 127]
}

static TOLD: [Told; 128] = {
    let mut table = [Told { code: 0, family: 0, firm: 0, related: 0 }; 128];
    let related = all_related();
    let mut at = 0;
    while at < 128 {
        let letter = at as u8;
        let (code, family) = (code(letter), family(letter));
        let firm = if matches!(letter, b'h' | b'y' | b'j') { 0 } else { family };
        table[at] = Told { code, family, firm, related: related[code as usize] };
        at += 1;
    }
    table
};

/// A letter of a key as a small number: a to z, C, S, Z, then the digits; 0 for what no key holds.
const fn code(letter: u8) -> u8 {
    match letter {
        b'a'..=b'z' => letter - b'a' + 1,
        b'C' => 27,
        b'S' => 28,
        b'Z' => 29,
        b'0'..=b'9' => letter - b'0' + 30,
        _ => 0,
    }
}

/// How far a distance is of interest.
#[derive(Clone, Copy)]
pub struct Limit {
    /// Beyond it the distance is not known.
    pub most: f64,
    /// From here on nobody asks for it.
    pub useless: f64,
    /// Codes of the second key.
    pub others: u64,
    /// What these are exchanged for.
    pub related: u64,
}

/// What each step of the distance costs for two keys of one length, letters given by their codes.
pub struct Costs {
    /// A letter too many or too few: a consonant, a vowel, a breath.
    more: [f64; 4],
    /// Another letter by how the two are related: not at all, as consonants, as vowels, the same.
    other: [f64; 4],
    /// The least a letter costs, by its sort, whether the other key has a related one, and nothing where it has the
    /// letter itself.
    lacking: [f64; 16],
    /// The least a vowel costs that the other key does not have.
    vowel: f64,
    /// The least a consonant costs that only related ones of the other key can stand for.
    consonant: f64,
    /// The least an h or y costs.
    breath: f64,
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
        let (breath, vowel_more) = (cost(w.breath), cost(w.vowel_more));
        let exchanged = smaller(1.0, smaller(vowel, consonant));
        let (least_vowel, least_breath) = (smaller(vowel_more, exchanged), smaller(breath, exchanged));
        let mut lacking = [0.0; 16];
        lacking[..3].copy_from_slice(&[1.0, least_vowel, least_breath]);
        lacking[4..7].copy_from_slice(&[smaller(1.0, consonant), least_vowel, least_breath]);
        Self {
            more: [1.0, vowel_more, breath, 1.0],
            other: [1.0, consonant, vowel, 0.0],
            lacking,
            vowel: least_vowel,
            consonant: smaller(1.0, consonant),
            breath: least_breath,
        }
    }

    fn more(&self, code: u8) -> f64 {
        self.more[usize::from(SORTS[usize::from(code) % CODES]) & 3]
    }

    /// The least that the letters of one key cost which another key lacks, by the codes of the one and of the other
    /// and by what the other's letters are exchanged for: each is left out or stands for another.
    pub fn least(&self, codes: u64, others: u64, related: u64) -> f64 {
        let lacking = codes & !others;
        let count = |set: u64| f64::from(set.count_ones());
        let consonants = lacking & !VOWELS & !BREATHS;
        count(lacking & VOWELS) * self.vowel
            + count(lacking & BREATHS) * self.breath
            + count(consonants & related) * self.consonant
            + count(consonants & !related)
    }

    /// The same for one letter. Looked up, not decided: a branch on letters is guessed wrong too often.
    fn lacking(&self, code: u8, limit: Limit) -> f64 {
        let at = usize::from(code) % CODES;
        let known = (limit.others >> at & 1) << 3 | (limit.related >> at & 1) << 2;
        self.lacking[(known as usize | usize::from(SORTS[at])) & 15]
    }

    /// The distance of two keys; `None` beyond `limit.most`, and as soon as what the rest of `a` costs at least makes
    /// it `limit.useless`. `WIDTH` is more than the letters of `b`.
    pub fn distance<const WIDTH: usize>(&self, a: &[u8], b: &[u8], limit: Limit) -> Option<f64> {
        // One row of the table, written over from left to right; `corner` is what stood diagonally above.
        let mut row = [0.0_f64; WIDTH];
        let mut added = [0.0_f64; WIDTH];
        let mut sum = 0.0;
        for ((letter, more), value) in b.iter().zip(&mut added).zip(&mut row[1..]) {
            *more = self.more(*letter);
            sum += *more;
            *value = sum;
        }
        let lacking = |x: &u8| self.lacking(*x, limit);
        let mut rest: f64 = a.iter().map(lacking).sum();
        for x in a {
            rest -= lacking(x);
            let dropped = self.more(*x);
            let kinds = &KINDS[usize::from(*x) % CODES];
            let mut corner = row[0];
            let mut left = corner + dropped;
            row[0] = left;
            let mut least = left;
            for ((y, added), above) in b.iter().zip(&added).zip(&mut row[1..]) {
                let kind = kinds[usize::from(*y) % CODES];
                let replaced = corner + self.other[usize::from(kind) & 3];
                corner = *above;
                // What hangs on the step before comes last, so that little has to wait for it.
                left = smaller(smaller(replaced, corner + dropped), left + added);
                *above = left;
                least = smaller(least, left);
            }
            if least > limit.most || least + rest >= limit.useless {
                return None;
            }
        }
        row.get(b.len()).copied()
    }
}

/// More than there are codes, and a power of two.
const CODES: usize = 64;

/// Letters that transliterations exchange for each other; the vowels first, y among them.
const TOGETHER: [&[u8]; 11] =
    [b"aeiouy", b"ij", b"kgx", b"xhC", b"dt", b"bp", b"vfb", b"szc", b"CScjZ", b"jZzyg", b"uv"];

/// Vowels, which are cheap to leave out.
const VOWELS: u64 = codes(b"aeiou");
/// What comes and goes.
const BREATHS: u64 = codes(b"hy");

/// Which of the costs of leaving out a letter has.
static SORTS: [u8; CODES] = sorts();
/// How two letters are related, as a place in [`Costs::other`].
static KINDS: [[u8; CODES]; CODES] = kinds();
/// Whether a code is of a letter that comes and goes.
pub(super) fn breath(code: u8) -> bool {
    1_u64.checked_shl(code.into()).unwrap_or_default() & BREATHS != 0
}

const fn codes(letters: &[u8]) -> u64 {
    let mut set = 0;
    let mut at = 0;
    while at < letters.len() {
        set |= 1 << code(letters[at]);
        at += 1;
    }
    set
}

const fn sorts() -> [u8; CODES] {
    let mut table = [0; CODES];
    let mut at = 0;
    while at < CODES {
        table[at] = ((VOWELS >> at) & 1) as u8 + 2 * ((BREATHS >> at) & 1) as u8;
        at += 1;
    }
    table
}

const fn kinds() -> [[u8; CODES]; CODES] {
    let mut table = [[0; CODES]; CODES];
    // From the last to the first: what are vowels together stay so.
    let mut group = TOGETHER.len();
    while group > 0 {
        group -= 1;
        let kind = if group == 0 { 2 } else { 1 };
        let letters = TOGETHER[group];
        let mut x = 0;
        while x < letters.len() {
            let mut y = 0;
            while y < letters.len() {
                table[code(letters[x]) as usize][code(letters[y]) as usize] = kind;
                y += 1;
            }
            x += 1;
        }
    }
    let mut at = 0;
    while at < CODES {
        table[at][at] = 3;
        at += 1;
    }
    table
}

const fn all_related() -> [u64; CODES] {
    let kinds = kinds();
    let mut table = [0; CODES];
    let mut x = 0;
    while x < CODES {
        let mut y = 0;
        while y < CODES {
            if kinds[x][y] != 0 {
                table[x] |= 1 << y;
            }
            y += 1;
        }
        x += 1;
    }
    table
}
