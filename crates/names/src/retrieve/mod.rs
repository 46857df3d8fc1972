//! Which listed names score at least τ against this name? All of them, exactly, and no others.
//!
//! For one form of the query: [`plan`] chooses the tokens that every qualifying name must touch,
//! [`neighbours`] enumerates what is similar to them, postings give the forms that touch one, upper
//! bounds drop most of these, [`score`] scores the rest exactly. `docs/engine.md` has the proof;
//! `tests/engine` compares with a definition that has no index.

mod acronym;
pub(crate) mod assign;
mod batch;
mod gather;
mod meeting;
pub(crate) mod memo;
pub(crate) mod neighbours;
mod plan;
pub(crate) mod score;
mod walks;

use crate::index::Index;
use crate::normalise::{Analysed, MAX_TOKENS};
pub use batch::{Batch, Found};
pub(crate) use memo::Memo;
pub(crate) use neighbours::initial_token;
use plan::Plan;
use score::{Comparison, QueryForm};

/// A retrieval score as a whole number: [`SCORE_ONE`] is 1. Comparing two is exact.
pub type Score = u32;

/// The score of two names that are the same.
pub const SCORE_ONE: Score = 65_536;

/// A threshold between 0 and 1 as a [`Score`], rounded down as scores are, so that a name at the
/// threshold is never lost; what is not a number becomes 1.
pub fn score_of(share: f64) -> Score {
    if share.is_nan() {
        return SCORE_ONE;
    }
    (share.clamp(0.0, 2.0) * f64::from(SCORE_ONE)) as Score
}

/// One listed name that scores at least τ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Candidate {
    /// The name.
    pub name: u32,
    /// The party that bears it.
    pub party: u32,
    /// The retrieval score, at most [`SCORE_ONE`].
    pub score: Score,
}

/// What one query cost and whether anything was left undone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Postings touched.
    pub postings: u64,
    /// Forms scored exactly.
    pub scored: u64,
    /// The answer may lack names: the query was cut when it was analysed, has more than
    /// [`MAX_TOKENS`] tokens, or met the work cap.
    pub truncated: bool,
}

/// What one thread keeps between queries: buffers, and a bounded memory of tokens already resolved.
#[derive(Default)]
pub struct Scratch {
    memo: Memo,
    query: QueryForm,
    comparison: Comparison,
    meeting: meeting::Meeting,
    wholes: Vec<u32>,
    plan: Plan,
    best: Vec<(u32, Score)>,
}

impl Scratch {
    /// An empty one; it grows to the size of the index it is used with.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets every token; buffers stay. The next query costs what the first one does.
    pub fn forget(&mut self) {
        self.memo.forget();
    }
}

impl Index {
    /// Every listed name that scores at least `tau` (at least 1) against the query, best first, then by name id.
    ///
    /// `out` is emptied first. The score of a name is the best over the forms of both.
    pub fn retrieve(&self, query: &Analysed, tau: Score, scratch: &mut Scratch, out: &mut Vec<Candidate>) -> Work {
        out.clear();
        let tau = tau.max(1);
        let mut work = Work { truncated: query.truncated, ..Work::default() };
        if tau > SCORE_ONE {
            return work;
        }
        let tables = self.tables();
        scratch.memo.begin(self.instance());
        scratch.best.clear();
        for (number, form) in query.forms.iter().enumerate() {
            work.truncated |= form.tokens.len() > MAX_TOKENS;
            if query.forms[..number]
                .iter()
                .any(|earlier| earlier.tokens == form.tokens && earlier.squashed == form.squashed)
            {
                continue;
            }
            scratch.query.read(form, self, &mut scratch.memo);
            gather::gather(self, &tables, tau, scratch, &mut work);
            acronym::gather(self, &tables, tau, scratch, &mut work);
        }
        scratch.best.sort_unstable_by_key(|(name, score)| (*name, std::cmp::Reverse(*score)));
        scratch.best.dedup_by_key(|(name, _)| *name);
        let party = |name: u32| tables.name_party[name as usize];
        out.extend(scratch.best.iter().map(|(name, score)| Candidate {
            name: *name,
            party: party(*name),
            score: *score,
        }));
        out.sort_unstable_by_key(|candidate| (std::cmp::Reverse(candidate.score), candidate.name));
        work
    }
}
