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
        Script::Hangul => {
            own.any(|word| {
                let strange = word.text.chars().filter(|c| !hangul::is_sino_korean(*c)).count();
                strange > 0 || (several && word.text.chars().nth(3).is_some())
            }) || words.iter().filter(|word| word.script == script).all(|word| !hangul::may_hold_surname(&word.text))
        }
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
            Script::Hangul => {
                text.chars().any(|c| !hangul::is_sino_korean(c))
                    || text.chars().nth(3).is_some()
                    || !hangul::may_hold_surname(text)
            }
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

/// How a scheme hears what Korean writes alike.
struct Hearing {
    /// A liquid that opens the word.
    liquid: &'static str,
    f: &'static str,
    /// b or v at the beginning of the word, and inside it.
    v: [&'static str; 2],
    z: &'static str,
    /// c for k before a, o, u and consonants.
    latin_c: bool,
    ae: &'static str,
    /// eo, and eo that ends the word.
    eo: [&'static str; 2],
    /// wi after a consonant.
    wi: &'static str,
    /// i that ends the word.
    last_i: &'static str,
}

/// In the order of [`SCHEMES`].
const HEARINGS: [Hearing; 4] = [
    // As most English names are written: Murphy, Carter, Sally.
    Hearing {
        liquid: "r",
        f: "f",
        v: ["b", "v"],
        z: "j",
        latin_c: true,
        ae: "a",
        eo: ["e", "er"],
        wi: "wi",
        last_i: "y",
    },
    Hearing {
        liquid: "l",
        f: "p",
        v: ["b", "v"],
        z: "j",
        latin_c: true,
        ae: "a",
        eo: ["o", "e"],
        wi: "wi",
        last_i: "i",
    },
    Hearing {
        liquid: "r",
        f: "p",
        v: ["b", "b"],
        z: "z",
        latin_c: false,
        ae: "a",
        eo: ["u", "er"],
        wi: "u",
        last_i: "i",
    },
    Hearing {
        liquid: "l",
        f: "f",
        v: ["v", "v"],
        z: "z",
        latin_c: false,
        ae: "e",
        eo: ["e", "er"],
        wi: "u",
        last_i: "i",
    },
];

/// Korean vowels as they write those of other languages; what stands empty is the hearing's.
const VOWELS: [&str; 21] =
    ["a", "", "ya", "ya", "", "e", "ye", "ye", "o", "wa", "we", "oe", "yo", "u", "wo", "we", "wi", "yu", "", "ui", "i"];
/// Korean finals; ng is n unless an i stands before it: it writes the vowels that French speaks through the nose.
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "n", "t",
    "t", "k", "t", "p", "",
];
const INITIALS: [&str; 19] =
    ["g", "kk", "n", "d", "t", "", "m", "", "p", "s", "s", "", "", "j", "ch", "", "t", "", "h"];

/// Korean: the vowel eu only carries a consonant; ll is l, a single r between vowels r.
fn korean(text: &str, scheme: u8) -> String {
    let at = SCHEMES.iter().position(|known| *known == scheme).unwrap_or_default();
    let Some(hearing) = HEARINGS.get(at) else { return String::new() };
    let syllables: Vec<_> = text.chars().filter_map(hangul::parts).collect();
    let mut latin = String::with_capacity(text.len());
    for (at, &(initial, vowel, last)) in syllables.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| syllables.get(at));
        let after = syllables.get(at + 1);
        let ends = after.is_none();
        let sound = match vowel {
            1 => hearing.ae,
            4 => hearing.eo.get(usize::from(ends && last == 0)).copied().unwrap_or_default(),
            16 if initial != 11 => hearing.wi,
            // Before n, m and l that close the syllable it is a vowel: Nelson, Michael.
            18 if matches!(last, 4 | 16) || (last == 8 && after.is_none_or(|next| next.0 != 5)) => "e",
            20 if ends && last == 0 && at > 0 => hearing.last_i,
            _ => VOWELS.get(vowel).copied().unwrap_or_default(),
        };
        let opening = match initial {
            5 if before.is_none() => hearing.liquid,
            5 if before.is_some_and(|before| before.2 == 8) => "",
            5 => "r",
            7 => hearing.v.get(usize::from(at > 0)).copied().unwrap_or_default(),
            9 if matches!(vowel, 2 | 3 | 6 | 7 | 12 | 17) => "sh",
            12 => hearing.z,
            14 if vowel == 18 => "ts",
            15 if hearing.latin_c && !sound.starts_with(['e', 'i', 'y']) => "c",
            15 => "k",
            17 => hearing.f,
            _ => INITIALS.get(initial).copied().unwrap_or_default(),
        };
        latin.push_str(opening);
        let softened = matches!(opening, "sh" | "ch" | "j");
        // Shu before a consonant is sh alone: Schneider.
        let carries = opening == "sh" && vowel == 17 && last == 0 && after.is_some_and(|next| next.0 != 11);
        if !carries {
            latin.push_str(if softened {
                sound.strip_prefix('y').filter(|rest| !rest.is_empty()).unwrap_or(sound)
            } else {
                sound
            });
        }
        latin.push_str(if last == 21 && vowel == 20 { "ng" } else { FINALS.get(last).copied().unwrap_or_default() });
    }
    latin
}
