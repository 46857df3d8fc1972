//! Every way in which words of Han, Hangul or kana may be read, whatever else stands in a name of their script.
//!
//! The whole of such a name decides whether it is a person's, which word opens it, which holds a Japanese surname and
//! whether it is a name of another language. Each of these is one of a few cases, so here they all are tried, but for the
//! last: a word that may be the reason for it is refused, and without such a word no name is read so.

use super::super::script::Script;
use super::{add_at, cyrillic, foreign, kanji, Context, Pieces, Word};
use super::{HANJA_NORTH, HANJA_SOUTH, HEPBURN, HEPBURN_LONG, JAPANESE, JAPANESE_SECOND, MCCUNE, NORTH, PINYIN};
use super::{REVISED, SOUTH, SYLLABLES, TRANSLATED};

/// Calls `give` with every reading of neighbouring words of one script; `false` when that may not be all, or when one
/// of them is nothing.
pub(in crate::normalise) fn read(words: &[Word], script: Script, give: &mut impl FnMut(Pieces)) -> bool {
    if words.iter().any(foreign::may_be_the_reason) {
        return false;
    }
    // The first words of a name, or behind another one.
    let behind: Vec<Word> = words.first().into_iter().chain(words).cloned().collect();
    for (words, from) in [(words, 0), (behind.as_slice(), 1)] {
        for (context, schemes) in contexts(words, from, script) {
            for scheme in schemes {
                let mut pieces = Pieces::default();
                let mut at = from;
                while at < words.len() {
                    at += add_at(words, at, *scheme, &context, &mut pieces);
                }
                if pieces.list.is_empty() {
                    return false;
                }
                give(pieces);
            }
        }
    }
    true
}

/// What the rest of a name may make of the words from `from` on, and in which schemes they are read then.
fn contexts(words: &[Word], from: usize, script: Script) -> Vec<(Context, &'static [u8])> {
    let context = |person: bool, japanese: Option<usize>| Context {
        schemes: Vec::new(),
        cyrillic: cyrillic::Language::Russian,
        hangul_person: person,
        han_person: person,
        japanese,
        foreign: Vec::new(),
    };
    let schemes: &[u8] = match script {
        Script::Hangul => &[NORTH, SOUTH, REVISED, MCCUNE, TRANSLATED],
        Script::Han => &[PINYIN, SYLLABLES, TRANSLATED, HANJA_NORTH, HANJA_SOUTH],
        _ => &[HEPBURN, HEPBURN_LONG],
    };
    let mut all = vec![(context(false, None), schemes), (context(true, None), schemes)];
    if script == Script::Han {
        let surnames = (from..=words.len()).filter(|at| kanji::may_hold(&words[from..], at.wrapping_sub(from)));
        all.extend(surnames.map(|at| (context(false, Some(at)), [JAPANESE, JAPANESE_SECOND].as_slice())));
    }
    all
}
