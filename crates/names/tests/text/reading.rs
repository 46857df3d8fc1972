//! What a text is read as, and the places of its tokens.

use names::normalise::{read_passage, Passage, TokenClass, MAX_PASSAGE};

/// Each token of a sequence with the part of the text it was made of.
fn tokens<'t>(text: &'t str, passage: &Passage, number: usize) -> Vec<(String, &'t str)> {
    let sequence = &passage.sequences[number];
    let place = |placed: &names::normalise::Placed| (placed.start as usize, placed.end as usize);
    let part = |placed| {
        let (start, end) = place(placed);
        &text[start..end]
    };
    sequence.tokens.iter().map(|placed| (passage.token(placed).text.to_string(), part(placed))).collect()
}

fn first(text: &str) -> Vec<(String, &str)> {
    tokens(text, &read_passage(text), 0)
}

fn pairs<'t>(expected: &[(&str, &'t str)]) -> Vec<(String, &'t str)> {
    expected.iter().map(|(token, part)| ((*token).to_owned(), *part)).collect()
}

#[test]
fn every_token_knows_the_letters_it_was_made_of() {
    let text = "Rent:  MÜLLER-O'Brien&Sons,\nSmith";
    let expected = [
        ("rent", "Rent"),
        ("muller", "MÜLLER"),
        ("obrien", "O'Brien"),
        ("and", "&"),
        ("sons", "Sons"),
        ("smith", "Smith"),
    ];
    assert_eq!(first(text), pairs(&expected));
}

#[test]
fn letters_with_stops_are_read_as_initials_and_as_one_word() {
    let text = "to A.T.E. Ltd";
    let passage = read_passage(text);
    let initials = tokens(text, &passage, 0);
    assert_eq!(initials, pairs(&[("to", "to"), ("a", "A"), ("t", "T"), ("e", "E"), ("ltd", "Ltd")]));
    assert_eq!(tokens(text, &passage, 1), pairs(&[("to", "to"), ("ate", "A.T.E"), ("ltd", "Ltd")]));
    let fresh: Vec<bool> = passage.sequences[1].tokens.iter().map(|placed| placed.fresh).collect();
    assert_eq!(fresh, [false, true, false]);
}

#[test]
fn what_only_its_place_makes_a_stop_word_is_also_read_as_a_word() {
    let text = "pay to Kim In Ryong today";
    let passage = read_passage(text);
    let class = |number: usize| passage.token(&passage.sequences[number].tokens[3]).class;
    assert_eq!((class(0), class(1)), (TokenClass::Stop, TokenClass::Word));
}

#[test]
fn a_text_in_another_script_is_read_in_each_of_its_schemes() {
    let text = "оплата Юрий Хрущёв, 김영철";
    let passage = read_passage(text);
    assert!(passage.sequences.len() > 3);
    let all: Vec<(String, &str)> =
        (0..passage.sequences.len()).flat_map(|number| tokens(text, &passage, number)).collect();
    for (token, part) in [("yuriy", "Юрий"), ("khrushchev", "Хрущёв"), ("kim", "김영철"), ("chol", "김영철")]
    {
        assert!(all.contains(&(token.to_owned(), part)), "{token}: {all:?}");
    }
}

#[test]
fn a_text_beyond_the_limit_is_cut_at_a_whole_character_and_says_so() {
    let passage = read_passage(&"ж ".repeat(MAX_PASSAGE));
    assert!(passage.truncated);
    assert!(!read_passage("ж").truncated);
}
