//! From folded pieces to forms of classed tokens: initials, legal forms, stop words, numbers.

use super::latin::{gap, Pieces};
use super::romanise::{LONG_UMLAUTS, LOOK_ALIKE};
use super::units::{mark_legal, units, Shape, Unit};
use super::{numbers, Analysed, Form, Origin, Side, Token, TokenClass, MAX_FORMS, MAX_TOKEN, MAX_TOKENS};
use crate::tables::{Stop, LEXICON};

/// Which of the readings of doubtful parts a form takes.
#[derive(Debug, Clone, Copy, Default)]
struct Reading {
    join_letters: bool,
    initials_for_legal: bool,
    doubtful_numerals: bool,
}

/// What further readings the main one left out.
#[derive(Debug, Default)]
struct Doubts {
    letters: bool,
    legal: bool,
    numerals: bool,
}

/// Adds to `out` the forms that `pieces` can be read as, the plainest first.
pub(super) fn add(pieces: &Pieces, origin: Origin, side: Side, out: &mut Analysed) {
    if pieces.list.is_empty() {
        return;
    }
    let lexicon = &*LEXICON;
    let mut units = units(pieces, lexicon);
    mark_legal(&mut units, lexicon, side);
    let words = units.iter().filter(|unit| is_plain_word(unit)).count();
    let mut doubts = Doubts::default();
    let main = assemble(&units, pieces, words, Reading::default(), origin, &mut doubts, &mut out.truncated);
    push(main, out);
    let mut again = |reading: Reading, origin: Origin| {
        let form = assemble(&units, pieces, words, reading, origin, &mut Doubts::default(), &mut out.truncated);
        push(form, out);
    };
    if doubts.letters {
        let joined = if origin == Origin::Written { Origin::Joined } else { origin };
        again(Reading { join_letters: true, ..Reading::default() }, joined);
    }
    if doubts.legal {
        again(Reading { initials_for_legal: true, ..Reading::default() }, origin);
    }
    // Syllables of another script (习 as xi) are no Roman numerals.
    let latin = matches!(origin, Origin::Written | Origin::Romanised(LONG_UMLAUTS | LOOK_ALIKE));
    if doubts.numerals && latin {
        again(Reading { doubtful_numerals: true, join_letters: doubts.letters, initials_for_legal: false }, origin);
    }
}

/// Adds a form unless it is there already.
fn push(form: Form, out: &mut Analysed) {
    if out.forms.iter().any(|known| known.tokens == form.tokens && known.squashed == form.squashed) {
        return;
    }
    if out.forms.len() < MAX_FORMS {
        out.forms.push(form);
    } else {
        out.truncated = true;
    }
}

fn is_digits(text: &str) -> bool {
    numbers::digits(text).is_some()
}

/// What may be a name beside which a number word is a number.
fn is_plain_word(unit: &Unit<'_>) -> bool {
    unit.legal == 0
        && !is_digits(unit.text)
        && unit.entry.is_none_or(|entry| entry.numeral.is_none() && entry.stop != Stop::Always)
}

fn assemble(
    units: &[Unit<'_>],
    pieces: &Pieces,
    words: usize,
    reading: Reading,
    origin: Origin,
    doubts: &mut Doubts,
    truncated: &mut bool,
) -> Form {
    let mut form = Builder {
        tokens: Vec::with_capacity(units.len().min(MAX_TOKENS)),
        squashed: String::with_capacity(pieces.text.len()),
        truncated,
    };
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        if unit.legal > 0 && !(unit.doubtful && reading.initials_for_legal) {
            doubts.legal |= unit.doubtful;
            let last = units.get(at + unit.legal as usize - 1).unwrap_or(unit);
            form.add(pieces.slice(unit.start, last.end), TokenClass::Legal(unit.class), 0);
            at += unit.legal as usize;
            continue;
        }
        at += 1;
        let variant = unit.entry.map_or(0, |entry| entry.variant);
        match unit.shape {
            Shape::Word => {
                if let Some(digits) = number(units, at - 1, words, reading, doubts) {
                    form.add(digits, TokenClass::Number, 0);
                } else if numbers::is_number_sign(unit.text) && number(units, at, words, reading, doubts).is_some() {
                    form.add("no", TokenClass::Stop, 0);
                } else {
                    let class = if is_stop(units, at - 1) { TokenClass::Stop } else { TokenClass::Word };
                    form.add(unit.text, class, variant);
                }
            }
            Shape::Letter => {
                let roman = numbers::trailing_roman(unit.text).filter(|_| {
                    at == units.len()
                        && units.get(at.wrapping_sub(2)).is_some_and(|before| {
                            before.shape == Shape::Word && before.text.len() > 2 && before.gap & gap::BREAK == 0
                        })
                });
                doubts.numerals |= roman.is_some();
                match roman.filter(|_| reading.doubtful_numerals) {
                    Some(digits) => form.add(digits, TokenClass::Number, 0),
                    None if is_stop(units, at - 1) => form.add(unit.text, TokenClass::Stop, 0),
                    None => form.add(unit.text, TokenClass::Initial, 0),
                }
            }
            Shape::Dotted | Shape::Spaced => {
                doubts.letters = true;
                if reading.join_letters {
                    form.add(unit.text, TokenClass::Word, variant);
                } else {
                    for letter in unit.text.split_inclusive(|_| true) {
                        form.add(letter, TokenClass::Initial, 0);
                    }
                }
            }
        }
    }
    Form { tokens: form.tokens, squashed: form.squashed.into_boxed_str(), origin }
}

/// The digits of the unit at `at` when it is a number here: figures always, number words and Roman numerals
/// beside another word or after a word for "number", doubtful ones only in the form that reads them so.
fn number<'a>(units: &[Unit<'a>], at: usize, words: usize, reading: Reading, doubts: &mut Doubts) -> Option<&'a str> {
    let unit = units.get(at).filter(|unit| unit.shape == Shape::Word && unit.legal == 0)?;
    if let Some(digits) = numbers::digits(unit.text) {
        return Some(digits);
    }
    let numeral = unit.entry?.numeral?;
    let signed = at > 0 && units.get(at - 1).is_some_and(|before| numbers::is_number_sign(before.text));
    if signed || (words > 0 && !numeral.doubtful) {
        return Some(numeral.digits);
    }
    // XI and VI at the end only: a Chinese surname stands there less often than a number does.
    let possible = words > 0 && (unit.text.len() > 2 || at + 1 == units.len());
    doubts.numerals |= possible;
    (possible && reading.doubtful_numerals).then_some(numeral.digits)
}

fn is_stop(units: &[Unit<'_>], at: usize) -> bool {
    let Some(unit) = units.get(at) else {
        return false;
    };
    match unit.entry.map_or(Stop::No, |entry| entry.stop) {
        Stop::No => false,
        Stop::Always => true,
        Stop::Long => units.len() > 3,
        Stop::First => at == 0 && units.len() > 1,
        Stop::Between => {
            let longer = |unit: Option<&Unit<'_>>| unit.is_some_and(|unit| unit.text.len() > 2);
            at > 0 && unit.gap & gap::DOT == 0 && longer(units.get(at - 1)) && longer(units.get(at + 1))
        }
        Stop::Assimilated => unit.text.get(1..).is_some_and(|sound| {
            unit.gap & gap::BREAK == 0 && units.get(at + 1).is_some_and(|next| next.text.starts_with(sound))
        }),
    }
}

/// Tokens within the limits; what is beyond them stays in the squashed text.
struct Builder<'t> {
    tokens: Vec<Token>,
    squashed: String,
    truncated: &'t mut bool,
}

impl Builder<'_> {
    #[inline]
    fn add(&mut self, text: &str, class: TokenClass, variant: u32) {
        self.squashed.push_str(text);
        if self.tokens.len() == MAX_TOKENS {
            *self.truncated = true;
            return;
        }
        let kept = text.get(..MAX_TOKEN).unwrap_or(text);
        *self.truncated |= kept.len() < text.len();
        self.tokens.push(Token { text: kept.into(), class, variant });
    }
}
