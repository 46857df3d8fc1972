//! Plain XML to a tree of borrowed texts: what every parser would read alike, and nothing else.
//!
//! `parse` gives `None` for whatever is not plain: not well-formed, another encoding than UTF-8, document types,
//! processing instructions, CDATA, character references, names beyond ASCII, undeclared prefixes, or
//! nested too deep. That is no judgement of the document: a full parser reads it instead.

use crate::document::{At, Attribute, Document, Element, NOWHERE};
use std::borrow::Cow;

/// Elements may be nested this deep; a full parser allows a little more.
const DEEPEST: usize = 200;
/// Of one document.
const MOST_ELEMENTS: usize = 1_000_000;
/// The namespace of the prefix `xml`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Reads a document; `None` for one that is not plain.
pub fn parse(text: &str) -> Option<Document<'_>> {
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        document: Document { elements: Vec::with_capacity(96), attributes: Vec::new(), namespaces: vec![""] },
        open: Vec::new(),
        scope: Vec::new(),
    };
    // Control characters and returns are for a full parser: the one is an error, the other is turned into a line's end.
    let odd = |one: u8| one < b' ' && one != b'\n' && one != b'\t';
    if text.bytes().any(odd) || !text.is_ascii() && text.contains(['\u{fffe}', '\u{ffff}']) {
        return None;
    }
    parser.declaration()?;
    parser.around()?;
    parser.elements()?;
    parser.around()?;
    (parser.at == text.len()).then_some(parser.document)
}

/// An element that has begun.
struct Open<'a> {
    /// The name with its prefix, as it has to end.
    written: &'a str,
    at: At,
    last: At,
    /// How many declarations were in scope around it.
    scope: usize,
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    document: Document<'a>,
    open: Vec<Open<'a>>,
    /// Declared prefixes with their namespaces, the innermost last.
    scope: Vec<(&'a str, u16)>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn blanks(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), b' ' | b'\n' | b'\t') {
            self.at += 1;
        }
        self.at > start
    }

    /// Blanks and comments outside the root.
    fn around(&mut self) -> Option<()> {
        self.blanks();
        while self.comment()? {
            self.blanks();
        }
        Some(())
    }

    /// Passes over a comment, and tells whether there was one.
    fn comment(&mut self) -> Option<bool> {
        const BEGIN: &str = "<!--";
        let Some(rest) = self.text[self.at..].strip_prefix(BEGIN) else {
            return Some(false);
        };
        let end = rest.find("--")?;
        self.at += BEGIN.len() + end + "--".len();
        self.expect(b'>').map(|()| true)
    }

    fn expect(&mut self, one: u8) -> Option<()> {
        (self.peek() == one).then(|| self.at += 1)
    }

    /// `<?xml version="1.0" encoding="UTF-8"?>` and its usual variants.
    fn declaration(&mut self) -> Option<()> {
        let Some(rest) = self.text.strip_prefix("<?xml ") else {
            return Some(());
        };
        let end = rest.find("?>")?;
        let said = rest[..end].replace('\'', "\"");
        let mut words = said.split_whitespace();
        let known = words.next() == Some(r#"version="1.0""#)
            && match words.next() {
                None => true,
                Some(r#"encoding="UTF-8""# | r#"encoding="utf-8""#) => {
                    matches!(words.next(), None | Some(r#"standalone="yes""# | r#"standalone="no""#))
                        && words.next().is_none()
                }
                Some(_) => false,
            };
        self.at = "<?xml ".len() + end + "?>".len();
        known.then_some(())
    }

    fn elements(&mut self) -> Option<()> {
        self.begin()?;
        while !self.open.is_empty() {
            let mut text = self.words()?;
            while self.comment()? {
                let more = self.words()?;
                if !more.is_empty() {
                    text.to_mut().push_str(&more);
                }
            }
            if !text.is_empty() {
                let open = self.open.last()?;
                let at = if open.last == NOWHERE { open.at } else { open.last };
                let whose = &mut self.document.elements[at as usize];
                *(if open.last == NOWHERE { &mut whose.text } else { &mut whose.tail }) = text;
            }
            if self.bytes.get(self.at + 1) == Some(&b'/') {
                self.end()?;
            } else {
                self.begin()?;
            }
        }
        Some(())
    }

    /// Text up to the next mark.
    fn words(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        let length = self.bytes[start..].iter().position(|one| *one == b'<')?;
        self.at += length;
        let text = &self.text[start..self.at];
        if text.bytes().any(|one| one == b'>') && text.contains("]]>") {
            return None;
        }
        if text.bytes().any(|one| one == b'&') {
            plain(text).map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(text))
        }
    }

    /// A name, which may have a prefix before its colon.
    fn name(&mut self) -> Option<&'a str> {
        let start = self.at;
        let mut first = true;
        loop {
            let one = self.peek();
            let letter = one.is_ascii_alphabetic() || one == b'_';
            if letter || !first && (one.is_ascii_digit() || matches!(one, b'-' | b'.')) {
                first = false;
            } else if one == b':' && !first && !self.text[start..self.at].contains(':') {
                first = true;
            } else {
                break;
            }
            self.at += 1;
        }
        (!first).then(|| &self.text[start..self.at])
    }

    fn begin(&mut self) -> Option<()> {
        self.expect(b'<')?;
        let written = self.name()?;
        if self.open.len() >= DEEPEST || self.document.elements.len() >= MOST_ELEMENTS {
            return None;
        }
        let scope = self.scope.len();
        let mut raw: Vec<(&'a str, &'a str)> = Vec::new();
        loop {
            let blank = self.blanks();
            if matches!(self.peek(), b'>' | b'/') {
                break;
            }
            if !blank {
                return None;
            }
            let (name, value) = self.attribute()?;
            let declared = if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
            let Some(prefix) = declared else {
                raw.push((name, value));
                continue;
            };
            let odd = |one: u8| !(one.is_ascii_alphanumeric() || b":/.-_#".contains(&one));
            if value.is_empty()
                || value.bytes().any(odd)
                || prefix.starts_with("xml")
                || value.starts_with("http://www.w3.org/XML")
                || value.starts_with("http://www.w3.org/2000/xmlns")
                || self.scope[scope..].iter().any(|(known, _)| *known == prefix)
            {
                return None;
            }
            let namespace = self.numbered(value)?;
            self.scope.push((prefix, namespace));
        }
        let first = self.document.attributes.len() as u32;
        for (name, value) in raw {
            let (prefix, local) = name.split_once(':').unwrap_or(("", name));
            let namespace = match prefix {
                "" => "",
                "xml" => XML,
                _ => self.document.namespaces[self.namespace(prefix)? as usize],
            };
            let same = |one: &Attribute<'_>| one.name == local && one.namespace == namespace;
            if self.document.attributes[first as usize..].iter().any(same) {
                return None;
            }
            self.document.attributes.push(Attribute { name: local, namespace, value });
        }
        let (prefix, name) = written.split_once(':').unwrap_or(("", written));
        let namespace = match (prefix, self.namespace(prefix)) {
            (_, Some(found)) => found,
            ("", None) => 0,
            _ => return None,
        };
        let at = self.document.elements.len() as At;
        let (parent, before) = self.open.last().map_or((NOWHERE, NOWHERE), |open| (open.at, open.last));
        if before != NOWHERE {
            self.document.elements[before as usize].next = at;
        } else if parent != NOWHERE {
            self.document.elements[parent as usize].first = at;
        }
        if let Some(open) = self.open.last_mut() {
            open.last = at;
        }
        self.document.elements.push(Element {
            name,
            namespace,
            word: 0,
            parent,
            first: NOWHERE,
            next: NOWHERE,
            before,
            text: Cow::Borrowed(""),
            tail: Cow::Borrowed(""),
            attributes: (first, self.document.attributes.len() as u32),
        });
        if self.peek() == b'/' {
            self.at += 1;
            self.expect(b'>')?;
            self.scope.truncate(scope);
        } else {
            self.expect(b'>')?;
            self.open.push(Open { written, at, last: NOWHERE, scope });
        }
        Some(())
    }

    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let name = self.name()?;
        self.blanks();
        self.expect(b'=')?;
        self.blanks();
        let quote = self.peek();
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        self.at += 1;
        let start = self.at;
        let length = self.bytes[start..].iter().position(|one| *one == quote)?;
        self.at += length + 1;
        let value = &self.text[start..start + length];
        (!value.bytes().any(|one| matches!(one, b'<' | b'&' | b'\n' | b'\t'))).then_some((name, value))
    }

    fn end(&mut self) -> Option<()> {
        let open = self.open.pop()?;
        self.at += "</".len();
        if self.name()? != open.written {
            return None;
        }
        self.blanks();
        self.expect(b'>')?;
        self.scope.truncate(open.scope);
        Some(())
    }

    fn namespace(&self, prefix: &str) -> Option<u16> {
        self.scope.iter().rev().find(|(known, _)| *known == prefix).map(|(_, namespace)| *namespace)
    }

    fn numbered(&mut self, namespace: &'a str) -> Option<u16> {
        let known = self.document.namespaces.iter().position(|one| *one == namespace);
        let at = known.unwrap_or_else(|| {
            self.document.namespaces.push(namespace);
            self.document.namespaces.len() - 1
        });
        u16::try_from(at).ok()
    }
}

/// A text with the five named entities replaced; `None` where there is any other.
fn plain(text: &str) -> Option<String> {
    const NAMED: [(&str, char); 5] = [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("apos;", '\'')];
    let mut parts = text.split('&');
    let mut found = parts.next()?.to_owned();
    for part in parts {
        let (name, letter) = NAMED.iter().find(|(name, _)| part.starts_with(name))?;
        found.push(*letter);
        found.push_str(&part[name.len()..]);
    }
    Some(found)
}
