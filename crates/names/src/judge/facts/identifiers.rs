//! Identifiers: an equal one is as good as certain, a conflicting one of a type that a party has once speaks against.

use crate::facts::Identifier;
use crate::judge::facts::{FactFinding, FactKind, Finding, Findings};
use crate::judge::weights::FactWeights;
use crate::normalise;

const KIND: FactKind = FactKind::Identifier;
/// Types issued once in the world, whatever the country says.
const WORLDWIDE: [&str; 6] = ["lei", "imo", "bic", "isin", "duns", "mmsi"];
/// Types of which a party has one (in one country, unless worldwide), so that another value speaks against.
const ONCE: [&str; 8] = ["national_id", "tax_id", "registration", "lei", "imo", "ogrn", "inn", "duns"];
/// Types that are renewed: another value says little.
const RENEWED: [&str; 2] = ["passport", "tail_number"];

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
    let same = a.kind == b.kind && (country || WORLDWIDE.contains(&&*a.kind));
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
    if a.kind != b.kind {
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
    RENEWED.contains(&&*a.kind).then(|| FactFinding::loses(KIND, Finding::Conflict, at, w.passport_conflict))
}

/// Types whose values tell upper from lower case.
const CASED: [&str; 2] = ["wallet", "crypto_wallet"];

/// An identifier as it is compared: white space and punctuation gone, upper case unless the type is
/// case-sensitive, an "IMO" in front of the digits and the "XXX" of a head office's BIC dropped.
pub fn identifier(kind: &str, value: &str, country: &str) -> Identifier {
    let kind = kind.trim().to_lowercase();
    let value = value.trim();
    // Hexadecimal and bech32 wallet addresses are the same in either case; base-58 ones are not.
    let plain = ["0x", "0X", "bc1", "BC1", "ltc1", "LTC1"].iter().any(|start| value.starts_with(start));
    let mut value = normalise::identifier(value, CASED.contains(&&*kind) && !plain);
    if kind == "imo" && value.starts_with("IMO") {
        value.drain(..3);
    }
    if kind == "bic" && value.len() == 11 && value.ends_with("XXX") {
        value.truncate(8);
    }
    Identifier { kind: kind.into(), value: value.into(), country: country.trim().to_lowercase().into() }
}
