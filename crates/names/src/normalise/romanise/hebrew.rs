//! Hebrew in Latin letters: common names from a table, other words by their consonants and the vowels they imply.

use super::arabic::{consonants, Sound};
use super::{add_alphabetic, Pieces, Word, HEBREW_SECOND};
use crate::tables;

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
    add_alphabetic(&word.text, consonants(&sounds, false), word.gap, out);
}

fn sound(letters: &[char], at: usize, c: char, second: bool) -> Sound {
    let starts = at == 0;
    let ends = at + 1 == letters.len();
    let doubled = |mark: char| at > 0 && letters.get(at - 1) == Some(&mark);
    match c {
        'א' => {
            if starts || ends {
                Sound::Vowel("a")
            } else {
                Sound::Silent
            }
        }
        'ב' => Sound::Consonant(if starts || !second { "b" } else { "v" }),
        'ג' => Sound::Consonant("g"),
        'ד' => Sound::Consonant("d"),
        'ה' => {
            if ends && !starts {
                Sound::Vowel("a")
            } else {
                Sound::Consonant("h")
            }
        }
        'ו' if doubled('ו') => Sound::Silent,
        'ו' if starts || letters.get(at + 1) == Some(&'ו') => Sound::Consonant("v"),
        'ו' => Sound::Vowel(if second { "u" } else { "o" }),
        'ז' => Sound::Consonant("z"),
        'ח' => Sound::Consonant(if second { "ch" } else { "h" }),
        'ט' | 'ת' => Sound::Consonant("t"),
        'י' if doubled('י') => Sound::Silent,
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
        'פ' | 'ף' => Sound::Consonant(if starts && !second { "p" } else { "f" }),
        'צ' | 'ץ' => Sound::Consonant(if second { "tz" } else { "ts" }),
        'ק' => Sound::Consonant("k"),
        'ר' => Sound::Consonant("r"),
        'ש' => Sound::Consonant("sh"),
        _ => Sound::Silent,
    }
}
