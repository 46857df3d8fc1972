//! From folded pieces to forms of classed tokens: initials, legal forms, stop words, numbers.

use super::latin::{gap, Pieces};
use super::romanise::{LONG_UMLAUTS, LOOK_ALIKE};
use super::units::{mark_legal, units, Shape, Unit};
use super::{numbers, Analysed, Form, Origin, Side, Token, TokenClass, MAX_FORMS, MAX_TOKEN, MAX_TOKENS};
use crate::tables::{Stop, LEXICON};

/// Which of the readings of doubtful parts a form takes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    pub join_letters: bool,
    pub initials_for_legal: bool,
    pub doubtful_numerals: bool,
    /// What only its place makes a legal form or a stop word is a word: inside a text, places say little.
    pub words_for_placed: bool,
}

/// What further readings the main one left out.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    pub letters: bool,
    pub legal: bool,
    pub numerals: bool,
    pub placed: bool,
}

/// Adds to `out` the forms that `pieces` can be read as, the plainest first.
pub(super) fn add(pieces: &Pieces, origin: Origin, side: Side, out: &mut Analysed) {
    if pieces.list.is_empty() {
        return;
    }
    let lexicon = &*LEXICON;
    let mut units = units(pieces, lexicon);
    mark_legal(&mut units, lexicon, side);
    let words = plain_words(&units);
    let mut doubts = Doubts::default();
    let mut read = |reading: Reading, origin: Origin, doubts: &mut Doubts| {
        let mut form = Builder::new(&units, pieces, &mut out.truncated);
        assemble(&units, pieces, words, reading, &mut form, doubts);
        let form = Form { tokens: form.tokens, squashed: form.squashed.into_boxed_str(), origin };
        push(form, out);
    };
    read(Reading::default(), origin, &mut doubts);
    let mut again = |reading: Reading, origin: Origin| read(reading, origin, &mut Doubts::default());
    if doubts.letters {
        let joined = if origin == Origin::Written { Origin::Joined } else { origin };
        again(Reading { join_letters: true, ..Reading::default() }, joined);
    }
    if doubts.legal {
        again(Reading { initials_for_legal: true, ..Reading::default() }, origin);
    }
    if doubts.numerals && may_hold_numerals(origin) {
        again(Reading { doubtful_numerals: true, join_letters: doubts.letters, ..Reading::default() }, origin);
    }
}

/// Syllables of another script (习 as xi) are no Roman numerals.
pub(super) fn may_hold_numerals(origin: Origin) -> bool {
    matches!(origin, Origin::Written | Origin::Romanised(LONG_UMLAUTS | LOOK_ALIKE))
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

/// How many units may be a name beside which a number word is a number.
pub(super) fn plain_words(units: &[Unit<'_>]) -> usize {
    units.iter().filter(|unit| is_plain_word(unit)).count()
}

fn is_digits(text: &str) -> bool {
    numbers::digits(text).is_some()
}

fn is_plain_word(unit: &Unit<'_>) -> bool {
    unit.legal == 0
        && !is_digits(unit.text)
        && unit.entry.is_none_or(|entry| entry.numeral.is_none() && entry.stop != Stop::Always)
}

/// Writes the tokens of `units` in their order to `form`, as `reading` reads them.
pub(super) fn assemble(
    units: &[Unit<'_>],
    pieces: &Pieces,
    words: usize,
    reading: Reading,
    form: &mut impl Sink,
    doubts: &mut Doubts,
) {
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let word = unit.doubtful && reading.initials_for_legal || unit.placed && reading.words_for_placed;
        if unit.legal > 0 && !word {
            doubts.legal |= unit.doubtful;
            doubts.placed |= unit.placed;
            let last = units.get(at + unit.legal as usize - 1).unwrap_or(unit);
            form.at(unit.start, last.end);
            form.add(pieces.slice(unit.start, last.end), TokenClass::Legal(unit.class), 0);
            at += unit.legal as usize;
            continue;
        }
        at += 1;
        form.at(unit.start, unit.end);
        let variant = unit.entry.map_or(0, |entry| entry.variant);
        match unit.shape {
            Shape::Word => {
                if let Some(digits) = number(units, at - 1, words, reading, doubts) {
                    let spelt = !unit.text.starts_with(|c: char| c.is_ascii_digit());
                    let ones = if spelt { number(units, at, words, reading, doubts) } else { None };
                    match (ones.and_then(|ones| numbers::together(digits, ones)), units.get(at)) {
                        (Some(both), Some(last)) => {
                            form.at(unit.start, last.end);
                            form.add(&both, TokenClass::Number, 0);
                            at += 1;
                        }
                        _ => form.add(digits, TokenClass::Number, 0),
                    }
                } else if numbers::is_number_sign(unit.text) && number(units, at, words, reading, doubts).is_some() {
                    form.add("no", TokenClass::Stop, 0);
                } else {
                    let class = if stop(units, at - 1, reading, doubts) { TokenClass::Stop } else { TokenClass::Word };
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
                    None if stop(units, at - 1, reading, doubts) => form.add(unit.text, TokenClass::Stop, 0),
                    None => form.add(unit.text, TokenClass::Initial, 0),
                }
            }
            Shape::Dotted | Shape::Spaced => {
                doubts.letters = true;
                if reading.join_letters {
                    form.add(unit.text, TokenClass::Word, variant);
                } else {
                    for (letter, place) in unit.text.split_inclusive(|_| true).zip(unit.start..) {
                        form.at(place, place + 1);
                        form.add(letter, TokenClass::Initial, 0);
                    }
                }
            }
        }
    }
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

/// Whether the unit is a stop word here, where `reading` asks for its place.
fn stop(units: &[Unit<'_>], at: usize, reading: Reading, doubts: &mut Doubts) -> bool {
    let placed = units
        .get(at)
        .and_then(|unit| unit.entry)
        .is_some_and(|entry| matches!(entry.stop, Stop::Long | Stop::First | Stop::Between));
    if placed && reading.words_for_placed {
        return false;
    }
    let found = is_stop(units, at);
    doubts.placed |= found && placed;
    found
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

/// What tokens are written to.
pub(super) trait Sink {
    /// The next tokens stand at this range of the folded text.
    #[inline]
    fn at(&mut self, _start: u32, _end: u32) {}
    /// One token, perhaps longer than the limit.
    fn add(&mut self, text: &str, class: TokenClass, variant: u32);
}

/// Tokens within the limits; what is beyond them stays in the squashed text.
struct Builder<'t> {
    tokens: Vec<Token>,
    squashed: String,
    truncated: &'t mut bool,
}

impl<'t> Builder<'t> {
    fn new(units: &[Unit<'_>], pieces: &Pieces, truncated: &'t mut bool) -> Self {
        Self {
            tokens: Vec::with_capacity(units.len().min(MAX_TOKENS)),
            squashed: String::with_capacity(pieces.text.len()),
            truncated,
        }
    }
}

impl Sink for Builder<'_> {
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
