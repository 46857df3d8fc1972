//! What the aligned pairs of two names add up to: matched, contradicted and unlike weight.

use crate::judge::align::Alignment;
use crate::judge::left::{larger, not_below_zero, run, smaller, sum};
use crate::judge::prepared::Part;
use crate::judge::spelling::Why;
use crate::judge::weights::JudgeWeights;
use crate::normalise::TokenClass;

/// Sums over the aligned pairs.
pub(super) struct Sums {
    pub matched: f64,
    /// What spelling differences leave unlike.
    pub unlike: f64,
    /// How many pairs are spelled otherwise.
    pub slips: u32,
    /// What initials leave unsaid, of either name.
    pub unsaid_a: f64,
    pub unsaid_b: f64,
    /// Matched ordinary tokens, and words that an initial stands for.
    pub parts: usize,
    pub initials: usize,
    pub contradicted: f64,
    pub gravest: f64,
    pub exact: bool,
    pub whole: bool,
}

/// Adds up the aligned pairs of two names.
pub(super) fn matched(a: &[Part], b: &[Part], aligned: &Alignment, person: bool, w: &JudgeWeights) -> Sums {
    let mut sums = Sums {
        matched: 0.0,
        unlike: 0.0,
        slips: 0,
        unsaid_a: 0.0,
        unsaid_b: 0.0,
        parts: 0,
        initials: 0,
        contradicted: 0.0,
        gravest: 0.0,
        exact: true,
        whole: true,
    };
    let rare = |run: &[Part]| run.iter().map(|part| part.weight).sum();
    for pair in &aligned.pairs {
        let (run_a, run_b) = (run(a, pair.a), run(b, pair.b));
        let ordinary = run_a.iter().chain(run_b).any(Part::ordinary);
        let mut keeps = kept(pair.like, pair.why, person, w);
        if person && matches!(pair.why, Why::Sound | Why::Typo) && two_names(run_a, run_b) {
            keeps *= 1.0 - w.name.both_known;
        }
        let (x, y) = (sum(run_a, person), sum(run_b, person));
        let both = smaller(x, y);
        let raw = if person { smaller(rare(run_a), rare(run_b)) } else { both };
        if run_a.iter().all(|part| matches!(part.token.class, TokenClass::Legal(_))) {
            continue;
        }
        sums.matched += raw * keeps * pair.like;
        if pair.why == Why::Initial {
            sums.initials += 1;
            sums.parts += usize::from(pair.a.len > 1 || pair.b.len > 1);
            sums.unsaid_a += (larger(x, y) - y) * w.name.unsaid;
            sums.unsaid_b += (larger(x, y) - x) * w.name.unsaid;
            sums.exact = false;
            sums.whole &= run_a[0].token.class == run_b[0].token.class;
            continue;
        }
        sums.unlike += both * (1.0 - pair.like);
        sums.contradicted += both * (1.0 - keeps);
        sums.gravest = larger(sums.gravest, both * (1.0 - keeps));
        if ordinary {
            sums.parts += run_a.len().max(run_b.len());
            sums.exact &= matches!(pair.why, Why::Equal);
            sums.whole &= matches!(pair.why, Why::Equal | Why::Variant)
                || pair.why == Why::Joined && pair.like >= w.spelling.joined;
            sums.slips += u32::from(matches!(pair.why, Why::Sound | Why::Typo));
        }
    }
    sums
}

/// LUIS and LUISA are two names, each borne by many: neither is a slip for the other. JON and JOHN are one.
fn two_names(a: &[Part], b: &[Part]) -> bool {
    match (a, b) {
        ([x], [y]) => x.known && y.known && !x.spelt.alike_but_for_breath(&y.spelt),
        _ => false,
    }
}

/// How much of an aligned pair counts as the same: all from `same`, nothing below `other`.
pub fn kept(like: f64, why: Why, person: bool, w: &JudgeWeights) -> f64 {
    if matches!(why, Why::Equal | Why::Variant | Why::Initial) {
        return 1.0;
    }
    let (low, high) = (if person { w.spelling.other } else { w.spelling.word }, w.spelling.same);
    let at = (like - low) / (high - low);
    smaller(1.0, not_below_zero(at))
}
