//! Western names in Russian letters, spelt as their own languages spell them.
//!
//! Russian writes such a name as it sounds (Браун, Лемуан, Шмидт), so letter by letter it comes back as Braun, Lemuan
//! and Shmidt. Each scheme puts the spelling of one language in the place of its sounds, by the longest rule of its
//! table that fits. A name that Russian made itself, by its endings or forenames, is not read so, but for the Polish
//! spelling of a family name in -ский.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{add_alphabetic, Pieces, Script, Word};
use super::super::{BGN, WESTERN_ENGLISH, WESTERN_FRENCH, WESTERN_GERMAN, WESTERN_LATIN, WESTERN_POLISH};
use super::{letters, Language};
use crate::tables;

/// All schemes, in the order in which their forms stand.
pub(in super::super) const SCHEMES: [u8; 5] =
    [WESTERN_ENGLISH, WESTERN_FRENCH, WESTERN_GERMAN, WESTERN_POLISH, WESTERN_LATIN];

/// Names of more words are sentences, or organisations that describe themselves.
const MOST_WORDS: usize = 4;

/// What a row of letters is anywhere in a word, at its beginning, at its end, and as the whole of it.
type Spellings = [Option<&'static str>; 4];

#[derive(Debug)]
struct Rules {
    spellings: FxHashMap<&'static str, Spellings>,
    longest: usize,
}

impl Rules {
    fn of(section: &str) -> Self {
        let mut spellings: FxHashMap<&'static str, Spellings> = FxHashMap::default();
        for (native, readings) in tables::section(section) {
            let place = usize::from(native.starts_with('^')) + 2 * usize::from(native.ends_with('$'));
            let row = spellings.entry(native.trim_matches(['^', '$'])).or_default();
            if let Some(spelling) = row.get_mut(place) {
                *spelling = readings.first().copied();
            }
        }
        let longest = spellings.keys().map(|native| native.chars().count()).max().unwrap_or(0);
        Self { spellings, longest }
    }

    /// The spelling of the letters that `rest` begins with and how many bytes they take; `first` at the beginning of a word.
    fn at(&self, rest: &str, first: bool) -> Option<(&'static str, usize)> {
        // Letters of Russian take two bytes.
        (1..=self.longest.min(rest.len() / 2)).rev().find_map(|letters| {
            let row = self.spellings.get(rest.get(..letters * 2)?)?;
            let last = letters * 2 == rest.len();
            let places = [(3, first && last), (1, first), (2, last), (0, true)];
            let found = places.into_iter().find_map(|(place, fits)| row.get(place).copied()?.filter(|_| fits));
            found.map(|spelling| (spelling, letters * 2))
        })
    }
}

static RULES: LazyLock<[Rules; 5]> = LazyLock::new(|| {
    ["russian_as_english", "russian_as_french", "russian_as_german", "russian_as_polish", "russian_as_latin"]
        .map(Rules::of)
});

/// Endings and forenames of Russian's own making.
static OWN: LazyLock<(Vec<&'static str>, FxHashSet<&'static str>)> = LazyLock::new(|| {
    let of = |sort: &'static str| {
        let rows = tables::section("russian_own").iter();
        rows.filter(move |(_, readings)| readings.first() == Some(&sort)).map(|(native, _)| *native)
    };
    (of("ending").collect(), of("name").collect())
});

/// Legal forms that are one word, which no person's name holds.
static LEGAL: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    tables::legal_forms_written_in(|c| super::super::script::script_of(c) == Script::Cyrillic).into_iter().collect()
});

/// The schemes that may read these words.
pub(in super::super) fn schemes(words: &[Word], language: Language) -> &'static [u8] {
    let russian = |word: &Word| {
        word.script == Script::Cyrillic
            && word.text.chars().all(|c| matches!(c, 'а'..='я' | 'ё'))
            && !LEGAL.contains(word.text.as_str())
    };
    if language != Language::Russian || words.len() > MOST_WORDS || !words.iter().all(russian) {
        return &[];
    }
    let (endings, names) = &*OWN;
    let ends =
        |word: &Word| word.text.chars().nth(4).is_some() && endings.iter().any(|ending| word.text.ends_with(ending));
    // Of a family name alone the ending tells too little: Вирхов (Virchow) ends as Russian ones do.
    let alone = words.len() == 1;
    if !words.iter().any(|word| names.contains(word.text.as_str()) || (!alone && ends(word))) {
        return &SCHEMES;
    }
    let adjective = |word: &Word| ["ский", "цкий", "ская", "цкая"].iter().any(|ending| word.text.ends_with(ending));
    if words.iter().any(adjective) {
        &[WESTERN_POLISH]
    } else {
        &[]
    }
}

/// Writes one word by the table of `scheme`; whether it is one of ours.
pub(super) fn add(word: &Word, scheme: u8, out: &mut Pieces) -> bool {
    let Some(rules) = SCHEMES.iter().position(|ours| *ours == scheme).and_then(|at| RULES.get(at)) else {
        return false;
    };
    let mut latin = String::with_capacity(word.text.len());
    let mut at = 0;
    while let Some(rest) = word.text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(c) = rest.chars().next() else { break };
        if let Some((spelling, bytes)) = rules.at(rest, at == 0) {
            latin.push_str(spelling);
            at += bytes;
            continue;
        }
        match letters::shared(c, BGN, Some('б'), None) {
            Some(letter) => latin.push_str(letter),
            None => super::push_any(c, &mut latin),
        }
        at += c.len_utf8();
    }
    add_alphabetic(&word.text, latin, word.gap, out);
    true
}
