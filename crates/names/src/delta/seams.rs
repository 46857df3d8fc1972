//! How a word may go together with its neighbours: what its ends may be the beginning or the end of.

use super::fragments::Side;

/// From how many to how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub least: u16,
    pub most: u16,
}

impl Span {
    pub(super) const fn and(self, other: Self) -> Self {
        Self { least: self.least.saturating_add(other.least), most: self.most.saturating_add(other.most) }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }
}

/// The first or last pieces of a reading as part of a run with a neighbour.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// The listed words that it may begin, or end.
    pub side: Side,
    pub letters: Span,
    /// What it adds to the run; `None` when that is not certain.
    pub text: Option<Box<str>>,
}

/// How a word may go together with its neighbours.
#[derive(Debug, Clone, Default)]
pub(super) struct Seams {
    /// Last pieces that may begin a listed word, first pieces that may end one: of every reading.
    pub begins: Vec<Part>,
    pub ends: Vec<Part>,
    /// Of which wholes the first piece may be the beginning, the last the end.
    pub begins_whole: Side,
    pub ends_whole: Side,
}

/// Whether some text of as many letters, give or take one, may begin with `begin` and end with `end`.
pub(super) fn meet(begin: Side, end: Side, letters: Span) -> bool {
    begin.meets(end, u32::from(letters.least), u32::from(letters.most))
}

impl Seams {
    pub(super) fn or(mut self, other: Self) -> Self {
        for (mine, more) in [(&mut self.begins, other.begins), (&mut self.ends, other.ends)] {
            for part in more {
                if !mine.contains(&part) {
                    mine.push(part);
                }
            }
        }
        self.begins_whole = self.begins_whole.or(other.begins_whole);
        self.ends_whole = self.ends_whole.or(other.ends_whole);
        self
    }

    pub(super) fn lead_anywhere(&self) -> bool {
        let nowhere = Side::default();
        !self.begins.is_empty() || !self.ends.is_empty() || self.begins_whole != nowhere || self.ends_whole != nowhere
    }
}

/// Adds a part, unless it leads nowhere.
pub(super) fn add(parts: &mut Vec<Part>, side: Side, letters: Span, text: Option<&str>) {
    if side != Side::default() {
        parts.push(Part { side, letters, text: text.map(Box::from) });
    }
}

/// Every last part of the one with every first part of the other.
pub(super) fn pairs<'a>(left: &'a Seams, right: &'a Seams) -> impl Iterator<Item = (&'a Part, &'a Part)> {
    left.begins.iter().flat_map(|begin| right.ends.iter().map(move |end| (begin, end)))
}
