//! Identifiers: an equal one is as good as certain, a conflicting one of a type that a party has once speaks against.

use crate::facts::Identifier;
use crate::judge::facts::{FactFinding, FactKind, Finding, Findings};
use crate::judge::weights::FactWeights;
use crate::normalise;

const KIND: FactKind = FactKind::Identifier;
/// Types issued once in the world, whatever the country says.
const WORLDWIDE: [&str; 8] = ["lei", "imo", "bic", "isin", "duns", "mmsi", "tail_number", "serial_number"];
/// Types of which a party has one (in one country, unless worldwide), so that another value speaks against.
const ONCE: [&str; 7] = ["national_id", "tax_id", "registration", "lei", "ogrn", "inn", "duns"];
/// As much against a ship or an aircraft, and never enough: numbers are painted over and mistyped (SPARTA 9187629).
const LOWERING: [&str; 2] = ["imo", "serial_number"];
/// Types that are renewed, or change with the flag: another value says little.
const RENEWED: [&str; 3] = ["passport", "tail_number", "mmsi"];
/// Behind the type of a number that is not written as such numbers are.
const MALFORMED: char = '?';

/// The type without the mark of a malformed number.
pub(crate) fn word(kind: &str) -> &str {
    kind.trim_end_matches(MALFORMED)
}

/// The best agreement, if any; else the gravest conflict.
pub fn compare(ours: &[Identifier], theirs: &[Identifier], w: &FactWeights, found: &mut Findings) {
    let mut best: Option<FactFinding> = None;
    let mut worst: Option<FactFinding> = None;
    for (i, a) in ours.iter().enumerate() {
        for (j, b) in theirs.iter().enumerate() {
            if a.value.is_empty() || b.value.is_empty() {
                continue;
            }
            if let Some(now) = agree(a, b, (i, j), w) {
                if best.as_ref().is_none_or(|was| now.gain > was.gain) {
                    best = Some(now);
                }
            } else if let Some(now) = conflict(a, b, (i, j), w) {
                let met = |one: &Identifier| theirs.iter().any(|x| agree(one, x, (0, 0), w).is_some());
                if !met(a) && worst.as_ref().is_none_or(|was| now.loss > was.loss) {
                    worst = Some(now);
                }
            }
        }
    }
    // Renewed, reissued, or held in two countries: one equal number outweighs those that differ.
    found.extend(best.or(worst));
}

fn agree(a: &Identifier, b: &Identifier, at: (usize, usize), w: &FactWeights) -> Option<FactFinding> {
    if a.value != b.value {
        return None;
    }
    let country = a.country.is_empty() || b.country.is_empty() || a.country == b.country;
    let short = a.value.len() as f64 <= w.identifier_short;
    let same = word(&a.kind) == word(&b.kind) && (country || WORLDWIDE.contains(&word(&a.kind)));
    if same && !short {
        let mut finding = FactFinding::gains(KIND, Finding::Equal, at, w.identifier_equal);
        (finding.specific, finding.alone) = (true, w.identifier_alone);
        return Some(finding);
    }
    let mut finding = FactFinding::gains(KIND, Finding::OtherType, at, w.identifier_other_type);
    finding.alone = if short { 0.0 } else { w.identifier_other_type_alone };
    if same {
        (finding.finding, finding.alone) = (Finding::Equal, w.identifier_other_type_alone);
    }
    Some(finding)
}

fn conflict(a: &Identifier, b: &Identifier, at: (usize, usize), w: &FactWeights) -> Option<FactFinding> {
    // A slip of the pen makes no second number.
    if a.kind != b.kind || a.kind.ends_with(MALFORMED) {
        return None;
    }
    let same_country = !a.country.is_empty() && a.country == b.country;
    if !(same_country || WORLDWIDE.contains(&&*a.kind)) {
        return None;
    }
    if ONCE.contains(&&*a.kind) {
        let mut finding = FactFinding::loses(KIND, Finding::Conflict, at, w.identifier_conflict);
        finding.decisive = true;
        return Some(finding);
    }
    if LOWERING.contains(&&*a.kind) {
        return Some(FactFinding::loses(KIND, Finding::Conflict, at, w.identifier_conflict));
    }
    RENEWED.contains(&&*a.kind).then(|| FactFinding::loses(KIND, Finding::Conflict, at, w.passport_conflict))
}

/// Types whose values tell upper from lower case.
const CASED: [&str; 2] = ["wallet", "crypto_wallet"];

/// An identifier as it is compared: white space and punctuation gone, upper case unless the type is
/// case-sensitive, an "IMO" in front of the digits and the "XXX" of a head office's BIC dropped.
///
/// A type that ends in a question mark says that the number is malformed: it may agree and never conflicts.
pub fn identifier(kind: &str, value: &str, country: &str) -> Identifier {
    let kind = kind.trim().to_lowercase();
    let bare = word(&kind);
    let wallet = CASED.contains(&bare);
    let value = if wallet { address(value.trim()) } else { value.trim() };
    let mut value = normalise::identifier(value, wallet && !either_case(value));
    if bare == "imo" && value.starts_with("IMO") {
        value.drain(..3);
    }
    if bare == "bic" && value.len() == 11 && value.ends_with("XXX") {
        value.truncate(8);
    }
    if wallet && value.len() == 43 && value.starts_with("XDC") && hexadecimal(&value[3..]) {
        value.replace_range(..3, "0X");
    }
    Identifier { kind: kind.into(), value: value.into(), country: country.trim().to_lowercase().into() }
}

/// An address without the scheme in front of it: `bitcoin:1Boat...`, `bitcoincash:qpm2...`.
fn address(value: &str) -> &str {
    value.rsplit(':').next().unwrap_or(value)
}

/// Whether an address is the same in either case: hexadecimal ones (Ethereum and every chain of its kind, xdc for
/// 0x among them), and those of bech32 and cashaddr, which are written in one case throughout. Base 58 tells them apart.
fn either_case(value: &str) -> bool {
    let start = |prefix: &str| value.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if ["0x", "bc1", "ltc1"].iter().any(|prefix| start(prefix)) {
        return true;
    }
    if start("xdc") && value.get(3..).is_some_and(hexadecimal) {
        return true;
    }
    let letters = || value.bytes().filter(u8::is_ascii_alphabetic);
    let one_case =
        letters().all(|letter| letter.is_ascii_lowercase()) || letters().all(|letter| letter.is_ascii_uppercase());
    // The alphabet of bech32 has no 1, b, i and o; a 1 parts the name of the chain from the address.
    let data = value.rsplit_once('1').map_or(value, |(_, data)| data);
    let written = |letter: u8| letter.is_ascii_alphanumeric() && !b"1bio".contains(&letter.to_ascii_lowercase());
    one_case && data.len() >= 32 && data.bytes().all(written)
}

fn hexadecimal(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|letter| letter.is_ascii_hexdigit())
}
