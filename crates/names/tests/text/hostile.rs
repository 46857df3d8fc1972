//! Texts made to break or to stall: every one gets an answer, within the limits of work.

use crate::world::{index_of, name};
use names::normalise::read_passage;
use names::retrieve::score_of;
use names::text::{Inside, TextIndex, TextScratch};
use proptest::prelude::*;

fn find(text: &str, tau: f64) -> (Vec<Inside>, bool) {
    let list: Vec<_> = ["kim yong chol", "a. b. c.", "petrov =ltd1", "/al /bin", "aaaa aaaa", "and"].map(name).to_vec();
    let index = index_of(&list);
    let mut found = Vec::new();
    let passage = read_passage(text);
    let work = TextIndex::of(&index, score_of(tau)).find(&index, &passage, &mut TextScratch::default(), &mut found);
    (found, work.truncated)
}

#[test]
fn long_and_odd_texts_are_answered() {
    let texts = [
        String::new(),
        "\0".repeat(100),
        "a".repeat(100_000),
        "a ".repeat(100_000),
        "a.".repeat(50_000),
        "petrov ".repeat(20_000),
        "ag, ".repeat(30_000),
        "in the ".repeat(15_000),
        "& ".repeat(50_000),
        ",;.-_/!?".repeat(10_000),
        "👩‍👩‍👧‍👦 ".repeat(5_000),
        "\u{202e}kim\u{202c} \u{200b}yong\u{feff} chol".to_owned(),
        "e\u{301}".repeat(30_000),
        "金正恩".repeat(10_000),
        "김영철 ".repeat(8_000),
        "СОСО ".repeat(12_000),
        "عبد ال".repeat(9_000),
        "ｆｕｌｌ，ｗｉｄｔｈ ".repeat(3_000),
    ];
    for text in texts {
        for tau in [0.0, 0.8, 1.0] {
            let (found, _) = find(&text, tau);
            for one in found {
                let part = text.get(one.start as usize..one.end as usize);
                assert!(part.is_some_and(|part| !part.is_empty()), "{one:?}");
            }
        }
    }
}

#[test]
fn zero_width_and_bidirectional_signs_do_not_hide_a_name() {
    let (found, truncated) = find("to \u{202e}kim\u{202c} \u{200b}yo\u{200d}ng\u{feff} chol!", 0.9);
    assert_eq!(found.iter().map(|one| one.name).collect::<Vec<_>>(), [0]);
    assert!(!truncated);
}

#[test]
fn a_text_of_nothing_but_one_name_costs_no_more_than_the_limit_and_says_when_it_was_met() {
    let list: Vec<_> = (0..300).map(|_| name("zork blarg")).collect();
    let index = index_of(&list);
    let mut found = Vec::new();
    let passage = read_passage(&"zork blarg ".repeat(9_000));
    let work = TextIndex::of(&index, score_of(0.5)).find(&index, &passage, &mut TextScratch::default(), &mut found);
    assert!(work.truncated);
    assert!(work.postings + 64 * work.scored < 2 * u64::from(index.weights().work_cap));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_tokens_with_places_in_order(text in "\\PC{0,80}|[\\x00-\\x7f]{0,60}|[а-яёa-z가-힣一-龥 ,.&'\u{300}-\u{30f}]{0,40}") {
        for sequence in read_passage(&text).sequences {
            let mut before = 0;
            for placed in sequence.tokens {
                prop_assert!(placed.start >= before && placed.start < placed.end);
                prop_assert!(text.get(placed.start as usize..placed.end as usize).is_some());
                before = placed.start;
            }
        }
    }
}
