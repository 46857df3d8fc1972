//! Words that are met so often in names that sharing one says little: the lists of `data/common_words.yml`, by grade.

use crate::normalise::{analyse, Side, Token};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Folded words by how often they are met among names.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    #[serde(default)]
    everywhere: Vec<Box<str>>,
    #[serde(default)]
    frequent: Vec<Box<str>>,
    #[serde(default)]
    activity: Vec<Box<str>>,
    #[serde(default)]
    place: Vec<Box<str>>,
    #[serde(skip)]
    words: FxHashMap<Box<str>, Grade>,
    #[serde(skip)]
    variants: FxHashMap<u32, Grade>,
}

/// How often a word is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// In names of every kind.
    Everywhere,
    /// In names of many persons.
    Frequent,
    /// In names of many organisations.
    Activity,
    /// Names a country, a people or a large city.
    Place,
}

impl Common {
    /// Lays the words out for look-up, each speaking for its whole variant class too. A word of two
    /// grades keeps the first: everywhere, frequent, activity, place.
    pub(crate) fn learn(&mut self) {
        let graded = [
            (&self.everywhere, Grade::Everywhere),
            (&self.frequent, Grade::Frequent),
            (&self.activity, Grade::Activity),
            (&self.place, Grade::Place),
        ];
        for (words, grade) in graded {
            for word in words {
                self.words.entry(word.clone()).or_insert(grade);
                let analysed = analyse(word, Side::List);
                let token = analysed.forms.first().and_then(|form| form.tokens.first());
                if let Some(token) = token.filter(|token| token.variant != 0) {
                    self.variants.entry(token.variant).or_insert(grade);
                }
            }
        }
    }

    /// The grade of a word by its text, else by its variant class; `None` for a rare one.
    pub fn grade(&self, token: &Token) -> Option<Grade> {
        let by_text = self.words.get(&token.text).copied();
        by_text.or_else(|| if token.variant == 0 { None } else { self.variants.get(&token.variant).copied() })
    }
}
