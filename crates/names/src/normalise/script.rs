//! Cuts text that is not all Latin into words of one script each, and sends every word to its romaniser.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::UnicodeNormalization;

use super::latin::{self, gap, Fold, Pieces};
use super::romanise::{self, arabic, hebrew, Context};
use super::{forms, look_alike, Analysed, Origin, Side};

/// The script of a word, as far as a romaniser of ours tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Hangul,
    Han,
    Kana,
    Georgian,
    Armenian,
    Thai,
    Khmer,
    Other,
}

/// A word of one script, in lower case and folded as its script asks; Latin letters are ASCII already.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub text: String,
    pub script: Script,
    pub gap: u8,
    /// Letters of another script were read as the ones they look like.
    pub disguised: bool,
}

/// The script a letter belongs to.
pub(crate) fn script_of(c: char) -> Script {
    match c as u32 {
        0..=0x2AF | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xAB30..=0xAB6F => {
            Script::Latin
        }
        0x370..=0x3FF | 0x1F00..=0x1FFF | 0x345 => Script::Greek,
        0x400..=0x52F | 0x1C80..=0x1C8F | 0xA640..=0xA69F => Script::Cyrillic,
        0x531..=0x58F => Script::Armenian,
        0x10A0..=0x10FF | 0x1C90..=0x1CBF => Script::Georgian,
        0xE01..=0xE7F => Script::Thai,
        0x1780..=0x17D3 => Script::Khmer,
        0x590..=0x5FF => Script::Hebrew,
        0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF => Script::Arabic,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF => Script::Hangul,
        0x3040..=0x30FF | 0x31F0..=0x31FF => Script::Kana,
        0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Script::Han,
        _ => Script::Other,
    }
}

/// Latin, Greek and Cyrillic letters look alike, so a word may hold several; of the others a word holds one.
pub(super) fn may_mix(one: Script, other: Script) -> bool {
    let looks_latin = |script| matches!(script, Script::Latin | Script::Greek | Script::Cyrillic);
    one == other || (looks_latin(one) && looks_latin(other))
}

/// What cannot be left to NFKC, because it would turn a sign into letters or split a word.
fn before_folding(c: char) -> Option<char> {
    let is_mark = matches!(c as u32, 0x300..=0x36F);
    match c {
        '\u{2120}' | '\u{2122}' => Some(' '),
        // The apostrophes that may be a Hebrew stroke are told from the others when their letter is known.
        '\u{2019}' | hebrew::STROKE => Some('\''),
        _ if c.is_ascii() || is_mark => Some(c),
        _ if latin::fold_char(c) == Fold::Drop => None,
        _ => Some(c),
    }
}

/// The bytes of a common word.
const WORD: usize = 16;

struct Cutter {
    words: Vec<Word>,
    /// The words before these are another text's.
    from: usize,
    open: Option<Script>,
}

impl Cutter {
    fn letter(&mut self, c: char, script: Script) {
        match self.open {
            Some(open) if may_mix(open, script) => {}
            _ => {
                self.words.push(Word { text: String::with_capacity(WORD), script, gap: 0, disguised: false });
                self.open = Some(script);
            }
        }
        if let Some(word) = self.words.last_mut() {
            word.text.push(c);
        }
    }

    fn gap(&mut self, kind: u8) {
        self.open = None;
        if let Some(word) = self.words.get_mut(self.from..).and_then(<[Word]>::last_mut) {
            word.gap |= kind;
        }
    }

    fn ascii(&mut self, c: char) {
        match latin::ascii(c) {
            latin::Ascii::Letter(c) => {
                // Figures belong to the word of letters they stand in; no Han or Hangul word holds any.
                let own =
                    if c.is_ascii_digit() { self.open.filter(|open| may_mix(*open, Script::Latin)) } else { None };
                self.letter(c, own.unwrap_or(Script::Latin));
            }
            latin::Ascii::And => {
                self.gap(gap::SPACE);
                for c in "and".chars() {
                    self.letter(c, Script::Latin);
                }
                self.gap(gap::SPACE);
            }
            latin::Ascii::Gap(kind) => self.gap(kind),
            latin::Ascii::Drop if c == '\'' && self.open == Some(Script::Hebrew) => {
                let before = self.words.last().and_then(|word| word.text.chars().last());
                if before.is_some_and(hebrew::takes_stroke) {
                    self.letter(hebrew::STROKE, Script::Hebrew);
                }
            }
            latin::Ascii::Drop => {}
        }
    }

    fn folded(&mut self, c: char) {
        if c.is_ascii() {
            return self.ascii(c);
        }
        match latin::fold_char(c) {
            Fold::Letters(text, _) => text.chars().for_each(|c| self.letter(c, Script::Latin)),
            Fold::Gap(kind) => self.gap(kind),
            Fold::Drop | Fold::Umlaut => {}
            Fold::Foreign => self.foreign(c),
        }
    }

    fn foreign(&mut self, c: char) {
        let script = script_of(c);
        match script {
            _ if c.is_numeric() && script != Script::Han => {
                let digits = any_ascii::any_ascii_char(c);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return self.gap(gap::SPACE);
                }
                digits.chars().for_each(|digit| self.ascii(digit));
            }
            Script::Latin => {
                for letter in any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric) {
                    self.letter(letter.to_ascii_lowercase(), Script::Latin);
                }
            }
            Script::Greek => decompose_canonical(c, |part| match part {
                '\u{345}' => self.letter('ι', Script::Greek),
                'ς' => self.letter('σ', Script::Greek),
                _ if is_combining_mark(part) => {}
                _ if part.is_alphabetic() => self.letter(part, Script::Greek),
                _ => self.gap(gap::SPACE),
            }),
            Script::Cyrillic => match romanise::cyrillic::plain(c) {
                Some(plain) => self.letter(plain, Script::Cyrillic),
                None if is_combining_mark(c) => {}
                None => self.gap(gap::SPACE),
            },
            Script::Arabic => match arabic::plain(c) {
                Some(plain) => self.letter(plain, Script::Arabic),
                None if is_combining_mark(c) || !is_separator(c) => {}
                None => self.gap(gap::SPACE),
            },
            // The marks of Thai and Indian scripts are vowels; the others' are points that may be left out.
            _ if is_combining_mark(c) => {
                if matches!(script, Script::Other | Script::Thai | Script::Khmer) && self.open == Some(script) {
                    self.letter(c, script);
                }
            }
            _ if c.is_alphanumeric() => self.letter(c, script),
            _ => self.gap(gap::SPACE),
        }
    }
}

/// Arabic punctuation parts words; other signs of that block (tatweel, ornaments of a word) do not.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{60F}' | '\u{61B}'..='\u{61F}' | '\u{66A}'..='\u{66D}' | '\u{6D4}' | '\u{6DD}' | '\u{6E9}')
}

/// The words of a text, each of one script.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    add_words_of(text, &mut words);
    words
}

/// The same, behind what is there already.
pub(super) fn add_words_of(text: &str, words: &mut Vec<Word>) {
    let from = words.len();
    let mut cutter = Cutter { words: std::mem::take(words), from, open: None };
    if text.is_ascii() {
        // Composing and folding leave ASCII as it is.
        text.chars().for_each(|c| cutter.ascii(c.to_ascii_lowercase()));
        *words = cutter.words;
        return;
    }
    for c in text.chars().filter_map(before_folding).nfkc() {
        for lower in c.to_lowercase() {
            cutter.folded(lower);
        }
    }
    *words = cutter.words;
    for word in words.iter_mut().skip(from) {
        look_alike::settle(word);
    }
    words.retain(|word| !word.text.is_empty());
}

/// Adds the forms of a text that holds another script than Latin. A name written twice, in Latin letters and in its own
/// script (KIM Yong Chol 김영철), is also read as each of the two.
pub(super) fn add_forms(text: &str, side: Side, out: &mut Analysed) {
    let words = words(text);
    add_words(&words, side, out);
    let (latin, foreign): (Vec<Word>, Vec<Word>) = words.into_iter().partition(|word| word.script == Script::Latin);
    if latin.len() > 1 && !foreign.is_empty() {
        add_words(&latin, side, out);
        add_words(&foreign, side, out);
    }
}

/// One form for each scheme that reads one of the words in its own way; the other words are read in their script's
/// first scheme.
fn add_words(words: &[Word], side: Side, out: &mut Analysed) {
    let context = Context::of(words);
    for &scheme in &context.schemes {
        let mut pieces = Pieces::default();
        romanise::add(words, scheme, &context, &mut pieces);
        forms::add(&pieces, Origin::Romanised(scheme), side, out);
    }
    if let Some(pieces) = look_alike::in_latin(words) {
        forms::add(&pieces, Origin::Romanised(romanise::LOOK_ALIKE), side, out);
    }
    if context.schemes.is_empty() {
        let mut pieces = Pieces::default();
        romanise::add(words, romanise::LOOK_ALIKE, &context, &mut pieces);
        let disguised = words.iter().any(|word| word.disguised);
        let origin = if disguised { Origin::Romanised(romanise::LOOK_ALIKE) } else { Origin::Written };
        forms::add(&pieces, origin, side, out);
    }
}

/// The words as they stand, folded but not romanised.
pub(super) fn native_pieces(text: &str) -> Pieces {
    let mut pieces = Pieces::with_room(text.len());
    for word in words(text) {
        pieces.add(&word.text, word.gap);
    }
    pieces
}

/// One word per script, for tables that hold native spellings.
pub(crate) fn native_words(text: &str) -> Vec<Word> {
    words(text)
}
