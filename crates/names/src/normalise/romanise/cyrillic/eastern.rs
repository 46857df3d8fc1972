//! Chinese, Korean and Japanese names as Russian writes them: by the syllables of Palladius, Kontsevich and Polivanov.
//!
//! A name is read so when it consists wholly of one system's syllables; it is read as Russian as well.

use super::{Pieces, Script, Word, KONTSEVICH, KONTSEVICH_SECOND, PALLADIUS, POLIVANOV};
use crate::tables::{self, Section};

/// The most syllables of a name; longer ones are Russian words that happen to divide so.
const MOST_SYLLABLES: usize = 4;

/// The schemes whose syllables all of these words consist of.
pub(in super::super) fn schemes(words: &[Word]) -> Vec<u8> {
    let mut schemes = Vec::new();
    if words.iter().any(|word| word.script != Script::Cyrillic || word.text.chars().nth(16).is_some()) {
        return schemes;
    }
    if (2..=3).contains(&words.len()) {
        if is_korean(words) {
            schemes.extend([KONTSEVICH, KONTSEVICH_SECOND]);
        }
        if is_person(words, table(PALLADIUS)) {
            schemes.push(PALLADIUS);
        }
    }
    if words.len() == 1 && words.iter().all(is_chinese) {
        schemes.push(PALLADIUS);
    }
    if words.len() < 4 && is_japanese(words) {
        schemes.push(POLIVANOV);
    }
    schemes
}

/// Writes one word by the syllables of `scheme`; whether it consists of such.
pub(super) fn add(word: &Word, scheme: u8, out: &mut Pieces) -> bool {
    let table = table(scheme);
    let Some(syllables) = parted(&word.text, table) else { return false };
    let mut latin = String::with_capacity(word.text.len());
    for syllable in syllables {
        let readings = table.get(syllable).map(Vec::as_slice).unwrap_or_default();
        let reading = if scheme == KONTSEVICH_SECOND { readings.last() } else { readings.first() };
        latin.push_str(reading.copied().unwrap_or_default());
    }
    out.add(&latin, word.gap);
    true
}

fn table(scheme: u8) -> &'static Section {
    tables::section(match scheme {
        PALLADIUS => "russian_chinese",
        POLIVANOV => "russian_japanese",
        _ => "russian_korean",
    })
}

/// A surname of one syllable and a given name.
fn is_person(words: &[Word], table: &Section) -> bool {
    let parted: Vec<usize> =
        words.iter().map_while(|word| parted(&word.text, table).map(|parts| parts.len())).collect();
    parted.len() == words.len()
        && (2..=MOST_SYLLABLES).contains(&parted.iter().sum())
        && (parted.first() == Some(&1) || parted.last() == Some(&1))
}

fn is_korean(words: &[Word]) -> bool {
    let table = table(KONTSEVICH);
    let surname = |word: Option<&Word>| {
        let read = word.and_then(|word| table.get(word.text.as_str()));
        let surnames = tables::section("korean_surnames_north");
        read.is_some_and(|readings| surnames.values().flatten().any(|name| readings.contains(name)))
    };
    is_person(words, table) && (surname(words.first()) || surname(words.last()))
}

/// A given name of two or three Chinese syllables that are joined as in no Russian word.
fn is_chinese(word: &Word) -> bool {
    const MARKS: [&str; 10] = ["цз", "чж", "юй", "юэ", "юа", "ця", "нъ", "сян", "сяо", "лэй"];
    MARKS.iter().any(|mark| word.text.contains(mark))
        && parted(&word.text, table(PALLADIUS)).is_some_and(|parts| (2..=3).contains(&parts.len()))
}

/// Words of Japanese syllables of which one is written as no Russian word is.
fn is_japanese(words: &[Word]) -> bool {
    let table = table(POLIVANOV);
    let strange = |word: &Word| {
        let mut before = 'а';
        // A syllable with ти ends most Russian words otherwise than in a vowel (Путин).
        let soft = |syllable| word.text.contains(syllable) && word.text.ends_with(super::is_vowel);
        ["дз", "цу", "нъ"].iter().any(|mark| word.text.contains(mark))
            || ["ти", "тя", "тю", "тё", "ся", "сю", "сё", "си"].into_iter().any(soft)
            || word.text.chars().any(|c| {
                let after_consonant = !super::is_vowel(std::mem::replace(&mut before, c));
                after_consonant && matches!(c, 'э' | 'ё' | 'ю')
            })
    };
    words.iter().any(strange)
        && words
            .iter()
            .all(|word| parted(&word.text, table).is_some_and(|parts| parts.len() > 1 || word.text.starts_with("дз")))
}

/// The syllables that `text` consists of, each as long as it can be while the rest still divides.
fn parted<'t>(text: &'t str, table: &Section) -> Option<Vec<&'t str>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    // A hard sign only parts syllables: Сянъян, Кэнъити.
    let text = text.strip_prefix('ъ').unwrap_or(text);
    // No syllable is longer than six letters (чжуань), each of two bytes.
    for letters in (1..=6).rev() {
        let Some((syllable, rest)) = text.split_at_checked(letters * 2) else { continue };
        if table.contains_key(syllable) {
            if let Some(mut others) = parted(rest, table) {
                others.insert(0, syllable);
                return Some(others);
            }
        }
    }
    None
}
