//! A name made ready to be judged: its forms with the weight and the sound of every token, computed once.

use crate::facts::{Kind, Quality};
use crate::judge::align::Run;
use crate::judge::common::Grade;
use crate::judge::join::Joins;
use crate::judge::kin::Kin;
use crate::judge::left::smaller;
use crate::judge::shape::Shape;
use crate::judge::spelling::Spelt;
use crate::judge::weights::JudgeWeights;
use crate::judge::within::{abbreviates, patronymic, raise, repeats};
use crate::normalise::romanise::SCHEMES;
use crate::normalise::{analyse, Analysed, Form, Origin, Side, Token, TokenClass};
use std::cmp::Ordering;

/// One token with what the judge needs of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The token.
    pub token: Token,
    /// Its letters and sound.
    pub spelt: Spelt,
    /// 1 for a rare word, less for one that is met often.
    pub weight: f64,
    /// What it weighs in a person's name: drawn towards 1, since each part of it counts.
    person: f64,
    /// What it weighs in any other name, where the name of a person is what is rare.
    pub(super) other: f64,
    /// Whether it names a country, a people or a large city.
    pub place: bool,
    /// Whether it says what an organisation does.
    pub does: bool,
    /// Whether it is a name that many persons bear.
    pub known: bool,
    /// The words that stand for it in the name of an organisation.
    pub(super) kin: Kin,
    /// Whether it is made of the father's name and stands beside a given name and a family name.
    pub patronymic: bool,
    /// The first eight letters, which nearly always tell two texts apart and in which order they stand.
    head: u64,
    /// Where the text ends in the spaced text of its reading.
    end: u16,
    /// The last letter.
    last: u8,
}

impl Part {
    /// Whether it is a word or a number, which a name cannot do without.
    pub fn ordinary(&self) -> bool {
        matches!(self.token.class, TokenClass::Word | TokenClass::Number)
    }

    /// What the part weighs in the name of a person or of something else.
    pub fn weigh(&self, person: bool) -> f64 {
        if person {
            self.person
        } else {
            self.other
        }
    }

    /// How rare the part is in the name of a person or of something else: 1 says that few share it.
    pub fn rarity(&self, person: bool) -> f64 {
        if person {
            self.weight
        } else {
            self.other
        }
    }

    /// Whether both have the same text.
    pub fn same_text(&self, other: &Self) -> bool {
        self.head == other.head && (self.token.text.len() < 8 || self.token.text == other.token.text)
    }

    /// The first and the last letter.
    #[inline]
    pub(super) fn ends(&self) -> (u8, u8) {
        ((self.head >> 56) as u8, self.last)
    }

    /// How the texts are ordered.
    pub fn order(&self, other: &Self) -> Ordering {
        self.head.cmp(&other.head).then_with(|| self.token.text.cmp(&other.token.text))
    }
}

/// The first eight bytes, the first of them highest; zeros behind a shorter text, which holds none itself.
fn head(text: &[u8]) -> u64 {
    (0..8).fold(0, |head, at| head << 8 | u64::from(text.get(at).copied().unwrap_or_default()))
}

/// One reading of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The tokens; of a person in natural order, the part before a comma last.
    pub parts: Vec<Part>,
    /// All tokens run together.
    pub squashed: Box<str>,
    /// Where the reading came from.
    pub origin: Origin,
    /// How many of the last tokens are the family name, where a comma marked it.
    pub family: usize,
    /// The tokens with spaces between them.
    spaced: Box<str>,
    /// What may be written as one.
    pub(super) joins: Joins,
    /// What follows from the tokens.
    pub(super) shape: Shape,
}

impl Reading {
    /// Whether it is a romanisation: one of several ways to read the signs.
    pub fn romanised(&self) -> bool {
        self.shape.romanised
    }

    /// Whether it romanises a script of syllables. Its schemes spell out every customary reading, and two
    /// short syllables are soon alike: no further guess is piled upon that one.
    pub fn syllabic(&self) -> bool {
        self.shape.syllabic
    }

    /// The texts of a run with spaces between them.
    pub fn text(&self, run: Run) -> &str {
        let (first, last) = (run.at as usize, (run.at + run.len.max(1)) as usize - 1);
        let from = first.checked_sub(1).and_then(|at| self.parts.get(at)).map_or(0, |part| part.end as usize + 1);
        let to = self.parts.get(last).map_or(self.spaced.len(), |part| part.end as usize);
        self.spaced.get(from..to).unwrap_or_default()
    }
}

fn romanised(origin: Origin) -> bool {
    scheme(origin).is_some_and(|name| !name.starts_with("umlauts") && !name.starts_with("letters of another"))
}

fn syllabic(origin: Origin) -> bool {
    let scripts = ["Korean", "Chinese", "Japanese"];
    scheme(origin).is_some_and(|name| scripts.iter().any(|script| name.starts_with(script)))
}

fn scheme(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Romanised(at) => SCHEMES.get(at as usize).copied(),
        _ => None,
    }
}

/// A name with all its readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// The written form first.
    pub readings: Vec<Reading>,
    /// Whether a limit of analysis cut something.
    pub truncated: bool,
    /// How the name may be used.
    pub quality: Quality,
    /// The signs of a name written in Han, Hangul or kana, in order; empty for other scripts.
    pub signs: Box<[char]>,
}

impl Prepared {
    /// Analyses `text` and weighs its tokens.
    ///
    /// A person's "SURNAME, Given Names" is read in natural order, because a missing *leading* given
    /// name is what tells a son from his father; the tokens are the same as retrieval's.
    pub fn new(text: &str, side: Side, quality: Quality, kind: Option<Kind>, weights: &JudgeWeights) -> Self {
        let mut family = 0;
        let turned = natural(text, kind).and_then(|(turned, name)| {
            // "P L M SOCIEDAD DE CORRETAJE, C.A." of unknown kind: letters alone are no given name to put first.
            // Nor is a name of so many words a person's: "PRIVREDNO DRUSTVO ZA PROIZVODNJU STUBOVA, TRAFO-STANICA I ...".
            if kind.is_none() && (initials(text) || text.split_whitespace().count() > MOST_WORDS) {
                return None;
            }
            let turned = analyse(&turned, side);
            family = analyse(name, side).forms.first().map_or(0, |form| form.tokens.len());
            (!legal(&turned)).then_some(turned)
        });
        let analysed = turned.unwrap_or_else(|| {
            family = 0;
            analyse(text, side)
        });
        let readings = analysed.forms.iter().map(|form| reading(form, family, weights)).collect();
        Self { readings, truncated: analysed.truncated, quality, signs: signs(text) }
    }
}

/// Words that the name of a person whose kind nobody stated may have, to be read from behind its comma.
const MOST_WORDS: usize = 8;

/// The signs of a text that is written in syllables or ideograms throughout.
fn signs(text: &str) -> Box<[char]> {
    let sign = |c: char| {
        matches!(c as u32, 0x1100..=0x11FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7FF
            | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
    };
    if text.is_ascii() || text.chars().any(|c| c.is_alphanumeric() && !sign(c)) {
        return Box::default();
    }
    text.chars().filter(|c| sign(*c)).collect()
}

/// "KIM, Yong Chol" as "Yong Chol KIM"; `None` when there is nothing to turn.
fn natural(text: &str, kind: Option<Kind>) -> Option<(String, &str)> {
    if !matches!(kind, None | Some(Kind::Person)) {
        return None;
    }
    let (family, given) = text.split_once([',', '\u{60c}', '\u{ff0c}'])?;
    let (family, given) = (family.trim(), given.trim());
    if family.is_empty() || given.is_empty() || given.contains(',') {
        return None;
    }
    Some((format!("{given} {family}"), family))
}

/// Whether nothing but single letters stands behind the comma.
fn initials(text: &str) -> bool {
    let (_, given) = text.rsplit_once([',', '\u{60c}', '\u{ff0c}']).unwrap_or_default();
    given.split(|c: char| !c.is_alphanumeric()).all(|piece| piece.chars().count() < 2)
}

fn legal(analysed: &Analysed) -> bool {
    analysed.forms.iter().any(|form| form.tokens.iter().any(|token| matches!(token.class, TokenClass::Legal(_))))
}

fn reading(form: &Form, family: usize, weights: &JudgeWeights) -> Reading {
    let written = !matches!(form.origin, Origin::Romanised(_));
    let family = if written && family < form.tokens.len() { family } else { 0 };
    // The surname 이 may be romanised "I": a whole name, not a letter standing for one.
    let syllabic = syllabic(form.origin);
    let mut parts = Vec::with_capacity(form.tokens.len());
    let mut spaced = String::with_capacity(form.squashed.len() + form.tokens.len());
    for token in &form.tokens {
        let mut token = token.clone();
        if syllabic && token.class == TokenClass::Initial {
            token.class = TokenClass::Word;
        }
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(&token.text);
        parts.push(part(token, spaced.len() as u16, weights));
    }
    for at in 0..parts.len() {
        if abbreviates(&parts, at) {
            (parts[at].weight, parts[at].other) = (weights.token.stop, weights.token.stop);
        } else if repeats(&parts, at) {
            parts[at].other = weights.token.stop;
        }
    }
    raise(&mut parts, weights.token.generic);
    let behind = parts.len() - family.min(parts.len());
    if parts.iter().filter(|part| part.ordinary()).count() > 2 {
        for part in parts[..behind].iter_mut().filter(|part| part.ordinary() && patronymic(&part.token.text)) {
            part.patronymic = true;
            // As common as the given name it is made of.
            part.weight = smaller(part.weight, weights.token.frequent);
        }
    }
    for part in &mut parts {
        let drawn = part.weight + (1.0 - part.weight) * weights.token.person_level;
        part.person = if part.token.class == TokenClass::Word { drawn } else { part.weight };
    }
    let shape = Shape::of(&parts, family, romanised(form.origin), syllabic);
    let (joins, spaced) = (Joins::of(&parts), spaced.into());
    Reading { parts, squashed: form.squashed.clone(), origin: form.origin, family, spaced, joins, shape }
}

fn part(token: Token, end: u16, weights: &JudgeWeights) -> Part {
    let w = &weights.token;
    let (mut place, mut named, mut does, mut known) = (false, false, false, false);
    let weight = match token.class {
        TokenClass::Word => match weights.common.grade(&token) {
            None if token.text.len() <= 3 => w.short,
            None => 1.0,
            Some(Grade::Everywhere) => w.everywhere,
            Some(Grade::Names) => {
                (named, known) = (true, true);
                w.everywhere
            }
            Some(Grade::Frequent) => {
                (named, known) = (true, true);
                w.frequent
            }
            Some(Grade::Business) => {
                does = true;
                w.business
            }
            Some(Grade::Activity) => {
                does = true;
                w.activity
            }
            Some(Grade::Place) => {
                place = true;
                w.place
            }
        },
        TokenClass::Number => w.number,
        TokenClass::Initial => w.initial,
        TokenClass::Legal(_) => w.legal,
        TokenClass::Stop => w.stop,
    };
    let text = token.text.as_bytes();
    let (head, last) = (head(text), text.last().copied().unwrap_or_default());
    let other = if named { w.named } else { weight };
    let (spelt, kin) = (Spelt::of(text), Kin::of(&token, &weights.common));
    let patronymic = false;
    Part { spelt, head, token, weight, person: weight, other, place, does, known, kin, patronymic, end, last }
}
