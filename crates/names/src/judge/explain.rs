//! What a reviewer is shown of two names: each aligned token with its reason, and what it contributed.

use crate::facts::{Birth, Facts, Gender, Identifier, Kind};
use crate::judge::align::{weight, Pair};
use crate::judge::facts::{self, ties, write_birth, FactKind, Finding};
use crate::judge::left::bits;
use crate::judge::name::NameJudgement;
use crate::judge::prepared::{Part, Prepared};
use crate::judge::spelling::Why;
use crate::judge::sums::kept;
use crate::judge::unknown;
use crate::judge::weights::JudgeWeights;
use crate::judge::{Effect, Judgement};
use std::borrow::Cow;
use std::fmt;

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
    /// The threshold it was held against.
    pub threshold: f64,
    /// The aligned tokens, when evidence was asked for.
    pub tokens: Vec<TokenEvidence<'static>>,
    /// The reckoning, when evidence was asked for.
    pub lines: Vec<FactLine<'static>>,
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
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
            Self::Aligned(Why::Akin) => "akin",
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
pub struct TokenEvidence<'a> {
    /// Reason.
    pub kind: TokenKind,
    /// Our tokens, joined by spaces; empty when missing.
    pub ours: Cow<'a, str>,
    /// Their tokens.
    pub theirs: Cow<'a, str>,
    /// Likeness, 0 to 1.
    pub similarity: f64,
    /// Mean weight of both sides.
    pub weight: f64,
    /// Share of the name score that it brought, or took where nothing stands against it.
    pub contribution: f64,
}

impl TokenEvidence<'_> {
    /// The same with texts of its own.
    pub fn into_owned(self) -> TokenEvidence<'static> {
        TokenEvidence { ours: owned(self.ours), theirs: owned(self.theirs), ..self }
    }
}

/// The lines for the two names of a judgement: what is aligned in our order, then missing, then extra.
///
/// Contributions share out the score: aligned tokens by what of their weight is the same, those
/// standing alone by what their weight took. They show proportions; the score itself is not their sum.
pub fn tokens<'a>(
    ours: &'a Prepared,
    theirs: &'a Prepared,
    name: &NameJudgement,
    w: &JudgeWeights,
) -> Vec<TokenEvidence<'a>> {
    let mut lines = Vec::with_capacity(name.aligned.pairs.len() + 2);
    add_tokens(&mut lines, ours, theirs, name, w);
    lines
}

/// The same, behind the lines that a vector holds already.
pub fn add_tokens<'a>(
    lines: &mut Vec<TokenEvidence<'a>>,
    ours: &'a Prepared,
    theirs: &'a Prepared,
    name: &NameJudgement,
    w: &JudgeWeights,
) {
    let (Some(a), Some(b)) = (ours.readings.get(name.reading_a as usize), theirs.readings.get(name.reading_b as usize))
    else {
        return;
    };
    let whole = a.shape.whole + b.shape.whole;
    let whole = if whole > 0.0 { whole } else { 1.0 };
    for Pair { a: x, b: y, like, why } in &name.aligned.pairs {
        let both = weight(&a.parts, *x) + weight(&b.parts, *y);
        let kind = match (name.romanised, why) {
            (true, Why::Equal) => TokenKind::Transliteration,
            _ => TokenKind::Aligned(*why),
        };
        lines.push(TokenEvidence {
            kind,
            ours: Cow::Borrowed(a.text(*x)),
            theirs: Cow::Borrowed(b.text(*y)),
            similarity: *like,
            weight: both * 0.5,
            contribution: both / whole * like * kept(*like, *why, name.person, w),
        });
    }
    let alone = |kind: TokenKind, part: &'a Part| {
        let (word, none) = (Cow::Borrowed(&*part.token.text), Cow::Borrowed(""));
        let (ours, theirs) = if kind == TokenKind::Extra { (word, none) } else { (none, word) };
        TokenEvidence { kind, ours, theirs, similarity: 0.0, weight: part.weight, contribution: -part.weight / whole }
    };
    lines
        .extend(bits(name.aligned.left_b).filter_map(|at| b.parts.get(at)).map(|part| alone(TokenKind::Missing, part)));
    lines.extend(bits(name.aligned.left_a).filter_map(|at| a.parts.get(at)).map(|part| alone(TokenKind::Extra, part)));
}

/// One line of the reckoning: what spoke and what it moved the score by.
#[derive(Debug, Clone, PartialEq)]
pub struct FactLine<'a> {
    /// `name`, `weak_name`, or a word of [`FactKind`].
    pub kind: &'static str,
    /// What it said: for `name` the grade of likeness, then what structure took; else a word of [`Finding`].
    pub finding: &'static str,
    /// Our value.
    pub ours: Said<'a>,
    /// Their value.
    pub theirs: Said<'a>,
    /// What the score moved by.
    pub effect: f64,
}

impl FactLine<'_> {
    /// The same with texts of its own.
    pub fn into_owned(self) -> FactLine<'static> {
        FactLine { ours: self.ours.into_owned(), theirs: self.theirs.into_owned(), ..self }
    }
}

/// What one side says, written out only when it is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Said<'a> {
    /// A name, a word, a code.
    Text(Cow<'a, str>),
    /// A date of birth.
    Birth(Birth),
    /// A typed number.
    Identifier(&'a Identifier),
    /// Several codes.
    Several(&'a [Box<str>]),
}

impl Said<'_> {
    /// Nothing is said.
    pub(super) const NOTHING: Self = Self::Text(Cow::Borrowed(""));

    fn word(text: &str) -> Said<'_> {
        Said::Text(Cow::Borrowed(text))
    }

    fn into_owned(self) -> Said<'static> {
        match self {
            Said::Birth(birth) => Said::Birth(birth),
            Said::Text(text) => Said::Text(owned(text)),
            said => Said::Text(Cow::Owned(said.to_string())),
        }
    }
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Birth(birth) => write_birth(*birth, out),
            Self::Identifier(Identifier { kind, value, country }) => {
                let at = if country.is_empty() { "" } else { "@" };
                let kind = facts::word(kind);
                [kind, ":", value, at, country].iter().try_for_each(|piece| out.write_str(piece))
            }
            Self::Several(codes) => codes.iter().enumerate().try_for_each(|(at, code)| {
                out.write_str(if at == 0 { "" } else { " " })?;
                out.write_str(code)
            }),
        }
    }
}

/// The reckoning, in order: the names, what their structure took, what a weak alias took, then every
/// fact, then what could decide and is not known. The effects add up to the score, except where a name already stood at nothing.
pub fn lines<'a>(judged: &Judgement, ours: (&'a str, &'a Facts), theirs: (&'a str, &'a Facts)) -> Vec<FactLine<'a>> {
    let mut lines = Vec::with_capacity(judged.facts.len() + 4);
    add_lines(&mut lines, judged, ours, theirs);
    lines
}

/// The same, behind the lines that a vector holds already.
pub fn add_lines<'a>(
    lines: &mut Vec<FactLine<'a>>,
    judged: &Judgement,
    (our_name, ours): (&'a str, &'a Facts),
    (their_name, theirs): (&'a str, &'a Facts),
) {
    if let Some(name) = &judged.name {
        let took: f64 = name.structure.iter().map(|part| part.effect).sum();
        let finding = match name {
            name if name.exact => "exact",
            name if name.romanised && name.whole => "romanised",
            name if name.whole => "whole",
            _ => "partial",
        };
        let line = |kind, finding, effect| {
            let (ours, theirs) = (Said::word(our_name), Said::word(their_name));
            FactLine { kind, finding, ours, theirs, effect }
        };
        lines.push(line("name", finding, name.score - took));
        lines.extend(name.structure.iter().map(|part| line("name", part.kind, part.effect)));
        if judged.weak_loss > 0.0 {
            lines.push(line("weak_name", "capped", -judged.weak_loss));
        }
    }
    lines.extend(judged.facts.iter().map(|Effect { fact, moved }| FactLine {
        kind: fact.kind.word(),
        finding: fact.finding.word(),
        ours: value(fact.kind, fact.finding, ours, fact.ours),
        theirs: value(fact.kind, fact.finding, theirs, fact.theirs),
        effect: *moved,
    }));
    unknown::add(lines, &judged.facts, ours, theirs);
}

fn value(kind: FactKind, finding: Finding, facts: &Facts, at: u16) -> Said<'_> {
    let at = at as usize;
    let said = match kind {
        FactKind::PartyKind => facts.kind.map(|kind| Said::word(kind_word(kind))),
        FactKind::Gender => facts.gender.map(|gender| Said::word(gender_word(gender))),
        FactKind::BirthDate => facts.births.get(at).map(|birth| Said::Birth(*birth)),
        FactKind::Nationality if finding == Finding::Conflict => Some(Said::Several(&facts.nationalities)),
        FactKind::Nationality => facts.nationalities.get(at).map(|code| Said::word(code)),
        FactKind::Country => ties(facts).nth(at).map(|code| Said::word(code)),
        FactKind::Identifier => facts.identifiers.get(at).map(Said::Identifier),
    };
    said.unwrap_or(Said::word(""))
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
