//! Thai in Latin letters by the Royal Institute's system: vowels written before their consonant come after it, a final
//! consonant is heard otherwise than a first one, and two bare consonants imply a vowel between them.
//!
//! Thai is cut only at its spaces. Where a bare consonant opens a syllable of its own (ธน as thana) cannot be told
//! without a dictionary; the implied vowel is then o, and the index's sound rule bridges the difference.

use super::{Pieces, Word};

/// Writes one word.
pub(super) fn add(word: &Word, out: &mut Pieces) {
    let letters = spoken(&word.text);
    let mut latin = String::with_capacity(word.text.len());
    let mut at = 0;
    while at < letters.len() {
        at += syllable(letters.get(at..).unwrap_or_default(), &mut latin).max(1);
    }
    out.add(&latin, word.gap);
}

/// Without tone marks, and without consonants that a cancelling mark silences.
fn spoken(text: &str) -> Vec<char> {
    let mut letters = Vec::new();
    for c in text.chars() {
        match c {
            '\u{e48}'..='\u{e4b}' | '\u{e47}' | '\u{e4e}' => {}
            '\u{e4c}' => {
                if letters.last().is_some_and(|last| is_sign(*last)) {
                    letters.pop();
                }
                letters.pop();
            }
            _ => letters.push(c),
        }
    }
    letters
}

fn is_consonant(c: char) -> bool {
    matches!(c, 'ก'..='ฮ') && !matches!(c, 'ฤ' | 'ฦ')
}

/// A vowel written above, below or after its consonant.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{e30}'..='\u{e3a}' | '\u{e4d}')
}

/// Writes one syllable and says how many letters it took.
fn syllable(letters: &[char], latin: &mut String) -> usize {
    let get = |at: usize| letters.get(at).copied();
    let before = get(0).filter(|c| matches!(c, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ'));
    let mut at = usize::from(before.is_some());
    let Some(first) = get(at).filter(|c| is_consonant(*c)) else {
        latin.push_str(match get(at) {
            Some('ฤ' | 'ฦ') => "ru",
            Some('า') => "a",
            _ => "",
        });
        return at + 1;
    };
    at += 1;
    let mut opening = initial(first);
    // A true cluster, or a silent h before a sonorant; both need a vowel after them.
    if let Some(second) = get(at).filter(|c| is_consonant(*c)) {
        let vowel_follows = before.is_some_and(|_| get(at + 1).is_some()) || get(at + 1).is_some_and(is_sign);
        let led = first == 'ห' && matches!(second, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว');
        let cluster = matches!(first, 'ก' | 'ข' | 'ค' | 'ต' | 'ป' | 'ผ' | 'พ') && matches!(second, 'ร' | 'ล' | 'ว');
        // กัว is a consonant with a vowel, not a cluster.
        if vowel_follows && led {
            opening = "";
        }
        if vowel_follows && (led || cluster) {
            latin.push_str(opening);
            opening = initial(second);
            at += 1;
        }
    }
    latin.push_str(opening);
    let (vowel, used) = vowel(before, letters.get(at..).unwrap_or_default());
    at += used;
    let bare = before.is_none() && used == 0;
    // A consonant ends the syllable unless it bears a vowel of its own.
    let next = get(at).filter(|c| is_consonant(*c) && !get(at + 1).is_some_and(is_sign));
    // Two r are an a; a last bare r is on.
    if bare && next == Some('ร') && get(at + 1) == Some('ร') {
        let closes = get(at + 2).filter(|c| is_consonant(*c) && !get(at + 3).is_some_and(is_sign));
        latin.push('a');
        latin.push_str(closes.map_or("n", closing));
        return at + 2 + usize::from(closes.is_some());
    }
    match next {
        Some(last) => {
            latin.push_str(if bare { "o" } else { vowel });
            latin.push_str(closing(last));
            at + 1
        }
        // A last consonant without a vowel, after a syllable that is closed, is not heard (วัตร: wat).
        None if bare && letters.len() == 1 && !latin.is_empty() => {
            latin.truncate(latin.len() - opening.len());
            at
        }
        None => {
            latin.push_str(if bare { "a" } else { vowel });
            at
        }
    }
}

/// The vowel that the sign before the consonant and those after it make, and how many of the latter it took.
fn vowel(before: Option<char>, after: &[char]) -> (&'static str, usize) {
    match (before, after) {
        (Some('เ'), ['\u{e35}', 'ย', ..]) => ("ia", 2),
        (Some('เ'), ['\u{e37}', 'อ', ..]) => ("uea", 2),
        (Some('เ'), ['า', 'ะ', ..]) => ("o", 2),
        (Some('เ'), ['า', ..]) => ("ao", 1),
        (Some('เ'), ['อ' | '\u{e34}', ..]) => ("oe", 1),
        (Some('เ'), ['ย', ..]) => ("oei", 1),
        (Some('เ'), ['ะ', ..]) => ("e", 1),
        (Some('เ'), _) => ("e", 0),
        (Some('แ'), ['ะ', ..]) => ("ae", 1),
        (Some('แ'), _) => ("ae", 0),
        (Some('โ'), ['ะ', ..]) => ("o", 1),
        (Some('โ'), _) => ("o", 0),
        (Some('ไ'), ['ย', ..]) => ("ai", 1),
        (Some(_), _) => ("ai", 0),
        (None, ['\u{e31}', 'ว', ..]) => ("ua", 2),
        (None, ['\u{e31}', 'ย', ..]) => ("ai", 2),
        (None, ['\u{e4d}', 'า', ..]) => ("am", 2),
        (None, ['\u{e37}', 'อ', ..]) => ("ue", 2),
        (None, ['ะ' | 'า' | '\u{e31}', ..]) => ("a", 1),
        (None, ['\u{e34}' | '\u{e35}', ..]) => ("i", 1),
        (None, ['\u{e36}' | '\u{e37}', ..]) => ("ue", 1),
        (None, ['\u{e38}' | '\u{e39}', ..]) => ("u", 1),
        (None, [sign, ..]) if is_sign(*sign) => ("", 1),
        (None, ['อ', ..]) => ("o", 1),
        (None, ['ว', last, ..]) if is_consonant(*last) => ("ua", 1),
        (None, _) => ("", 0),
    }
}

fn initial(c: char) -> &'static str {
    match c {
        'ก' => "k",
        'ข'..='ฆ' => "kh",
        'ง' => "ng",
        'จ' | 'ฉ' | 'ช' | 'ฌ' => "ch",
        'ซ' | 'ศ' | 'ษ' | 'ส' => "s",
        'ญ' | 'ย' => "y",
        'ฎ' | 'ด' => "d",
        'ฏ' | 'ต' => "t",
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ท' | 'ธ' => "th",
        'ณ' | 'น' => "n",
        'บ' => "b",
        'ป' => "p",
        'ผ' | 'พ' | 'ภ' => "ph",
        'ฝ' | 'ฟ' => "f",
        'ม' => "m",
        'ร' => "r",
        'ล' | 'ฬ' => "l",
        'ว' => "w",
        'ห' | 'ฮ' => "h",
        _ => "",
    }
}

fn closing(c: char) -> &'static str {
    match c {
        'ก'..='ฆ' => "k",
        'ง' => "ng",
        'ม' => "m",
        'ย' => "i",
        'ว' => "o",
        'ญ' | 'ณ' | 'น' | 'ร' | 'ล' | 'ฬ' => "n",
        'บ' | 'ป' | 'ผ' | 'พ' | 'ภ' | 'ฝ' | 'ฟ' => "p",
        'อ' | 'ห' | 'ฮ' => "",
        _ => "t",
    }
}
