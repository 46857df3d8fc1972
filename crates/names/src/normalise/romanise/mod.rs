//! Other scripts in Latin letters: several schemes for each, because a list rarely says which one it used.
//!
//! A scheme gives one form of the whole name. Words of scripts to which the scheme does not belong are read in the
//! first scheme of their own script, so that a name in two scripts does not multiply its forms.

pub(crate) mod any_context;
pub(crate) mod arabic;
mod caucasus;
pub(crate) mod cyrillic;
mod foreign;
mod greek;
mod han;
mod hangul;
pub(crate) mod hebrew;
mod kana;
mod kanji;
mod khmer;
mod segment;
mod thai;
mod unvowelled;

use super::latin::Pieces;
use super::script::{self, Script, Word};

/// What each scheme is, for explanations; the value of `Origin::Romanised` is the place in this list.
pub const SCHEMES: [&str; 52] = [
    "umlauts written with two letters",
    "letters of another script, or digits, read as the letters they look like",
    "any script, letter by letter",
    "Cyrillic, BGN/PCGN",
    "Cyrillic, passports (ICAO 9303)",
    "Cyrillic, as the press writes",
    "Cyrillic, scholarly (ISO 9) without marks",
    "Ukrainian, national system of 2010",
    "Belarusian, national system",
    "Bulgarian, law of 2009",
    "Serbian and Macedonian Latin without marks",
    "Korean, as the North writes",
    "Korean, as the South customarily writes",
    "Korean, Revised Romanisation",
    "Korean, McCune-Reischauer without marks",
    "Chinese, pinyin, given name as one word",
    "Chinese, pinyin, syllable by syllable",
    "Chinese characters read as Korean, as the North writes",
    "Chinese characters read as Korean, as the South customarily writes",
    "Chinese or Korean with common words translated",
    "Japanese, Hepburn without long vowels",
    "Japanese, Hepburn with long vowels written out",
    "Arabic, article apart",
    "Arabic, article and servant-names joined",
    "Arabic, second spellings",
    "Persian",
    "Hebrew",
    "Hebrew, second spellings",
    "Greek, ELOT 743",
    "Greek, customary",
    "a name of another language as Chinese, Korean or Japanese hear it, r",
    "a name of another language as Chinese, Korean or Japanese hear it, l",
    "a name of another language as Chinese, Korean or Japanese hear it, l before vowels and else r",
    "a name of another language as Chinese, Korean or Japanese hear it, r before vowels and else l",
    "Korean in Russian letters (Kontsevich), as the North writes",
    "Korean in Russian letters, the other final n",
    "Chinese in Russian letters (Palladius), pinyin",
    "Japanese in Russian letters (Polivanov), Hepburn",
    "a name of another language as Arabic hears it",
    "Chinese characters read as a Japanese name",
    "Chinese characters read as a Japanese name, second readings",
    "Chinese, from Wade and Giles's spelling to pinyin",
    "Georgian, national system",
    "Armenian, eastern",
    "Armenian, western",
    "Thai, Royal Institute",
    "Khmer, United Nations",
    "a Western name in Russian letters, as English spells it",
    "a Western name in Russian letters, as French spells it",
    "a Western name in Russian letters, as German spells it",
    "a Western name in Russian letters, as Polish spells it",
    "a Western name in Russian letters, as Latin, Italian or Spanish spell it",
];

/// ä as ae, ø as oe, å as aa.
pub const LONG_UMLAUTS: u8 = 0;
/// Letters of another script, or digits, read as the Latin letters they look like.
pub const LOOK_ALIKE: u8 = 1;
pub(crate) const ANY: u8 = 2;
pub(crate) const BGN: u8 = 3;
pub(crate) const ICAO: u8 = 4;
pub(crate) const PRESS: u8 = 5;
pub(crate) const SCHOLARLY: u8 = 6;
pub(crate) const UKRAINIAN: u8 = 7;
pub(crate) const BELARUSIAN: u8 = 8;
pub(crate) const BULGARIAN: u8 = 9;
pub(crate) const SERBIAN: u8 = 10;
pub(crate) const NORTH: u8 = 11;
pub(crate) const SOUTH: u8 = 12;
pub(crate) const REVISED: u8 = 13;
pub(crate) const MCCUNE: u8 = 14;
pub(crate) const PINYIN: u8 = 15;
pub(crate) const SYLLABLES: u8 = 16;
pub(crate) const HANJA_NORTH: u8 = 17;
pub(crate) const HANJA_SOUTH: u8 = 18;
pub(crate) const TRANSLATED: u8 = 19;
pub(crate) const HEPBURN: u8 = 20;
pub(crate) const HEPBURN_LONG: u8 = 21;
pub(crate) const ARABIC: u8 = 22;
pub(crate) const ARABIC_JOINED: u8 = 23;
pub(crate) const ARABIC_SECOND: u8 = 24;
pub(crate) const PERSIAN: u8 = 25;
pub(crate) const HEBREW: u8 = 26;
pub(crate) const HEBREW_SECOND: u8 = 27;
pub(crate) const GREEK: u8 = 28;
pub(crate) const GREEK_CUSTOMARY: u8 = 29;
pub(crate) const FOREIGN_R: u8 = 30;
pub(crate) const FOREIGN_L: u8 = 31;
pub(crate) const FOREIGN_CODA_R: u8 = 32;
pub(crate) const FOREIGN_CODA_L: u8 = 33;
pub(crate) const KONTSEVICH: u8 = 34;
pub(crate) const KONTSEVICH_SECOND: u8 = 35;
pub(crate) const PALLADIUS: u8 = 36;
pub(crate) const POLIVANOV: u8 = 37;
pub(crate) const ARABIC_FOREIGN: u8 = 38;
pub(crate) const JAPANESE: u8 = 39;
pub(crate) const JAPANESE_SECOND: u8 = 40;
pub(crate) const WADE_GILES: u8 = 41;
pub(crate) const GEORGIAN: u8 = 42;
pub(crate) const ARMENIAN: u8 = 43;
pub(crate) const ARMENIAN_WESTERN: u8 = 44;
pub(crate) const THAI: u8 = 45;
pub(crate) const KHMER: u8 = 46;
pub(crate) const WESTERN_ENGLISH: u8 = 47;
pub(crate) const WESTERN_FRENCH: u8 = 48;
pub(crate) const WESTERN_GERMAN: u8 = 49;
pub(crate) const WESTERN_POLISH: u8 = 50;
pub(crate) const WESTERN_LATIN: u8 = 51;

/// The schemes in which a word of each script may be read, whatever stands beside it in a name of that script.
pub(super) const RUSSIAN_SYLLABLES: &[u8] = &[PALLADIUS, KONTSEVICH, KONTSEVICH_SECOND, POLIVANOV];
pub(super) const WESTERN: &[u8] = &cyrillic::western::SCHEMES;
pub(super) const ARABIAN: &[u8] = &[ARABIC, ARABIC_JOINED, ARABIC_SECOND, ARABIC_FOREIGN, PERSIAN];
pub(super) const HEBRAIC: &[u8] = &[HEBREW, HEBREW_SECOND];
pub(super) const HELLENIC: &[u8] = &[GREEK, GREEK_CUSTOMARY];
pub(super) const HAYREN: &[u8] = &[ARMENIAN, ARMENIAN_WESTERN];

/// What the words of a name say together: the language of its Cyrillic, whether its Han or Hangul is a person's name.
#[derive(Debug)]
pub(crate) struct Context {
    /// Every scheme that gives a form of its own, in the order in which the forms stand.
    pub schemes: Vec<u8>,
    pub cyrillic: cyrillic::Language,
    pub hangul_person: bool,
    pub han_person: bool,
    /// The word that holds the surname of a Japanese name.
    pub japanese: Option<usize>,
    /// The scripts whose words may write a name of another language.
    pub foreign: Vec<Script>,
}

impl Context {
    pub fn of(words: &[Word]) -> Self {
        let mut context = Self {
            schemes: Vec::new(),
            cyrillic: cyrillic::language(words),
            hangul_person: hangul::is_person(words),
            han_person: han::is_person(words),
            japanese: kanji::surname_of(words),
            foreign: Vec::new(),
        };
        let mut seen = Vec::new();
        for word in words {
            if !seen.contains(&word.script) {
                seen.push(word.script);
                if foreign::may_be(words, word.script) {
                    context.foreign.push(word.script);
                }
                context.schemes.extend(context.schemes_of(word.script, words));
            }
        }
        let mut kept = Vec::new();
        context.schemes.retain(|scheme| {
            !kept.contains(scheme) && {
                kept.push(*scheme);
                true
            }
        });
        context
    }

    fn is_foreign(&self, script: Script) -> bool {
        self.foreign.contains(&script)
    }

    fn schemes_of(&self, script: Script, words: &[Word]) -> Vec<u8> {
        let mut schemes = match script {
            Script::Latin => Vec::new(),
            Script::Cyrillic => {
                let mut schemes = self.cyrillic.schemes().to_vec();
                schemes.extend(cyrillic::eastern::schemes(words));
                schemes.extend(cyrillic::western::schemes(words, self.cyrillic));
                schemes
            }
            Script::Greek => vec![GREEK, GREEK_CUSTOMARY],
            Script::Arabic => arabic::schemes(words),
            Script::Hebrew => vec![HEBREW, HEBREW_SECOND],
            Script::Hangul => hangul::schemes(words),
            Script::Han => han::schemes(words, self),
            Script::Kana => vec![HEPBURN, HEPBURN_LONG],
            Script::Georgian => vec![GEORGIAN],
            Script::Armenian => vec![ARMENIAN, ARMENIAN_WESTERN],
            Script::Thai => vec![THAI],
            Script::Khmer => vec![KHMER],
            Script::Other => vec![ANY],
        };
        if self.is_foreign(script) {
            schemes.extend(foreign::SCHEMES);
        }
        schemes
    }
}

/// Whether the scheme may read words of this script in another way than a scheme that is not of the script does.
pub(super) fn reads(scheme: u8, script: Script) -> bool {
    match script {
        Script::Latin => false,
        Script::Cyrillic => matches!(scheme, BGN..=SERBIAN | KONTSEVICH..=POLIVANOV | WESTERN_ENGLISH..=WESTERN_LATIN),
        Script::Greek => matches!(scheme, GREEK | GREEK_CUSTOMARY),
        Script::Arabic => matches!(scheme, ARABIC..=PERSIAN | ARABIC_FOREIGN),
        Script::Hebrew => matches!(scheme, HEBREW | HEBREW_SECOND),
        // They share schemes, and what a Japanese or a foreign name is shows from all of them.
        Script::Hangul | Script::Han | Script::Kana => {
            matches!(scheme, NORTH..=HEPBURN_LONG | FOREIGN_R..=FOREIGN_CODA_L | JAPANESE | JAPANESE_SECOND)
        }
        Script::Georgian => scheme == GEORGIAN,
        Script::Armenian => matches!(scheme, ARMENIAN | ARMENIAN_WESTERN),
        Script::Thai => scheme == THAI,
        Script::Khmer => scheme == KHMER,
        Script::Other => scheme == ANY,
    }
}

/// Writes `words` in Latin letters as `scheme` reads them.
pub(super) fn add(words: &[Word], scheme: u8, context: &Context, out: &mut Pieces) {
    let mut at = 0;
    while at < words.len() {
        at += add_at(words, at, scheme, context, out);
    }
}

/// Writes the word at `at`, and those after it that are read together with it; how many these were.
pub(super) fn add_at(words: &[Word], at: usize, scheme: u8, context: &Context, out: &mut Pieces) -> usize {
    let Some(word) = words.get(at) else {
        return 1;
    };
    match word.script {
        Script::Latin => out.add(&word.text, word.gap),
        Script::Han | Script::Hangul | Script::Kana if foreign::is_ours(scheme) && context.is_foreign(word.script) => {
            foreign::add(word, scheme, out);
        }
        Script::Cyrillic => cyrillic::add(word, scheme, context.cyrillic, out),
        Script::Greek => greek::add(word, scheme, out),
        Script::Arabic => return arabic::add(words, at, scheme, out).max(1),
        Script::Hebrew => hebrew::add(word, scheme, out),
        Script::Hangul => hangul::add(word, at == 0, scheme, context.hangul_person, out),
        Script::Han if context.japanese.is_some() && kanji::is_ours(scheme) => {
            kanji::add(word, context.japanese == Some(at), scheme, out);
        }
        Script::Han => han::add(word, at == 0, scheme, context, out),
        Script::Kana => kana::add(word, scheme, out),
        Script::Georgian => caucasus::add_georgian(word, out),
        Script::Armenian => caucasus::add_armenian(word, scheme, out),
        Script::Thai => thai::add(word, out),
        Script::Khmer => khmer::add(word, out),
        Script::Other => any(&word.text, word.gap, out),
    }
    1
}

/// Letter by letter, by the table of `any_ascii`; what it writes for signs (`:crown:`) is not a letter and is left out.
fn any(text: &str, gap: u8, out: &mut Pieces) {
    let mut latin = String::with_capacity(text.len());
    text.chars().for_each(|c| push_any(c, &mut latin));
    out.add(&latin, gap);
}

fn push_any(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let letters = any_ascii::any_ascii_char(c);
    out.extend(letters.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase() as char));
}

/// One letter standing for a name stays one letter, whatever its scheme writes for it (Ю. as Y, Щ. as S).
fn add_alphabetic(native: &str, mut latin: String, gap: u8, out: &mut Pieces) {
    if native.chars().nth(1).is_none() {
        latin.truncate(1);
    }
    out.add(&latin, gap);
}

/// Every reading of a spelling of our tables (a legal form), words separated by spaces.
pub(crate) fn word_readings(native: &str) -> Vec<String> {
    let words = script::native_words(native);
    let context = Context { han_person: false, hangul_person: false, ..Context::of(&words) };
    let mut readings = Vec::new();
    for &scheme in &context.schemes {
        let mut pieces = Pieces::default();
        if words.len() == 1 && han::is_closed(&words) {
            han::add_whole(&words, scheme, &mut pieces);
        } else {
            add(&words, scheme, &context, &mut pieces);
        }
        let reading: Vec<&str> = pieces.list.iter().map(|piece| pieces.slice(piece.start, piece.end)).collect();
        let reading = reading.join(" ");
        if !reading.is_empty() && !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}
