//! Whatever is written as a phrase, and whatever stands in a text: nothing panics, and every place is one.

use phrases::{Book, Classes, Table, Text};
use proptest::prelude::*;

fn phrase() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("a".to_owned()),
        Just("was".to_owned()),
        Just("the".to_owned()),
        Just(" ".to_owned()),
        Just("..".to_owned()),
        Just("...".to_owned()),
        Just("\u{2026}".to_owned()),
        Just("[b]".to_owned()),
        Just("(a|b [a])".to_owned()),
        Just("#".to_owned()),
        Just("*b".to_owned()),
        Just("<c>".to_owned()),
        "[\\[\\]()|#<>.* \u{2026}é]",
    ];
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof!["(a|b|was|the|A|B|5/2-b|;|\\.|-|ab|ÀÉ|\u{130}) ?", "\\PC{0,4}"];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_hit_is_a_place_of_the_text(phrases in proptest::collection::vec(phrase(), 1..6), said in text(), exact: bool) {
        let classes: Classes = [("c".to_owned(), vec!["a b".to_owned(), "b".to_owned()])].into_iter().collect();
        let tables: Vec<Table> = phrases.into_iter().map(|one| Table { phrases: vec![one], exact }).collect();
        let readable: Vec<Table> =
            tables.into_iter().filter(|one| Book::read(std::slice::from_ref(one), &classes).is_ok()).collect();
        let book = Book::read(&readable, &classes).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        let text = Text::new(&said);
        let hits = book.hits(&text);
        prop_assert!(hits.windows(2).all(|two| (two[0].start, two[0].table) < (two[1].start, two[1].table)));
        for hit in &hits {
            prop_assert!(hit.start < hit.end && hit.end <= text.len());
            prop_assert!(hit.number.is_none_or(|(low, high)| hit.start <= low && low < high && high <= hit.end));
        }
        // One table alone, or all of them by name, finds what the whole book finds.
        let every: Vec<usize> = (0..book.tables()).collect();
        prop_assert_eq!(&book.hits_of(&every, &text), &hits);
        for table in every {
            let own: Vec<_> = hits.iter().filter(|one| one.table == table).copied().collect();
            prop_assert_eq!(book.hits_of(&[table], &text), own);
        }
    }

    #[test]
    fn what_stands_somewhere_is_a_phrase_by_itself(said in text()) {
        let table = Table { phrases: vec!["was (a|b)".to_owned(), "the .. b".to_owned(), "a[b]".to_owned()], exact: false };
        let book = Book::read(&[table], &Classes::default()).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        for hit in book.hits(&Text::new(&said)) {
            let alone: String = said.chars().skip(hit.start).take(hit.end - hit.start).collect();
            prop_assert!(book.whole(&[0], &Text::new(&alone)).is_some(), "{}", alone);
        }
    }
}
