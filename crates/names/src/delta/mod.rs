//! A few listed names against many customers: the roles turned round, so that no index of the book is needed.
//!
//! A [`Delta`] holds some names of a list, or names that are not listed yet, in an index of their own in which every
//! token weighs what the base index says. So the answer for a name is what [`Index::retrieve`] of an index over all
//! names under the base's statistics answers, kept to the delta's names: the same set, the same scores, bit for bit.
//!
//! [`Delta::retrieve_text`] is the way for a whole book. Nearly every customer shares nothing of weight with a few
//! names; [`filter`] sees that on the raw text, from what is remembered of each word, and proves it before it lets a
//! name pass unread. Whatever it cannot prove is normalised and retrieved in full.

mod acronyms;
mod by_form;
mod filter;
mod fragments;
mod heard;
mod kin;
mod seams;
mod summary;
mod words;

use crate::facts::{Facts, Identifier, Quality};
use crate::file::IndexError;
use crate::index::{weighed_by, Index, ListedParty};
use crate::normalise::{analyse, Analysed, Form, Origin, Side, Token};
use crate::retrieve::{Candidate, Score, Scratch, Work};
use filter::Filter;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use words::Words;

/// Some names of a list as an index of their own, weighed by the whole list's statistics.
pub struct Delta {
    small: Index,
    /// The ids by which answers name a name and a party, in the order of the small index.
    names: Vec<u32>,
    parties: Vec<u32>,
    filter: Filter,
}

/// What one thread keeps while customers stream past: buffers, tokens already resolved and words already judged.
#[derive(Default)]
pub struct Passing {
    scratch: Scratch,
    words: Words,
}

impl Passing {
    /// An empty one, for any delta.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Delta {
    /// The names of these parties of `base`; ids that are not below [`Index::parties`] and repeats are passed over.
    /// Answers name names and parties by the ids of `base`.
    pub fn of(base: &Arc<Index>, parties: &[u32]) -> Result<Self, IndexError> {
        let mut parties: Vec<u32> = parties.iter().copied().filter(|id| *id < base.parties()).collect();
        parties.sort_unstable();
        parties.dedup();
        let rows: Vec<Row<'_>> = parties.iter().filter_map(|id| Row::of(base, *id)).collect();
        let named: Vec<Vec<(&str, Quality)>> = rows.iter().map(Row::names).collect();
        let listed = rows.iter().zip(&named).map(|(row, names)| ListedParty { key: row.key, names, facts: &row.facts });
        let names: Vec<u32> = rows.iter().flat_map(|row| row.ids.iter().map(|(_, id)| *id)).collect();
        let forms = forms_of(base, &names);
        let read = |id: &str| id.parse().ok().and_then(|id: u32| forms.get(&id).cloned()).unwrap_or_default();
        let (small, _) = weighed_by(base, listed, read)?;
        Ok(Self::over(small, names, parties))
    }

    /// Parties that are in no index yet: an announcement, the additions of a new edition. Their tokens weigh what
    /// `base` says, and what it does not know is as rare as can be. Answers count names and parties from 0.
    pub fn announced<'a>(
        base: &Arc<Index>,
        parties: impl Iterator<Item = ListedParty<'a>>,
    ) -> Result<Self, IndexError> {
        Self::announced_as(base, parties, |text| analyse(text, Side::List))
    }

    /// The same with each name read by `read`.
    pub fn announced_as<'a>(
        base: &Arc<Index>,
        parties: impl Iterator<Item = ListedParty<'a>>,
        read: impl Fn(&str) -> Analysed,
    ) -> Result<Self, IndexError> {
        let (small, _) = weighed_by(base, parties, read)?;
        let (names, parties) = ((0..small.names()).collect(), (0..small.parties()).collect());
        Ok(Self::over(small, names, parties))
    }

    fn over(small: Index, names: Vec<u32>, parties: Vec<u32>) -> Self {
        let filter = Filter::of(&small);
        Self { small, names, parties, filter }
    }

    /// How many names.
    pub const fn names(&self) -> u32 {
        self.small.names()
    }

    /// How many parties.
    pub const fn parties(&self) -> u32 {
        self.small.parties()
    }

    /// As [`Index::retrieve`] of the base, kept to the names of the delta.
    pub fn retrieve(&self, query: &Analysed, tau: Score, passing: &mut Passing, out: &mut Vec<Candidate>) -> Work {
        let work = self.small.retrieve(query, tau, &mut passing.scratch, out);
        for one in &mut *out {
            one.name = self.names[one.name as usize];
            one.party = self.parties[one.party as usize];
        }
        work
    }

    /// Whether it is certain without reading `text` as a name that no name of the delta scores `tau` against it.
    pub fn passes(&self, text: &str, tau: Score, passing: &mut Passing) -> bool {
        self.filter.passes(text, tau.max(1), &self.small, &mut passing.words)
    }

    /// The answer to [`analyse`] of `text` as a query, without analysing texts that cannot have one.
    pub fn retrieve_text(&self, text: &str, tau: Score, passing: &mut Passing, out: &mut Vec<Candidate>) -> Work {
        if self.passes(text, tau, passing) {
            out.clear();
            return Work::default();
        }
        self.retrieve(&analyse(text, Side::Query), tau, passing, out)
    }

    /// The parties of the delta that bear an identifier of the same value; see [`Index::equal_identifiers`].
    pub fn equal_identifiers(&self, identifier: &Identifier, out: &mut Vec<u32>) {
        self.small.equal_identifiers(identifier, out);
        for party in &mut *out {
            *party = self.parties[*party as usize];
        }
    }
}

/// One party of the base. The names' texts are their ids there: nothing reads the texts of the small index, and its
/// forms are taken from the base as they stand.
struct Row<'a> {
    key: &'a str,
    facts: Facts,
    ids: Vec<(String, u32)>,
    qualities: Vec<Quality>,
}

impl<'a> Row<'a> {
    fn of(base: &'a Index, id: u32) -> Option<Self> {
        let party = base.party(id)?;
        let ids = party.names.clone().map(|id| (id.to_string(), id)).collect();
        let qualities = party.names.clone().filter_map(|id| base.name(id)).map(|name| name.quality).collect();
        Some(Self { key: party.key, facts: party.facts(), ids, qualities })
    }

    fn names(&self) -> Vec<(&str, Quality)> {
        self.ids.iter().zip(&self.qualities).map(|((text, _), quality)| (text.as_str(), *quality)).collect()
    }
}

/// The forms of these names as the index holds them.
fn forms_of(base: &Index, names: &[u32]) -> FxHashMap<u32, Analysed> {
    let tables = base.tables();
    let token = |id: &u32| Token {
        text: String::from_utf8_lossy(tables.token_text(*id)).into(),
        class: tables.class_of(*id),
        variant: tables.variant_of(*id),
    };
    let mut all: FxHashMap<u32, Analysed> = names.iter().map(|name| (*name, Analysed::default())).collect();
    for (form, name) in (0u32..).zip(tables.form_name) {
        if let Some(analysed) = all.get_mut(name) {
            analysed.forms.push(Form {
                tokens: tables.tokens_of(form).iter().map(token).collect(),
                squashed: String::from_utf8_lossy(tables.whole_of(form)).into(),
                origin: Origin::Written,
            });
        }
    }
    all
}
