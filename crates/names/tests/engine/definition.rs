//! The engine against the definition: the same names with the same scores, for lists and queries made to be hard.

use crate::oracle::Oracle;
use crate::strategies::some_name;
use crate::world::{form_of, index_of, name, weights};
use names::normalise::{Analysed, Token, TokenClass};
use names::retrieve::{score_of, Candidate, Scratch};
use proptest::prelude::*;

/// What the definition answers, in the engine's order.
fn by_definition(oracle: &Oracle, list: &[Analysed], query: &Analysed, tau: u32) -> Vec<(u32, u32)> {
    let scored = list.iter().enumerate().map(|(id, listed)| (oracle.score(query, listed), id as u32));
    let mut found: Vec<(u32, u32)> = scored.filter(|(score, _)| *score >= tau).collect();
    found.sort_by_key(|(score, id)| (std::cmp::Reverse(*score), *id));
    found
}

fn pairs(candidates: &[Candidate]) -> Vec<(u32, u32)> {
    candidates.iter().map(|candidate| (candidate.score, candidate.name)).collect()
}

fn agree(list: &[Analysed], queries: &[Analysed], tau: f64) {
    let tau = score_of(tau);
    let index = index_of(list);
    let oracle = Oracle::new(list, &weights());
    let mut scratch = Scratch::new();
    let mut out = Vec::new();
    for query in queries {
        let work = index.retrieve(query, tau, &mut scratch, &mut out);
        assert_eq!(pairs(&out), by_definition(&oracle, list, query, tau), "query {query:?}");
        assert_eq!(work.truncated, query.truncated || query.forms.iter().any(|form| form.tokens.len() > 31));
    }
}

/// A name of the list with its tokens turned, joined, split or abbreviated: what queries are in life.
fn damaged() -> impl Strategy<Value = (prop::sample::Index, prop::sample::Index, u8)> {
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..7u8)
}

fn damage(list: &[Analysed], (which, place, kind): &(prop::sample::Index, prop::sample::Index, u8)) -> Analysed {
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
                let (left, right) = form.tokens[at].text.split_at(form.tokens[at].text.len() / 2);
                let right = Token { text: right.into(), class: TokenClass::Word, variant: 0 };
                form.tokens[at].text = left.into();
                form.tokens.insert(at + 1, right);
            }
            4 => {
                let initial: String = form.tokens[at].text.chars().take(1).collect();
                form.tokens[at] = Token { text: initial.into(), class: TokenClass::Initial, variant: 0 };
            }
            5 => {
                let turned: String = form.tokens[at].text.chars().rev().collect();
                form.tokens[at].text = turned.into();
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

#[test]
fn the_ninth_join_does_not_count() {
    let parts = |letter: char| (format!("kam{letter}"), format!("bol{letter}"));
    let split: Vec<String> = ('a'..='i').map(parts).map(|(one, two)| format!("{one} {two}")).collect();
    let joined: Vec<String> = ('a'..='i').map(parts).map(|(one, two)| one + &two).collect();
    let (mut split, mut joined) = (name(&split.join(" ")), name(&joined.join(" ")));
    // Without wholes, which are equal.
    split.forms[0].squashed = "".into();
    joined.forms[0].squashed = "".into();
    let list = [split.clone(), joined.clone()];
    agree(&list, &[split.clone(), joined.clone()], 0.3);
    let oracle = Oracle::new(&list, &weights());
    assert!(oracle.score(&split, &joined) < score_of(0.95 * 8.5 / 9.0));
}

#[test]
fn a_join_of_tokens_that_nobody_looked_for_still_counts() {
    let others = ["yong somebody", "chol somebody", "yongchol somebody"];
    let mut list: Vec<Analysed> = others.iter().cycle().take(240).map(|spelt| name(spelt)).collect();
    list.extend([name("qadhdhafi yongchol"), name("qadhdhafi yong chol")]);
    let queries = [name("yong qadhdhafi chol yong chol"), name("qadhdhafi yong chol"), name("qadhdhafi yongchol")];
    for tau in [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88] {
        agree(&list, &queries, tau);
    }
    let index = index_of(&list);
    let mut out = Vec::new();
    index.retrieve(&tokens_of("yong chol qadhdhafi"), score_of(0.85), &mut Scratch::new(), &mut out);
    assert!(out.iter().any(|candidate| candidate.name == 240), "{out:?}");
}

/// A name without its whole.
fn tokens_of(spelt: &str) -> Analysed {
    let mut read = name(spelt);
    read.forms[0].squashed = "".into();
    read
}

#[test]
fn a_long_name_is_found_by_any_of_its_words() {
    let words =
        "barqum celdofi dunvarte fosgil gamprot hilkuse jorvand kestimo lupdren mogfesti nurwaltz pexdorin quolbent";
    let all: Vec<&str> = words.split(' ').collect();
    for length in 5..=all.len() {
        let long = all[..length].join(" ");
        let list = [long.as_str(), "vistrem", &format!("{} z.", all[..length - 1].join(" "))].map(name);
        let queries = all[..length].windows(3).map(|words| name(&words.join(" ")));
        let queries: Vec<Analysed> = queries.chain([name(&format!("{} {} zandrok", all[0], all[1]))]).collect();
        for tau in [0.2, 0.3, 0.4, 0.5] {
            agree(&list, &queries, tau);
        }
    }
}
