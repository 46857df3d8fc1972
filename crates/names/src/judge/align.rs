//! Which token of one name stands for which of the other: the one-to-one assignment of greatest value, joins included.

use crate::judge::left::{larger, smaller};
use crate::judge::prepared::{spells, Part, Reading};
use crate::judge::spelling::{likeness, spelled, Spelt, Why};
use crate::judge::weights::Spelling;
use crate::normalise::TokenClass;

/// A run of neighbouring tokens: where it begins and how many they are (1, or more in a join).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// First token.
    pub at: u8,
    /// Tokens.
    pub len: u8,
}

impl Run {
    fn mask(self) -> u32 {
        ((1_u32 << self.len) - 1) << self.at
    }
}

/// Two runs that stand for each other.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// The assignment and what it left over, as bits by token.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// Ordered by the first name.
    pub pairs: Vec<Pair>,
    /// Tokens of the first name without a counterpart.
    pub left_a: u32,
    /// Tokens of the second name without a counterpart.
    pub left_b: u32,
}

/// Steps after which the search keeps the best assignment found; reached only by names that repeat like tokens.
const MAX_STEPS: u32 = 4096;
/// Tokens a mask can hold.
const MAX_PARTS: usize = 31;

struct Edge {
    pair: Pair,
    value: f64,
}

/// Weight of a run.
pub fn weight(parts: &[Part], run: Run) -> f64 {
    parts.iter().skip(run.at as usize).take(run.len as usize).map(|part| part.weight).sum()
}

/// Aligns two readings, of persons or of others. Tokens past the 31st are not looked at (analysis cuts there and says so).
pub fn align(a: &Reading, b: &Reading, person: bool, w: &Spelling) -> Alignment {
    let strict = a.syllabic() || b.syllabic();
    let (a, b) = (first(&a.parts), first(&b.parts));
    if let Some(same) = identical(a, b) {
        return same;
    }
    let mut edges = Vec::with_capacity(8);
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            if let Some((like, why)) = likeness(&x.token, &x.spelt, &y.token, &y.spelt, w) {
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
    edges.sort_by(|x, y| {
        x.pair
            .a
            .at
            .cmp(&y.pair.a.at)
            .then(y.value.total_cmp(&x.value))
            .then(near(&x.pair).cmp(&near(&y.pair)))
            .then((x.pair.a, x.pair.b).cmp(&(y.pair.a, y.pair.b)))
    });
    let mut search = Search::new(&edges, a.len());
    search.from(0, 0, 0, 0.0);
    let pairs = search.pairs();
    let (mut left_a, mut left_b) = (all(a.len()), all(b.len()));
    for pair in &pairs {
        left_a &= !pair.a.mask();
        left_b &= !pair.b.mask();
    }
    Alignment { pairs, left_a, left_b }
}

fn first(parts: &[Part]) -> &[Part] {
    &parts[..parts.len().min(MAX_PARTS)]
}

fn one(at: usize) -> Run {
    Run { at: at as u8, len: 1 }
}

fn all(len: usize) -> u32 {
    (1_u32 << len) - 1
}

fn near(pair: &Pair) -> u8 {
    pair.a.at.abs_diff(pair.b.at)
}

/// The commonest case without a search: the same tokens in the same order.
fn identical(a: &[Part], b: &[Part]) -> Option<Alignment> {
    if a.len() != b.len() || a.iter().zip(b).any(|(x, y)| x.token.text != y.token.text) {
        return None;
    }
    let pairs = (0..a.len()).map(|at| Pair { a: one(at), b: one(at), like: 1.0, why: Why::Equal }).collect();
    Some(Alignment { pairs, left_a: 0, left_b: 0 })
}

/// Neighbours of `a` written as one token of `b`: two, or three around a particle (abd al rahman).
fn joins(a: &[Part], b: &[Part], strict: bool, w: &Spelling, mut found: impl FnMut(Run, u8, f64, Why)) {
    let mut text: Vec<u8> = Vec::new();
    for len in [2, 3] {
        for (at, parts) in a.windows(len).enumerate() {
            if !joinable(parts) {
                continue;
            }
            let letters: usize = parts.iter().map(|part| part.token.text.len()).sum();
            let ends = (parts[0].token.text.as_bytes(), parts[len - 1].token.text.as_bytes());
            text.clear();
            for (j, part) in b.iter().enumerate() {
                let single = part.token.text.as_bytes();
                if part.token.class != TokenClass::Word || single.len().abs_diff(letters) > 2 {
                    continue;
                }
                // A join is worth the look only where one end is already right.
                if ends.0.first() != single.first() && ends.1.last() != single.last() {
                    continue;
                }
                if text.is_empty() {
                    for part in parts {
                        text.extend_from_slice(part.token.text.as_bytes());
                    }
                }
                let run = Run { at: at as u8, len: len as u8 };
                if text == single {
                    found(run, j as u8, w.joined, Why::Joined);
                } else if letters >= 5 && !strict {
                    let apart = spelled(&text, &Spelt::of(&text), single, &part.spelt, w);
                    let eaten = assimilated(parts).and_then(|text| {
                        let spelt = Spelt::of(&text);
                        if spelt.key == part.spelt.key {
                            return Some((1.0, Why::Sound));
                        }
                        spelled(&text, &spelt, single, &part.spelt, w)
                    });
                    let best = [apart, eaten].into_iter().flatten().map(|(like, _)| like).reduce(larger);
                    if let Some(like) = best {
                        found(run, j as u8, like * w.joined, Why::Joined);
                    }
                }
            }
        }
    }
}

/// The article as it is spoken before a sun letter: badr al din as badradin, al nur as anur.
fn assimilated(parts: &[Part]) -> Option<Vec<u8>> {
    let article = parts.iter().position(|part| matches!(&*part.token.text, "al" | "el" | "ul"))?;
    let next = parts.get(article + 1)?.token.text.as_bytes();
    if !matches!(next.first()?, b't' | b'd' | b'r' | b'z' | b's' | b'n') {
        return None;
    }
    let texts =
        parts.iter().enumerate().map(|(at, part)| if at == article { &b"a"[..] } else { part.token.text.as_bytes() });
    Some(texts.flatten().copied().collect())
}

/// Words of `a` whose initials are one token of `b`: IRGC for ISLAMIC REVOLUTIONARY GUARD CORPS.
fn abbreviations(a: &[Part], b: &[Part], mut found: impl FnMut(Run, usize)) {
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

struct Search<'a> {
    edges: &'a [Edge],
    /// Where the edges that begin at each token of the first name start.
    rows: [u16; MAX_PARTS + 2],
    /// The most that the tokens from here on can still add.
    bound: [f64; MAX_PARTS + 1],
    tokens: usize,
    best: Chosen,
    best_value: f64,
    chosen: Chosen,
    steps: u32,
}

/// Indexes of edges, at most one a token.
#[derive(Clone, Copy, Default)]
struct Chosen {
    edges: [u16; MAX_PARTS],
    len: usize,
}

impl<'a> Search<'a> {
    fn new(edges: &'a [Edge], tokens: usize) -> Self {
        let mut rows = [0; MAX_PARTS + 2];
        for edge in edges {
            rows[edge.pair.a.at as usize + 1] += 1;
        }
        for at in 1..rows.len() {
            rows[at] += rows[at - 1];
        }
        let mut bound = [0.0; MAX_PARTS + 1];
        for at in (0..tokens).rev() {
            // The first edge of a row is its greatest.
            let row = &edges[rows[at] as usize..rows[at + 1] as usize];
            bound[at] = bound[at + 1] + row.first().map_or(0.0, |edge| edge.value);
        }
        let (best, chosen) = (Chosen::default(), Chosen::default());
        Self { edges, rows, bound, tokens, best, best_value: -1.0, chosen, steps: 0 }
    }

    fn from(&mut self, at: usize, used_a: u32, used_b: u32, value: f64) {
        self.steps += 1;
        if at >= self.tokens {
            if value > self.best_value {
                self.best_value = value;
                self.best = self.chosen;
            }
            return;
        }
        if value + self.bound[at] <= self.best_value || self.steps > MAX_STEPS && self.best_value >= 0.0 {
            return;
        }
        if used_a & (1 << at) == 0 {
            for index in self.rows[at]..self.rows[at + 1] {
                let Edge { pair, value: more } = &self.edges[index as usize];
                let (mask_a, mask_b) = (pair.a.mask(), pair.b.mask());
                if used_a & mask_a == 0 && used_b & mask_b == 0 {
                    let more = value + more;
                    self.chosen.edges[self.chosen.len] = index;
                    self.chosen.len += 1;
                    self.from(at + 1, used_a | mask_a, used_b | mask_b, more);
                    self.chosen.len -= 1;
                }
            }
        }
        self.from(at + 1, used_a, used_b, value);
    }

    fn pairs(&self) -> Vec<Pair> {
        let chosen = &self.best.edges[..self.best.len];
        chosen.iter().map(|index| self.edges[*index as usize].pair).collect()
    }
}
