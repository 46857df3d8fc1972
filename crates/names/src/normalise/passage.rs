//! A whole text read once: sequences of tokens, each with its place in the text, in which names are looked for.
//!
//! The rules are those for a name (docs/normalising.md), but nothing limits the number of tokens, and each further way
//! of reading the text is a sequence of its own that says which of its tokens the first one lacks.

use super::forms::{assemble, may_hold_numerals, plain_words, Doubts, Reading, Sink};
use super::latin::{self, gap, Pieces};
use super::romanise::{self, Context, LONG_UMLAUTS, LOOK_ALIKE};
use super::script::{self, Script, Word};
use super::units::{mark_legal, units};
use super::usual::Usual;
use super::{look_alike, Origin, Side, Token, TokenClass, MAX_FORMS, MAX_TOKEN};
use crate::tables::LEXICON;

/// The most bytes of a text that are read for names inside it.
pub const MAX_PASSAGE: usize = 1 << 17;

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// What it is: its number in [`Passage::tokens`].
    pub token: u32,
    /// The first byte of the text it was made of. Where a script is written without spaces, that of the whole run.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
    /// The first sequence has no such token at this place.
    pub fresh: bool,
}

/// One way of reading a text from its beginning to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The tokens in the order of the text.
    pub tokens: Vec<Placed>,
    /// Where the reading comes from.
    pub origin: Origin,
}

/// Every way of reading one text, the plainest first; all but the first have at least one fresh token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// What stands in the sequences: the tokens of the first in its order, then what each further one has besides.
    pub tokens: Vec<Token>,
    /// At most [`MAX_FORMS`].
    pub sequences: Vec<Sequence>,
    /// A limit cut the text, a token or the sequences.
    pub truncated: bool,
}

impl Passage {
    /// What a token of one of the sequences is.
    pub fn token(&self, placed: &Placed) -> &Token {
        &self.tokens[placed.token as usize]
    }
}

/// Every way of reading `text`, of which only the first [`MAX_PASSAGE`] bytes are read. Never panics.
pub fn read_passage(text: &str) -> Passage {
    let mut out = Passage::default();
    let text = super::cut(text, MAX_PASSAGE, &mut out.truncated);
    let segments = segments(text);
    let mut pieces = Pieces::with_room(text.len());
    if !add_latin(text, &segments, false, &mut pieces) {
        add_scripts(text, &segments, &mut out);
        return out;
    }
    add_readings(&pieces, &segments, Origin::Written, &mut out);
    if pieces.doubled {
        let mut long = Pieces::with_room(text.len() + 8);
        add_latin(text, &segments, true, &mut long);
        add_readings(&long, &segments, Origin::Romanised(LONG_UMLAUTS), &mut out);
    }
    out
}

/// A stretch of text that no gap divides, and where the next one begins.
#[derive(Debug, Clone, Copy)]
struct Segment {
    start: u32,
    end: u32,
    next: u32,
}

/// The stretches between the gaps of a text; `&`, which is a word, is one by itself.
fn segments(text: &str) -> Vec<Segment> {
    let mut list: Vec<Segment> = Vec::with_capacity(text.len() / 6 + 1);
    let mut open = None;
    let mut close = |open: &mut Option<usize>, at: usize| {
        if let Some(start) = open.take() {
            if let Some(last) = list.last_mut() {
                last.next = start as u32;
            }
            list.push(Segment { start: start as u32, end: at as u32, next: text.len() as u32 });
        }
    };
    for (at, c) in text.char_indices() {
        match latin::kind_of(c) {
            latin::Kind::Gap => close(&mut open, at),
            latin::Kind::Sign => {
                close(&mut open, at);
                open = Some(at);
                close(&mut open, at + c.len_utf8());
            }
            latin::Kind::Part => {
                open.get_or_insert(at);
            }
        }
    }
    close(&mut open, text.len());
    list
}

/// Cuts the segments into pieces that bear their numbers; `false` when one holds a letter that is not Latin.
fn add_latin(text: &str, segments: &[Segment], long: bool, out: &mut Pieces) -> bool {
    for (number, segment) in segments.iter().enumerate() {
        out.source = number as u32;
        let part = text.get(segment.start as usize..segment.next as usize).unwrap_or_default();
        if !latin::append(part, long, out) {
            return false;
        }
        if segment.next == segment.end {
            // Before `&` a piece is still open.
            out.close(gap::SPACE);
        }
    }
    out.close(gap::SPACE);
    true
}

/// One reading for each scheme of the scripts that occur; words of other scripts are read in their first one.
fn add_scripts(text: &str, segments: &[Segment], out: &mut Passage) {
    let mut words: Vec<Word> = Vec::with_capacity(segments.len());
    let mut places: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        let part = text.get(segment.start as usize..segment.next as usize).unwrap_or_default();
        script::add_words_of(part, &mut words);
        places.resize(words.len(), *segment);
    }
    let context = Context::of(&words);
    let mut schemes = context.schemes.clone();
    // Whether Hangul or Han is a person's name is told word by word.
    let own: Vec<Option<Context>> =
        words.chunks(1).map(|word| is_closed(&word[0]).then(|| Context::of(word))).collect();
    for scheme in own.iter().flatten().flat_map(|own| &own.schemes) {
        if !schemes.contains(scheme) {
            schemes.push(*scheme);
        }
    }
    let disguised = words.iter().any(|word| word.disguised);
    let foreign = |word: &Word| matches!(word.script, Script::Cyrillic | Script::Greek) && word.text.len() > 2;
    let look_alike = words.iter().any(|word| foreign(word) && look_alike::as_latin(&word.text).is_some());
    if schemes.is_empty() || look_alike {
        schemes.push(LOOK_ALIKE);
    }
    let mut usual = Usual::default();
    for scheme in schemes {
        let mut pieces = Pieces::with_room(text.len());
        let mut spans: Vec<Segment> = Vec::with_capacity(words.len());
        let mut at = 0;
        while let (Some(word), Some(place)) = (words.get(at), places.get(at)) {
            pieces.source = spans.len() as u32;
            let used = if scheme == LOOK_ALIKE && foreign(word) {
                look_alike::as_latin(&word.text).map(|latin| {
                    pieces.add(&latin, word.gap);
                    1
                })
            } else {
                None
            };
            let used = used.unwrap_or_else(|| {
                let alone = own.get(at).and_then(Option::as_ref);
                let read = |pieces: &mut Pieces| match alone {
                    Some(own) => romanise::add_at(words.get(at..=at).unwrap_or_default(), 0, scheme, own, pieces),
                    None => romanise::add_at(&words, at, scheme, &context, pieces),
                };
                match word.script {
                    Script::Latin => read(&mut pieces),
                    script if romanise::reads(scheme, script) => read(&mut pieces),
                    _ => usual.add(at, &mut pieces, read),
                }
            });
            at += used;
            let end = places.get(at - 1).map_or(place.end, |last| last.end);
            spans.push(Segment { end, ..*place });
        }
        let written = scheme == LOOK_ALIKE && !look_alike && !disguised;
        let origin = if written { Origin::Written } else { Origin::Romanised(scheme) };
        add_readings(&pieces, &spans, origin, out);
    }
}

fn is_closed(word: &Word) -> bool {
    matches!(word.script, Script::Han | Script::Hangul)
}

/// Adds the sequences that `pieces` can be read as, the plainest first.
fn add_readings(pieces: &Pieces, places: &[Segment], origin: Origin, out: &mut Passage) {
    if pieces.list.is_empty() {
        return;
    }
    let lexicon = &*LEXICON;
    let mut units = units(pieces, lexicon);
    mark_legal(&mut units, lexicon, Side::List);
    let words = plain_words(&units);
    let mut doubts = Doubts::default();
    let mut read = |reading: Reading, origin: Origin, doubts: &mut Doubts| {
        let before = out.tokens.len();
        let first = out.sequences.first().map(|first| &*first.tokens);
        let mut row = Row {
            placed: Vec::with_capacity(units.len()),
            tokens: &mut out.tokens,
            first,
            known: 0,
            next: 0,
            pieces,
            places,
            place: (0, 0),
            at: 0,
            truncated: &mut out.truncated,
        };
        assemble(&units, pieces, words, reading, &mut row, doubts);
        let tokens = row.placed;
        if out.tokens.len() == before {
            return;
        }
        if out.sequences.len() < MAX_FORMS {
            out.sequences.push(Sequence { tokens, origin });
        } else {
            out.tokens.truncate(before);
            out.truncated = true;
        }
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
        again(Reading { doubtful_numerals: true, ..Reading::default() }, origin);
    }
    if doubts.placed {
        again(Reading { words_for_placed: true, ..Reading::default() }, origin);
    }
}

/// Of the tokens of one run without spaces so many are compared; the others count as fresh.
const SAME_PLACE: usize = 64;

/// The tokens of a sequence with their places.
struct Row<'t> {
    placed: Vec<Placed>,
    /// Of all sequences.
    tokens: &'t mut Vec<Token>,
    /// The first sequence, when this is another one, and the place in it up to which everything begins earlier: both
    /// are in the order of the text, so one pass compares what begins at the same place.
    first: Option<&'t [Placed]>,
    known: usize,
    /// Where the next token stands in the first sequence when both go on alike.
    next: usize,
    pieces: &'t Pieces,
    places: &'t [Segment],
    place: (u32, u32),
    /// The piece at which the last token began.
    at: usize,
    truncated: &'t mut bool,
}

impl Sink for Row<'_> {
    fn at(&mut self, start: u32, end: u32) {
        let list = &self.pieces.list;
        while list.get(self.at).is_some_and(|piece| piece.end <= start) {
            self.at += 1;
        }
        let source = |at: usize| list.get(at).and_then(|piece| self.places.get(piece.source as usize));
        let mut last = self.at;
        while list.get(last).is_some_and(|piece| piece.end < end) {
            last += 1;
        }
        self.place = (
            source(self.at).map_or(self.place.1, |place| place.start),
            source(last).map_or(self.place.1, |place| place.end),
        );
    }

    fn add(&mut self, text: &str, class: TokenClass, variant: u32) {
        let kept = text.get(..MAX_TOKEN).unwrap_or(text);
        *self.truncated |= kept.len() < text.len();
        let (start, end) = self.place;
        if let Some(first) = self.first {
            while first.get(self.known).is_some_and(|known| known.start < start) {
                self.known += 1;
            }
            let tokens = &*self.tokens;
            let is_known = |known: &Placed| {
                known.start == start
                    && known.end == end
                    && tokens
                        .get(known.token as usize)
                        .is_some_and(|token| token.class == class && token.variant == variant && *token.text == *kept)
            };
            let alike = self.known..self.known + SAME_PLACE;
            let next = first.get(self.next).filter(|known| alike.contains(&self.next) && is_known(known));
            let found = next.map(|_| self.next).or_else(|| {
                let same_place = first.get(self.known..).unwrap_or_default().iter().take(SAME_PLACE);
                let same_place = same_place.take_while(|known| known.start == start);
                same_place.enumerate().find(|(_, known)| is_known(known)).map(|(at, _)| self.known + at)
            });
            if let Some(known) = found.and_then(|at| first.get(at)) {
                self.next = found.unwrap_or_default() + 1;
                self.placed.push(*known);
                return;
            }
            self.next = self.known + 1;
        }
        let token = self.tokens.len() as u32;
        self.tokens.push(Token { text: kept.into(), class, variant });
        self.placed.push(Placed { token, start, end, fresh: self.first.is_some() });
    }
}
