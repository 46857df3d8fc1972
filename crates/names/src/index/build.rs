//! From parties and their names to the bytes of an index: the same parties in the same order give the same bytes.

use super::buckets::BucketArrays;
use super::counts::Counts;
use super::hashing::{self, Role};
use super::statistics;
use super::tables::{pack_class, NO_TOKEN};
use crate::facts::{Facts, Quality};
use crate::file::{encode_facts, IndexError, Section, Writer};
use crate::normalise::{Analysed, Token, TokenClass, MAX_TOKEN, MAX_TOKENS};
use crate::similarity::{
    classes_may_join, reach, RetrievalWeights, View, JOIN_EDIT_FROM, WHOLE_EDIT_FROM,
};
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

#[derive(Default)]
struct Collected {
    key_ends: Vec<u32>,
    keys: Vec<u8>,
    party_names: Vec<u32>,
    fact_ends: Vec<u32>,
    facts: Vec<u8>,
    name_party: Vec<u32>,
    name_ends: Vec<u32>,
    name_texts: Vec<u8>,
    name_quality: Vec<u8>,
    name_forms: Vec<u32>,
    form_name: Vec<u32>,
    form_ends: Vec<u32>,
    form_tokens: Vec<u32>,
    whole_ends: Vec<u32>,
    wholes: Vec<u8>,
    interned: FxHashMap<Token, u32>,
    identifiers: Vec<(u64, u32)>,
    report: BuildReport,
}

/// The bytes of an index over these parties; `analyse` reads each name.
pub(super) fn encode<'a>(
    parties: impl Iterator<Item = ListedParty<'a>>,
    analyse: impl Fn(&str) -> Analysed,
    weights: &RetrievalWeights,
    statistics: u32,
    build_id: &[u8; 32],
) -> Result<(Vec<u8>, BuildReport), IndexError> {
    weights.validate()?;
    let mut all = Collected::default();
    for ends in [
        &mut all.key_ends,
        &mut all.party_names,
        &mut all.fact_ends,
        &mut all.name_ends,
    ] {
        ends.push(0);
    }
    for ends in [&mut all.name_forms, &mut all.form_ends, &mut all.whole_ends] {
        ends.push(0);
    }
    for party in parties {
        all.take(&party, &analyse)?;
    }
    all.lay_out(weights, statistics, build_id)
}

impl Collected {
    fn take(
        &mut self,
        party: &ListedParty<'_>,
        analyse: impl Fn(&str) -> Analysed,
    ) -> Result<(), IndexError> {
        let id = self.report.parties;
        self.report.parties = next(id, "parties")?;
        self.keys.extend_from_slice(party.key.as_bytes());
        self.key_ends.push(end(self.keys.len(), "keys")?);
        encode_facts(party.facts, &mut self.facts);
        self.fact_ends.push(end(self.facts.len(), "facts")?);
        for identifier in &party.facts.identifiers {
            let hash = hashing::text(Role::Identifier, identifier.value.as_bytes());
            self.identifiers.push((hash, id));
        }
        for (text, quality) in party.names {
            self.take_name(id, text, *quality, &analyse(text))?;
        }
        self.party_names.push(self.report.names);
        Ok(())
    }

    fn take_name(
        &mut self,
        party: u32,
        text: &str,
        quality: Quality,
        read: &Analysed,
    ) -> Result<(), IndexError> {
        let name = self.report.names;
        self.report.names = next(name, "names")?;
        self.name_party.push(party);
        self.name_texts.extend_from_slice(text.as_bytes());
        self.name_ends
            .push(end(self.name_texts.len(), "name texts")?);
        self.name_quality.push(quality as u8);
        if read
            .forms
            .iter()
            .all(|form| form.squashed.is_empty() && form.tokens.is_empty())
        {
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
            self.form_ends
                .push(end(self.form_tokens.len(), "tokens of forms")?);
            self.wholes.extend_from_slice(form.squashed.as_bytes());
            self.whole_ends.push(end(self.wholes.len(), "whole forms")?);
        }
        self.name_forms.push(self.report.forms);
        if cut {
            self.report.cut.push(name);
        }
        Ok(())
    }

    fn lay_out(
        mut self,
        weights: &RetrievalWeights,
        statistics: u32,
        build_id: &[u8; 32],
    ) -> Result<(Vec<u8>, BuildReport), IndexError> {
        let tokens = self.sort_tokens();
        let (token_weight, population) = self.weigh(&tokens, weights);
        let form_weight: Vec<u32> = self
            .form_ends
            .windows(2)
            .map(|pair| &self.form_tokens[pair[0] as usize..pair[1] as usize])
            .map(|ids| ids.iter().map(|id| token_weight[*id as usize]).sum())
            .collect();
        let (joins, postings) = self.join_and_post(&tokens);
        self.report.tokens = tokens.len() as u32;
        self.report.joins = joins.len() as u32;
        next(
            self.report.tokens.saturating_add(self.report.joins),
            "tokens and joins",
        )?;
        let report = &self.report;
        let counts = Counts {
            parties: report.parties,
            names: report.names,
            forms: report.forms,
            tokens: report.tokens,
            joins: report.joins,
            population,
            weights: weights.clone(),
        };
        let views: Vec<View<'_>> = tokens.iter().map(View::of).collect();
        let mut file = Writer::new(statistics, build_id);
        file.words(Section::Numbers, &counts.pack());
        file.words(Section::KeyEnds, &self.key_ends);
        file.bytes(Section::Keys, &self.keys);
        file.words(Section::PartyNames, &self.party_names);
        file.words(Section::FactEnds, &self.fact_ends);
        file.bytes(Section::Facts, &self.facts);
        file.words(Section::NameParty, &self.name_party);
        file.words(Section::NameEnds, &self.name_ends);
        file.bytes(Section::NameTexts, &self.name_texts);
        file.bytes(Section::NameQuality, &self.name_quality);
        file.words(Section::NameForms, &self.name_forms);
        file.words(Section::FormName, &self.form_name);
        file.words(Section::FormEnds, &self.form_ends);
        file.words(Section::FormTokens, &self.form_tokens);
        file.words(Section::FormWeight, &form_weight);
        file.words(Section::WholeEnds, &self.whole_ends);
        file.bytes(Section::Wholes, &self.wholes);
        let (mut token_ends, mut token_texts) = (vec![0], Vec::new());
        for token in &tokens {
            token_texts.extend_from_slice(token.text.as_bytes());
            token_ends.push(end(token_texts.len(), "token texts")?);
        }
        file.words(Section::TokenEnds, &token_ends);
        file.bytes(Section::TokenTexts, &token_texts);
        let each = |of: fn(&View<'_>) -> u32| views.iter().map(of).collect::<Vec<u32>>();
        file.words(Section::TokenClass, &each(|view| pack_class(view.class)));
        file.words(Section::TokenVariant, &each(|view| view.variant));
        file.words(Section::TokenWeight, &token_weight);
        file.words(Section::TokenLetters, &each(|view| view.letters));
        file.words(Section::TokenSound, &each(|view| view.sound));
        file.words(Section::JoinParts, joins.as_flattened());
        file.words(Section::PostingEnds, &postings.0);
        file.words(Section::Postings, &postings.1);
        let tables = [
            (
                token_keys(&views),
                [
                    Section::TokenKeyEnds,
                    Section::TokenKeyIds,
                    Section::TokenKeyMarks,
                ],
            ),
            (
                deletion_keys(&views),
                [
                    Section::DeletionEnds,
                    Section::DeletionIds,
                    Section::DeletionMarks,
                ],
            ),
            (
                join_keys(&joins, &tokens),
                [
                    Section::JoinKeyEnds,
                    Section::JoinKeyIds,
                    Section::JoinKeyMarks,
                ],
            ),
            (
                self.whole_keys(),
                [
                    Section::WholeKeyEnds,
                    Section::WholeKeyIds,
                    Section::WholeKeyMarks,
                ],
            ),
            (
                std::mem::take(&mut self.identifiers),
                [
                    Section::IdentifierEnds,
                    Section::IdentifierIds,
                    Section::IdentifierMarks,
                ],
            ),
        ];
        for (pairs, [ends, ids, marks]) in tables {
            end(pairs.len(), "hashed keys")?;
            let arrays = BucketArrays::build(pairs);
            file.words(ends, &arrays.ends);
            file.words(ids, &arrays.ids);
            file.bytes(marks, &arrays.marks);
        }
        let bytes = file.finish();
        self.report.bytes = bytes.len() as u64;
        Ok((bytes, self.report))
    }

    /// Numbers the tokens in their order, so that ids do not depend on a hash map.
    fn sort_tokens(&mut self) -> Vec<Token> {
        let mut tokens: Vec<(Token, u32)> =
            std::mem::take(&mut self.interned).into_iter().collect();
        tokens.sort_unstable();
        let mut renumbered = vec![0u32; tokens.len()];
        for (id, (_, provisional)) in tokens.iter().enumerate() {
            renumbered[*provisional as usize] = id as u32;
        }
        for id in &mut self.form_tokens {
            *id = renumbered[*id as usize];
        }
        tokens.into_iter().map(|(token, _)| token).collect()
    }

    /// The weight of each token, and how many names have a form. A token of a variant class is as
    /// frequent as its class: a rare spelling of a common name is still a common name.
    fn weigh(&self, tokens: &[Token], weights: &RetrievalWeights) -> (Vec<u32>, u32) {
        let mut class_number: FxHashMap<u32, usize> = FxHashMap::default();
        let group_of: Vec<usize> = tokens
            .iter()
            .enumerate()
            .map(|(id, token)| match token.variant {
                0 => id,
                variant => *class_number.entry(variant).or_insert(id),
            })
            .collect();
        let mut frequency = vec![0u32; tokens.len()];
        let mut population = 0;
        let mut groups = Vec::new();
        for pair in self.name_forms.windows(2) {
            population += u32::from(pair[0] < pair[1]);
            let range = self.form_ends[pair[0] as usize] as usize
                ..self.form_ends[pair[1] as usize] as usize;
            groups.clear();
            groups.extend(
                self.form_tokens[range]
                    .iter()
                    .map(|id| group_of[*id as usize]),
            );
            groups.sort_unstable();
            groups.dedup();
            for group in &groups {
                frequency[*group] += 1;
            }
        }
        let weight = |(token, group): (&Token, &usize)| {
            statistics::weight(token.class, frequency[*group], population, weights)
        };
        (
            tokens.iter().zip(&group_of).map(weight).collect(),
            population,
        )
    }

    /// Every run of adjacent tokens that may be read as one, and the forms of each token and each join.
    #[allow(clippy::type_complexity)]
    fn join_and_post(&self, tokens: &[Token]) -> (Vec<[u32; 3]>, (Vec<u32>, Vec<u32>)) {
        let mut runs: Vec<([u32; 3], u32)> = Vec::new();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (form, pair) in self.form_ends.windows(2).enumerate() {
            let ids = &self.form_tokens[pair[0] as usize..pair[1] as usize];
            pairs.extend(ids.iter().map(|id| (*id, form as u32)));
            for run in ids.windows(2).chain(ids.windows(3)) {
                let mut classes = [TokenClass::Stop; 3];
                run.iter()
                    .zip(&mut classes)
                    .for_each(|(id, class)| *class = tokens[*id as usize].class);
                let length: usize = run.iter().map(|id| tokens[*id as usize].text.len()).sum();
                if classes_may_join(&classes[..run.len()]) && length <= MAX_TOKEN {
                    let middle = if run.len() == 3 { run[1] } else { NO_TOKEN };
                    runs.push(([run[0], middle, run[run.len() - 1]], form as u32));
                }
            }
        }
        runs.sort_unstable();
        let mut joins: Vec<[u32; 3]> = Vec::new();
        for (parts, form) in runs {
            if joins.last() != Some(&parts) {
                joins.push(parts);
            }
            pairs.push(((tokens.len() + joins.len() - 1) as u32, form));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut ends = vec![0u32; tokens.len() + joins.len() + 1];
        for (entry, _) in &pairs {
            ends[*entry as usize + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        (
            joins,
            (ends, pairs.into_iter().map(|(_, form)| form).collect()),
        )
    }

    fn whole_keys(&self) -> Vec<(u64, u32)> {
        let mut keys = Vec::new();
        for (form, pair) in self.whole_ends.windows(2).enumerate() {
            one_edit_keys(
                &self.wholes[pair[0] as usize..pair[1] as usize],
                WHOLE_EDIT_FROM,
                form as u32,
                &mut keys,
            );
        }
        keys
    }
}

fn token_keys(views: &[View<'_>]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    for (id, view) in views.iter().enumerate() {
        let id = id as u32;
        keys.push((hashing::text(Role::Text, view.text), id));
        if view.variant != 0 {
            keys.push((hashing::number(Role::Variant, u64::from(view.variant)), id));
        }
        if view.sound != 0 {
            keys.push((hashing::number(Role::Sound, u64::from(view.sound)), id));
        }
        match (view.class, view.text.first()) {
            (TokenClass::Legal(class), _) => {
                keys.push((hashing::number(Role::Legal, u64::from(class)), id))
            }
            (TokenClass::Word, Some(first)) => {
                keys.push((hashing::number(Role::Letter, u64::from(*first)), id))
            }
            _ => {}
        }
    }
    keys
}

fn deletion_keys(views: &[View<'_>]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    for (id, view) in views.iter().enumerate() {
        let most = reach(view.text.len());
        if view.class == TokenClass::Word && most > 0 {
            hashing::deletions(view.text, most, |hash| keys.push((hash, id as u32)));
        }
    }
    keys
}

fn join_keys(joins: &[[u32; 3]], tokens: &[Token]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    let mut text = Vec::new();
    for (id, parts) in joins.iter().enumerate() {
        text.clear();
        for part in parts.iter().filter(|part| **part != NO_TOKEN) {
            text.extend_from_slice(tokens[*part as usize].text.as_bytes());
        }
        one_edit_keys(&text, JOIN_EDIT_FROM, id as u32, &mut keys);
    }
    keys
}

/// The text itself, and its halves when a partner one edit away may be long enough.
fn one_edit_keys(text: &[u8], from: usize, id: u32, keys: &mut Vec<(u64, u32)>) {
    keys.push((hashing::text(Role::Text, text), id));
    if text.len() + 1 >= from {
        keys.extend(
            hashing::halves(text.len(), text)
                .into_iter()
                .flatten()
                .map(|hash| (hash, id)),
        );
    }
}

fn next(id: u32, what: &'static str) -> Result<u32, IndexError> {
    // The largest number stands for "none".
    if id >= u32::MAX - 1 {
        Err(IndexError::TooLarge(what))
    } else {
        Ok(id + 1)
    }
}

fn end(length: usize, what: &'static str) -> Result<u32, IndexError> {
    u32::try_from(length).map_err(|_| IndexError::TooLarge(what))
}
