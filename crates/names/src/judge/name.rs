//! The score of two names: coverage both ways, contradiction against omission, and what structure adds.

use crate::judge::align::{align, Alignment, Pair, Run};
use crate::judge::order::{order, Order};
use crate::judge::prepared::{Part, Prepared, Reading};
use crate::judge::spelling::Why;
use crate::judge::weights::JudgeWeights;
use crate::normalise::{Origin, TokenClass};

/// Something in the build of two names that moved the score, with what it took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Structure {
    /// A word of [`STRUCTURES`].
    pub kind: &'static str,
    /// Never positive.
    pub effect: f64,
}

/// Every word a [`Structure`] may carry.
pub const STRUCTURES: [&str; 10] = [
    "contradiction", "omission", "lone_part", "given_name", "son_of", "order", "number", "place", "legal_form", "romanised",
];

/// Two readings compared.
#[derive(Debug, Clone, PartialEq)]
pub struct NameJudgement {
    /// 0 to 1, before quality and facts.
    pub score: f64,
    /// Every word and number equal, nothing left over but particles.
    pub exact: bool,
    /// Nothing left over and nothing contradicted: the whole name, if spelled another way.
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
    pub structure: Vec<Structure>,
}

/// Compares two names over all their readings; `None` when one has none. Symmetric: exchanging the
/// names exchanges the alignment and leaves the score.
pub fn compare(a: &Prepared, b: &Prepared, person: bool, w: &JudgeWeights) -> Option<NameJudgement> {
    let same = a.readings.len() == b.readings.len()
        && a.readings.iter().zip(&b.readings).all(|(x, y)| x.squashed == y.squashed && x.parts == y.parts);
    let mut best: Option<NameJudgement> = None;
    for (i, x) in a.readings.iter().enumerate() {
        for (j, y) in b.readings.iter().enumerate() {
            if same && i != j {
                continue;
            }
            let judged = readings(x, y, person, same, w);
            if best.as_ref().is_none_or(|was| judged.score > was.score) {
                best = Some(NameJudgement { reading_a: i as u8, reading_b: j as u8, ..judged });
            }
        }
    }
    best
}

fn readings(x: &Reading, y: &Reading, person: bool, same: bool, w: &JudgeWeights) -> NameJudgement {
    // One orientation for both calls, so that ties among assignments fall alike.
    let turned = texts(y).lt(texts(x));
    let (a, b) = if turned { (y, x) } else { (x, y) };
    let mut judged = oriented(a, b, person, w);
    let romanised = matches!(a.origin, Origin::Romanised(_)) || matches!(b.origin, Origin::Romanised(_));
    judged.romanised = romanised && !same;
    if judged.romanised {
        judged.score = not_below_zero(judged.score - w.name.romanised);
        judged.structure.push(Structure { kind: "romanised", effect: -w.name.romanised });
        judged.exact = false;
    }
    if turned {
        let Alignment { pairs, left_a, left_b } = judged.aligned;
        let mut pairs: Vec<Pair> = pairs.into_iter().map(|pair| Pair { a: pair.b, b: pair.a, ..pair }).collect();
        pairs.sort_by_key(|pair| pair.a);
        judged.aligned = Alignment { pairs, left_a: left_b, left_b: left_a };
    }
    judged
}

fn texts(reading: &Reading) -> impl Iterator<Item = &str> {
    reading.parts.iter().map(|part| &*part.token.text)
}

/// Weight of a part where a person's name is concerned: drawn towards 1, since each part of it counts.
fn weigh(part: &Part, person: bool, w: &JudgeWeights) -> f64 {
    if person && part.token.class == TokenClass::Word {
        part.weight + (1.0 - part.weight) * w.token.person_level
    } else {
        part.weight
    }
}

struct Sums {
    matched: f64,
    /// Matched ordinary tokens.
    parts: usize,
    contradicted: f64,
    gravest: f64,
    exact: bool,
    whole: bool,
}

fn oriented(a: &Reading, b: &Reading, person: bool, w: &JudgeWeights) -> NameJudgement {
    let aligned = alignment(a, b, w);
    let (left_a, left_b) = (Left::of(&a.parts, aligned.left_a, person, w), Left::of(&b.parts, aligned.left_b, person, w));
    let (total_a, total_b) = (total(&a.parts, person, w), total(&b.parts, person, w));
    let mut sums = matched(&a.parts, &b.parts, &aligned, person, w);
    sums.gravest = larger(sums.gravest, smaller(left_a.heaviest, left_b.heaviest));
    sums.contradicted += smaller(left_a.weight, left_b.weight);
    let mean = larger((total_a + total_b) * 0.5, f64::MIN_POSITIVE);
    let contradicted = sums.contradicted / mean;
    let omitted = (larger(left_a.weight, left_b.weight) - smaller(left_a.weight, left_b.weight)) / larger(larger(total_a, total_b), f64::MIN_POSITIVE);
    let heaviest_omitted = larger(left_a.heaviest, left_b.heaviest) - smaller(left_a.heaviest, left_b.heaviest);

    let n = &w.name;
    let top = n.floor + (n.ceiling - n.floor) * sums.matched / (sums.matched + n.half);
    let mut structure = Vec::new();
    let mut took = 0.0;
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
    take("contradiction", gravest * sums.gravest + share * contradicted);
    take("omission", omission);
    if sums.parts == 1 && larger_count(&a.parts, &b.parts) > 1 {
        take("lone_part", n.lone);
    }
    let Order { son_of, leading, shuffled } = if person { order(a, b, &aligned) } else { Order::default() };
    if person {
        take("son_of", if son_of { n.son_of } else { 0.0 });
        take("given_name", if leading { n.leading } else { 0.0 });
        take("order", if shuffled { n.shuffled } else { 0.0 });
    } else if left_a.place || left_b.place {
        take("place", n.place);
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
        whole: sums.whole && nothing_left,
        romanised: false,
        reading_a: 0,
        reading_b: 0,
        aligned,
        structure,
    }
}

/// The assignment of greatest value; names equal but for their spaces are one join.
fn alignment(a: &Reading, b: &Reading, w: &JudgeWeights) -> Alignment {
    let aligned = align(a, b, &w.spelling);
    let short = a.parts.len() <= 31 && b.parts.len() <= 31;
    if short && (aligned.left_a | aligned.left_b) != 0 && a.squashed == b.squashed && !a.squashed.is_empty() {
        let all = |parts: &[Part]| Run { at: 0, len: parts.len() as u8 };
        let pair = Pair { a: all(&a.parts), b: all(&b.parts), like: w.spelling.joined, why: Why::Joined };
        return Alignment { pairs: vec![pair], left_a: 0, left_b: 0 };
    }
    aligned
}

fn matched(a: &[Part], b: &[Part], aligned: &Alignment, person: bool, w: &JudgeWeights) -> Sums {
    let mut sums = Sums { matched: 0.0, parts: 0, contradicted: 0.0, gravest: 0.0, exact: true, whole: true };
    for pair in &aligned.pairs {
        let (run_a, run_b) = (run(a, pair.a), run(b, pair.b));
        let ordinary = run_a.iter().chain(run_b).any(Part::ordinary);
        let keeps = kept(pair.like, pair.why, w);
        let raw = smaller(sum(run_a, false, w), sum(run_b, false, w));
        let both = smaller(sum(run_a, person, w), sum(run_b, person, w));
        if run_a.iter().all(|part| matches!(part.token.class, TokenClass::Legal(_))) {
            continue;
        }
        sums.matched += raw * keeps * pair.like;
        sums.contradicted += both * (1.0 - keeps);
        sums.gravest = larger(sums.gravest, both * (1.0 - keeps));
        if ordinary {
            sums.parts += run_a.len().max(run_b.len());
            sums.exact &= matches!(pair.why, Why::Equal);
            sums.whole &= keeps > 0.7;
        }
    }
    sums
}

/// How much of an aligned pair counts as the same: all from `same`, nothing below `other`.
pub fn kept(like: f64, why: Why, w: &JudgeWeights) -> f64 {
    if matches!(why, Why::Equal | Why::Variant | Why::Initial) {
        return 1.0;
    }
    let (low, high) = (w.spelling.other, w.spelling.same);
    let at = (like - low) / (high - low);
    smaller(1.0, not_below_zero(at))
}

/// What one side has that the other does not.
#[derive(Default)]
struct Left {
    weight: f64,
    heaviest: f64,
    ordinary: bool,
    initial: bool,
    number: bool,
    place: bool,
    legal: bool,
}

impl Left {
    /// Whether an initial or a legal form stands alone.
    fn bare(&self) -> bool {
        self.initial || self.legal
    }

    fn of(parts: &[Part], mask: u32, person: bool, w: &JudgeWeights) -> Self {
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
                    left.place |= part.place;
                    left.ordinary = true;
                    left.weight += weight;
                    left.heaviest = larger(left.heaviest, weight);
                }
            }
        }
        left
    }
}

fn total(parts: &[Part], person: bool, w: &JudgeWeights) -> f64 {
    parts.iter().filter(|part| !matches!(part.token.class, TokenClass::Legal(_))).map(|part| weigh(part, person, w)).sum()
}

fn larger_count(a: &[Part], b: &[Part]) -> usize {
    let count = |parts: &[Part]| parts.iter().filter(|part| part.ordinary()).count();
    count(a).max(count(b))
}

/// The tokens of a run.
pub fn run(parts: &[Part], run: Run) -> &[Part] {
    let from = (run.at as usize).min(parts.len());
    let to = (from + run.len as usize).min(parts.len());
    &parts[from..to]
}

fn sum(parts: &[Part], person: bool, w: &JudgeWeights) -> f64 {
    parts.iter().map(|part| weigh(part, person, w)).sum()
}

fn larger(a: f64, b: f64) -> f64 {
    if b > a {
        b
    } else {
        a
    }
}

fn smaller(a: f64, b: f64) -> f64 {
    if b < a {
        b
    } else {
        a
    }
}

fn not_below_zero(value: f64) -> f64 {
    larger(value, 0.0)
}
