//! Letters of one script that look like another's: the disguise that costs nothing, and the typing error of two keyboards.

use super::latin::Pieces;
use super::script::{may_mix, script_of, Script, Word};

/// Latin letter that looks like a Cyrillic or Greek one, in upper or in lower case.
fn latin_twin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'ε' => 'e',
        'н' | 'η' | 'һ' => 'h',
        'і' | 'ї' | 'ι' | 'ӏ' => 'i',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' | 'қ' => 'k',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' | 'ҳ' => 'x',
        'у' | 'υ' | 'ү' | 'γ' => 'y',
        'ζ' => 'z',
        _ => return None,
    })
}

fn cyrillic_twin(c: char) -> Option<char> {
    Some(match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'j' => 'ј',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        's' => 'ѕ',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}

/// The word in the Latin letters it looks like; `None` when one of its letters looks like none.
pub(super) fn as_latin(text: &str) -> Option<String> {
    text.chars().map(|c| if c.is_ascii() { Some(c) } else { latin_twin(c) }).collect()
}

/// Gives a word of several scripts its one script: letters that look like the others' are read as those.
pub(super) fn settle(word: &mut Word) {
    if !may_mix(word.script, Script::Latin) {
        return;
    }
    let count = |script: Script| word.text.chars().filter(|c| script_of(*c) == script && !c.is_ascii_digit()).count();
    let (latin, cyrillic, greek) = (count(Script::Latin), count(Script::Cyrillic), count(Script::Greek));
    let foreign = if cyrillic >= greek { Script::Cyrillic } else { Script::Greek };
    if cyrillic + greek == 0 {
        word.script = Script::Latin;
        return;
    }
    word.script = foreign;
    if latin == 0 {
        return;
    }
    let in_latin = as_latin(&word.text);
    let in_cyrillic = || -> Option<String> {
        let twin = |c: char| {
            if c.is_ascii_alphabetic() {
                cyrillic_twin(c)
            } else {
                Some(c)
            }
        };
        word.text.chars().map(twin).collect::<Option<String>>().filter(|_| foreign == Script::Cyrillic)
    };
    let (text, script) = match in_latin {
        Some(text) if latin >= cyrillic + greek => (text, Script::Latin),
        in_latin => match (in_cyrillic(), in_latin) {
            (Some(text), _) => (text, Script::Cyrillic),
            (None, Some(text)) => (text, Script::Latin),
            (None, None) => return,
        },
    };
    word.text = text;
    word.script = script;
    word.disguised = true;
}

/// The whole name in Latin letters when some word is foreign and none but looks Latin (СОСО beside CORP).
pub(super) fn in_latin(words: &[Word]) -> Option<Pieces> {
    let foreign = |word: &Word| matches!(word.script, Script::Cyrillic | Script::Greek);
    if !words.iter().any(|word| foreign(word) && word.text.len() > 2) {
        return None;
    }
    twins(words)
}

/// The words in Latin letters when every one is Latin or looks so, however short.
pub(super) fn twins(words: &[Word]) -> Option<Pieces> {
    let foreign = |word: &Word| matches!(word.script, Script::Cyrillic | Script::Greek);
    let mut pieces = Pieces::default();
    for word in words {
        match word.script {
            Script::Latin => pieces.add(&word.text, word.gap),
            _ if foreign(word) => pieces.add(&as_latin(&word.text)?, word.gap),
            _ => return None,
        }
    }
    Some(pieces)
}

/// The pieces with single digits inside a word read as the letters they look like (Sech1n, Ig0r, Pu7in), 1 as `one`;
/// `None` when no word holds such. A digit at either end, or beside another, is a number's or a model's (4th, A320).
pub(super) fn without_digits(pieces: &Pieces, one: u8) -> Option<Pieces> {
    if !pieces.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut read = Pieces::with_room(pieces.text.len());
    let mut found = false;
    for piece in &pieces.list {
        let word = pieces.slice(piece.start, piece.end);
        match letters_for_digits(word.as_bytes(), one) {
            Some(letters) => {
                found = true;
                read.add(&letters, piece.gap);
            }
            None => read.add(word, piece.gap),
        }
    }
    found.then_some(read)
}

fn letters_for_digits(word: &[u8], one: u8) -> Option<String> {
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    if word.len() < 4 || digits == 0 || digits * 3 > word.len() {
        return None;
    }
    let mut letters = String::with_capacity(word.len());
    for (at, &byte) in word.iter().enumerate() {
        let letter = |at: Option<usize>| at.and_then(|at| word.get(at)).is_some_and(u8::is_ascii_alphabetic);
        let inside = letter(at.checked_sub(1)) && letter(Some(at + 1));
        letters.push(match byte {
            b'a'..=b'z' => byte as char,
            b'0' if inside => 'o',
            b'1' if inside => one as char,
            b'3' if inside => 'e',
            b'4' if inside => 'a',
            b'5' if inside => 's',
            b'7' if inside => 't',
            _ => return None,
        });
    }
    Some(letters)
}
