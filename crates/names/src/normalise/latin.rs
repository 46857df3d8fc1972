//! Cuts text in Latin letters into folded pieces, byte by byte: the way nearly every name takes.

use std::sync::LazyLock;

use unicode_normalization::char::decompose_compatible;

/// What stood between two pieces, as bits.
pub(super) mod gap {
    pub const SPACE: u8 = 1;
    pub const DOT: u8 = 2;
    pub const HYPHEN: u8 = 4;
    /// Comma, bracket, quotation mark: what follows is another part of the name.
    pub const BREAK: u8 = 8;
    pub const SLASH: u8 = 16;
}

/// One piece of a name: a range of [`Pieces::text`] and what followed it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub start: u32,
    pub end: u32,
    pub gap: u8,
    /// What it was made of, as the caller numbers that.
    pub source: u32,
}

/// The pieces of a name run together in one text, so that neighbouring pieces are one slice of it.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub text: String,
    pub list: Vec<Piece>,
    /// A letter occurred that German, Danish or Swedish also write as two (ä, ö, ü, å, ø).
    pub doubled: bool,
    /// The number that new pieces get.
    pub source: u32,
    open: u32,
}

impl Pieces {
    pub fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), list: Vec::with_capacity(8), ..Self::default() }
    }

    /// Closes the piece that is being written, if any, and notes what follows it.
    #[inline]
    pub fn close(&mut self, gap: u8) {
        let end = self.text.len() as u32;
        if end > self.open {
            self.list.push(Piece { start: self.open, end, gap, source: self.source });
            self.open = end;
        } else if let Some(last) = self.list.last_mut() {
            last.gap |= gap;
        }
    }

    /// Adds a whole piece that was read before, and leaves the one before it as it is.
    pub fn push(&mut self, piece: &str, gap: u8) {
        self.text.push_str(piece);
        let end = self.text.len() as u32;
        self.list.push(Piece { start: self.open, end, gap, source: self.source });
        self.open = end;
    }

    /// Adds a whole piece of folded text.
    pub fn add(&mut self, piece: &str, gap: u8) {
        self.close(gap::SPACE);
        self.text.push_str(piece);
        self.close(gap);
    }

    #[inline]
    fn and(&mut self) {
        self.add("and", gap::SPACE);
    }

    /// Whether the pieces of the same text are cut at the same places.
    pub fn alike(&self, other: &Self) -> bool {
        self.list.len() == other.list.len() && self.list.iter().zip(&other.list).all(|(one, two)| one.end == two.end)
    }

    pub fn slice(&self, from: u32, to: u32) -> &str {
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }
}

const DROP: u8 = 0;
const AND: u8 = 32;

/// Per ASCII byte: a letter or digit to write (48 and above), or a gap, [`AND`] or [`DROP`].
static ASCII: [u8; 128] = {
    let mut table = [gap::SPACE; 128];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        table[byte] = match b {
            b'a'..=b'z' | b'0'..=b'9' => b,
            b'A'..=b'Z' => b + 32,
            b'\'' | b'`' | 0..=8 | 14..=31 | 127 => DROP,
            b'&' => AND,
            b'.' => gap::DOT,
            b'-' | b'_' => gap::HYPHEN,
            b'/' | b'\\' => gap::SLASH,
            b',' | b';' | b':' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'<' | b'>' | b'"' | b'|' => gap::BREAK,
            _ => gap::SPACE,
        };
        byte += 1;
    }
    table
};

/// How one ASCII character enters a name.
pub(super) enum Ascii {
    Letter(char),
    Gap(u8),
    And,
    Drop,
}

/// As the fast way reads it, for text of several scripts.
pub(super) fn ascii(c: char) -> Ascii {
    match ASCII.get(c as usize).copied().unwrap_or(DROP) {
        DROP => Ascii::Drop,
        AND => Ascii::And,
        kind if kind < b'0' => Ascii::Gap(kind),
        letter => Ascii::Letter(letter as char),
    }
}

/// What a character is to the words around it, in any script.
pub(super) enum Kind {
    /// It parts them.
    Gap,
    /// It is one of them: `&`.
    Sign,
    /// It belongs to one, or is nothing.
    Part,
}

pub(super) fn kind_of(c: char) -> Kind {
    // The wide ASCII of Chinese and Japanese text.
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    match ASCII.get(c as usize).copied() {
        Some(AND) => Kind::Sign,
        Some(kind) if kind != DROP && kind < b'0' => Kind::Gap,
        None if c.is_whitespace() || matches!(fold_char(c), Fold::Gap(_)) => Kind::Gap,
        _ => Kind::Part,
    }
}

/// How one character that is not ASCII enters a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// Latin letters or digits: the language-neutral spelling, and the one with two letters (empty when the same).
    Letters(&'static str, &'static str),
    /// Parts words.
    Gap(u8),
    /// Zero-width, bidirectional, marks, apostrophes of every kind: dropped, the word goes on.
    Drop,
    /// Two dots or a ring over the letter before, written as a mark of its own: as [`Fold::Drop`], but the letter has a long form.
    Umlaut,
    /// Not for this module.
    Foreign,
}

const FIRST: u32 = 0xA0;
const LAST: u32 = 0x24F;

static LETTERS: LazyLock<Vec<Fold>> =
    LazyLock::new(|| (FIRST..=LAST).map(|code| char::from_u32(code).map_or(Fold::Foreign, exceptional)).collect());

static SINGLE: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

fn exceptional(c: char) -> Fold {
    match c {
        'ß' => Fold::Letters("ss", ""),
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' | 'ǣ' | 'Ǣ' => Fold::Letters("ae", ""),
        'œ' | 'Œ' => Fold::Letters("oe", ""),
        'ø' | 'Ø' | 'ǿ' | 'Ǿ' | 'ö' | 'Ö' => Fold::Letters("o", "oe"),
        'ä' | 'Ä' => Fold::Letters("a", "ae"),
        'å' | 'Å' => Fold::Letters("a", "aa"),
        'ü' | 'Ü' => Fold::Letters("u", "ue"),
        'þ' | 'Þ' => Fold::Letters("th", ""),
        'ð' | 'Ð' | 'đ' | 'Đ' | 'ɖ' | 'Ɖ' => Fold::Letters("d", ""),
        'ħ' | 'Ħ' => Fold::Letters("h", ""),
        'ı' | 'ɨ' | 'Ɨ' => Fold::Letters("i", ""),
        'ł' | 'Ł' => Fold::Letters("l", ""),
        'ŋ' | 'Ŋ' => Fold::Letters("n", ""),
        'ŧ' | 'Ŧ' => Fold::Letters("t", ""),
        'ə' | 'Ə' => Fold::Letters("a", ""),
        'ƒ' | 'Ƒ' => Fold::Letters("f", ""),
        'ƀ' | 'Ƀ' | 'Ɓ' | 'ɓ' => Fold::Letters("b", ""),
        'ĸ' | 'ƙ' | 'Ƙ' => Fold::Letters("k", ""),
        'ƴ' | 'Ƴ' => Fold::Letters("y", ""),
        'ƶ' | 'Ƶ' => Fold::Letters("z", ""),
        // An accent typed for an apostrophe, marks without a letter, the soft hyphen.
        '´' | '¨' | '¯' | '¸' | '\u{ad}' => Fold::Drop,
        '·' | '«' | '»' => Fold::Gap(gap::BREAK),
        '\u{a0}' => Fold::Gap(gap::SPACE),
        _ => decomposed(c),
    }
}

/// A letter with marks is its letter; everything else is foreign or a gap.
fn decomposed(c: char) -> Fold {
    let mut letter = None;
    let mut plain = true;
    decompose_compatible(c, |part| match part {
        '\u{300}'..='\u{36f}' => {}
        _ if part.is_ascii_alphanumeric() && letter.is_none() => {
            letter = Some(part.to_ascii_lowercase());
        }
        _ => plain = false,
    });
    match letter.and_then(|letter| SINGLE.find(letter)).and_then(|at| SINGLE.get(at..=at)) {
        Some(text) if plain => Fold::Letters(text, ""),
        _ if c.is_alphanumeric() => Fold::Foreign,
        _ => Fold::Gap(gap::SPACE),
    }
}

/// How `c`, which is not ASCII, enters a name written in Latin letters.
pub(super) fn fold_char(c: char) -> Fold {
    let code = c as u32;
    match code {
        FIRST..=LAST => LETTERS.get((code - FIRST) as usize).copied().unwrap_or(Fold::Foreign),
        0x308 | 0x30A => Fold::Umlaut,
        // Marks, modifier letters typed as apostrophes (ayn, hamza, soft sign), zero-width and bidirectional signs.
        0x80..=0x84
        | 0x86..=0x9F
        // 0x345 is the Greek iota written below, a letter in capitals.
        | 0x300..=0x344
        | 0x346..=0x36F
        | 0x2B9..=0x2C1
        | 0x2C8
        | 0x2CA..=0x2CB
        | 0x2EE
        // Greek accents and breathings without a letter.
        | 0x384..=0x385
        | 0x1FBD
        | 0x1FBF..=0x1FC1
        | 0x1FCD..=0x1FCF
        | 0x1FDD..=0x1FDF
        | 0x1FED..=0x1FEF
        | 0x1FFD..=0x1FFE
        | 0x55A
        | 0x5F3..=0x5F4
        | 0x61C
        | 0x180E
        | 0x200B..=0x200F
        | 0x2018..=0x201B
        | 0x202A..=0x202E
        | 0x2032..=0x2037
        | 0x2060..=0x206F
        | 0xA78B..=0xA78C
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xFF07
        | 0xFF40
        | 0xFFF9..=0xFFFB
        | 0xE0000..=0xE0FFF => Fold::Drop,
        // The trade marks among them: NFKC would write TM behind the name.
        0x2120 | 0x2122 | 0x85 | 0x1680 | 0x2000..=0x200A | 0x2028..=0x2029 | 0x205F | 0x3000 | 0xFFFD => Fold::Gap(gap::SPACE),
        0x2010..=0x2015 | 0x2212 | 0x2043 => Fold::Gap(gap::HYPHEN),
        0x201C..=0x201F | 0x2022 | 0x2027 | 0x2039..=0x203A | 0x3001..=0x3002 | 0x30FB => Fold::Gap(gap::BREAK),
        0x1E9E => Fold::Letters("ss", ""),
        0x1E00..=0x1EFF => decomposed(c),
        0x2116 => Fold::Letters("no", ""),
        _ => Fold::Foreign,
    }
}

/// Cuts `text` into folded pieces; `false` when it holds a letter that is not Latin (the pieces are then worthless).
///
/// With `long`, ä, ö, ü, å and ø are written with two letters, as German and Scandinavian passports do.
pub(super) fn pieces(text: &str, long: bool, out: &mut Pieces) -> bool {
    let latin = append(text, long, out);
    out.close(gap::SPACE);
    latin
}

/// The same for a part of a text: its last piece stays open.
pub(super) fn append(text: &str, long: bool, out: &mut Pieces) -> bool {
    let mut rest = text;
    loop {
        let bytes = rest.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let Some(&kind) = ASCII.get(byte as usize) else {
                break;
            };
            at += 1;
            if kind >= b'0' {
                out.text.push(kind as char);
            } else if kind == DROP {
            } else if kind == AND {
                out.and();
            } else {
                out.close(kind);
            }
        }
        let Some(c) = rest.get(at..).and_then(|tail| tail.chars().next()) else {
            break;
        };
        match fold_char(c) {
            Fold::Letters(short, two) => {
                out.doubled |= !two.is_empty();
                out.text.push_str(if long && !two.is_empty() { two } else { short });
            }
            Fold::Gap(kind) => out.close(kind),
            Fold::Drop => {}
            Fold::Umlaut => lengthen(c, long, out),
            Fold::Foreign => return false,
        }
        rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
    }
    true
}

/// A mark that makes the letter before it an umlaut, when that letter has a long form.
pub(super) fn lengthen(mark: char, long: bool, out: &mut Pieces) {
    let second = match (mark, out.text.as_bytes().last()) {
        ('\u{308}', Some(b'a' | b'o' | b'u')) => 'e',
        ('\u{30A}', Some(b'a')) => 'a',
        _ => return,
    };
    if out.text.len() as u32 > out.open {
        out.doubled = true;
        if long {
            out.text.push(second);
        }
    }
}
