//! Khmer in Latin letters after the United Nations' system: vowels by the series of their consonant, a vowel implied
//! between two bare consonants, none after the last.

use super::{push_any, Pieces, Word};

/// The sign that puts the next consonant under the one before.
const STACKED: char = '\u{17d2}';

/// Writes one word.
pub(super) fn add(word: &Word, out: &mut Pieces) {
    let letters: Vec<char> = word.text.chars().collect();
    let mut latin = String::with_capacity(word.text.len());
    let mut second_series = false;
    for (at, &c) in letters.iter().enumerate() {
        let after = letters.get(at + 1).copied();
        if let Some((text, second)) = consonant(c) {
            // Two strokes harden b.
            let text = if text == "b" && after == Some('\u{17c9}') { "p" } else { text };
            second_series = second;
            latin.push_str(text);
            let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
            let opens = before.is_none_or(|before| consonant(before).is_none() && before != STACKED);
            // Between a consonant that opens a syllable and a bare one.
            if opens && after.is_some_and(|after| consonant(after).is_some()) {
                latin.push(if second { 'o' } else { 'a' });
            }
        } else if let Some(text) = vowel(c, second_series) {
            latin.push_str(text);
        } else {
            push_any(c, &mut latin);
        }
    }
    out.add(&latin, word.gap);
}

/// What a consonant is written as, and whether it belongs to the second series.
fn consonant(c: char) -> Option<(&'static str, bool)> {
    const ROW: [(&str, bool); 35] = [
        ("k", false),
        ("kh", false),
        ("k", true),
        ("kh", true),
        ("ng", true),
        ("ch", false),
        ("chh", false),
        ("ch", true),
        ("chh", true),
        ("nh", true),
        ("d", false),
        ("th", false),
        ("d", true),
        ("th", true),
        ("n", false),
        ("t", false),
        ("th", false),
        ("t", true),
        ("th", true),
        ("n", true),
        ("b", false),
        ("ph", false),
        ("p", true),
        ("ph", true),
        ("m", true),
        ("y", true),
        ("r", true),
        ("l", true),
        ("v", true),
        ("s", false),
        ("s", false),
        ("s", false),
        ("h", false),
        ("l", false),
        ("", false),
    ];
    ROW.get((c as usize).checked_sub(0x1780)?).copied()
}

fn vowel(c: char, second: bool) -> Option<&'static str> {
    let by = |first: &'static str, other: &'static str| if second { other } else { first };
    Some(match c {
        '\u{17b6}' => by("a", "ea"),
        '\u{17b7}' | '\u{17b8}' => "i",
        '\u{17b9}' | '\u{17ba}' => "eu",
        '\u{17bb}' => by("o", "u"),
        '\u{17bc}' => by("ou", "u"),
        '\u{17bd}' => "uo",
        '\u{17be}' => "aeu",
        '\u{17bf}' => "oea",
        '\u{17c0}' => "ie",
        '\u{17c1}' => "e",
        '\u{17c2}' => "ae",
        '\u{17c3}' => "ai",
        '\u{17c4}' => "ao",
        '\u{17c5}' => "au",
        '\u{17c6}' => "m",
        '\u{17c7}' => "h",
        '\u{17c8}'..='\u{17d3}' => "",
        _ => return None,
    })
}
