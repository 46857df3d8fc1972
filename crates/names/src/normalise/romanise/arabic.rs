//! Arabic, Persian and their neighbours in Latin letters: common words from a table, others by their consonants and
//! the vowels they imply; article and servant-names (Abd al-X) apart, joined, and in second spellings.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::super::latin::gap;
use super::{add_alphabetic, Pieces, Script, Word};
use super::{ARABIC, ARABIC_FOREIGN, ARABIC_JOINED, ARABIC_SECOND, PERSIAN};
use crate::tables;

/// The servant in "servant of the Merciful".
const SERVANT: &str = "عبد";

/// What a letter of a script without vowels says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    Consonant(&'static str),
    Vowel(&'static str),
    Silent,
}

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
    let vowels = text.chars().skip(1).filter(|c| is_vowel_letter(Some(c))).count();
    let known = text.starts_with(SERVANT) || listed(after_article(&text).unwrap_or(&text), ARABIC).is_some();
    !known && (vowels > 1 || (vowels == 1 && text.chars().nth(3).is_some()))
}

/// Whether a servant-name would take the word behind this one with it.
pub(crate) fn takes_the_next(word: &Word) -> bool {
    word.script == Script::Arabic && normal(&word.text) == SERVANT
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
    if let Some(reading) = listed(&text, scheme) {
        for part in reading.split(' ') {
            out.add(part, word.gap);
        }
        return 1;
    }
    match after_article(&text) {
        Some(rest) if matches!(scheme, ARABIC_JOINED | ARABIC_FOREIGN) => {
            out.add(&format!("al{}", reading(rest, scheme)), word.gap);
        }
        Some(rest) => {
            out.add("al", gap::HYPHEN);
            out.add(&reading(rest, scheme), word.gap);
        }
        None => add_alphabetic(&word.text, reading(&text, scheme), word.gap, out),
    }
    1
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
    let sounds: Vec<Sound> = letters.iter().enumerate().map(|(at, c)| sound(&letters, at, *c, scheme)).collect();
    consonants(&sounds, scheme == ARABIC_SECOND, if scheme == ARABIC_FOREIGN { "e" } else { "a" })
}

fn is_vowel_letter(c: Option<&char>) -> bool {
    matches!(c, Some('ا' | 'و' | 'ي'))
}

fn sound(letters: &[char], at: usize, c: char, scheme: u8) -> Sound {
    let persian = scheme == PERSIAN;
    let before = at.checked_sub(1).and_then(|at| letters.get(at));
    let after = letters.get(at + 1);
    let foreign = scheme == ARABIC_FOREIGN;
    let opened_by_alif = at == 1 && before == Some(&'ا');
    // يا after و opens a syllable of its own (Yokoyama), as does a last و after ي (Sergio).
    let glides = after == Some(&'ي') && is_vowel_letter(letters.get(at + 2)) && at > 0;
    let closes = after == Some(&'و') && at + 2 == letters.len() && at > 1;
    Sound::Consonant(match c {
        'ا' => {
            return if at == 0 && matches!(after, Some('ي' | 'و')) && letters.len() > 2 {
                Sound::Silent
            } else {
                Sound::Vowel("a")
            };
        }
        'و' if opened_by_alif || glides => return Sound::Vowel("u"),
        'و' if at == 0 || is_vowel_letter(after) || before == Some(&'ا') => {
            if persian {
                "v"
            } else {
                "w"
            }
        }
        'و' => return Sound::Vowel("u"),
        'ي' if opened_by_alif || (foreign && closes) => return Sound::Vowel("i"),
        // What Arabic lacks: it writes v as f, p as b, g as j, gh or q.
        'ف' if foreign => "v",
        'ب' if foreign => "p",
        'ج' | 'غ' | 'ق' if foreign => "g",
        'ي' if at == 0 || matches!(after, Some('ا' | 'و')) => "y",
        'ي' => return Sound::Vowel("i"),
        'ع' => {
            let beside_vowel = is_vowel_letter(after) || (at > 0 && is_vowel_letter(before));
            return if beside_vowel { Sound::Silent } else { Sound::Vowel("a") };
        }
        'ه' if after.is_none() && at > 1 && !is_vowel_letter(before) => {
            return Sound::Vowel(match scheme {
                PERSIAN => "eh",
                ARABIC_SECOND => "ah",
                _ => "a",
            });
        }
        'ب' => "b",
        'پ' => "p",
        // تش writes a foreign ch.
        'ت' if after == Some(&'ش') => return Sound::Silent,
        'ش' if before == Some(&'ت') => "ch",
        'ت' | 'ط' => "t",
        'ث' => {
            if persian {
                "s"
            } else {
                "th"
            }
        }
        'ج' => "j",
        'چ' | 'څ' => "ch",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' => "d",
        'ذ' => {
            if persian {
                "z"
            } else {
                "dh"
            }
        }
        'ر' => "r",
        'ز' | 'ظ' | 'ځ' => "z",
        'ژ' | 'ږ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'ض' => {
            if persian {
                "z"
            } else {
                "d"
            }
        }
        'غ' => "gh",
        'ف' => "f",
        'ڤ' => "v",
        'ق' => {
            if persian {
                "gh"
            } else {
                "q"
            }
        }
        'ك' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        _ => return Sound::Silent,
    })
}

/// Consonants with a `vowel` where speech needs a vowel: after a consonant that no vowel precedes, when another follows,
/// and before a last one after a long vowel. With `full` before every last one (Hasan, but also Badar for Badr).
pub(super) fn consonants(sounds: &[Sound], full: bool, vowel: &str) -> String {
    let spoken: Vec<Sound> = sounds.iter().copied().filter(|sound| *sound != Sound::Silent).collect();
    let mut latin = String::with_capacity(spoken.len() * 2);
    let mut after_vowel = false;
    let mut after_long = false;
    for (at, sound) in spoken.iter().enumerate() {
        match *sound {
            Sound::Silent => {}
            Sound::Vowel(text) => {
                latin.push_str(text);
                after_vowel = true;
                after_long = true;
            }
            Sound::Consonant(text) => {
                latin.push_str(text);
                let next = spoken.get(at + 1);
                let cluster = matches!(next, Some(Sound::Consonant(_)));
                let needed = cluster && (!after_vowel || ((full || after_long) && at + 2 == spoken.len()));
                if needed {
                    latin.push_str(vowel);
                }
                after_vowel = needed;
                after_long = false;
            }
        }
    }
    latin
}
