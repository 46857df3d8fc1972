//! Small lists made for one test, and the weights all tests use.

use names::facts::{Facts, Quality};
use names::index::{encode, Index, ListedParty};
use names::normalise::{Analysed, Form, Origin, Token, TokenClass};
use names::similarity::RetrievalWeights;

pub fn weights() -> RetrievalWeights {
    RetrievalWeights {
        variant: 973,
        legal: 922,
        sound: 768,
        family: 666,
        part: 594,
        initial: 614,
        join: 973,
        whole: 973,
        acronym: 819,
        edit: 1229,
        word_floor: 512,
        stop_word: 64,
        legal_form: 128,
        initial_letter: 256,
        join_cap: 8,
        work_cap: 4_000_000,
    }
}

/// Words by their text; `m.` is an initial, `/of` a stop word, `=ltd3` a legal form of class 3, `#4` a
/// number, `word~7` a word of variant class 7.
pub fn token(spelt: &str) -> Token {
    let (text, variant) = match spelt.split_once('~') {
        Some((text, class)) => (text, class.parse().unwrap()),
        None => (spelt, 0),
    };
    let make = |text: &str, class| Token { text: text.into(), class, variant };
    if let Some(initial) = text.strip_suffix('.') {
        make(initial, TokenClass::Initial)
    } else if let Some(stop) = text.strip_prefix('/') {
        make(stop, TokenClass::Stop)
    } else if let Some(number) = text.strip_prefix('#') {
        make(number, TokenClass::Number)
    } else if let Some(legal) = text.strip_prefix('=') {
        let (text, class) = legal.split_at(legal.len() - 1);
        make(text, TokenClass::Legal(class.parse().unwrap()))
    } else {
        make(text, TokenClass::Word)
    }
}

pub fn form(spelt: &str) -> Form {
    form_of(spelt.split_whitespace().map(token).collect())
}

pub fn form_of(tokens: Vec<Token>) -> Form {
    let squashed: String = tokens.iter().map(|token| &*token.text).collect();
    Form { tokens, squashed: squashed.into(), origin: Origin::Written }
}

/// Forms separated by `|`.
pub fn name(spelt: &str) -> Analysed {
    Analysed { forms: spelt.split('|').map(form).collect(), truncated: false }
}

/// Each name is a party of its own.
pub fn bytes_of(list: &[Analysed], weights: &RetrievalWeights) -> Vec<u8> {
    let texts: Vec<String> = (0..list.len()).map(|number| number.to_string()).collect();
    let names: Vec<[(&str, Quality); 1]> = texts.iter().map(|text| [(text.as_str(), Quality::Primary)]).collect();
    let facts = Facts::default();
    let parties = texts.iter().zip(&names).map(|(key, names)| ListedParty { key, names, facts: &facts });
    let read = |text: &str| list[text.parse::<usize>().unwrap()].clone();
    encode(parties, read, weights, &[7; 32]).unwrap().0
}

pub fn index_of(list: &[Analysed]) -> Index {
    Index::from_bytes(&bytes_of(list, &weights())).unwrap()
}
