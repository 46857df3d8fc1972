//! Facts of a party packed into bytes and back; an unreadable packing is `None`, never a panic.

use crate::facts::{Birth, Facts, Gender, Identifier, Kind};

/// Appends the packing of `facts`.
pub(crate) fn encode(facts: &Facts, out: &mut Vec<u8>) {
    out.push(facts.kind.map_or(0, |kind| kind as u8));
    out.push(facts.gender.map_or(0, |gender| gender as u8));
    number(facts.births.len(), out);
    for birth in &facts.births {
        out.extend_from_slice(&birth.first.to_le_bytes());
        out.extend_from_slice(&birth.last.to_le_bytes());
        out.push(u8::from(birth.circa));
    }
    for texts in [&facts.nationalities, &facts.countries] {
        number(texts.len(), out);
        for one in texts {
            text(one, out);
        }
    }
    number(facts.identifiers.len(), out);
    for identifier in &facts.identifiers {
        text(&identifier.kind, out);
        text(&identifier.value, out);
        text(&identifier.country, out);
    }
}

fn number(value: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&(value as u32).to_le_bytes());
}

fn text(value: &str, out: &mut Vec<u8>) {
    number(value.len(), out);
    out.extend_from_slice(value.as_bytes());
}

/// What [`encode`] packed; `None` for anything else, also for bytes left over.
pub(crate) fn decode(bytes: &[u8]) -> Option<Facts> {
    let mut rest = Rest(bytes);
    let kind = match rest.byte()? {
        0 => None,
        1 => Some(Kind::Person),
        2 => Some(Kind::Organisation),
        3 => Some(Kind::Vessel),
        4 => Some(Kind::Aircraft),
        5 => Some(Kind::Wallet),
        _ => return None,
    };
    let gender = match rest.byte()? {
        0 => None,
        1 => Some(Gender::Male),
        2 => Some(Gender::Female),
        _ => return None,
    };
    let births = rest.many(|rest| {
        let (first, last) = (rest.number()? as i32, rest.number()? as i32);
        let circa = match rest.byte()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        Some(Birth { first, last, circa })
    })?;
    let nationalities = rest.many(Rest::text)?;
    let countries = rest.many(Rest::text)?;
    let identifiers =
        rest.many(|rest| Some(Identifier { kind: rest.text()?, value: rest.text()?, country: rest.text()? }))?;
    rest.0.is_empty().then_some(Facts { kind, gender, births, nationalities, countries, identifiers })
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let (bytes, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*bytes))
    }

    fn text(&mut self) -> Option<Box<str>> {
        let length = self.number()? as usize;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(bytes).ok().map(Into::into)
    }

    /// As many as the number in front says; nothing is reserved for a number that lies.
    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(one(self)?);
        }
        Some(all)
    }
}
