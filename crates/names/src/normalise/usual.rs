//! Readings that several schemes share, so that a text of many scripts is not romanised once for each scheme of each.

use super::latin::Pieces;

/// How words are read by schemes that are not of their script: all alike, so each is read once.
#[derive(Default)]
pub(super) struct Usual {
    pieces: Pieces,
    /// For each word, when it was read, its pieces among these and how many words they are of.
    of_words: Vec<Option<(usize, usize, usize)>>,
}

impl Usual {
    /// Writes the word as such a scheme reads it, or as `read` does the first time; how many words that were.
    pub fn add(&mut self, word: usize, out: &mut Pieces, read: impl FnOnce(&mut Pieces) -> usize) -> usize {
        if let Some(Some((from, to, used))) = self.of_words.get(word) {
            for piece in self.pieces.list.get(*from..*to).unwrap_or_default() {
                out.add(self.pieces.slice(piece.start, piece.end), piece.gap);
            }
            return *used;
        }
        let before = out.list.len();
        let used = read(out);
        let new = out.list.get(before..).unwrap_or_default();
        // A word of which nothing is left changes what stands behind the one before: it is read again.
        if !new.is_empty() {
            let from = self.pieces.list.len();
            for piece in new {
                self.pieces.push(out.slice(piece.start, piece.end), piece.gap);
            }
            self.of_words.resize(self.of_words.len().max(word + 1), None);
            if let Some(known) = self.of_words.get_mut(word) {
                *known = Some((from, self.pieces.list.len(), used));
            }
        }
        used
    }
}
