//! A name made ready to be judged: its forms with the weight and the sound of every token, computed once.

use crate::facts::{Kind, Quality};
use crate::judge::spelling::Spelt;
use crate::judge::weights::{Grade, JudgeWeights};
use crate::normalise::romanise::SCHEMES;
use crate::normalise::{analyse, Analysed, Form, Origin, Side, Token, TokenClass};

/// One token with what the judge needs of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The token.
    pub token: Token,
    /// Its letters and sound.
    pub spelt: Spelt,
    /// 1 for a rare word, less for one that is met often.
    pub weight: f64,
    /// Whether it names a country, a people or a large city.
    pub place: bool,
}

impl Part {
    /// Whether it is a word or a number, which a name cannot do without.
    pub fn ordinary(&self) -> bool {
        matches!(self.token.class, TokenClass::Word | TokenClass::Number)
    }
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
}

impl Reading {
    /// Whether it is a romanisation: one of several ways to read the signs.
    pub fn romanised(&self) -> bool {
        scheme(self.origin).is_some_and(|name| !name.starts_with("umlauts") && !name.starts_with("letters of another"))
    }

    /// Whether it romanises a script of syllables. Its schemes spell out every customary reading, and two
    /// short syllables are soon alike: no further guess is piled upon that one.
    pub fn syllabic(&self) -> bool {
        let scripts = ["Korean", "Chinese", "Japanese"];
        scheme(self.origin).is_some_and(|name| scripts.iter().any(|script| name.starts_with(script)))
    }
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
            if kind.is_none() && initials(text) {
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
    let mut reading = Reading {
        parts: Vec::with_capacity(form.tokens.len()),
        squashed: form.squashed.clone(),
        origin: form.origin,
        family,
    };
    // The surname 이 may be romanised "I": a whole name, not a letter standing for one.
    let syllabic = reading.syllabic();
    for token in &form.tokens {
        let mut token = token.clone();
        if syllabic && token.class == TokenClass::Initial {
            token.class = TokenClass::Word;
        }
        reading.parts.push(part(token, weights));
    }
    for at in 0..reading.parts.len() {
        if abbreviates(&reading.parts, at) {
            reading.parts[at].weight = weights.token.stop;
        }
    }
    reading
}

/// RAJAH SOLAIMAN MOVEMENT (RSM): letters that only repeat what the name says.
fn abbreviates(parts: &[Part], at: usize) -> bool {
    let text = parts[at].token.text.as_bytes();
    if !(3..=6).contains(&text.len()) || !parts[at].ordinary() || parts.len() <= text.len() {
        return false;
    }
    let (before, after) = (&parts[..at], &parts[at + 1..]);
    [before, after].iter().any(|some| (0..some.len()).any(|from| spells(&some[from..], text).is_some()))
}

/// How many parts, particles passed over, have initials that spell `text`; `None` when they do not.
pub fn spells(parts: &[Part], text: &[u8]) -> Option<usize> {
    let mut letters = text.iter();
    for (at, part) in parts.iter().enumerate() {
        let initial = part.token.text.as_bytes().first();
        if part.token.class == TokenClass::Stop && at > 0 {
            continue;
        }
        if letters.next() != initial || part.token.text.len() < 2 {
            return None;
        }
        if letters.len() == 0 {
            return Some(at + 1);
        }
    }
    None
}

fn part(token: Token, weights: &JudgeWeights) -> Part {
    let w = &weights.token;
    let mut place = false;
    let weight = match token.class {
        TokenClass::Word => match weights.common.grade(&token) {
            None if token.text.len() <= 3 => w.short,
            None => 1.0,
            Some(Grade::Everywhere) => w.everywhere,
            Some(Grade::Frequent) => w.frequent,
            Some(Grade::Activity) => w.activity,
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
    Part { spelt: Spelt::of(token.text.as_bytes()), token, weight, place }
}
