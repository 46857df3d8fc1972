//! Every scoring number, as one struct that arrives from `data/weights.yml`; nothing is inline.

use crate::judge::{JudgeWeights, WeightFault};
use crate::similarity::{RetrievalWeights, WeightsError};
use serde::Deserialize;
use std::fmt;

/// The numbers of retrieval and of the judge, with the version that decisions carry.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Names this set of numbers; kept with every decision.
    pub version: String,
    /// What the index guarantees to find.
    pub retrieval: RetrievalWeights,
    /// What is found is worth.
    pub judge: JudgeWeights,
}

/// Why weights were refused.
#[derive(Debug, Clone, PartialEq)]
pub enum WeightsFault {
    /// Not JSON, a field missing, misspelled or of the wrong type; the text says which and where.
    Unreadable(String),
    /// A number of retrieval out of its range.
    Retrieval(WeightsError),
    /// A number of the judge out of its range.
    Judge(WeightFault),
}

impl fmt::Display for WeightsFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(text) => write!(out, "the weights cannot be read: {text}"),
            Self::Retrieval(fault) => write!(out, "{fault}"),
            Self::Judge(fault) => write!(out, "{fault}"),
        }
    }
}

impl std::error::Error for WeightsFault {}

impl Weights {
    /// Reads and checks the weights as the Python room hands them over: one JSON object.
    pub fn from_json(text: &[u8]) -> Result<Self, WeightsFault> {
        let mut weights: Self =
            serde_json::from_slice(text).map_err(|fault| WeightsFault::Unreadable(fault.to_string()))?;
        weights.retrieval.validate().map_err(WeightsFault::Retrieval)?;
        weights.judge.check().map_err(WeightsFault::Judge)?;
        weights.judge.common.learn();
        Ok(weights)
    }
}
