//! What the judge said as JSON text, under the names that the columns of the border have.

use crate::judge::{FactLine, Judgement, Said, TokenEvidence, TokenKind, Verdict};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// A judgement with its texts, borrowed from wherever they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown<'a> {
    /// Position of the query.
    pub query: u32,
    /// Party of the index.
    pub party: u32,
    /// Key of the party.
    pub key: &'a str,
    /// Our best name; empty when we have none.
    pub ours: &'a str,
    /// The listed name it was judged against.
    pub theirs: &'a str,
    /// The judgement.
    pub judgement: &'a Judgement,
    /// The aligned tokens.
    pub tokens: &'a [TokenEvidence<'a>],
    /// The reckoning.
    pub lines: &'a [FactLine<'a>],
}

impl Shown<'_> {
    /// Writes one JSON object behind what `out` holds already.
    pub fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        serde_json::to_writer(out, self)
    }
}

impl Verdict {
    /// The verdict as it is shown.
    pub fn shown(&self) -> Shown<'_> {
        let Self { query, party, key, ours, theirs, judgement, tokens, lines } = self;
        Shown { query: *query, party: *party, key, ours, theirs, judgement, tokens, lines }
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let share = |score: u16| f64::from(score) / 10_000.0;
        let judged = self.judgement;
        let mut object = out.serialize_struct("Verdict", 13)?;
        object.serialize_field("query", &self.query)?;
        object.serialize_field("party", &self.party)?;
        object.serialize_field("key", self.key)?;
        object.serialize_field("name", self.theirs)?;
        object.serialize_field("our_name", self.ours)?;
        object.serialize_field("score", &share(judged.score))?;
        object.serialize_field("name_score", &share(judged.name_score))?;
        object.serialize_field("band", judged.band.word())?;
        object.serialize_field("basis", judged.basis.word())?;
        object.serialize_field("weak_only", &judged.weak_only)?;
        object.serialize_field("supporting", &judged.supporting())?;
        object.serialize_field("tokens", self.tokens)?;
        object.serialize_field("facts", self.lines)?;
        object.end()
    }
}

impl Serialize for TokenKind {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.word())
    }
}

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => out.serialize_str(text),
            said => out.collect_str(said),
        }
    }
}
