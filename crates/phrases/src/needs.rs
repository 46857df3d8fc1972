//! Which words a phrase cannot do without, so that it is not tried in a text that lacks one of them.

use crate::begins::goes_on;
use crate::letters::{is_letter, small};
use crate::wording::Item;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Words as bits: two words may share one, so what is not in a set is surely absent, and what is in it may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Words(u128);

impl Words {
    /// Add a word, in small letters.
    pub(crate) fn add(&mut self, word: &str) {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        self.0 |= 1 << (hasher.finish() >> 57);
    }

    /// Tell whether all words of this set may be in another.
    pub(crate) fn may_be_in(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

/// Give the whole words that stand in every text that is the phrase.
pub(crate) fn needs(items: &[Item]) -> Words {
    let mut found = Words::default();
    for (place, item) in items.iter().enumerate() {
        let Item::Word(text) = item else { continue };
        let letters: Vec<char> = text.chars().map(small).collect();
        let before = place > 0 && !matches!(items[place - 1], Item::Space | Item::Gap(_));
        let behind = goes_on(&items[place + 1..]);
        let mut begun = 0;
        while begun < letters.len() {
            let length = letters[begun..].iter().take_while(|one| is_letter(**one)).count();
            let end = begun + length;
            let cut_before = if begun == 0 { before } else { matches!(letters[begun - 1], '*' | '_') };
            let cut_behind = letters.get(end).map_or(behind, |one| matches!(one, '*' | '_'));
            if length > 0 && !cut_before && !cut_behind {
                found.add(&letters[begun..end].iter().collect::<String>());
            }
            begun = end + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::{read, Classes};

    #[allow(clippy::expect_used)]
    fn may(phrase: &str, text: &[&str]) -> bool {
        let mut words = Words::default();
        for word in text {
            words.add(word);
        }
        needs(&read(phrase, &Classes::default()).expect("a phrase")).may_be_in(words)
    }

    #[test]
    fn a_phrase_needs_its_whole_words() {
        assert!(may("was [now] put ... on", &["was", "put", "on", "it"]));
        assert!(!may("was [now] put ... on", &["was", "put"]));
        assert!(!may("Regulation of #", &["regulation"]));
    }

    #[test]
    fn a_phrase_does_without_what_may_go_on_or_be_left_out() {
        assert!(may("account[s] of", &["accounts", "of"]));
        assert!(may("the Treasury [X]'s", &["the", "treasury", "s"]));
        assert!(may("the Treasury [X]y", &["the", "treasuryy"]));
        assert!(may("for bri*", &["for", "bribing"]));
        assert!(may("a (b|c)d", &["a", "bd"]));
    }
}
