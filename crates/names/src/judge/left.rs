//! What of a name stands alone when the other name has taken its share, and what that weighs.

use crate::judge::align::Run;
use crate::judge::prepared::{Part, Reading};
use crate::judge::shape::Shape;
use crate::normalise::TokenClass;

/// What one side has that the other does not.
#[derive(Default)]
pub(super) struct Left {
    pub weight: f64,
    pub heaviest: f64,
    pub ordinary: bool,
    pub number: bool,
    pub legal: bool,
    /// Whether what an organisation does is among it.
    pub does: bool,
    /// What the father's names among it weigh.
    pub patronymics: f64,
    pub initial: bool,
}

impl Left {
    /// Whether an initial or a legal form stands alone.
    pub fn bare(&self) -> bool {
        self.initial || self.legal
    }

    pub fn of(parts: &[Part], mask: u32, person: bool) -> Self {
        let mut left = Self::default();
        for part in bits(mask).filter_map(|at| parts.get(at)) {
            let weight = part.weigh(person);
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
                    left.does |= part.does;
                    left.patronymics += if part.patronymic { weight } else { 0.0 };
                    left.weight += weight;
                    left.heaviest = larger(left.heaviest, weight);
                }
            }
        }
        left
    }
}

/// The places of the bits of a set, from the lowest.
pub(super) fn bits(set: u32) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let at = rest.trailing_zeros() as usize;
        rest &= rest.wrapping_sub(1);
        (at < 32).then_some(at)
    })
}

/// Whether a place stands alone behind a matched token: BANCO SANTANDER (CHILE), where (KOREA) SUNGRISAN TRADING is a
/// way of speaking.
pub(super) fn branch(shape: &Shape, left: u32) -> bool {
    let matched = shape.ordinary & !left;
    let behind = !(matched & matched.wrapping_neg()).wrapping_sub(1);
    matched != 0 && shape.places & left & behind != 0
}

/// The weight of the heaviest token that stands alone between matched ones: BANDAR IMAM (BESPARAN) PETROCHEMICAL
/// is a sister company, where a word at either end is rather a description.
pub(super) fn inside(reading: &Reading, left: u32) -> f64 {
    let ordinary = reading.shape.ordinary;
    let matched = ordinary & !left;
    if matched == 0 {
        return 0.0;
    }
    let last = matched.ilog2();
    let between = ((1_u32 << last) - 1) & !((1_u32 << matched.trailing_zeros()) - 1);
    let alone = bits(ordinary & left & between).filter_map(|at| reading.parts.get(at));
    alone.map(|part| part.weigh(false)).fold(0.0, larger)
}

/// The tokens of a run.
pub(super) fn run(parts: &[Part], run: Run) -> &[Part] {
    let from = (run.at as usize).min(parts.len());
    let to = (from + run.len as usize).min(parts.len());
    &parts[from..to]
}

/// What the tokens of a run weigh.
pub(super) fn sum(parts: &[Part], person: bool) -> f64 {
    if let [part] = parts {
        return part.weigh(person);
    }
    parts.iter().map(|part| part.weigh(person)).sum()
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
