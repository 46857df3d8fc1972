//! What the facts of two parties say for and against: one finding per kind of fact, the best alternative counting.

mod births;
mod countries;
mod identifiers;

pub use births::{birth, birth_text, days_of, write_birth};
pub(crate) use countries::ties;
pub use identifiers::identifier;
pub(crate) use identifiers::word;

use crate::facts::{Facts, Kind};
use crate::judge::few::Few;
use crate::judge::weights::FactWeights;

/// What a fact says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Finding {
    /// The same.
    #[default]
    Equal,
    /// The less precise date holds the more precise one.
    Within,
    /// Within what "circa" allows.
    Circa,
    /// Day and month exchanged.
    Swapped,
    /// One digit differs.
    Slip,
    /// The same year, another day.
    SameYear,
    /// Less than two years apart.
    Near,
    /// The same number under another type of identifier.
    OtherType,
    /// They contradict each other.
    Conflict,
}

impl Finding {
    /// The word of the explanation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Within => "compatible",
            Self::Circa => "circa",
            Self::Swapped => "swap",
            Self::Slip => "slip",
            Self::SameYear => "same_year",
            Self::Near => "near",
            Self::OtherType => "other_type",
            Self::Conflict => "conflict",
        }
    }
}

/// Which kind of fact speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    /// Person, organisation, vessel, aircraft, wallet.
    #[default]
    PartyKind,
    /// Date of birth.
    BirthDate,
    /// Nationality, citizenship, registration.
    Nationality,
    /// Any other country.
    Country,
    /// Gender.
    Gender,
    /// Passport, tax number, IMO number, wallet.
    Identifier,
}

impl FactKind {
    /// The word of the explanation.
    pub fn word(self) -> &'static str {
        match self {
            Self::PartyKind => "party_kind",
            Self::BirthDate => "birth_date",
            Self::Nationality => "nationality",
            Self::Country => "country",
            Self::Gender => "gender",
            Self::Identifier => "identifier",
        }
    }
}

/// One fact compared. `ours` and `theirs` index the field of [`Facts`] it came from; a country indexes
/// [`ties`], the nationalities followed by the other countries.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FactFinding {
    /// Which fact.
    pub kind: FactKind,
    /// What it says.
    pub finding: Finding,
    /// Index among ours.
    pub ours: u16,
    /// Index among theirs.
    pub theirs: u16,
    /// Share of the distance to 1 that it gains.
    pub gain: f64,
    /// What it takes off.
    pub loss: f64,
    /// Whether it may take even an exact name below the threshold.
    pub decisive: bool,
    /// Whether it is specific enough to make an exact name certain: a day of birth, an identifier.
    pub specific: bool,
    /// The score it gives by itself, without any likeness of names; 0 for none.
    pub alone: f64,
}

impl FactFinding {
    fn gains(kind: FactKind, finding: Finding, at: (usize, usize), gain: f64) -> Self {
        let (ours, theirs) = at;
        Self {
            kind,
            finding,
            ours: ours as u16,
            theirs: theirs as u16,
            gain,
            loss: 0.0,
            decisive: false,
            specific: false,
            alone: 0.0,
        }
    }

    fn loses(kind: FactKind, finding: Finding, at: (usize, usize), loss: f64) -> Self {
        Self { gain: 0.0, loss, ..Self::gains(kind, finding, at, 0.0) }
    }
}

/// What all facts of two parties say: one finding a kind, and both a nationality and a country.
pub type Findings = Few<FactFinding, 6>;

/// Compares all facts of two parties. What one side does not know is not mentioned.
pub fn compare(ours: &Facts, theirs: &Facts, w: &FactWeights) -> Findings {
    let mut found = Findings::new();
    found.extend(kinds(ours.kind, theirs.kind, w));
    found.extend(births::compare(&ours.births, &theirs.births, w));
    countries::compare(ours, theirs, w, &mut found);
    if let (Some(a), Some(b)) = (ours.gender, theirs.gender) {
        found.push(if a == b {
            FactFinding::gains(FactKind::Gender, Finding::Equal, (0, 0), w.gender_equal)
        } else {
            FactFinding::loses(FactKind::Gender, Finding::Conflict, (0, 0), w.gender_conflict)
        });
    }
    identifiers::compare(&ours.identifiers, &theirs.identifiers, w, &mut found);
    found
}

fn kinds(ours: Option<Kind>, theirs: Option<Kind>, w: &FactWeights) -> Option<FactFinding> {
    let (ours, theirs) = (ours?, theirs?);
    let at = (0, 0);
    if ours == theirs {
        return (w.kind_equal > 0.0).then(|| FactFinding::gains(FactKind::PartyKind, Finding::Equal, at, w.kind_equal));
    }
    // A wallet belongs to a person, an organisation, or anybody: its kind contradicts nothing.
    if ours == Kind::Wallet || theirs == Kind::Wallet {
        return None;
    }
    let mut finding = FactFinding::loses(FactKind::PartyKind, Finding::Conflict, at, w.kind_conflict);
    finding.decisive = true;
    Some(finding)
}
