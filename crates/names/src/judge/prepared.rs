//! A name made ready to be judged: its forms with the weight and the sound of every token, computed once.

use crate::facts::{Kind, Quality};
use crate::judge::spelling::sound_key;
use crate::judge::weights::{Grade, JudgeWeights};
use crate::normalise::{analyse, Analysed, Form, Origin, Side, Token, TokenClass};

/// One token with what the judge needs of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The token.
    pub token: Token,
    /// Its sound, see [`sound_key`].
    pub key: Box<[u8]>,
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
}

impl Prepared {
    /// Analyses `text` and weighs its tokens.
    ///
    /// A person's "SURNAME, Given Names" is read in natural order, because a missing *leading* given
    /// name is what tells a son from his father; the tokens are the same as retrieval's.
    pub fn new(text: &str, side: Side, quality: Quality, kind: Option<Kind>, weights: &JudgeWeights) -> Self {
        let analysed = match natural(text, kind) {
            Some(turned) => {
                let turned = analyse(&turned, side);
                if legal(&turned) {
                    analyse(text, side)
                } else {
                    turned
                }
            }
            None => analyse(text, side),
        };
        Self::from_analysed(&analysed, quality, weights)
    }

    /// As [`Prepared::new`], from forms that exist already, their order taken as it is.
    pub fn from_analysed(analysed: &Analysed, quality: Quality, weights: &JudgeWeights) -> Self {
        let readings = analysed.forms.iter().map(|form| reading(form, weights)).collect();
        Self { readings, truncated: analysed.truncated, quality }
    }
}

/// "KIM, Yong Chol" as "Yong Chol KIM"; `None` when there is nothing to turn.
fn natural(text: &str, kind: Option<Kind>) -> Option<String> {
    if !matches!(kind, None | Some(Kind::Person)) {
        return None;
    }
    let (family, given) = text.split_once([',', '\u{60c}', '\u{ff0c}'])?;
    let (family, given) = (family.trim(), given.trim());
    if family.is_empty() || given.is_empty() || given.contains(',') {
        return None;
    }
    Some(format!("{given} {family}"))
}

fn legal(analysed: &Analysed) -> bool {
    analysed.forms.iter().any(|form| form.tokens.iter().any(|token| matches!(token.class, TokenClass::Legal(_))))
}

fn reading(form: &Form, weights: &JudgeWeights) -> Reading {
    let parts = form.tokens.iter().map(|token| part(token, weights)).collect();
    Reading { parts, squashed: form.squashed.clone(), origin: form.origin }
}

fn part(token: &Token, weights: &JudgeWeights) -> Part {
    let w = &weights.token;
    let mut place = false;
    let weight = match token.class {
        TokenClass::Word => match weights.common.grade(token) {
            None => 1.0,
            Some(Grade::Everywhere) => w.everywhere,
            Some(Grade::Frequent) => w.frequent,
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
    Part { token: token.clone(), key: sound_key(token.text.as_bytes()), weight, place }
}
