//! Random names made to be hard.

use crate::world::form_of;
use names::normalise::{Analysed, Form, Token, TokenClass};
use proptest::prelude::*;

/// Texts that are near one another often: few letters, grown by repetition, damaged by an edit or two.
pub fn text() -> impl Strategy<Value = String> {
    let base = prop_oneof![
        6 => "[ab]{1,7}",
        4 => "(mohamm?[ae]d|ahmad|kim|yong|chol|zhang|yang|ivan|petrov|hafi?z|abd|rahman|osama|usamah)",
        2 => "[a-d]{3,12}",
        1 => "[abkyc]{3,4}",
        1 => "[ab]{60,66}",
        1 => "[a-z]{0,70}",
        1 => "[ab]{2,5}[12]{1,2}[ab]{0,3}",
        // Normalising never gives these; the engine is exact all the same.
        1 => "[ab\u{0}]{1,8}",
        1 => "[ab\u{202e}\u{200b}]{1,4}",
    ];
    (base, prop::collection::vec((any::<prop::sample::Index>(), 0..5u8), 0..3)).prop_map(|(mut text, edits)| {
        for (place, kind) in edits {
            let at = place.index(text.len() + 1);
            if !text.is_ascii() {
                continue;
            }
            match kind {
                0 => text.insert(at, 'a'),
                1 if at < text.len() => drop(text.remove(at)),
                2 if at < text.len() => text.replace_range(at..=at, "b"),
                3 if at + 1 < text.len() => {
                    let swapped = [text.as_bytes()[at + 1], text.as_bytes()[at]];
                    text.replace_range(at..at + 2, std::str::from_utf8(&swapped).unwrap());
                }
                _ => {}
            }
        }
        text
    })
}

pub fn some_token() -> impl Strategy<Value = Token> {
    let class = prop_oneof![
        12 => Just(TokenClass::Word),
        2 => Just(TokenClass::Initial),
        1 => Just(TokenClass::Number),
        1 => (1..3u16).prop_map(TokenClass::Legal),
        2 => Just(TokenClass::Stop),
    ];
    let variant = prop_oneof![6 => Just(0u32), 1 => 1..4u32];
    (text(), class, variant).prop_map(|(text, class, variant)| {
        let text = match class {
            TokenClass::Initial => text.chars().take(1).collect(),
            TokenClass::Number => format!("{}", text.len() % 4),
            TokenClass::Stop | TokenClass::Legal(_) => text.chars().take(2).collect(),
            TokenClass::Word => text,
        };
        Token { text: text.into(), class, variant }
    })
}

pub fn some_form() -> impl Strategy<Value = Form> {
    let plain = prop::collection::vec(some_token(), 0..5);
    let repeated = (some_token(), 1..40usize).prop_map(|(token, count)| vec![token; count]);
    let crowded = prop::collection::vec(some_token(), 28..36);
    prop_oneof![16 => plain, 1 => repeated, 1 => crowded].prop_map(form_of)
}

pub fn some_name() -> impl Strategy<Value = Analysed> {
    prop::collection::vec(some_form(), 0..3).prop_map(|forms| Analysed { forms, truncated: false })
}
