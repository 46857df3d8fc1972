//! What is known of a party besides its names, in the plain forms the judge compares.

/// Person, organisation, vessel, aircraft, wallet: who is compared with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A natural person.
    Person = 1,
    /// A company, agency, bank, group or government.
    Organisation = 2,
    /// A ship.
    Vessel = 3,
    /// An aircraft.
    Aircraft = 4,
    /// A wallet or address of a digital currency.
    Wallet = 5,
}

/// How a listed name may be used: a weak alias alone never blocks (OFAC FAQ 122-125).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Quality {
    /// The name the list gives first.
    Primary = 0,
    /// An alias the publisher stands behind.
    Strong = 1,
    /// A broad or short alias; confirms, does not accuse.
    Weak = 2,
    /// A name no longer borne.
    Former = 3,
}

/// A date of birth with the precision it was published in, as a closed interval of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Birth {
    /// First possible day, counted from 1970-01-01.
    pub first: i32,
    /// Last possible day; equal to `first` when the day is known.
    pub last: i32,
    /// "circa": the interval itself is approximate.
    pub circa: bool,
}

/// A typed number that identifies a party: passport, tax id, IMO, LEI, wallet address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier {
    /// Lower-case type word of the Python model (`passport`, `tax_id`, `imo`, `wallet`, ...).
    pub kind: Box<str>,
    /// Value with white space and punctuation removed, upper case unless the type is case-sensitive.
    pub value: Box<str>,
    /// ISO 3166-1 alpha-2 code in lower case, empty when not known.
    pub country: Box<str>,
}

/// Male, female; unknown is `None` where this is optional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Gender {
    /// Male.
    Male = 1,
    /// Female.
    Female = 2,
}

/// Everything known of one party but its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// `None` compares with every kind.
    pub kind: Option<Kind>,
    /// `None` when not stated.
    pub gender: Option<Gender>,
    /// Every published date; several on one record are alternatives.
    pub births: Vec<Birth>,
    /// Countries of nationality and citizenship (for organisations: of registration), lower-case codes.
    pub nationalities: Vec<Box<str>>,
    /// Every other country tied to the party: residence, address, place of birth.
    pub countries: Vec<Box<str>>,
    /// Typed identifiers.
    pub identifiers: Vec<Identifier>,
}
