//! The small language in which a phrase is written, read into its parts.
//!
//! `..` stands for up to five words, `...` for up to ten, `…` for up to 25, `(a|b)` for either, `[a]` for what may be
//! left out, `#` for a number, `*ing` for any word that ends so, and `<name>` for any word of the class that is called
//! so. A bracket without a `|` is meant as it stands, as in Regulation (EU).

use crate::letters::is_space;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::fmt;

/// The words that each `<name>` stands for.
pub type Classes = FxHashMap<String, Vec<String>>;

/// Why a phrase was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The phrase as it is written.
    pub phrase: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "a phrase cannot be read: '{}': {}", self.phrase, self.why)
    }
}

/// Classes of words within classes of words, and brackets within brackets.
const DEEPEST: usize = 6;
const DEEPEST_BRACKET: usize = 32;
/// Parts of one phrase with all classes of words written out.
const MOST_PARTS: usize = 100_000;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    Word(String),
    Space,
    /// Up to so many words.
    Gap(u32),
    Number,
    Choice(Vec<Vec<Item>>),
    /// A choice, or nothing.
    Optional(Vec<Vec<Item>>),
}

/// Read one phrase into its parts.
pub(crate) fn read(phrase: &str, classes: &Classes) -> Result<Vec<Item>, Fault> {
    parsed(phrase, classes, 0, &Cell::new(0)).map_err(|why| Fault { phrase: phrase.to_owned(), why })
}

fn parsed(phrase: &str, classes: &Classes, depth: usize, parts: &Cell<usize>) -> Result<Vec<Item>, String> {
    if depth > DEEPEST {
        return Err("a class of words holds itself".to_owned());
    }
    let plain = phrase.trim();
    let plain = plain.strip_suffix("...").unwrap_or(plain).trim();
    let pieces = pieces(plain);
    parts.set(parts.get() + pieces.len() + 1);
    if parts.get() > MOST_PARTS {
        return Err("its classes of words hold too many".to_owned());
    }
    let mut parser = Parser { pieces: &pieces, at: 0, classes, depth, parts, brackets: 0 };
    let items = parser.sequence(None)?;
    if parser.at == pieces.len() {
        Ok(items)
    } else {
        Err("a bracket is not closed".to_owned())
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece<'a> {
    Gap(u32),
    Class(&'a str),
    /// One of the signs `[`, `]`, `(`, `)`, `|`, `#`.
    Sign(char),
    Space,
    Word(&'a str),
}

fn pieces(plain: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = plain;
    let mut word = 0;
    while let Some(one) = rest[word..].chars().next() {
        let here = &rest[word..];
        let (piece, length) = match one {
            '.' => match here.bytes().take_while(|other| *other == b'.').count() {
                2 => (Piece::Gap(5), 2),
                3 => (Piece::Gap(10), 3),
                _ => {
                    word += 1;
                    continue;
                }
            },
            '\u{2026}' => (Piece::Gap(25), one.len_utf8()),
            '[' | ']' | '(' | ')' | '|' | '#' => (Piece::Sign(one), 1),
            '<' => {
                let Some(name) = class(here) else {
                    word += 1;
                    continue;
                };
                (Piece::Class(name), name.len() + 2)
            }
            _ if is_space(one) => {
                let length = here.chars().take_while(|other| is_space(*other)).map(char::len_utf8).sum();
                (Piece::Space, length)
            }
            _ => {
                word += one.len_utf8();
                continue;
            }
        };
        if word > 0 {
            found.push(Piece::Word(&rest[..word]));
        }
        found.push(piece);
        rest = &rest[word + length..];
        word = 0;
    }
    if word > 0 {
        found.push(Piece::Word(rest));
    }
    found
}

/// The name between `<` and `>`.
fn class(here: &str) -> Option<&str> {
    let name = here[1..].split_once('>')?.0;
    let known = !name.is_empty() && name.bytes().all(|one| one.is_ascii_lowercase() || one == b'_');
    known.then_some(name)
}

struct Parser<'a> {
    pieces: &'a [Piece<'a>],
    at: usize,
    classes: &'a Classes,
    depth: usize,
    parts: &'a Cell<usize>,
    brackets: usize,
}

impl Parser<'_> {
    /// Read up to `|` or the sign that closes.
    fn sequence(&mut self, until: Option<char>) -> Result<Vec<Item>, String> {
        let mut found = Vec::new();
        while let Some(piece) = self.pieces.get(self.at).copied() {
            match piece {
                Piece::Sign(sign) if until.is_some() && (sign == '|' || Some(sign) == until) => break,
                Piece::Sign('[') => {
                    let several = self.choice(']')?;
                    found.push(Item::Optional(several));
                    continue;
                }
                Piece::Sign('(') if self.is_choice() => {
                    let several = self.choice(')')?;
                    found.push(Item::Choice(several));
                    continue;
                }
                Piece::Sign('(') => {
                    self.at += 1;
                    self.deeper()?;
                    let inside = self.sequence(Some(')'))?;
                    self.brackets -= 1;
                    if self.pieces.get(self.at) != Some(&Piece::Sign(')')) {
                        return Err("a bracket is not closed".to_owned());
                    }
                    found.push(Item::Word("(".to_owned()));
                    found.extend(inside);
                    found.push(Item::Word(")".to_owned()));
                }
                Piece::Sign('#') => found.push(Item::Number),
                Piece::Sign(sign) => found.push(Item::Word(sign.to_string())),
                Piece::Class(name) => {
                    let Some(words) = self.classes.get(name) else {
                        return Err(format!("no class of words is called {name}"));
                    };
                    let several: Result<Vec<_>, String> = longest_first(words)
                        .into_iter()
                        .map(|one| parsed(one, self.classes, self.depth + 1, self.parts))
                        .collect();
                    found.push(Item::Choice(several?));
                }
                Piece::Gap(most) => found.push(Item::Gap(most)),
                Piece::Space => found.push(Item::Space),
                Piece::Word(word) => found.push(Item::Word(word.to_owned())),
            }
            self.at += 1;
        }
        Ok(found)
    }

    fn choice(&mut self, until: char) -> Result<Vec<Vec<Item>>, String> {
        self.deeper()?;
        let mut several = Vec::new();
        loop {
            self.at += 1;
            several.push(self.sequence(Some(until))?);
            match self.pieces.get(self.at) {
                None => return Err("a bracket is not closed".to_owned()),
                Some(Piece::Sign(sign)) if *sign == until => break,
                _ => {}
            }
        }
        self.at += 1;
        self.brackets -= 1;
        Ok(several)
    }

    fn deeper(&mut self) -> Result<(), String> {
        self.brackets += 1;
        if self.brackets > DEEPEST_BRACKET {
            return Err("too many brackets within brackets".to_owned());
        }
        Ok(())
    }

    /// Tell whether a bracket offers a choice: `(a|b)`, while `(EU)` is meant as it stands.
    fn is_choice(&self) -> bool {
        let mut depth = 0_usize;
        for piece in &self.pieces[self.at..] {
            match piece {
                Piece::Sign('(' | '[') => depth += 1,
                Piece::Sign(')' | ']') if depth <= 1 => return false,
                Piece::Sign(')' | ']') => depth -= 1,
                Piece::Sign('|') if depth == 1 => return true,
                _ => {}
            }
        }
        false
    }
}

/// Longer words before shorter ones, or the shorter one would be found in front of the rest of the longer one.
pub(crate) fn longest_first(words: &[String]) -> Vec<&str> {
    let mut sorted: Vec<&str> = words.iter().map(String::as_str).collect();
    sorted.sort_by_key(|one| std::cmp::Reverse(one.chars().count()));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_a_gap_only_by_twos_and_threes() {
        assert_eq!(pieces("a .. b"), [Piece::Word("a"), Piece::Space, Piece::Gap(5), Piece::Space, Piece::Word("b")]);
        assert_eq!(pieces("a...."), [Piece::Word("a."), Piece::Gap(10)]);
        assert_eq!(pieces("U.S. <x> <X>").len(), 5);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let refused = |phrase: &str| read(phrase, &Classes::default()).err().map(|fault| fault.why);
        for (phrase, why) in [
            ("was (a|b", "a bracket is not closed"),
            ("an (open", "a bracket is not closed"),
            ("<nobody> of", "no class of words is called nobody"),
        ] {
            assert_eq!(refused(phrase).as_deref(), Some(why), "{phrase}");
        }
        let ring = [("ring".to_owned(), vec!["<ring>".to_owned()])].into_iter().collect();
        assert_eq!(read("<ring>", &ring).err().map(|one| one.why).as_deref(), Some("a class of words holds itself"));
        assert!(refused(&"[".repeat(40)).is_some());
    }
}
