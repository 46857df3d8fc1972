//! Greek in Latin letters: the passport standard, and what is customary abroad.

use super::{add_alphabetic, push_any, Pieces, Word, GREEK_CUSTOMARY};

/// Writes one word; marks are gone already and final sigma is an ordinary one.
pub(super) fn add(word: &Word, scheme: u8, out: &mut Pieces) {
    let letters: Vec<char> = word.text.chars().collect();
    let customary = scheme == GREEK_CUSTOMARY;
    let mut latin = String::with_capacity(word.text.len());
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let after = letters.get(at + 1).copied();
        let (text, used) = pair(c, after, at == 0, letters.get(at + 2).copied(), customary)
            .map_or_else(|| (single(c, customary), 1), |text| (Some(text), 2));
        match text {
            Some(text) => latin.push_str(text),
            None => push_any(c, &mut latin),
        }
        at += used;
    }
    add_alphabetic(&word.text, latin, word.gap, out);
}

fn is_voiceless(c: Option<char>) -> bool {
    c.is_none_or(|c| matches!(c, 'θ' | 'κ' | 'ξ' | 'π' | 'σ' | 'τ' | 'φ' | 'χ' | 'ψ'))
}

fn pair(c: char, after: Option<char>, starts: bool, beyond: Option<char>, customary: bool) -> Option<&'static str> {
    Some(match (c, after?) {
        ('ο', 'υ') => "ou",
        ('α', 'υ') => {
            if is_voiceless(beyond) {
                "af"
            } else {
                "av"
            }
        }
        ('ε', 'υ') => {
            if is_voiceless(beyond) {
                "ef"
            } else {
                "ev"
            }
        }
        ('η', 'υ') => {
            if is_voiceless(beyond) {
                "if"
            } else {
                "iv"
            }
        }
        ('μ', 'π') => {
            if starts || customary {
                "b"
            } else {
                "mp"
            }
        }
        ('ν', 'τ') => {
            if starts && customary {
                "d"
            } else {
                "nt"
            }
        }
        ('γ', 'κ') => {
            if starts {
                "g"
            } else {
                "gk"
            }
        }
        ('γ', 'γ') => "ng",
        ('γ', 'ξ') => "nx",
        ('γ', 'χ') => "nch",
        ('τ', 'ζ') => "tz",
        ('ε' | 'ο', 'ι') if customary => "i",
        ('α', 'ι') if customary => "e",
        _ => return None,
    })
}

fn single(c: char, customary: bool) -> Option<&'static str> {
    Some(match c {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' => "s",
        'τ' => "t",
        'υ' => {
            if customary {
                "i"
            } else {
                "y"
            }
        }
        'φ' => {
            if customary {
                "ph"
            } else {
                "f"
            }
        }
        'χ' => {
            if customary {
                "h"
            } else {
                "ch"
            }
        }
        'ψ' => "ps",
        _ => return None,
    })
}
