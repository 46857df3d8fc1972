//! From parties and their names to the bytes of an index: the same parties in the same order give the same bytes.

use super::hashing::{self, Role};
use super::Index;
use crate::facts::{Facts, Quality};
use crate::file::{encode_facts, IndexError};
use crate::normalise::{Analysed, Token, MAX_TOKENS};
use crate::similarity::RetrievalWeights;
use rustc_hash::FxHashMap;

/// One party of a list as it enters the index.
#[derive(Debug, Clone, Copy)]
pub struct ListedParty<'a> {
    /// List and number, `ofac-sdn:9345`.
    pub key: &'a str,
    /// Every name with its quality, as published.
    pub names: &'a [(&'a str, Quality)],
    /// Everything else that is known.
    pub facts: &'a Facts,
}

/// What a build made, and what of it cannot be found by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// Parties.
    pub parties: u32,
    /// Names.
    pub names: u32,
    /// Ways of reading them.
    pub forms: u32,
    /// Distinct tokens.
    pub tokens: u32,
    /// Distinct joins of adjacent tokens.
    pub joins: u32,
    /// Size of the file.
    pub bytes: u64,
    /// Names without a letter or digit: no query finds them by name.
    pub unreadable: Vec<u32>,
    /// Names of which a limit cut something.
    pub cut: Vec<u32>,
}

/// What has been taken in so far: the arrays of the file, but for token ids that are still provisional.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) key_ends: Vec<u32>,
    pub(super) keys: Vec<u8>,
    pub(super) party_names: Vec<u32>,
    pub(super) fact_ends: Vec<u32>,
    pub(super) facts: Vec<u8>,
    pub(super) name_party: Vec<u32>,
    pub(super) name_ends: Vec<u32>,
    pub(super) name_texts: Vec<u8>,
    pub(super) name_quality: Vec<u8>,
    pub(super) name_forms: Vec<u32>,
    pub(super) form_name: Vec<u32>,
    pub(super) form_ends: Vec<u32>,
    pub(super) form_tokens: Vec<u32>,
    pub(super) whole_ends: Vec<u32>,
    pub(super) wholes: Vec<u8>,
    pub(super) interned: FxHashMap<Token, u32>,
    pub(super) identifiers: Vec<(u64, u32)>,
    pub(super) report: BuildReport,
}

/// The bytes of an index over these parties; `analyse` reads each name, and tokens weigh what `base` says, else what
/// their own frequency does.
pub(super) fn encode<'a>(
    parties: impl Iterator<Item = ListedParty<'a>>,
    analyse: impl Fn(&str) -> Analysed,
    weights: &RetrievalWeights,
    statistics: u32,
    build_id: &[u8; 32],
    base: Option<&Index>,
) -> Result<(Vec<u8>, BuildReport), IndexError> {
    weights.validate()?;
    let mut all = Collected::default();
    for ends in [&mut all.key_ends, &mut all.party_names, &mut all.fact_ends, &mut all.name_ends] {
        ends.push(0);
    }
    for ends in [&mut all.name_forms, &mut all.form_ends, &mut all.whole_ends] {
        ends.push(0);
    }
    for party in parties {
        all.take(&party, &analyse)?;
    }
    all.lay_out(weights, statistics, build_id, base)
}

impl Collected {
    fn take(&mut self, party: &ListedParty<'_>, analyse: impl Fn(&str) -> Analysed) -> Result<(), IndexError> {
        let id = self.report.parties;
        self.report.parties = next(id, "parties")?;
        self.keys.extend_from_slice(party.key.as_bytes());
        self.key_ends.push(end(self.keys.len(), "keys")?);
        encode_facts(party.facts, &mut self.facts);
        self.fact_ends.push(end(self.facts.len(), "facts")?);
        for identifier in party.facts.identifiers.iter().filter(|one| !one.value.is_empty()) {
            let hash = hashing::text(Role::Identifier, identifier.value.as_bytes());
            self.identifiers.push((hash, id));
        }
        for (text, quality) in party.names {
            self.take_name(id, text, *quality, &analyse(text))?;
        }
        self.party_names.push(self.report.names);
        Ok(())
    }

    fn take_name(&mut self, party: u32, text: &str, quality: Quality, read: &Analysed) -> Result<(), IndexError> {
        let name = self.report.names;
        self.report.names = next(name, "names")?;
        self.name_party.push(party);
        self.name_texts.extend_from_slice(text.as_bytes());
        self.name_ends.push(end(self.name_texts.len(), "name texts")?);
        self.name_quality.push(quality as u8);
        if read.forms.iter().all(|form| form.squashed.is_empty() && form.tokens.is_empty()) {
            self.report.unreadable.push(name);
        }
        let mut cut = read.truncated;
        for form in &read.forms {
            cut |= form.tokens.len() > MAX_TOKENS;
            self.report.forms = next(self.report.forms, "forms")?;
            self.form_name.push(name);
            for token in form.tokens.iter().take(MAX_TOKENS) {
                let fresh = self.interned.len() as u32;
                let id = match self.interned.get(token) {
                    Some(id) => *id,
                    None => *self.interned.entry(token.clone()).or_insert(fresh),
                };
                self.form_tokens.push(id);
            }
            self.form_ends.push(end(self.form_tokens.len(), "tokens of forms")?);
            self.wholes.extend_from_slice(form.squashed.as_bytes());
            self.whole_ends.push(end(self.wholes.len(), "whole forms")?);
        }
        self.name_forms.push(self.report.forms);
        if cut {
            self.report.cut.push(name);
        }
        Ok(())
    }
}

/// The next id; the largest number stands for "none".
pub(super) fn next(id: u32, what: &'static str) -> Result<u32, IndexError> {
    if id >= u32::MAX - 1 {
        Err(IndexError::TooLarge(what))
    } else {
        Ok(id + 1)
    }
}

/// A length as an offset.
pub(super) fn end(length: usize, what: &'static str) -> Result<u32, IndexError> {
    u32::try_from(length).map_err(|_| IndexError::TooLarge(what))
}
