//! From a name as somebody wrote it to forms of classed tokens, the only thing the index and the judge see.
//!
//! [`analyse`] is the door; docs/normalising.md says what it does in which order. Text in Latin letters takes a fast
//! way through bytes; any other script is folded, romanised word by word and then goes the same way.

pub(crate) mod alone;
mod forms;
mod identifier;
mod latin;
mod look_alike;
pub(crate) mod numbers;
mod passage;
pub mod romanise;
mod script;
mod units;
mod usual;
mod wade_giles;

pub use crate::tables::version as tables_version;
pub use identifier::identifier;
pub use passage::{read_passage, Passage, Placed, Sequence, MAX_PASSAGE};

/// Which side of a comparison a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// A listed name: analysed once, when the index is built, and in every reading there is.
    List,
    /// A customer or a party to a payment: only the readings that can change an answer.
    Query,
}

/// The most bytes of a text that are read; what follows is cut and reported.
pub const MAX_TEXT: usize = 4096;

/// What a token is, which decides what it may weigh and what it may generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenClass {
    /// An ordinary part of a name.
    Word,
    /// One letter standing for a word.
    Initial,
    /// Digits, or a number word or Roman numeral turned into digits.
    Number,
    /// A legal form; the id names its class in the legal-form table (`GmbH` and Ges.m.b.H. share one).
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

/// Every way of reading `text`, the written one first, within the limits; see the module and docs/normalising.md.
///
/// Never panics, and its work is bounded: of a longer text only the first [`MAX_TEXT`] bytes are read.
pub fn analyse(text: &str, side: Side) -> Analysed {
    let mut out = Analysed::default();
    let text = cut(text, MAX_TEXT, &mut out.truncated);
    let mut pieces = latin::Pieces::with_room(text.len());
    if !latin::pieces(text, false, &mut pieces) {
        script::add_forms(text, side, &mut out);
        return out;
    }
    forms::add(&pieces, Origin::Written, side, &mut out);
    if pieces.doubled {
        let mut long = latin::Pieces::with_room(text.len() + 8);
        latin::pieces(text, true, &mut long);
        forms::add(&long, Origin::Romanised(romanise::LONG_UMLAUTS), side, &mut out);
    }
    wade_giles::add_form(text, &pieces, side, &mut out);
    for one in [b'i', b'l'] {
        let Some(letters) = look_alike::without_digits(&pieces, one) else { break };
        forms::add(&letters, Origin::Romanised(romanise::LOOK_ALIKE), side, &mut out);
    }
    out
}

/// The folded text with single spaces, for telling whether two names are the same but for case, marks, punctuation
/// and the spacing of single letters. Other scripts are folded, not romanised, so that two names that merely sound
/// alike stay apart. Nothing is cut: names that differ behind any limit differ.
pub fn fold(text: &str) -> String {
    let mut pieces = latin::Pieces::with_room(text.len());
    if !latin::pieces(text, false, &mut pieces) {
        pieces = script::native_pieces(text);
    }
    let mut folded = String::with_capacity(pieces.text.len() + pieces.list.len());
    let mut at = 0;
    while let Some(piece) = pieces.list.get(at) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let mut end = piece.end;
        at += 1;
        if units::is_letter(pieces.slice(piece.start, end)) {
            while let Some(next) =
                pieces.list.get(at).filter(|next| units::is_letter(pieces.slice(next.start, next.end)))
            {
                end = next.end;
                at += 1;
            }
        }
        folded.push_str(pieces.slice(piece.start, end));
    }
    folded
}

/// The first `most` bytes, to a whole character.
fn cut<'t>(text: &'t str, most: usize, truncated: &mut bool) -> &'t str {
    if text.len() <= most {
        return text;
    }
    *truncated = true;
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
