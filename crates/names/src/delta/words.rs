//! What each word of the customers can do in this delta, worked out once for each word and remembered.

use super::by_form::{self, ByForm};
use super::filter::Filter;
use super::fragments::{Parts, Side};
use super::seams::{add, meet, pairs, Seams, Span};
use super::summary::{flag, Summary, NOTHING, UNKNOWN};
use crate::index::Index;
use crate::normalise::alone::{self, Family, Ties};
use crate::normalise::{Token, TokenClass, MAX_TOKEN};
use crate::retrieve::{initial_token, Memo, Score};
use crate::similarity::{letters, View};
use rustc_hash::FxHashMap;

/// What one piece can do.
#[derive(Debug, Clone, Copy)]
struct Piece {
    gain: u32,
    weight: u32,
    lightest: u32,
    letters: Span,
    parts: Parts,
    ties: Ties,
    firsts: u32,
    /// Every token it may be has its text.
    plain: bool,
    /// Where its gains with each form are, and what it gains with any form.
    by_form: Option<u32>,
    anywhere: u32,
}

impl Piece {
    /// Whether this piece and one behind it may be one listed word, with as many letters between them.
    fn may_join(&self, behind: &Self, between: Span) -> bool {
        let letters = self.letters.and(between).and(behind.letters);
        meet(self.parts.begins_word, behind.parts.ends_word, letters)
    }
}

/// The words met so far, emptied when full and for another delta.
#[derive(Default)]
pub(super) struct Words {
    instance: u64,
    tau: Score,
    /// Words of at most [`SHORT`] bytes with their length in the last byte; longer ones.
    short: FxHashMap<u128, Summary>,
    long: FxHashMap<Box<str>, Summary>,
    pieces: FxHashMap<Box<str>, Option<Piece>>,
    seams: Vec<Seams>,
    by_form: ByForm,
    memo: Memo,
    tokens: Vec<Token>,
}

const SHORT: usize = 15;
/// The most words, and the most pieces, that are remembered.
const MOST: usize = 1 << 17;

impl Words {
    /// To be called before each name.
    pub(super) fn begin(&mut self, small: &Index, tau: Score) {
        let full = self.short.len() + self.long.len() > MOST || self.pieces.len() > MOST;
        if full || self.instance != small.instance() || self.tau != tau {
            self.short.clear();
            self.long.clear();
            self.pieces.clear();
            self.seams.clear();
            self.by_form.begin(small.forms());
            self.tau = tau;
            self.instance = small.instance();
        }
    }

    /// What `word`, which holds no space, can do.
    pub(super) fn summary(&mut self, word: &str, filter: &Filter, small: &Index) -> Summary {
        let bytes = word.as_bytes();
        if bytes.len() <= SHORT {
            let mut key = [0; SHORT + 1];
            key[..bytes.len()].copy_from_slice(bytes);
            key[SHORT] = bytes.len() as u8;
            let key = u128::from_le_bytes(key);
            if let Some(known) = self.short.get(&key) {
                return *known;
            }
            let summary = self.work_out(word, filter, small);
            self.short.insert(key, summary);
            return summary;
        }
        if let Some(known) = self.long.get(word) {
            return *known;
        }
        let summary = self.work_out(word, filter, small);
        // What is longer than any name's word would fill the memory with few.
        if bytes.len() <= 2 * MAX_TOKEN {
            self.long.insert(word.into(), summary);
        }
        summary
    }

    /// Whether a name of these words may reach a form of the delta, each read as suits that form best.
    pub(super) fn may_reach(&mut self, words: &[Summary], small: &Index) -> bool {
        let (tables, tau) = (small.tables(), self.tau);
        // A word that gains and is not remembered may do anything.
        let each = words.iter().filter(|word| word.flags & flag::EMPTY == 0).map(|word| match word.gain {
            0 => Err(word.excess),
            _ => Ok(word.by_form.unwrap_or(u32::MAX)),
        });
        self.by_form.may_reach(each, |form| by_form::asked(tables.form_weight(form), tau))
    }

    /// Whether two words may be read as one listed word.
    pub(super) fn are_listed(&mut self, left: Summary, right: Summary, small: &Index) -> bool {
        let (Some(left), Some(right)) = (seams_of(&self.seams, left), seams_of(&self.seams, right)) else {
            return false;
        };
        for (begin, end) in pairs(left, right) {
            if meet(begin.side, end.side, begin.letters.and(end.letters)) {
                let (Some(one), Some(other)) = (&begin.text, &end.text) else {
                    return true;
                };
                if is_listed(&mut self.memo, &[one, other], small) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether two words with one between them, which may be a stop word, may be read as one listed word.
    pub(super) fn may_join_over(&self, left: Summary, between: Summary, right: Summary) -> bool {
        let (Some(left), Some(right)) = (seams_of(&self.seams, left), seams_of(&self.seams, right)) else {
            return false;
        };
        pairs(left, right)
            .any(|(begin, end)| meet(begin.side, end.side, begin.letters.and(between.letters).and(end.letters)))
    }

    /// Whether a name of at least two words may be a listed whole; `letters` are those of the name.
    pub(super) fn may_be_whole(&self, first: Summary, last: Summary, letters: Span) -> bool {
        let (Some(first), Some(last)) = (seams_of(&self.seams, first), seams_of(&self.seams, last)) else {
            return false;
        };
        meet(first.begins_whole, last.ends_whole, letters)
    }

    /// The same of one word, which may be one piece: near a whole without being equal to a part of it.
    pub(super) fn alone_may_be_whole(&self, word: Summary) -> bool {
        let Some(seams) = seams_of(&self.seams, word) else { return false };
        let near = Side { equal: seams.ends_whole.near, ..seams.ends_whole };
        meet(seams.begins_whole, near, word.letters)
    }

    fn work_out(&mut self, word: &str, filter: &Filter, small: &Index) -> Summary {
        let mut all: Option<(Summary, Seams)> = None;
        let mut known: Vec<Piece> = Vec::new();
        let mut excess = i64::MIN;
        self.by_form.word();
        let family = alone::readings(word, |texts| {
            known.clear();
            known.extend(texts.iter().map_while(|text| self.piece(text, filter, small)));
            let one = self.reading(texts, &known, small);
            excess = excess.max(by_form::excess(one.0.gain, one.0.weight, self.tau));
            let pieces = known.iter().map(|piece| (piece.by_form, piece.anywhere));
            self.by_form.reading(pieces, one.0.weight, self.tau);
            all = Some(match all.take() {
                Some((summary, seams)) => (summary.or(one.0), seams.or(one.1)),
                None => one,
            });
        });
        let (Some(family), Some((all, seams))) = (family, all) else {
            return UNKNOWN;
        };
        let mut place = None;
        if seams.lead_anywhere() {
            place = Some(self.seams.len() as u32);
            self.seams.push(seams);
        }
        // Only Latin letters are read as Wade and Giles wrote.
        let syllables = if family == Family::Latin { 0 } else { flag::SYLLABLES };
        let by_form = if all.gain > 0 { self.by_form.close() } else { None };
        Summary { family: family as u8, seams: place, flags: all.flags & !syllables, excess, by_form, ..all }
    }

    /// One way of reading a word.
    fn reading(&mut self, texts: &[&str], pieces: &[Piece], small: &Index) -> (Summary, Seams) {
        let unknown = (UNKNOWN, Seams::default());
        if pieces.len() < texts.len() {
            return unknown;
        }
        let (Some(first), Some(last), Ok(count)) = (pieces.first(), pieces.last(), u8::try_from(pieces.len())) else {
            return if pieces.is_empty() { (NOTHING, Seams::default()) } else { unknown };
        };
        for (at, pair) in pieces.windows(2).enumerate() {
            let tied = pair[0].ties.letter && pair[1].ties.letter || pair[0].ties.opens && pair[1].ties.continues;
            let behind = pieces.get(at + 2).filter(|_| pair[1].ties.stop);
            // Only a run of two is looked up: a stop word between two others is rare inside a word.
            let three = behind.is_some_and(|behind| pair[0].may_join(behind, pair[1].letters));
            let two = pair[0].may_join(&pair[1], Span::default())
                && (!(pair[0].plain && pair[1].plain) || is_listed(&mut self.memo, &texts[at..at + 2], small));
            if tied || three || two {
                return unknown;
            }
        }
        let mut seams = Seams {
            begins: Vec::new(),
            ends: Vec::new(),
            begins_whole: first.parts.begins_whole,
            ends_whole: last.parts.ends_whole,
        };
        let (front, back) = (texts.first().copied().unwrap_or_default(), texts.last().copied().unwrap_or_default());
        add(&mut seams.begins, last.parts.begins_word, last.letters, last.plain.then_some(back));
        add(&mut seams.ends, first.parts.ends_word, first.letters, first.plain.then_some(front));
        // What stands beside a stop word may be read as one with what stands behind it.
        if let (true, Some(second)) = (first.ties.stop, pieces.get(1)) {
            add(&mut seams.ends, second.parts.ends_word, first.letters.and(second.letters), None);
        }
        if let (true, Some(before)) = (last.ties.stop, pieces.iter().rev().nth(1)) {
            add(&mut seams.begins, before.parts.begins_word, last.letters.and(before.letters), None);
        }
        let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
        let summary = Summary {
            gain: pieces.iter().map(|piece| piece.gain).fold(0, u32::saturating_add),
            weight: pieces.iter().map(|piece| piece.weight).fold(0, u32::saturating_add),
            lightest: pieces.iter().map(|piece| piece.lightest).min().unwrap_or(u32::MAX),
            letters: pieces.iter().map(|piece| piece.letters).fold(Span::default(), Span::and),
            flags: bit(first.ties.letter, flag::FIRST_LETTER)
                | bit(last.ties.letter, flag::LAST_LETTER)
                | bit(pieces.len() == 1 && first.ties.stop, flag::STOP)
                | bit(last.ties.opens, flag::OPENS)
                | bit(first.ties.continues, flag::CONTINUES)
                | bit(pieces.iter().all(|piece| piece.ties.syllable), flag::SYLLABLES),
            firsts: pieces.iter().fold(0, |set, piece| set | piece.firsts),
            pieces: count,
            family: 0,
            seams: None,
            excess: 0,
            by_form: None,
        };
        (summary, seams)
    }

    fn piece(&mut self, text: &str, filter: &Filter, small: &Index) -> Option<Piece> {
        if let Some(known) = self.pieces.get(text) {
            return *known;
        }
        let piece = self.new_piece(text, filter, small);
        if text.len() <= MAX_TOKEN {
            self.pieces.insert(text.into(), piece);
        }
        piece
    }

    /// Adds up over every token the piece may be; `None` when it may be cut.
    fn new_piece(&mut self, text: &str, filter: &Filter, small: &Index) -> Option<Piece> {
        let (tables, weights) = (small.tables(), small.weights());
        self.memo.begin(self.instance);
        let ties = alone::possible(text, &mut self.tokens)?;
        let mut all: Option<(Span, Parts)> = None;
        let mut piece = Piece {
            gain: 0,
            weight: u32::MAX,
            lightest: u32::MAX,
            letters: Span::default(),
            parts: Parts::default(),
            ties,
            firsts: self
                .tokens
                .iter()
                .fold(0, |set, token| set | letters(&token.text.as_bytes()[..1.min(token.text.len())])),
            by_form: None,
            anywhere: 0,
            plain: self.tokens.iter().all(|token| *token.text == *text),
        };
        let mut gains = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let stands_for = filter.acronyms.stands_for(token);
            let kin = token.class != TokenClass::Word || stands_for.is_some() || filter.kin.may_know(&View::of(token));
            // The least a word weighs will do for one that adds nothing: most names have no other.
            let known = kin.then(|| self.memo.measure(token, small));
            let weight = known.map_or(u32::from(weights.word_floor), |known| self.memo.weight(known));
            piece.weight = piece.weight.min(weight);
            let mut meets = |entry: u32, sim: u16, least: u32| {
                let gain = u32::from(sim) * least;
                piece.gain = piece.gain.max(gain);
                gains.extend(tables.postings_of(entry).iter().map(|form| (*form, gain)));
                let forms = tables.postings_of(entry).iter().map(|form| tables.form_weight(*form));
                piece.lightest = forms.fold(piece.lightest, u32::min);
            };
            let range = known.map_or(0..0, |known| self.memo.of_token(known, &tables, weights));
            for neighbour in self.memo.get(&range) {
                // A join weighs what its tokens weigh in the form; ours is the bound that holds for all.
                let single = (neighbour.entry < small.tokens()).then(|| tables.weight_of(neighbour.entry));
                meets(neighbour.entry, neighbour.sim, single.map_or(weight, |theirs| theirs.min(weight)));
            }
            if token.class == TokenClass::Word {
                let letter = token.text.as_bytes().first().copied().unwrap_or(0);
                for id in initial_token(letter, &tables) {
                    meets(id, weights.initial, tables.weight_of(id));
                }
            }
            if let Some(lightest) = stands_for {
                piece.anywhere = piece.anywhere.max(u32::from(weights.acronym) * weight);
                piece.gain = piece.gain.max(piece.anywhere);
                piece.lightest = piece.lightest.min(lightest);
            }
            if !self.tokens[..at].iter().any(|earlier| earlier.text == token.text) {
                let letters = token.text.len() as u16;
                let one = (Span { least: letters, most: letters }, filter.fragments.parts(token.text.as_bytes()));
                all = Some(all.map_or(one, |so_far| (so_far.0.or(one.0), so_far.1.or(one.1))));
            }
        }
        (piece.letters, piece.parts) = all?;
        piece.by_form = self.by_form.piece(gains);
        Some(piece)
    }
}

fn seams_of(seams: &[Seams], word: Summary) -> Option<&Seams> {
    word.seams.and_then(|at| seams.get(at as usize))
}

/// Whether texts run together are a listed word, or one edit from one.
fn is_listed(memo: &mut Memo, texts: &[&str], small: &Index) -> bool {
    !memo.of_run(texts.concat().as_bytes(), &small.tables(), small.weights()).is_empty()
}
