//! What parts of a name weigh, and what one side has that the other does not.

use crate::judge::prepared::Part;
use crate::judge::weights::JudgeWeights;
use crate::normalise::TokenClass;

/// Weight of a part where a person's name is concerned: drawn towards 1, since each part of it counts.
pub(super) fn weigh(part: &Part, person: bool, w: &JudgeWeights) -> f64 {
    if person && part.token.class == TokenClass::Word {
        part.weight + (1.0 - part.weight) * w.token.person_level
    } else {
        part.weight
    }
}

/// What one side has that the other does not.
#[derive(Default)]
pub(super) struct Left {
    pub(super) weight: f64,
    pub(super) heaviest: f64,
    pub(super) ordinary: bool,
    pub(super) initial: bool,
    pub(super) number: bool,
    pub(super) legal: bool,
}

impl Left {
    /// Whether an initial or a legal form stands alone.
    pub(super) fn bare(&self) -> bool {
        self.initial || self.legal
    }

    pub(super) fn of(parts: &[Part], mask: u32, person: bool, w: &JudgeWeights) -> Self {
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

pub(super) fn total(parts: &[Part], person: bool, w: &JudgeWeights) -> f64 {
    parts
        .iter()
        .filter(|part| !matches!(part.token.class, TokenClass::Legal(_)))
        .map(|part| weigh(part, person, w))
        .sum()
}

pub(super) fn larger_count(a: &[Part], b: &[Part]) -> usize {
    let count = |parts: &[Part]| parts.iter().filter(|part| part.ordinary()).count();
    count(a).max(count(b))
}

pub(super) fn sum(parts: &[Part], person: bool, w: &JudgeWeights) -> f64 {
    parts.iter().map(|part| weigh(part, person, w)).sum()
}

pub(super) fn larger(a: f64, b: f64) -> f64 {
    if b > a {
        b
    } else {
        a
    }
}

pub(super) fn smaller(a: f64, b: f64) -> f64 {
    if b < a {
        b
    } else {
        a
    }
}

pub(super) fn not_below_zero(value: f64) -> f64 {
    larger(value, 0.0)
}
