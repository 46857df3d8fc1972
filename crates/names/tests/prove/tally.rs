//! What agreed and what did not, counted, with the first disagreements in words.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};

/// Disagreements that are told in full.
const TOLD: usize = 10;

#[derive(Default)]
pub struct Tally {
    pub queries: usize,
    /// Pairs of a query and a listed name; each is compared at every threshold.
    pub pairs: usize,
    /// Answers that both give.
    pub found: usize,
    pub missed: usize,
    pub extra: usize,
    pub differing: usize,
    /// Answers reported as cut short, or not, against the rule.
    pub truncated: usize,
    words: Vec<String>,
}

impl Tally {
    /// Nothing compared yet of so many pairs.
    pub fn of(pairs: usize) -> Self {
        Self { pairs, ..Self::default() }
    }

    /// Counts one answer: what was found, by its name or its name and place, with the score.
    pub fn compare<K: Ord + Debug>(
        &mut self,
        query: &str,
        defined: &BTreeMap<K, u32>,
        mut ours: BTreeMap<K, u32>,
        wrongly_truncated: bool,
    ) {
        self.truncated += usize::from(wrongly_truncated);
        for (found, right) in defined {
            match ours.remove(found) {
                Some(score) if score == *right => self.found += 1,
                Some(score) => {
                    self.differing += 1;
                    self.tell(format!("{query:?} scores {score} with {found:?}, by definition {right}"));
                }
                None => {
                    self.missed += 1;
                    self.tell(format!("{query:?} misses {found:?} of score {right}"));
                }
            }
        }
        for (found, score) in ours {
            self.extra += 1;
            self.tell(format!("{query:?} finds {found:?} with {score}, which the definition does not"));
        }
    }

    fn tell(&mut self, words: String) {
        if self.words.len() < TOLD {
            self.words.push(words);
        }
    }

    /// Adds what was counted for one query.
    pub fn add(&mut self, other: Self) {
        self.queries += 1;
        self.pairs += other.pairs;
        self.found += other.found;
        self.missed += other.missed;
        self.extra += other.extra;
        self.differing += other.differing;
        self.truncated += other.truncated;
        other.words.into_iter().for_each(|words| self.tell(words));
    }

    pub fn must_be_clean(&self) {
        let wrong = self.missed + self.extra + self.differing + self.truncated;
        assert_eq!(wrong, 0, "{}", self.words.join("\n"));
        assert!(self.found > self.queries / 2, "{} answers only: the queries prove little", self.found);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { queries, pairs, found, missed, extra, differing, truncated, .. } = self;
        write!(
            out,
            "{queries} queries, {pairs} pairs: {found} found by both, {missed} missed, {extra} extra, {differing} differing, {truncated} wrongly truncated"
        )
    }
}
