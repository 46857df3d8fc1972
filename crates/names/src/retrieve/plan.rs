//! Which tokens of the query every qualifying name must touch: the generators, and the proof obligation they meet.
//!
//! Let M be the sum of the smaller weights over the matched pairs of an assignment. Every pair adds at
//! most twice its part of M to the numerator and at least its part to the listed weight, so the score
//! is at most 2M / (W + M) where W is the query's weight, and a score of τ needs M ≥ τ·W / (2 − τ).
//! A name that touches no enumerated neighbour of a generator has M at most the weight of the other
//! tokens plus, for each generator that is a word, what a listed initial could match of it.
//! Generators are added until that is below the bound; if all tokens are generators and it still is
//! not, listed initials are enumerated as well, until only zero is left.

use super::score::QueryForm;
use super::SCORE_ONE;
use crate::normalise::TokenClass;
use crate::similarity::{RetrievalWeights, ONE};

/// The choice for one form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Tokens whose neighbours are enumerated.
    pub generators: u32,
    /// Generators for which listed initials are enumerated too.
    pub with_initials: u32,
    /// What tokens that are not generators may add to the sum, in weight times [`ONE`].
    pub outside: u64,
    /// The same for listed initials that are not enumerated.
    pub initials: u64,
}

pub(crate) fn plan(query: &QueryForm, tau: u32, weights: &RetrievalWeights) -> Plan {
    let mut order: [u8; 32] = std::array::from_fn(|at| at as u8);
    let count = query.tokens.len().min(order.len());
    let order = &mut order[..count];
    order.sort_by_key(|at| {
        let token = &query.tokens[usize::from(*at)];
        // Heavy words first: they have the shortest postings for the most weight.
        let rank = match token.token.class {
            TokenClass::Word | TokenClass::Number => 0,
            TokenClass::Legal(_) => 1,
            TokenClass::Stop => 2,
            TokenClass::Initial => 3,
        };
        (rank, std::cmp::Reverse(token.weight))
    });
    let allowance = |at: usize| -> u64 {
        let token = &query.tokens[at];
        let word = token.token.class == TokenClass::Word && token.token.text.len() > 1;
        if word {
            u64::from(token.weight.min(u32::from(weights.initial_letter)))
        } else {
            0
        }
    };
    let total = u64::from(query.weight);
    let mut outside = total;
    let mut initials = 0;
    let mut chosen = Plan::default();
    let enough = |unseen: u64| unseen * u64::from(2 * SCORE_ONE - tau) < u64::from(tau) * total;
    let mut left = order.iter().map(|at| usize::from(*at));
    while !enough(outside + initials) {
        let Some(at) = left.next() else { break };
        chosen.generators |= 1 << at;
        outside -= u64::from(query.tokens[at].weight);
        initials += allowance(at);
    }
    let mut left = order.iter().map(|at| usize::from(*at));
    while !enough(outside + initials) {
        let Some(at) = left.next() else { break };
        chosen.with_initials |= 1 << at;
        initials -= allowance(at);
    }
    chosen.outside = outside * u64::from(ONE);
    chosen.initials = initials * u64::from(weights.initial);
    chosen
}
