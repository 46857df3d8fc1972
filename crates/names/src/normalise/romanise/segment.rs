//! Cuts text that is written without spaces at the words of our tables: legal forms, and common words of organisations.

use rustc_hash::FxHashMap;

use super::script::{script_of, Script};
use crate::tables;

/// What a cut-out word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A legal form; it is romanised as one word, which the lexicon knows.
    Legal,
    /// A word organisations share, with its own reading where the letters alone would be misread, and its English.
    Known { reading: Option<&'static str>, english: &'static str },
    /// Anything else.
    Name,
}

/// The words of one script.
#[derive(Debug)]
pub(super) struct Dictionary {
    words: FxHashMap<&'static str, Kind>,
    longest: usize,
}

impl Dictionary {
    /// Legal forms and the words of one section of the romanisation tables.
    pub fn new(script: Script, section: &str) -> Self {
        let mut words = FxHashMap::default();
        for (word, readings) in tables::section(section) {
            let english = readings.last().copied().unwrap_or_default();
            let reading = if readings.len() > 1 { readings.first().copied() } else { None };
            words.insert(*word, Kind::Known { reading, english });
        }
        let legal = match script {
            Script::Hangul => tables::legal_forms_written_in(|c| script_of(c) == Script::Hangul),
            _ => tables::legal_forms_written_in(|c| script_of(c) == Script::Han),
        };
        for form in legal {
            words.insert(form, Kind::Legal);
        }
        let longest = words.keys().map(|word| word.len()).max().unwrap_or(0);
        Self { words, longest }
    }

    /// The parts of `text` from left to right, at each place the longest word that is known.
    pub fn cut<'t>(&self, text: &'t str) -> Vec<(&'t str, Kind)> {
        let mut parts = Vec::new();
        let mut from = 0;
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some((end, kind)) = self.at(text, at) {
                if let Some(name) = text.get(from..at).filter(|name| !name.is_empty()) {
                    parts.push((name, Kind::Name));
                }
                parts.push((text.get(at..end).unwrap_or_default(), kind));
                at = end;
                from = end;
            } else {
                at += c.len_utf8();
            }
        }
        if let Some(name) = text.get(from..).filter(|name| !name.is_empty()) {
            parts.push((name, Kind::Name));
        }
        parts
    }

    fn at(&self, text: &str, at: usize) -> Option<(usize, Kind)> {
        let most = (at + self.longest).min(text.len());
        (at + 1..=most)
            .rev()
            .find_map(|end| text.get(at..end).and_then(|word| self.words.get(word)).map(|kind| (end, *kind)))
    }

    /// Whether some word of the dictionary stands in `text`.
    pub fn knows_part_of(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.at(text, at).is_some())
    }
}
