//! The index: every listed name as tokens with ids, how to find them, and all that is known of the parties.
//!
//! [`build`] writes one file; [`Index::open`] maps it read-only and checks it whole, after which any
//! number of threads and processes may read. What is found, and why nothing is missed, is in
//! [`crate::retrieve`].

mod arrange;
mod buckets;
mod build;
mod codes;
mod counts;
pub(crate) mod hashing;
mod join_buffer;
mod keys;
mod layout;
pub(crate) mod marks;
mod records;
mod sieve;
mod statistics;
mod steps;
pub(crate) mod tables;

use crate::facts::{Facts, Identifier, Quality};
use crate::file::{decode_facts, save, IndexError, Section, Store};
use crate::normalise::{analyse, tables_version, Analysed, Side, Token, TokenClass};
use crate::similarity::{is_whole, key_of, RetrievalWeights};
pub use build::{BuildReport, ListedParty};
use codes::quality_of;
use counts::Counts;
use hashing::Role;
pub(crate) use join_buffer::JoinBuffer;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use steps::Steps;
use tables::{between, Tables};

/// Version of the rules that are not tables, beside the version of the package: to be raised whenever a
/// file made before a change would be read wrongly after it.
const RULES_VERSION: u64 = 2;

/// What binds a file to the rules and tables it was made with; another value is refused on opening.
pub fn statistics_version() -> u32 {
    let code = hashing::text(Role::Text, env!("CARGO_PKG_VERSION").as_bytes());
    (hashing::mix(u64::from(tables_version()) ^ hashing::mix(code ^ RULES_VERSION)) >> 32) as u32
}

/// Writes the index of these parties to `path`, whole or not at all; readers of an older file keep it.
pub fn build<'a>(
    parties: impl Iterator<Item = ListedParty<'a>>,
    weights: &RetrievalWeights,
    path: &Path,
    build_id: &[u8; 32],
) -> Result<BuildReport, IndexError> {
    let (bytes, report) = encode(parties, |text| analyse(text, Side::List), weights, build_id)?;
    save(&bytes, path)?;
    Ok(report)
}

/// The same as bytes in memory, each name read by `read`.
pub fn encode<'a>(
    parties: impl Iterator<Item = ListedParty<'a>>,
    read: impl Fn(&str) -> Analysed,
    weights: &RetrievalWeights,
    build_id: &[u8; 32],
) -> Result<(Vec<u8>, BuildReport), IndexError> {
    build::encode(parties, read, weights, statistics_version(), build_id, None)
}

/// An index in memory over these parties in which every token, listed or asked for, weighs what `base` says.
pub(crate) fn weighed_by<'a>(
    base: &Arc<Index>,
    parties: impl Iterator<Item = ListedParty<'a>>,
    read: impl Fn(&str) -> Analysed,
) -> Result<(Index, BuildReport), IndexError> {
    let made = build::encode(parties, read, base.weights(), statistics_version(), base.build_id(), Some(base));
    let (bytes, report) = made?;
    let index = Index { weigher: Some(Arc::clone(base)), ..Index::from_bytes(&bytes)? };
    Ok((index, report))
}

/// An opened index. Cheap to share between threads, never changes.
pub struct Index {
    store: Store,
    counts: Counts,
    steps: Steps,
    /// Tells this opening from every other of this process, so that a memo is never read with another index.
    instance: u64,
    /// The index whose statistics weigh the tokens, when they are not its own.
    weigher: Option<Arc<Index>>,
}

/// One listed name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameRef<'a> {
    /// As published.
    pub text: &'a str,
    /// The party that bears it.
    pub party: u32,
    /// How far the publisher stands behind it.
    pub quality: Quality,
}

/// One listed party.
#[derive(Debug, Clone)]
pub struct PartyRef<'a> {
    /// List and number.
    pub key: &'a str,
    /// Its names.
    pub names: Range<u32>,
    packed: &'a [u8],
}

impl PartyRef<'_> {
    /// Everything known besides the names.
    pub fn facts(&self) -> Facts {
        // Decoded once for each party when the file was opened, so this cannot fail.
        decode_facts(self.packed).unwrap_or_default()
    }
}

impl Index {
    /// Maps the file and checks all of it: lengths, checksums, offsets, ids.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        Self::checked(Store::open(path, statistics_version())?)
    }

    /// The same from memory.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError> {
        Self::checked(Store::from_bytes(bytes, statistics_version())?)
    }

    fn checked(store: Store) -> Result<Self, IndexError> {
        static INSTANCES: AtomicU64 = AtomicU64::new(1);
        let numbers = store.sections().words(Section::Numbers).and_then(Counts::unpack);
        let counts = numbers.ok_or_else(|| IndexError::damaged("counts and weights"))?;
        let tables = Tables::of(&store);
        tables.check(&counts)?;
        let steps = Steps::of((0..counts.forms).map(|form| tables.form_weight(form)));
        Ok(Self { store, counts, steps, instance: INSTANCES.fetch_add(1, Ordering::Relaxed), weigher: None })
    }

    /// How many parties; ids run from 0.
    pub const fn parties(&self) -> u32 {
        self.counts.parties
    }

    /// How many names; ids run from 0.
    pub const fn names(&self) -> u32 {
        self.counts.names
    }

    /// How many distinct tokens.
    pub const fn tokens(&self) -> u32 {
        self.counts.tokens
    }

    /// What the builder was given to tell this build from others.
    pub fn build_id(&self) -> &[u8; 32] {
        self.store.build_id()
    }

    /// Size of the file.
    pub fn bytes(&self) -> usize {
        self.store.len()
    }

    /// The weights the file was built with; retrieval uses these and no others.
    pub const fn weights(&self) -> &RetrievalWeights {
        &self.counts.weights
    }

    /// One name, `None` for an id that is not below [`Self::names`].
    pub fn name(&self, id: u32) -> Option<NameRef<'_>> {
        let tables = self.tables();
        let party = *tables.name_party.get(id as usize)?;
        let text = std::str::from_utf8(between(tables.name_ends, id, tables.name_texts)).ok()?;
        Some(NameRef { text, party, quality: quality_of(tables.name_quality[id as usize])? })
    }

    /// One party, `None` for an id that is not below [`Self::parties`].
    pub fn party(&self, id: u32) -> Option<PartyRef<'_>> {
        if id >= self.parties() {
            return None;
        }
        let tables = self.tables();
        let names = tables.party_names[id as usize]..tables.party_names[id as usize + 1];
        let key = std::str::from_utf8(between(tables.key_ends, id, tables.keys)).ok()?;
        Some(PartyRef { key, names, packed: between(tables.fact_ends, id, tables.facts) })
    }

    /// The weight of a token by the frozen statistics, in 1/256 bit: that of the same token, else of its
    /// variant class, else of the lightest word of its sound key, else the most a token can weigh.
    pub fn token_weight(&self, token: &Token) -> u32 {
        if let Some(base) = &self.weigher {
            return base.token_weight(token);
        }
        let tables = self.tables();
        if matches!(token.class, TokenClass::Word | TokenClass::Number) {
            let hash = hashing::text(Role::Text, token.text.as_bytes());
            let same = |id: &u32| {
                tables.token_text(*id) == token.text.as_bytes()
                    && tables.class_of(*id) == token.class
                    && tables.variant_of(*id) == token.variant
            };
            if let Some(id) = tables.token_keys.find(hash).find(same) {
                return tables.weight_of(id);
            }
            let hash = hashing::number(Role::Variant, u64::from(token.variant));
            let kin = |id: &u32| {
                tables.variant_of(*id) == token.variant
                    && matches!(tables.class_of(*id), TokenClass::Word | TokenClass::Number)
            };
            if token.variant != 0 {
                if let Some(id) = tables.token_keys.find(hash).find(kin) {
                    return tables.weight_of(id);
                }
            }
        }
        if token.class == TokenClass::Word && token.variant == 0 {
            let key = key_of(token.text.as_bytes());
            let code = key.code();
            let hash = hashing::number(Role::Sound, code);
            let heard =
                |id: &u32| tables.sound_of(*id) == code && (is_whole(code) || key_of(tables.token_text(*id)) == key);
            let found = tables.token_keys.find(hash).filter(|_| key.symbols() > 0).filter(heard);
            if let Some(weight) = found.map(|id| tables.weight_of(id)).min() {
                return weight;
            }
        }
        statistics::weight(token.class, 1, self.counts.population, self.weights())
    }

    /// The parties that bear an identifier of the same value, of whatever type and country: the judge
    /// weighs these. In order, each once; an empty value equals nothing.
    pub fn equal_identifiers(&self, identifier: &Identifier, out: &mut Vec<u32>) {
        out.clear();
        if identifier.value.is_empty() {
            return;
        }
        let hash = hashing::text(Role::Identifier, identifier.value.as_bytes());
        let bears = |id: &u32| {
            let facts = self.party(*id).map(|party| party.facts()).unwrap_or_default();
            facts.identifiers.iter().any(|one| one.value == identifier.value)
        };
        out.extend(self.tables().identifiers.find(hash).filter(bears));
        out.sort_unstable();
        out.dedup();
    }

    pub(crate) fn tables(&self) -> Tables<'_> {
        Tables::of(&self.store)
    }

    /// Names with at least one form.
    pub(crate) const fn population(&self) -> u32 {
        self.counts.population
    }

    pub(crate) const fn forms(&self) -> u32 {
        self.counts.forms
    }

    /// Ids among which all forms are that weigh at least `least` and at most `most`.
    #[inline]
    pub(crate) fn forms_between(&self, least: u64, most: u64) -> Range<u32> {
        self.steps.between(least, most)
    }

    pub(crate) const fn instance(&self) -> u64 {
        self.instance
    }
}
