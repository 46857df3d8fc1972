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
    names: Vec<Box<str>>,
    #[serde(default)]
    frequent: Vec<Box<str>>,
    #[serde(default)]
    business: Vec<Box<str>>,
    #[serde(default)]
    activity: Vec<Box<str>>,
    #[serde(default)]
    place: Vec<Box<str>>,
    /// Words that stand for each other, `;` between the families.
    #[serde(default)]
    akin: Vec<Box<str>>,
    #[serde(skip)]
    families: Families,
    #[serde(skip)]
    words: FxHashMap<Box<str>, Grade>,
    #[serde(skip)]
    variants: FxHashMap<u32, Grade>,
}

/// Families of [`Common::akin`] by word and by variant class.
#[derive(Debug, Clone, Default, PartialEq)]
struct Families {
    words: FxHashMap<Box<str>, u32>,
    variants: FxHashMap<u32, u32>,
}

/// The variant class of a word, if it has one.
fn variant(word: &str) -> Option<u32> {
    let analysed = analyse(word, Side::List);
    let token = analysed.forms.first().and_then(|form| form.tokens.first())?;
    (token.variant != 0).then_some(token.variant)
}

/// How often a word is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// In names of every kind.
    Everywhere,
    /// In the names of persons everywhere.
    Names,
    /// In names of many persons.
    Frequent,
    /// In names of many organisations, which it hardly tells apart unless both have another one: TRADING.
    Business,
    /// In names of many organisations.
    Activity,
    /// Names a country, a people or a large city.
    Place,
}

impl Common {
    /// Lays the words out for look-up, each speaking for its whole variant class too. A word of two
    /// grades keeps the first: everywhere, names, frequent, business, activity, place.
    pub(crate) fn learn(&mut self) {
        let graded = [
            (&self.everywhere, Grade::Everywhere),
            (&self.names, Grade::Names),
            (&self.frequent, Grade::Frequent),
            (&self.business, Grade::Business),
            (&self.activity, Grade::Activity),
            (&self.place, Grade::Place),
        ];
        for (words, grade) in graded {
            for word in words {
                self.words.entry(word.clone()).or_insert(grade);
                if let Some(variant) = variant(word) {
                    self.variants.entry(variant).or_insert(grade);
                }
            }
        }
        let mut family = 1;
        for word in &self.akin {
            if &**word == ";" {
                family += 1;
                continue;
            }
            self.families.words.entry(word.clone()).or_insert(family);
            if let Some(variant) = variant(word) {
                self.families.variants.entry(variant).or_insert(family);
            }
        }
    }

    /// The family of words that stand for each other, by text, else by variant class; 0 for none.
    pub(crate) fn family(&self, token: &Token) -> u32 {
        let Families { words, variants } = &self.families;
        let by_variant = || if token.variant == 0 { None } else { variants.get(&token.variant) };
        words.get(&token.text).or_else(by_variant).copied().unwrap_or_default()
    }

    /// The grade of a word by its text, else by its variant class; `None` for a rare one.
    pub fn grade(&self, token: &Token) -> Option<Grade> {
        let by_text = self.words.get(&token.text).copied();
        by_text.or_else(|| if token.variant == 0 { None } else { self.variants.get(&token.variant).copied() })
    }
}
