//! The definition for whole lists says what the definition for one pair says.

use crate::oracle::bulk::Bulk;
use crate::oracle::Oracle;
use crate::sources::{asked, data, every, listed};
use crate::strategies::some_name;
use crate::world::weights;
use names::normalise::{analyse, Analysed, Side};
use proptest::prelude::*;

/// How many of the scores are above zero.
fn same_scores(list: &[Analysed], queries: &[Analysed]) -> usize {
    let oracle = Oracle::new(list, &weights());
    let bulk = Bulk::new(list, &oracle);
    let mut above = 0;
    for query in queries {
        let scores: Vec<u32> = list.iter().map(|listed| oracle.score(query, listed)).collect();
        assert_eq!(bulk.scores(query), scores, "{query:?}");
        above += scores.iter().filter(|score| **score > 0).count();
    }
    above
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_definitions_agree_on_hard_names(
        list in prop::collection::vec(some_name(), 1..30),
        queries in prop::collection::vec(some_name(), 1..8),
    ) {
        same_scores(&list, &queries);
        same_scores(&list, &list[..list.len().min(4)]);
    }
}

#[test]
fn both_definitions_agree_on_real_names() {
    let Some(data) = data() else {
        return;
    };
    let list: Vec<Analysed> = every(&listed(&data), 1000, 0).map(|text| analyse(text, Side::List)).collect();
    let queries: Vec<Analysed> = asked(&data, 100).iter().map(|text| analyse(text, Side::Query)).collect();
    assert!(list.len() >= 1000 && queries.len() >= 80, "{} names, {} queries", list.len(), queries.len());
    let above = same_scores(&list, &queries);
    assert!(above > 1000, "only {above} pairs with anything in common");
}
