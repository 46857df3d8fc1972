//! Names of other languages as Chinese, Korean and Japanese write them, by their sounds: the vowels that only part
//! consonants fall away, and what the script cannot tell (l and r, p and f, b and v) is tried in four schemes.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::script::Script;
use super::{hangul, kana, Pieces, Word};
use super::{FOREIGN_CODA_L, FOREIGN_CODA_R, FOREIGN_L, FOREIGN_R};
use crate::tables;

/// The four schemes, in the order in which their forms stand.
pub(super) const SCHEMES: [u8; 4] = [FOREIGN_R, FOREIGN_L, FOREIGN_CODA_R, FOREIGN_CODA_L];

/// Characters to the sounds they transcribe, an l standing for l and r.
static SOUNDS: LazyLock<FxHashMap<char, &'static [&'static str]>> =
    LazyLock::new(|| by_character("chinese_transcription").collect());

/// Characters that seldom stand in a Chinese name.
static SIGNS: LazyLock<FxHashSet<char>> =
    LazyLock::new(|| by_character("chinese_transcription_signs").map(|(c, _)| c).collect());

fn by_character(section: &str) -> impl Iterator<Item = (char, &'static [&'static str])> {
    tables::section(section).iter().filter_map(|(native, readings)| Some((native.chars().next()?, readings.as_slice())))
}

/// The name that custom writes so.
fn customary(text: &str) -> Option<&'static str> {
    tables::section("foreign_names").get(text)?.first().copied()
}

/// Whether `scheme` reads a name by its foreign sounds.
pub(super) fn is_ours(scheme: u8) -> bool {
    SCHEMES.contains(&scheme)
}

/// Whether the words of `script` may write a name of another language.
pub(super) fn may_be(words: &[Word], script: Script) -> bool {
    let mut own = words.iter().filter(|word| word.script == script).peekable();
    let several = own.clone().nth(1).is_some();
    if own.clone().any(|word| customary(&word.text).is_some()) {
        return true;
    }
    match script {
        Script::Kana => own.any(|word| word.text.chars().any(kana::is_katakana)),
        Script::Hangul => own.any(|word| {
            let strange = word.text.chars().filter(|c| !hangul::is_sino_korean(*c)).count();
            strange > 0 || (several && word.text.chars().nth(3).is_some())
        }),
        Script::Han => {
            let transcribes = |word: &Word| word.text.chars().all(|c| SOUNDS.contains_key(&c));
            own.peek().is_some()
                && own.clone().all(transcribes)
                && (own.clone().any(|word| word.text.chars().any(|c| SIGNS.contains(&c)))
                    || own.any(|word| word.text.chars().nth(4).is_some()))
        }
        _ => false,
    }
}

/// Whether a word may be the reason why a name of its script is read so: without one, [`may_be`] says no of every name.
pub(super) fn may_be_the_reason(word: &Word) -> bool {
    let (text, script) = (&word.text, word.script);
    customary(text).is_some()
        || match script {
            Script::Kana => text.chars().any(kana::is_katakana),
            Script::Hangul => text.chars().any(|c| !hangul::is_sino_korean(c)) || text.chars().nth(3).is_some(),
            Script::Han => text.chars().any(|c| SIGNS.contains(&c)) || text.chars().nth(4).is_some(),
            _ => false,
        }
}

/// Writes one word of Han, Hangul or kana by its foreign sounds.
pub(super) fn add(word: &Word, scheme: u8, out: &mut Pieces) {
    let latin = match word.script {
        _ if customary(&word.text).is_some() => customary(&word.text).unwrap_or_default().to_owned(),
        Script::Hangul => korean(&word.text, scheme),
        Script::Kana => japanese(&word.text, scheme),
        _ => chinese(&word.text, scheme),
    };
    out.add(&latin, word.gap);
}

/// Chinese, character by character; two schemes take the second sound of each, which often is one that ends in r.
fn chinese(text: &str, scheme: u8) -> String {
    let second = usize::from(matches!(scheme, FOREIGN_R | FOREIGN_CODA_R));
    let sound = |c: char| SOUNDS.get(&c).and_then(|sounds| sounds.get(second).or_else(|| sounds.first())).copied();
    let heard: String = text.chars().filter_map(sound).collect();
    liquids(&heard, scheme)
}

/// Every l as this scheme tries it: all one, or one before vowels and the other elsewhere.
fn liquids(heard: &str, scheme: u8) -> String {
    let mut latin = String::with_capacity(heard.len());
    let mut letters = heard.chars().peekable();
    while let Some(c) = letters.next() {
        let opens = letters.peek().is_some_and(|next| matches!(next, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
        latin.push(match (c, scheme) {
            ('l', FOREIGN_R) => 'r',
            ('l', FOREIGN_CODA_R) if !opens => 'r',
            ('l', FOREIGN_CODA_L) if opens => 'r',
            _ => c,
        });
    }
    latin
}

/// Japanese: u and o that only carry a consonant fall away; a long a (and, in two schemes, o) may stand for ar, er, or.
fn japanese(text: &str, scheme: u8) -> String {
    let letters: Vec<char> = text.chars().map(kana::hiragana).collect();
    let mut heard = String::with_capacity(text.len());
    for (at, &c) in letters.iter().enumerate() {
        let after = letters.get(at + 1).copied();
        match c {
            'っ' => {}
            'ー' => match heard.chars().last() {
                Some('a') if scheme != FOREIGN_L => heard.push('R'),
                Some('o') if matches!(scheme, FOREIGN_R | FOREIGN_CODA_L) => heard.push('R'),
                _ => {}
            },
            _ if is_small(c) => kana::small(c, &mut heard),
            'し' if !after.is_some_and(is_small) => heard.push_str("si"),
            'う' if after.is_some_and(is_small) => heard.push('w'),
            'い' if after == Some('ぇ') => heard.push('y'),
            // A final r after another vowel than a.
            'あ' if at > 1 && after.is_none() && scheme != FOREIGN_L => heard.push_str("aR"),
            'ら' => heard.push_str("la"),
            'り' => heard.push_str("li"),
            'れ' => heard.push_str("le"),
            'ろ' => heard.push_str("lo"),
            'る' => heard.push_str(if at == 0 || after == Some('ー') { "lu" } else { "l" }),
            _ => {
                let Some(syllable) = kana::syllable(c) else { continue };
                let carries = matches!(
                    syllable,
                    "ku" | "gu" | "su" | "zu" | "tsu" | "to" | "do" | "nu" | "fu" | "bu" | "pu" | "mu" | "vu"
                ) && !after.is_some_and(|next| "ーあいうえおぁぃぅぇぉ".contains(next));
                let kept = if carries { syllable.get(..syllable.len() - 1) } else { Some(syllable) };
                heard.push_str(kept.unwrap_or_default());
            }
        }
    }
    // R is certain, l is not.
    liquids(&heard, scheme).replace('R', "r")
}

/// A small vowel, which takes the place of the one before.
fn is_small(c: char) -> bool {
    "ゃゅょぁぃぅぇぉ".contains(c)
}

/// Korean vowels as they write those of other languages.
const VOWELS: [&str; 21] = [
    "a", "e", "ya", "ye", "e", "e", "ye", "ye", "o", "wa", "we", "oe", "yo", "u", "wo", "we", "wi", "yu", "", "ui", "i",
];
/// Korean finals.
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "",
];

/// Korean: the vowel eu only carries a consonant; ll is l, a single r between vowels r, and an open eo may stand for er.
fn korean(text: &str, scheme: u8) -> String {
    let (first_liquid, f, v, z) = match scheme {
        FOREIGN_R => ("r", "f", "b", "j"),
        FOREIGN_CODA_R => ("r", "p", "v", "z"),
        FOREIGN_CODA_L => ("l", "f", "v", "z"),
        _ => ("l", "p", "b", "j"),
    };
    let initials = ["g", "kk", "n", "d", "t", "r", "m", v, "p", "s", "s", "", z, "j", "ch", "k", "t", f, "h"];
    let mut latin = String::with_capacity(text.len());
    let mut ending = None;
    for c in text.chars() {
        let Some((initial, vowel, last)) = hangul::parts(c) else { continue };
        let opening = match initial {
            5 if ending.is_none() => first_liquid,
            5 if ending == Some(8) => "",
            9 if matches!(vowel, 2 | 6 | 7 | 12 | 17) => "sh",
            14 if vowel == 18 => "ts",
            _ => initials.get(initial).copied().unwrap_or_default(),
        };
        latin.push_str(opening);
        let softened = opening == "sh" || opening == "ch" || opening == "j";
        let sound = VOWELS.get(vowel).copied().unwrap_or_default();
        latin.push_str(if softened { sound.strip_prefix('y').unwrap_or(sound) } else { sound });
        if vowel == 4 && last == 0 && matches!(scheme, FOREIGN_R | FOREIGN_CODA_L) {
            latin.push('r');
        }
        latin.push_str(FINALS.get(last).copied().unwrap_or_default());
        ending = Some(last);
    }
    latin
}
