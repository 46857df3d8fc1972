//! Neighbouring tokens run together, made ready to be compared with a single one.

use crate::judge::align::{Run, MAX_PARTS};
use crate::judge::left::larger;
use crate::judge::prepared::Part;
use crate::judge::spelling::{spelled, Spelt, Why};
use crate::judge::weights::Spelling;
use crate::normalise::TokenClass;

/// What may be written as one of the tokens of a name: two, or three around a particle (abd al rahman).
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Joins {
    /// All tokens run together.
    together: Box<str>,
    /// Little, since all of it is looked at for every other name.
    runs: Box<[Joined]>,
    /// How each sounds.
    sounds: Box<[Sound]>,
}

/// Two or three tokens written as one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Joined {
    run: Run,
    /// Where the text begins and ends in all the tokens run together.
    from: u16,
    to: u16,
    /// The first and the last letter.
    ends: (u8, u8),
}

#[derive(Debug, Clone, PartialEq)]
struct Sound {
    spelt: Spelt,
    /// With the article as it is spoken before a sun letter: badr al din as badradin, al nur as anur.
    spoken: Option<Box<(Box<[u8]>, Spelt)>>,
}

/// Fewer letters are not likened, only compared.
const LEAST: usize = 5;

impl Joins {
    /// Of the tokens of a name.
    pub fn of(parts: &[Part]) -> Self {
        let parts = parts.get(..MAX_PARTS).unwrap_or(parts);
        if parts.len() < 2 {
            return Self::default();
        }
        let together: String = parts.iter().map(|part| &*part.token.text).collect();
        let (mut runs, mut sounds) = (Vec::with_capacity(parts.len()), Vec::with_capacity(parts.len()));
        for len in [2, 3] {
            let mut from = 0;
            for (at, run) in parts.windows(len).enumerate() {
                let to = from + run.iter().map(|part| part.token.text.len()).sum::<usize>();
                let text = together.as_bytes().get(from..to).unwrap_or_default();
                if let (true, [first, .., last]) = (joinable(run), text) {
                    let (at, len) = (at as u8, len as u8);
                    let ends = (*first, *last);
                    runs.push(Joined { run: Run { at, len }, from: from as u16, to: to as u16, ends });
                    sounds.push(Sound::of(text, run));
                }
                from += run[0].token.text.len();
            }
        }
        Self { together: together.into(), runs: runs.into(), sounds: sounds.into() }
    }

    /// Every run that is alike to a token of another name, the token, how alike; no guesses where only equal ones count.
    pub fn alike(&self, others: &[Part], strict: bool, w: &Spelling, mut found: impl FnMut(Run, usize, f64)) {
        for (joined, sound) in self.runs.iter().zip(&self.sounds) {
            for (at, other) in others.iter().enumerate().filter(|(_, other)| joined.may_be(other)) {
                let text = self.together.as_bytes().get(joined.from.into()..joined.to.into()).unwrap_or_default();
                if let Some(like) = sound.likeness(text, other, strict, w) {
                    found(joined.run, at, like);
                }
            }
        }
    }

    /// The same by length and ends alone.
    pub fn possible(&self, others: &[Part], mut found: impl FnMut(Run, usize)) {
        for joined in &self.runs {
            for (at, _) in others.iter().enumerate().filter(|(_, other)| joined.may_be(other)) {
                found(joined.run, at);
            }
        }
    }
}

impl Joined {
    /// Whether length and ends permit that a single word is the same.
    #[inline]
    fn may_be(self, single: &Part) -> bool {
        let letters = usize::from(self.to - self.from);
        if single.token.class != TokenClass::Word || single.token.text.len().abs_diff(letters) > 2 {
            return false;
        }
        // A join is worth the look only where one end is already right.
        let ends = single.ends();
        self.ends.0 == ends.0 || self.ends.1 == ends.1
    }
}

impl Sound {
    fn of(text: &[u8], parts: &[Part]) -> Self {
        let spoken = assimilated(parts).map(|text| {
            let spelt = Spelt::of(&text);
            Box::new((text.into_boxed_slice(), spelt))
        });
        Self { spelt: Spelt::of(if text.len() < LEAST { &[] } else { text }), spoken }
    }

    fn likeness(&self, text: &[u8], single: &Part, strict: bool, w: &Spelling) -> Option<f64> {
        let (other, spelt) = (single.token.text.as_bytes(), &single.spelt);
        if text == other {
            return Some(1.0);
        }
        if strict || text.len() < LEAST {
            return None;
        }
        let apart = spelled(text, &self.spelt, other, spelt, w);
        let eaten = self.spoken.as_deref().and_then(|(text, spoken)| {
            if spoken.key() == spelt.key() {
                return Some((1.0, Why::Sound));
            }
            spelled(text, spoken, other, spelt, w)
        });
        [apart, eaten].into_iter().flatten().map(|(like, _)| like).reduce(larger)
    }
}

fn joinable(parts: &[Part]) -> bool {
    let class = |at: usize| parts.get(at).map(|part| part.token.class);
    let fits =
        |class: Option<TokenClass>| matches!(class, Some(TokenClass::Word | TokenClass::Stop | TokenClass::Initial));
    match parts.len() {
        2 => fits(class(0)) && fits(class(1)) && parts.iter().any(Part::ordinary),
        _ => {
            class(0) == Some(TokenClass::Word)
                && class(1) == Some(TokenClass::Stop)
                && class(2) == Some(TokenClass::Word)
        }
    }
}

fn assimilated(parts: &[Part]) -> Option<Vec<u8>> {
    let article = parts.iter().position(|part| matches!(&*part.token.text, "al" | "el" | "ul"))?;
    let next = parts.get(article + 1)?.token.text.as_bytes();
    if !matches!(next.first()?, b't' | b'd' | b'r' | b'z' | b's' | b'n') {
        return None;
    }
    let texts =
        parts.iter().enumerate().map(|(at, part)| if at == article { &b"a"[..] } else { part.token.text.as_bytes() });
    Some(texts.flatten().copied().collect())
}
