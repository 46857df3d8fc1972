//! What of a name stands alone when the other name has taken its share, and what that weighs.

use crate::judge::align::Run;
use crate::judge::prepared::Part;
use crate::judge::weights::JudgeWeights;
use crate::normalise::TokenClass;

/// What one side has that the other does not.
#[derive(Default)]
pub(super) struct Left {
    pub weight: f64,
    pub heaviest: f64,
    pub ordinary: bool,
    pub number: bool,
    pub legal: bool,
    initial: bool,
}

impl Left {
    /// Whether an initial or a legal form stands alone.
    pub fn bare(&self) -> bool {
        self.initial || self.legal
    }

    pub fn of(parts: &[Part], mask: u32, person: bool, w: &JudgeWeights) -> Self {
        let mut left = Self::default();
        if mask == 0 {
            return left;
        }
        for (at, part) in parts.iter().enumerate().take(31) {
            if mask & (1 << at) == 0 {
                continue;
            }
            let weight = weigh(part, person, w);
            match part.token.class {
                TokenClass::Legal(_) => left.legal = true,
                TokenClass::Stop => left.weight += weight,
                TokenClass::Initial => {
                    left.initial = true;
                    left.weight += weight;
                }
                TokenClass::Word | TokenClass::Number => {
                    left.number |= part.token.class == TokenClass::Number;
                    left.ordinary = true;
                    left.weight += weight;
                    left.heaviest = larger(left.heaviest, weight);
                }
            }
        }
        left
    }
}

/// Whether a place stands alone behind a matched token: BANCO SANTANDER (CHILE), where (KOREA) SUNGRISAN TRADING is a
/// way of speaking.
pub(super) fn branch(parts: &[Part], left: u32) -> bool {
    let mut ordinary = parts.iter().enumerate().take(31).filter(|(_, part)| part.ordinary());
    ordinary.by_ref().any(|(at, _)| left & (1 << at) == 0)
        && ordinary.any(|(at, part)| part.place && left & (1 << at) != 0)
}

/// The weight of the heaviest token that stands alone between matched ones: BANDAR IMAM (BESPARAN) PETROCHEMICAL
/// is a sister company, where a word at either end is rather a description.
pub(super) fn inside(parts: &[Part], left: u32) -> f64 {
    let ordinary = |at: &usize| *at < 32 && parts[*at].ordinary();
    let stays = |at: &usize| ordinary(at) && left & (1 << at) == 0;
    let (Some(first), Some(last)) = ((0..parts.len()).find(stays), (0..parts.len()).rev().find(stays)) else {
        return 0.0;
    };
    let alone = (first..last).filter(|at| ordinary(at) && left & (1 << at) != 0);
    alone.map(|at| parts[at].weight).fold(0.0, larger)
}

/// Weight of a part where a person's name is concerned: drawn towards 1, since each part of it counts.
pub(super) fn weigh(part: &Part, person: bool, w: &JudgeWeights) -> f64 {
    if person && part.token.class == TokenClass::Word {
        part.weight + (1.0 - part.weight) * w.token.person_level
    } else {
        part.weight
    }
}

/// What all tokens but the legal forms weigh.
pub(super) fn total(parts: &[Part], person: bool, w: &JudgeWeights) -> f64 {
    parts
        .iter()
        .filter(|part| !matches!(part.token.class, TokenClass::Legal(_)))
        .map(|part| weigh(part, person, w))
        .sum()
}

/// The tokens of a run.
pub(super) fn run(parts: &[Part], run: Run) -> &[Part] {
    let from = (run.at as usize).min(parts.len());
    let to = (from + run.len as usize).min(parts.len());
    &parts[from..to]
}

/// What the tokens of a run weigh.
pub(super) fn sum(parts: &[Part], person: bool, w: &JudgeWeights) -> f64 {
    parts.iter().map(|part| weigh(part, person, w)).sum()
}

/// The larger, by plain comparison: no library function whose treatment of edge cases could differ.
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if b > a {
        b
    } else {
        a
    }
}

/// The smaller, in the same way.
pub(super) fn smaller(a: f64, b: f64) -> f64 {
    if b < a {
        b
    } else {
        a
    }
}

/// Nothing scores below nothing.
pub(super) fn not_below_zero(value: f64) -> f64 {
    larger(value, 0.0)
}
