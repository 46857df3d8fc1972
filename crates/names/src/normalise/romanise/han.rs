//! Chinese characters in Latin letters: pinyin, and the Korean reading of a name whose characters have one.

use std::sync::LazyLock;

use super::super::latin::gap;
use super::segment::{Dictionary, Kind};
use super::{hangul, push_any, Context, Pieces, Script, Word};
use super::{HANJA_NORTH, HANJA_SOUTH, JAPANESE, JAPANESE_SECOND, NORTH, PINYIN, SOUTH, SYLLABLES, TRANSLATED};
use crate::tables;

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| Dictionary::new(Script::Han, "chinese_words"));

/// Whether the Han of a name is a person's: two to four characters without a space, or a surname and a given name.
pub(super) fn is_person(words: &[Word]) -> bool {
    if words.iter().any(|word| word.script != Script::Han || DICTIONARY.knows_part_of(&word.text)) {
        return false;
    }
    let length = |word: &Word| word.text.chars().count();
    match words {
        [one] => (2..=4).contains(&length(one)),
        [surname, given] => {
            (length(surname) == 1 || long_surname(&surname.text).is_some()) && (1..=3).contains(&length(given))
        }
        _ => false,
    }
}

/// The reading of a surname of two characters that `text` begins with, and its length in bytes.
fn long_surname(text: &str) -> Option<(usize, &'static str)> {
    let end = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
    let reading = tables::section("chinese_long_surnames").get(text.get(..end)?)?.first()?;
    Some((end, reading))
}

/// The schemes that read these words, each in its own way.
pub(super) fn schemes(words: &[Word], context: &Context) -> Vec<u8> {
    let mut schemes = chinese_schemes(words, context);
    if context.japanese.is_some() {
        schemes.extend([JAPANESE, JAPANESE_SECOND]);
    }
    schemes
}

fn chinese_schemes(words: &[Word], context: &Context) -> Vec<u8> {
    if !context.han_person {
        let common = words.iter().any(|word| word.script == Script::Han && DICTIONARY.knows_part_of(&word.text));
        return if common { vec![PINYIN, TRANSLATED] } else { vec![PINYIN, SYLLABLES] };
    }
    let mut schemes = vec![PINYIN, SYLLABLES];
    if words.iter().enumerate().all(|(at, word)| korean(&word.text, at == 0).is_some()) {
        schemes.extend([HANJA_NORTH, HANJA_SOUTH]);
    }
    schemes
}

/// The Hangul that a Korean reads for these characters; `None` when one has no reading in our table or the first
/// is no Korean surname.
fn korean(text: &str, first: bool) -> Option<String> {
    let mut hangul = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let native = c.to_string();
        let surname = tables::section("korean_hanja_surnames").get(native.as_str());
        let readings = if first && at == 0 {
            surname?
        } else {
            tables::section("sino_korean").get(native.as_str()).or(surname)?
        };
        hangul.push_str(readings.first()?);
    }
    Some(hangul)
}

/// Writes one word; `first` when it opens the name.
pub(super) fn add(word: &Word, first: bool, scheme: u8, context: &Context, out: &mut Pieces) {
    if !context.han_person {
        return add_parts(word, scheme, out);
    }
    if let HANJA_NORTH | HANJA_SOUTH = scheme {
        let korean_scheme = if scheme == HANJA_NORTH { NORTH } else { SOUTH };
        if let Some(text) = korean(&word.text, first) {
            return hangul::add_person(&text, first, korean_scheme, word.gap, out);
        }
    }
    let mut given = word.text.as_str();
    if first {
        let one = given.chars().next().map_or(0, char::len_utf8);
        let (end, reading) = match long_surname(given) {
            Some((end, reading)) => (end, reading.to_owned()),
            None => (one, surname(given.get(..one).unwrap_or_default())),
        };
        out.add(&reading, word.gap);
        given = given.get(end..).unwrap_or_default();
    }
    if scheme == SYLLABLES {
        given.chars().for_each(|c| out.add(&pinyin(c.encode_utf8(&mut [0; 4])), word.gap));
    } else {
        out.add(&pinyin(given), word.gap);
    }
}

/// An organisation's name, cut at the words of the dictionary; each part is one word.
fn add_parts(word: &Word, scheme: u8, out: &mut Pieces) {
    for (part, kind) in DICTIONARY.cut(&word.text) {
        match kind {
            Kind::Known { english, .. } if scheme == TRANSLATED => {
                english.split(' ').for_each(|part| out.add(part, gap::SPACE));
            }
            Kind::Known { reading: Some(reading), .. } => out.add(reading, gap::SPACE),
            Kind::Name if scheme == SYLLABLES => {
                part.chars().for_each(|c| out.add(&pinyin(c.encode_utf8(&mut [0; 4])), gap::SPACE));
            }
            _ => out.add(&pinyin(part), gap::SPACE),
        }
    }
    out.close(word.gap);
}

/// Surnames are often read otherwise than the same character elsewhere (曾 Zeng, 单 Shan).
fn surname(text: &str) -> String {
    tables::section("chinese_surnames")
        .get(text)
        .and_then(|readings| readings.first())
        .map_or_else(|| pinyin(text), |reading| (*reading).to_owned())
}

fn pinyin(text: &str) -> String {
    let mut latin = String::with_capacity(text.len() * 2);
    text.chars().for_each(|c| push_any(c, &mut latin));
    latin
}

/// Whether a word of our tables is written in a script without spaces.
pub(super) fn is_closed(words: &[Word]) -> bool {
    words.iter().all(|word| matches!(word.script, Script::Han | Script::Hangul))
}

/// A legal form as the one word it becomes when it is cut out of a name.
pub(super) fn add_whole(words: &[Word], scheme: u8, out: &mut Pieces) {
    for word in words {
        match word.script {
            Script::Hangul => out.add(&hangul::whole(&word.text, hangul::own(scheme)), word.gap),
            _ => out.add(&pinyin(&word.text), word.gap),
        }
    }
}
