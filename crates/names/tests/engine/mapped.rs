//! The mapped view: the file on disk answers and refuses as the same bytes in memory. `make valgrind` runs these.

use crate::damage::small;
use crate::strategies::some_name;
use crate::world::{bytes_of, name, weights};
use names::index::Index;
use names::normalise::Analysed;
use names::retrieve::{score_of, Candidate, Scratch};
use proptest::prelude::*;
use std::path::PathBuf;

/// A file of one test, gone afterwards.
struct Saved(PathBuf);

impl Saved {
    fn new(test: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("names-{test}-{}.names", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn answers(index: &Index, queries: &[Analysed]) -> Vec<Vec<Candidate>> {
    let mut scratch = Scratch::new();
    let answer = |query| {
        let mut found = Vec::new();
        index.retrieve(query, score_of(0.3), &mut scratch, &mut found);
        found
    };
    queries.iter().map(answer).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_mapped_file_answers_as_the_bytes_in_memory(list in prop::collection::vec(some_name(), 1..25)) {
        let bytes = bytes_of(&list, &weights());
        let saved = Saved::new("mapped", &bytes);
        let (mapped, held) = (Index::open(&saved.0).unwrap(), Index::from_bytes(&bytes).unwrap());
        prop_assert_eq!(answers(&mapped, &list), answers(&held, &list));
        prop_assert_eq!(mapped.bytes(), held.bytes());
        for id in 0..held.names() {
            prop_assert_eq!(mapped.name(id), held.name(id));
        }
    }
}

#[test]
fn a_damaged_file_is_refused_as_the_same_bytes_in_memory() {
    let good = small();
    for at in (0..good.len()).step_by(211) {
        let mut bad = good.clone();
        bad[at] ^= 0x80;
        for bytes in [&bad[..], &good[..at]] {
            let saved = Saved::new("refused", bytes);
            let (mapped, held) = (Index::open(&saved.0).err(), Index::from_bytes(bytes).err());
            assert!(held.is_some() && mapped == held, "byte {at}: {mapped:?} and {held:?}");
        }
    }
}

#[test]
fn a_file_of_any_length_is_opened_or_refused_at_its_last_byte() {
    // Lengths around a page: a view that reads past its end is seen here.
    for length in (4090..4100).chain(8190..8194) {
        let saved = Saved::new("page", &vec![0; length]);
        assert_eq!(Index::open(&saved.0).err().unwrap().code(), "index-damaged");
    }
    let mut lengths = Vec::new();
    for count in 1..40 {
        let list: Vec<Analysed> = (0..count).map(|number| name(&format!("kim{} yong", "a".repeat(number)))).collect();
        let bytes = bytes_of(&list, &weights());
        lengths.push(bytes.len());
        let saved = Saved::new("lengths", &bytes);
        assert_eq!(answers(&Index::open(&saved.0).unwrap(), &list[count - 1..])[0][0].score, 65_536);
    }
    lengths.sort_unstable();
    lengths.dedup();
    assert!(lengths.len() > 20, "{lengths:?}");
}

#[test]
fn one_view_serves_many_threads_and_outlives_its_name() {
    let list: Vec<Analysed> = ["kim yong chol", "/al haramain", "j. kony"].map(name).into();
    let saved = Saved::new("shared", &bytes_of(&list, &weights()));
    let index = Index::open(&saved.0).unwrap();
    drop(saved);
    let expected = answers(&index, &list);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(answers(&index, &list), expected));
        }
    });
}
