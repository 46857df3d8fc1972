//! Korean syllables in Latin letters, by the rules of North and South and by custom.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::latin::gap;
use super::segment::{Dictionary, Kind};
use super::{push_any, Pieces, Script, Word, MCCUNE, NORTH, REVISED, SOUTH, TRANSLATED};
use crate::tables;

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| Dictionary::new(Script::Hangul, "korean_words"));

const FIRST: u32 = 0xAC00;
const SYLLABLES: u32 = 11_172;

const INITIAL_REVISED: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const INITIAL_MCCUNE: [&str; 19] =
    ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h"];
const INITIAL_NORTH: [&str; 19] =
    ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "kh", "th", "ph", "h"];
const VOWEL_REVISED: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
];
const VOWEL_OLDER: [&str; 21] = [
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui",
    "i",
];
const FINAL: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "",
];

/// Surnames of two syllables; every other surname has one.
const LONG_SURNAMES: [&str; 7] = ["남궁", "황보", "제갈", "사공", "선우", "서문", "독고"];

/// Syllables that a Chinese character of a Korean name is read as; what is none of them stands in names of other languages.
static SINO_KOREAN: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    let read = tables::section("sino_korean").values();
    let surnames = tables::section("korean_hanja_surnames").values();
    let given = tables::section("korean_given_south").keys().copied();
    read.chain(surnames).flatten().copied().chain(given).filter_map(|syllable| syllable.chars().next()).collect()
});

/// Whether a Korean name may hold this syllable.
pub(super) fn is_sino_korean(c: char) -> bool {
    SINO_KOREAN.contains(&c)
}

/// Whether a word may be a Korean surname or begin with one, or is no name at all: an organisation's word.
pub(super) fn may_hold_surname(text: &str) -> bool {
    let one = text.chars().next().map_or(0, char::len_utf8);
    text.get(..one).is_some_and(|first| tables::section("korean_surnames_north").contains_key(first))
        || text.chars().nth(1).is_none()
        || LONG_SURNAMES.iter().any(|name| text.starts_with(name))
        || DICTIONARY.knows_part_of(text)
}

/// Whether the Hangul of a name is a person's: two to four syllables without a space, or a surname and a given name.
pub(super) fn is_person(words: &[Word]) -> bool {
    if words.iter().any(|word| word.script != Script::Hangul || DICTIONARY.knows_part_of(&word.text)) {
        return false;
    }
    let length = |word: &Word| word.text.chars().count();
    match words {
        [one] => (2..=4).contains(&length(one)),
        [surname, given @ ..] => {
            let rest: usize = given.iter().map(length).sum();
            !given.is_empty()
                && (1..=3).contains(&rest)
                && (length(surname) == 1 || LONG_SURNAMES.contains(&surname.text.as_str()))
        }
        [] => false,
    }
}

/// The schemes that read these words, each in its own way.
pub(super) fn schemes(words: &[Word]) -> Vec<u8> {
    let mut schemes = vec![NORTH, SOUTH, REVISED, MCCUNE];
    if words.iter().any(|word| word.script == Script::Hangul && DICTIONARY.knows_part_of(&word.text)) {
        schemes.push(TRANSLATED);
    }
    schemes
}

/// Writes one word; `first` when it opens the name.
pub(super) fn add(word: &Word, first: bool, scheme: u8, person: bool, out: &mut Pieces) {
    let scheme = own(scheme);
    if person {
        return add_person(&word.text, first, scheme, word.gap, out);
    }
    for (part, kind) in DICTIONARY.cut(&word.text) {
        match kind {
            Kind::Known { english, .. } if scheme == TRANSLATED => {
                english.split(' ').for_each(|part| out.add(part, gap::SPACE));
            }
            _ => out.add(&whole(part, scheme), gap::SPACE),
        }
    }
    out.close(word.gap);
}

/// Writes a surname and a given name, or with `first` unset a given name alone, syllable by syllable.
pub(super) fn add_person(text: &str, first: bool, scheme: u8, gap: u8, out: &mut Pieces) {
    let mut given = text;
    if first {
        let long = LONG_SURNAMES.iter().find(|name| text.starts_with(**name)).map(|name| name.len());
        let end = long.or_else(|| text.chars().next().map(char::len_utf8)).unwrap_or(0);
        let (surname, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let table = if scheme == SOUTH { "korean_surnames_south" } else { "korean_surnames_north" };
        let listed = tables::section(table).get(surname).and_then(|readings| readings.first());
        match listed.filter(|_| matches!(scheme, SOUTH | NORTH)) {
            Some(reading) => out.add(reading, gap),
            None => out.add(&whole(surname, scheme), gap),
        }
        given = rest;
    }
    let mut before = None;
    for c in given.chars() {
        let c = if scheme == SOUTH && before.is_none() { southern(c) } else { c };
        let mut latin = String::with_capacity(8);
        let customary = tables::section("korean_given_south").get(c.encode_utf8(&mut [0; 4]) as &str);
        match customary.and_then(|readings| readings.first()).filter(|_| scheme == SOUTH) {
            Some(reading) => latin.push_str(reading),
            None => syllable(c, before, scheme, &mut latin),
        }
        out.add(&latin, gap);
        before = Some(c);
    }
}

/// A syllable as the South writes it at the beginning of a word, where the North keeps r and n: 룡 as 용, 로 as 노.
fn southern(c: char) -> char {
    let Some((initial, vowel, _)) = parts(c) else { return c };
    let narrow = matches!(vowel, 2 | 3 | 6 | 7 | 12 | 17 | 20);
    let opening = match initial {
        2 | 5 if narrow => 11,
        5 => 2,
        _ => return c,
    };
    let rest = (c as u32).saturating_sub(FIRST) % 588;
    char::from_u32(FIRST + opening * 588 + rest).unwrap_or(c)
}

/// One word, its syllables written together.
pub(super) fn whole(text: &str, scheme: u8) -> String {
    let mut latin = String::with_capacity(text.len() * 2);
    let mut before = None;
    for c in text.chars() {
        syllable(c, before, scheme, &mut latin);
        before = Some(c);
    }
    latin
}

/// Initial, vowel and final of a composed syllable, as ordinals.
pub(super) fn parts(c: char) -> Option<(usize, usize, usize)> {
    let at = (c as u32).checked_sub(FIRST).filter(|at| *at < SYLLABLES)? as usize;
    Some((at / 588, at % 588 / 28, at % 28))
}

fn syllable(c: char, before: Option<char>, scheme: u8, out: &mut String) {
    let Some((initial, vowel, last)) = parts(c) else {
        return push_any(c, out);
    };
    let ending = before.and_then(parts).map(|(_, _, last)| last);
    let older = matches!(scheme, NORTH | MCCUNE);
    let initials = match scheme {
        NORTH => &INITIAL_NORTH,
        MCCUNE => &INITIAL_MCCUNE,
        _ => &INITIAL_REVISED,
    };
    // After a vowel, n, l, m or ng the plain stops are voiced: Chongguk, Yong Gil.
    let voiced = older && matches!(ending, Some(0 | 4 | 8 | 16 | 21));
    let opening = match initial {
        0 if voiced => "g",
        3 if voiced => "d",
        7 if voiced => "b",
        12 if voiced => "j",
        5 if ending == Some(8) => "l",
        _ => initials.get(initial).copied().unwrap_or_default(),
    };
    let vowels = if older { &VOWEL_OLDER } else { &VOWEL_REVISED };
    out.push_str(opening);
    out.push_str(vowels.get(vowel).copied().unwrap_or_default());
    out.push_str(FINAL.get(last).copied().unwrap_or_default());
}

/// The scheme itself when it is one of ours, else the first.
pub(super) fn own(scheme: u8) -> u8 {
    if matches!(scheme, NORTH | SOUTH | REVISED | MCCUNE | TRANSLATED) {
        scheme
    } else {
        NORTH
    }
}
