//! Whatever stands in a patterns file, and whatever stands in a text: every hit is a place of the text, and one table
//! alone finds what all of them find.

#![no_main]

use libfuzzer_sys::fuzz_target;
use phrases::{Book, Classes, Table, Text};

fuzz_target!(|data: (Vec<String>, Vec<String>, String, bool)| {
    let (written, class, said, exact) = data;
    let classes: Classes = [("a".to_owned(), class)].into_iter().collect();
    let tables: Vec<Table> = written.into_iter().map(|one| Table { phrases: vec![one], exact }).collect();
    let readable: Vec<Table> =
        tables.into_iter().filter(|one| Book::read(std::slice::from_ref(one), &classes).is_ok()).collect();
    let Ok(book) = Book::read(&readable, &classes) else { return };
    let text = Text::new(&said);
    let hits = book.hits(&text);
    for hit in &hits {
        assert!(hit.start < hit.end && hit.end <= text.len());
    }
    for table in 0..book.tables() {
        let own: Vec<_> = hits.iter().filter(|one| one.table == table).copied().collect();
        assert_eq!(book.hits_of(&[table], &text), own);
        let _ = book.whole(&[table], &text);
    }
});
