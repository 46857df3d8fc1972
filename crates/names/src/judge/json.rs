//! What the judge said as JSON text, under the names that the columns of the border have.
//!
//! Keys and words of ours are written as they are; numbers and texts that need escapes go through `serde_json`.

use crate::judge::{FactLine, Judgement, Said, TokenEvidence, Verdict};
use serde_json::Error;
use std::io::Write as _;

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

impl Verdict {
    /// The verdict as it is shown.
    pub fn shown(&self) -> Shown<'_> {
        let Self { query, party, key, ours, theirs, judgement, tokens, lines } = self;
        Shown { query: *query, party: *party, key, ours, theirs, judgement, tokens, lines }
    }
}

impl Shown<'_> {
    /// Writes one JSON object behind what `out` holds already.
    pub fn write(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        let judged = self.judgement;
        add(out, "{\"query\":");
        number(out, self.query)?;
        add(out, ",\"party\":");
        number(out, self.party)?;
        add(out, ",\"key\":");
        text(out, self.key)?;
        add(out, ",\"name\":");
        text(out, self.theirs)?;
        add(out, ",\"our_name\":");
        text(out, self.ours)?;
        add(out, ",\"score\":");
        share(out, judged.score)?;
        add(out, ",\"name_score\":");
        share(out, judged.name_score)?;
        add(out, ",\"band\":");
        word(out, judged.band.word());
        add(out, ",\"basis\":");
        word(out, judged.basis.word());
        add(out, if judged.weak_only { ",\"weak_only\":true" } else { ",\"weak_only\":false" });
        add(out, ",\"supporting\":");
        number(out, judged.supporting() as u32)?;
        add(out, ",\"tokens\":[");
        for (at, one) in self.tokens.iter().enumerate() {
            add(out, if at == 0 { "{\"kind\":" } else { ",{\"kind\":" });
            word(out, one.kind.word());
            add(out, ",\"ours\":");
            text(out, &one.ours)?;
            add(out, ",\"theirs\":");
            text(out, &one.theirs)?;
            add(out, ",\"similarity\":");
            float(out, one.similarity)?;
            add(out, ",\"weight\":");
            float(out, one.weight)?;
            add(out, ",\"contribution\":");
            float(out, one.contribution)?;
            add(out, "}");
        }
        add(out, "],\"facts\":[");
        for (at, one) in self.lines.iter().enumerate() {
            add(out, if at == 0 { "{\"kind\":" } else { ",{\"kind\":" });
            word(out, one.kind);
            add(out, ",\"finding\":");
            word(out, one.finding);
            add(out, ",\"ours\":");
            said(out, &one.ours)?;
            add(out, ",\"theirs\":");
            said(out, &one.theirs)?;
            add(out, ",\"effect\":");
            float(out, one.effect)?;
            add(out, "}");
        }
        add(out, "]}");
        Ok(())
    }
}

fn add(out: &mut Vec<u8>, literal: &str) {
    out.extend_from_slice(literal.as_bytes());
}

/// One of our own words, which hold nothing that needs an escape.
fn word(out: &mut Vec<u8>, word: &str) {
    out.push(b'"');
    add(out, word);
    out.push(b'"');
}

fn text(out: &mut Vec<u8>, value: &str) -> Result<(), Error> {
    // Without a branch, so that many bytes are looked at in one step.
    let special = |byte: u8| u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\');
    if value.bytes().fold(0, |any, byte| any | special(byte)) != 0 {
        return serde_json::to_writer(out, value);
    }
    word(out, value);
    Ok(())
}

fn said(out: &mut Vec<u8>, value: &Said<'_>) -> Result<(), Error> {
    match value {
        Said::Text(value) => text(out, value),
        // A date holds nothing that needs an escape.
        Said::Birth(_) => write!(out, "\"{value}\"").map_err(Error::io),
        _ => serde_json::to_writer(out, &value.to_string()),
    }
}

fn number(out: &mut Vec<u8>, value: u32) -> Result<(), Error> {
    serde_json::to_writer(out, &value)
}

fn float(out: &mut Vec<u8>, value: f64) -> Result<(), Error> {
    // What nothing took is nearly as frequent as everything else together.
    if value.to_bits() == 0 {
        add(out, "0.0");
        return Ok(());
    }
    serde_json::to_writer(out, &value)
}

/// Ten-thousandths as a share.
fn share(out: &mut Vec<u8>, value: u16) -> Result<(), Error> {
    float(out, f64::from(value) / 10_000.0)
}
