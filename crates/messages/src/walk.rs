//! Walks through a part of a message and gathers all that is screened, wherever it stands.

use crate::document::{At, Document, NOWHERE};
use crate::gathered::{Draft, Gathered, PlaceKind, Text, LONGEST_NAME, LONGEST_TEXT};
use crate::tables::{Kind, Leaf, Tables, Word, UNKNOWN};

pub const OTHER: &str = "other";
const TRANSACTION: &str = "transaction";
const ORIGINAL: &str = "original";

/// Something that only the Python room reads, or of which it tells a problem.
#[derive(Debug)]
pub struct NotPlain;

/// Whether a part could be read.
pub type Done = Result<(), NotPlain>;

/// One walk; `found` grows with every element.
pub struct Walk<'d, 'a> {
    pub tables: &'d Tables,
    pub document: &'d Document<'a>,
    pub found: Gathered,
    pub kind: &'d str,
    pub part: &'d str,
}

impl<'d, 'a> Walk<'d, 'a> {
    /// A walk that begins with a transaction.
    pub fn new(tables: &'d Tables, document: &'d Document<'a>) -> Self {
        Self { tables, document, found: Gathered::default(), kind: OTHER, part: TRANSACTION }
    }

    /// A walk that begins in a header.
    pub fn of_header(tables: &'d Tables, document: &'d Document<'a>) -> Self {
        Self { part: "header", ..Self::new(tables, document) }
    }

    pub fn word(&self, at: At) -> &'d Word {
        &self.tables.words[self.document.at(at).word as usize]
    }

    /// The text of a leaf, without the blanks around it.
    pub fn value(&self, at: At) -> &'d str {
        self.document.at(at).text.trim()
    }

    /// The path of an element from the message down, in the names of its elements.
    pub fn path(&self, at: At) -> String {
        let mut names: Vec<&str> = Vec::with_capacity(8);
        let mut node = at;
        while node != NOWHERE {
            let one = self.document.at(node);
            names.push(one.name);
            if matches!(one.name, "Document" | "AppHdr") {
                break;
            }
            node = one.parent;
        }
        if names.len() > 1 && names.last() == Some(&"Document") {
            names.pop();
        }
        names.reverse();
        names.join("/")
    }

    /// Reads what stands in an element, except its children `but`.
    pub fn children(&mut self, at: At, but: Option<&Kind>) -> Done {
        let parent = self.document.at(at).word;
        let mut parties: Vec<(u32, usize)> = Vec::new();
        for child in self.document.children(at) {
            let one = self.document.at(child);
            if but.is_some_and(|kind| kind.apart(one.word)) {
                continue;
            }
            if !self.document.holds(child) {
                self.leaf(child)?;
            } else if let Some(role) = self.role(parent, child) {
                let draft = self.party_of(child, role)?;
                parties.push((one.word, draft));
            } else if self.word(child).is_account {
                self.account_of(child, &parties)?;
            } else if one.word == UNKNOWN && one.name.ends_with("Acct") {
                return Err(NotPlain);
            } else {
                self.other(child)?;
            }
        }
        Ok(())
    }

    /// Reads one element of any kind that is no field of a party.
    pub fn other(&mut self, at: At) -> Done {
        if !self.document.holds(at) {
            return self.leaf(at);
        }
        let (kind, part) = (self.kind, self.part);
        let word = self.word(at);
        if let Some(text) = &word.text {
            self.kind = text;
        }
        if let Some(begun) = &word.part {
            self.part = begun;
        }
        if self.document.at(at).name == "PstlAdr" {
            self.address(at, None)?;
        } else {
            let parent = self.document.at(at).parent;
            let parent = if parent == NOWHERE { UNKNOWN } else { self.document.at(parent).word };
            match self.role(parent, at) {
                None => self.children(at, None)?,
                Some(role) => {
                    self.party_of(at, role)?;
                }
            }
        }
        (self.kind, self.part) = (kind, part);
        Ok(())
    }

    fn role(&self, parent: u32, at: At) -> Option<&'d str> {
        let word = self.word(at);
        let mut role = word.role.as_deref();
        if word.role_depends {
            role = self.tables.role_within(parent, self.document.at(at).word).or(role);
        }
        if role.is_none() && !word.known && self.document.children(at).any(|one| self.word(one).sign) {
            return Some(OTHER);
        }
        role
    }

    fn party_of(&mut self, at: At, role: &str) -> Result<usize, NotPlain> {
        let kind = self.kind;
        if let Some(text) = &self.word(at).text {
            self.kind = text;
        }
        let draft = self.found.drafts.len();
        self.found.drafts.push(Draft::new(role, self.path(at), self.part));
        self.party(at, draft, "organisation")?;
        self.kind = kind;
        Ok(draft)
    }

    fn account_of(&mut self, at: At, parties: &[(u32, usize)]) -> Done {
        let word = self.word(at);
        let known = word.owner.and_then(|owner| parties.iter().rev().find(|(word, _)| *word == owner));
        let draft = if let Some((_, draft)) = known {
            *draft
        } else {
            let by_owner = word.owner.and_then(|owner| self.tables.words[owner as usize].role.as_deref());
            let role = word.account.as_deref().or(by_owner).unwrap_or(OTHER);
            self.found.drafts.push(Draft::new(role, self.path(at), self.part));
            self.found.drafts.len() - 1
        };
        self.account(at, draft)
    }

    /// Keeps or looks into one leaf, by its class.
    pub fn leaf(&mut self, at: At) -> Done {
        let text = self.value(at);
        if text.is_empty() {
            return Ok(());
        }
        let one = self.document.at(at);
        let parent = if one.parent == NOWHERE { UNKNOWN } else { self.document.at(one.parent).word };
        let around = if one.parent == NOWHERE { "" } else { self.document.at(one.parent).name };
        let word = self.word(at);
        let class = self.tables.leaf(parent, one.word);
        match class.leaf {
            Leaf::Amount | Leaf::Date | Leaf::Reference | Leaf::Kept => self.kept(at, text, class.leaf, around)?,
            Leaf::Country => self.place(text, self.path(at), PlaceKind::Country)?,
            Leaf::Name | Leaf::Bic | Leaf::Lei | Leaf::Account(_) => self.somebody(at, text, class.leaf)?,
            Leaf::Text => self.text_of(at, text, around)?,
        }
        if let Some(reference) = &word.reference {
            let prefix = if self.part == ORIGINAL { "original_" } else { "" };
            self.found.references.push((format!("{prefix}{reference}"), text.to_owned()));
        }
        Ok(())
    }

    fn kept(&mut self, at: At, text: &str, leaf: Leaf, around: &str) -> Done {
        let one = self.document.at(at);
        match leaf {
            Leaf::Amount if !self.found.amounts.iter().any(|(name, ..)| name == one.name) => {
                let attributes = self.document.attributes(at);
                let stated = attributes.iter().find(|one| one.name == "Ccy" && one.namespace.is_empty());
                let currency = stated.map_or("", |one| one.value).to_owned();
                self.found.amounts.push((one.name.to_owned(), text.to_owned(), currency));
            }
            Leaf::Date => {
                let name = if matches!(one.name, "Dt" | "DtTm") { around } else { one.name };
                if !self.found.days.iter().any(|(known, _)| known == name) {
                    self.found.days.push((name.to_owned(), text.to_owned()));
                }
            }
            Leaf::Reference if text.contains(' ') && worded(text)? => self.text(text, self.path(at), "identifier")?,
            _ => {}
        }
        if self.word(at).kept {
            self.found.codes.push((format!("{around}/{}", one.name), text.to_owned()));
        }
        Ok(())
    }

    fn somebody(&mut self, at: At, text: &str, leaf: Leaf) -> Done {
        let mut draft = Draft::new(OTHER, self.path(at), self.part);
        match leaf {
            Leaf::Name => add_name(&mut draft, text)?,
            Leaf::Bic if !text.is_ascii() => return Err(NotPlain),
            Leaf::Bic => draft.bic(text),
            Leaf::Lei => draft.number("lei", text),
            Leaf::Account(kind) => draft.number(kind, text),
            _ => {}
        }
        let path = draft.at.clone();
        self.found.drafts.push(draft);
        if leaf != Leaf::Name && worded(text)? {
            self.text(text, path, "identifier")?;
        }
        Ok(())
    }

    fn text_of(&mut self, at: At, text: &str, around: &str) -> Done {
        let name = self.document.at(at).name;
        let word = self.word(at);
        if name == "Prtry" {
            self.found.codes.push((format!("{around}/{name}"), text.to_owned()));
        }
        if word.mostly_number && !worded(text)? {
            return Ok(());
        }
        let kind = word.text.as_deref().unwrap_or(self.kind);
        if word.lines {
            self.line(at, text, kind)
        } else {
            self.text(text, self.path(at), kind)
        }
    }

    /// Puts a line to the line before it: a name may run over both.
    fn line(&mut self, at: At, text: &str, kind: &str) -> Done {
        let one = self.document.at(at);
        let path = self.path(at);
        let follows = one.before != NOWHERE && {
            let before = self.document.at(one.before);
            before.name == one.name && before.namespace == one.namespace
        };
        if follows && self.found.texts.last().is_some_and(|last| last.at == path) {
            if let Some(last) = self.found.texts.pop() {
                return self.text(&format!("{}\n{text}", last.text), last.at, kind);
            }
        }
        self.text(text, path, kind)
    }

    /// Adds a text to look into.
    pub fn text(&mut self, text: &str, at: String, kind: &str) -> Done {
        let text = text.trim();
        if text.len() > LONGEST_TEXT {
            return Err(NotPlain);
        }
        if !text.is_empty() {
            self.found.texts.push(Text { text: text.to_owned(), at, kind: kind.into() });
        }
        Ok(())
    }

    /// Adds a place that stands in a field of its own.
    pub fn place(&mut self, text: &str, at: String, kind: PlaceKind) -> Done {
        let text = match kind {
            PlaceKind::Country if text.is_ascii() => text.to_ascii_lowercase(),
            PlaceKind::Country => return Err(NotPlain),
            PlaceKind::Town => text.to_owned(),
        };
        self.found.places.push((text, at, kind));
        Ok(())
    }
}

/// Adds a name to a party.
pub fn add_name(draft: &mut Draft, text: &str) -> Done {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.len() > LONGEST_NAME {
        return Err(NotPlain);
    }
    if !plain.is_empty() {
        draft.names.push(plain);
    }
    Ok(())
}

/// Whether a number or reference holds a word: three letters or more, with no digit beside them.
pub fn worded(text: &str) -> Result<bool, NotPlain> {
    if !text.is_ascii() {
        return Err(NotPlain);
    }
    let pieces = text.as_bytes().split(|one| !one.is_ascii_alphanumeric());
    Ok(pieces.into_iter().any(|piece| piece.len() > 2 && piece.iter().all(u8::is_ascii_alphabetic)))
}
