//! The file: whatever is done to its bytes, opening it ends in an error or in an index that answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "oracle/world.rs"]
#[allow(dead_code)]
mod world;

use names::facts::{Birth, Facts, Gender, Identifier, Kind, Quality};
use names::file::IndexError;
use names::index::{build, encode, Index, ListedParty};
use names::retrieve::{score_of, Scratch};
use names::similarity::RetrievalWeights;
use proptest::prelude::*;
use std::path::PathBuf;
use world::{bytes_of, name, weights};

const HEADER: usize = 128;
const ENTRY: usize = 24;

fn identifier(value: &str) -> Identifier {
    Identifier {
        kind: "passport".into(),
        value: value.into(),
        country: "kp".into(),
    }
}

fn facts() -> Facts {
    Facts {
        kind: Some(Kind::Person),
        gender: Some(Gender::Male),
        births: vec![
            Birth {
                first: -2874,
                last: -2874,
                circa: false,
            },
            Birth {
                first: 0,
                last: 364,
                circa: true,
            },
        ],
        nationalities: vec!["kp".into()],
        countries: vec!["cn".into(), "ru".into()],
        identifiers: vec![identifier("563410081"), identifier("A1")],
    }
}

fn small() -> Vec<u8> {
    let facts = facts();
    let names = [
        ("kim yong chol", Quality::Primary),
        ("kim", Quality::Weak),
        ("yongchol m. ~x ltd", Quality::Former),
    ];
    let others = [
        ("корея", Quality::Strong),
        ("al haramain /al foundation =ltd1", Quality::Primary),
    ];
    let parties = [
        ListedParty {
            key: "ofac-sdn:9345",
            names: &names,
            facts: &facts,
        },
        ListedParty {
            key: "un:1",
            names: &others,
            facts: &Facts::default(),
        },
        ListedParty {
            key: "un:2",
            names: &[],
            facts: &facts,
        },
    ];
    encode(
        parties.into_iter(),
        |text| name(&text.replace('~', "")),
        &weights(),
        &[9; 32],
    )
    .unwrap()
    .0
}

/// Opens the bytes and asks everything an index can be asked.
fn use_fully(bytes: &[u8]) -> Result<(), IndexError> {
    let index = Index::from_bytes(bytes)?;
    let (mut scratch, mut found) = (Scratch::new(), Vec::new());
    for query in [
        "kim yong chol",
        "yongchol",
        "k. y.",
        "haramain al foundation",
        "=ltd1",
        "/al",
        "корея",
        "kimm",
    ] {
        for tau in [0.3, 1.0] {
            index.retrieve(&name(query), score_of(tau), &mut scratch, &mut found);
        }
        for candidate in &found {
            assert!(candidate.score <= 65_536 && candidate.party < index.parties());
        }
    }
    for id in 0..index.names() {
        assert!(index.name(id).is_some());
    }
    for id in 0..index.parties() {
        let _ = index.party(id).unwrap().facts();
    }
    index.equal_identifiers(&identifier("563410081"), &mut Vec::new());
    Ok(())
}

/// Makes every checksum right again, so that only the checks of the content remain.
fn reseal(bytes: &mut [u8]) {
    let count = u32::from_le_bytes(bytes[20..24].try_into().unwrap()) as usize;
    let table_end = (HEADER + count * ENTRY).min(bytes.len());
    for number in 0..count {
        let entry = HEADER + number * ENTRY;
        let Some(place) = bytes.get(entry..entry + ENTRY) else {
            return;
        };
        let start = u64::from_le_bytes(place[8..16].try_into().unwrap()) as usize;
        let length = u64::from_le_bytes(place[16..24].try_into().unwrap()) as usize;
        let Some(content) = start
            .checked_add(length)
            .and_then(|end| bytes.get(start..end))
        else {
            continue;
        };
        let checksum = crc32fast::hash(content).to_le_bytes();
        bytes[entry + 4..entry + 8].copy_from_slice(&checksum);
    }
    let length = (bytes.len() as u64).to_le_bytes();
    bytes[56..64].copy_from_slice(&length);
    bytes[64..68].fill(0);
    let checksum = crc32fast::hash(&bytes[..table_end]).to_le_bytes();
    bytes[64..68].copy_from_slice(&checksum);
}

#[test]
fn every_changed_byte_is_found() {
    let good = small();
    use_fully(&good).unwrap();
    for at in 0..good.len() {
        for flip in [1u8, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            assert!(
                Index::from_bytes(&bad).is_err(),
                "byte {at} of {}",
                good.len()
            );
        }
    }
}

#[test]
fn every_cut_is_found() {
    let good = small();
    for length in 0..good.len() {
        assert!(
            matches!(
                Index::from_bytes(&good[..length]),
                Err(IndexError::Damaged(_))
            ),
            "cut at {length}"
        );
        let mut cut = good[..length].to_vec();
        if length > 68 {
            reseal(&mut cut);
            assert!(
                Index::from_bytes(&cut).is_err(),
                "cut and sealed at {length}"
            );
        }
    }
    let mut longer = good.clone();
    longer.push(0);
    assert!(Index::from_bytes(&longer).is_err());
}

#[test]
fn a_changed_byte_under_right_checksums_never_panics() {
    let good = small();
    let mut refused = 0;
    for at in 0..good.len() {
        for flip in [1u8, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            reseal(&mut bad);
            refused += usize::from(use_fully(&bad).is_err());
        }
    }
    assert!(refused > good.len() / 2, "{refused} of {}", 3 * good.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lying_numbers_under_right_checksums_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![
            any::<u32>(), 0..40u32, Just(u32::MAX), Just(u32::MAX - 1), Just(1 << 31)
        ]), 1..4),
    ) {
        let mut bad = small();
        let units = bad.len() / 4;
        for (place, value) in changes {
            let at = place.index(units) * 4;
            bad[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        reseal(&mut bad);
        let _ = use_fully(&bad);
    }

    #[test]
    fn bytes_that_are_no_index_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Index::from_bytes(&bytes).is_err());
    }
}

#[test]
fn each_kind_of_refusal_has_its_own_error() {
    let good = small();
    let change = |at: usize, value: u32| {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        reseal(&mut bytes);
        Index::from_bytes(&bytes).err().unwrap()
    };
    let swapped = u32::from_le_bytes(good[8..12].try_into().unwrap()).swap_bytes();
    assert_eq!(change(8, swapped), IndexError::OtherByteOrder);
    assert_eq!(change(12, 77), IndexError::OtherVersion { found: 77 });
    assert_eq!(change(16, 5), IndexError::OtherStatistics);
    let codes = [
        change(8, swapped),
        change(12, 77),
        change(16, 5),
        change(0, 0),
    ]
    .map(|error| error.code());
    assert_eq!(
        codes,
        [
            "index-byte-order",
            "index-version",
            "index-statistics",
            "index-damaged"
        ]
    );
    let absent = Index::open(&PathBuf::from("/nonexistent/index.names"))
        .err()
        .unwrap();
    assert_eq!(absent.code(), "index-io");
    assert!(absent.to_string().contains("/nonexistent/index.names") && !absent.mend().is_empty());
}

#[test]
fn the_file_keeps_everything_it_was_given() {
    let index = Index::from_bytes(&small()).unwrap();
    assert_eq!(
        (index.parties(), index.names(), index.build_id()),
        (3, 5, &[9; 32])
    );
    let party = index.party(0).unwrap();
    assert_eq!(
        (party.key, party.names.clone(), party.facts()),
        ("ofac-sdn:9345", 0..3, facts())
    );
    assert_eq!(index.party(1).unwrap().facts(), Facts::default());
    let listed = index.name(1).unwrap();
    assert_eq!(
        (listed.text, listed.party, listed.quality),
        ("kim", 0, Quality::Weak)
    );
    assert_eq!(index.name(3).unwrap().text, "корея");
    assert!(index.name(5).is_none() && index.party(3).is_none());
    assert_eq!(index.weights(), &weights());
}

#[test]
fn equal_identifiers_are_found_whatever_their_type_and_country() {
    let index = Index::from_bytes(&small()).unwrap();
    let mut found = vec![77];
    let other = Identifier {
        kind: "tax_id".into(),
        value: "563410081".into(),
        country: "".into(),
    };
    index.equal_identifiers(&other, &mut found);
    assert_eq!(found, [0, 2]);
    index.equal_identifiers(&identifier("563410082"), &mut found);
    assert_eq!(found, []);
}

#[test]
fn the_same_parties_give_the_same_bytes() {
    assert_eq!(small(), small());
}

#[test]
fn a_build_replaces_the_file_whole_and_older_readers_keep_theirs() {
    let folder = std::env::temp_dir().join(format!("names-build-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.names");
    let facts = Facts::default();
    let make = |listed: &str| {
        let names = [(listed, Quality::Primary)];
        build(
            [ListedParty {
                key: "un:1",
                names: &names,
                facts: &facts,
            }]
            .into_iter(),
            &weights(),
            &path,
            &[0; 32],
        )
    };
    assert_eq!(make("KIM Yong Chol").unwrap().names, 1);
    let before = Index::open(&path).unwrap();
    assert_eq!(make("JANG Song Chol").unwrap().parties, 1);
    let after = Index::open(&path).unwrap();
    assert_eq!(before.name(0).unwrap().text, "KIM Yong Chol");
    assert_eq!(after.name(0).unwrap().text, "JANG Song Chol");
    let left: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["a.names"]);
    drop((before, after));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_build_that_cannot_be_written_leaves_nothing_behind() {
    let facts = Facts::default();
    let names = [("KIM", Quality::Primary)];
    let party = ListedParty {
        key: "un:1",
        names: &names,
        facts: &facts,
    };
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
    let work = index.retrieve(
        &name("kim yong chol"),
        score_of(0.3),
        &mut Scratch::new(),
        &mut found,
    );
    assert!(found.is_empty() && !work.truncated);
}

#[test]
fn names_that_cannot_be_found_are_reported() {
    let facts = Facts::default();
    let names = [("kim", Quality::Primary), ("", Quality::Weak)];
    let party = ListedParty {
        key: "un:1",
        names: &names,
        facts: &facts,
    };
    let read = |text: &str| match text {
        "" => names::normalise::Analysed::default(),
        _ => names::normalise::Analysed {
            truncated: true,
            ..name(text)
        },
    };
    let report = encode([party].into_iter(), read, &weights(), &[0; 32])
        .unwrap()
        .1;
    assert_eq!((report.unreadable, report.cut), (vec![1], vec![0]));
}

#[test]
fn weights_outside_their_range_are_refused() {
    let wrong: [(&str, fn(&mut RetrievalWeights)); 5] = [
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
