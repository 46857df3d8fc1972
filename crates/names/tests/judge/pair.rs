//! Two parties in a line of a test.

use crate::weights::weights;
use names::facts::{Facts, Gender, Kind, Quality};
use names::judge::facts::{birth, identifier};
use names::judge::{judge, Judgement, Named, Prepared};
use names::normalise::Side;
use names::weights::Weights;
use std::sync::LazyLock;

pub static WEIGHTS: LazyLock<Weights> = LazyLock::new(weights);
pub const THRESHOLD: f64 = 0.7;

#[derive(Clone, Default)]
pub struct One {
    pub names: Vec<(String, Quality)>,
    pub facts: Facts,
}

pub fn one(kind: Kind, name: &str) -> One {
    let facts = Facts { kind: Some(kind), ..Facts::default() };
    One { names: vec![(name.to_owned(), Quality::Primary)], facts }
}

pub fn person(name: &str) -> One {
    one(Kind::Person, name)
}

pub fn organisation(name: &str) -> One {
    one(Kind::Organisation, name)
}

impl One {
    pub fn born(mut self, text: &str) -> Self {
        self.facts.births.push(birth(text).expect("a date"));
        self
    }

    pub fn of(mut self, country: &str) -> Self {
        self.facts.nationalities.push(country.into());
        self
    }

    pub fn in_(mut self, country: &str) -> Self {
        self.facts.countries.push(country.into());
        self
    }

    pub fn gender(mut self, gender: Gender) -> Self {
        self.facts.gender = Some(gender);
        self
    }

    pub fn bears(mut self, kind: &str, value: &str, country: &str) -> Self {
        self.facts.identifiers.push(identifier(kind, value, country));
        self
    }

    pub fn also(mut self, name: &str, quality: Quality) -> Self {
        self.names.push((name.to_owned(), quality));
        self
    }

    pub fn prepared(&self) -> Vec<Prepared> {
        let prepare = |(text, quality): &(String, Quality)| {
            Prepared::new(text, Side::List, *quality, self.facts.kind, &WEIGHTS.judge)
        };
        self.names.iter().map(prepare).collect()
    }
}

pub fn judged(ours: &One, theirs: &One) -> Judgement {
    judged_at(ours, theirs, THRESHOLD)
}

pub fn judged_at(ours: &One, theirs: &One, threshold: f64) -> Judgement {
    with(ours, theirs, |ours, theirs| judge(ours, theirs, threshold, &WEIGHTS.judge))
}

pub fn may_reach(ours: &One, theirs: &One, threshold: f64, suppressed: bool) -> bool {
    with(ours, theirs, |ours, theirs| names::judge::may_reach(ours, theirs, threshold, suppressed, &WEIGHTS.judge))
}

fn with<T>(ours: &One, theirs: &One, then: impl FnOnce(Named<'_>, Named<'_>) -> T) -> T {
    let (a, b) = (ours.prepared(), theirs.prepared());
    let (a, b): (Vec<&Prepared>, Vec<&Prepared>) = (a.iter().collect(), b.iter().collect());
    then(Named { names: &a, facts: &ours.facts }, Named { names: &b, facts: &theirs.facts })
}

pub fn score(ours: &One, theirs: &One) -> f64 {
    f64::from(judged(ours, theirs).score) / 10_000.0
}

pub fn names(kind: Kind, ours: &str, theirs: &str) -> f64 {
    score(&one(kind, ours), &one(kind, theirs))
}
