//! Japanese names in Chinese characters: surnames and given names from tables, other given names character by character.

use super::{Pieces, Script, Word, HEPBURN, HEPBURN_LONG, JAPANESE, JAPANESE_SECOND};
use crate::tables;

/// The most characters of a given name.
const LONGEST_GIVEN: usize = 4;

/// The place of the word that holds the surname when this is a Japanese person's name: a surname of the table first, with
/// or without a given name behind it, or last by itself; and given names that can be read.
pub(super) fn surname_of(words: &[Word]) -> Option<usize> {
    let han = |word: &&Word| word.script == Script::Han;
    if words.len() > 4 || !words.iter().all(|word| han(&word) || word.script == Script::Kana) {
        return None;
    }
    let last = words.len().checked_sub(1)?;
    let sure = |at: usize, surname: &str, given: &str| {
        let mut others =
            words.iter().enumerate().filter(|(place, word)| *place != at && han(word)).map(|(_, word)| word);
        let known = |given: &str| tables::section("japanese_given_names").contains_key(given);
        // A surname of one character is as often Chinese: then the given name must be a known one, or stand in kana.
        let short = surname.chars().nth(1).is_none();
        let sure = !short || words.len() > others.clone().count() + 1 || known(given);
        (sure || others.clone().any(|word| known(&word.text)))
            && (given.is_empty() || given_name(given, 0).is_some())
            && others.all(|word| given_name(&word.text, 0).is_some())
    };
    let opens = words.first().filter(han).and_then(|word| parted(&word.text));
    if opens.is_some_and(|(surname, given)| sure(0, surname, given)) {
        return Some(0);
    }
    let closes = words.last().filter(han).map(|word| word.text.as_str()).filter(|_| last > 0);
    closes.filter(|text| tables::section("japanese_surnames").contains_key(text) && sure(last, text, "")).map(|_| last)
}

/// Whether these words may stand in a Japanese person's name of which the one at `surname`, or one elsewhere, holds the
/// surname.
pub(super) fn may_hold(words: &[Word], surname: usize) -> bool {
    let opens = |text: &str| parted(text).is_some() || tables::section("japanese_surnames").contains_key(text);
    words.iter().enumerate().all(
        |(at, word)| {
            if at == surname {
                opens(&word.text)
            } else {
                given_name(&word.text, 0).is_some()
            }
        },
    )
}

/// Whether this scheme reads the characters of such a name as Japanese.
pub(super) fn is_ours(scheme: u8) -> bool {
    matches!(scheme, JAPANESE | JAPANESE_SECOND | HEPBURN | HEPBURN_LONG)
}

/// Writes one word, which may hold the surname.
pub(super) fn add(word: &Word, surname: bool, scheme: u8, out: &mut Pieces) {
    let second = usize::from(scheme == JAPANESE_SECOND);
    let mut given = word.text.as_str();
    if let Some((family, rest)) = parted(given).filter(|_| surname) {
        if let Some(reading) = listed("japanese_surnames", family, second) {
            out.add(reading, word.gap);
        }
        given = rest;
    }
    if let Some(reading) = given_name(given, second).filter(|reading| !reading.is_empty()) {
        out.add(&reading, word.gap);
    }
}

/// The longest surname that `text` begins with, and the rest.
fn parted(text: &str) -> Option<(&str, &str)> {
    let surnames = tables::section("japanese_surnames");
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(3).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|end| text.split_at_checked(end).filter(|(name, _)| surnames.contains_key(name)))
}

fn given_name(text: &str, second: usize) -> Option<String> {
    if text.chars().nth(LONGEST_GIVEN).is_some() {
        return None;
    }
    if let Some(reading) = listed("japanese_given_names", text, second) {
        return Some(reading.to_owned());
    }
    let read = |c: char| listed("japanese_given_characters", c.encode_utf8(&mut [0; 4]), second);
    text.chars().map(read).collect()
}

fn listed(section: &str, text: &str, second: usize) -> Option<&'static str> {
    let readings = tables::section(section).get(text)?;
    readings.get(second).or_else(|| readings.first()).copied()
}
