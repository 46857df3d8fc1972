//! Every number of retrieval in one struct: it arrives from `data/weights.yml` and is baked into the index file.

use super::ONE;
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The numbers that define the relation and the score. Each is explained by the pair of names that set
/// it, in `src/interdiction/data/weights.yml`, section `retrieval`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetrievalWeights {
    /// Similarity of two spellings of one name, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub variant: u16,
    /// Similarity of two legal forms of one class, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub legal: u16,
    /// Similarity of two words of the same sound key, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub sound: u16,
    /// Similarity of two words of the same family key, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub family: u16,
    /// Similarity of a word and another that begins or ends with it, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub part: u16,
    /// Similarity of an initial and a name that begins with it, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub initial: u16,
    /// Similarity of adjacent tokens and the same written as one, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub join: u16,
    /// Score of two whole names that are the same when run together, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub whole: u16,
    /// Similarity of a word and the words of the other name whose first letters it is, share of [`ONE`].
    #[serde(deserialize_with = "share")]
    pub acronym: u16,
    /// What one edit costs in a word of one letter, share of [`ONE`]; divided by the longer length.
    #[serde(deserialize_with = "share")]
    pub edit: u16,
    /// The least an ordinary word or number weighs, in 1/256 bit.
    #[serde(deserialize_with = "bits")]
    pub word_floor: u16,
    /// What a stop word weighs, in 1/256 bit.
    #[serde(deserialize_with = "bits")]
    pub stop_word: u16,
    /// What a legal form weighs, in 1/256 bit.
    #[serde(deserialize_with = "bits")]
    pub legal_form: u16,
    /// What an initial weighs, in 1/256 bit.
    #[serde(deserialize_with = "bits")]
    pub initial_letter: u16,
    /// The most join edges of one pair of forms that enter the assignment.
    pub join_cap: u16,
    /// The most postings one query may touch before its answer is reported as truncated.
    pub work_cap: u32,
}

/// A number outside the range in which the relation and its proof hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsError {
    /// The field.
    pub field: &'static str,
    /// What was expected.
    pub expected: &'static str,
}

impl fmt::Display for WeightsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "retrieval weight `{}` must be {}", self.field, self.expected)
    }
}

impl std::error::Error for WeightsError {}

impl RetrievalWeights {
    /// Whether every number lies where the relation and the proof of completeness hold.
    pub fn validate(&self) -> Result<(), WeightsError> {
        let shares = [
            ("variant", self.variant),
            ("legal", self.legal),
            ("sound", self.sound),
            ("family", self.family),
            ("part", self.part),
            ("initial", self.initial),
            ("join", self.join),
            ("whole", self.whole),
            ("acronym", self.acronym),
        ];
        for (field, value) in shares {
            if value == 0 || value > ONE {
                return Err(WeightsError { field, expected: "above 0 and at most 1" });
            }
        }
        if self.edit == 0 || self.edit > 2 * ONE {
            return Err(WeightsError { field: "edit", expected: "above 0 and at most 2" });
        }
        let weights = [
            ("word_floor", self.word_floor),
            ("stop_word", self.stop_word),
            ("legal_form", self.legal_form),
            ("initial_letter", self.initial_letter),
        ];
        for (field, value) in weights {
            if value == 0 || value > 16 * 256 {
                return Err(WeightsError { field, expected: "above 0 and at most 16 bits" });
            }
        }
        if self.join_cap > 12 {
            return Err(WeightsError { field: "join_cap", expected: "at most 12" });
        }
        if self.work_cap < 1_000 {
            return Err(WeightsError { field: "work_cap", expected: "at least 1000" });
        }
        Ok(())
    }

    /// `full` less what the edits cost in a text of this length.
    #[inline]
    pub(crate) fn edited(&self, full: u16, edits: usize, longer: usize) -> u16 {
        let loss = usize::from(self.edit) * edits / longer.max(1);
        full.saturating_sub(loss.min(usize::from(u16::MAX)) as u16)
    }
}

/// 0.95 as a share of [`ONE`], rounded.
fn share<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    scaled(from, f64::from(ONE), 2.0)
}

/// 2.5 bits in 1/256 bit, rounded.
fn bits<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    scaled(from, 256.0, 16.0)
}

fn scaled<'de, D: Deserializer<'de>>(from: D, scale: f64, most: f64) -> Result<u16, D::Error> {
    let value = f64::deserialize(from)?;
    if !(0.0..=most).contains(&value) {
        return Err(serde::de::Error::custom(format!("{value} is not between 0 and {most}")));
    }
    Ok((value * scale + 0.5) as u16)
}
