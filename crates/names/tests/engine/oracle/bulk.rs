//! The definition over a whole list at once: what two tokens are worth is asked once, and then read off.
//!
//! Still no index and nothing of `src` but its data types. Every distinct token of the query is compared by
//! [`Oracle::similarity`] with *every* distinct listed token, every query word with every listed run and every run
//! with every listed word; a listed form that none of them touches is worth nothing by its tokens, and the others
//! are assigned as [`Oracle::score`] does. `tests/engine/bulk.rs` holds both to the same scores.

use super::assignment::with_joins;
use super::texts::one_edit;
use super::{cut, initials, sound, Heard, Oracle};
use names::normalise::{Analysed, Form, Token, TokenClass};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

struct ListedForm<'a> {
    name: usize,
    form: &'a Form,
    /// Places in `Bulk::tokens`.
    tokens: Vec<u32>,
    /// Places in `Bulk::runs`.
    runs: Vec<u32>,
    weight: u64,
    initials: Option<Vec<u8>>,
}

/// What one token of a query has in common with the list, by places.
struct Row {
    similar: Vec<(u32, u16)>,
    /// Runs of the list that it may equal.
    runs: Vec<u32>,
}

/// A list laid out for the definition.
pub struct Bulk<'a> {
    oracle: &'a Oracle,
    names: usize,
    tokens: Vec<&'a Token>,
    heard: Vec<Heard>,
    weights: Vec<u64>,
    /// Each with its sound.
    runs: Vec<(String, Option<String>)>,
    forms: Vec<ListedForm<'a>>,
    rows: Mutex<HashMap<Token, Arc<Row>>>,
    /// For the text of a run of a query, the listed words that it may equal.
    joined: Mutex<HashMap<String, Arc<Vec<u32>>>>,
}

/// Most of what is remembered; beyond it everything is asked again.
const REMEMBERED: usize = 20_000;

fn place<K: Hash + Eq + Copy>(places: &mut HashMap<K, u32>, all: &mut Vec<K>, key: K) -> u32 {
    *places.entry(key).or_insert_with(|| {
        all.push(key);
        all.len() as u32 - 1
    })
}

/// The texts of all neighbours that might be read as one; whether they may is asked of the oracle.
fn runs_of(tokens: &[Token]) -> Vec<String> {
    let of = |length| tokens.windows(length).map(|run: &[Token]| run.iter().map(|token| &*token.text).collect());
    of(2).chain(of(3)).collect()
}

impl<'a> Bulk<'a> {
    pub fn new(list: &'a [Analysed], oracle: &'a Oracle) -> Self {
        let (mut places, mut tokens) = (HashMap::new(), Vec::new());
        let (mut run_places, mut runs) = (HashMap::<String, u32>::new(), Vec::new());
        let mut forms = Vec::new();
        for (name, listed) in list.iter().enumerate() {
            for form in &listed.forms {
                let own = cut(form);
                let ids = own.iter().map(|token| place(&mut places, &mut tokens, token)).collect();
                let run_id = |text: String| {
                    *run_places.entry(text).or_insert_with_key(|text| {
                        runs.push((text.clone(), sound(text)));
                        runs.len() as u32 - 1
                    })
                };
                let run_ids = runs_of(own).into_iter().map(run_id).collect();
                let weight = own.iter().map(|token| oracle.weight(token)).sum();
                forms.push(ListedForm { name, form, tokens: ids, runs: run_ids, weight, initials: initials(own) });
            }
        }
        let weights = tokens.iter().map(|token| oracle.weight(token)).collect();
        let heard = tokens.iter().map(|token| Heard::of(&token.text)).collect();
        let (rows, joined) = (Mutex::default(), Mutex::default());
        Self { oracle, names: list.len(), tokens, heard, weights, runs, forms, rows, joined }
    }

    /// The score of every listed name, of 65536.
    pub fn scores(&self, query: &Analysed) -> Vec<u32> {
        let mut scores = vec![0; self.names];
        for q in &query.forms {
            self.add_form(q, &mut scores);
        }
        scores
    }

    fn add_form(&self, q: &Form, scores: &mut [u32]) {
        let own = cut(q);
        let weights: Vec<u64> = own.iter().map(|token| self.oracle.weight(token)).collect();
        let total: u64 = weights.iter().sum();
        let mut similar = vec![vec![0u16; self.tokens.len()]; own.len()];
        // Bit 0: similar to a token. Bit 1: part of a possible join.
        let mut touched = vec![0u8; self.tokens.len()];
        let mut touched_runs = vec![false; self.runs.len()];
        for (token, line) in own.iter().zip(&mut similar) {
            let row = self.row(token);
            for (at, sim) in &row.similar {
                line[*at as usize] = *sim;
                touched[*at as usize] |= 1;
            }
            row.runs.iter().for_each(|at| touched_runs[*at as usize] = true);
        }
        for run in runs_of(own) {
            self.words_like(run).iter().for_each(|at| touched[*at as usize] |= 2);
        }
        let short = initials(own);
        let stands = |initials: &Option<Vec<u8>>, tokens: &[Token]| {
            initials.as_ref().is_some_and(|text| tokens.iter().any(|token| token.text.as_bytes() == text))
        };
        for listed in &self.forms {
            let hit = listed.tokens.iter().fold(0, |hit, at| hit | touched[*at as usize]);
            let join = hit & 2 > 0 || listed.runs.iter().any(|at| touched_runs[*at as usize]);
            let best = &mut scores[listed.name];
            *best = self.oracle.by_whole(q, listed.form).max(*best);
            if stands(&listed.initials, own) || stands(&short, cut(listed.form)) {
                *best = self.oracle.by_acronym(own, cut(listed.form)).max(*best);
            }
            if hit & 1 == 0 && !join {
                continue;
            }
            let value =
                |i: usize, at: u32| u64::from(similar[i][at as usize]) * weights[i].min(self.weights[at as usize]);
            let values: Vec<Vec<u64>> =
                (0..own.len()).map(|i| listed.tokens.iter().map(|at| value(i, *at)).collect()).collect();
            let mut joins = Vec::new();
            if join {
                joins = self.oracle.all_joins(own, cut(listed.form));
            }
            let (mut rows, mut columns) = (vec![true; own.len()], vec![true; listed.tokens.len()]);
            let sum = with_joins(&values, &joins, &mut rows, &mut columns);
            *best = ((sum * 128 / (total + listed.weight)) as u32).max(*best);
        }
    }

    fn row(&self, token: &Token) -> Arc<Row> {
        if let Some(known) = self.rows.lock().unwrap().get(token) {
            return Arc::clone(known);
        }
        let own = Heard::of(&token.text);
        let with = |(other, heard): (&&Token, &Heard)| self.oracle.similarity_of(token, &own, other, heard);
        let compared = self.tokens.iter().zip(&self.heard).map(with);
        let similar = (0..).zip(compared).filter(|(_, sim)| *sim > 0).collect();
        let mut runs = Vec::new();
        if token.class == TokenClass::Word {
            let is_like = |(run, key): &(String, Option<String>)| near((run, key), (&token.text, &own.sound));
            runs = (0..).zip(&self.runs).filter(|(_, run)| is_like(run)).map(|(at, _)| at).collect();
        }
        let row = Arc::new(Row { similar, runs });
        remember(&self.rows, token.clone(), &row);
        row
    }

    fn words_like(&self, run: String) -> Arc<Vec<u32>> {
        if let Some(known) = self.joined.lock().unwrap().get(&run) {
            return Arc::clone(known);
        }
        let key = sound(&run);
        let is_like = |token: &Token, heard: &Heard| {
            token.class == TokenClass::Word && near((&run, &key), (&token.text, &heard.sound))
        };
        let found = (0..).zip(self.tokens.iter().zip(&self.heard));
        let found = found.filter(|(_, (token, heard))| is_like(token, heard)).map(|(at, _)| at);
        let found = Arc::new(found.collect());
        remember(&self.joined, run, &found);
        found
    }
}

/// Whether the two may be joined, by letters or by sound; whether they are is asked of the oracle.
fn near((a, heard_a): (&str, &Option<String>), (b, heard_b): (&str, &Option<String>)) -> bool {
    heard_a.is_some() && heard_a == heard_b || one_edit(a.as_bytes(), b.as_bytes()).is_some()
}

fn remember<K: Hash + Eq, V>(memory: &Mutex<HashMap<K, Arc<V>>>, key: K, value: &Arc<V>) {
    let mut memory = memory.lock().unwrap();
    if memory.len() >= REMEMBERED {
        memory.clear();
    }
    memory.insert(key, Arc::clone(value));
}
