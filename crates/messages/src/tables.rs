//! What elements mean and how they may stand: the tables that the Python room makes from its data, ready to be asked.

use crate::given;
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;

/// Why tables were refused.
#[derive(Debug)]
pub struct TablesFault(pub(crate) String);

impl fmt::Display for TablesFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "the tables of messages cannot be used: {}", self.0)
    }
}

/// What becomes of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// An amount, with its currency.
    Amount,
    /// A day or an instant.
    Date,
    /// A reference of a system.
    Reference,
    /// Nothing that is looked into.
    Kept,
    /// A country by its code.
    Country,
    /// Somebody's name.
    Name,
    /// A bank by its code.
    Bic,
    /// An organisation by its code.
    Lei,
    /// An account of the type.
    Account(&'static str),
    /// Anything else.
    Text,
}

/// A class of leaves.
#[derive(Debug)]
pub struct Class {
    /// What becomes of it.
    pub leaf: Leaf,
    /// What it looks like.
    pub form: Option<Regex>,
}

/// A part of a party, an address or an account that is read by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // each is the element of its name
pub enum Field {
    None,
    Nm,
    Address,
    Bic,
    Lei,
    TaxId,
    RegnId,
    MmbId,
    Othr,
    Birth,
    Residence,
    Contact,
    Organisation,
    Person,
    Institution,
}

impl Field {
    /// Whether the field holds elements.
    pub fn compound(self) -> bool {
        use Field::{Address, Birth, Contact, Institution, Organisation, Othr, Person};
        matches!(self, Address | Othr | Birth | Contact | Organisation | Person | Institution)
    }
}

/// What the name of an element means, wherever it stands.
#[derive(Debug, Clone)]
pub struct Word {
    /// The part that a party of this name plays.
    pub role: Option<Box<str>>,
    /// Whether the part may depend on what stands around.
    pub role_depends: bool,
    /// The part that the owner of an account of this name plays.
    pub account: Option<Box<str>>,
    /// The name without `Acct`, where it ends so.
    pub owner: Option<u32>,
    /// Whether the name ends in `Acct`.
    pub is_account: bool,
    /// What texts below are.
    pub text: Option<Box<str>>,
    /// Which part of the message begins.
    pub part: Option<Box<str>>,
    /// The word for a reference.
    pub reference: Option<Box<str>>,
    /// Wraps a party.
    pub wrapper: bool,
    /// Holds a number as a rule.
    pub mostly_number: bool,
    /// Some schema knows it.
    pub known: bool,
    /// A party shows by it.
    pub sign: bool,
    /// Lines of one text.
    pub lines: bool,
    /// A code that is kept.
    pub kept: bool,
    /// How it is read within a party.
    pub field: Field,
    /// Class of a leaf, as an ordinal of `Tables::classes`.
    pub class: u16,
}

/// One element that a type may hold.
#[derive(Debug)]
pub struct Row {
    /// Place in the order of the type.
    pub place: u8,
    /// Whether it may stand once only.
    pub once: bool,
    /// Its type; `None` for a leaf.
    pub below: Option<u32>,
    /// Class of a leaf, as an ordinal of `Tables::classes`.
    pub class: u16,
}

/// One type of a schema.
#[derive(Debug, Default)]
pub struct Type {
    /// By the word of the element.
    pub rows: FxHashMap<u32, Row>,
    /// Elements of any name.
    pub any: Option<Row>,
    /// Places that must be filled, as bits.
    pub required: u128,
}

/// How a kind of message is divided.
#[derive(Debug, Default, Clone)]
pub struct Kind {
    /// Words of the elements that are one transaction each.
    pub transactions: Vec<u32>,
    /// Words of the elements around transactions.
    pub containers: Vec<u32>,
}

impl Kind {
    /// Whether an element is read by itself.
    pub fn apart(&self, word: u32) -> bool {
        self.transactions.contains(&word) || self.containers.contains(&word)
    }
}

/// The word of every name that the tables do not know.
pub const UNKNOWN: u32 = 0;
/// The tables of all messages.
#[derive(Debug)]
pub struct Tables {
    pub(crate) ids: FxHashMap<Box<str>, u32>,
    /// By the ordinal of a name; the first is of what nobody knows.
    pub words: Vec<Word>,
    /// All classes of leaves.
    pub classes: Vec<Class>,
    /// All types.
    pub types: Vec<Type>,
    pub(crate) messages: FxHashMap<Box<str>, (u32, u32)>,
    pub(crate) kinds: FxHashMap<Box<str>, Kind>,
    pub(crate) within: FxHashMap<(u32, u32), u16>,
    pub(crate) roles_within: FxHashMap<(u32, u32), Box<str>>,
    pub(crate) schemes: FxHashMap<Box<str>, FxHashMap<Box<str>, Box<str>>>,
    pub(crate) unknown: FxHashMap<Box<str>, Vec<Box<str>>>,
    pub(crate) countries: FxHashSet<String>,
}

impl Tables {
    /// Reads the tables.
    pub fn read(json: &[u8]) -> Result<Self, TablesFault> {
        given::tables(json)
    }

    /// The word of a name.
    pub fn word(&self, name: &str) -> u32 {
        self.ids.get(name).copied().unwrap_or(UNKNOWN)
    }

    /// The word and the type of a message that has a schema.
    pub fn message(&self, version: &str) -> Option<(u32, u32)> {
        self.messages.get(version).copied()
    }

    /// How a kind of message is divided.
    pub fn kind(&self, kind: &str) -> Option<&Kind> {
        self.kinds.get(kind)
    }

    /// The type of an element within a type.
    pub fn below(&self, of: Option<u32>, word: u32) -> Option<u32> {
        self.types[of? as usize].rows.get(&word)?.below
    }

    /// The class of a leaf.
    pub fn leaf(&self, parent: u32, word: u32) -> &Class {
        let class = self.within.get(&(parent, word)).copied();
        &self.classes[class.unwrap_or(self.words[word as usize].class) as usize]
    }

    /// The part played where it depends on what stands around.
    pub fn role_within(&self, parent: u32, word: u32) -> Option<&str> {
        self.roles_within.get(&(parent, word)).map(AsRef::as_ref)
    }

    /// The types that a number may be of.
    pub fn types_of(&self, kind: &str, scheme: &str) -> &[Box<str>] {
        match self.schemes.get(kind).and_then(|known| known.get(scheme)) {
            Some(found) if !found.is_empty() => std::slice::from_ref(found),
            _ => self.unknown.get(kind).map_or(&[], Vec::as_slice),
        }
    }

    /// Whether a country has this code, in lower case.
    pub fn country(&self, code: &str) -> bool {
        self.countries.contains(code)
    }
}
