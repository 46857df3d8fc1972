//! Neighbouring tokens run together, to be compared with a single one.

use crate::judge::left::larger;
use crate::judge::prepared::Part;
use crate::judge::spelling::{spelled, Spelt, Why};
use crate::judge::weights::Spelling;
use crate::normalise::MAX_TOKEN;

/// The most letters of three tokens.
const MOST: usize = 3 * MAX_TOKEN;

/// Two or three tokens written as one.
pub(super) struct Joined {
    written: Text,
    spelt: Spelt,
    /// With the article as it is spoken before a sun letter: badr al din as badradin, al nur as anur.
    spoken: Option<(Text, Spelt)>,
}

impl Joined {
    pub fn of(parts: &[Part]) -> Self {
        let written = Text::of(parts.iter().map(|part| part.token.text.as_bytes()));
        let spelt = Spelt::of(written.letters());
        let spoken = assimilated(parts).map(|text| {
            let spelt = Spelt::of(text.letters());
            (text, spelt)
        });
        Self { written, spelt, spoken }
    }

    pub fn text(&self) -> &[u8] {
        self.written.letters()
    }

    /// How alike a single token is that is not equal.
    pub fn likeness(&self, single: &[u8], spelt: &Spelt, w: &Spelling) -> Option<f64> {
        let apart = spelled(self.text(), &self.spelt, single, spelt, w);
        let eaten = self.spoken.as_ref().and_then(|(text, spoken)| {
            if spoken.key() == spelt.key() {
                return Some((1.0, Why::Sound));
            }
            spelled(text.letters(), spoken, single, spelt, w)
        });
        [apart, eaten].into_iter().flatten().map(|(like, _)| like).reduce(larger)
    }
}

fn assimilated(parts: &[Part]) -> Option<Text> {
    let article = parts.iter().position(|part| matches!(&*part.token.text, "al" | "el" | "ul"))?;
    let next = parts.get(article + 1)?.token.text.as_bytes();
    if !matches!(next.first()?, b't' | b'd' | b'r' | b'z' | b's' | b'n') {
        return None;
    }
    let texts =
        parts.iter().enumerate().map(|(at, part)| if at == article { &b"a"[..] } else { part.token.text.as_bytes() });
    Some(Text::of(texts))
}

struct Text {
    letters: [u8; MOST],
    length: usize,
}

impl Text {
    fn of<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut text = Self { letters: [0; MOST], length: 0 };
        for letter in pieces.flatten() {
            if let Some(place) = text.letters.get_mut(text.length) {
                *place = *letter;
                text.length += 1;
            }
        }
        text
    }

    fn letters(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}
