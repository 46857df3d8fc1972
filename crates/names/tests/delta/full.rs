//! A delta against the index over all names, on names made to be hard.

use crate::oracle::Oracle;
use crate::strategies::some_name;
use crate::world::{index_of, name, weights};
use names::delta::{Delta, Passing};
use names::facts::{Facts, Identifier, Quality};
use names::index::{encode, Index, ListedParty};
use names::normalise::{analyse, Analysed, Side};
use names::retrieve::{score_of, Candidate, Scratch};
use proptest::prelude::*;
use std::sync::Arc;

/// Each name a party of its own, not listed in `base`.
fn announced(base: &Arc<Index>, list: &[Analysed]) -> Delta {
    let texts: Vec<String> = (0..list.len()).map(|number| number.to_string()).collect();
    let names: Vec<[(&str, Quality); 1]> = texts.iter().map(|text| [(text.as_str(), Quality::Primary)]).collect();
    let facts = Facts::default();
    let parties = texts.iter().zip(&names).map(|(key, names)| ListedParty { key, names, facts: &facts });
    Delta::announced_as(base, parties, |text| list[text.parse::<usize>().unwrap()].clone()).unwrap()
}

fn thresholds() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0.3), Just(0.5), Just(0.7), Just(1.0), 0.3..1.0f64].prop_map(score_of)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_delta_answers_as_the_whole_index_does_for_its_names(
        list in prop::collection::vec(some_name(), 1..40),
        strangers in prop::collection::vec(some_name(), 1..6),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        tau in thresholds(),
    ) {
        let base = Arc::new(index_of(&list));
        let parties: Vec<u32> = chosen.iter().map(|one| one.index(list.len()) as u32).collect();
        let delta = Delta::of(&base, &parties).unwrap();
        let (mut passing, mut scratch) = (Passing::new(), Scratch::new());
        let (mut few, mut all) = (Vec::new(), Vec::new());
        for query in list.iter().chain(&strangers) {
            let work = delta.retrieve(query, tau, &mut passing, &mut few);
            let whole = base.retrieve(query, tau, &mut scratch, &mut all);
            all.retain(|one| parties.contains(&one.party));
            prop_assert_eq!((&few, work.truncated), (&all, whole.truncated));
        }
    }

    #[test]
    fn base_and_delta_together_answer_as_the_definition_over_both_by_the_statistics_of_the_base(
        old in prop::collection::vec(some_name(), 1..10),
        new in prop::collection::vec(some_name(), 1..6),
        tau in thresholds(),
    ) {
        let base = Arc::new(index_of(&old));
        let delta = announced(&base, &new);
        let oracle = Oracle::new(&old, &weights());
        let (mut passing, mut scratch) = (Passing::new(), Scratch::new());
        let (mut few, mut most) = (Vec::new(), Vec::new());
        for query in old.iter().chain(&new) {
            base.retrieve(query, tau, &mut scratch, &mut most);
            delta.retrieve(query, tau, &mut passing, &mut few);
            let shift = |one: &Candidate| (one.name + old.len() as u32, one.score);
            let mut found: Vec<(u32, u32)> = most.iter().map(|one| (one.name, one.score)).collect();
            found.extend(few.iter().map(shift));
            found.sort_unstable();
            let both = old.iter().chain(&new).map(|listed| oracle.score(query, listed));
            let defined: Vec<(u32, u32)> = (0..).zip(both).filter(|(_, score)| *score >= tau).collect();
            prop_assert_eq!(found, defined, "query {:?}", query);
        }
    }
}

#[test]
fn parties_that_do_not_exist_and_repeats_are_passed_over() {
    let base = Arc::new(index_of(&["kim yong chol", "jang song thaek"].map(name)));
    let delta = Delta::of(&base, &[7, 1, 1, u32::MAX]).unwrap();
    assert_eq!((delta.parties(), delta.names()), (1, 1));
    let mut out = Vec::new();
    delta.retrieve(&name("jang song thaek"), score_of(0.9), &mut Passing::new(), &mut out);
    assert_eq!(out.iter().map(|one| (one.party, one.name)).collect::<Vec<_>>(), [(1, 1)]);
    let none = Delta::of(&base, &[]).unwrap();
    none.retrieve_text("Jang Song Thaek", 1, &mut Passing::new(), &mut out);
    assert_eq!(out, []);
}

#[test]
fn an_equal_identifier_is_found_under_the_party_of_the_base() {
    let passport = |value: &str| Identifier { kind: "passport".into(), value: value.into(), country: "kp".into() };
    let facts = |value: &str| Facts { identifiers: vec![passport(value)], ..Facts::default() };
    let rows = [("one", facts("A1")), ("two", facts("B2"))];
    let names = [("KIM, Yong Chol", Quality::Primary)];
    let parties = rows.iter().map(|(key, facts)| ListedParty { key, names: &names, facts });
    let bytes = encode(parties, |text| analyse(text, Side::List), &weights(), &[0; 32]).unwrap().0;
    let base = Arc::new(Index::from_bytes(&bytes).unwrap());
    let delta = Delta::of(&base, &[1]).unwrap();
    let mut found = Vec::new();
    delta.equal_identifiers(&passport("B2"), &mut found);
    assert_eq!(found, [1]);
    delta.equal_identifiers(&passport("A1"), &mut found);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn one_memory_serves_several_deltas() {
    let base = Arc::new(index_of(&["kim yong chol", "jang song thaek"].map(name)));
    let (first, second) = (Delta::of(&base, &[0]).unwrap(), Delta::of(&base, &[1]).unwrap());
    let mut passing = Passing::new();
    let mut out = Vec::new();
    for _ in 0..2 {
        first.retrieve_text("Kim Yong Chol", score_of(0.5), &mut passing, &mut out);
        assert_eq!(out.len(), 1);
        second.retrieve_text("Kim Yong Chol", score_of(0.5), &mut passing, &mut out);
        assert_eq!(out, []);
        second.retrieve_text("Jang Song Thaek", score_of(0.5), &mut passing, &mut out);
        assert_eq!(out.len(), 1);
    }
}
