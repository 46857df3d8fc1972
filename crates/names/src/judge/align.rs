//! Which token of one name stands for which of the other: the one-to-one assignment of greatest value, joins included.

use crate::judge::few::Few;
use crate::judge::join::Joined;
use crate::judge::left::smaller;
use crate::judge::prepared::{spells, Part, Reading};
use crate::judge::search::Search;
use crate::judge::spelling::{unequal, Why};
use crate::judge::weights::Spelling;
use crate::normalise::TokenClass;

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
    parts.iter().skip(run.at as usize).take(run.len as usize).map(|part| part.weight).sum()
}

/// Likeness of two tokens and why.
pub(super) fn likeness(x: &Part, y: &Part, w: &Spelling) -> Option<(f64, Why)> {
    if x.same_text(y) {
        return Some((1.0, Why::Equal));
    }
    unequal(&x.token, &x.spelt, &y.token, &y.spelt, w)
}

/// Aligns two readings, of persons or of others. Tokens past the 31st are not looked at (analysis cuts there and says so).
pub fn align(a: &Reading, b: &Reading, person: bool, w: &Spelling) -> Alignment {
    let strict = a.syllabic() || b.syllabic();
    let (a, b) = (first(&a.parts), first(&b.parts));
    if let Some(same) = identical(a, b) {
        return same;
    }
    let mut edges: Few<Edge, 8> = Few::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            if let Some((like, why)) = likeness(x, y, w) {
                // A company's letter stands for no word by itself (Z-R GROUP and REACH GROUP).
                if strict && !matches!(why, Why::Equal | Why::Variant) || why == Why::Initial && !person {
                    continue;
                }
                let pair = Pair { a: one(i), b: one(j), like, why };
                edges.push(Edge { pair, value: like * smaller(x.weight, y.weight) });
            }
        }
    }
    joins(a, b, strict, w, |run, j, like, why| {
        let pair = Pair { a: run, b: one(j as usize), like, why };
        edges.push(Edge { pair, value: like * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    joins(b, a, strict, w, |run, i, like, why| {
        let pair = Pair { a: one(i as usize), b: run, like, why };
        edges.push(Edge { pair, value: like * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    abbreviations(a, b, |run, j| {
        let pair = Pair { a: run, b: one(j), like: w.initial, why: Why::Initial };
        edges.push(Edge { pair, value: w.initial * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    abbreviations(b, a, |run, i| {
        let pair = Pair { a: one(i), b: run, like: w.initial, why: Why::Initial };
        edges.push(Edge { pair, value: w.initial * smaller(weight(a, pair.a), weight(b, pair.b)) });
    });
    let pairs = compatible(&edges).unwrap_or_else(|| searched(&mut edges, a.len()));
    let (mut left_a, mut left_b) = (all(a.len()), all(b.len()));
    for pair in &pairs {
        left_a &= !pair.a.mask();
        left_b &= !pair.b.mask();
    }
    Alignment { pairs, left_a, left_b }
}

/// The common case without a search: no token is wanted twice, so every edge is taken.
fn compatible(edges: &[Edge]) -> Option<Pairs> {
    let (mut used_a, mut used_b) = (0, 0);
    for Edge { pair, .. } in edges {
        if used_a & pair.a.mask() != 0 || used_b & pair.b.mask() != 0 {
            return None;
        }
        used_a |= pair.a.mask();
        used_b |= pair.b.mask();
    }
    let mut pairs: Pairs = edges.iter().map(|edge| edge.pair).collect();
    pairs.as_mut_slice().sort_unstable_by_key(|pair| pair.a);
    Some(pairs)
}

fn searched(edges: &mut Few<Edge, 8>, tokens: usize) -> Pairs {
    edges.as_mut_slice().sort_by(|x, y| {
        x.pair
            .a
            .at
            .cmp(&y.pair.a.at)
            .then(y.value.total_cmp(&x.value))
            .then(near(&x.pair).cmp(&near(&y.pair)))
            .then((x.pair.a, x.pair.b).cmp(&(y.pair.a, y.pair.b)))
    });
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

/// Neighbours of `a` written as one token of `b`: two, or three around a particle (abd al rahman).
pub(super) fn joins(a: &[Part], b: &[Part], strict: bool, w: &Spelling, mut found: impl FnMut(Run, u8, f64, Why)) {
    let mut last: Option<(Run, Joined)> = None;
    may_join(a, b, |run, letters, j| {
        let Some(part) = b.get(j) else {
            return;
        };
        let joined = match &mut last {
            Some((of, joined)) if *of == run => &*joined,
            last => &last.insert((run, Joined::of(super::left::run(a, run)))).1,
        };
        let single = part.token.text.as_bytes();
        if joined.text() == single {
            found(run, j as u8, w.joined, Why::Joined);
        } else if letters >= 5 && !strict {
            if let Some(like) = joined.likeness(single, &part.spelt, w) {
                found(run, j as u8, like * w.joined, Why::Joined);
            }
        }
    });
}

/// The same by length and ends alone: the run, its letters, the token.
#[inline]
pub(super) fn may_join(a: &[Part], b: &[Part], mut found: impl FnMut(Run, usize, usize)) {
    for len in [2, 3] {
        for (at, parts) in a.windows(len).enumerate() {
            if !joinable(parts) {
                continue;
            }
            let letters: usize = parts.iter().map(|part| part.token.text.len()).sum();
            let ends = (parts[0].token.text.as_bytes(), parts[len - 1].token.text.as_bytes());
            for (j, part) in b.iter().enumerate() {
                let single = part.token.text.as_bytes();
                if part.token.class != TokenClass::Word || single.len().abs_diff(letters) > 2 {
                    continue;
                }
                // A join is worth the look only where one end is already right.
                if ends.0.first() == single.first() || ends.1.last() == single.last() {
                    found(Run { at: at as u8, len: len as u8 }, letters, j);
                }
            }
        }
    }
}

/// Words of `a` whose initials are one token of `b`: IRGC for ISLAMIC REVOLUTIONARY GUARD CORPS.
pub(super) fn abbreviations(a: &[Part], b: &[Part], mut found: impl FnMut(Run, usize)) {
    for (j, part) in b.iter().enumerate() {
        let text = part.token.text.as_bytes();
        if part.token.class != TokenClass::Word || !(3..=6).contains(&text.len()) || a.len() < text.len() {
            continue;
        }
        for from in 0..=a.len() - text.len() {
            if let Some(len) = spells(&a[from..], text) {
                found(Run { at: from as u8, len: len as u8 }, j);
            }
        }
    }
}

fn joinable(parts: &[Part]) -> bool {
    let class = |at: usize| parts.get(at).map(|part| part.token.class);
    let fits =
        |class: Option<TokenClass>| matches!(class, Some(TokenClass::Word | TokenClass::Stop | TokenClass::Initial));
    match parts.len() {
        2 => fits(class(0)) && fits(class(1)) && parts.iter().any(Part::ordinary),
        _ => {
            class(0) == Some(TokenClass::Word)
                && class(1) == Some(TokenClass::Stop)
                && class(2) == Some(TokenClass::Word)
        }
    }
}
