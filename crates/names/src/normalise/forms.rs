//! From folded pieces to forms of classed tokens: initials, legal forms, stop words, numbers.

use super::latin::{gap, Pieces};
use super::romanise::{LONG_UMLAUTS, LOOK_ALIKE};
use super::{numbers, Analysed, Form, Origin, Side, Token, TokenClass, MAX_FORMS, MAX_TOKEN, MAX_TOKENS};
use crate::tables::{Entry, Legal, Lexicon, Place, Stop, LEXICON};

/// How a unit was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Word,
    Letter,
    /// Single letters with full stops or slashes between them and no space: D.O.O., A/S.
    Dotted,
    /// Single letters with spaces between them: D O O, or J. R.
    Spaced,
}

/// One word, or a run of single letters that may be one word.
#[derive(Debug, Clone, Copy)]
struct Unit<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    gap: u8,
    shape: Shape,
    entry: Option<&'static Entry>,
    /// Units of the legal form that begins here, 0 for none.
    legal: u8,
    class: u16,
    /// The legal form may as well be somebody's initials: IVANOV S.A.
    doubtful: bool,
}

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
        again(Reading { doubtful_numerals: true, ..Reading::default() }, origin);
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

/// Where the run of single letters that begins at `from` ends; nothing runs over a comma or a bracket.
fn run(pieces: &Pieces, from: usize) -> usize {
    let mut to = from;
    while let Some(piece) = pieces.list.get(to) {
        if !is_letter(pieces.slice(piece.start, piece.end)) {
            break;
        }
        to += 1;
        if piece.gap & gap::BREAK != 0 {
            break;
        }
    }
    to
}

/// Whether a piece is one Latin letter.
pub(super) fn is_letter(text: &str) -> bool {
    matches!(text.as_bytes(), [byte] if byte.is_ascii_alphabetic())
}

fn is_tight(between: u8) -> bool {
    between & gap::SPACE == 0 && between & (gap::DOT | gap::SLASH) != 0
}

fn units<'a>(pieces: &'a Pieces, lexicon: &'static Lexicon) -> Vec<Unit<'a>> {
    let mut units = Vec::with_capacity(pieces.list.len());
    let mut at = 0;
    while let Some(piece) = pieces.list.get(at) {
        let text = pieces.slice(piece.start, piece.end);
        if !is_letter(text) {
            units.push(unit(pieces, at, at + 1, Shape::Word, lexicon));
            at += 1;
            continue;
        }
        let end = run(pieces, at).max(at + 1);
        let mut loose = at;
        let mut group = at;
        while group < end {
            let mut next = group + 1;
            while next < end && pieces.list.get(next - 1).is_some_and(|before| is_tight(before.gap)) {
                next += 1;
            }
            // S.A. in "J. S.A." is a group of its own when it is a legal form.
            if next - group > 1 {
                let mut whole = unit(pieces, group, next, Shape::Dotted, lexicon);
                let ship = group == 0 && whole.entry.is_some_and(|entry| entry.stop == Stop::First);
                if ship {
                    whole.shape = Shape::Word;
                }
                if ship || whole.entry.is_some_and(|entry| entry.legal.is_some()) {
                    letters(pieces, loose, group, lexicon, &mut units);
                    units.push(whole);
                    loose = next;
                }
            }
            group = next;
        }
        letters(pieces, loose, end, lexicon, &mut units);
        at = end;
    }
    units
}

fn letters<'a>(pieces: &'a Pieces, from: usize, to: usize, lexicon: &'static Lexicon, units: &mut Vec<Unit<'a>>) {
    match to.saturating_sub(from) {
        0 => {}
        1 => units.push(unit(pieces, from, to, Shape::Letter, lexicon)),
        _ => {
            let tight = pieces.list.get(from..to - 1).is_some_and(|run| run.iter().all(|piece| is_tight(piece.gap)));
            units.push(unit(pieces, from, to, if tight { Shape::Dotted } else { Shape::Spaced }, lexicon));
        }
    }
}

fn unit<'a>(pieces: &'a Pieces, from: usize, to: usize, shape: Shape, lexicon: &'static Lexicon) -> Unit<'a> {
    let start = pieces.list.get(from).map_or(0, |piece| piece.start);
    let (end, gap) = pieces.list.get(to - 1).map_or((start, 0), |piece| (piece.end, piece.gap));
    let text = pieces.slice(start, end);
    let entry = if text.len() <= MAX_TOKEN { lexicon.get(text) } else { None };
    Unit { text, start, end, gap, shape, entry, legal: 0, class: 0, doubtful: false }
}

/// Finds legal forms, the longest first at each place, and keeps those that stand where they may.
fn mark_legal(units: &mut [Unit<'_>], lexicon: &Lexicon, side: Side) {
    let mut found: Vec<(usize, usize, Legal)> = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let taken = candidate(units, at, lexicon).map_or(0, |(length, legal)| {
            found.push((at, length, legal));
            length
        });
        at += taken.max(1);
    }
    let mut end = units.len();
    for &(at, length, legal) in found.iter().rev() {
        let after = at + length;
        let Some((before, from)) = units.split_at_checked(at) else { continue };
        let (Some(first), Some(last)) = (from.first(), from.get(length - 1)) else { continue };
        let closes = after == end || last.gap & gap::BREAK != 0;
        let opens = at == 0 && last.gap & gap::BREAK == 0 && after < units.len();
        let words = || before.iter().filter(|unit| unit.shape == Shape::Word && !is_digits(unit.text));
        let ends = |long: usize, many: usize| {
            closes && (words().any(|word| word.text.len() >= long) || words().count() >= many)
        };
        let letters = length == 1 && first.shape != Shape::Word;
        let two_letters = letters && first.text.len() == 2;
        let accepted = match legal.place {
            Place::Anywhere => true,
            // S.A., A.S. and B.V. with their stops are legal forms in the middle too; before a name they are initials.
            Place::End | Place::Late | Place::Edge if two_letters && first.shape == Shape::Dotted && at > 0 => true,
            Place::End => ends(4, 2),
            Place::Late => ends(6, 3),
            Place::Start => opens,
            Place::Edge => opens || ends(4, 2),
        };
        if !accepted {
            continue;
        }
        let one_word = words().count() == 1 && after == units.len() && at == 1;
        if after == end {
            end = at;
        }
        if let Some(unit) = units.get_mut(at) {
            unit.legal = length as u8;
            unit.class = legal.class;
            unit.doubtful = letters && legal.place != Place::Anywhere && (one_word || side == Side::List);
        }
    }
}

fn candidate(units: &[Unit<'_>], at: usize, lexicon: &Lexicon) -> Option<(usize, Legal)> {
    let entry = units.get(at)?.entry?;
    if entry.opens != 0 {
        for form in lexicon.longer(entry) {
            let rest = units.get(at + 1..at + 1 + form.rest.len());
            if rest.is_some_and(|rest| rest.iter().zip(&form.rest).all(|(unit, word)| *unit.text == **word)) {
                return Some((1 + form.rest.len(), form.legal));
            }
        }
    }
    entry.legal.map(|legal| (1, legal))
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
    let Some(unit) = units.get(at) else { return false };
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
