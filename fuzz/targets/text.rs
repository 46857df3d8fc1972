//! Any list and any text: every name found stands inside the text, scores what it must, and none overlaps itself.
#![no_main]

#[allow(dead_code)]
#[path = "../../crates/names/tests/engine/world.rs"]
mod world;

use libfuzzer_sys::fuzz_target;
use names::normalise::{analyse, read_passage, Analysed, Side};
use names::text::{TextIndex, TextScratch};

const NAMES: usize = 8;

fuzz_target!(|data: &[u8]| {
    let Some((tau, rest)) = data.split_first() else {
        return;
    };
    // Lines are names; all of it, names and what stands between them, is the text.
    let text = String::from_utf8_lossy(rest);
    let lines = text.split('\n').take(NAMES);
    let list: Vec<Analysed> = lines.map(|line| analyse(line, Side::List)).collect();
    let index = world::index_of(&list);
    let tau = 65_536 * (u32::from(*tau) % 11 + 10) / 20;
    let inside = TextIndex::of(&index, tau);
    let passage = read_passage(&text);
    let (mut scratch, mut found, mut again) = (TextScratch::default(), Vec::new(), Vec::new());
    let work = inside.find(&index, &passage, &mut scratch, &mut found);
    assert_eq!(work, inside.find(&index, &passage, &mut TextScratch::default(), &mut again), "a used memory");
    assert_eq!(found, again);
    assert!(work.truncated || !passage.truncated);
    for one in &found {
        assert!(one.score >= tau && one.score <= 65_536 && one.name < index.names());
        assert!(text.get(one.start as usize..one.end as usize).is_some_and(|window| !window.is_empty()), "{one:?}");
    }
    for pair in found.windows(2) {
        assert!(pair[0].name < pair[1].name || pair[0].end <= pair[1].start, "{pair:?}");
    }
});
