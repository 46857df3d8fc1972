//! Which token of one name stands for which of the other: the one-to-one assignment of greatest value, joins included.

use crate::judge::few::Few;
use crate::judge::kin;
use crate::judge::left::smaller;
use crate::judge::prepared::{Part, Reading};
use crate::judge::search::Search;
use crate::judge::spelling::{unequal, Why};
use crate::judge::weights::Spelling;
use crate::judge::within::spells;
use crate::normalise::TokenClass;
use std::cmp::Ordering;

/// A run of neighbouring tokens: where it begins and how many they are (1, or more in a join).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// First token.
    pub at: u8,
    /// Tokens.
    pub len: u8,
}

impl Run {
    pub(super) fn mask(self) -> u32 {
        ((1_u32 << self.len) - 1) << self.at
    }
}

/// Two runs that stand for each other.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pair {
    /// In the first name.
    pub a: Run,
    /// In the second name.
    pub b: Run,
    /// Likeness, 0 to 1.
    pub like: f64,
    /// Why.
    pub why: Why,
}

/// Pairs of runs.
pub type Pairs = Few<Pair, 4>;

/// The assignment and what it left over, as bits by token.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// Ordered by the first name.
    pub pairs: Pairs,
    /// Tokens of the first name without a counterpart.
    pub left_a: u32,
    /// Tokens of the second name without a counterpart.
    pub left_b: u32,
}

/// Tokens a mask can hold.
pub(super) const MAX_PARTS: usize = 31;

/// A pair that is possible and what it is worth.
#[derive(Clone, Copy, Default)]
pub(super) struct Edge {
    pub pair: Pair,
    pub value: f64,
}

/// Weight of a run.
pub fn weight(parts: &[Part], run: Run) -> f64 {
    if let (1, Some(part)) = (run.len, parts.get(usize::from(run.at))) {
        return part.weight;
    }
    parts.iter().skip(run.at as usize).take(run.len as usize).map(|part| part.weight).sum()
}

/// Likeness of two tokens and why.
pub(super) fn likeness(x: &Part, y: &Part, person: bool, w: &Spelling) -> Option<(f64, Why)> {
    if x.same_text(y) {
        return Some((1.0, Why::Equal));
    }
    let spelled = unequal(&x.token, &x.spelt, &y.token, &y.spelt, w);
    if person {
        return spelled;
    }
    better(spelled, akin(x, y, w))
}

/// Likeness of two words of an organisation that are not spellings of one word.
pub(super) fn akin(x: &Part, y: &Part, w: &Spelling) -> Option<(f64, Why)> {
    kin::likeness(&x.token, x.kin, &y.token, y.kin, w).map(|like| (like, Why::Akin))
}

/// The greater likeness, the first of equal ones.
pub(super) fn better(one: Option<(f64, Why)>, other: Option<(f64, Why)>) -> Option<(f64, Why)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 > one.0 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// The same, where no likeness of spelling counts and no letter stands for a word.
fn known(x: &Part, y: &Part, w: &Spelling) -> Option<(f64, Why)> {
    let spelled = |part: &Part| part.token.class == TokenClass::Word;
    if spelled(x) && spelled(y) && !x.same_text(y) {
        let variant = x.token.variant != 0 && x.token.variant == y.token.variant;
        return variant.then_some((w.variant, Why::Variant));
    }
    likeness(x, y, true, w).filter(|(_, why)| matches!(why, Why::Equal | Why::Variant))
}

/// Aligns two readings, of persons or of others. Tokens past the 31st are not looked at (analysis cuts there and says so).
pub fn align(a: &Reading, b: &Reading, person: bool, w: &Spelling) -> Alignment {
    let strict = a.syllabic() || b.syllabic();
    let (x, y) = (a, b);
    let (a, b) = (first(&a.parts), first(&b.parts));
    if let Some(same) = identical(a, b) {
        return same;
    }
    let mut edges: Few<Edge, 8> = Few::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let found = if strict { known(x, y, w) } else { likeness(x, y, person, w) };
            if let Some((like, why)) = found {
                // A company's letter stands for no word by itself (Z-R GROUP and REACH GROUP), and what is another word
                // is no counterpart: TRADE does not take the place of RADU.
                if !person && (why == Why::Initial || like <= w.word && !matches!(why, Why::Equal | Why::Variant)) {
                    continue;
                }
                let pair = Pair { a: one(i), b: one(j), like, why };
                edges.push(Edge { pair, value: like * smaller(x.weight, y.weight) });
            }
        }
    }
    x.joins.alike(b, strict, w, |run, j, like| {
        let pair = Pair { a: run, b: one(j), like: like * w.joined, why: Why::Joined };
        edges.push(Edge { pair, value: pair.like * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    y.joins.alike(a, strict, w, |run, i, like| {
        let pair = Pair { a: one(i), b: run, like: like * w.joined, why: Why::Joined };
        edges.push(Edge { pair, value: pair.like * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    abbreviations(a, b, person, |run, j| {
        let pair = Pair { a: run, b: one(j), like: w.initial, why: Why::Initial };
        edges.push(Edge { pair, value: w.initial * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    abbreviations(b, a, person, |run, i| {
        let pair = Pair { a: one(i), b: run, like: w.initial, why: Why::Initial };
        edges.push(Edge { pair, value: w.initial * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    let pairs = unopposed(&edges).unwrap_or_else(|| searched(&mut edges, a.len()));
    let (mut left_a, mut left_b) = (all(a.len()), all(b.len()));
    for pair in &pairs {
        left_a &= !pair.a.mask();
        left_b &= !pair.b.mask();
    }
    Alignment { pairs, left_a, left_b }
}

/// The common case without a search: the worthiest edge of every token, where none is in another's way. Nothing is
/// worth more, and among equals the search would come upon this first.
fn unopposed(edges: &[Edge]) -> Option<Pairs> {
    let mut firsts: [Option<&Edge>; MAX_PARTS] = [None; MAX_PARTS];
    for edge in edges {
        let first = firsts.get_mut(usize::from(edge.pair.a.at))?;
        if first.is_none_or(|first| worthier(edge, first).is_lt()) {
            *first = Some(edge);
        }
    }
    let (mut used_a, mut used_b) = (0, 0);
    let mut pairs = Pairs::new();
    for Edge { pair, .. } in firsts.into_iter().flatten() {
        if used_a & pair.a.mask() != 0 || used_b & pair.b.mask() != 0 {
            return None;
        }
        used_a |= pair.a.mask();
        used_b |= pair.b.mask();
        pairs.push(*pair);
    }
    Some(pairs)
}

/// The order among the edges of one token.
fn worthier(x: &Edge, y: &Edge) -> Ordering {
    let order = y.value.total_cmp(&x.value).then(near(&x.pair).cmp(&near(&y.pair)));
    order.then((x.pair.a, x.pair.b).cmp(&(y.pair.a, y.pair.b)))
}

fn searched(edges: &mut Few<Edge, 8>, tokens: usize) -> Pairs {
    edges.as_mut_slice().sort_by(|x, y| x.pair.a.at.cmp(&y.pair.a.at).then_with(|| worthier(x, y)));
    Search::best(edges, tokens)
}

fn first(parts: &[Part]) -> &[Part] {
    &parts[..parts.len().min(MAX_PARTS)]
}

fn one(at: usize) -> Run {
    Run { at: at as u8, len: 1 }
}

/// As many bits, from the lowest.
pub(super) fn all(len: usize) -> u32 {
    (1_u32 << len) - 1
}

fn near(pair: &Pair) -> u8 {
    pair.a.at.abs_diff(pair.b.at)
}

/// The commonest case without a search: the same tokens in the same order.
fn identical(a: &[Part], b: &[Part]) -> Option<Alignment> {
    if a.len() != b.len() || a.iter().zip(b).any(|(x, y)| !x.same_text(y)) {
        return None;
    }
    let pairs = (0..a.len()).map(|at| Pair { a: one(at), b: one(at), like: 1.0, why: Why::Equal }).collect();
    Some(Alignment { pairs, left_a: 0, left_b: 0 })
}

/// Words of `a` whose initials are one token of `b`: IRGC for ISLAMIC REVOLUTIONARY GUARD CORPS. Of a person only letters
/// that are no name: JC for Jean Claude, but Mia is no Mohammad Iqbal Abdurrahman.
pub(super) fn abbreviations(a: &[Part], b: &[Part], person: bool, mut found: impl FnMut(Run, usize)) {
    let (least, most) = if person { (2, 3) } else { (3, 6) };
    for (j, part) in b.iter().enumerate() {
        let text = part.token.text.as_bytes();
        if part.token.class != TokenClass::Word || !(least..=most).contains(&text.len()) || a.len() < text.len() {
            continue;
        }
        // N.N. is no Nursultan Nazarbayev: something else has to agree.
        let named = a.len() == text.len() || text.iter().any(|letter| b"aeiouy".contains(letter));
        if person && named {
            continue;
        }
        for from in 0..=a.len() - text.len() {
            if let Some(len) = spells(&a[from..], text, person) {
                found(Run { at: from as u8, len: len as u8 }, j);
            }
        }
    }
}
