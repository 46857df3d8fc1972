//! The lexicon and the romanisation tables, read once from the files that `scripts/tables.py` writes from the YAML truth.
//!
//! The files are compiled in, so there is nothing to miss at run time; [`version`] changes whenever one of them does,
//! and an index that was built under another version must not be read with this one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::normalise::{numbers, romanise};

const LEGAL_FORMS: &str = include_str!("../data/legal_forms.tsv");
const STOP_WORDS: &str = include_str!("../data/stop_words.tsv");
const NAME_VARIANTS: &str = include_str!("../data/name_variants.tsv");
const ROMANISATION: &str = include_str!("../data/romanisation.tsv");

/// Where in a name a spelling is a legal form (the meaning of each place stands in `legal_forms.yml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Anywhere,
    End,
    Late,
    Start,
    Edge,
}

/// A legal form: its class and where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Legal {
    pub class: u16,
    pub place: Place,
}

/// Under which rule a word is a stop word (the rules stand in `stop_words.yml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    No,
    Always,
    Long,
    First,
    Between,
    Assimilated,
}

/// A number written as a word or in Roman numerals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numeral {
    pub digits: &'static str,
    /// Also an ordinary name (XI, Six): read as a number only in a second form.
    pub doubtful: bool,
}

/// All that is known of one folded word; one look-up a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub variant: u32,
    pub stop: Stop,
    pub legal: Option<Legal>,
    /// Which list of longer legal forms begins with this word, 0 for none.
    pub opens: u32,
    pub numeral: Option<Numeral>,
}

const NOTHING: Entry = Entry { variant: 0, stop: Stop::No, legal: None, opens: 0, numeral: None };

/// A legal form of several words, without its first.
#[derive(Debug)]
pub(crate) struct Longer {
    pub rest: Vec<Box<str>>,
    pub legal: Legal,
}

/// Every folded word that means something, and the legal forms of several words.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<Box<str>, Entry>,
    longer: Vec<Vec<Longer>>,
}

impl Lexicon {
    /// What is known of `word`, if anything.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&Entry> {
        self.words.get(word)
    }

    /// Legal forms of several words that begin with the word of `entry`, longest first.
    pub fn longer(&self, entry: &Entry) -> &[Longer] {
        self.longer.get(entry.opens as usize).map_or(&[], Vec::as_slice)
    }

    /// The second words of legal forms of several words.
    pub fn second_words(&self) -> impl Iterator<Item = &str> {
        self.longer.iter().flatten().filter_map(|form| form.rest.first()).map(|word| &**word)
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        self.words.entry(word.into()).or_insert(NOTHING)
    }

    fn add_legal(&mut self, form: &str, legal: Legal) {
        let squashed: String = form.split(' ').collect();
        // The first spelling wins: a romanisation of one class never takes a word from another.
        self.entry(&squashed).legal.get_or_insert(legal);
        let mut parts = form.split(' ');
        let (Some(first), rest) = (parts.next(), parts.map(Box::from).collect::<Vec<Box<str>>>()) else {
            return;
        };
        if rest.is_empty() {
            return;
        }
        let mut place = self.entry(first).opens as usize;
        if place == 0 {
            if self.longer.is_empty() {
                self.longer.push(Vec::new());
            }
            self.longer.push(Vec::new());
            place = self.longer.len() - 1;
            self.entry(first).opens = place as u32;
        }
        let list = &mut self.longer[place];
        if !list.iter().any(|known| known.rest == rest) {
            list.push(Longer { rest, legal });
            list.sort_by_key(|known| std::cmp::Reverse(known.rest.len()));
        }
    }

    fn read() -> Self {
        let mut lexicon = Self::default();
        let mut romanised = Vec::new();
        for mut columns in rows(LEGAL_FORMS) {
            let (Some(class), Some(place), Some(form)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            let place = match place {
                "anywhere" => Place::Anywhere,
                "end" => Place::End,
                "late" => Place::Late,
                "start" => Place::Start,
                _ => Place::Edge,
            };
            let legal = Legal { class: class.parse().unwrap_or(0), place };
            if form.is_ascii() {
                lexicon.add_legal(form, legal);
            } else {
                romanised.push((form, legal));
            }
        }
        for (form, legal) in romanised {
            for reading in romanise::word_readings(form) {
                lexicon.add_legal(&reading, legal);
            }
        }
        for mut columns in rows(STOP_WORDS) {
            let (Some(rule), Some(word)) = (columns.next(), columns.next()) else {
                continue;
            };
            lexicon.entry(word).stop = match rule {
                "always" => Stop::Always,
                "long" => Stop::Long,
                "first" => Stop::First,
                "between" => Stop::Between,
                _ => Stop::Assimilated,
            };
        }
        for mut columns in rows(NAME_VARIANTS) {
            let (Some(id), Some(spellings)) = (columns.next(), columns.next()) else {
                continue;
            };
            for spelling in spellings.split(' ') {
                lexicon.entry(spelling).variant = id.parse().unwrap_or(0);
            }
        }
        for &(word, digits, doubtful) in numbers::WORDS {
            lexicon.entry(word).numeral = Some(Numeral { digits, doubtful });
        }
        lexicon
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    table.lines().map(|line| line.split('\t'))
}

/// The lexicon, read on first use.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// One section of the romanisation tables: native word to its Latin readings, the preferred one first.
pub(crate) type Section = FxHashMap<&'static str, Vec<&'static str>>;

static SECTIONS: LazyLock<FxHashMap<&'static str, Section>> = LazyLock::new(|| {
    let mut sections: FxHashMap<&'static str, Section> = FxHashMap::default();
    for mut columns in rows(ROMANISATION) {
        let (Some(section), Some(native), Some(readings)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        sections.entry(section).or_default().insert(native, readings.split('|').collect());
    }
    sections
});

/// A section of `romanisation.yml` by name; an empty one when there is none of that name.
pub(crate) fn section(name: &str) -> &'static Section {
    static EMPTY: LazyLock<Section> = LazyLock::new(Section::default);
    SECTIONS.get(name).unwrap_or(&EMPTY)
}

/// The legal forms in a script that is written without spaces, longest first.
pub(crate) fn legal_forms_written_in(belongs: fn(char) -> bool) -> Vec<&'static str> {
    let mut forms: Vec<&'static str> =
        rows(LEGAL_FORMS).filter_map(|mut columns| columns.nth(2)).filter(|form| form.chars().all(belongs)).collect();
    forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), *form));
    forms
}

/// Raised whenever the rules in `normalise` change what a text is read as.
const RULES: u32 = 3;

/// A checksum over all tables and the number of the rules: an index belongs to the version it was built under.
pub fn version() -> u32 {
    let mut hash = crc32fast::Hasher::new();
    hash.update(&RULES.to_le_bytes());
    for table in [LEGAL_FORMS, STOP_WORDS, NAME_VARIANTS, ROMANISATION] {
        hash.update(table.as_bytes());
    }
    hash.finalize()
}
