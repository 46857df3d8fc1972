//! What a token weighs: how rare it is among the listed names, in fixed point, frozen when the file is built.

use crate::normalise::TokenClass;
use crate::similarity::RetrievalWeights;

/// Binary logarithm in 1/256, rounded down, by repeated squaring of the mantissa: integers only, so
/// every platform gives the same weight. `log2(0)` is taken as 0.
pub(crate) fn log2(value: u32) -> u32 {
    let Some(whole) = value.checked_ilog2() else {
        return 0;
    };
    let mut mantissa = u64::from(value) << (31 - whole);
    let mut result = whole;
    for _ in 0..8 {
        mantissa = (mantissa * mantissa) >> 31;
        result <<= 1;
        if mantissa >> 32 != 0 {
            mantissa >>= 1;
            result |= 1;
        }
    }
    result
}

/// The weight of a token of this class that `frequency` of `names` names contain, in 1/256 bit.
pub(crate) fn weight(class: TokenClass, frequency: u32, names: u32, weights: &RetrievalWeights) -> u32 {
    match class {
        TokenClass::Stop => u32::from(weights.stop_word),
        TokenClass::Legal(_) => u32::from(weights.legal_form),
        TokenClass::Initial => u32::from(weights.initial_letter),
        TokenClass::Word | TokenClass::Number => {
            let rarity = log2(names.saturating_add(1)).saturating_sub(log2(frequency.max(1)));
            rarity.max(u32::from(weights.word_floor))
        }
    }
}
