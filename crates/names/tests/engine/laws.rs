//! What must hold of every answer whatever the definition, and named cases.

use crate::strategies::some_name;
use crate::world::{bytes_of, form_of, index_of, name, token, weights};
use names::normalise::Analysed;
use names::retrieve::{score_of, Scratch};
use proptest::prelude::*;

/// Tokens of one letter class each, so far apart in length that no two adjacent ones make a third.
fn without_joins() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("(m{2}[a-c]{10}|k[a-e]{9}|q[a-d]{8}|=ltd1|/al|#[1-3]|x\\.)", 1..6)
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

    #[test]
    fn a_higher_threshold_finds_the_same_without_what_lies_below_it(
        list in prop::collection::vec(some_name(), 1..30),
        low in 0.3..1.0f64,
        high in 0.3..1.0f64,
    ) {
        let (low, high) = (score_of(low.min(high)), score_of(low.max(high)));
        let index = index_of(&list);
        let (mut all, mut few) = (Vec::new(), Vec::new());
        for query in &list {
            index.retrieve(query, low, &mut Scratch::new(), &mut all);
            index.retrieve(query, high, &mut Scratch::new(), &mut few);
            all.retain(|candidate| candidate.score >= high);
            prop_assert_eq!(&all, &few);
        }
    }

    #[test]
    fn the_order_of_the_list_changes_no_score(
        list in prop::collection::vec(some_name(), 1..30),
        turns in 0..30usize,
    ) {
        let turn = turns % list.len();
        let mut turned = list.clone();
        turned.rotate_left(turn);
        turned.reverse();
        let (straight, other) = (index_of(&list), index_of(&turned));
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        for query in &list {
            straight.retrieve(query, score_of(0.3), &mut Scratch::new(), &mut expected);
            other.retrieve(query, score_of(0.3), &mut Scratch::new(), &mut found);
            let before = |name: u32| ((list.len() - 1 - name as usize + turn) % list.len()) as u32;
            let mut back: Vec<(u32, u32)> = found.iter().map(|one| (before(one.name), one.score)).collect();
            back.sort_by_key(|(name, score)| (std::cmp::Reverse(*score), *name));
            let expected: Vec<(u32, u32)> = expected.iter().map(|one| (one.name, one.score)).collect();
            prop_assert_eq!(back, expected);
        }
    }

    #[test]
    fn a_batch_answers_as_each_query_alone_whatever_the_threads(
        list in prop::collection::vec(some_name(), 1..20),
        queries in prop::collection::vec(some_name(), 1..20),
        threads in 1..5usize,
    ) {
        let index = index_of(&list);
        // More than a thread takes at a time.
        let queries: Vec<Analysed> = queries.iter().chain(&list).cycle().take(2500).cloned().collect();
        let batch = index.retrieve_batch(&queries, score_of(0.5), threads);
        let mut answers = batch.found.into_iter().peekable();
        let mut alone = Vec::new();
        let mut scratch = Scratch::new();
        for (number, query) in queries.iter().enumerate() {
            let work = index.retrieve(query, score_of(0.5), &mut scratch, &mut alone);
            let answer = answers.next_if(|answer| answer.query as usize == number);
            prop_assert_eq!(answer.is_some(), work.truncated || !alone.is_empty());
            if let Some(answer) = answer {
                prop_assert_eq!((answer.candidates, answer.work), (alone.clone(), work));
            }
        }
        prop_assert!(answers.next().is_none());
    }
}

#[test]
fn any_number_of_threads_gives_the_same_batch() {
    let list: Vec<Analysed> =
        ["kim yong chol", "kim yongchul", "/al haramain foundation", "j. kony", "joseph kony"].map(name).into();
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
    read.forms.iter_mut().for_each(|form| form.squashed = "".into());
    read
}

fn found(list: &[&str], query: &str, tau: f64) -> Vec<(u32, u32)> {
    let list: Vec<Analysed> = list.iter().map(|spelt| name(spelt)).collect();
    let mut out = Vec::new();
    index_of(&list).retrieve(&name(query), score_of(tau), &mut Scratch::new(), &mut out);
    out.iter().map(|candidate| (candidate.name, candidate.score)).collect()
}

#[test]
fn the_same_name_scores_one_however_common_its_words() {
    assert_eq!(found(&["kim yong chol", "/the of =ltd1"], "kim yong chol", 1.0), [(0, 65_536)]);
    assert_eq!(found(&["a. b.", "/the =ltd1"], "/the =ltd1", 1.0), [(1, 65_536)]);
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
    assert_eq!((score_of(-1.0), score_of(0.5), score_of(f64::INFINITY)), (0, 32_768, 131_072));
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
        assert_eq!(found(&[listed, "someone else"], asked, 0.8).len(), 1, "{listed} / {asked}");
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
    let weights = names::similarity::RetrievalWeights { work_cap: 1000, ..weights() };
    let index = names::index::Index::from_bytes(&bytes_of(&list, &weights)).unwrap();
    let mut out = Vec::new();
    let query = Analysed { forms: vec![form_of(vec![token("kim"), token("x.")])], truncated: false };
    let work = index.retrieve(&query, score_of(0.3), &mut Scratch::new(), &mut out);
    assert!(work.truncated);
}
