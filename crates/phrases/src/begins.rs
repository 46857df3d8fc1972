//! The words with which a phrase may begin, so that it is tried only where they stand.

use crate::letters::{is_letter, small};
use crate::wording::Item;
use std::collections::BTreeSet;

/// Ways in which one phrase may begin: more are a slip of the pen, and would be paid for in memory.
const MOST: usize = 10_000;

/// A way to begin, its words in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Begin {
    /// The first word; `#` is a number, an empty one any word.
    pub(crate) first: String,
    /// The word behind it; `None` where it may be any, or where none need stand.
    pub(crate) second: Option<String>,
}

/// Give every way in which a phrase may begin.
pub(crate) fn begins(items: &[Item]) -> Result<BTreeSet<Begin>, String> {
    let ways = walked(items, BTreeSet::from([Way::default()]))?;
    let mut found = BTreeSet::new();
    for mut way in ways {
        way.close();
        let Some(first) = way.first else { return Err("all of its words may be left out".to_owned()) };
        found.insert(Begin { first, second: way.second });
    }
    Ok(found)
}

/// How far a way to begin is read: whole words, and the letters of the one that goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    first: Option<String>,
    second: Option<String>,
    word: String,
    /// What follows tells no more.
    ended: bool,
}

impl Way {
    /// End the word that was going on.
    fn close(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = Some(std::mem::take(&mut self.word));
        if self.first.is_none() {
            self.first = word;
        } else {
            self.second = word;
            self.ended = true;
        }
    }

    /// Give up: any word may stand here.
    fn any(&mut self) {
        self.first.get_or_insert_default();
        self.word.clear();
        self.ended = true;
    }

    fn letters(&mut self, text: &str) -> Result<(), String> {
        for letter in text.chars().map(small) {
            if self.ended {
                break;
            }
            if is_letter(letter) {
                self.word.push(letter);
            } else if letter == '*' {
                self.any();
            } else if self.first.is_none() && self.word.is_empty() {
                return Err("a phrase begins with a letter or a number".to_owned());
            } else {
                self.close();
            }
        }
        Ok(())
    }
}

fn walked(items: &[Item], ways: BTreeSet<Way>) -> Result<BTreeSet<Way>, String> {
    let mut found = ways;
    for (place, item) in items.iter().enumerate() {
        let (mut next, going): (BTreeSet<Way>, BTreeSet<Way>) = found.into_iter().partition(|one| one.ended);
        for mut way in going {
            match item {
                Item::Word(text) => way.letters(text)?,
                Item::Space if way.first.is_some() && !way.word.is_empty() && goes_on(&items[place..]) => way.any(),
                Item::Space => way.close(),
                Item::Gap(_) => {
                    way.close();
                    way.any();
                }
                Item::Number => {
                    if way.first.is_none() && way.word.is_empty() {
                        way.first = Some("#".to_owned());
                    }
                    way.any();
                }
                Item::Choice(several) | Item::Optional(several) => {
                    for sequence in several {
                        next.extend(walked(sequence, BTreeSet::from([way.clone()]))?);
                    }
                }
            }
            if !matches!(item, Item::Choice(_)) {
                next.insert(way);
            }
            if next.len() > MOST {
                return Err("it may begin with too many words".to_owned());
            }
        }
        found = next;
    }
    Ok(found)
}

/// Tell whether what follows may go on without a space: "the Treasury [X]'s" is also "the Treasury's".
pub(crate) fn goes_on(items: &[Item]) -> bool {
    match items {
        [] => false,
        [Item::Space, rest @ ..] => match rest {
            [Item::Optional(_), Item::Space, ..] | [Item::Optional(_)] => goes_on(&rest[1..]),
            [Item::Optional(_), ..] => true,
            _ => false,
        },
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::{read, Classes};

    fn of(phrase: &str) -> Vec<String> {
        let classes: Classes =
            [("act".to_owned(), vec!["added".to_owned(), "put up".to_owned()])].into_iter().collect();
        let several = read(phrase, &classes)
            .and_then(|items| begins(&items).map_err(|why| crate::Fault { phrase: String::new(), why }));
        let told = |one: Begin| format!("{} {}", one.first, one.second.as_deref().unwrap_or("?"));
        several.map(|found| found.into_iter().map(told).collect()).unwrap_or_default()
    }

    #[test]
    fn a_phrase_begins_with_each_word_that_it_may_begin_with() {
        assert_eq!(of("account[s] of"), ["account of", "accounts of"]);
        assert_eq!(of("[has|have] listed"), ["has listed", "have listed", "listed ?"]);
        assert_eq!(of("<act> it"), ["added it", "put up"]);
        assert_eq!(of("U.S. Treasury"), ["u s"]);
        assert_eq!(of("the (bank|firm[s]) is"), ["the bank", "the firm", "the firms"]);
    }

    #[test]
    fn where_any_word_may_stand_none_is_asked_for() {
        assert_eq!(of("# entries"), ["# ?"]);
        assert_eq!(of("*ing it"), [" ?"]);
        assert_eq!(of("is ... it"), ["is ?"]);
        assert_eq!(of("order #"), ["order ?"]);
        assert_eq!(of("the bri* of"), ["the ?"]);
        assert_eq!(of("the bank [of]s"), ["the ?"]);
    }
}
