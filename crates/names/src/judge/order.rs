//! What the order of a person's name says: reversal is normal, an exchange around a son-of particle is another man.

use crate::judge::align::{Alignment, Pair};
use crate::judge::few::Few;
use crate::judge::prepared::Reading;
use crate::judge::shape::Shape;
use crate::judge::spelling::Why;

/// What the order gives away.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Order {
    /// The names before and after the son-of particle are exchanged.
    pub son_of: bool,
    /// The weight of the leading given name when it is the only thing missing, else 0. A leading Muhammad
    /// weighs little: it is often left out.
    pub leading: f64,
    /// Nothing of the family name that the list marks is matched, though the other name is matched whole.
    pub family: bool,
    /// The weight of the first of several family names when it is missing, though the other name is matched whole.
    pub second: f64,
    /// The given name of each is the family name of the other, where commas mark both.
    pub exchanged: bool,
    /// The given name and the family name both are matched: what else is missing stands between them.
    pub framed: bool,
    /// Neither the same order nor a rotation nor the reverse.
    pub shuffled: bool,
}

/// Reads the order of two aligned readings of a person's name.
pub fn order(a: &Reading, b: &Reading, aligned: &Alignment) -> Order {
    let places = places(&a.shape, aligned);
    let in_order = places.len() >= 2 && places.is_sorted();
    let (left_a, left_b) = (aligned.left_a, aligned.left_b);
    Order {
        son_of: generations(&a.shape, &b.shape, aligned),
        leading: leading(a, left_a, &b.shape, left_b, in_order) + leading(b, left_b, &a.shape, left_a, in_order),
        family: family(&a.shape, left_a, &b.shape, left_b) || family(&b.shape, left_b, &a.shape, left_a),
        second: second(a, left_a, &b.shape, left_b) + second(b, left_b, &a.shape, left_a),
        framed: framed(&a.shape, &b.shape, aligned),
        exchanged: exchanged(&a.shape, &b.shape, aligned),
        shuffled: shuffled(&places),
    }
}

/// Positions in the second name of the matched ordinary tokens of the first, in its order.
fn places(a: &Shape, aligned: &Alignment) -> Few<u8, 16> {
    aligned.pairs.iter().filter(|pair| a.ordinary & (1 << pair.a.at) != 0).map(|pair| pair.b.at).collect()
}

fn generations(a: &Shape, b: &Shape, aligned: &Alignment) -> bool {
    let (Some((own_a, father_a)), Some((own_b, father_b))) = (a.generations, b.generations) else {
        return false;
    };
    let meets = |x: u8, y: u8| aligned.pairs.iter().any(|pair| (pair.a.at, pair.b.at) == (x, y));
    meets(own_a, father_b) && meets(father_a, own_b)
}

/// HANNIBAL MUAMMAR GADDAFI and MUAMMAR GADDAFI: all of the shorter name, in order, behind a given name of its own.
fn leading(longer: &Reading, left: u32, shorter: &Shape, left_shorter: u32, in_order: bool) -> f64 {
    let head = longer.shape.given & left;
    if head == 0 || !in_order || !complete(shorter, left_shorter) {
        return 0.0;
    }
    longer.parts.get(head.trailing_zeros() as usize).map_or(0.0, |part| part.weight)
}

/// BYABASAIJA, Johnson Christopher and Christopher Johnson: given names alone are not the name.
fn family(marked: &Shape, left: u32, other: &Shape, left_other: u32) -> bool {
    marked.family != 0 && marked.family & !left == 0 && complete(other, left_other)
}

/// RANGEL GOMEZ, Francisco and Francisco Gomez: the mother's name alone is not the family name.
fn second(marked: &Reading, left: u32, other: &Shape, left_other: u32) -> f64 {
    let names = marked.shape.family;
    let first = names & names.wrapping_neg();
    if names.count_ones() < 2 || left & first == 0 || names & !left == 0 || !complete(other, left_other) {
        return 0.0;
    }
    marked.parts.get(first.trailing_zeros() as usize).map_or(0.0, |part| part.weigh(true))
}

/// CHOI, Frederic and CHOI, Frederic Chin Pang. Where no comma marks the family name it stands at one of the ends.
fn framed(a: &Shape, b: &Shape, aligned: &Alignment) -> bool {
    let meets = |x: u32, y: u32| meets(aligned, x, y);
    let ((given_a, family_a), (given_b, family_b)) = (a.ends(), b.ends());
    let marked = a.family != 0 && b.family != 0;
    given_a != family_a
        && given_b != family_b
        && (meets(given_a, given_b) && meets(family_a, family_b)
            || !marked && meets(given_a, family_b) && meets(family_a, given_b))
}

/// WIN, Sein and SHEIN, Win.
fn exchanged(a: &Shape, b: &Shape, aligned: &Alignment) -> bool {
    let ((given_a, family_a), (given_b, family_b)) = (a.ends(), b.ends());
    a.family != 0 && b.family != 0 && meets(aligned, given_a, family_b) && meets(aligned, family_a, given_b)
}

/// Whether one of some tokens stands for one of others.
fn meets(aligned: &Alignment, x: u32, y: u32) -> bool {
    let both = |pair: &Pair| pair.a.mask() & x != 0 && pair.b.mask() & y != 0 && pair.why != Why::Initial;
    aligned.pairs.iter().any(both)
}

fn complete(shape: &Shape, left: u32) -> bool {
    shape.ordinary & left == 0
}

fn shuffled(places: &[u8]) -> bool {
    if places.len() < 3 {
        return false;
    }
    let rotated = places.windows(2).filter(|two| two[0] > two[1]).count() + usize::from(places.last() > places.first());
    let reversed = places.windows(2).all(|two| two[0] > two[1]);
    rotated > 1 && !reversed
}
