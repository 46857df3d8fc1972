//! The file: whatever is done to its bytes, opening it ends in an error or in an index that answers.

use crate::damage::{facts, identifier, reseal, small, use_fully};
use crate::world::weights;
use names::facts::{Facts, Identifier, Quality};
use names::file::IndexError;
use names::index::Index;
use proptest::prelude::*;
use std::path::PathBuf;

#[test]
fn every_changed_byte_is_found() {
    let good = small();
    use_fully(&good).unwrap();
    for at in 0..good.len() {
        for flip in [1u8, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            assert!(Index::from_bytes(&bad).is_err(), "byte {at} of {}", good.len());
        }
    }
}

#[test]
fn every_cut_is_found() {
    let good = small();
    for length in 0..good.len() {
        assert!(matches!(Index::from_bytes(&good[..length]), Err(IndexError::Damaged(_))), "cut at {length}");
        let mut cut = good[..length].to_vec();
        if length > 68 {
            reseal(&mut cut);
            assert!(Index::from_bytes(&cut).is_err(), "cut and sealed at {length}");
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
    let codes = [change(8, swapped), change(12, 77), change(16, 5), change(0, 0)].map(|error| error.code());
    assert_eq!(codes, ["index-byte-order", "index-version", "index-statistics", "index-damaged"]);
    let absent = Index::open(&PathBuf::from("/nonexistent/index.names")).err().unwrap();
    assert_eq!(absent.code(), "index-io");
    assert!(absent.to_string().contains("/nonexistent/index.names") && !absent.mend().is_empty());
}

#[test]
fn the_file_keeps_everything_it_was_given() {
    let index = Index::from_bytes(&small()).unwrap();
    assert_eq!((index.parties(), index.names(), index.build_id()), (3, 5, &[9; 32]));
    let party = index.party(0).unwrap();
    assert_eq!((party.key, party.names.clone(), party.facts()), ("ofac-sdn:9345", 0..3, facts()));
    assert_eq!(index.party(1).unwrap().facts(), Facts::default());
    let listed = index.name(1).unwrap();
    assert_eq!((listed.text, listed.party, listed.quality), ("kim", 0, Quality::Weak));
    assert_eq!(index.name(3).unwrap().text, "корея");
    assert!(index.name(5).is_none() && index.party(3).is_none());
    assert_eq!(index.weights(), &weights());
}

#[test]
fn equal_identifiers_are_found_whatever_their_type_and_country() {
    let index = Index::from_bytes(&small()).unwrap();
    let mut found = vec![77];
    let other = Identifier { kind: "tax_id".into(), value: "563410081".into(), country: "".into() };
    index.equal_identifiers(&other, &mut found);
    assert_eq!(found, [0, 2]);
    index.equal_identifiers(&identifier("563410082"), &mut found);
    assert!(found.is_empty());
    index.equal_identifiers(&identifier(""), &mut found);
    assert!(found.is_empty());
}

#[test]
fn the_same_parties_give_the_same_bytes() {
    assert_eq!(small(), small());
}
