//! What a reviewer is shown of two names: each aligned token with its reason, and what it contributed.

use crate::facts::{Facts, Gender, Identifier, Kind};
use crate::judge::align::{weight, Pair};
use crate::judge::facts::{birth_text, ties, FactKind, Finding};
use crate::judge::left::run;
use crate::judge::name::{kept, NameJudgement};
use crate::judge::prepared::{Part, Prepared};
use crate::judge::spelling::Why;
use crate::judge::weights::JudgeWeights;
use crate::judge::{Effect, Judgement};

/// What the judge said, with the texts that the explanation shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Position of the query.
    pub query: u32,
    /// Party of the index.
    pub party: u32,
    /// Key of the party.
    pub key: String,
    /// Our best name; empty when we have none.
    pub ours: String,
    /// The listed name it was judged against.
    pub theirs: String,
    /// The judgement.
    pub judgement: Judgement,
    /// The aligned tokens, when evidence was asked for.
    pub tokens: Vec<TokenEvidence>,
    /// The reckoning, when evidence was asked for.
    pub lines: Vec<FactLine>,
}

/// Why two tokens stand beside each other, or that one stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// Aligned, for this reason.
    Aligned(Why),
    /// Equal through a romanisation.
    Transliteration,
    /// Theirs, not ours.
    Missing,
    /// Ours, not theirs.
    Extra,
}

impl TokenKind {
    /// The word of the explanation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Aligned(Why::Equal) => "equal",
            Self::Aligned(Why::Variant) => "variant",
            Self::Aligned(Why::Sound) => "sound",
            Self::Aligned(Why::Typo) => "typo",
            Self::Aligned(Why::Joined) => "joined",
            Self::Aligned(Why::Initial) => "initial",
            Self::Transliteration => "transliteration",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

/// One line of the explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenEvidence {
    /// Reason.
    pub kind: TokenKind,
    /// Our tokens, joined by spaces; empty when missing.
    pub ours: String,
    /// Their tokens.
    pub theirs: String,
    /// Likeness, 0 to 1.
    pub similarity: f64,
    /// Mean weight of both sides.
    pub weight: f64,
    /// Share of the name score that it brought, or took where nothing stands against it.
    pub contribution: f64,
}

/// The lines for the two names of a judgement: what is aligned in our order, then missing, then extra.
///
/// Contributions share out the score: aligned tokens by what of their weight is the same, those
/// standing alone by what their weight took. They show proportions; the score itself is not their sum.
pub fn tokens(ours: &Prepared, theirs: &Prepared, name: &NameJudgement, w: &JudgeWeights) -> Vec<TokenEvidence> {
    let (Some(a), Some(b)) = (ours.readings.get(name.reading_a as usize), theirs.readings.get(name.reading_b as usize))
    else {
        return Vec::new();
    };
    let whole = total(&a.parts) + total(&b.parts);
    let whole = if whole > 0.0 { whole } else { 1.0 };
    let mut lines = Vec::with_capacity(name.aligned.pairs.len() + 2);
    for Pair { a: x, b: y, like, why } in &name.aligned.pairs {
        let both = weight(&a.parts, *x) + weight(&b.parts, *y);
        let kind = match (name.romanised, why) {
            (true, Why::Equal) => TokenKind::Transliteration,
            _ => TokenKind::Aligned(*why),
        };
        lines.push(TokenEvidence {
            kind,
            ours: text(run(&a.parts, *x)),
            theirs: text(run(&b.parts, *y)),
            similarity: *like,
            weight: both * 0.5,
            contribution: both / whole * like * kept(*like, *why, w),
        });
    }
    let alone = |kind: TokenKind, part: &Part| {
        let word = part.token.text.to_string();
        let (ours, theirs) = if kind == TokenKind::Extra { (word, String::new()) } else { (String::new(), word) };
        TokenEvidence { kind, ours, theirs, similarity: 0.0, weight: part.weight, contribution: -part.weight / whole }
    };
    let left = |mask: u32, at: usize| at < 32 && mask & (1 << at) != 0;
    for (_, part) in b.parts.iter().enumerate().filter(|(at, _)| left(name.aligned.left_b, *at)) {
        lines.push(alone(TokenKind::Missing, part));
    }
    for (_, part) in a.parts.iter().enumerate().filter(|(at, _)| left(name.aligned.left_a, *at)) {
        lines.push(alone(TokenKind::Extra, part));
    }
    lines
}

fn total(parts: &[Part]) -> f64 {
    parts.iter().map(|part| part.weight).sum()
}

fn text(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&part.token.text);
    }
    text
}

/// One line of the reckoning: what spoke and what it moved the score by.
#[derive(Debug, Clone, PartialEq)]
pub struct FactLine {
    /// `name`, `weak_name`, or a word of [`FactKind`].
    pub kind: &'static str,
    /// What it said: for `name` the grade of likeness, then what structure took; else a word of [`Finding`].
    pub finding: &'static str,
    /// Our value as text.
    pub ours: String,
    /// Their value as text.
    pub theirs: String,
    /// What the score moved by.
    pub effect: f64,
}

/// The reckoning, in order: the names, what their structure took, what a weak alias took, then every
/// fact. The effects add up to the score, except where a name already stood at nothing.
pub fn lines(judged: &Judgement, ours: (&str, &Facts), theirs: (&str, &Facts)) -> Vec<FactLine> {
    let (our_name, ours) = ours;
    let (their_name, theirs) = theirs;
    let mut lines = Vec::with_capacity(judged.facts.len() + 2);
    if let Some(name) = &judged.name {
        let took: f64 = name.structure.iter().map(|part| part.effect).sum();
        let finding = match name {
            name if name.exact => "exact",
            name if name.romanised && name.whole => "romanised",
            name if name.whole => "whole",
            _ => "partial",
        };
        let line = |kind, finding, effect| FactLine {
            kind,
            finding,
            ours: our_name.to_owned(),
            theirs: their_name.to_owned(),
            effect,
        };
        lines.push(line("name", finding, name.score - took));
        lines.extend(name.structure.iter().map(|part| line("name", part.kind, part.effect)));
        if judged.weak_loss > 0.0 {
            lines.push(line("weak_name", "capped", -judged.weak_loss));
        }
    }
    for Effect { fact, moved } in &judged.facts {
        let (ours, theirs) =
            (value(fact.kind, fact.finding, ours, fact.ours), value(fact.kind, fact.finding, theirs, fact.theirs));
        lines.push(FactLine { kind: fact.kind.word(), finding: fact.finding.word(), ours, theirs, effect: *moved });
    }
    lines
}

fn value(kind: FactKind, finding: Finding, facts: &Facts, at: u16) -> String {
    let at = at as usize;
    let all = |list: &[Box<str>]| list.join(" ");
    match kind {
        FactKind::PartyKind => facts.kind.map_or("", kind_word).to_owned(),
        FactKind::Gender => facts.gender.map_or("", gender_word).to_owned(),
        FactKind::BirthDate => facts.births.get(at).map(|birth| birth_text(*birth)).unwrap_or_default(),
        FactKind::Nationality if finding == Finding::Conflict => all(&facts.nationalities),
        FactKind::Nationality => facts.nationalities.get(at).map(ToString::to_string).unwrap_or_default(),
        FactKind::Country => ties(facts).nth(at).map(ToString::to_string).unwrap_or_default(),
        FactKind::Identifier => facts.identifiers.get(at).map(identifier_text).unwrap_or_default(),
    }
}

fn identifier_text(identifier: &Identifier) -> String {
    let Identifier { kind, value, country } = identifier;
    if country.is_empty() {
        format!("{kind}:{value}")
    } else {
        format!("{kind}:{value}@{country}")
    }
}

/// The word of a kind of party.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Vessel => "vessel",
        Kind::Aircraft => "aircraft",
        Kind::Wallet => "wallet",
    }
}

/// The word of a gender.
pub fn gender_word(gender: Gender) -> &'static str {
    match gender {
        Gender::Male => "male",
        Gender::Female => "female",
    }
}
