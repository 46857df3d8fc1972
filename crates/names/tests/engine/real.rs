//! The engine against the definition on real names: over a million pairs, at two thresholds. `make prove` runs a
//! hundred million.

use crate::oracle::bulk::Bulk;
use crate::oracle::Oracle;
use crate::sources::{asked, data, every, listed};
use crate::world::{bytes_of, weights};
use names::index::Index;
use names::normalise::{analyse, Analysed, Side};
use names::retrieve::{score_of, Scratch};

/// Listed names, and names to ask for.
fn world() -> Option<(Vec<Analysed>, Vec<Analysed>)> {
    let data = data()?;
    let list: Vec<Analysed> = every(&listed(&data), 4000, 0).map(|text| analyse(text, Side::List)).collect();
    let queries = asked(&data, 400).iter().map(|text| analyse(text, Side::Query)).collect();
    Some((list, queries))
}

#[test]
fn a_million_real_pairs_agree_in_set_and_score() {
    let Some((list, queries)) = world() else {
        return;
    };
    assert!(list.len() * queries.len() >= 1_000_000, "{} names, {} queries", list.len(), queries.len());
    let index = Index::from_bytes(&bytes_of(&list, &weights())).unwrap();
    let oracle = Oracle::new(&list, &weights());
    let bulk = Bulk::new(&list, &oracle);
    let mut scratch = Scratch::new();
    let mut found = Vec::new();
    let mut hits = 0;
    for query in &queries {
        let scores = bulk.scores(query);
        for tau in [0.5, 0.7].map(score_of) {
            let work = index.retrieve(query, tau, &mut scratch, &mut found);
            found.sort_by_key(|candidate| candidate.name);
            let ours: Vec<(u32, u32)> = found.iter().map(|candidate| (candidate.name, candidate.score)).collect();
            let defined: Vec<(u32, u32)> =
                (0..).zip(scores.iter().copied()).filter(|(_, score)| *score >= tau).collect();
            assert_eq!(ours, defined, "{query:?}");
            assert_eq!(work.truncated, query.truncated);
            hits += ours.len();
        }
    }
    assert!(hits > 300, "only {hits} hits: the queries prove little");
}

#[test]
fn threads_batches_and_the_opened_file_give_the_same_answers() {
    let Some((list, queries)) = world() else {
        return;
    };
    let bytes = bytes_of(&list, &weights());
    let path = std::env::temp_dir().join(format!("names-real-{}.names", std::process::id()));
    std::fs::write(&path, &bytes).unwrap();
    let opened = Index::open(&path).unwrap();
    let index = Index::from_bytes(&bytes).unwrap();
    let many: Vec<Analysed> = queries.iter().cycle().take(queries.len() * 8).cloned().collect();
    let one = index.retrieve_batch(&many, score_of(0.5), 1);
    assert_eq!(one, index.retrieve_batch(&many, score_of(0.5), 5));
    assert_eq!(one, opened.retrieve_batch(&many, score_of(0.5), 2));
    let mut found = Vec::new();
    for answer in &one.found {
        let work = index.retrieve(&many[answer.query as usize], score_of(0.5), &mut Scratch::new(), &mut found);
        assert_eq!((&answer.candidates, answer.work), (&found, work));
    }
    drop(opened);
    std::fs::remove_file(&path).unwrap();
}
