//! The most that one word of a customer's name can do, in whatever way it is read.

use super::seams::Span;

/// The most that a word can do, in whatever way it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Summary {
    /// The most its tokens can add to an assignment with a form of the delta: similarity times the smaller weight.
    pub gain: u32,
    /// The least its tokens can weigh.
    pub weight: u32,
    /// The least that a form weighs to which they can add anything.
    pub lightest: u32,
    /// How many letters it may become.
    pub letters: Span,
    pub flags: u8,
    pub pieces: u8,
    pub family: u8,
    /// Place of its [`super::seams::Seams`], when it has any.
    pub seams: Option<u32>,
    /// The most that a reading gains above what its weight asks for at the threshold, and place of what it does with
    /// each form by itself.
    pub excess: i64,
    pub by_form: Option<u32>,
    /// The letters that its tokens may begin with, as bits.
    pub firsts: u32,
}

/// Bits of [`Summary::flags`].
pub(super) mod flag {
    /// Cannot be judged by itself.
    pub const UNKNOWN: u8 = 1;
    /// Its first, its last piece may be a single letter.
    pub const FIRST_LETTER: u8 = 2;
    pub const LAST_LETTER: u8 = 4;
    /// May be one stop word.
    pub const STOP: u8 = 8;
    /// Its last piece may begin a legal form of several words or a number of two, its first may go on with one.
    pub const OPENS: u8 = 16;
    pub const CONTINUES: u8 = 32;
    /// Has no letter and no digit.
    pub const EMPTY: u8 = 64;
    /// May be nothing but syllables of Wade and Giles.
    pub const SYLLABLES: u8 = 128;
}

pub(super) const NOTHING: Summary = Summary {
    gain: 0,
    weight: 0,
    lightest: u32::MAX,
    letters: Span { least: 0, most: 0 },
    flags: flag::EMPTY,
    pieces: 0,
    family: 0,
    seams: None,
    excess: 0,
    by_form: None,
    firsts: 0,
};
pub(super) const UNKNOWN: Summary = Summary { flags: flag::UNKNOWN, ..NOTHING };

impl Summary {
    /// The most that either can do.
    pub(super) fn or(self, other: Self) -> Self {
        let empty = self.flags & other.flags & flag::EMPTY;
        // A word that may be nothing at all has its neighbours stand side by side.
        if (self.flags ^ other.flags) & flag::EMPTY != 0 {
            return UNKNOWN;
        }
        Self {
            gain: self.gain.max(other.gain),
            weight: self.weight.min(other.weight),
            lightest: self.lightest.min(other.lightest),
            letters: self.letters.or(other.letters),
            flags: (self.flags | other.flags) & !flag::EMPTY | empty,
            pieces: self.pieces.max(other.pieces),
            family: self.family,
            seams: None,
            excess: 0,
            by_form: None,
            firsts: self.firsts | other.firsts,
        }
    }
}
