//! Russian, Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian in Latin letters; the other languages in
//! Cyrillic are read as Russian with their own letters added.

pub(super) mod eastern;
mod letters;
pub(super) mod western;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::super::script::may_mix;
use super::{add_alphabetic, push_any, Pieces, Script, Word};
use super::{BELARUSIAN, BGN, BULGARIAN, ICAO, PRESS, SCHOLARLY, SERBIAN, UKRAINIAN};
use super::{KONTSEVICH, KONTSEVICH_SECOND, PALLADIUS, POLIVANOV};

/// The language whose rules the letters of a name ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Russian,
    Ukrainian,
    Belarusian,
    Bulgarian,
    Serbian,
}

impl Language {
    pub const ALL: [Self; 5] = [Self::Russian, Self::Ukrainian, Self::Belarusian, Self::Bulgarian, Self::Serbian];

    /// The schemes a name in this language is met in, the likeliest first.
    pub fn schemes(self) -> &'static [u8] {
        match self {
            Self::Russian => &[BGN, ICAO, PRESS, SCHOLARLY],
            Self::Ukrainian => &[UKRAINIAN, BGN, PRESS, SCHOLARLY],
            Self::Belarusian => &[BELARUSIAN, BGN, PRESS, SCHOLARLY],
            Self::Bulgarian => &[BULGARIAN, BGN, PRESS],
            Self::Serbian => &[SERBIAN, BGN],
        }
    }
}

/// A letter without its accent, but й, ё, ї, ў, ѓ, ќ and the long vowels of Tajik, which are letters of their own.
pub(crate) fn plain(c: char) -> Option<char> {
    if !c.is_alphabetic() {
        return None;
    }
    if matches!(c, 'й' | 'ё' | 'ї' | 'ў' | 'ѓ' | 'ќ' | 'ӣ' | 'ӯ') {
        return Some(c);
    }
    let mut letter = None;
    decompose_canonical(c, |part| {
        if letter.is_none() && !is_combining_mark(part) {
            letter = Some(part);
        }
    });
    letter
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'і' | 'ї' | 'є')
}

/// Ukrainian endings and forenames that happen to hold no letter of their own.
const UKRAINIAN_WORDS: [&str; 10] =
    ["ський", "цький", "ська", "цька", "володимир", "олександр", "микола", "дмитро", "михайло", "олена"];

/// The language by letters that only it has, else by words that are spelt so in it alone; Russian when none occurs.
pub(crate) fn language(words: &[Word]) -> Language {
    let has = |set: &str| {
        words.iter().any(|word| word.script == Script::Cyrillic && word.text.chars().any(|c| set.contains(c)))
    };
    // Only words with letters beside ASCII tell anything.
    let foreign = || words.iter().filter(|word| !word.text.is_ascii() && may_mix(word.script, Script::Cyrillic));
    if foreign().next().is_none() {
        return Language::Russian;
    }
    if has("ђјљњћџѓќѕ") {
        return Language::Serbian;
    }
    if has("қғҳөүұәңҷ") {
        return Language::Russian;
    }
    if has("ў") || (has("і") && has("ыэё")) {
        return Language::Belarusian;
    }
    let ukrainian = |word: &Word| UKRAINIAN_WORDS.iter().any(|mark| word.text.contains(mark));
    if has("ґєїі") || foreign().any(ukrainian) {
        return Language::Ukrainian;
    }
    // Russian writes ъ only before е, ё, ю, я.
    let hard = |word: &Word| {
        word.text.contains('ъ')
            && word
                .text
                .split('ъ')
                .skip(1)
                .any(|rest| !rest.chars().next().is_some_and(|c| matches!(c, 'е' | 'ё' | 'ю' | 'я')))
    };
    if foreign().any(hard) {
        return Language::Bulgarian;
    }
    Language::Russian
}

/// Writes one word as `scheme` reads it, or as the first scheme of `language` when the scheme is of another script.
pub(super) fn add(word: &Word, scheme: u8, language: Language, out: &mut Pieces) {
    if matches!(scheme, KONTSEVICH | KONTSEVICH_SECOND | PALLADIUS | POLIVANOV) && eastern::add(word, scheme, out) {
        return;
    }
    if western::add(word, scheme, out) {
        return;
    }
    let schemes = language.schemes();
    let scheme = if schemes.contains(&scheme) { scheme } else { schemes.first().copied().unwrap_or(BGN) };
    let letters: Vec<char> = word.text.chars().collect();
    let mut latin = String::with_capacity(word.text.len() + 4);
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let after = letters.get(at + 1).copied();
        if scheme == PRESS && c == 'с' && before == Some('к') {
            // Александр, Ксения: the press writes x.
            latin.pop();
            latin.push('x');
            continue;
        }
        if scheme == PRESS && c == 'ж' && before == Some('д') {
            // Джамал: Jamal.
            latin.pop();
            latin.push('j');
            continue;
        }
        if scheme == PRESS && c == 'й' && before == Some('и') && after.is_none() {
            // -ий ends in one y in the press: Dmitry, Evgeny; so does -ый, below.
            latin.pop();
            latin.push('y');
            continue;
        }
        match letters::local(c, scheme, language, before).or_else(|| letters::shared(c, scheme, before, after)) {
            Some(text) => latin.push_str(text),
            None => push_any(c, &mut latin),
        }
    }
    add_alphabetic(&word.text, latin, word.gap, out);
}
