//! The first letters of a name's words, by which an acronym stands for it.

use crate::normalise::{TokenClass, MAX_TOKENS};

/// The fewest words whose first letters may stand for them.
const WORDS_FROM: usize = 3;

/// The first letters of the words of one form, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Initials {
    letters: [u8; MAX_TOKENS],
    length: usize,
}

impl Initials {
    /// Those of a form's tokens, class and text each; `None` with fewer than three words.
    pub(crate) fn of<'t>(tokens: impl Iterator<Item = (TokenClass, &'t [u8])>) -> Option<Self> {
        let mut initials = Self { letters: [0; MAX_TOKENS], length: 0 };
        for (_, text) in tokens.filter(|(class, _)| *class == TokenClass::Word) {
            *initials.letters.get_mut(initials.length)? = *text.first()?;
            initials.length += 1;
        }
        (initials.length >= WORDS_FROM).then_some(initials)
    }

    /// Whether a word is long enough, and not too long, to be somebody's initials.
    pub(crate) const fn may_be(word: &[u8]) -> bool {
        word.len() >= WORDS_FROM && word.len() <= MAX_TOKENS
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}
