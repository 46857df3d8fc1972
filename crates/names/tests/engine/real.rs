//! The engine against the definition on real names: over a million pairs, at two thresholds.

use crate::oracle::Oracle;
use crate::world::{bytes_of, weights};
use names::index::Index;
use names::normalise::{analyse, Analysed, Side};
use names::retrieve::{score_of, Scratch};
use std::path::{Path, PathBuf};

/// The real lists beside the repository; absent ones are said, not passed over.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !folder.is_dir() {
        println!("skipped: the real lists are not beside this checkout ({})", folder.display());
        return None;
    }
    Some(folder)
}

/// One column of a comma-separated file with quotes.
fn column(path: &Path, wanted: usize) -> Vec<String> {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let mut values = Vec::new();
    for line in text.lines() {
        let (mut field, mut at, mut quoted) = (String::new(), 0, false);
        for letter in line.chars().chain([',']) {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => {
                    if at == wanted && !field.trim().is_empty() {
                        values.push(field.trim().to_owned());
                    }
                    field.clear();
                    at += 1;
                }
                other => field.push(other),
            }
        }
    }
    values
}

fn every(values: &[String], count: usize, offset: usize) -> impl Iterator<Item = &String> {
    values.iter().skip(offset).step_by((values.len() / count).max(1)).take(count)
}

/// Listed names, and names to ask for: aliases, innocents in many scripts, damaged, joined, turned and shortened names.
fn world() -> Option<(Vec<Analysed>, Vec<Analysed>)> {
    let data = data()?;
    let mut listed = column(&data.join("ofac/2023-12-28/sdn.csv"), 1);
    let aliases = column(&data.join("ofac/2023-12-28/alt.csv"), 3);
    let strangers = column(&data.join("labelled/innocent_global.csv"), 0);
    listed.extend(aliases.iter().cloned());
    let list: Vec<Analysed> = every(&listed, 4000, 0).map(|text| analyse(text, Side::List)).collect();
    let mut asked: Vec<String> = every(&aliases, 90, 5).chain(every(&strangers, 60, 1)).cloned().collect();
    asked.extend(every(&listed, 40, 0).map(|text| text.replace([' ', '-'], "")));
    asked.extend(every(&listed, 100, 0).map(|text| text.rsplit(' ').skip(1).collect::<Vec<_>>().join(" ")));
    asked.extend(every(&listed, 80, 0).map(|text| text.replacen(['a', 'A'], "e", 2)));
    let queries = asked.iter().map(|text| analyse(text, Side::Query)).collect();
    Some((list, queries))
}

#[test]
fn a_million_real_pairs_agree_in_set_and_score() {
    let Some((list, queries)) = world() else {
        return;
    };
    assert!(list.len() >= 4000 && queries.len() >= 300, "{} names, {} queries", list.len(), queries.len());
    let index = Index::from_bytes(&bytes_of(&list, &weights())).unwrap();
    let oracle = Oracle::new(&list, &weights());
    let mut scratch = Scratch::new();
    let mut found = Vec::new();
    let mut hits = 0;
    for query in &queries {
        let scores: Vec<u32> = list.iter().map(|listed| oracle.score(query, listed)).collect();
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
