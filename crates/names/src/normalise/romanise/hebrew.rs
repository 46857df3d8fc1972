//! Hebrew in Latin letters: common names from a table, other words by their consonants and the vowels they imply.

use super::unvowelled::{consonants, Sound};
use super::{add_alphabetic, Pieces, Word, HEBREW_SECOND};
use crate::tables;

/// The stroke after a letter that writes a sound of another language; `script` keeps it where it stands so.
pub(crate) const STROKE: char = '\u{5f3}';

/// Letters that a stroke changes.
pub(crate) fn takes_stroke(c: char) -> bool {
    matches!(c, 'ג' | 'ז' | 'צ' | 'ץ')
}

/// Writes one word; points are gone already.
pub(super) fn add(word: &Word, scheme: u8, out: &mut Pieces) {
    let second = scheme == HEBREW_SECOND;
    if let Some(readings) = tables::section("hebrew").get(word.text.as_str()) {
        let reading = readings.get(usize::from(second)).or_else(|| readings.first()).copied().unwrap_or_default();
        for part in reading.split(' ') {
            out.add(part, word.gap);
        }
        return;
    }
    let letters: Vec<char> = word.text.chars().collect();
    let sounds: Vec<Sound> = letters.iter().enumerate().map(|(at, c)| sound(&letters, at, *c, second)).collect();
    add_alphabetic(&word.text, consonants(&sounds, false, if second { "e" } else { "a" }), word.gap, out);
}

fn sound(letters: &[char], at: usize, c: char, second: bool) -> Sound {
    let after = letters.get(at + 1).copied();
    let stroked = after == Some(STROKE);
    let starts = at == 0;
    let ends = after.is_none();
    let doubled = |mark: char| at > 0 && letters.get(at - 1) == Some(&mark);
    match c {
        // אי and או open a word with i and o; elsewhere an alef writes a foreign a, but before a vav.
        'א' if after == Some('ו') || (starts && after == Some('י')) => Sound::Silent,
        'א' => Sound::Vowel("a"),
        // A stroke makes j, zh and ch of these.
        'ג' if stroked => Sound::Consonant("j"),
        'ז' if stroked => Sound::Consonant("zh"),
        'צ' | 'ץ' if stroked => Sound::Consonant("ch"),
        'ב' => Sound::Consonant(if starts || !second { "b" } else { "v" }),
        'ג' => Sound::Consonant("g"),
        'ד' => Sound::Consonant("d"),
        'ה' => {
            if ends && !starts {
                Sound::Vowel(if second { "e" } else { "a" })
            } else {
                Sound::Consonant("h")
            }
        }
        'ו' if doubled('ו') => Sound::Silent,
        'ו' if starts || after == Some('ו') => Sound::Consonant("v"),
        'ו' => Sound::Vowel(if second { "u" } else { "o" }),
        'ז' => Sound::Consonant("z"),
        'ח' => Sound::Consonant(if second { "ch" } else { "h" }),
        'ט' | 'ת' => Sound::Consonant("t"),
        'י' if doubled('י') => Sound::Silent,
        'י' if !starts && after == Some('י') => Sound::Vowel("ai"),
        'י' => {
            if starts {
                Sound::Consonant("y")
            } else {
                Sound::Vowel("i")
            }
        }
        'כ' | 'ך' => Sound::Consonant(if starts || !second { "k" } else { "ch" }),
        'ל' => Sound::Consonant("l"),
        'מ' | 'ם' => Sound::Consonant("m"),
        'נ' | 'ן' => Sound::Consonant("n"),
        'ס' => Sound::Consonant("s"),
        'ע' => {
            if starts {
                Sound::Vowel("a")
            } else {
                Sound::Silent
            }
        }
        'ף' => Sound::Consonant("f"),
        'פ' => Sound::Consonant(if ends || starts != second { "p" } else { "f" }),
        'צ' | 'ץ' => Sound::Consonant(if second { "tz" } else { "ts" }),
        'ק' => Sound::Consonant("k"),
        'ר' => Sound::Consonant("r"),
        // Stein, Spitz: German names keep their spelling.
        'ש' if second && starts && matches!(after, Some('ט' | 'פ')) => Sound::Consonant("s"),
        'ש' => Sound::Consonant("sh"),
        _ => Sound::Silent,
    }
}
