//! What the judge said as JSON text, under the names that the columns of the border have.
//!
//! Keys and words of ours are written as they are, and plain decimals; other numbers and texts that need escapes go
//! through `serde_json`.

use crate::judge::facts::write_birth;
use crate::judge::{FactLine, Judgement, Said, TokenEvidence, Verdict};
use serde_json::Error;
use std::fmt;
use std::io::ErrorKind;

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
    /// The threshold it was held against.
    pub threshold: f64,
    /// The aligned tokens.
    pub tokens: &'a [TokenEvidence<'a>],
    /// The reckoning.
    pub lines: &'a [FactLine<'a>],
}

impl Verdict {
    /// The verdict as it is shown.
    pub fn shown(&self) -> Shown<'_> {
        let Self { query, party, key, ours, theirs, judgement, tokens, lines, threshold } = self;
        let threshold = *threshold;
        Shown { query: *query, party: *party, key, ours, theirs, judgement, threshold, tokens, lines }
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
        add(out, ",\"key\":\"");
        text(out, self.key)?;
        add(out, "\",\"name\":\"");
        text(out, self.theirs)?;
        add(out, "\",\"our_name\":\"");
        text(out, self.ours)?;
        add(out, "\",\"score\":");
        decimal(out, judged.score.into());
        add(out, ",\"name_score\":");
        decimal(out, judged.name_score.into());
        add(out, ",\"threshold\":");
        float(out, self.threshold)?;
        add(out, ",\"standing\":\"");
        add(out, judged.standing.word());
        add(out, "\",\"band\":\"");
        add(out, judged.band.word());
        add(out, "\",\"basis\":\"");
        add(out, judged.basis.word());
        add(out, if judged.weak_only { "\",\"weak_only\":true" } else { "\",\"weak_only\":false" });
        add(out, ",\"supporting\":");
        number(out, judged.supporting() as u32)?;
        add(out, ",\"tokens\":[");
        for (at, one) in self.tokens.iter().enumerate() {
            add(out, if at == 0 { "{\"kind\":\"" } else { ",{\"kind\":\"" });
            add(out, one.kind.word());
            add(out, "\",\"ours\":\"");
            text(out, &one.ours)?;
            add(out, "\",\"theirs\":\"");
            text(out, &one.theirs)?;
            add(out, "\",\"similarity\":");
            float(out, one.similarity)?;
            add(out, ",\"weight\":");
            float(out, one.weight)?;
            add(out, ",\"contribution\":");
            float(out, one.contribution)?;
            add(out, "}");
        }
        add(out, "],\"facts\":[");
        for (at, one) in self.lines.iter().enumerate() {
            add(out, if at == 0 { "{\"kind\":\"" } else { ",{\"kind\":\"" });
            add(out, one.kind);
            add(out, "\",\"finding\":\"");
            add(out, one.finding);
            add(out, "\",\"ours\":\"");
            said(out, &one.ours)?;
            add(out, "\",\"theirs\":\"");
            said(out, &one.theirs)?;
            add(out, "\",\"effect\":");
            float(out, one.effect)?;
            add(out, "}");
        }
        add(out, "]}");
        Ok(())
    }
}

#[inline]
fn add(out: &mut Vec<u8>, literal: &str) {
    out.extend_from_slice(literal.as_bytes());
}

/// Bytes that need an escape inside quotation marks.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < b' ' as usize {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

/// A text inside quotation marks that are there already.
fn text(out: &mut Vec<u8>, value: &str) -> Result<(), Error> {
    if value.bytes().fold(false, |any, byte| any | SPECIAL[usize::from(byte)]) {
        // Quotation marks of its own take their place.
        out.pop();
        serde_json::to_writer(&mut *out, value)?;
        out.pop();
        return Ok(());
    }
    add(out, value);
    Ok(())
}

/// The same for a value of a fact.
fn said(out: &mut Vec<u8>, value: &Said<'_>) -> Result<(), Error> {
    match value {
        Said::Text(value) => text(out, value),
        // A date holds nothing that needs an escape.
        Said::Birth(birth) => write_birth(*birth, &mut Letters(out)).map_err(|_| Error::io(ErrorKind::Other.into())),
        _ => text(out, &value.to_string()),
    }
}

/// What is written as text goes where bytes are.
struct Letters<'a>(&'a mut Vec<u8>);

impl fmt::Write for Letters<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        add(self.0, text);
        Ok(())
    }
}

fn number(out: &mut Vec<u8>, value: u32) -> Result<(), Error> {
    serde_json::to_writer(out, &value)
}

/// Most numbers are a few ten-thousandths: those are the shortest decimals that read as the same number.
fn float(out: &mut Vec<u8>, value: f64) -> Result<(), Error> {
    if value.to_bits() == 1.0_f64.to_bits() {
        add(out, "1.0");
        return Ok(());
    }
    let size = value.abs();
    let near = (size * 10_000.0 + 0.5) as u32;
    if near < 100_000
        && (f64::from(near) / 10_000.0).to_bits() == size.to_bits()
        && (near > 0 || value.is_sign_positive())
    {
        if value < 0.0 {
            out.push(b'-');
        }
        decimal(out, near);
        return Ok(());
    }
    serde_json::to_writer(out, &value)
}

/// Less than a hundred thousand ten-thousandths, without needless zeros.
fn decimal(out: &mut Vec<u8>, value: u32) {
    let digit = |by: u32| b'0' + (value / by % 10) as u8;
    let digits = [digit(10_000), b'.', digit(1000), digit(100), digit(10), digit(1)];
    let zeros = digits[3..].iter().rev().take_while(|digit| **digit == b'0').count();
    out.extend_from_slice(&digits[..digits.len() - zeros]);
}
