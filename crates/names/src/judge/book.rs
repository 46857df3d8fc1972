//! Judges what was retrieved for a whole book: every query against every candidate party, on all cores, in a fixed order.

use crate::facts::{Facts, Quality};
use crate::index::Index;
use crate::judge::explain::{lines, tokens};
use crate::judge::weights::JudgeWeights;
use crate::judge::{judge, may_reach, FactLine, Named, Prepared, Standing, Thresholds, TokenEvidence, Verdict};
use crate::normalise::Side;
use crate::threads::in_order;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// One query: names with their quality, and what is known besides.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Names.
    pub names: &'a [(&'a str, Quality)],
    /// Everything else.
    pub facts: &'a Facts,
}

/// A party to judge a query against. Ordered by query, party, name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// Position of the query.
    pub query: u32,
    /// Party of the index.
    pub party: u32,
    /// A name that was retrieved; `None` when an identifier brought the party, then all its names are judged.
    pub name: Option<u32>,
}

/// How to judge.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The scores from which pairs are hits. What is below is dropped.
    pub thresholds: &'a Thresholds,
    /// Whether what only facts took below is wanted as well.
    pub suppressed: bool,
    /// Whether tokens and reckoning are wanted.
    pub evidence: bool,
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// The numbers.
    pub weights: &'a JudgeWeights,
}

/// Listed names and parties a thread remembers; then it forgets all.
const REMEMBERED: usize = 32_768;
/// Pairs a thread takes at a time, rounded up to whole queries.
const MORSEL: usize = 512;

/// Judges every wanted pair. The result is ordered by query, score (best first), number of supporting
/// facts, key; it does not depend on the number of threads. Ids the index does not have are passed over.
pub fn judge_book(index: &Index, queries: &[Query<'_>], mut wanted: Vec<Wanted>, terms: &Terms<'_>) -> Vec<Verdict> {
    wanted.sort_unstable();
    wanted.dedup();
    let morsels = morsels(&wanted);
    let verdicts = in_order(&morsels, terms.threads, Bench::default, |bench, _, morsel| {
        bench.judge(index, queries, morsel, terms)
    });
    verdicts.into_iter().flatten().collect()
}

/// Slices of whole queries.
fn morsels(wanted: &[Wanted]) -> Vec<&[Wanted]> {
    let mut rest = wanted;
    let mut morsels = Vec::new();
    while !rest.is_empty() {
        let mut end = MORSEL.min(rest.len());
        while end < rest.len() && rest[end].query == rest[end - 1].query {
            end += 1;
        }
        let (morsel, after) = rest.split_at(end);
        morsels.push(morsel);
        rest = after;
    }
    morsels
}

/// What one thread keeps from pair to pair: listed names and facts made ready, bounded, of one index and one set of weights.
#[derive(Default)]
pub struct Bench {
    instance: u64,
    names: FxHashMap<u32, Arc<Prepared>>,
    facts: FxHashMap<u32, Arc<Facts>>,
}

impl Bench {
    /// As [`judge_book`], in this thread. `morsel` must be in order, without repetitions; the weights of the
    /// terms must be those of the call before.
    pub fn judge(
        &mut self,
        index: &Index,
        queries: &[Query<'_>],
        morsel: &[Wanted],
        terms: &Terms<'_>,
    ) -> Vec<Verdict> {
        if self.instance != index.instance() {
            *self = Self { instance: index.instance(), ..Self::default() };
        }
        let mut verdicts = Vec::new();
        for of_query in morsel.chunk_by(|a, b| a.query == b.query) {
            let Some(query) = of_query.first().and_then(|wanted| queries.get(wanted.query as usize)) else {
                continue;
            };
            let ours: Vec<Prepared> = query
                .names
                .iter()
                .map(|(text, quality)| Prepared::new(text, Side::List, *quality, query.facts.kind, terms.weights))
                .collect();
            let ours: Vec<&Prepared> = ours.iter().collect();
            let from = verdicts.len();
            for of_party in of_query.chunk_by(|a, b| a.party == b.party) {
                verdicts.extend(self.party(index, query, &ours, of_party, terms));
            }
            verdicts[from..].sort_by(|a: &Verdict, b: &Verdict| {
                let order = b.judgement.score.cmp(&a.judgement.score);
                order.then(b.judgement.supporting().cmp(&a.judgement.supporting())).then_with(|| a.key.cmp(&b.key))
            });
        }
        verdicts
    }

    fn party(
        &mut self,
        index: &Index,
        query: &Query<'_>,
        ours: &[&Prepared],
        wanted: &[Wanted],
        terms: &Terms<'_>,
    ) -> Option<Verdict> {
        let first = wanted.first()?;
        let party = index.party(first.party)?;
        let facts = self.facts(first.party, &party);
        let all = wanted.iter().any(|one| one.name.is_none());
        let ids: Vec<u32> = if all {
            party.names.clone().collect()
        } else {
            wanted.iter().filter_map(|one| one.name).filter(|id| party.names.contains(id)).collect()
        };
        let mut theirs = Vec::with_capacity(ids.len());
        for id in &ids {
            theirs.push(self.name(index, *id, &facts, terms.weights)?);
        }
        let theirs: Vec<&Prepared> = theirs.iter().map(|name| &**name).collect();
        let (one, other) = (Named { names: ours, facts: query.facts }, Named { names: &theirs, facts: &facts });
        let threshold = terms.thresholds.at(party.key, facts.kind);
        if !may_reach(one, other, threshold, terms.suppressed, terms.weights) {
            return None;
        }
        let judged = judge(one, other, threshold, terms.weights);
        if judged.standing == Standing::Below || judged.standing == Standing::Suppressed && !terms.suppressed {
            return None;
        }
        let (our_name, their_name) = if judged.name.is_some() {
            let listed = ids.get(judged.theirs).and_then(|id| index.name(*id)).map_or("", |name| name.text);
            (query.names.get(judged.ours).map_or("", |(text, _)| *text), listed)
        } else {
            let listed = ids.first().and_then(|id| index.name(*id)).map_or("", |name| name.text);
            (query.names.first().map_or("", |(text, _)| *text), listed)
        };
        let (mut aligned, mut reckoning) = (Vec::new(), Vec::new());
        if terms.evidence {
            if let (Some(name), Some(a), Some(b)) = (&judged.name, ours.get(judged.ours), theirs.get(judged.theirs)) {
                aligned = tokens(a, b, name, terms.weights).into_iter().map(TokenEvidence::into_owned).collect();
            }
            let spoken = lines(&judged, (our_name, query.facts), (their_name, &facts));
            reckoning = spoken.into_iter().map(FactLine::into_owned).collect();
        }
        Some(Verdict {
            query: first.query,
            party: first.party,
            key: party.key.to_owned(),
            ours: our_name.to_owned(),
            theirs: their_name.to_owned(),
            judgement: judged,
            threshold,
            tokens: aligned,
            lines: reckoning,
        })
    }

    fn facts(&mut self, id: u32, party: &crate::index::PartyRef<'_>) -> Arc<Facts> {
        if self.facts.len() >= REMEMBERED {
            self.facts.clear();
        }
        Arc::clone(self.facts.entry(id).or_insert_with(|| Arc::new(party.facts())))
    }

    fn name(&mut self, index: &Index, id: u32, facts: &Facts, weights: &JudgeWeights) -> Option<Arc<Prepared>> {
        if self.names.len() >= REMEMBERED {
            self.names.clear();
        }
        if let Some(known) = self.names.get(&id) {
            return Some(Arc::clone(known));
        }
        let name = index.name(id)?;
        let prepared = Arc::new(Prepared::new(name.text, Side::List, name.quality, facts.kind, weights));
        self.names.insert(id, Arc::clone(&prepared));
        Some(prepared)
    }
}
