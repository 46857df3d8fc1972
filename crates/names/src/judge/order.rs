//! What the order of a person's name says: reversal is normal, an exchange around a son-of particle is another man.

use crate::judge::align::Alignment;
use crate::judge::prepared::{Part, Reading};

/// Particles between a name and the father's name.
const SON_OF: [&str; 18] = [
    "bin", "ibn", "ben", "bint", "binti", "bte", "ould", "uld", "walad", "wald", "ogly", "oglu", "oghlu", "ogli",
    "kyzy", "kizi", "gizi", "qizi",
];
/// Words that open a by-name (kunya), which is often left out: "Abu Ali Hasan" and "Hasan" may be one man.
const KUNYA: [&str; 4] = ["abu", "abou", "abo", "umm"];

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
    /// Neither the same order nor a rotation nor the reverse.
    pub shuffled: bool,
}

/// Reads the order of two aligned readings of a person's name.
pub fn order(a: &Reading, b: &Reading, aligned: &Alignment) -> Order {
    let places = places(&a.parts, aligned);
    Order {
        son_of: exchanged(&a.parts, &b.parts, aligned),
        leading: leading(&a.parts, aligned.left_a, &b.parts, aligned.left_b, &places)
            + leading(&b.parts, aligned.left_b, &a.parts, aligned.left_a, &places),
        family: family(a, aligned.left_a, &b.parts, aligned.left_b)
            || family(b, aligned.left_b, &a.parts, aligned.left_a),
        shuffled: shuffled(&places),
    }
}

/// Positions in the second name of the matched ordinary tokens of the first, in its order.
fn places(a: &[Part], aligned: &Alignment) -> Vec<u8> {
    let ordinary = |at: u8| a.get(at as usize).is_some_and(Part::ordinary);
    aligned.pairs.iter().filter(|pair| ordinary(pair.a.at)).map(|pair| pair.b.at).collect()
}

fn exchanged(a: &[Part], b: &[Part], aligned: &Alignment) -> bool {
    let (Some((own_a, father_a)), Some((own_b, father_b))) = (generations(a), generations(b)) else {
        return false;
    };
    let meets =
        |x: usize, y: usize| aligned.pairs.iter().any(|pair| (pair.a.at as usize, pair.b.at as usize) == (x, y));
    meets(own_a, father_b) && meets(father_a, own_b)
}

/// Where a name's own first part and the father's name stand, when a particle parts them.
fn generations(parts: &[Part]) -> Option<(usize, usize)> {
    let particle = parts.iter().position(|part| SON_OF.contains(&&*part.token.text))?;
    let own = parts[..particle].iter().position(Part::ordinary)?;
    let father = parts[particle..].iter().position(Part::ordinary)? + particle;
    Some((own, father))
}

/// HANNIBAL MUAMMAR GADDAFI and MUAMMAR GADDAFI: all of the shorter name, in order, behind a given name of its own.
fn leading(longer: &[Part], left: u32, shorter: &[Part], left_shorter: u32, places: &[u8]) -> f64 {
    let Some(head) = longer.iter().position(Part::ordinary) else {
        return 0.0;
    };
    if left & (1 << head.min(31)) == 0 || KUNYA.contains(&&*longer[head].token.text) {
        return 0.0;
    }
    if complete(shorter, left_shorter) && places.len() >= 2 && places.is_sorted() {
        longer[head].weight
    } else {
        0.0
    }
}

/// BYABASAIJA, Johnson Christopher and Christopher Johnson: given names alone are not the name.
fn family(marked: &Reading, left: u32, other: &[Part], left_other: u32) -> bool {
    let from = marked.parts.len() - marked.family.min(marked.parts.len());
    let mut names = marked.parts.iter().enumerate().skip(from).filter(|(_, part)| part.ordinary()).peekable();
    names.peek().is_some() && names.all(|(at, _)| left & (1 << at.min(31)) != 0) && complete(other, left_other)
}

fn complete(parts: &[Part], left: u32) -> bool {
    parts.iter().enumerate().all(|(at, part)| !part.ordinary() || left & (1 << at.min(31)) == 0)
}

fn shuffled(places: &[u8]) -> bool {
    if places.len() < 3 {
        return false;
    }
    let rotated = places.windows(2).filter(|two| two[0] > two[1]).count() + usize::from(places.last() > places.first());
    let reversed = places.windows(2).all(|two| two[0] > two[1]);
    rotated > 1 && !reversed
}
