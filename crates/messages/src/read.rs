//! From the text of a message to what stands around its transactions and in each of them.

use crate::check::Check;
use crate::document::{At, Document, NOWHERE};
use crate::gathered::Gathered;
use crate::tables::{Kind, Tables};
use crate::walk::Walk;
use crate::xml;

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";
/// Of a version such as `pacs.008.001.08` the letters that are its kind.
const KIND: usize = 8;

/// A message with its transactions.
#[derive(Debug)]
pub struct Message {
    /// Such as `pacs.008`.
    pub kind: String,
    /// What stands in the envelope around it, where there is one.
    pub envelope: Option<Gathered>,
    /// What stands in it around its transactions.
    pub frame: Gathered,
    /// Its transactions, with what stands around some of them.
    pub groups: Vec<Group>,
}

/// Transactions that share what stands around them.
#[derive(Debug)]
pub struct Group {
    /// What stands in their container; `None` where they have none.
    pub outer: Option<Gathered>,
    /// Each of them.
    pub transactions: Vec<Gathered>,
}

/// Reads a message; `None` where only the Python room can.
pub fn read(tables: &Tables, text: &str) -> Option<Message> {
    let mut document = xml::parse(text)?;
    for one in &mut document.elements {
        one.word = tables.word(one.name);
    }
    Reader { tables, document: &document }.message()
}

/// Reads one transaction of a message that is too large to be one tree. `text` is a document that holds nothing but the
/// message, of it what stands around the transaction, and the transaction, each within the one before; `None` where only
/// the Python room can.
pub fn read_part(tables: &Tables, text: &str) -> Option<Gathered> {
    let mut document = xml::parse(text)?;
    for one in &mut document.elements {
        one.word = tables.word(one.name);
    }
    Reader { tables, document: &document }.transaction()
}

struct Reader<'d, 'a> {
    tables: &'d Tables,
    document: &'d Document<'a>,
}

impl Reader<'_, '_> {
    fn message(&self) -> Option<Message> {
        let mut named = self.document.elements.iter().enumerate().filter(|(_, one)| one.name == "Document");
        let top = named.next()?.0 as At;
        if named.next().is_some() {
            return None;
        }
        let mut inside = self.document.children(top);
        let message = inside.next()?;
        if inside.next().is_some() || self.document.at(message).namespace != self.document.at(top).namespace {
            return None;
        }
        let version = self.version(top)?;
        let kind = self.tables.kind(&version[..KIND])?;
        let type_id = match self.tables.message(version) {
            Some((word, type_id)) if word == self.document.at(message).word => Some(type_id),
            Some(_) => return None,
            None if self.foreign(message) => return None,
            None => None,
        };
        let envelope = if top == 0 { None } else { Some(self.envelope(top)?) };
        Some(Message {
            kind: version[..KIND].to_owned(),
            envelope,
            frame: self.frame(top, message, type_id, kind)?,
            groups: self.groups(message, type_id, kind)?,
        })
    }

    fn transaction(&self) -> Option<Gathered> {
        let mut namespaces = self.document.elements.iter().map(|one| one.namespace);
        let namespace = namespaces.next()?;
        if !namespaces.all(|one| one == namespace) {
            return None;
        }
        let version = self.version(0)?;
        let kind = self.tables.kind(&version[..KIND])?;
        let mut at = self.document.at(0).first;
        let (word, type_id) = self.tables.message(version)?;
        if at == NOWHERE || self.document.at(at).word != word {
            return None;
        }
        let mut type_id = Some(type_id);
        loop {
            at = self.document.at(at).first;
            if at == NOWHERE {
                return None;
            }
            let word = self.document.at(at).word;
            type_id = self.tables.below(type_id, word);
            if kind.transactions.contains(&word) {
                return self.part(at, Some(type_id?), None);
            }
            if !kind.containers.contains(&word) {
                return None;
            }
        }
    }

    /// The version that the namespace of an element names.
    fn version(&self, at: At) -> Option<&str> {
        let version = self.document.namespaces[self.document.at(at).namespace as usize].strip_prefix(NAMESPACE)?;
        let fits = |one: u8, like: u8| match like {
            b'a' => one.is_ascii_lowercase(),
            b'0' => one.is_ascii_digit(),
            _ => one == like,
        };
        let like = b"aaaa.000.000.00";
        let all = version.bytes().zip(like).all(|(one, like)| fits(one, *like));
        (version.len() == like.len() && all).then_some(version)
    }

    /// Whether an element of another namespace stands anywhere but in a supplement, where it may.
    fn foreign(&self, message: At) -> bool {
        let namespace = self.document.at(message).namespace;
        let supplement = |at: At| {
            let mut up = self.document.at(at).parent;
            while up != NOWHERE && self.document.at(up).name != "Envlp" {
                up = self.document.at(up).parent;
            }
            up != NOWHERE
        };
        let within = |at: At| {
            let mut up = at;
            while up != NOWHERE && up != message {
                up = self.document.at(up).parent;
            }
            up == message
        };
        (message..self.document.elements.len() as At)
            .any(|at| self.document.at(at).namespace != namespace && within(at) && !supplement(at))
    }

    fn envelope(&self, document: At) -> Option<Gathered> {
        let mut inside: Vec<At> = Vec::new();
        let mut up = self.document.at(document).parent;
        while up != NOWHERE {
            inside.push(up);
            up = self.document.at(up).parent;
        }
        let mut walk = Walk::of_header(self.tables, self.document);
        self.around(0, document, &inside, &mut walk)?;
        Some(walk.found)
    }

    fn around(&self, at: At, document: At, inside: &[At], walk: &mut Walk<'_, '_>) -> Option<()> {
        for child in self.document.children(at) {
            if inside.contains(&child) {
                self.around(child, document, inside, walk)?;
            } else if child != document {
                if !self.check().part(child, self.type_of(child), None) {
                    return None;
                }
                walk.other(child).ok()?;
            }
        }
        Some(())
    }

    fn type_of(&self, at: At) -> Option<u32> {
        let (word, type_id) = self.tables.message(self.version(at)?)?;
        (word == self.document.at(at).word).then_some(type_id)
    }

    fn check(&self) -> Check<'_, '_> {
        Check { tables: self.tables, document: self.document }
    }

    fn frame(&self, document: At, message: At, type_id: Option<u32>, kind: &Kind) -> Option<Gathered> {
        let around = [&self.document.at(document).text, &self.document.at(message).tail];
        if around.iter().any(|one| !one.trim().is_empty()) {
            return None;
        }
        self.part(message, type_id, Some(kind))
    }

    /// Checks and reads one transaction, or what stands around some.
    fn part(&self, at: At, type_id: Option<u32>, but: Option<&Kind>) -> Option<Gathered> {
        if !self.check().part(at, type_id, but) {
            return None;
        }
        let mut walk = Walk::new(self.tables, self.document);
        walk.children(at, but).ok()?;
        Some(walk.found)
    }

    fn groups(&self, message: At, type_id: Option<u32>, kind: &Kind) -> Option<Vec<Group>> {
        let mut groups = Vec::new();
        for child in self.document.children(message) {
            let word = self.document.at(child).word;
            let below = self.tables.below(type_id, word);
            if kind.containers.contains(&word) {
                let mut transactions = Vec::new();
                for one in self.document.children(child) {
                    let inner = self.document.at(one).word;
                    if kind.transactions.contains(&inner) {
                        transactions.push(self.part(one, self.tables.below(below, inner), None)?);
                    } else if kind.containers.contains(&inner) {
                        return None;
                    }
                }
                let but = (!transactions.is_empty()).then_some(kind);
                groups.push(Group { outer: Some(self.part(child, below, but)?), transactions });
            } else if kind.transactions.contains(&word) {
                groups.push(Group { outer: None, transactions: vec![self.part(child, below, None)?] });
            }
        }
        Some(groups)
    }
}
