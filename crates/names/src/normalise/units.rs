//! From folded pieces to units: words, and runs of single letters that may be one word; and which of them are legal forms.

use super::latin::{gap, Pieces};
use super::{numbers, Side, MAX_TOKEN};
use crate::tables::{Entry, Legal, Lexicon, Place, Stop};

/// How a unit was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    Letter,
    /// Single letters with full stops or slashes between them and no space: D.O.O., A/S.
    Dotted,
    /// Single letters with spaces between them: D O O, or J. R.
    Spaced,
}

/// One word, or a run of single letters that may be one word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<'a> {
    pub text: &'a str,
    pub start: u32,
    pub end: u32,
    pub gap: u8,
    pub shape: Shape,
    pub entry: Option<&'static Entry>,
    /// Units of the legal form that begins here, 0 for none.
    pub legal: u8,
    pub class: u16,
    /// The legal form may as well be somebody's initials: IVANOV S.A.
    pub doubtful: bool,
    /// Its place, not its spelling alone, made it a legal form: AG at the end.
    pub placed: bool,
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

/// The units of a name, in order.
pub(super) fn units<'a>(pieces: &'a Pieces, lexicon: &'static Lexicon) -> Vec<Unit<'a>> {
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
    Unit { text, start, end, gap, shape, entry, legal: 0, class: 0, doubtful: false, placed: false }
}

/// How far back a legal form looks for the words it may stand after.
const NEAR: usize = 1024;

/// Finds legal forms, the longest first at each place, and keeps those that stand where they may.
pub(super) fn mark_legal(units: &mut [Unit<'_>], lexicon: &Lexicon, side: Side) {
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
        let Some((before, from)) = units.split_at_checked(at) else {
            continue;
        };
        let (Some(first), Some(last)) = (from.first(), from.get(length - 1)) else {
            continue;
        };
        let closes = after == end || last.gap & gap::BREAK != 0;
        let opens = at == 0 && last.gap & gap::BREAK == 0 && after < units.len();
        // No name is as long; in a text the words near by are looked at, so that the work grows with its length alone.
        let before = before.get(before.len().saturating_sub(NEAR)..).unwrap_or_default();
        let words = || before.iter().filter(|unit| unit.shape == Shape::Word && numbers::digits(unit.text).is_none());
        let ends = |long: usize, many: usize| {
            closes && (words().any(|word| word.text.len() >= long) || words().nth(many - 1).is_some())
        };
        let letters = length == 1 && first.shape != Shape::Word;
        let two_letters = first.text.len() == 2;
        let accepted = match legal.place {
            Place::Anywhere => true,
            // With its stops D.O.O. is a legal form anywhere; S.A. or B.V. before a name are somebody's initials.
            _ if letters && first.shape == Shape::Dotted && (!two_letters || at > 0) => true,
            Place::End => ends(3, 2),
            Place::Late => ends(6, 3),
            Place::Start => opens,
            Place::Edge => opens || ends(3, 2),
        };
        if !accepted {
            continue;
        }
        let one_word = after == units.len() && at == 1 && words().count() == 1;
        if after == end {
            end = at;
        }
        if let Some(unit) = units.get_mut(at) {
            unit.legal = length as u8;
            unit.class = legal.class;
            let letters = letters && (two_letters || unit.shape == Shape::Spaced);
            unit.placed = legal.place != Place::Anywhere;
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
