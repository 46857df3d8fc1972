//! Chinese names in the spelling of Wade and Giles (Hsi Chin-p'ing), read as the pinyin that lists mostly hold.
//!
//! Syllables of the two systems overlap (Chang is zhang in one and chang in the other), so no family of spellings may
//! hold both; a name is read so only where the whole of it shows the system.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::UnicodeNormalization;

use super::latin::{gap, Pieces};
use super::romanise::WADE_GILES;
use super::{forms, Analysed, Origin, Side};
use crate::tables;

/// Every syllable as folding leaves it, without stroke and dots.
static FOLDED: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| tables::section("wade_giles").keys().map(|syllable| folded(syllable)).collect());

/// Every syllable of pinyin.
static PINYIN: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| tables::section("wade_giles").values().flatten().copied().collect());

fn folded(syllable: &str) -> String {
    syllable.chars().filter(|c| *c != '\'').map(|c| if c == 'ü' { 'u' } else { c }).collect()
}

/// Whether a folded word is a syllable of Wade and Giles.
pub(super) fn is_syllable(word: &str) -> bool {
    FOLDED.contains(word)
}

/// Adds the pinyin of a name of two to four syllables that shows the system by a stroke, by two syllables that only it
/// has, or by one beside a hyphen.
pub(super) fn add_form(text: &str, pieces: &Pieces, side: Side, out: &mut Analysed) {
    let count = pieces.list.len();
    if !(2..=4).contains(&count) {
        return;
    }
    let syllables = || pieces.list.iter().map(|piece| pieces.slice(piece.start, piece.end));
    if !syllables().all(|syllable| FOLDED.contains(syllable)) {
        return;
    }
    let own = syllables().filter(|syllable| !PINYIN.contains(syllable)).count();
    let hyphen = pieces.list.iter().any(|piece| piece.gap & gap::HYPHEN != 0);
    let written = written(text);
    let stroke = written.iter().any(|syllable| syllable.contains('\''));
    if own < 2 && !(own == 1 && hyphen) && !stroke {
        return;
    }
    let mut pinyin = Pieces::with_room(text.len());
    let mut open = String::new();
    for (at, piece) in pieces.list.iter().enumerate() {
        let plain = pieces.slice(piece.start, piece.end);
        let spelt = written.get(at).filter(|spelt| written.len() == count && folded(spelt) == plain);
        let read = |syllable: &str| tables::section("wade_giles").get(syllable).and_then(|readings| readings.first());
        // Dots and strokes that were left out are no longer known; the plain syllable is then read as it stands, and
        // what exists with dots only as with them.
        let dotted = || plain.replacen('u', "ü", 1);
        let Some(reading) = spelt.and_then(|spelt| read(spelt)).or_else(|| read(plain)).or_else(|| read(&dotted()))
        else {
            return;
        };
        open.push_str(reading);
        // The given name is one word: what a hyphen joins, or the last two of three.
        let joined = piece.gap & gap::HYPHEN != 0 || (!hyphen && count == 3 && at == 1);
        if !joined || at + 1 == count {
            pinyin.add(&open, piece.gap);
            open.clear();
        }
    }
    forms::add(&pinyin, Origin::Romanised(WADE_GILES), side, out);
}

/// The syllables with strokes and dots as they were written.
fn written(text: &str) -> Vec<String> {
    let mut syllables = vec![String::new()];
    for c in text.nfc().flat_map(char::to_lowercase) {
        let Some(open) = syllables.last_mut() else { break };
        match c {
            'a'..='z' | 'ü' => open.push(c),
            '\'' | '`' | '’' | '‘' | 'ʻ' | 'ʼ' => open.push('\''),
            _ if is_combining_mark(c) => {}
            _ if c.is_alphabetic() => decompose_canonical(c, |part| {
                if part.is_ascii_lowercase() {
                    open.push(part);
                }
            }),
            _ if !open.is_empty() => syllables.push(String::new()),
            _ => {}
        }
    }
    syllables.retain(|syllable| !syllable.is_empty());
    syllables
}
