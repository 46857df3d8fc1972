//! What a letter of Arabic or Persian says beside its neighbours, in each scheme.

use super::super::unvowelled::Sound;
use super::super::{ARABIC_FOREIGN, ARABIC_SECOND, PERSIAN};

/// Whether a letter also writes a long vowel.
pub(super) fn is_vowel_letter(c: Option<&char>) -> bool {
    matches!(c, Some('ا' | 'و' | 'ي'))
}

pub(super) fn sound(letters: &[char], at: usize, c: char, scheme: u8) -> Sound {
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
        // Touil, as the Maghreb speaks Tawil.
        'و' if scheme == ARABIC_SECOND && at == 1 && after == Some(&'ي') && letters.len() > 3 => {
            return Sound::Vowel("ou");
        }
        'و' if at == 0 || is_vowel_letter(after) || before == Some(&'ا') => {
            if persian {
                "v"
            } else {
                "w"
            }
        }
        // Unwritten, the diphthong of Kawthar and Jawhar is as likely as a long u.
        'و' if scheme == ARABIC_SECOND && at == 1 && letters.len() > 3 && !is_vowel_letter(after) => {
            return Sound::Vowel("aw");
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
