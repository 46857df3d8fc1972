//! The text mode against the definition, on lists and texts made to be hard.

use crate::brute;
use crate::strategies::{some_name, some_token};
use crate::world::{index_of, name, weights};
use names::index::Index;
use names::normalise::{Analysed, Form, Origin, Passage, Placed, Sequence, Token, TokenClass};
use names::retrieve::score_of;
use names::text::{Inside, TextIndex, TextScratch};
use proptest::prelude::*;

fn rows(found: &[Inside]) -> Vec<(u32, u32, u32, u32)> {
    found.iter().map(|one| (one.name, one.score, one.start, one.end)).collect()
}

/// One reading, the tokens ten bytes apart.
fn passage(tokens: Vec<Token>) -> Passage {
    let place = |token: u32| Placed { token, start: token * 10, end: token * 10 + 9, fresh: false };
    let first = Sequence { tokens: (0..tokens.len() as u32).map(place).collect(), origin: Origin::Written };
    Passage { tokens, sequences: vec![first], truncated: false }
}

/// Adds a further reading: some tokens replaced, some run together with the next, some parted.
fn reread(text: &mut Passage, changes: &[(u8, Token)]) {
    let first = text.sequences[0].tokens.clone();
    let mut tokens: Vec<Placed> = Vec::new();
    let mut at = 0;
    while at < first.len() {
        let placed = first[at];
        let (kind, other) = &changes[at % changes.len()];
        let next = first.get(at + 1);
        let mut fresh = |token: Token| {
            text.tokens.push(token);
            Placed { token: text.tokens.len() as u32 - 1, fresh: true, ..placed }
        };
        match (kind, next) {
            (0, _) => tokens.push(fresh(other.clone())),
            (1, Some(next)) => {
                let [one, two] = [placed, *next].map(|placed| text.tokens[placed.token as usize].text.clone());
                text.tokens.push(Token { text: format!("{one}{two}").into(), class: TokenClass::Word, variant: 0 });
                let token = text.tokens.len() as u32 - 1;
                tokens.push(Placed { token, end: next.end, fresh: true, ..placed });
                at += 1;
            }
            (2, _) => {
                tokens.push(Placed { fresh: true, ..placed });
                tokens.push(fresh(other.clone()));
            }
            _ => tokens.push(placed),
        }
        at += 1;
    }
    text.sequences.push(Sequence { tokens, origin: Origin::Joined });
}

fn agree(index: &Index, list: &[Analysed], text: &Passage, tau: u32, scratch: &mut TextScratch) {
    let mut found = Vec::new();
    let work = TextIndex::of(index, tau).find(index, text, scratch, &mut found);
    assert_eq!(rows(&found), brute::find(list, &weights(), text, tau), "{text:?}");
    assert!(!work.truncated);
}

/// Words of the list among others, so that texts hold names, parts of names and names damaged.
fn some_text(list: &[Analysed], parts: &[(prop::sample::Index, u8, Token)]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (which, kind, other) in parts {
        let known = &which.get(list).forms.first().map_or(&[][..], |form| &form.tokens[..form.tokens.len().min(5)]);
        match kind {
            0 => tokens.push(other.clone()),
            1 => tokens.extend(known.iter().rev().cloned()),
            2 => tokens.extend(known.iter().skip(1).cloned()),
            3 => tokens.extend(known.iter().flat_map(|token| [token.clone(), other.clone()])),
            4 => tokens.extend(known.iter().map(|token| match token.text.chars().next() {
                Some(letter) => Token { text: letter.to_string().into(), class: TokenClass::Initial, variant: 0 },
                None => token.clone(),
            })),
            5 => tokens.push(Token {
                text: known
                    .iter()
                    .map(|token| &*token.text)
                    .collect::<String>()
                    .chars()
                    .take(64)
                    .collect::<String>()
                    .into(),
                class: TokenClass::Word,
                variant: 0,
            }),
            _ => tokens.extend(known.iter().cloned()),
        }
    }
    tokens.truncate(14);
    tokens
}

fn some_parts() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, Token)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..8u8, some_token()), 1..6)
}

fn some_changes() -> impl Strategy<Value = Vec<(u8, Token)>> {
    prop::collection::vec((0..6u8, some_token()), 1..5)
}

fn thresholds() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.5), Just(0.7), Just(0.8), Just(1.0), 0.3..1.0f64]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_scores_and_places_are_those_of_the_definition(
        list in prop::collection::vec(some_name(), 1..12),
        parts in some_parts(),
        changes in some_changes(),
        tau in thresholds(),
    ) {
        let index = index_of(&list);
        let mut text = passage(some_text(&list, &parts));
        let mut scratch = TextScratch::default();
        agree(&index, &list, &text, score_of(tau), &mut scratch);
        reread(&mut text, &changes);
        // What is remembered from the first text must not change the second answer.
        agree(&index, &list, &text, score_of(tau), &mut scratch);
    }

    #[test]
    fn initials_stop_words_and_legal_forms_are_found_where_the_definition_finds_them(
        list in prop::collection::vec("([a-c]\\.|/[ab]l|=ltd[12]|#[12]|abc|bca)( ([a-c]\\.|/[ab]l|=ltd[12]|#[12]|acb)){0,4}", 1..12),
        text in "([a-c]\\.|/[ab]l|=ltd[12]|abc|bc)( ([a-c]\\.|/[ab]l|=ltd[12]|acb)){0,9}",
        tau in thresholds(),
    ) {
        let list: Vec<Analysed> = list.iter().map(|spelt| name(spelt)).collect();
        let text = passage(name(&text).forms[0].tokens.clone());
        agree(&index_of(&list), &list, &text, score_of(tau), &mut TextScratch::default());
    }

    #[test]
    fn joined_and_split_words_are_found_where_the_definition_finds_them(
        list in prop::collection::vec("[ab]{1,6}( /?[ab]{1,6}){1,4}", 1..8),
        text in "[ab]{1,9}( /?[ab]{1,9}){1,9}",
        tau in thresholds(),
    ) {
        let list: Vec<Analysed> = list.iter().map(|spelt| name(spelt)).collect();
        let text = passage(name(&text).forms[0].tokens.clone());
        agree(&index_of(&list), &list, &text, score_of(tau), &mut TextScratch::default());
    }
}

/// Texts longer than a block: names stand on every border.
#[test]
fn no_name_is_lost_on_the_border_of_two_blocks() {
    let list = [name("yong chol kim"), name("qadhdhafi"), name("abd /al rahman")];
    let index = index_of(&list);
    let filler = |count: usize| vec!["filler"; count].join(" ");
    for before in 85..100 {
        let text = format!("{} kim yongchol {} abdalrahman qadhafi {}", filler(before), filler(90), filler(120));
        let text = passage(text.split(' ').map(crate::world::token).collect());
        let mut found = Vec::new();
        let index_of_text = TextIndex::of(&index, score_of(0.7));
        index_of_text.find(&index, &text, &mut TextScratch::default(), &mut found);
        let places: Vec<(u32, u32)> = found.iter().map(|one| (one.name, one.start / 10 - before as u32)).collect();
        assert_eq!(places, [(0, 0), (1, 93), (2, 92)]);
    }
}

#[test]
fn a_text_index_of_another_list_finds_nothing_and_says_so() {
    let list = [name("yong chol kim")];
    let (index, other) = (index_of(&list), index_of(&list));
    let mut found = Vec::new();
    let text = passage(list[0].forms[0].tokens.clone());
    let work = TextIndex::of(&other, score_of(0.8)).find(&index, &text, &mut TextScratch::default(), &mut found);
    assert!(found.is_empty() && work.truncated);
}

#[test]
fn an_initial_of_no_letter_stands_for_no_number() {
    let token = |(text, class): (&str, TokenClass)| Token { text: text.into(), class, variant: 0 };
    let [a, one] = [("a", TokenClass::Word), ("1", TokenClass::Number)].map(token);
    let tokens = vec![a.clone(), a.clone(), token(("\0", TokenClass::Initial))];
    let squashed = tokens.iter().map(|token| &*token.text).collect::<String>().into();
    let form = Form { squashed, tokens, origin: Origin::Written };
    let list = vec![Analysed { forms: vec![form], truncated: false }];
    agree(&index_of(&list), &list, &passage(vec![a.clone(), one, a]), score_of(0.3), &mut TextScratch::default());
}
