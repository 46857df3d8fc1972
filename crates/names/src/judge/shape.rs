//! What follows from the tokens of a reading and is asked of it again and again, computed once.

use crate::judge::prepared::Part;
use crate::normalise::TokenClass;

/// Particles between a name and the father's name.
const SON_OF: [&str; 18] = [
    "bin", "ibn", "ben", "bint", "binti", "bte", "ould", "uld", "walad", "wald", "ogly", "oglu", "oghlu", "ogli",
    "kyzy", "kizi", "gizi", "qizi",
];
/// Words that open a by-name (kunya), which is often left out: "Abu Ali Hasan" and "Hasan" may be one man.
const KUNYA: [&str; 4] = ["abu", "abou", "abo", "umm"];

/// Sets of tokens as bits by place, and sums over all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shape {
    /// Words and numbers, which a name cannot do without.
    pub ordinary: u32,
    /// Ordinary tokens that name a place.
    pub places: u32,
    /// Legal forms.
    pub legal: u32,
    /// Ordinary tokens of the family name, where a comma marked it.
    pub family: u32,
    /// The first ordinary token, unless it opens a by-name.
    pub given: u32,
    /// What all tokens but the legal forms weigh in a person's name.
    pub person: f64,
    /// The same in any other name.
    pub other: f64,
    /// What all tokens weigh.
    pub whole: f64,
    /// Where a name's own first part and the father's name stand, when a particle parts them.
    pub generations: Option<(u8, u8)>,
    /// Whether it is a romanisation.
    pub romanised: bool,
    /// Whether it romanises a script of syllables.
    pub syllabic: bool,
}

impl Shape {
    pub fn of(parts: &[Part], family: usize, romanised: bool, syllabic: bool) -> Self {
        let bits = |of: &dyn Fn(&Part) -> bool| {
            let places = parts.iter().enumerate().take(32).filter(|(_, part)| of(part));
            places.fold(0, |set: u32, (at, _)| set | 1 << at)
        };
        let ordinary = bits(&Part::ordinary);
        let first = ordinary & ordinary.wrapping_neg();
        let kunya = parts.iter().find(|part| part.ordinary()).is_some_and(|part| KUNYA.contains(&&*part.token.text));
        let plain = |part: &&Part| !matches!(part.token.class, TokenClass::Legal(_));
        let behind = parts.len() - family.min(parts.len());
        Self {
            ordinary,
            places: bits(&|part| part.ordinary() && part.place),
            legal: bits(&|part| matches!(part.token.class, TokenClass::Legal(_))),
            family: ordinary & u32::MAX.checked_shl(behind as u32).unwrap_or_default(),
            given: if kunya { 0 } else { first },
            person: parts.iter().filter(plain).map(|part| part.weigh(true)).sum(),
            other: parts.iter().filter(plain).map(|part| part.weigh(false)).sum(),
            whole: parts.iter().map(|part| part.weight).sum(),
            generations: generations(parts),
            romanised,
            syllabic,
        }
    }

    /// The first given name and the (first) family name as bits; unmarked, the first and the last word.
    pub fn ends(&self) -> (u32, u32) {
        let (named, family) = (self.ordinary & !self.family, self.family);
        let last = if self.ordinary == 0 { 0 } else { 1 << self.ordinary.ilog2() };
        let given = named & named.wrapping_neg();
        (given, if family == 0 { last } else { family & family.wrapping_neg() })
    }

    /// What all tokens but the legal forms weigh.
    pub fn total(&self, person: bool) -> f64 {
        if person {
            self.person
        } else {
            self.other
        }
    }
}

fn generations(parts: &[Part]) -> Option<(u8, u8)> {
    let particle = parts.iter().position(|part| SON_OF.contains(&&*part.token.text))?;
    let own = parts[..particle].iter().position(Part::ordinary)?;
    let father = parts[particle..].iter().position(Part::ordinary)? + particle;
    Some((own as u8, father as u8))
}
