//! From collected names to sections: numbers the tokens, weighs them, posts them, and lays everything out.

use super::buckets::BucketArrays;
use super::build::{end, next, BuildReport, Collected};
use super::counts::Counts;
use super::keys::{deletion_keys, initials_keys, join_keys, run_keys, token_keys, whole_keys};
use super::marks::{beside, posting_of, Posting};
use super::records::record_of;
use super::sieve::sieve_of;
use super::statistics;
use super::tables::{HAS_INITIAL, NO_TOKEN};
use super::Index;
use crate::file::{IndexError, Section, Writer};
use crate::normalise::{Token, TokenClass, MAX_TOKEN};
use crate::similarity::{classes_may_join, key_of, RetrievalWeights, View};
use rustc_hash::FxHashMap;

impl Collected {
    pub(super) fn lay_out(
        mut self,
        weights: &RetrievalWeights,
        statistics: u32,
        build_id: &[u8; 32],
        base: Option<&Index>,
    ) -> Result<(Vec<u8>, BuildReport), IndexError> {
        let tokens = self.sort_tokens();
        let (token_weight, population) = match base {
            Some(base) => (tokens.iter().map(|token| base.token_weight(token)).collect(), base.population()),
            None => self.weigh(&tokens, weights),
        };
        let form_weight: Vec<u32> = self
            .form_ends
            .windows(2)
            .map(|pair| &self.form_tokens[pair[0] as usize..pair[1] as usize])
            .map(|ids| form_weight_of(ids, &tokens, &token_weight))
            .collect();
        let form_weight = self.arrange(form_weight)?;
        let (joins, postings) = self.join_and_post(&tokens);
        self.report.tokens = tokens.len() as u32;
        self.report.joins = joins.len() as u32;
        next(self.report.tokens.saturating_add(self.report.joins), "tokens and joins")?;
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
        file.words(Section::FormName, &self.form_name);
        file.words(Section::FormEnds, &self.form_ends);
        file.words(Section::FormTokens, &self.form_tokens);
        file.words(Section::FormWeight, &form_weight);
        file.words(Section::WholeEnds, &self.whole_ends);
        file.bytes(Section::Wholes, &self.wholes);
        let (mut records, mut token_texts) = (Vec::new(), Vec::new());
        for (view, weight) in views.iter().zip(&token_weight) {
            let start = end(token_texts.len(), "token texts")?;
            token_texts.extend_from_slice(view.text);
            end(token_texts.len(), "token texts")?;
            records.push(record_of(view, start, *weight));
        }
        file.words(Section::Tokens, records.as_flattened());
        file.bytes(Section::TokenTexts, &token_texts);
        file.words(Section::JoinParts, joins.as_flattened());
        file.words(Section::PostingEnds, &postings.0);
        file.words(Section::Postings, &postings.1);
        let marks = self.mark_postings(&postings.0[..=tokens.len()], &form_weight);
        file.words(Section::TokenPostings, marks.as_flattened());
        let (joined, mut whole) = (join_keys(&joins, &tokens), whole_keys(&self.whole_ends, &self.wholes));
        whole.extend(initials_keys(&self.form_ends, &self.form_tokens, &tokens));
        let sieves =
            [(Section::JoinSieve, &joined), (Section::RunSieve, &run_keys(&views)), (Section::WholeSieve, &whole)]
                .map(|(section, keys)| (section, sieve_of(keys.iter().map(|(hash, _)| *hash))));
        let tables = [
            (token_keys(&views), [Section::TokenKeyEnds, Section::TokenKeyIds, Section::TokenKeyMarks]),
            (deletion_keys(&views), [Section::DeletionEnds, Section::DeletionIds, Section::DeletionMarks]),
            (joined, [Section::JoinKeyEnds, Section::JoinKeyIds, Section::JoinKeyMarks]),
            (whole, [Section::WholeKeyEnds, Section::WholeKeyIds, Section::WholeKeyMarks]),
            (
                std::mem::take(&mut self.identifiers),
                [Section::IdentifierEnds, Section::IdentifierIds, Section::IdentifierMarks],
            ),
        ];
        for (pairs, [ends, ids, marks]) in tables {
            end(pairs.len(), "hashed keys")?;
            let arrays = BucketArrays::build(&pairs);
            file.words(ends, &arrays.ends);
            file.words(ids, &arrays.ids);
            file.bytes(marks, &arrays.marks);
        }
        for (section, words) in sieves {
            file.longs(section, &words);
        }
        let bytes = file.finish();
        self.report.bytes = bytes.len() as u64;
        Ok((bytes, self.report))
    }

    /// Numbers the tokens in their order, so that ids do not depend on a hash map.
    fn sort_tokens(&mut self) -> Vec<Token> {
        let mut tokens: Vec<(Token, u32)> = std::mem::take(&mut self.interned).into_iter().collect();
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

    /// The weight of each token, and how many names have a form. A word of a variant class is as frequent as the
    /// words of its class, another as those of its sound key, and it weighs no more than a word of a class with
    /// that key: a rare spelling of a common name is still a common name.
    fn weigh(&self, tokens: &[Token], weights: &RetrievalWeights) -> (Vec<u32>, u32) {
        let mut class_number: FxHashMap<u32, usize> = FxHashMap::default();
        let mut sound_number: FxHashMap<Vec<u8>, usize> = FxHashMap::default();
        let group_of: Vec<usize> = tokens
            .iter()
            .enumerate()
            .map(|(id, token)| match token.class {
                TokenClass::Word | TokenClass::Number if token.variant != 0 => {
                    *class_number.entry(token.variant).or_insert(id)
                }
                TokenClass::Word => {
                    let key = key_of(token.text.as_bytes());
                    if key.symbols() == 0 {
                        id
                    } else {
                        *sound_number.entry(key.as_bytes().to_vec()).or_insert(id)
                    }
                }
                _ => id,
            })
            .collect();
        let mut frequency = vec![0u32; tokens.len()];
        let mut population = 0;
        let mut groups = Vec::new();
        for pair in self.name_forms.windows(2) {
            population += u32::from(pair[0] < pair[1]);
            let range = self.form_ends[pair[0] as usize] as usize..self.form_ends[pair[1] as usize] as usize;
            groups.clear();
            groups.extend(self.form_tokens[range].iter().map(|id| group_of[*id as usize]));
            groups.sort_unstable();
            groups.dedup();
            for group in &groups {
                frequency[*group] += 1;
            }
        }
        let weight =
            |(token, group): (&Token, &usize)| statistics::weight(token.class, frequency[*group], population, weights);
        let mut all: Vec<u32> = tokens.iter().zip(&group_of).map(weight).collect();
        let mut least: FxHashMap<usize, u32> = FxHashMap::default();
        for (token, own) in tokens.iter().zip(&all) {
            if token.class == TokenClass::Word && token.variant != 0 {
                if let Some(group) = sound_number.get(key_of(token.text.as_bytes()).as_bytes()) {
                    let least = least.entry(*group).or_insert(*own);
                    *least = (*least).min(*own);
                }
            }
        }
        for ((token, own), group) in tokens.iter().zip(&mut all).zip(&group_of) {
            if let Some(least) = least.get(group).filter(|_| token.class == TokenClass::Word && token.variant == 0) {
                *own = (*own).min(*least);
            }
        }
        (all, population)
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
                run.iter().zip(&mut classes).for_each(|(id, class)| *class = tokens[*id as usize].class);
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
        let postings = posted(&pairs, tokens.len() + joins.len());
        (joins, postings)
    }

    /// The marks beside each posting of a token; these end at `ends`.
    fn mark_postings(&self, ends: &[u32], form_weight: &[u32]) -> Vec<Posting> {
        let mut next = ends.to_vec();
        let mut all = vec![[0; 4]; ends.last().map_or(0, |end| *end as usize)];
        for (form, (pair, weight)) in self.form_ends.windows(2).zip(form_weight).enumerate() {
            let ids = &self.form_tokens[pair[0] as usize..pair[1] as usize];
            for (at, id) in ids.iter().enumerate().filter(|(at, id)| !ids[..*at].contains(id)) {
                let place = &mut next[*id as usize];
                all[*place as usize] = posting_of(form as u32, beside(ids, at, weight & HAS_INITIAL != 0));
                *place += 1;
            }
        }
        all
    }
}

/// The forms of each entry; those of one entry come with rising forms, so counting sorts them.
fn posted(pairs: &[(u32, u32)], entries: usize) -> (Vec<u32>, Vec<u32>) {
    let mut places = vec![0u32; entries + 1];
    for (entry, _) in pairs {
        places[*entry as usize + 1] += 1;
    }
    for at in 1..places.len() {
        places[at] += places[at - 1];
    }
    let mut sorted = vec![0u32; pairs.len()];
    for (entry, form) in pairs {
        let place = &mut places[*entry as usize];
        sorted[*place as usize] = *form;
        *place += 1;
    }
    let (mut ends, mut postings) = (vec![0], Vec::with_capacity(pairs.len()));
    let mut start = 0;
    for end in &places[..entries] {
        let forms = &sorted[start..*end as usize];
        let fresh = forms.iter().enumerate().filter(|(at, form)| *at == 0 || forms[at - 1] != **form);
        postings.extend(fresh.map(|(_, form)| *form));
        ends.push(postings.len() as u32);
        start = *end as usize;
    }
    (ends, postings)
}

/// The sum of the weights, marked when one token is an initial.
fn form_weight_of(ids: &[u32], tokens: &[Token], weights: &[u32]) -> u32 {
    let initial = ids.iter().any(|id| tokens[*id as usize].class == TokenClass::Initial);
    let sum: u32 = ids.iter().map(|id| weights[*id as usize]).sum();
    sum | if initial { HAS_INITIAL } else { 0 }
}
