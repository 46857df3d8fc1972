//! The score from which a pair is a hit, by list and kind of listed party, and what a pair is that facts took below it.

use crate::facts::Kind;
use crate::judge::{FactKind, JudgeWeights};

/// What a judged pair is at its threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Below the threshold, by its names alone too.
    Below,
    /// A hit by its names alone that only facts took below.
    Suppressed,
    /// A hit.
    Hit,
}

impl Standing {
    /// The word of the explanation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Suppressed => "suppressed",
            Self::Hit => "hit",
        }
    }

    /// What a pair is whose names score `name` and whose total is `score`. `sturdy` are exact and strong names.
    ///
    /// A threshold above `keep` would let any fact take such a name below: there too only a fact that may sink does. A
    /// country lowers and never decides.
    pub(super) fn of((name, score): (f64, f64), sturdy: bool, effects: &[super::Effect], threshold: f64) -> Self {
        let lost = || effects.iter().filter(|effect| effect.moved < 0.0);
        let countries: f64 = lost().filter(|effect| country(effect.fact.kind)).map(|effect| -effect.moved).sum();
        if reaches(score + countries, threshold) {
            return Self::Hit;
        }
        if !reaches(name, threshold) {
            return Self::Below;
        }
        if sturdy && !lost().any(|effect| effect.fact.decisive) {
            return Self::Hit;
        }
        Self::Suppressed
    }
}

/// Whether a score, as it is handed out, is at the threshold or above.
fn reaches(score: f64, threshold: f64) -> bool {
    f64::from(super::tenthousandths(score)) >= threshold * 10_000.0 - 0.5
}

/// Thresholds in rows: the first that fits a listed party counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    rows: Vec<Row>,
    rest: f64,
}

/// One threshold, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The threshold.
    pub at: f64,
    /// The list it is for, which is the key of a party up to its colon; empty for every list.
    pub list: Box<str>,
    /// The kind of listed party it is for; `None` for every kind.
    pub kind: Option<Kind>,
}

impl Thresholds {
    /// These rows, and `rest` where none fits.
    pub fn new(rows: Vec<Row>, rest: f64) -> Self {
        Self { rows, rest }
    }

    /// The threshold for a listed party.
    pub fn at(&self, key: &str, kind: Option<Kind>) -> f64 {
        let list = key.split_once(':').map_or("", |(list, _)| list);
        let fits = |row: &&Row| (row.list.is_empty() || *row.list == *list) && (row.kind.is_none() || row.kind == kind);
        self.rows.iter().find(fits).map_or(self.rest, |row| row.at)
    }
}

impl From<f64> for Thresholds {
    fn from(at: f64) -> Self {
        Self::new(Vec::new(), at)
    }
}

/// Whether facts can take a name below: else a name that suffices alone is a hit, whatever else is known.
pub(super) fn sinkable(findings: &[super::FactFinding]) -> bool {
    let decisive = findings.iter().any(|fact| fact.decisive && fact.loss > 0.0);
    decisive && findings.iter().all(|fact| fact.alone == 0.0)
}

fn country(kind: FactKind) -> bool {
    matches!(kind, FactKind::Nationality | FactKind::Country)
}

/// The most that countries take of these findings; it does not count for whether a pair is a hit.
pub(super) fn of_countries(findings: &[super::FactFinding]) -> f64 {
    findings.iter().filter(|fact| country(fact.kind)).map(|fact| fact.loss).sum()
}

/// Below this no country takes a pair that is at it or above.
pub(super) fn floor(kind: FactKind, before: f64, floor: f64, w: &JudgeWeights) -> f64 {
    if country(kind) && before >= w.fact.keep {
        w.fact.keep
    } else {
        floor
    }
}
