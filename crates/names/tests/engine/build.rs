//! Building: whole or not at all, with everything that cannot be found reported.

use crate::world::{bytes_of, name, weights};
use names::facts::{Facts, Quality};
use names::index::{build, encode, Index, ListedParty};
use names::retrieve::{score_of, Scratch};
use names::similarity::RetrievalWeights;

/// Spoils one number.
type Change = fn(&mut RetrievalWeights);

#[test]
fn a_build_replaces_the_file_whole_and_older_readers_keep_theirs() {
    let folder = std::env::temp_dir().join(format!("names-build-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.names");
    let facts = Facts::default();
    let make = |listed: &str| {
        let names = [(listed, Quality::Primary)];
        build([ListedParty { key: "un:1", names: &names, facts: &facts }].into_iter(), &weights(), &path, &[0; 32])
    };
    assert_eq!(make("KIM Yong Chol").unwrap().names, 1);
    let before = Index::open(&path).unwrap();
    assert_eq!(make("JANG Song Chol").unwrap().parties, 1);
    let after = Index::open(&path).unwrap();
    assert_eq!(before.name(0).unwrap().text, "KIM Yong Chol");
    assert_eq!(after.name(0).unwrap().text, "JANG Song Chol");
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["a.names"]);
    drop((before, after));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_build_that_cannot_be_written_leaves_nothing_behind() {
    let facts = Facts::default();
    let names = [("KIM", Quality::Primary)];
    let party = ListedParty { key: "un:1", names: &names, facts: &facts };
    let folder = std::env::temp_dir().join(format!("names-taken-{}", std::process::id()));
    let taken = folder.join("a.names");
    std::fs::create_dir_all(taken.join("in the way")).unwrap();
    let error = build([party].into_iter(), &weights(), &taken, &[0; 32]).unwrap_err();
    assert_eq!(error.code(), "index-io");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_empty_list_is_an_index_that_finds_nothing() {
    let index = Index::from_bytes(&bytes_of(&[], &weights())).unwrap();
    let mut found = Vec::new();
    let work = index.retrieve(&name("kim yong chol"), score_of(0.3), &mut Scratch::new(), &mut found);
    assert!(found.is_empty() && !work.truncated);
}

#[test]
fn names_that_cannot_be_found_are_reported() {
    let facts = Facts::default();
    let names = [("kim", Quality::Primary), ("", Quality::Weak)];
    let party = ListedParty { key: "un:1", names: &names, facts: &facts };
    let read = |text: &str| match text {
        "" => names::normalise::Analysed::default(),
        _ => names::normalise::Analysed { truncated: true, ..name(text) },
    };
    let report = encode([party].into_iter(), read, &weights(), &[0; 32]).unwrap().1;
    assert_eq!((report.unreadable, report.cut), (vec![1], vec![0]));
}

#[test]
fn weights_outside_their_range_are_refused() {
    let wrong: [(&str, Change); 5] = [
        ("sound", |weights| weights.sound = 0),
        ("variant", |weights| weights.variant = 1025),
        ("stop_word", |weights| weights.stop_word = 0),
        ("join_cap", |weights| weights.join_cap = 13),
        ("work_cap", |weights| weights.work_cap = 10),
    ];
    for (field, change) in wrong {
        let mut weights = weights();
        change(&mut weights);
        assert_eq!(weights.validate().unwrap_err().field, field);
        let error = encode(std::iter::empty(), name, &weights, &[0; 32]).unwrap_err();
        assert_eq!(error.code(), "index-weights");
    }
}
