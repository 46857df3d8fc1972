//! The exact score of one query form against one listed form: the definition, on views.

use super::assign::{best, Edges, JoinEdge};
use super::neighbours::Memo;
use super::{Score, SCORE_ONE};
use crate::index::tables::Tables;
use crate::index::{Index, JoinBuffer};
use crate::normalise::{Form, Token, TokenClass, MAX_TOKEN, MAX_TOKENS};
use crate::similarity::{
    classes_may_join, joined_bytes, views, whole_bytes, RetrievalWeights, View, JOIN_HEARD_STRETCH, ONE,
};

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
}

/// One token of the query.
pub(crate) struct QueryToken {
    pub token: Token,
    pub weight: u32,
    pub letters: u32,
    pub sound: u32,
    pub family: u32,
}

impl QueryToken {
    pub(crate) fn view(&self) -> View<'_> {
        View {
            text: self.token.text.as_bytes(),
            class: self.token.class,
            variant: self.token.variant,
            letters: self.letters,
            sound: self.sound,
            family: self.family,
        }
    }
}

/// Two or three adjacent tokens of the query read as one.
pub(crate) struct Run {
    pub start: usize,
    pub length: usize,
    pub text: String,
    pub weight: u32,
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
            let (weight, letters, sound, family) = memo.measure(token, index);
            self.tokens.push(QueryToken { token: token.clone(), weight, letters, sound, family });
        }
        self.find_runs();
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
        self.runs.clear();
        self.whole.clear();
    }

    /// Adds a token of which all is known.
    pub(crate) fn push(&mut self, token: &Token, view: View<'_>, weight: u32) {
        let View { letters, sound, family, .. } = view;
        self.tokens.push(QueryToken { token: token.clone(), weight, letters, sound, family });
    }

    /// Sums up the tokens, and finds the runs among them.
    pub(crate) fn find_runs(&mut self) {
        let words = self.tokens.iter().filter(|ours| ours.token.class == TokenClass::Word);
        self.word_lengths = words.fold(0, |set, ours| set | 1 << ours.token.text.len().min(MAX_TOKEN + 1));
        self.weight = self.tokens.iter().map(|token| token.weight).sum();
        for length in 2..=3 {
            for (start, run) in self.tokens.windows(length).enumerate() {
                let mut classes = [TokenClass::Stop; 3];
                run.iter().zip(&mut classes).for_each(|(token, class)| *class = token.token.class);
                let bytes: usize = run.iter().map(|token| token.token.text.len()).sum();
                if classes_may_join(&classes[..length]) && bytes <= MAX_TOKEN {
                    let text = run.iter().map(|token| &*token.token.text).collect();
                    let weight = run.iter().map(|token| token.weight).sum();
                    self.runs.push(Run { start, length, text, weight });
                }
            }
        }
    }
}

/// Buffers of one comparison.
#[derive(Default)]
pub(crate) struct Comparison {
    edges: Edges,
    joins: Vec<JoinEdge>,
}

/// A token of the listed form.
struct Listed<'a> {
    view: View<'a>,
    weight: u32,
}

/// What is known before a comparison: it may stop when it cannot reach what is asked.
pub(crate) struct Bound {
    /// The most the assignment can add up to.
    pub most: u64,
    /// What it must add up to.
    pub needed: u64,
    /// Tokens of the query that `most` counts in full because nobody has looked for them.
    pub outside: u32,
}

/// The score by tokens and joins, rounded down; 0 when nothing is similar or `bound` cannot be met.
pub(crate) fn by_tokens(
    query: &QueryForm,
    form: u32,
    tables: &Tables<'_>,
    weights: &RetrievalWeights,
    bound: &Bound,
    buffers: &mut Comparison,
) -> Score {
    let both = u64::from(query.weight) + u64::from(tables.form_weight(form));
    let listed = |id: &u32| Listed { view: tables.view(*id), weight: tables.weight_of(*id) };
    let listed: Vec<Listed<'_>> = tables.tokens_of(form).iter().map(listed).collect();
    let Comparison { edges, joins } = buffers;
    joins.clear();
    joins_of_query(query, &listed, weights, joins);
    joins_of_list(query, &listed, weights, joins);
    edges.reset(query.tokens.len(), listed.len());
    let (mut most, outside) = (bound.most, |row: usize| bound.outside >> row & 1 == 1);
    for row in (0..query.tokens.len()).filter(|row| outside(*row)) {
        let found = compare_row(query, row, &listed, weights, edges);
        let full = u64::from(query.tokens[row].weight) * u64::from(ONE);
        most = most.saturating_sub(full.saturating_sub(found));
    }
    if joins.is_empty() && most < bound.needed {
        return 0;
    }
    for row in (0..query.tokens.len()).filter(|row| !outside(*row)) {
        compare_row(query, row, &listed, weights, edges);
    }
    keep_heaviest(joins, usize::from(weights.join_cap), query, &listed);
    // 2·Σ / both, where a similarity counts ONE and a score SCORE_ONE.
    let sum = best(edges, joins) * 2 * u64::from(SCORE_ONE) / u64::from(ONE);
    sum.checked_div(both).unwrap_or(0) as Score
}

/// Enters what one token of the query is worth against each listed token; the best of it.
fn compare_row(
    query: &QueryForm,
    row: usize,
    listed: &[Listed<'_>],
    weights: &RetrievalWeights,
    edges: &mut Edges,
) -> u64 {
    let ours = &query.tokens[row];
    let view = ours.view();
    let mut most = 0;
    for (column, theirs) in listed.iter().enumerate() {
        if let Some(found) = views(&view, &theirs.view, weights) {
            let value = u64::from(found.sim) * u64::from(ours.weight.min(theirs.weight));
            edges.set(row, column, value);
            most = most.max(value);
        }
    }
    most
}

fn joins_of_query(query: &QueryForm, listed: &[Listed<'_>], weights: &RetrievalWeights, joins: &mut Vec<JoinEdge>) {
    for run in &query.runs {
        for (column, theirs) in listed.iter().enumerate() {
            let text = theirs.view.text;
            if text.len().abs_diff(run.text.len()) > JOIN_HEARD_STRETCH || theirs.view.class != TokenClass::Word {
                continue;
            }
            if let Some(sim) = joined_bytes(run.text.as_bytes(), text, weights) {
                let value = u64::from(sim) * u64::from(run.weight.min(theirs.weight));
                joins.push(JoinEdge { rows: run.mask(), columns: 1 << column, value, ours: true });
            }
        }
    }
}

fn joins_of_list(query: &QueryForm, listed: &[Listed<'_>], weights: &RetrievalWeights, joins: &mut Vec<JoinEdge>) {
    for length in 2..=3 {
        for (start, run) in listed.windows(length).enumerate() {
            let bytes: usize = run.iter().map(|theirs| theirs.view.text.len()).sum();
            // Bit n stands for a word of n letters in the query.
            if bytes > MAX_TOKEN
                || (query.word_lengths >> bytes.saturating_sub(JOIN_HEARD_STRETCH)).trailing_zeros()
                    > 2 * JOIN_HEARD_STRETCH as u32
            {
                continue;
            }
            let mut classes = [TokenClass::Stop; 3];
            run.iter().zip(&mut classes).for_each(|(theirs, class)| *class = theirs.view.class);
            if !classes_may_join(&classes[..length]) {
                continue;
            }
            let mut buffer = JoinBuffer::new();
            for theirs in run {
                buffer.push(theirs.view.text);
            }
            let weight: u32 = run.iter().map(|theirs| theirs.weight).sum();
            for (row, ours) in query.tokens.iter().enumerate() {
                if ours.token.class != TokenClass::Word {
                    continue;
                }
                if let Some(sim) = joined_bytes(buffer.text(), ours.token.text.as_bytes(), weights) {
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
fn keep_heaviest(joins: &mut Vec<JoinEdge>, cap: usize, query: &QueryForm, listed: &[Listed<'_>]) {
    if joins.len() <= cap {
        return;
    }
    let text_of = |rows: u32, columns: u32, ours: bool| -> Vec<u8> {
        if ours {
            let chosen = query.tokens.iter().enumerate().filter(|(at, _)| rows >> at & 1 == 1);
            chosen.flat_map(|(_, token)| token.token.text.bytes()).collect()
        } else {
            let chosen = listed.iter().enumerate().filter(|(at, _)| columns >> at & 1 == 1);
            chosen.flat_map(|(_, theirs)| theirs.view.text.iter().copied()).collect()
        }
    };
    joins.sort_by_cached_key(|edge| {
        let joined = text_of(edge.rows, edge.columns, edge.ours);
        let single = text_of(edge.rows, edge.columns, !edge.ours);
        (std::cmp::Reverse(edge.value), joined, single, edge.rows, edge.columns)
    });
    joins.truncate(cap);
}

/// The score of the two whole texts, 0 when they are not alike.
pub(crate) fn by_whole(query: &QueryForm, listed: u32, tables: &Tables<'_>, weights: &RetrievalWeights) -> Score {
    let alike = whole_bytes(query.whole.as_bytes(), tables.whole_of(listed), weights);
    alike.map_or(0, |sim| Score::from(sim) * (SCORE_ONE / Score::from(ONE)))
}
