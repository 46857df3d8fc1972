//! The ten persons and three companies of 2 January 2015 against thirty thousand innocents, where the lists are at hand.

use crate::world::weights;
use names::delta::{Delta, Passing};
use names::facts::{Facts, Quality};
use names::index::{encode, Index, ListedParty};
use names::normalise::{analyse, Side};
use names::retrieve::{score_of, Scratch};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const NAMED: [u32; 13] = [17614, 17615, 17616, 17617, 17618, 17619, 17620, 17624, 17625, 17627, 9345, 11599, 12210];

fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !folder.is_dir() {
        println!("skipped: the real lists are not beside this checkout ({})", folder.display());
        return None;
    }
    Some(folder)
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let fields = |line: &str| {
        let (mut row, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(String::new()),
                other => row.last_mut().unwrap().push(other),
            }
        }
        row
    };
    text.lines().map(fields).collect()
}

#[test]
fn innocents_and_the_listed_are_answered_as_by_the_whole_list_and_nearly_all_unread() {
    let Some(data) = data() else {
        return;
    };
    let mut parties: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (file, column) in [("sdn.csv", 1), ("alt.csv", 3)] {
        for row in rows(&data.join("ofac/2023-12-28").join(file)) {
            if let (Some(id), Some(name)) = (row[0].trim().parse().ok(), row.get(column)) {
                parties.entry(id).or_default().push(name.trim().to_owned());
            }
        }
    }
    let names: Vec<Vec<(&str, Quality)>> =
        parties.values().map(|names| names.iter().map(|name| (name.as_str(), Quality::Primary)).collect()).collect();
    let facts = Facts::default();
    let listed = names.iter().map(|names| ListedParty { key: "", names, facts: &facts });
    let bytes = encode(listed, |text| analyse(text, Side::List), &weights(), &[0; 32]).unwrap().0;
    let base = Arc::new(Index::from_bytes(&bytes).unwrap());
    let chosen: Vec<u32> = (0..).zip(parties.keys()).filter(|(_, id)| NAMED.contains(id)).map(|(at, _)| at).collect();
    assert_eq!(chosen.len(), NAMED.len());
    let delta = Delta::of(&base, &chosen).unwrap();
    let book: Vec<String> = rows(&data.join("labelled/innocent_global.csv"))
        .into_iter()
        .skip(1)
        .map(|mut row| row.swap_remove(0))
        .collect();
    let damaged = parties.values().flatten().map(|name| name.replacen(['a', 'A'], "e", 1));
    let joined = parties.values().flatten().map(|name| name.replace([' ', '-'], ""));
    let asked: Vec<String> = book.iter().step_by(5).cloned().chain(damaged.chain(joined).step_by(9)).collect();
    let (mut passing, mut scratch) = (Passing::new(), Scratch::new());
    let (mut few, mut all) = (Vec::new(), Vec::new());
    let mut hits = 0;
    for text in asked.iter().chain(parties.iter().filter(|(id, _)| NAMED.contains(id)).flat_map(|(_, names)| names)) {
        let query = analyse(text, Side::Query);
        for tau in [0.3, 0.5, 0.7].map(score_of) {
            delta.retrieve_text(text, tau, &mut passing, &mut few);
            base.retrieve(&query, tau, &mut scratch, &mut all);
            all.retain(|one| chosen.binary_search(&one.party).is_ok());
            assert_eq!(few, all, "{text:?} at {tau}");
            hits += few.len();
        }
    }
    assert!(hits > 500, "only {hits} hits: the names prove little");
    // Names in Han, Hangul and kana are always read: the whole name decides what a word of it is.
    let cut: Vec<&String> = book.iter().filter(|text| text.chars().all(|letter| u32::from(letter) < 0x1100)).collect();
    let unread = cut.iter().filter(|text| delta.passes(text, score_of(0.5), &mut passing)).count();
    assert!(unread * 20 > cut.len() * 19, "{unread} of {} innocents passed unread", cut.len());
}
