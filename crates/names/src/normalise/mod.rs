//! From a name as somebody wrote it to forms of classed tokens, the only thing the index and the judge see.

/// What a token is, which decides what it may weigh and what it may generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenClass {
    /// An ordinary part of a name.
    Word,
    /// One letter standing for a word.
    Initial,
    /// Digits, or a number word or Roman numeral turned into digits.
    Number,
    /// A legal form; the id names its class in the legal-form table (GmbH and Ges.m.b.H. share one).
    Legal(u16),
    /// A particle, article, honorific or filler (al, bin, of, the, mr): weighs almost nothing, generates nothing.
    Stop,
}

/// One token: lower-case ASCII letters and digits, at most [`MAX_TOKEN`] bytes, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token {
    /// The folded text.
    pub text: Box<str>,
    /// What it is.
    pub class: TokenClass,
    /// The variant or nickname class it belongs to (Mohammed, Muhammad), 0 for none.
    pub variant: u32,
}

/// Where a form came from; the explanation names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The text itself, Latin letters folded.
    Written,
    /// Dotted or spaced single letters joined (A.T.E. as ate).
    Joined,
    /// A romanisation; the value is the ordinal of the scheme in `romanise::SCHEMES`.
    Romanised(u8),
}

/// One way of reading a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Form {
    /// Tokens in the order written, at most [`MAX_TOKENS`].
    pub tokens: Vec<Token>,
    /// All tokens run together, in order: what three-way joins and names without a weighty token are found by.
    pub squashed: Box<str>,
    /// Where the form came from.
    pub origin: Origin,
}

/// Every way of reading one name, the written one first, without repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysed {
    /// At most [`MAX_FORMS`]; empty when the text holds no letter and no digit.
    pub forms: Vec<Form>,
    /// Whether a limit (token count, token length, forms) cut something; always reported onward.
    pub truncated: bool,
}

/// The most tokens a form keeps; the squashed form still holds the rest.
pub const MAX_TOKENS: usize = 31;
/// The longest token in bytes.
pub const MAX_TOKEN: usize = 64;
/// The most forms of one name.
pub const MAX_FORMS: usize = 24;
