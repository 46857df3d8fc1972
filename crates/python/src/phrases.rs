//! Phrases of announcements: a book of them, and the places of a text where they stand.

use crate::errors;
use ::phrases::{Book, Classes, Hit, Table, Text};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PySlice, PyString, PyTuple};
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

/// What stands in one text, for all searches.
#[pyclass(frozen, module = "interdiction._core")]
pub struct PhraseHits {
    text: Py<PyString>,
    /// Search, place of the table in it, and the place in the text; sorted.
    found: Vec<(usize, usize, Hit)>,
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

    /// Every place of a text where a phrase stands, to be asked by search.
    fn hits(&self, py: Python<'_>, text: &Bound<'_, PyString>) -> PyResult<PhraseHits> {
        let said = characters(text)?;
        let found = py.detach(|| {
            let hits = self.book.hits(&Text::new(&said));
            let asked = |hit: Hit| self.asked[hit.table].iter().map(move |(search, place)| (*search, *place, hit));
            let mut found: Vec<_> = hits.into_iter().flat_map(asked).collect();
            found.sort_unstable_by_key(|(search, place, hit)| (*search, hit.start, *place));
            found
        });
        Ok(PhraseHits { text: text.clone().unbind(), found })
    }

    /// The places of one search between `low` and `high` of a text, as if the text ended there.
    fn between<'py>(
        &self,
        py: Python<'py>,
        search: usize,
        text: &Bound<'py, PyString>,
        low: isize,
        high: isize,
    ) -> PyResult<Bound<'py, PyList>> {
        let (low, high) = (from_start(low), from_start(high));
        // The character in front tells whether a word begins at `low`.
        let from = low.saturating_sub(1);
        let part = slice(text, from, high.min(text.len()?))?;
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
impl PhraseHits {
    /// The places of one search, by their start and the order of its tables; those of one table may overlap.
    fn of<'py>(&self, py: Python<'py>, search: usize) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.range(search).iter().map(|one| self.told(py, one)).collect::<Vec<_>>())
    }

    /// The first place of one search that does not begin before `low`.
    fn first(&self, py: Python<'_>, search: usize, low: isize) -> Option<PhraseHit> {
        let low = from_start(low);
        self.range(search).iter().find(|(_, _, hit)| hit.start >= low).map(|one| self.told(py, one))
    }

    /// The place of one search that begins at `start`.
    fn at(&self, py: Python<'_>, search: usize, start: isize) -> Option<PhraseHit> {
        let start = from_start(start);
        self.range(search).iter().find(|(_, _, hit)| hit.start == start).map(|one| self.told(py, one))
    }
}

impl PhraseHits {
    fn range(&self, search: usize) -> &[(usize, usize, Hit)] {
        let low = self.found.partition_point(|one| one.0 < search);
        let length = self.found[low..].partition_point(|one| one.0 == search);
        &self.found[low..low + length]
    }

    fn told(&self, py: Python<'_>, (_, place, hit): &(usize, usize, Hit)) -> PhraseHit {
        PhraseHit::new(self.text.bind(py), *hit, *place, 0)
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

/// A place in front of the text is its start, as `re` has it.
fn from_start(place: isize) -> usize {
    usize::try_from(place).unwrap_or_default()
}

fn slice<'py>(text: &Bound<'py, PyString>, low: usize, high: usize) -> PyResult<Bound<'py, PyString>> {
    let places = PySlice::new(text.py(), low as isize, high as isize, 1);
    Ok(text.get_item(places)?.cast_into::<PyString>()?)
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
