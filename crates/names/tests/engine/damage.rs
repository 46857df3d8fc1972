//! A small index to damage, and how: shared with the fuzz targets (`fuzz/`).

use crate::world::{name, weights};
use names::facts::{Birth, Facts, Gender, Identifier, Kind, Quality};
use names::file::IndexError;
use names::index::{encode, Index, ListedParty};
use names::retrieve::{score_of, Scratch};

const HEADER: usize = 128;
const ENTRY: usize = 24;

pub fn identifier(value: &str) -> Identifier {
    Identifier { kind: "passport".into(), value: value.into(), country: "kp".into() }
}

pub fn facts() -> Facts {
    Facts {
        kind: Some(Kind::Person),
        gender: Some(Gender::Male),
        births: vec![Birth { first: -2874, last: -2874, circa: false }, Birth { first: 0, last: 364, circa: true }],
        nationalities: vec!["kp".into()],
        countries: vec!["cn".into(), "ru".into()],
        identifiers: vec![identifier("563410081"), identifier("A1"), identifier("")],
    }
}

pub fn small() -> Vec<u8> {
    let facts = facts();
    let names = [("kim yong chol", Quality::Primary), ("kim", Quality::Weak), ("yongchol m. ~x ltd", Quality::Former)];
    let others = [("корея", Quality::Strong), ("al haramain /al foundation =ltd1", Quality::Primary)];
    let parties = [
        ListedParty { key: "ofac-sdn:9345", names: &names, facts: &facts },
        ListedParty { key: "un:1", names: &others, facts: &Facts::default() },
        ListedParty { key: "un:2", names: &[], facts: &facts },
    ];
    encode(parties.into_iter(), |text| name(&text.replace('~', "")), &weights(), &[9; 32]).unwrap().0
}

/// Opens the bytes and asks everything an index can be asked.
pub fn use_fully(bytes: &[u8]) -> Result<(), IndexError> {
    let index = Index::from_bytes(bytes)?;
    let (mut scratch, mut found) = (Scratch::new(), Vec::new());
    for query in ["kim yong chol", "yongchol", "k. y.", "haramain al foundation", "=ltd1", "/al", "корея", "kimm"]
    {
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
pub fn reseal(bytes: &mut [u8]) {
    let count = u32::from_le_bytes(bytes[20..24].try_into().unwrap()) as usize;
    let table_end = (HEADER + count * ENTRY).min(bytes.len());
    for number in 0..count {
        let entry = HEADER + number * ENTRY;
        let Some(place) = bytes.get(entry..entry + ENTRY) else {
            return;
        };
        let start = u64::from_le_bytes(place[8..16].try_into().unwrap()) as usize;
        let length = u64::from_le_bytes(place[16..24].try_into().unwrap()) as usize;
        let Some(content) = start.checked_add(length).and_then(|end| bytes.get(start..end)) else {
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
