//! The engine against the definition: the same names with the same scores, for lists and queries made to be hard.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod oracle;
#[path = "oracle/world.rs"]
mod world;

use names::normalise::{Analysed, Form, Token, TokenClass};
use names::retrieve::{score_of, Candidate, Scratch};
use oracle::Oracle;
use proptest::prelude::*;
use world::{form_of, index_of, name, weights};

/// What the definition answers, in the engine's order.
fn by_definition(
    oracle: &Oracle,
    list: &[Analysed],
    query: &Analysed,
    tau: u32,
) -> Vec<(u32, u32)> {
    let scored = list
        .iter()
        .enumerate()
        .map(|(id, listed)| (oracle.score(query, listed), id as u32));
    let mut found: Vec<(u32, u32)> = scored.filter(|(score, _)| *score >= tau).collect();
    found.sort_by_key(|(score, id)| (std::cmp::Reverse(*score), *id));
    found
}

fn pairs(candidates: &[Candidate]) -> Vec<(u32, u32)> {
    candidates
        .iter()
        .map(|candidate| (candidate.score, candidate.name))
        .collect()
}

fn agree(list: &[Analysed], queries: &[Analysed], tau: f64) {
    let tau = score_of(tau);
    let index = index_of(list);
    let oracle = Oracle::new(list, &weights());
    let mut scratch = Scratch::new();
    let mut out = Vec::new();
    for query in queries {
        let work = index.retrieve(query, tau, &mut scratch, &mut out);
        assert_eq!(
            pairs(&out),
            by_definition(&oracle, list, query, tau),
            "query {query:?}"
        );
        assert_eq!(
            work.truncated,
            query.truncated || query.forms.iter().any(|form| form.tokens.len() > 31)
        );
    }
}

/// Texts that are near one another often: few letters, grown by repetition, damaged by an edit or two.
fn text() -> impl Strategy<Value = String> {
    let base = prop_oneof![
        6 => "[ab]{1,7}",
        4 => "(mohamm?[ae]d|ahmad|kim|yong|chol|zhang|yang|ivan|petrov|hafi?z|abd|rahman|osama|usamah)",
        2 => "[a-d]{3,12}",
        1 => "[ab]{60,66}",
        1 => "[a-z]{0,70}",
        1 => "[ab]{2,5}[12]{1,2}[ab]{0,3}",
    ];
    (
        base,
        prop::collection::vec((any::<prop::sample::Index>(), 0..5u8), 0..3),
    )
        .prop_map(|(mut text, edits)| {
            for (place, kind) in edits {
                let at = place.index(text.len() + 1);
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

fn some_token() -> impl Strategy<Value = Token> {
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
        Token {
            text: text.into(),
            class,
            variant,
        }
    })
}

fn some_form() -> impl Strategy<Value = Form> {
    let plain = prop::collection::vec(some_token(), 0..5);
    let repeated = (some_token(), 1..40usize).prop_map(|(token, count)| vec![token; count]);
    let crowded = prop::collection::vec(some_token(), 28..36);
    prop_oneof![16 => plain, 1 => repeated, 1 => crowded].prop_map(form_of)
}

fn some_name() -> impl Strategy<Value = Analysed> {
    prop::collection::vec(some_form(), 0..3).prop_map(|forms| Analysed {
        forms,
        truncated: false,
    })
}

/// A name of the list with its tokens turned, joined, split or abbreviated: what queries are in life.
fn damaged() -> impl Strategy<Value = (prop::sample::Index, prop::sample::Index, u8)> {
    (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..7u8,
    )
}

fn damage(
    list: &[Analysed],
    (which, place, kind): &(prop::sample::Index, prop::sample::Index, u8),
) -> Analysed {
    let mut query = which.get(list).clone();
    for form in &mut query.forms {
        if form.tokens.is_empty() {
            continue;
        }
        let at = place.index(form.tokens.len());
        match kind {
            0 => form.tokens.rotate_left(at),
            1 => drop(form.tokens.remove(at)),
            2 if at + 1 < form.tokens.len() => {
                let next = form.tokens.remove(at + 1);
                form.tokens[at].text = format!("{}{}", form.tokens[at].text, next.text).into();
                form.tokens[at].class = TokenClass::Word;
            }
            3 if form.tokens[at].text.len() > 3 && form.tokens[at].text.is_ascii() => {
                let (left, right) = form.tokens[at]
                    .text
                    .split_at(form.tokens[at].text.len() / 2);
                let right = Token {
                    text: right.into(),
                    class: TokenClass::Word,
                    variant: 0,
                };
                form.tokens[at].text = left.into();
                form.tokens.insert(at + 1, right);
            }
            4 => {
                let initial: String = form.tokens[at].text.chars().take(1).collect();
                form.tokens[at] = Token {
                    text: initial.into(),
                    class: TokenClass::Initial,
                    variant: 0,
                };
            }
            5 => {
                form.tokens[at].text = form.tokens[at]
                    .text
                    .chars()
                    .rev()
                    .collect::<String>()
                    .into()
            }
            _ => {}
        }
        *form = form_of(form.tokens.clone());
    }
    query
}

fn thresholds() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.3), Just(0.5), Just(0.7), Just(1.0), 0.3..1.0f64]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_definition_agree_on_sets_and_scores(
        list in prop::collection::vec(some_name(), 1..40),
        strangers in prop::collection::vec(some_name(), 1..6),
        likenesses in prop::collection::vec(damaged(), 1..12),
        tau in thresholds(),
    ) {
        let queries: Vec<Analysed> = strangers.into_iter().chain(likenesses.iter().map(|one| damage(&list, one))).collect();
        agree(&list, &queries, tau);
    }

    #[test]
    fn names_of_nothing_but_initials_and_stop_words_are_found_exactly(
        list in prop::collection::vec("([a-c]\\.|/[ab]l|=ltd[12]|#[12]|abc|bca)( ([a-c]\\.|/[ab]l|=ltd[12]|#[12]|acb)){0,4}", 1..30),
        queries in prop::collection::vec("([a-c]\\.|/[ab]l|=ltd[12])( ([a-c]\\.|/[ab]l|=ltd[12])){0,4}", 1..10),
        tau in thresholds(),
    ) {
        let list: Vec<Analysed> = list.iter().map(|spelt| name(spelt)).collect();
        let queries: Vec<Analysed> = queries.iter().map(|spelt| name(spelt)).collect();
        agree(&list, &queries, tau);
    }

    #[test]
    fn joins_and_splits_beyond_the_cap_are_chosen_as_defined(
        list in prop::collection::vec("[ab]{1,6}( /?[ab]{1,6}){1,7}", 1..20),
        queries in prop::collection::vec("[ab]{1,9}( /?[ab]{1,9}){1,7}", 1..8),
        tau in thresholds(),
    ) {
        let list: Vec<Analysed> = list.iter().map(|spelt| name(spelt)).collect();
        let queries: Vec<Analysed> = queries.iter().map(|spelt| name(spelt)).collect();
        agree(&list, &queries, tau);
    }
}

/// Tokens of one letter class each, so far apart in length that no two adjacent ones make a third.
fn without_joins() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(
        "(m{2}[a-c]{10}|k[a-e]{9}|q[a-d]{8}|=ltd1|/al|#[1-3]|x\\.)",
        1..6,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_tokens_changes_nothing_where_nothing_can_join(
        names in prop::collection::vec(without_joins(), 1..20),
        turns in 0..5usize,
    ) {
        let list: Vec<Analysed> = names.iter().map(|tokens| tokens_only(tokens)).collect();
        let index = index_of(&list);
        let (mut straight, mut turned) = (Vec::new(), Vec::new());
        let mut scratch = Scratch::new();
        for tokens in &names {
            let mut other = tokens.clone();
            other.reverse();
            other.rotate_left(turns % tokens.len());
            index.retrieve(&tokens_only(tokens), score_of(0.3), &mut scratch, &mut straight);
            index.retrieve(&tokens_only(&other), score_of(0.3), &mut scratch, &mut turned);
            prop_assert_eq!(&straight, &turned);
        }
    }

    #[test]
    fn a_used_memory_answers_as_a_fresh_one(
        list in prop::collection::vec(some_name(), 1..30),
        other in prop::collection::vec(some_name(), 1..30),
    ) {
        let (first, second) = (index_of(&list), index_of(&other));
        let mut used = Scratch::new();
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        for query in list.iter().chain(&other) {
            for index in [&first, &second] {
                let work = index.retrieve(query, score_of(0.4), &mut used, &mut found);
                let fresh = index.retrieve(query, score_of(0.4), &mut Scratch::new(), &mut expected);
                prop_assert_eq!((work, &found), (fresh, &expected));
            }
        }
    }

    #[test]
    fn a_name_listed_twice_is_found_twice_with_one_score(list in prop::collection::vec(some_name(), 1..20)) {
        let doubled: Vec<Analysed> = list.iter().chain(&list).cloned().collect();
        let index = index_of(&doubled);
        let half = list.len() as u32;
        let mut found = Vec::new();
        for query in &list {
            index.retrieve(query, score_of(0.3), &mut Scratch::new(), &mut found);
            let of = |name: u32| found.iter().find(|candidate| candidate.name == name).map(|candidate| candidate.score);
            for name in 0..half {
                prop_assert_eq!(of(name), of(name + half));
            }
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_batch() {
    let list: Vec<Analysed> = [
        "kim yong chol",
        "kim yongchul",
        "/al haramain foundation",
        "j. kony",
        "joseph kony",
    ]
    .map(name)
    .into();
    let index = index_of(&list);
    let queries: Vec<Analysed> = list.iter().cycle().take(5000).cloned().collect();
    let one = index.retrieve_batch(&queries, score_of(0.6), 1);
    assert_eq!((one.queries, one.found.len()), (5000, 5000));
    for threads in [0, 2, 3, 7] {
        assert_eq!(one, index.retrieve_batch(&queries, score_of(0.6), threads));
    }
}

/// A form without a whole, which would depend on the order.
fn tokens_only(tokens: &[String]) -> Analysed {
    let mut read = name(&tokens.join(" "));
    read.forms
        .iter_mut()
        .for_each(|form| form.squashed = "".into());
    read
}

fn found(list: &[&str], query: &str, tau: f64) -> Vec<(u32, u32)> {
    let list: Vec<Analysed> = list.iter().map(|spelt| name(spelt)).collect();
    let mut out = Vec::new();
    index_of(&list).retrieve(&name(query), score_of(tau), &mut Scratch::new(), &mut out);
    out.iter()
        .map(|candidate| (candidate.name, candidate.score))
        .collect()
}

#[test]
fn the_same_name_scores_one_however_common_its_words() {
    assert_eq!(
        found(&["kim yong chol", "/the of =ltd1"], "kim yong chol", 1.0),
        [(0, 65_536)]
    );
    assert_eq!(
        found(&["a. b.", "/the =ltd1"], "/the =ltd1", 1.0),
        [(1, 65_536)]
    );
}

#[test]
fn a_name_without_letters_finds_and_is_found_by_nothing() {
    assert_eq!(found(&["", "kim"], "", 0.0), []);
    assert_eq!(found(&["", "kim"], "kim", 0.0).len(), 1);
}

#[test]
fn a_threshold_above_one_finds_nothing_and_what_is_no_number_means_one() {
    assert_eq!(found(&["kim"], "kim", 1.5), []);
    assert_eq!(score_of(f64::NAN), 65_536);
    assert_eq!(
        (score_of(-1.0), score_of(0.5), score_of(f64::INFINITY)),
        (0, 32_768, 131_072)
    );
}

#[test]
fn joined_and_split_names_find_one_another() {
    for (listed, asked) in [
        ("kim yong chol", "kim yongchol"),
        ("kim yongchol", "kim yong chol"),
        ("abd /al rahman", "abdalrahman"),
        ("abdulrahman", "abd /al rahman"),
        ("/al haramain foundation", "alharamainfoundation"),
    ] {
        assert_eq!(
            found(&[listed, "someone else"], asked, 0.8).len(),
            1,
            "{listed} / {asked}"
        );
    }
}

#[test]
fn a_different_number_is_another_thing() {
    let scores = found(&["sparta #4", "sparta #5", "sparta"], "sparta #4", 0.3);
    assert_eq!(scores[0], (0, 65_536));
    assert!(scores[1].1 < 60_000 && scores[2].1 < 60_000, "{scores:?}");
    let scores = found(&["unit61398", "unit61399"], "unit #61398", 0.3);
    assert_eq!(scores.len(), 1);
}

#[test]
fn a_work_cap_that_is_hit_is_reported() {
    let list: Vec<Analysed> = (0..1500).map(|_| name("kim")).collect();
    let weights = names::similarity::RetrievalWeights {
        work_cap: 1000,
        ..weights()
    };
    let index = names::index::Index::from_bytes(&world::bytes_of(&list, &weights)).unwrap();
    let mut out = Vec::new();
    let query = Analysed {
        forms: vec![form_of(vec![world::token("kim"), world::token("x.")])],
        truncated: false,
    };
    let work = index.retrieve(&query, score_of(0.3), &mut Scratch::new(), &mut out);
    assert!(work.truncated);
}
