//! Japanese syllables in Latin letters, by Hepburn's spelling.

use super::{push_any, Pieces, Word, HEPBURN_LONG};

/// Writes one word of hiragana or katakana.
pub(super) fn add(word: &Word, scheme: u8, out: &mut Pieces) {
    let mut latin = String::with_capacity(word.text.len());
    let mut doubled = false;
    for c in word.text.chars() {
        let c = hiragana(c);
        match c {
            'っ' => doubled = true,
            'ー' => {
                if let (HEPBURN_LONG, Some(vowel)) = (scheme, latin.chars().last()) {
                    latin.push(vowel);
                }
            }
            'ゃ' | 'ゅ' | 'ょ' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' => small(c, &mut latin),
            _ => {
                let Some(syllable) = syllable(c) else {
                    push_any(c, &mut latin);
                    continue;
                };
                if std::mem::take(&mut doubled) {
                    // Hepburn writes tch for a doubled ch.
                    let first = if syllable.starts_with("ch") { "t" } else { syllable.get(..1).unwrap_or_default() };
                    latin.push_str(first);
                }
                latin.push_str(syllable);
            }
        }
    }
    if scheme != HEPBURN_LONG {
        latin = latin.replace("ou", "o").replace("oo", "o").replace("uu", "u");
    }
    out.add(&latin, word.gap);
}

/// A small vowel takes the place of the one before: キョ is kyo, シャ sha, ファ fa.
pub(super) fn small(c: char, latin: &mut String) {
    let (glide, vowel) = match c {
        'ゃ' => ("y", "a"),
        'ゅ' => ("y", "u"),
        'ょ' => ("y", "o"),
        'ぁ' => ("", "a"),
        'ぃ' => ("", "i"),
        'ぅ' => ("", "u"),
        'ぇ' => ("", "e"),
        _ => ("", "o"),
    };
    if latin.ends_with(['a', 'i', 'u', 'e', 'o']) {
        latin.pop();
    }
    if !(latin.ends_with("sh") || latin.ends_with("ch") || latin.ends_with('j')) {
        latin.push_str(glide);
    }
    latin.push_str(vowel);
}

/// Katakana as the hiragana of the same sound.
pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

pub(super) fn syllable(c: char) -> Option<&'static str> {
    const ROWS: [(&str, [&str; 5]); 15] = [
        ("あいうえお", ["a", "i", "u", "e", "o"]),
        ("かきくけこ", ["ka", "ki", "ku", "ke", "ko"]),
        ("がぎぐげご", ["ga", "gi", "gu", "ge", "go"]),
        ("さしすせそ", ["sa", "shi", "su", "se", "so"]),
        ("ざじずぜぞ", ["za", "ji", "zu", "ze", "zo"]),
        ("たちつてと", ["ta", "chi", "tsu", "te", "to"]),
        ("だぢづでど", ["da", "ji", "zu", "de", "do"]),
        ("なにぬねの", ["na", "ni", "nu", "ne", "no"]),
        ("はひふへほ", ["ha", "hi", "fu", "he", "ho"]),
        ("ばびぶべぼ", ["ba", "bi", "bu", "be", "bo"]),
        ("ぱぴぷぺぽ", ["pa", "pi", "pu", "pe", "po"]),
        ("まみむめも", ["ma", "mi", "mu", "me", "mo"]),
        ("らりるれろ", ["ra", "ri", "ru", "re", "ro"]),
        ("やゆよ", ["ya", "yu", "yo", "", ""]),
        ("わゐゑをん", ["wa", "i", "e", "o", "n"]),
    ];
    if c == 'ゔ' {
        return Some("vu");
    }
    ROWS.iter().find_map(|(row, sounds)| row.chars().position(|one| one == c).and_then(|at| sounds.get(at).copied()))
}

/// Whether the letter is katakana, in which names of other languages are written.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ㇰ'..='ㇿ')
}
