//! Real names planted in real sentences, against the definition.

use crate::brute;
use crate::world::{bytes_of, weights};
use names::index::Index;
use names::normalise::{analyse, read_passage, Analysed, Side};
use names::retrieve::score_of;
use names::text::{TextIndex, TextScratch};
use std::path::Path;

const SENTENCES: [&str; 6] = [
    "SECOND INSTALMENT FOR PUMPS TO {} AS PER CONTRACT 4/2023",
    "/INV/19S95 BY ORDER OF {}, 34 BRENTWOOD ROAD, NEW YORK",
    "The Treasury designated {} in January.",
    "freight B/L 4471 mv ocean star / {}\nvoyage 12",
    "Оплата по договору {} за сентябрь",
    "{}",
];

/// Names of the real list, one a line of its file; an absent folder is said, not passed over.
fn names() -> Option<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ofac/2023-12-28/sdn.csv");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: the real list is not beside this checkout ({})", path.display());
        return None;
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Some(text.lines().filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect())
}

#[test]
fn real_names_planted_in_real_sentences_agree_with_the_definition() {
    let Some(names) = names() else {
        return;
    };
    let texts: Vec<String> = names.iter().step_by(names.len() / 240).cloned().collect();
    let list: Vec<Analysed> = texts.iter().map(|text| analyse(text, Side::List)).collect();
    let index = Index::from_bytes(&bytes_of(&list, &weights())).unwrap();
    let mut scratch = TextScratch::default();
    let mut found = Vec::new();
    let mut hits = 0;
    for (at, planted) in texts.iter().step_by(9).enumerate() {
        let damaged = match at % 4 {
            0 => planted.clone(),
            1 => planted.replacen([' ', '-'], "", 1),
            2 => planted.replace(' ', "\n"),
            _ => planted.replacen(['a', 'A'], "e", 1),
        };
        let text = SENTENCES[at % SENTENCES.len()].replace("{}", &damaged);
        let passage = read_passage(&text);
        for tau in [0.6, 0.8].map(score_of) {
            TextIndex::of(&index, tau).find(&index, &passage, &mut scratch, &mut found);
            let ours: Vec<_> = found.iter().map(|one| (one.name, one.score, one.start, one.end)).collect();
            assert_eq!(ours, brute::find(&list, &weights(), &passage, tau), "{text}");
            hits += ours.len();
        }
    }
    assert!(hits > 40, "only {hits} hits: the texts prove little");
}
