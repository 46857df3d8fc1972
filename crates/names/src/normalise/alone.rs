//! What one word of a name may become whatever stands beside it: for those who judge words before they read the name.
//!
//! [`readings`] gives every sequence of pieces that a word, cut from its name at spaces, may contribute to a form, and
//! [`possible`] every token that a piece may become. Both are supersets: the neighbours decide which one it is. What
//! depends on the neighbours in any other way is refused, or marked. Pieces make something else together only when they
//! are single letters, begin a legal form of several words, are tens and ones, or are all syllables of Wade and Giles;
//! that shows from here. Whoever lets a word depend on others in a new way in `romanise` or `units` must refuse or mark it here as well:
//! `tests/delta/filter.rs` fails otherwise.

use super::latin::{self, Pieces};
use super::romanise::cyrillic::Language;
use super::romanise::{self, any_context, arabic, Context};
use super::script::{native_words, Script, Word};
use super::{look_alike, numbers, wade_giles, Token, TokenClass, MAX_TOKEN};
use crate::tables::{Entry, Stop, LEXICON};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Words of one family may be read one by one; a name of several families is read twice and thrice over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Family {
    Latin = 1,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Armenian,
    Georgian,
    Thai,
    Khmer,
    Hangul,
    Han,
    Kana,
    Other,
}

/// Calls `found` with the pieces of every reading of a word without spaces; `None` when the word cannot be read by
/// itself.
pub(crate) fn readings(word: &str, mut found: impl FnMut(&[&str])) -> Option<Family> {
    let mut given: Vec<Pieces> = Vec::new();
    let mut give = |pieces: Pieces| {
        let text = |at: usize| pieces.list.get(at).map_or("", |piece| pieces.slice(piece.start, piece.end));
        if given.iter().any(|known| known.text == pieces.text && known.alike(&pieces)) {
            return;
        }
        match pieces.list.len() {
            1 => found(&[text(0)]),
            many => found(&(0..many).map(text).collect::<Vec<&str>>()),
        }
        given.push(pieces);
    };
    let mut pieces = Pieces::with_room(word.len());
    if latin::pieces(word, false, &mut pieces) {
        let doubled = pieces.doubled;
        for one in [b'i', b'l'] {
            let Some(letters) = look_alike::without_digits(&pieces, one) else { break };
            give(letters);
        }
        give(pieces);
        if doubled {
            let mut long = Pieces::with_room(word.len() + 8);
            latin::pieces(word, true, &mut long);
            give(long);
        }
        return Some(Family::Latin);
    }
    let words = native_words(word);
    let family = words.first().and_then(family_of)?;
    let alike = words.iter().all(|word| family_of(word) == Some(family));
    // A servant's name (Abd) takes the next word with it, the Faith (al-Din) joins the one before.
    if !alike || words.iter().any(arabic::joins_a_neighbour) {
        return None;
    }
    match (family, words.first()) {
        (Family::Hangul | Family::Han | Family::Kana, Some(first)) => {
            if !any_context::read(&words, first.script, &mut give) {
                return None;
            }
        }
        _ => every_context(&words, family, &mut give),
    }
    if let Some(pieces) = look_alike::twins(&words) {
        give(pieces);
    }
    Some(family)
}

fn family_of(word: &Word) -> Option<Family> {
    Some(match word.script {
        Script::Cyrillic => Family::Cyrillic,
        Script::Greek => Family::Greek,
        Script::Arabic => Family::Arabic,
        Script::Hebrew => Family::Hebrew,
        Script::Armenian => Family::Armenian,
        Script::Georgian => Family::Georgian,
        Script::Thai => Family::Thai,
        Script::Khmer => Family::Khmer,
        Script::Hangul => Family::Hangul,
        Script::Han => Family::Han,
        Script::Kana => Family::Kana,
        Script::Other => Family::Other,
        // Letters of another script, read as the Latin ones they look like.
        Script::Latin => return None,
    })
}

/// Reads the words in every scheme of their family and in every context that the rest of a name of that family can make.
fn every_context(words: &[Word], family: Family, give: &mut impl FnMut(Pieces)) {
    let context = |cyrillic| Context {
        schemes: Vec::new(),
        cyrillic,
        hangul_person: false,
        han_person: false,
        japanese: None,
        foreign: Vec::new(),
    };
    let mut read = |context: &Context, schemes: &[u8]| {
        for scheme in schemes {
            let mut pieces = Pieces::default();
            romanise::add(words, *scheme, context, &mut pieces);
            give(pieces);
        }
    };
    let plain = context(Language::Russian);
    match family {
        Family::Cyrillic => {
            for language in Language::ALL {
                read(&context(language), language.schemes());
            }
            read(&plain, romanise::RUSSIAN_SYLLABLES);
            read(&plain, romanise::WESTERN);
        }
        Family::Arabic => read(&plain, romanise::ARABIAN),
        Family::Hebrew => read(&plain, romanise::HEBRAIC),
        Family::Greek => read(&plain, romanise::HELLENIC),
        Family::Armenian => read(&plain, romanise::HAYREN),
        _ => {
            read(&plain, &[romanise::ANY]);
        }
    }
}

/// How a piece may work together with its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ties {
    /// One letter: with others it may be one word.
    pub letter: bool,
    /// May be a stop word, so that its neighbours may be read as one with it.
    pub stop: bool,
    /// May begin a legal form of several words, or be the tens of a number.
    pub opens: bool,
    /// Is the second word of such a form, or may be the ones.
    pub continues: bool,
    /// A syllable of Wade and Giles: a name of nothing else may be read as pinyin.
    pub syllable: bool,
}

/// Puts every token that `piece` may become by itself into `out`; `None` when it is longer than a token may be.
pub(crate) fn possible(piece: &str, out: &mut Vec<Token>) -> Option<Ties> {
    static SECOND: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| LEXICON.second_words().collect());
    out.clear();
    if piece.len() > MAX_TOKEN {
        return None;
    }
    let entry = LEXICON.get(piece);
    let mut add = |text: &str, class, variant| out.push(Token { text: text.into(), class, variant });
    let letter = super::units::is_letter(piece);
    let variant = entry.map_or(0, |entry| entry.variant);
    let numeral = entry.and_then(|entry| entry.numeral).map(|numeral| numeral.digits);
    if letter {
        add(piece, TokenClass::Initial, 0);
        if let Some(digits) = numbers::trailing_roman(piece) {
            add(digits, TokenClass::Number, 0);
        }
    } else if let Some(digits) = numbers::digits(piece) {
        add(digits, TokenClass::Number, 0);
    } else {
        add(piece, TokenClass::Word, variant);
        if let Some(digits) = numeral {
            add(digits, TokenClass::Number, 0);
        }
        if numbers::is_number_sign(piece) {
            add("no", TokenClass::Stop, 0);
        }
    }
    if let Some(legal) = entry.and_then(|entry| entry.legal) {
        add(piece, TokenClass::Legal(legal.class), 0);
    }
    let stop = entry.is_some_and(|entry| entry.stop != Stop::No);
    if stop {
        add(piece, TokenClass::Stop, if letter { 0 } else { variant });
    }
    let tens = numeral.is_some_and(|digits| numbers::together(digits, "1").is_some());
    let ones =
        numeral.or_else(|| numbers::digits(piece)).is_some_and(|digits| numbers::together("20", digits).is_some());
    let opens = tens || entry.is_some_and(|entry: &Entry| entry.opens != 0);
    Some(Ties {
        letter,
        stop: stop || numbers::is_number_sign(piece),
        opens,
        continues: ones || SECOND.contains(piece),
        syllable: wade_giles::is_syllable(piece),
    })
}
