//! Weighs what was retrieved: the structure of names, then the facts of both parties, every contribution kept.
//!
//! Retrieval never decides; this does. The arithmetic is additions, products and quotients of
//! 64-bit floats in a fixed order, no library function among them, so every platform gives the
//! same bits; the score handed out is a whole number of ten-thousandths.

pub mod align;
pub mod book;
mod bound;
pub mod common;
pub mod explain;
pub mod facts;
mod few;
mod join;
pub mod json;
mod kin;
mod left;
pub mod name;
mod order;
pub mod prepared;
mod search;
mod shape;
mod sound;
pub mod spelling;
mod sums;
pub mod thresholds;
mod unknown;
pub mod weights;
mod within;

pub use bound::may_reach;
pub use explain::{FactLine, Said, TokenEvidence, TokenKind, Verdict};
pub use facts::{FactFinding, FactKind, Finding};
pub use few::Few;
pub use name::{NameJudgement, Structure};
pub use prepared::Prepared;
pub use thresholds::{Standing, Thresholds};
pub use weights::{JudgeWeights, WeightFault};

use crate::facts::{Facts, Kind, Quality};

/// What the score means to a reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Band {
    /// Under the threshold.
    Below,
    /// A person has to look.
    Possible,
    /// A strong name.
    Strong,
    /// An exact name or strong alias plus an agreeing specific fact, or an equal identifier.
    Certain,
}

impl Band {
    /// The word of the explanation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Possible => "possible",
            Self::Strong => "strong",
            Self::Certain => "certain",
        }
    }
}

/// What the score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// The names.
    Name,
    /// An equal identifier; the names alone would not have sufficed.
    Identifier,
}

impl Basis {
    /// The word of the explanation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Identifier => "identifier",
        }
    }
}

/// A fact and what it moved the score by.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Effect {
    /// The fact.
    pub fact: FactFinding,
    /// What the score moved by, in the order the facts are listed.
    pub moved: f64,
}

/// One party against another, with everything that spoke.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// In ten-thousandths.
    pub score: u16,
    /// Score of the names alone, quality counted, in ten-thousandths.
    pub name_score: u16,
    /// What the score means.
    pub band: Band,
    /// What the pair is at the threshold.
    pub standing: Standing,
    /// What it rests on.
    pub basis: Basis,
    /// Best name of ours; meaningless when `name` is `None`.
    pub ours: usize,
    /// Best name of theirs.
    pub theirs: usize,
    /// How the best names compare; `None` when a side has no readable name.
    pub name: Option<NameJudgement>,
    /// Taken off because the best listed name is a weak alias.
    pub weak_loss: f64,
    /// The facts, gains first, then losses.
    pub facts: Few<Effect, 6>,
    /// Only a weak alias reaches the threshold.
    pub weak_only: bool,
}

impl Judgement {
    /// Facts that spoke for the pair.
    pub fn supporting(&self) -> usize {
        self.facts.iter().filter(|effect| effect.moved > 0.0 || effect.fact.gain > 0.0).count()
    }
}

/// One side: every name, and what is known besides.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Every name, made ready.
    pub names: &'a [&'a Prepared],
    /// Everything else.
    pub facts: &'a Facts,
}

/// The best pair of names of one sort: sturdy, or with a weak alias in it.
#[derive(Clone, Copy)]
struct Best {
    score: f64,
    loss: f64,
    exact: bool,
    ours: usize,
    theirs: usize,
}

/// Judges one party against another. `threshold` (0 to 1) only decides band, basis, standing and
/// `weak_only`, never the score.
pub fn judge(ours: Named<'_>, theirs: Named<'_>, threshold: f64, w: &JudgeWeights) -> Judgement {
    let person = persons(ours, theirs);
    let (mut sturdy, mut weak): (Option<Best>, Option<Best>) = (None, None);
    // How the names of the better of both compare.
    let mut shown: Option<NameJudgement> = None;
    // An exact name keeps its rights beside an alias that scores higher without being exact.
    let (mut exact_sturdy, mut whole, mut whole_sturdy) = (false, false, false);
    for (i, a) in ours.names.iter().enumerate() {
        for (j, b) in theirs.names.iter().enumerate() {
            let Some(name) = name::compare(a, b, person, w) else {
                continue;
            };
            let is_weak = a.quality == Quality::Weak || b.quality == Quality::Weak;
            let score = if is_weak { weakened(&name, w) } else { name.score };
            let (best, other) = if is_weak { (&mut weak, &sturdy) } else { (&mut sturdy, &weak) };
            exact_sturdy |= name.exact && !is_weak;
            whole |= name.whole;
            whole_sturdy |= name.whole && !is_weak;
            if best.is_none_or(|was| (score, name.exact) > (was.score, was.exact)) {
                *best = Some(Best { score, loss: name.score - score, exact: name.exact, ours: i, theirs: j });
                // A weak alias is shown only where it scores higher.
                if other.is_none_or(|other| if is_weak { score > other.score } else { other.score <= score }) {
                    shown = Some(name);
                }
            }
        }
    }
    let findings = facts::compare(ours.facts, theirs.facts, &w.fact);
    let sturdy_score = sturdy.as_ref().map(|best| best.score);
    let best = match (sturdy, weak) {
        (Some(a), Some(b)) if b.score > a.score => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    };
    let found = best.is_some();
    let best = best.unwrap_or(Best { score: 0.0, loss: 0.0, exact: false, ours: 0, theirs: 0 });
    let mut effects = Few::new();
    let score = total(best.score, whole, &findings, w, |effect| effects.push(effect));
    let alone = findings.iter().any(|fact| fact.alone > 0.0);
    let by_weak = found && weak_pair(&ours, &theirs, best);
    let basis = if alone && best.score < threshold { Basis::Identifier } else { Basis::Name };
    let sturdy_total = |score: f64| total(score, whole_sturdy, &findings, w, |_| ());
    let standing = Standing::of((best.score, score), whole || best.score >= w.band.strong, &effects, threshold);
    let weak_only = by_weak
        && basis == Basis::Name
        && standing == Standing::Hit
        && sturdy_score.is_none_or(|score| sturdy_total(score) < threshold);
    let sure = certain(exact_sturdy, &findings);
    Judgement {
        score: tenthousandths(score),
        name_score: tenthousandths(best.score),
        band: band((score, exact_sturdy), standing, sure, by_weak && !alone, w),
        standing,
        basis,
        ours: best.ours,
        theirs: best.theirs,
        name: shown,
        weak_loss: best.loss,
        facts: effects,
        weak_only,
    }
}

fn weak_pair(ours: &Named<'_>, theirs: &Named<'_>, best: Best) -> bool {
    let weak = |names: &[&Prepared], at: usize| names.get(at).is_some_and(|name| name.quality == Quality::Weak);
    weak(ours.names, best.ours) || weak(theirs.names, best.theirs)
}

/// A weak alias counts as a whole name only, and never beyond a possible hit.
fn weakened(name: &NameJudgement, w: &JudgeWeights) -> f64 {
    let score = if name.whole { name.score } else { name.score - w.name.weak_near };
    score.clamp(0.0, w.name.weak_most)
}

/// Whether the names are read as a person's. Unknown kinds are told by their legal forms.
fn persons(ours: Named<'_>, theirs: Named<'_>) -> bool {
    match (ours.facts.kind, theirs.facts.kind) {
        (Some(Kind::Person), _) | (_, Some(Kind::Person)) => true,
        (None, None) => {
            let legal = |side: Named<'_>| {
                side.names.iter().flat_map(|name| &name.readings).any(|reading| reading.shape.legal != 0)
            };
            !legal(ours) && !legal(theirs)
        }
        _ => false,
    }
}

/// Adds gains, then takes losses: undecisive ones leave a whole or strong name where a reviewer still sees it.
fn total(name: f64, whole: bool, findings: &[FactFinding], w: &JudgeWeights, mut tell: impl FnMut(Effect)) -> f64 {
    let f = &w.fact;
    if findings.is_empty() {
        return name.clamp(0.0, 1.0);
    }
    let mut score = name;
    let share = ((name - f.gain_from) / (f.gain_full - f.gain_from)).clamp(0.0, 1.0);
    let mut anchored = false;
    for fact in findings.iter().filter(|fact| fact.loss == 0.0) {
        let before = score;
        score += (1.0 - score) * fact.gain * share;
        if fact.alone > 0.0 {
            anchored = true;
            score = if score < fact.alone { fact.alone } else { score };
        }
        tell(Effect { fact: *fact, moved: score - before });
    }
    let kept = anchored || whole || name >= w.band.strong;
    let floor = if !kept {
        0.0
    } else if score < f.keep {
        score
    } else {
        f.keep
    };
    for decisive in [false, true] {
        for fact in findings.iter().filter(|fact| fact.loss > 0.0 && fact.decisive == decisive) {
            let before = score;
            let papers = whole && name >= f.rare && fact.kind == FactKind::BirthDate;
            let sinks = decisive && !anchored && !papers;
            if sinks {
                score = left::not_below_zero(score - fact.loss);
            } else {
                let least = thresholds::floor(fact.kind, before, floor, w);
                score = if least > 0.0 {
                    spared(before, least, fact.loss)
                } else {
                    left::not_below_zero(score - fact.loss)
                };
            }
            tell(Effect { fact: *fact, moved: score - before });
        }
    }
    score.clamp(0.0, 1.0)
}

/// A loss that may not take the score below `least`: of the room above it the less is left the greater the loss, and
/// always something, so that of two who are kept the one with the better facts still stands first.
fn spared(score: f64, least: f64, loss: f64) -> f64 {
    let room = score - least;
    if room > 0.0 {
        least + room * room / (room + loss)
    } else {
        score
    }
}

fn certain(exact: bool, findings: &[FactFinding]) -> bool {
    if findings.iter().any(|fact| fact.decisive && fact.loss > 0.0) {
        return false;
    }
    let specific = findings.iter().any(|fact| fact.specific && fact.loss == 0.0);
    let identifier = findings.iter().any(|fact| fact.specific && fact.alone > 0.0);
    identifier || exact && specific
}

fn band((score, exact): (f64, bool), standing: Standing, certain: bool, weak: bool, w: &JudgeWeights) -> Band {
    if standing != Standing::Hit {
        Band::Below
    } else if certain {
        Band::Certain
    } else if score >= (if exact { w.band.exact } else { w.band.strong }) && !weak {
        Band::Strong
    } else {
        Band::Possible
    }
}

fn tenthousandths(score: f64) -> u16 {
    (score * 10_000.0 + 0.5) as u16
}
