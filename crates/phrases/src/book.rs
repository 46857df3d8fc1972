//! Tables of phrases in one book, and a text gone through once for all of them.

use crate::begins::begins;
use crate::letters::is_word;
use crate::needs::{needs, Words};
use crate::program::{Program, Ways};
use crate::text::Text;
use crate::wording::{self, Classes, Fault};
use rustc_hash::FxHashMap;

/// Phrases of one meaning.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// As they are written.
    pub phrases: Vec<String>,
    /// Case counts, but for the first letter of an article.
    pub exact: bool,
}

/// A place where a phrase of a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The table, by its place in the book.
    pub table: usize,
    /// Its first character.
    pub start: usize,
    /// The character behind its last one.
    pub end: usize,
    /// The place of the number that stands for `#`.
    pub number: Option<(usize, usize)>,
}

/// A phrase that may begin with a word.
#[derive(Debug, Clone, Copy)]
struct Try {
    /// Words without which it stands nowhere.
    needs: Words,
    table: usize,
    program: usize,
}

/// What may begin with one word.
#[derive(Debug, Default)]
struct Tries {
    /// Whatever stands behind it.
    any: Vec<Try>,
    by_second: FxHashMap<Box<str>, Vec<Try>>,
}

/// Tables of phrases, each phrase under the words with which it may begin.
#[derive(Debug)]
pub struct Book {
    programs: Vec<Program>,
    tables: usize,
    by_word: FxHashMap<Box<str>, Tries>,
    by_number: Vec<Try>,
    anywhere: Vec<Try>,
}

impl Book {
    /// Read all phrases; of one table the longer ones are tried first.
    pub fn read(tables: &[Table], classes: &Classes) -> Result<Self, Fault> {
        let mut programs = Vec::new();
        let mut by_word: FxHashMap<Box<str>, Tries> = FxHashMap::default();
        let (mut by_number, mut anywhere) = (Vec::new(), Vec::new());
        for (table, one) in tables.iter().enumerate() {
            for phrase in wording::longest_first(&one.phrases) {
                let items = wording::read(phrase, classes)?;
                let begins = begins(&items).map_err(|why| Fault { phrase: phrase.to_owned(), why })?;
                let next = Try { needs: needs(&items), table, program: programs.len() };
                programs.push(Program::new(&items, one.exact));
                // A number or any word goes under one list only, whatever may stand behind it.
                let (words, others): (Vec<_>, Vec<_>) =
                    begins.into_iter().partition(|one| !matches!(one.first.as_str(), "" | "#"));
                for begin in words {
                    let tries = by_word.entry(begin.first.into()).or_default();
                    match begin.second {
                        None => tries.any.push(next),
                        Some(second) => tries.by_second.entry(second.into()).or_default().push(next),
                    }
                }
                if others.iter().any(|one| one.first == "#") {
                    by_number.push(next);
                }
                if others.iter().any(|one| one.first.is_empty()) {
                    anywhere.push(next);
                }
            }
        }
        Ok(Self { programs, tables: tables.len(), by_word, by_number, anywhere })
    }

    /// The number of its tables.
    pub fn tables(&self) -> usize {
        self.tables
    }

    /// Every place where a phrase of a table stands, by its start and then its table: of one table and start the phrase
    /// that is tried first. Places of one table may overlap.
    pub fn hits(&self, text: &Text) -> Vec<Hit> {
        let mut search = Search::new(self, text);
        for word in 0..text.words.len() {
            search.at(word, |tries| tries);
        }
        search.hits
    }

    /// The places where phrases of these tables stand, by their start and then the order of the tables.
    pub fn hits_of(&self, tables: &[usize], text: &Text) -> Vec<Hit> {
        let mut search = Search::new(self, text);
        for word in 0..text.words.len() {
            for table in tables {
                search.at(word, |tries| of_table(tries, *table));
            }
        }
        search.hits
    }

    /// The first of these tables of which a text, from its first to its last character, is a phrase.
    pub fn whole(&self, tables: &[usize], text: &Text) -> Option<Hit> {
        text.words.first().filter(|word| word.start == 0)?;
        let mut search = Search::new(self, text);
        search.whole = true;
        for table in tables {
            search.at(0, |tries| of_table(tries, *table));
            if !search.hits.is_empty() {
                break;
            }
        }
        search.hits.first().copied()
    }
}

fn of_table(tries: &[Try], table: usize) -> &[Try] {
    let low = tries.partition_point(|one| one.table < table);
    let length = tries[low..].partition_point(|one| one.table == table);
    &tries[low..low + length]
}

struct Search<'a> {
    book: &'a Book,
    text: &'a Text,
    whole: bool,
    ways: Ways,
    hits: Vec<Hit>,
}

impl<'a> Search<'a> {
    fn new(book: &'a Book, text: &'a Text) -> Self {
        Self { book, text, whole: false, ways: Ways::default(), hits: Vec::new() }
    }

    /// Try what may begin with a word: `of` says which of that.
    fn at(&mut self, word: usize, of: impl Fn(&[Try]) -> &[Try]) {
        let (book, text) = (self.book, self.text);
        let start = text.words[word].start;
        // A word within U.S. or vice-chair begins nothing.
        let before = start.checked_sub(1).map(|place| text.exact[place]);
        if before.is_some_and(|one| is_word(one) || matches!(one, '.' | '-')) {
            return;
        }
        let known = self.hits.len();
        if let Some(tries) = book.by_word.get(text.word(word)) {
            let more = tries.by_second.get(text.word(word + 1)).map_or(&[][..], Vec::as_slice);
            self.merged(of(&tries.any), of(more), start, known);
        }
        if text.exact[start].is_ascii_digit() {
            self.merged(of(&book.by_number), &[], start, known);
        }
        self.merged(of(&book.anywhere), &[], start, known);
        self.hits[known..].sort_unstable_by_key(|one| one.table);
    }

    /// Try what two lists hold, in the order of trying.
    fn merged(&mut self, mut one: &[Try], mut other: &[Try], start: usize, known: usize) {
        loop {
            let next = match (one, other) {
                ([], []) => return,
                ([first, ..], [second, ..]) if second.program < first.program => take(&mut other),
                ([_, ..], _) => take(&mut one),
                ([], _) => take(&mut other),
            };
            if let Some(next) = next {
                self.attempt(next, start, known);
            }
        }
    }

    fn attempt(&mut self, one: Try, start: usize, known: usize) {
        let lacking = !one.needs.may_be_in(self.text.known);
        if lacking || self.hits[known..].iter().any(|hit| hit.table == one.table) {
            return;
        }
        if let Some(found) = self.book.programs[one.program].run(self.text, start, self.whole, &mut self.ways) {
            self.hits.push(Hit { table: one.table, start, end: found.end, number: found.number });
        }
    }
}

fn take(tries: &mut &[Try]) -> Option<Try> {
    let (first, rest) = tries.split_first()?;
    *tries = rest;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::expect_used)]
    fn book(tables: &[&[&str]]) -> Book {
        let tables: Vec<Table> = tables
            .iter()
            .map(|one| Table { phrases: one.iter().map(|phrase| (*phrase).to_owned()).collect(), exact: false })
            .collect();
        Book::read(&tables, &Classes::default()).expect("phrases")
    }

    fn places(hits: &[Hit]) -> Vec<(usize, usize, usize)> {
        hits.iter().map(|one| (one.table, one.start, one.end)).collect()
    }

    #[test]
    fn a_text_is_gone_through_once_for_all_tables() {
        let book = book(&[&["sanctions", "sanctions on oil"], &["on"], &["# sanctions"]]);
        let text = Text::new("Sanctions on oil, 5 sanctions");
        assert_eq!(places(&book.hits(&text)), [(0, 0, 16), (1, 10, 12), (2, 18, 29), (0, 20, 29)]);
        assert_eq!(places(&book.hits_of(&[1], &text)), [(1, 10, 12)]);
        assert_eq!(book.tables(), 3);
    }

    #[test]
    fn what_cannot_begin_anywhere_is_refused_with_its_phrase() {
        for (phrase, why) in [
            (", and", "a phrase begins with a letter or a number"),
            ("[all] [of]", "all of its words may be left out"),
            ("", "all of its words may be left out"),
        ] {
            let table = Table { phrases: vec![phrase.to_owned()], exact: false };
            let fault = Fault { phrase: phrase.to_owned(), why: why.to_owned() };
            assert_eq!(Book::read(&[table], &Classes::default()).err(), Some(fault));
        }
    }

    #[test]
    fn a_number_keeps_its_place() {
        let hits = book(&[&["order #"]]).hits(&Text::new("Order 13687."));
        assert_eq!(hits[0].number, Some((6, 11)));
    }

    #[test]
    fn no_phrase_begins_within_what_a_dot_or_a_dash_joins() {
        let book = book(&[&["s treasury", "based"]]);
        assert!(book.hits(&Text::new("U.S Treasury, Dubai-based, _based")).is_empty());
    }

    #[test]
    fn a_whole_text_is_of_the_first_table_that_has_it() {
        let book = book(&[&["the bank"], &["bank[s]"], &["banks"]]);
        let of = |said: &str| book.whole(&[2, 1, 0], &Text::new(said)).map(|one| one.table);
        assert_eq!((of("banks"), of("bank"), of("a bank"), of(" bank")), (Some(2), Some(1), None, None));
    }
}
