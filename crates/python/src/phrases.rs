//! Phrases of announcements: a book of them, and the places of a text where they stand.

use crate::errors;
use ::phrases::{Book, Classes, Hit, Table, Text};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySequence, PyString, PyTuple};
use std::borrow::Cow;
use std::collections::HashMap;

/// Tables of phrases and the searches that ask for one or several of them; immutable, shared by threads.
#[pyclass(frozen, module = "interdiction._core")]
pub struct PhraseBook {
    book: Book,
    /// The tables of each search, in its order.
    searches: Vec<Vec<usize>>,
    /// The searches that ask for each table, and its place in them.
    asked: Vec<Vec<(usize, usize)>>,
}

/// A place of a text where a phrase stands; asked as a match of `re` is.
#[pyclass(frozen, module = "interdiction._core")]
pub struct PhraseHit {
    text: Py<PyString>,
    start: usize,
    end: usize,
    number: Option<(usize, usize)>,
    /// The table of the phrase, by its place in the search.
    #[pyo3(get)]
    place: usize,
}

#[pymethods]
impl PhraseBook {
    /// `tables`: phrases, and whether case counts; `searches`: tables by their place. Raises `DataError` for a phrase
    /// that cannot be read, at `path`.
    #[new]
    fn new(
        py: Python<'_>,
        tables: Vec<(Vec<String>, bool)>,
        searches: Vec<Vec<usize>>,
        classes: HashMap<String, Vec<String>>,
        path: &str,
    ) -> PyResult<Self> {
        let tables: Vec<Table> = tables.into_iter().map(|(phrases, exact)| Table { phrases, exact }).collect();
        let classes: Classes = classes.into_iter().collect();
        let book = py.detach(|| Book::read(&tables, &classes)).map_err(|fault| errors::phrase(py, &fault, path))?;
        let mut asked = vec![Vec::new(); book.tables()];
        for (search, tables) in searches.iter().enumerate() {
            for (place, table) in tables.iter().enumerate() {
                let known = asked.get_mut(*table).ok_or_else(|| PyIndexError::new_err("no such table"))?;
                known.push((search, place));
            }
        }
        Ok(Self { book, searches, asked })
    }

    /// Every place of a text where a phrase stands, for each search that has one, by start and the search's order.
    fn hits<'py>(&self, py: Python<'py>, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyDict>> {
        let said = characters(text)?;
        let hits = py.detach(|| self.book.hits(&Text::new(&said)));
        let mut found: HashMap<usize, Vec<(usize, usize, Hit)>> = HashMap::new();
        for hit in hits {
            for (search, place) in &self.asked[hit.table] {
                found.entry(*search).or_default().push((hit.start, *place, hit));
            }
        }
        let told = PyDict::new(py);
        for (search, mut hits) in found {
            hits.sort_unstable_by_key(|(start, place, _)| (*start, *place));
            let hits: Vec<_> = hits.into_iter().map(|(_, place, hit)| PhraseHit::new(text, hit, place, 0)).collect();
            told.set_item(search, PyTuple::new(py, hits)?)?;
        }
        Ok(told)
    }

    /// The places of one search between `low` and `high` of a text, as if the text ended there.
    fn between<'py>(
        &self,
        py: Python<'py>,
        search: usize,
        text: &Bound<'py, PyString>,
        low: usize,
        high: usize,
    ) -> PyResult<Bound<'py, PyList>> {
        // The character in front tells whether a word begins at `low`.
        let from = low.saturating_sub(1);
        let part = text.cast::<PySequence>()?.get_slice(from, high.min(text.len()?))?.cast_into::<PyString>()?;
        let said = characters(&part)?;
        let tables = self.tables(search)?;
        let hits = py.detach(|| self.book.hits_of(tables, &Text::new(&said)));
        let place = |hit: &Hit| tables.iter().position(|one| *one == hit.table).unwrap_or_default();
        let hits = hits.into_iter().filter(|hit| hit.start + from >= low);
        PyList::new(py, hits.map(|hit| PhraseHit::new(text, hit, place(&hit), from)))
    }

    /// The phrase of one search that a whole text is.
    fn whole<'py>(&self, py: Python<'py>, search: usize, text: &Bound<'py, PyString>) -> PyResult<Option<PhraseHit>> {
        let said = characters(text)?;
        let tables = self.tables(search)?;
        let hit = py.detach(|| self.book.whole(tables, &Text::new(&said)));
        let place = |hit: &Hit| tables.iter().position(|one| *one == hit.table).unwrap_or_default();
        Ok(hit.map(|hit| PhraseHit::new(text, hit, place(&hit), 0)))
    }
}

impl PhraseBook {
    fn tables(&self, search: usize) -> PyResult<&[usize]> {
        self.searches.get(search).map(Vec::as_slice).ok_or_else(|| PyIndexError::new_err("no such search"))
    }
}

#[pymethods]
impl PhraseHit {
    /// The place of its first character.
    fn start(&self) -> usize {
        self.start
    }

    /// The place behind its last character.
    fn end(&self) -> usize {
        self.end
    }

    /// Both places.
    fn span(&self) -> (usize, usize) {
        (self.start, self.end)
    }

    /// Its words: of group 0, the only one.
    fn __getitem__<'py>(&self, py: Python<'py>, group: usize) -> PyResult<Bound<'py, PyString>> {
        if group != 0 {
            return Err(PyIndexError::new_err("no such group"));
        }
        slice(self.text.bind(py), self.start, self.end)
    }

    /// The number that stands for `#`.
    #[getter]
    fn number<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyString>>> {
        self.number.map(|(low, high)| slice(self.text.bind(py), low, high)).transpose()
    }
}

impl PhraseHit {
    fn new(text: &Bound<'_, PyString>, hit: Hit, place: usize, from: usize) -> Self {
        Self {
            text: text.clone().unbind(),
            start: hit.start + from,
            end: hit.end + from,
            number: hit.number.map(|(low, high)| (low + from, high + from)),
            place,
        }
    }
}

fn slice<'py>(text: &Bound<'py, PyString>, low: usize, high: usize) -> PyResult<Bound<'py, PyString>> {
    Ok(text.cast::<PySequence>()?.get_slice(low, high)?.cast_into::<PyString>()?)
}

/// The characters of a text, as many as Python counts: half of a pair, which Rust does not know, is an unknown one.
fn characters<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    if let Ok(said) = text.to_str() {
        return Ok(Cow::Borrowed(said));
    }
    let raw: Vec<u8> = text.call_method1("encode", ("utf-32-le", "surrogatepass"))?.extract()?;
    let letters = raw.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    Ok(Cow::Owned(letters.map(|one| char::from_u32(one).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()))
}
