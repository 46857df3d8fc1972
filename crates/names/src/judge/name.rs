//! The score of two names: coverage both ways, contradiction against omission, and what structure adds.

use crate::judge::align::{align, Alignment, Pair, Run};
use crate::judge::few::Few;
use crate::judge::left::{branch, inside, larger, not_below_zero, smaller, Left};
use crate::judge::order::{order, Order};
use crate::judge::prepared::{Part, Prepared, Reading};
use crate::judge::spelling::Why;
use crate::judge::sums::matched;
use crate::judge::weights::{JudgeWeights, NameWeights};
use crate::normalise::Origin;

/// Something in the build of two names that moved the score, with what it took.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Structure {
    /// A word of [`STRUCTURES`].
    pub kind: &'static str,
    /// Never positive.
    pub effect: f64,
}

/// Every word a [`Structure`] may carry.
pub const STRUCTURES: [&str; 16] = [
    "contradiction",
    "omission",
    "lone_part",
    "given_name",
    "son_of",
    "order",
    "number",
    "place",
    "legal_form",
    "romanised",
    "spelling",
    "family_name",
    "signs",
    "inside",
    "sister",
    "letter",
];

/// Two readings compared.
#[derive(Debug, Clone, PartialEq)]
pub struct NameJudgement {
    /// 0 to 1, before quality and facts.
    pub score: f64,
    /// Every word and number equal, nothing left over but particles.
    pub exact: bool,
    /// Whether the names were read as a person's.
    pub person: bool,
    /// Nothing left over, and every part equal or a known variant: the whole name.
    pub whole: bool,
    /// Whether the likeness rests on a romanisation of one side.
    pub romanised: bool,
    /// Reading of the first name.
    pub reading_a: u8,
    /// Reading of the second name.
    pub reading_b: u8,
    /// What stands for what.
    pub aligned: Alignment,
    /// What the build of the names took.
    pub structure: Few<Structure, 4>,
}

/// Compares two names over all their readings; `None` when one has none. Symmetric: exchanging the
/// names exchanges the alignment and leaves the score.
pub fn compare(a: &Prepared, b: &Prepared, person: bool, w: &JudgeWeights) -> Option<NameJudgement> {
    let same = a.readings.len() == b.readings.len()
        && a.readings.iter().zip(&b.readings).all(|(x, y)| x.squashed == y.squashed && x.parts == y.parts);
    let signs = if same && a.signs == b.signs { 0.0 } else { w.name.signs * unshared(&a.signs, &b.signs) };
    // Letters in the name of a company are a word, in this order: C.B.A. is not A.B.C.
    let joined = |name: &Prepared| name.readings.iter().any(|reading| reading.origin == Origin::Joined);
    let letters = !person && joined(a) && joined(b);
    // The common case: Latin letters, one reading of each.
    if let ([x], [y]) = (&*a.readings, &*b.readings) {
        if signs == 0.0 && !letters {
            return Some(readings(x, y, person, same, w));
        }
    }
    let mut best: Option<NameJudgement> = None;
    for (i, x) in a.readings.iter().enumerate() {
        for (j, y) in b.readings.iter().enumerate() {
            if same && i != j || letters && (x.origin == Origin::Written || y.origin == Origin::Written) {
                continue;
            }
            let mut judged = readings(x, y, person, same && signs == 0.0, w);
            if signs > 0.0 {
                judged.score = not_below_zero(judged.score - signs);
                judged.structure.push(Structure { kind: "signs", effect: -signs });
                judged.exact = false;
            }
            if best.as_ref().is_none_or(|was| judged.score > was.score) {
                best = Some(NameJudgement { reading_a: i as u8, reading_b: j as u8, ..judged });
            }
        }
    }
    best
}

/// Share of the signs of two names in one script that the other does not have; 0 when a name is in another script.
///
/// 이재형 and 이재명 may be romanised alike, 高石 and 高市 are read alike: where both signs are known they count.
fn unshared(a: &[char], b: &[char]) -> f64 {
    let hangul = |signs: &[char]| signs.iter().all(|sign| matches!(*sign as u32, 0x1100..=0x11FF | 0xAC00..=0xD7FF));
    if a.is_empty() || b.is_empty() || hangul(a) != hangul(b) {
        return 0.0;
    }
    let mut left: Vec<char> = b.to_vec();
    let mut shared = 0;
    for sign in a {
        if let Some(at) = left.iter().position(|other| other == sign) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    1.0 - shared as f64 / a.len().max(b.len()) as f64
}

fn readings(x: &Reading, y: &Reading, person: bool, same: bool, w: &JudgeWeights) -> NameJudgement {
    // One orientation for both calls, so that ties among assignments fall alike.
    let turned = before(&y.parts, &x.parts);
    let (a, b) = if turned { (y, x) } else { (x, y) };
    let mut judged = oriented(a, b, person, w);
    judged.romanised = (a.romanised() || b.romanised()) && !same;
    if judged.romanised {
        judged.score = not_below_zero(judged.score - w.name.romanised);
        judged.structure.push(Structure { kind: "romanised", effect: -w.name.romanised });
        judged.exact = false;
    }
    if turned {
        let aligned = &mut judged.aligned;
        for pair in aligned.pairs.as_mut_slice() {
            std::mem::swap(&mut pair.a, &mut pair.b);
        }
        aligned.pairs.as_mut_slice().sort_unstable_by_key(|pair| pair.a);
        std::mem::swap(&mut aligned.left_a, &mut aligned.left_b);
    }
    judged
}

/// Whether the texts of one reading come before those of another.
fn before(a: &[Part], b: &[Part]) -> bool {
    let differ = a.iter().zip(b).map(|(x, y)| x.order(y)).find(|order| order.is_ne());
    differ.map_or(a.len() < b.len(), std::cmp::Ordering::is_lt)
}

fn oriented(a: &Reading, b: &Reading, person: bool, w: &JudgeWeights) -> NameJudgement {
    let aligned = alignment(a, b, person, w);
    let (left_a, left_b) = (Left::of(&a.parts, aligned.left_a, person), Left::of(&b.parts, aligned.left_b, person));
    let (total_a, total_b) = (a.shape.total(person), b.shape.total(person));
    let mut sums = matched(&a.parts, &b.parts, &aligned, person, w);
    let (alone_a, alone_b) = (left_a.weight + sums.unsaid_a, left_b.weight + sums.unsaid_b);
    sums.gravest = larger(sums.gravest, smaller(left_a.heaviest, left_b.heaviest));
    sums.contradicted += smaller(left_a.weight, left_b.weight);
    let mean = larger((total_a + total_b) * 0.5, f64::MIN_POSITIVE);
    let contradicted = sums.contradicted / mean;
    let mut more = larger(alone_a, alone_b) - smaller(alone_a, alone_b);
    let Order { son_of, leading, shuffled, family, second, framed, exchanged } =
        if person { order(a, b, &aligned) } else { Order::default() };
    if person {
        more -= (1.0 - w.name.patronymic) * smaller(more, lone_patronymics(&left_a, alone_a, &left_b, alone_b));
        more *= if framed { w.name.framed } else { 1.0 };
    }
    let omitted = more / larger(larger(total_a, total_b), f64::MIN_POSITIVE);
    let heaviest_omitted = larger(left_a.heaviest, left_b.heaviest) - smaller(left_a.heaviest, left_b.heaviest);

    let n = &w.name;
    let top = n.floor + (n.ceiling - n.floor) * sums.matched / (sums.matched + n.half);
    let mut structure = Few::new();
    let mut took = 0.0;
    let doubt = doubt(sums.matched, person, w);
    let mut take = |kind: &'static str, loss: f64| {
        if loss > 0.0 {
            structure.push(Structure { kind, effect: -loss });
            took += loss;
        }
    };
    let (gravest, share, omission) = if person {
        (n.person_contradiction, n.person_contradicted, n.person_omitted * omitted)
    } else {
        (n.other_contradiction, n.other_contradicted, n.other_omitted * omitted + n.other_omission * heaviest_omitted)
    };
    take("contradiction", gravest * sums.gravest + share * contradicted * doubt);
    take("omission", omission * doubt);
    let (spelled, lone_part) = if person { (n.person_spelled, n.person_lone) } else { (n.other_spelled, n.other_lone) };
    take("spelling", spelled * doubt * sums.unlike / mean * f64::from(sums.slips.max(1)));
    let lone = sums.parts == 0 || sums.parts == 1 && sums.initials == 0;
    if lone && a.shape.ordinary.count_ones().max(b.shape.ordinary.count_ones()) > 1 {
        // CUBANACAN and CUBANACAN GROUP: what the other has more may be next to nothing.
        take("lone_part", lone_part * (larger(left_a.heaviest, left_b.heaviest) + bare(sums.parts)));
    }
    if person {
        take("son_of", if son_of { n.son_of } else { 0.0 });
        take("given_name", n.leading * leading * doubt);
        take("family_name", (if family { n.family } else { 0.0 } + n.second_family * second) * doubt);
        let turned = if exchanged { n.exchanged * doubt } else { 0.0 };
        take("order", turned + if shuffled { n.shuffled } else { 0.0 });
    } else {
        take("sister", if left_a.does && left_b.does { n.sister } else { 0.0 });
        let read_otherwise = a.romanised() || b.romanised();
        take("letter", letter(&left_a, &left_b, read_otherwise, n));
        take("inside", n.inside * larger(inside(a, aligned.left_a), inside(b, aligned.left_b)));
        let branch = branch(&a.shape, aligned.left_a) || branch(&b.shape, aligned.left_b);
        take("place", if branch { n.place } else { 0.0 });
    }
    if left_a.number || left_b.number {
        take("number", if person { n.number * 0.5 } else { n.number });
    }
    if left_a.legal && left_b.legal {
        take("legal_form", n.legal_other);
    } else if left_a.legal || left_b.legal {
        take("legal_form", n.legal_absent);
    }
    let nothing_left = !left_a.ordinary && !left_b.ordinary;
    NameJudgement {
        score: not_below_zero(top - took),
        exact: sums.exact && nothing_left && !left_a.bare() && !left_b.bare() && !son_of && !shuffled,
        person,
        whole: sums.whole && nothing_left,
        romanised: false,
        reading_a: 0,
        reading_b: 0,
        aligned,
        structure,
    }
}

/// How much more it counts what differs, the less is said by what agrees: of the many called Gomez another one is soon
/// met.
pub(super) fn doubt(matched: f64, person: bool, w: &JudgeWeights) -> f64 {
    let n = &w.name;
    let (most, half) = if person { (n.person_doubt, n.person_doubt_half) } else { (n.other_doubt, n.other_doubt_half) };
    1.0 + most * half / (matched + half)
}

/// What the fathers' names weigh of the name that has more, when the other has none that stands alone.
fn lone_patronymics(a: &Left, alone_a: f64, b: &Left, alone_b: f64) -> f64 {
    let (more, less) = if alone_a >= alone_b { (a, b) } else { (b, a) };
    if less.patronymics > 0.0 {
        0.0
    } else {
        more.patronymics
    }
}

/// STROYTRANSGAZ and STROYTRANSGAZ-M; BITRIVER-B and BITRIVER-K: a letter numbers companies. Two letters that differ
/// only in a romanisation may be one: the ship P-672 written with a Cyrillic letter of that shape is read as R-672.
fn letter(a: &Left, b: &Left, read_otherwise: bool, n: &NameWeights) -> f64 {
    match (a.initial, b.initial) {
        (true, true) if read_otherwise => 0.0,
        (true, true) => n.letter_other,
        (false, false) => 0.0,
        _ => n.letter,
    }
}

/// Initials alone match nothing yet (N.N. and NURSULTAN NAZARBAYEV).
fn bare(parts: usize) -> f64 {
    if parts == 0 {
        1.0
    } else {
        0.0
    }
}

/// The assignment of greatest value; names equal but for their spaces are one join.
fn alignment(a: &Reading, b: &Reading, person: bool, w: &JudgeWeights) -> Alignment {
    let aligned = align(a, b, person, &w.spelling);
    let short = a.parts.len() <= 31 && b.parts.len() <= 31;
    if short && (aligned.left_a | aligned.left_b) != 0 && a.squashed == b.squashed && !a.squashed.is_empty() {
        let all = |parts: &[Part]| Run { at: 0, len: parts.len() as u8 };
        let pair = Pair { a: all(&a.parts), b: all(&b.parts), like: w.spelling.joined, why: Why::Joined };
        return Alignment { pairs: std::iter::once(pair).collect(), left_a: 0, left_b: 0 };
    }
    aligned
}
