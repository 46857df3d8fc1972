//! Whether a part of a message is as its schema says and holds no text where none belongs: yes, or not for sure.
//!
//! What is wrong is not told here: `interdiction.payments.iso20022.check` tells it, and this may only say yes where
//! that finds nothing.

use crate::document::{At, Document};
use crate::tables::{Class, Kind, Row, Tables};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Looks through parts of one document.
pub struct Check<'d, 'a> {
    pub tables: &'d Tables,
    pub document: &'d Document<'a>,
}

impl Check<'_, '_> {
    /// Whether an element and all in it is clean; elements `but` are checked elsewhere, and count as there.
    pub fn part(&self, at: At, type_id: Option<u32>, but: Option<&Kind>) -> bool {
        let held = self.document.holds(at);
        if !self.attributes(at) || held && !blank(&self.document.at(at).text) {
            return false;
        }
        match type_id {
            Some(known) => self.typed(at, known, self.document.at(at).namespace, but),
            None => self.untyped(at, but),
        }
    }

    fn untyped(&self, at: At, but: Option<&Kind>) -> bool {
        let parent = self.document.at(at).word;
        self.document.children(at).all(|child| {
            let one = self.document.at(child);
            if !blank(&one.tail) {
                return false;
            }
            if but.is_some_and(|kind| kind.apart(one.word)) {
                return true;
            }
            if !self.attributes(child) {
                return false;
            }
            if self.document.holds(child) {
                blank(&one.text) && self.untyped(child, None)
            } else {
                fits(self.tables.leaf(parent, one.word), &one.text)
            }
        })
    }

    fn typed(&self, at: At, type_id: u32, namespace: u16, but: Option<&Kind>) -> bool {
        let known = &self.tables.types[type_id as usize];
        let mut seen = 0_u128;
        let mut last: Option<u8> = None;
        for child in self.document.children(at) {
            let one = self.document.at(child);
            if !blank(&one.tail) {
                return false;
            }
            let named = if one.namespace == namespace { known.rows.get(&one.word) } else { None };
            let Some(row) = named.or(known.any.as_ref()) else {
                return false;
            };
            if last.is_some_and(|last| row.place < last || row.place == last && row.once) {
                return false;
            }
            last = Some(row.place);
            seen |= 1 << row.place;
            if but.is_some_and(|kind| kind.apart(one.word)) {
                continue;
            }
            if !self.attributes(child) || !self.row(child, row, namespace, known.any.is_some()) {
                return false;
            }
        }
        known.required & !seen == 0
    }

    fn row(&self, child: At, row: &Row, namespace: u16, any: bool) -> bool {
        let one = self.document.at(child);
        let held = self.document.holds(child);
        match (row.below, held) {
            (None, false) => fits(&self.tables.classes[row.class as usize], &one.text),
            (None, true) => any && blank(&one.text) && self.untyped(child, None),
            (Some(below), true) => blank(&one.text) && self.typed(child, below, namespace, None),
            (Some(_), false) => false,
        }
    }

    /// Whether attributes are currencies of amounts, or say nothing.
    fn attributes(&self, at: At) -> bool {
        self.document.attributes(at).iter().all(|one| {
            if one.name == "Ccy" && one.namespace.is_empty() {
                one.value.len() == 3
                    && one.value.bytes().any(|one| one.is_ascii_uppercase())
                    && one.value.bytes().all(|one| one.is_ascii() && !one.is_ascii_lowercase())
            } else {
                one.namespace == XSI || one.namespace == XML || blank(one.value)
            }
        })
    }
}

fn blank(text: &str) -> bool {
    text.is_empty() || text.chars().all(char::is_whitespace)
}

fn fits(class: &Class, text: &str) -> bool {
    class.form.as_ref().is_none_or(|form| form.is_match(text.trim()))
}
