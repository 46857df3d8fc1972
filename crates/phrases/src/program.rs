//! A phrase as a little program, run at a place of a text: what is tried first is found first.
//!
//! The order of trying is the meaning: an optional word rather than none, of a choice the first that leads to an end, of
//! a gap as few words as possible, of a number as many signs as possible. Steps that may lead to nothing are kept on a
//! stack of ours, so no input is too deep; a place that two ways lead to is gone on from once.

use crate::letters::{is_letter, is_space, is_word};
use crate::steps::{sequence, Step};
use crate::text::Text;
use crate::wording::Item;
use rustc_hash::FxHashSet;

/// A phrase made ready.
#[derive(Debug)]
pub(crate) struct Program {
    steps: Vec<Step>,
    /// Case counts.
    exact: bool,
    /// It has steps between which ways may meet again.
    branching: bool,
}

/// Where a phrase ends, and the place of the number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) end: usize,
    pub(crate) number: Option<(usize, usize)>,
}

/// A way that is left to be tried: at `step` from `place`; `more` is what that step has left.
#[derive(Debug, Clone, Copy)]
struct Way {
    step: usize,
    place: usize,
    more: usize,
    number: Option<(usize, usize)>,
}

/// Room for the ways of one run, kept from run to run.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    left: Vec<Way>,
    /// Steps and places that were gone on from, and lead to nothing.
    seen: FxHashSet<(usize, usize)>,
}

impl Program {
    /// Make a program of what a phrase is written in.
    pub(crate) fn new(items: &[Item], exact: bool) -> Self {
        let mut steps = Vec::new();
        sequence(items, exact, &mut steps);
        let open = match items.last() {
            Some(Item::Word(text)) => !text.chars().next_back().is_some_and(is_letter),
            Some(_) => false,
            None => true,
        };
        if !open {
            steps.push(Step::End);
        }
        let branching = steps.iter().filter(|one| matches!(one, Step::Gap(_) | Step::Run | Step::Number)).count() > 1;
        Self { steps, exact, branching }
    }

    /// Try the phrase at a place; `whole`: it has to reach the end of the text.
    pub(crate) fn run(&self, text: &Text, start: usize, whole: bool, ways: &mut Ways) -> Option<Found> {
        let letters = if self.exact { &text.exact[..] } else { &text.small[..] };
        ways.left.clear();
        ways.seen.clear();
        let mut way = Way { step: 0, place: start, more: FRESH, number: None };
        loop {
            if let Some(found) = self.follow(letters, way, whole, ways) {
                return Some(found);
            }
            way = ways.left.pop()?;
        }
    }

    /// Follow one way to its end; what it may leave for later is kept in `ways`.
    fn follow(&self, letters: &[char], way: Way, whole: bool, ways: &mut Ways) -> Option<Found> {
        let Way { mut step, mut place, mut more, mut number } = way;
        loop {
            let Some(one) = self.steps.get(step) else {
                return (!whole || place == letters.len()).then_some(Found { end: place, number });
            };
            let again = more;
            more = FRESH;
            match one {
                Step::Text(said) => {
                    let end = place + said.len();
                    // Words are short: to compare them here costs less than to call for it.
                    if !letters.get(place..end)?.iter().zip(said).all(|(here, one)| here == one) {
                        return None;
                    }
                    place = end;
                }
                Step::Either(one, other) => {
                    let here = letters.get(place)?;
                    if here != one && here != other {
                        return None;
                    }
                    place += 1;
                }
                Step::Space => {
                    let behind = after(letters, place, is_space);
                    if behind == place {
                        return None;
                    }
                    place = behind;
                }
                Step::End => {
                    if letters.get(place).is_some_and(|here| is_word(*here)) {
                        return None;
                    }
                }
                Step::Or(other) => ways.left.push(Way { step: *other, place, more: FRESH, number }),
                Step::Choice(choice) => {
                    let several = choice.of(letters.get(place));
                    let next = if again == FRESH { 0 } else { again };
                    if next + 1 < several.len() {
                        ways.left.push(Way { step, place, more: next + 1, number });
                    }
                    step = *several.get(next)?;
                    continue;
                }
                Step::Go(other) => {
                    step = *other;
                    continue;
                }
                Step::Gap(most) => {
                    let left = if again == FRESH {
                        if self.is_seen(step, place, ways) {
                            return None;
                        }
                        *most
                    } else {
                        let word = after(letters, place, |here| !is_space(here) && here != ';');
                        let behind = after(letters, word, is_space);
                        if word == place || behind == word {
                            return None;
                        }
                        place = behind;
                        again - 1
                    };
                    if left > 0 {
                        ways.left.push(Way { step, place, more: left, number });
                    }
                }
                Step::Run | Step::Number => {
                    let numbers = matches!(one, Step::Number);
                    let end = if again == FRESH {
                        if self.is_seen(step, place, ways) {
                            return None;
                        }
                        longest(letters, place, numbers)?
                    } else {
                        again
                    };
                    if let Some(shorter) = shorter(letters, place, end, numbers) {
                        ways.left.push(Way { step, place, more: shorter, number });
                    }
                    if numbers && number.is_none() {
                        number = Some((place, end));
                    }
                    place = end;
                }
            }
            step += 1;
        }
    }

    /// Tell, and keep, that a way led to a step at a place before.
    fn is_seen(&self, step: usize, place: usize, ways: &mut Ways) -> bool {
        self.branching && !ways.seen.insert((step, place))
    }
}

/// A step that a way comes to for the first time.
const FRESH: usize = usize::MAX;

fn after(letters: &[char], place: usize, is: impl Fn(char) -> bool) -> usize {
    letters[place..].iter().position(|here| !is(*here)).map_or(letters.len(), |length| place + length)
}

/// The furthest end of a run of letters, or of a number with the signs that may stand in it.
fn longest(letters: &[char], place: usize, number: bool) -> Option<usize> {
    if !number {
        let end = after(letters, place, is_word);
        return (end > place).then_some(end);
    }
    if !letters.get(place)?.is_ascii_digit() {
        return None;
    }
    let end = after(letters, place, |here| is_word(here) || matches!(here, '.' | '/' | '-'));
    ending(letters, place, end)
}

/// The next end that is less far.
fn shorter(letters: &[char], place: usize, end: usize, number: bool) -> Option<usize> {
    let end = end - 1;
    if number {
        ending(letters, place, end)
    } else {
        (end > place).then_some(end)
    }
}

/// The furthest end up to one behind which a number may end: its first digit, or a letter.
fn ending(letters: &[char], place: usize, end: usize) -> Option<usize> {
    (place + 1..=end).rev().find(|end| *end == place + 1 || is_word(letters[end - 1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::{read, Classes};

    #[allow(clippy::expect_used)]
    fn found(phrase: &str, said: &str, whole: bool) -> Option<String> {
        let items = read(phrase, &Classes::default()).expect("a phrase");
        let text = Text::new(said);
        let found = Program::new(&items, false).run(&text, 0, whole, &mut Ways::default())?;
        Some(text.exact[..found.end].iter().collect())
    }

    #[test]
    fn the_first_way_that_leads_to_an_end_is_the_one() {
        assert_eq!(
            found("was (put|added [back]) on", "was added back on", false).as_deref(),
            Some("was added back on")
        );
        assert_eq!(found("put ... [back] on", "put it on, put it on", false).as_deref(), Some("put it on"));
        assert_eq!(found("E.O. #", "e.o. 13687/2-a. It", false).as_deref(), Some("e.o. 13687/2-a"));
        assert_eq!(found("a .. b .. c", "a x y b z; c", false), None);
        assert_eq!(found("for *ing", "for bringing-up", false).as_deref(), Some("for bringing"));
    }

    #[test]
    fn a_word_does_not_end_within_another() {
        assert_eq!(found("ban", "bank", false), None);
        assert_eq!(found("account[s]", "accounts", false).as_deref(), Some("accounts"));
        assert_eq!(found("account[s]", "accounted", false), None);
    }

    #[test]
    fn what_has_to_be_whole_is_tried_until_it_is() {
        assert_eq!(found("sanctions [list]", "sanctions list", true).as_deref(), Some("sanctions list"));
        assert_eq!(found("sanctions", "sanctions list", true), None);
        assert_eq!(found("order #", "order 5-6", true).as_deref(), Some("order 5-6"));
    }

    #[test]
    fn ways_that_meet_are_gone_on_from_once() {
        let phrase = format!("a {}b", "\u{2026} x \u{2026} ".repeat(8));
        let said = format!("a {}", "x ".repeat(3000));
        assert_eq!(found(&phrase, &said, false), None);
        assert_eq!(found("a***************b", &format!("a{}", "x".repeat(400)), false), None);
    }
}
