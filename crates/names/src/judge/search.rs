//! The assignment of greatest value among possible pairs, found by looking at all that can still be the best.

use crate::judge::align::{Edge, Pairs, MAX_PARTS};

/// Steps after which the search keeps the best assignment found; reached only by names that repeat like tokens.
const MAX_STEPS: u32 = 4096;

pub(super) struct Search<'a> {
    edges: &'a [Edge],
    /// Where the edges that begin at each token of the first name start.
    rows: [u16; MAX_PARTS + 2],
    /// The most that the tokens from here on can still add.
    bound: [f64; MAX_PARTS + 1],
    tokens: usize,
    best: Chosen,
    best_value: f64,
    chosen: Chosen,
    steps: u32,
}

/// Indexes of edges, at most one a token.
#[derive(Clone, Copy, Default)]
struct Chosen {
    edges: [u16; MAX_PARTS],
    len: usize,
}

impl<'a> Search<'a> {
    /// The pairs of greatest value of a name of so many tokens; of the edges that begin at one token the first is worth most.
    pub fn best(edges: &'a [Edge], tokens: usize) -> Pairs {
        let mut search = Self::new(edges, tokens);
        search.from(0, 0, 0, 0.0);
        search.pairs()
    }

    fn new(edges: &'a [Edge], tokens: usize) -> Self {
        let mut rows = [0; MAX_PARTS + 2];
        for edge in edges {
            rows[edge.pair.a.at as usize + 1] += 1;
        }
        for at in 1..rows.len() {
            rows[at] += rows[at - 1];
        }
        let mut bound = [0.0; MAX_PARTS + 1];
        for at in (0..tokens).rev() {
            // The first edge of a row is its greatest.
            let row = &edges[rows[at] as usize..rows[at + 1] as usize];
            bound[at] = bound[at + 1] + row.first().map_or(0.0, |edge| edge.value);
        }
        let (best, chosen) = (Chosen::default(), Chosen::default());
        Self { edges, rows, bound, tokens, best, best_value: -1.0, chosen, steps: 0 }
    }

    fn from(&mut self, at: usize, used_a: u32, used_b: u32, value: f64) {
        self.steps += 1;
        if at >= self.tokens {
            if value > self.best_value {
                self.best_value = value;
                self.best = self.chosen;
            }
            return;
        }
        if value + self.bound[at] <= self.best_value || self.steps > MAX_STEPS && self.best_value >= 0.0 {
            return;
        }
        if used_a & (1 << at) == 0 {
            for index in self.rows[at]..self.rows[at + 1] {
                let Edge { pair, value: more } = &self.edges[index as usize];
                let (mask_a, mask_b) = (pair.a.mask(), pair.b.mask());
                if used_a & mask_a == 0 && used_b & mask_b == 0 {
                    let more = value + more;
                    self.chosen.edges[self.chosen.len] = index;
                    self.chosen.len += 1;
                    self.from(at + 1, used_a | mask_a, used_b | mask_b, more);
                    self.chosen.len -= 1;
                }
            }
        }
        self.from(at + 1, used_a, used_b, value);
    }

    fn pairs(&self) -> Pairs {
        let chosen = &self.best.edges[..self.best.len];
        chosen.iter().map(|index| self.edges[*index as usize].pair).collect()
    }
}
