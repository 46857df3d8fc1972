//! What one part of a message says, as it is gathered.

/// Characters of one text; a longer one is left to the Python room, which cuts it.
pub const LONGEST_TEXT: usize = 100_000;
/// Characters of one name.
pub const LONGEST_NAME: usize = 10_000;

/// What is named where a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A country, by its code.
    Country,
    /// A town.
    Town,
}

/// A text to be looked into.
#[derive(Debug)]
pub struct Text {
    /// Its words.
    pub text: String,
    /// Where it stood.
    pub at: String,
    /// What it is.
    pub kind: Box<str>,
}

/// An address in its parts.
#[derive(Debug, Default)]
pub struct Address {
    /// All lines that are no other part.
    pub street: Option<String>,
    /// The town.
    pub city: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The country, where it is stated.
    pub country: Option<String>,
    /// The last line of an address without a stated country: one may stand at its end.
    pub last_line: Option<String>,
}

/// A party while its fields are met.
#[derive(Debug)]
pub struct Draft {
    /// The part it plays.
    pub role: Box<str>,
    /// Where it stood.
    pub at: String,
    /// In which part of the message.
    pub part: Box<str>,
    /// Its names.
    pub names: Vec<String>,
    /// Its numbers: type, value, country.
    pub identifiers: Vec<(Box<str>, String, Option<String>)>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// Dates of birth, as they were written.
    pub births: Vec<String>,
    /// Places of birth.
    pub places: Vec<String>,
    /// Countries of residence.
    pub residences: Vec<String>,
}

impl Draft {
    /// A party of which nothing is known yet.
    pub fn new(role: &str, at: String, part: &str) -> Self {
        Self {
            role: role.into(),
            at,
            part: part.into(),
            names: Vec::new(),
            identifiers: Vec::new(),
            addresses: Vec::new(),
            births: Vec::new(),
            places: Vec::new(),
            residences: Vec::new(),
        }
    }

    /// Whether anything is known by which the party could be screened.
    pub fn says_something(&self) -> bool {
        !(self.names.is_empty() && self.identifiers.is_empty())
    }

    /// Adds a number.
    pub fn number(&mut self, kind: &str, value: &str) {
        self.identifiers.push((kind.into(), value.to_owned(), None));
    }

    /// Adds a bank's code; one of eleven letters also stands for the bank of its first eight.
    pub fn bic(&mut self, value: &str) {
        self.number("bic", value);
        if value.len() == 11 && !value.ends_with("XXX") {
            self.number("bic", &value[..8]);
        }
    }
}

/// What one part of a message says.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Parties, complete or not.
    pub drafts: Vec<Draft>,
    /// Texts.
    pub texts: Vec<Text>,
    /// Places: text, where it stood, kind.
    pub places: Vec<(String, String, PlaceKind)>,
    /// References: type, value.
    pub references: Vec<(String, String)>,
    /// Amounts by their elements: number, currency.
    pub amounts: Vec<(String, String, String)>,
    /// Days by their elements.
    pub days: Vec<(String, String)>,
    /// Codes by parent and element.
    pub codes: Vec<(String, String)>,
}
