//! Which listed names stand inside this text, and where? All that score at least τ, exactly, and no others.
//!
//! A window is a run of adjacent tokens of one reading of the text; it is scored as a name would be. [`generators`]
//! holds, for each listed form, the tokens of which every window that reaches τ must touch one; [`known`] remembers
//! what is similar to a token of a text; [`block`] finds the forms that some stretch of the text may hold, [`likes`] what
//! in it is like their tokens; [`windows`] scores the windows of these, [`wholes`] knows those that are a whole name;
//! [`choose`] keeps the best of those that overlap. `docs/engine.md` has the definition
//! and the proof, `tests/text` compares with all windows against all forms.

mod block;
mod choose;
mod generators;
mod known;
mod likes;
mod sieves;
mod wholes;
mod windows;

use crate::index::Index;
use crate::normalise::{Passage, MAX_TOKENS};
use crate::retrieve::{Score, Work, SCORE_ONE};
use block::{Around, Block};
use choose::Found;
use generators::Generators;
use known::Known;
use sieves::Sieves;
use windows::{Parts, Place, Windows};

/// The most tokens of a window, as of a form.
pub const MAX_WINDOW: usize = MAX_TOKENS;
/// The most tokens of a window that counts when it is, run together, the whole of a form.
const MAX_WHOLE: usize = 4;
/// Tokens of the first reading in which the windows of one block begin.
const STRIDE: usize = 96;
/// What scoring one window costs, in postings.
const SCORING: u64 = 64;

/// One listed name inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Inside {
    /// The name.
    pub name: u32,
    /// The party that bears it.
    pub party: u32,
    /// The score of the window, at most [`SCORE_ONE`].
    pub score: Score,
    /// The first byte of the window in the text.
    pub start: u32,
    /// The byte behind its last one.
    pub end: u32,
}

/// How names of one index are found inside texts at one threshold; made in a few milliseconds, then only read.
pub struct TextIndex {
    tau: Score,
    instance: u64,
    generators: Generators,
    sieves: Sieves,
}

/// What one thread keeps between texts: buffers, and a bounded memory of tokens already resolved.
#[derive(Default)]
pub struct TextScratch {
    known: Known,
    block: Block,
    windows: Windows,
    found: Vec<Found>,
    /// The tokens of the text, as the memory numbers them.
    numbers: Vec<u32>,
    /// Those of each sequence.
    rows: Vec<Vec<u32>>,
}

impl TextIndex {
    /// For this index and this threshold, which is at least 1 and at most [`SCORE_ONE`].
    pub fn of(index: &Index, tau: Score) -> Self {
        let tau = tau.clamp(1, SCORE_ONE);
        Self { tau, instance: index.instance(), generators: Generators::of(index, tau), sieves: Sieves::of(index) }
    }

    /// The threshold.
    pub const fn tau(&self) -> Score {
        self.tau
    }

    /// Every listed name in the text with its windows, none of which overlap: the best first, ordered by name, then
    /// by place. `index` is the one this was made of; with another one nothing is found, and the answer says so.
    pub fn find(&self, index: &Index, text: &Passage, scratch: &mut TextScratch, out: &mut Vec<Inside>) -> Work {
        out.clear();
        let mut work = Work { truncated: text.truncated, ..Work::default() };
        if index.instance() != self.instance {
            work.truncated = true;
            return work;
        }
        let tables = index.tables();
        let TextScratch { known, block, windows, found, numbers, rows } = scratch;
        found.clear();
        known.begin(index, self.tau);
        let (generators, sieves) = (&self.generators, &self.sieves);
        let around = Around { index, tables: &tables, generators, sieves, tau: self.tau };
        numbers.clear();
        numbers.extend(text.tokens.iter().map(|token| known.number(token, &around)));
        rows.resize_with(rows.len().max(text.sequences.len()), Vec::new);
        for (row, sequence) in rows.iter_mut().zip(&text.sequences) {
            row.clear();
            row.extend(sequence.tokens.iter().map(|placed| numbers[placed.token as usize]));
        }
        let Some(first) = text.sequences.first() else {
            return work;
        };
        let cap = u64::from(index.weights().work_cap);
        'blocks: for from in (0..first.tokens.len()).step_by(STRIDE) {
            let start = first.tokens.get(from).filter(|_| from > 0).map_or(0, |placed| placed.start);
            let end = first.tokens.get(from + STRIDE).map_or(u32::MAX, |placed| placed.start);
            if start == end {
                continue;
            }
            block.begin(index, start, end, &text.sequences, rows);
            block.touch(&around, known, &text.sequences, rows, &mut work);
            let (likes, joined) = (&block.likes, &block.joined);
            let place = Place { index, tables: &tables, sieves, tau: self.tau, known, likes, joined };
            block.wholes(&place, &text.sequences, rows, found);
            let parts = Parts { sequences: &text.sequences, rows, stretches: &block.stretches };
            windows.begin(&parts, known, block.speaking.iter().fold(0, |all, one| all | one));
            for (form, speaking) in block.forms.iter().zip(&block.speaking) {
                windows.score(&place, *form, *speaking, &parts, &mut work, found);
                if work.postings + SCORING * work.scored > cap {
                    work.truncated = true;
                    break 'blocks;
                }
            }
        }
        choose::choose(found, &tables, out);
        work
    }
}
