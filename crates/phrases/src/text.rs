//! A text made ready to be searched: its characters, as they are and in small letters, and where its words begin.

use crate::letters::{is_letter, small};
use crate::needs::Words;

/// A text, its places counted in characters.
#[derive(Debug)]
pub struct Text {
    pub(crate) exact: Vec<char>,
    pub(crate) small: Vec<char>,
    pub(crate) words: Vec<Word>,
    /// The words one behind the other, in small letters.
    letters: String,
    pub(crate) known: Words,
}

/// A word, letters and numbers, that begins at `start` of the text; its place in `letters`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) start: usize,
    low: usize,
    high: usize,
}

impl Text {
    /// Make a text ready.
    pub fn new(text: &str) -> Self {
        let exact: Vec<char> = text.chars().collect();
        let small: Vec<char> = exact.iter().map(|one| small(*one)).collect();
        let (mut words, mut letters, mut known) = (Vec::new(), String::with_capacity(text.len()), Words::default());
        let mut place = 0;
        while place < exact.len() {
            if !is_letter(exact[place]) {
                place += 1;
                continue;
            }
            let (start, low) = (place, letters.len());
            while place < exact.len() && is_letter(exact[place]) {
                letters.push(small[place]);
                place += 1;
            }
            known.add(&letters[low..]);
            words.push(Word { start, low, high: letters.len() });
        }
        Self { exact, small, words, letters, known }
    }

    /// A word in small letters, by its number; none has no letters.
    pub(crate) fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |word| &self.letters[word.low..word.high])
    }

    /// Its characters.
    pub fn len(&self) -> usize {
        self.exact.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_numbers_without_what_joins_them() {
        let text = Text::new("Об U.S.-based _x, E.O. 13687");
        let words: Vec<&str> = (0..text.words.len()).map(|number| text.word(number)).collect();
        assert_eq!(words, ["об", "u", "s", "based", "x", "e", "o", "13687"]);
        assert_eq!((text.words[1].start, text.word(8)), (3, ""));
        assert_eq!((text.len(), text.is_empty(), Text::new("").is_empty()), (28, false, true));
    }
}
