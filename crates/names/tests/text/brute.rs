//! Every window of every reading against every form, by the definition, without an index.

use crate::oracle::Oracle;
use names::normalise::{Analysed, Form, Origin, Passage, Placed, Token};
use names::similarity::RetrievalWeights;

/// One window of one reading: its score against a name and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    score: u32,
    tokens: usize,
    start: u32,
    end: u32,
}

fn one_form(tokens: &[Token], whole: &str) -> Analysed {
    let form = Form { tokens: tokens.to_vec(), squashed: whole.into(), origin: Origin::Written };
    Analysed { forms: vec![form], truncated: false }
}

/// Whether a fresh token of the window is similar to something of the form, by itself, in a run or as a join.
fn speaks(oracle: &Oracle, window: &[Placed], tokens: &[Token], form: &Form) -> bool {
    let listed = &form.tokens[..form.tokens.len().min(31)];
    let alone = |at: usize| listed.iter().any(|other| oracle.similarity(&tokens[at], other) > 0);
    let runs = oracle.joins(tokens, listed, true);
    let joins = oracle.joins(listed, tokens, false);
    (0..window.len()).filter(|at| window[*at].fresh).any(|at| {
        alone(at) || runs.iter().any(|join| join.rows.contains(&at)) || joins.iter().any(|join| join.rows.contains(&at))
    })
}

fn windows(oracle: &Oracle, text: &Passage, listed: &Analysed) -> Vec<Window> {
    let mut all = Vec::new();
    for (number, sequence) in text.sequences.iter().enumerate() {
        for first in 0..sequence.tokens.len() {
            for window in (first + 1..=sequence.tokens.len().min(first + 31)).map(|end| &sequence.tokens[first..end]) {
                if number > 0 && !window.iter().any(|placed| placed.fresh) {
                    continue;
                }
                let tokens: Vec<Token> = window.iter().map(|placed| text.token(placed).clone()).collect();
                for form in &listed.forms {
                    let joined: String = tokens.iter().map(|token| &*token.text).collect();
                    let counts = tokens.len() == 1 || (tokens.len() <= 4 && joined == *form.squashed);
                    let whole = if counts { &*joined } else { "" };
                    let by_tokens = Form { squashed: "".into(), ..form.clone() };
                    let by_whole = Form { tokens: Vec::new(), ..form.clone() };
                    let score = |query: &Analysed, form: Form| {
                        oracle.score(query, &Analysed { forms: vec![form], truncated: false })
                    };
                    let mut best = score(&one_form(&[], whole), by_whole);
                    if number == 0 || speaks(oracle, window, &tokens, form) {
                        best = best.max(score(&one_form(&tokens, ""), by_tokens));
                    }
                    let (start, end) = (window[0].start, window[window.len() - 1].end);
                    all.push(Window { score: best, tokens: window.len(), start, end });
                }
            }
        }
    }
    all
}

/// What the definition finds: name, score and place, ordered by name and place.
pub fn find(list: &[Analysed], weights: &RetrievalWeights, text: &Passage, tau: u32) -> Vec<(u32, u32, u32, u32)> {
    // No acronyms in texts: section 10.
    let oracle = Oracle::new(list, &RetrievalWeights { acronym: 0, ..weights.clone() });
    let mut found = Vec::new();
    for (name, listed) in list.iter().enumerate() {
        let mut left: Vec<Window> = windows(&oracle, text, listed);
        left.retain(|window| window.score >= tau);
        let mut taken: Vec<Window> = Vec::new();
        while let Some(best) = left
            .iter()
            .copied()
            .min_by_key(|window| (std::cmp::Reverse(window.score), window.tokens, window.start, window.end))
        {
            taken.push(best);
            left.retain(|window| window.end <= best.start || best.end <= window.start);
        }
        taken.sort_by_key(|window| window.start);
        found.extend(taken.iter().map(|window| (name as u32, window.score, window.start, window.end)));
    }
    found
}
