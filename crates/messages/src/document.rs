//! A document as a tree of borrowed texts.

use std::borrow::Cow;

/// Where an element stands in its document.
pub type At = u32;
/// Stands for no element.
pub const NOWHERE: At = At::MAX;

/// An element and its place in the tree.
#[derive(Debug)]
pub struct Element<'a> {
    /// The name without prefix.
    pub name: &'a str,
    /// Namespace, as an ordinal of `Document::namespaces`; 0 is none.
    pub namespace: u16,
    /// What the name means to the reader; the parser's caller fills it.
    pub word: u32,
    /// The element around this one.
    pub parent: At,
    /// The first element within.
    pub first: At,
    /// The element behind this one within its parent.
    pub next: At,
    /// The element before this one within its parent.
    pub before: At,
    /// The text before the first element within.
    pub text: Cow<'a, str>,
    /// The text between the end of this element and what follows.
    pub tail: Cow<'a, str>,
    /// First and last but one of `Document::attributes`.
    pub attributes: (u32, u32),
}

/// An attribute that is no declaration of a namespace.
#[derive(Debug)]
pub struct Attribute<'a> {
    /// The name without prefix.
    pub name: &'a str,
    /// The namespace of its prefix; empty for none.
    pub namespace: &'a str,
    /// The value.
    pub value: &'a str,
}

/// A document: the first element is its root, and elements stand in the order of the text.
#[derive(Debug)]
pub struct Document<'a> {
    /// All elements.
    pub elements: Vec<Element<'a>>,
    /// All attributes.
    pub attributes: Vec<Attribute<'a>>,
    /// The namespaces that elements are in; the first is none.
    pub namespaces: Vec<&'a str>,
}

impl<'a> Document<'a> {
    /// An element.
    pub fn at(&self, at: At) -> &Element<'a> {
        &self.elements[at as usize]
    }

    /// The elements within an element.
    pub fn children(&self, at: At) -> Children<'_, 'a> {
        Children { document: self, next: self.at(at).first }
    }

    /// Whether there are elements within an element.
    pub fn holds(&self, at: At) -> bool {
        self.at(at).first != NOWHERE
    }

    /// The attributes of an element.
    pub fn attributes(&self, at: At) -> &[Attribute<'a>] {
        let (first, end) = self.at(at).attributes;
        &self.attributes[first as usize..end as usize]
    }
}

/// The elements within an element, in their order.
pub struct Children<'d, 'a> {
    document: &'d Document<'a>,
    next: At,
}

impl Iterator for Children<'_, '_> {
    type Item = At;

    fn next(&mut self) -> Option<At> {
        let at = self.next;
        if at == NOWHERE {
            return None;
        }
        self.next = self.document.at(at).next;
        Some(at)
    }
}
