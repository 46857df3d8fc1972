//! Listed names inside free texts: a table of texts in, every name with its place out.

use crate::batch::{batches, Batch};
use crate::columns::Texts;
use crate::compare::{arrow, share};
use crate::errors::Refusal;
use crate::index::Index;
use crate::output::{self, Window};
use names::index;
use names::normalise::read_passage;
use names::retrieve::{score_of, SCORE_ONE};
use names::text::{self, Inside, TextScratch};
use names::threads::in_order;
use pyo3::prelude::*;
use std::sync::Arc;

/// Texts a thread takes at a time.
const MORSEL: usize = 64;

/// What finds the names of one index inside texts, at one threshold: immutable, shared by threads.
#[pyclass(frozen, module = "interdiction._core")]
pub struct TextIndex {
    index: Arc<index::Index>,
    inner: text::TextIndex,
}

/// Prepares an index for finding its names inside texts: a few milliseconds, then it is only read.
///
/// Raises `UsageError` for a threshold that is not between 0 and 1.
#[pyfunction]
pub fn text_index(py: Python<'_>, index: &Index, threshold: f64) -> PyResult<TextIndex> {
    let tau = score_of(share(py, threshold, "threshold")?);
    let index = index.shared();
    let inner = py.detach(|| text::TextIndex::of(&index, tau));
    Ok(TextIndex { index, inner })
}

/// What one text holds, and whether a limit cut the answer.
type Answer = (Vec<Window>, bool);

#[pymethods]
impl TextIndex {
    /// Every listed name in the column `text`, as columns query, name, party, score, start, end; ordered by query,
    /// name, start. Places count characters (code points). Raises `UsageError` for a table without texts.
    #[pyo3(signature = (texts, *, threads=0))]
    fn find(&self, py: Python<'_>, texts: &Bound<'_, PyAny>, threads: usize) -> PyResult<Batch> {
        let tables = batches(py, texts, "texts")?;
        let made = py.detach(|| -> Result<_, Refusal> {
            let columns = tables.iter().map(|table| Texts::of(table, "text")).collect::<Result<Vec<_>, _>>()?;
            if columns.iter().any(Texts::absent) {
                let message = "a table without texts".to_owned();
                return Err(Refusal { message, at: "texts".to_owned(), mend: "give it a column `text`" });
            }
            let rows = tables.iter().zip(&columns);
            let texts: Vec<&str> = rows
                .flat_map(|(table, column)| (0..table.num_rows()).map(|row| column.row(row).next().unwrap_or_default()))
                .collect();
            Ok(self.answers(&texts, threads))
        });
        let answers = made.map_err(|refusal| refusal.raise(py))?;
        let truncated = (0u32..).zip(&answers).filter(|(_, (_, cut))| *cut).map(|(row, _)| row).collect();
        let windows: Vec<Window> = answers.into_iter().flat_map(|(windows, _)| windows).collect();
        Ok(Batch::with(arrow(py, output::windows(&windows))?, arrow(py, output::problems(&[]))?, truncated))
    }
}

impl TextIndex {
    /// One answer for each text, in order, whatever the number of threads (0 for one a core).
    fn answers(&self, texts: &[&str], threads: usize) -> Vec<Answer> {
        let morsels: Vec<&[&str]> = texts.chunks(MORSEL).collect();
        let parts = in_order(&morsels, threads, TextScratch::default, |scratch, at, morsel| -> Vec<Answer> {
            (at * MORSEL..).zip(*morsel).map(|(row, text)| self.answer(row as u32, text, scratch)).collect()
        });
        parts.into_iter().flatten().collect()
    }

    fn answer(&self, query: u32, text: &str, scratch: &mut TextScratch) -> Answer {
        let mut found: Vec<Inside> = Vec::new();
        let work = self.inner.find(&self.index, &read_passage(text), scratch, &mut found);
        // Characters before a byte: the text is walked once, and only where it holds a name.
        let begins: Vec<u32> = if found.is_empty() || text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at as u32).collect()
        };
        let characters = |byte: u32| {
            if begins.is_empty() {
                byte
            } else {
                begins.partition_point(|begin| *begin < byte) as u32
            }
        };
        let window = |one: &Inside| Window {
            query,
            name: one.name,
            party: one.party,
            score: f64::from(one.score) / f64::from(SCORE_ONE),
            start: characters(one.start),
            end: characters(one.end),
        };
        (found.iter().map(window).collect(), work.truncated)
    }
}
