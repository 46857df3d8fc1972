//! The exact score of one query form against one listed form: the definition, on views.

use super::assign::{best, Edges, JoinEdge};
use super::memo::Memo;
use super::{Score, SCORE_ONE};
use crate::index::tables::Tables;
use crate::index::{Index, JoinBuffer};
use crate::normalise::{Form, Token, TokenClass, MAX_TOKEN, MAX_TOKENS};
use crate::similarity::{
    classes_may_join, joined_bytes, views, whole_bytes, RetrievalWeights, JOIN_HEARD_STRETCH, ONE,
};
use std::ops::Range;

/// A form of the query with what its tokens weigh; the buffers live on from form to form.
#[derive(Default)]
pub(crate) struct QueryForm {
    pub tokens: Vec<QueryToken>,
    /// Runs of adjacent tokens that may be read as one.
    pub runs: Vec<Run>,
    /// The sum of the weights.
    pub weight: u32,
    /// Bit n: some word has n letters, at most 64.
    pub word_lengths: u128,
    pub whole: String,
    /// The tokens run together.
    joined: Vec<u8>,
}

/// One token of the query; its text is in the memo.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QueryToken {
    /// Its number in the memo.
    pub known: u32,
    pub weight: u32,
    pub class: TokenClass,
    pub length: usize,
}

/// Two or three adjacent tokens of the query read as one.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub start: usize,
    pub length: usize,
    pub weight: u32,
    text: Range<usize>,
}

impl Run {
    pub(crate) const fn mask(&self) -> u32 {
        ((1 << self.length) - 1) << self.start
    }
}

impl QueryForm {
    /// Takes over the first [`MAX_TOKENS`] tokens and the whole text of a form.
    pub(crate) fn read(&mut self, form: &Form, index: &Index, memo: &mut Memo) {
        self.clear();
        self.whole.push_str(&form.squashed);
        for token in form.tokens.iter().take(MAX_TOKENS) {
            let known = memo.measure(token, index);
            self.push(token, known, memo.weight(known));
        }
        self.find_runs();
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
        self.runs.clear();
        self.joined.clear();
        self.whole.clear();
        self.weight = 0;
        self.word_lengths = 0;
    }

    /// Adds a token by its number in the memo and its weight.
    pub(crate) fn push(&mut self, token: &Token, known: u32, weight: u32) {
        let (class, length) = (token.class, token.text.len());
        if class == TokenClass::Word {
            self.word_lengths |= 1 << length.min(MAX_TOKEN + 1);
        }
        self.weight += weight;
        self.joined.extend_from_slice(token.text.as_bytes());
        self.tokens.push(QueryToken { known, weight, class, length });
    }

    /// Finds the runs among the tokens, after the last was added.
    pub(crate) fn find_runs(&mut self) {
        for length in 2..=3 {
            let mut from = 0;
            for (start, run) in self.tokens.windows(length).enumerate() {
                let mut classes = [TokenClass::Stop; 3];
                run.iter().zip(&mut classes).for_each(|(token, class)| *class = token.class);
                let bytes: usize = run.iter().map(|token| token.length).sum();
                if classes_may_join(&classes[..length]) && bytes <= MAX_TOKEN {
                    let weight = run.iter().map(|token| token.weight).sum();
                    self.runs.push(Run { start, length, weight, text: from..from + bytes });
                }
                from += run[0].length;
            }
        }
    }

    pub(crate) fn text_of(&self, run: &Run) -> &[u8] {
        &self.joined[run.text.clone()]
    }
}

/// Buffers of one comparison.
#[derive(Default)]
pub(crate) struct Comparison {
    pub(super) edges: Edges,
    joins: Vec<JoinEdge>,
}

/// What is known before a comparison: it may stop when it cannot reach what is asked.
pub(crate) struct Bound<'a> {
    /// The most the assignment can add up to.
    pub most: u64,
    /// What it must add up to.
    pub needed: u64,
    /// For each token of the query what `most` counts for pairs that nobody has looked for.
    pub rests: &'a [u64],
}

/// The score by tokens and joins, rounded down; 0 when nothing is similar or `bound` cannot be met.
pub(crate) fn by_tokens(
    query: &QueryForm,
    form: u32,
    memo: &Memo,
    tables: &Tables<'_>,
    weights: &RetrievalWeights,
    bound: &Bound<'_>,
    buffers: &mut Comparison,
) -> Score {
    let pair = Pair { query, listed: tables.tokens_of(form), memo, tables, weights };
    let Comparison { edges, joins } = buffers;
    joins.clear();
    pair.joins_of_query(joins);
    pair.joins_of_list(joins);
    edges.reset(query.tokens.len(), pair.listed.len());
    let (mut most, unseen) = (bound.most, |row: usize| bound.rests.get(row).copied().unwrap_or(0));
    for row in (0..query.tokens.len()).filter(|row| unseen(*row) > 0) {
        let found = pair.compare_row(row, edges);
        most = most.saturating_sub(unseen(row).saturating_sub(found));
    }
    if joins.is_empty() && most < bound.needed {
        return 0;
    }
    for row in (0..query.tokens.len()).filter(|row| unseen(*row) == 0) {
        pair.compare_row(row, edges);
    }
    // A listed token is in one pair at most: that stops a query that repeats one word.
    if joins.is_empty() && edges.by_columns() < bound.needed {
        return 0;
    }
    pair.keep_heaviest(joins, usize::from(weights.join_cap));
    score_from(best(edges, joins), query.weight, tables.form_weight(form))
}

/// 2·Σ over both weights, where a similarity counts `ONE` and a score `SCORE_ONE`.
pub(super) fn score_from(sum: u64, ours: u32, theirs: u32) -> Score {
    let sum = sum * 2 * u64::from(SCORE_ONE) / u64::from(ONE);
    sum.checked_div(u64::from(ours) + u64::from(theirs)).unwrap_or(0) as Score
}

/// Two forms that are compared.
struct Pair<'a> {
    query: &'a QueryForm,
    /// The tokens of the listed form.
    listed: &'a [u32],
    memo: &'a Memo,
    tables: &'a Tables<'a>,
    weights: &'a RetrievalWeights,
}

impl Pair<'_> {
    /// Enters what one token of the query is worth against each listed token; the best of it.
    fn compare_row(&self, row: usize, edges: &mut Edges) -> u64 {
        let ours = &self.query.tokens[row];
        let view = self.memo.view(ours.known);
        let mut most = 0;
        for (column, id) in self.listed.iter().enumerate() {
            if let Some(found) = views(&view, &self.tables.view(*id), self.weights) {
                let value = u64::from(found.sim) * u64::from(ours.weight.min(self.tables.weight_of(*id)));
                edges.set(row, column, value);
                most = most.max(value);
            }
        }
        most
    }

    fn joins_of_query(&self, joins: &mut Vec<JoinEdge>) {
        for run in &self.query.runs {
            let joined = self.query.text_of(run);
            for (column, id) in self.listed.iter().enumerate() {
                let text = self.tables.token_text(*id);
                if text.len().abs_diff(joined.len()) > JOIN_HEARD_STRETCH
                    || self.tables.class_of(*id) != TokenClass::Word
                {
                    continue;
                }
                if let Some(sim) = joined_bytes(joined, text, self.weights) {
                    let value = u64::from(sim) * u64::from(run.weight.min(self.tables.weight_of(*id)));
                    joins.push(JoinEdge { rows: run.mask(), columns: 1 << column, value, ours: true });
                }
            }
        }
    }

    fn joins_of_list(&self, joins: &mut Vec<JoinEdge>) {
        let Pair { query, listed, memo, tables, weights } = self;
        for length in 2..=3 {
            for (start, run) in listed.windows(length).enumerate() {
                let bytes: usize = run.iter().map(|id| tables.token_text(*id).len()).sum();
                // Bit n stands for a word of n letters in the query.
                if bytes > MAX_TOKEN
                    || (query.word_lengths >> bytes.saturating_sub(JOIN_HEARD_STRETCH)).trailing_zeros()
                        > 2 * JOIN_HEARD_STRETCH as u32
                {
                    continue;
                }
                let mut classes = [TokenClass::Stop; 3];
                run.iter().zip(&mut classes).for_each(|(id, class)| *class = tables.class_of(*id));
                if !classes_may_join(&classes[..length]) {
                    continue;
                }
                let mut buffer = JoinBuffer::new();
                for id in run {
                    buffer.push(tables.token_text(*id));
                }
                let weight: u32 = run.iter().map(|id| tables.weight_of(*id)).sum();
                for (row, ours) in query.tokens.iter().enumerate() {
                    if ours.class != TokenClass::Word || ours.length.abs_diff(bytes) > JOIN_HEARD_STRETCH {
                        continue;
                    }
                    if let Some(sim) = joined_bytes(buffer.text(), memo.view(ours.known).text, weights) {
                        let value = u64::from(sim) * u64::from(weight.min(ours.weight));
                        let columns = ((1 << length) - 1) << start;
                        joins.push(JoinEdge { rows: 1 << row, columns, value, ours: false });
                    }
                }
            }
        }
    }

    /// Beyond the cap the heaviest stay; equal ones in the order of the joined text, the single text, the
    /// places on our side, then on theirs, so that the order never depends on how they were found.
    fn keep_heaviest(&self, joins: &mut Vec<JoinEdge>, cap: usize) {
        if joins.len() <= cap {
            return;
        }
        let text_of = |rows: u32, columns: u32, ours: bool| -> Vec<u8> {
            if ours {
                let chosen = self.query.tokens.iter().enumerate().filter(|(at, _)| rows >> at & 1 == 1);
                chosen.flat_map(|(_, token)| self.memo.view(token.known).text).copied().collect()
            } else {
                let chosen = self.listed.iter().enumerate().filter(|(at, _)| columns >> at & 1 == 1);
                chosen.flat_map(|(_, id)| self.tables.token_text(*id)).copied().collect()
            }
        };
        joins.sort_by_cached_key(|edge| {
            let joined = text_of(edge.rows, edge.columns, edge.ours);
            let single = text_of(edge.rows, edge.columns, !edge.ours);
            (std::cmp::Reverse(edge.value), joined, single, edge.rows, edge.columns)
        });
        joins.truncate(cap);
    }
}

/// The score of the two whole texts, 0 when they are not alike.
pub(crate) fn by_whole(query: &QueryForm, listed: u32, tables: &Tables<'_>, weights: &RetrievalWeights) -> Score {
    let alike = whole_bytes(query.whole.as_bytes(), tables.whole_of(listed), weights);
    alike.map_or(0, |sim| Score::from(sim) * (SCORE_ONE / Score::from(ONE)))
}
