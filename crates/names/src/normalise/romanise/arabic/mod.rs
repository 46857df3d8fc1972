//! Arabic, Persian and their neighbours in Latin letters: common words from a table, others by their consonants and
//! the vowels they imply; article and servant-names (Abd al-X) apart, joined, and in second spellings.

mod letters;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::super::latin::gap;
use super::unvowelled::{consonants, Sound};
use super::{add_alphabetic, Pieces, Script, Word};
use super::{ARABIC, ARABIC_FOREIGN, ARABIC_JOINED, ARABIC_SECOND, PERSIAN};
use crate::tables;

/// The servant in "servant of the Merciful".
const SERVANT: &str = "عبد";

/// The table, its keys in the one spelling in which words are looked up.
static WORDS: LazyLock<FxHashMap<String, &'static [&'static str]>> = LazyLock::new(|| {
    tables::section("arabic").iter().map(|(word, readings)| (normal(word), readings.as_slice())).collect()
});

/// A letter without its points and in its usual shape; `None` for what is not a letter.
pub(crate) fn plain(c: char) -> Option<char> {
    let c = match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' => 'ي',
        'ء' | 'ـ' => return None,
        _ => c,
    };
    if !c.is_alphabetic() || is_combining_mark(c) {
        return None;
    }
    let mut letter = None;
    decompose_canonical(c, |part| {
        if letter.is_none() {
            letter = Some(part);
        }
    });
    letter
}

/// Letters of Persian, Urdu, Pashto and Kurdish as the Arabic ones they are keyed with in the table.
fn normal(word: &str) -> String {
    word.chars()
        .filter_map(|c| if super::script::script_of(c) == Script::Arabic { plain(c) } else { Some(c) })
        .map(|c| match c {
            'ک' | 'ڪ' | 'ګ' => 'ك',
            'ی' | 'ى' | 'ے' | 'ې' | 'ۍ' | 'ێ' => 'ي',
            'ة' | 'ہ' | 'ھ' | 'ۀ' | 'ە' | 'ۃ' => 'ه',
            'ں' | 'ڼ' => 'ن',
            'ٹ' | 'ټ' => 'ت',
            'ڈ' | 'ډ' => 'د',
            'ڑ' | 'ړ' => 'ر',
            'ښ' => 'ش',
            'ۆ' | 'ۇ' | 'ۋ' => 'و',
            'ڵ' => 'ل',
            c => c,
        })
        .collect()
}

/// Whether the letters are those of Persian or its neighbours.
pub(super) fn is_persian(words: &[Word]) -> bool {
    words
        .iter()
        .any(|word| word.script == Script::Arabic && word.text.contains(['پ', 'چ', 'ژ', 'گ', 'ک', 'ی', 'ے', 'ہ']))
}

/// The schemes that read these words, each in its own way.
pub(super) fn schemes(words: &[Word]) -> Vec<u8> {
    let mut schemes = vec![ARABIC, ARABIC_JOINED, ARABIC_SECOND];
    if is_persian(words) {
        schemes.insert(0, PERSIAN);
    }
    if words.iter().any(|word| word.script == Script::Arabic && is_strange(&word.text)) {
        schemes.push(ARABIC_FOREIGN);
    }
    schemes
}

/// Whether a word may be of another language: none of the table, and with letters for two vowels or more.
fn is_strange(text: &str) -> bool {
    let text = normal(text);
    let vowels = text.chars().skip(1).filter(|c| letters::is_vowel_letter(Some(c))).count();
    let known = text.starts_with(SERVANT) || listed(after_article(&text).unwrap_or(&text), ARABIC).is_some();
    !known && (vowels > 1 || (vowels == 1 && text.chars().nth(3).is_some()))
}

/// Whether the word would be read as one with the word behind it, a servant-name, or with the word before it.
pub(crate) fn joins_a_neighbour(word: &Word) -> bool {
    word.script == Script::Arabic && {
        let text = normal(&word.text);
        text == SERVANT || closing(&text).is_some()
    }
}

/// What closes a name of two words that is as often written as one, the Faith or God: how that is written then.
fn closing(text: &str) -> Option<(&'static str, &'static str)> {
    match text {
        "الدين" => Some(("uddin", "oddin")),
        "الله" => Some(("ullah", "ollah")),
        _ => None,
    }
}

/// The part before the Faith or God in a name of one word (نورالدين), and how the whole is closed.
fn closed(text: &str) -> Option<(&str, &'static str)> {
    ["الدين", "الله"].into_iter().find_map(|close| {
        let before = text.strip_suffix(close).filter(|before| before.chars().nth(1).is_some())?;
        Some((before, close))
    })
}

/// Writes the word at `at` and says how many words it took: a servant-name takes its Lord's with it.
pub(super) fn add(words: &[Word], at: usize, scheme: u8, out: &mut Pieces) -> usize {
    let Some(word) = words.get(at) else { return 1 };
    let scheme = match scheme {
        ARABIC | ARABIC_JOINED | ARABIC_SECOND | PERSIAN | ARABIC_FOREIGN => scheme,
        _ if is_persian(words) => PERSIAN,
        _ => ARABIC,
    };
    let text = normal(&word.text);
    if text == SERVANT && word.gap & gap::BREAK == 0 {
        if let Some(next) = words.get(at + 1).filter(|next| next.script == Script::Arabic) {
            if let Some(lord) = after_article(&normal(&next.text)) {
                add_servant(lord, scheme, next.gap, out);
                return 2;
            }
        }
    }
    if let Some(lord) = text.strip_prefix(SERVANT).and_then(after_article) {
        add_servant(lord, scheme, word.gap, out);
        return 1;
    }
    if let (ARABIC_JOINED | PERSIAN, 0, Some(next)) = (scheme, word.gap & gap::BREAK, words.get(at + 1)) {
        let close = if next.script == Script::Arabic { closing(&normal(&next.text)) } else { None };
        if let Some(close) = close.filter(|_| text.chars().nth(1).is_some() && !KIN.contains(&text.as_str())) {
            add_closed(&text, close, scheme, next.gap, out);
            return 2;
        }
    }
    if let Some(reading) = listed(&text, scheme) {
        for part in reading.split(' ') {
            out.add(part, word.gap);
        }
        return 1;
    }
    if let Some((before, close)) = closed(&text) {
        if let (ARABIC_JOINED | PERSIAN, Some(close)) = (scheme, closing(close)) {
            add_closed(before, close, scheme, word.gap, out);
        } else {
            out.add(&reading(before, scheme), gap::SPACE);
            add_defined(close, scheme, word.gap, out);
        }
        return 1;
    }
    let text = match text.strip_prefix('و').filter(|rest| after_article(rest).is_some()) {
        // And, written as one with the article.
        Some(rest) => {
            out.add("wa", gap::SPACE);
            rest
        }
        None => text.as_str(),
    };
    match text.strip_prefix("لل").filter(|rest| rest.chars().nth(2).is_some()) {
        // For, written as one with the article.
        Some(rest) => {
            out.add("al", gap::HYPHEN);
            out.add(&reading(rest, scheme), word.gap);
        }
        None if after_article(text).is_some() => add_defined(text, scheme, word.gap, out),
        None => add_alphabetic(&word.text, reading(text, scheme), word.gap, out),
    }
    1
}

/// Words before the Faith or God that are no part of a name with it: son of, father of.
const KIN: [&str; 7] = ["بن", "ابن", "ابو", "ابي", "ابا", "ام", "ال"];

/// Nur and the Faith as Nuruddin, Rahmah and God as Rahmatullah.
fn add_closed(before: &str, close: (&str, &str), scheme: u8, gap: u8, out: &mut Pieces) {
    let mut latin = reading(before, scheme);
    if before.ends_with('ه') && latin.ends_with(['a', 'h']) {
        latin.truncate(latin.trim_end_matches(['a', 'e', 'h']).len());
        latin.push_str("at");
    }
    latin.push_str(if scheme == PERSIAN { close.1 } else { close.0 });
    out.add(&latin, gap);
}

/// A word with its article: apart, or in one.
fn add_defined(text: &str, scheme: u8, gap: u8, out: &mut Pieces) {
    if let Some(reading) = listed(text, scheme) {
        return out.add(reading, gap);
    }
    match after_article(text) {
        Some(rest) if matches!(scheme, ARABIC_JOINED | ARABIC_FOREIGN) => {
            out.add(&format!("al{}", reading(rest, scheme)), gap);
        }
        Some(rest) => {
            out.add("al", gap::HYPHEN);
            out.add(&reading(rest, scheme), gap);
        }
        None => out.add(&reading(text, scheme), gap),
    }
}

/// What follows the article, when at least two letters do.
fn after_article(text: &str) -> Option<&str> {
    text.strip_prefix("ال").filter(|rest| rest.chars().nth(1).is_some())
}

/// Abd al-Rahman, Abdulrahman, Abdul Rahman; in Persian Abdolrahman.
fn add_servant(lord: &str, scheme: u8, gap: u8, out: &mut Pieces) {
    // الله is written with the article.
    let is_god = lord == "له";
    match scheme {
        ARABIC_JOINED | ARABIC if is_god => out.add("abdullah", gap),
        PERSIAN if is_god => out.add("abdollah", gap),
        ARABIC_SECOND if is_god => {
            out.add("abd", gap::SPACE);
            out.add("allah", gap);
        }
        PERSIAN => out.add(&format!("abdol{}", reading(lord, scheme)), gap),
        ARABIC_JOINED => out.add(&format!("abdul{}", reading(lord, scheme)), gap),
        ARABIC_SECOND => {
            out.add("abdul", gap::SPACE);
            out.add(&reading(lord, scheme), gap);
        }
        _ => {
            out.add("abd", gap::SPACE);
            out.add("al", gap::HYPHEN);
            out.add(&reading(lord, scheme), gap);
        }
    }
}

fn listed(text: &str, scheme: u8) -> Option<&'static str> {
    let readings = WORDS.get(text)?;
    let preferred = match scheme {
        ARABIC_SECOND => 1,
        // The third reading, where there is one, is the Persian.
        PERSIAN => 2,
        _ => 0,
    };
    readings.get(preferred).or_else(|| readings.first()).copied()
}

fn reading(text: &str, scheme: u8) -> String {
    if let Some(listed) = listed(text, scheme) {
        return listed.split(' ').collect();
    }
    let letters: Vec<char> = text.chars().collect();
    let sounds: Vec<Sound> =
        letters.iter().enumerate().map(|(at, c)| letters::sound(&letters, at, *c, scheme)).collect();
    consonants(&sounds, scheme == ARABIC_SECOND, if scheme == ARABIC_FOREIGN { "e" } else { "a" })
}
