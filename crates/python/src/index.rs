//! The index as Python sees it: built from a table of parties, opened, asked.

use crate::batch::{batches, stream, Batch};
use crate::compare::{arrow, share};
use crate::desks::Desks;
use crate::errors::{self, usage, Refusal};
use crate::output;
use crate::parties::Parties;
use crate::screen::{Asked, Progress, Screening};
use crate::thresholds::{thresholds, ThresholdRow};
use crate::{columns, retrieval, weights};
use arrow_array::{Array, RecordBatch};
use names::index::{self, ListedParty};
use names::judge::book::{judge_book, Query, Terms, Wanted};
use names::retrieve::score_of;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// What a build made.
#[pyclass(frozen, get_all, module = "interdiction._core")]
pub struct BuildReport {
    /// Parties.
    parties: u32,
    /// Names.
    names: u32,
    /// Ways of reading them.
    forms: u32,
    /// Distinct tokens.
    tokens: u32,
    /// Size of the file.
    bytes: u64,
    /// Names without a letter or digit, by id: no query finds them.
    unreadable: Vec<u32>,
    /// Names of which a limit cut something, by id.
    cut: Vec<u32>,
    /// Cells that could not be read, as columns row, column, text.
    problems: Py<Batch>,
}

/// Writes the index of a table of parties to `path`: temporary file, synced, renamed.
///
/// `build_id` is 64 hexadecimal digits that tell this build from others. The retrieval section of the
/// weights is frozen in the file. Raises `UsageError`, `DataError`, `IndexFileError`.
#[pyfunction]
// Python hands over an owned path.
#[allow(clippy::needless_pass_by_value)]
pub fn build(
    py: Python<'_>,
    parties: &Bound<'_, PyAny>,
    path: PathBuf,
    weights_json: &[u8],
    build_id: &str,
) -> PyResult<BuildReport> {
    let build_id = digest(build_id)
        .ok_or_else(|| usage(py, "not 64 hexadecimal digits", "build_id", "pass a SHA-256 in hexadecimal"))?;
    let weights = weights::read(py, weights_json)?;
    let parties = batches(py, parties, "parties")?;
    let read = py.detach(|| Parties::read(&parties, "parties")).map_err(|refusal| refusal.raise(py))?;
    let made = py.detach(|| {
        let rows = read.rows.iter();
        let listed = rows.map(|row| ListedParty { key: row.key, names: &row.names, facts: &row.facts });
        index::build(listed, &weights.retrieval, &path, &build_id)
    });
    let report = made.map_err(|fault| errors::index(py, &fault, &path.to_string_lossy()))?;
    let problems = Batch::from(arrow(py, output::problems(&read.problems))?);
    Ok(BuildReport {
        parties: report.parties,
        names: report.names,
        forms: report.forms,
        tokens: report.tokens,
        bytes: report.bytes,
        unreadable: report.unreadable,
        cut: report.cut,
        problems: Py::new(py, problems)?,
    })
}

/// Opens an index, checks all of it and maps it read-only. Raises `IndexFileError`.
#[pyfunction]
#[allow(clippy::needless_pass_by_value)]
pub fn open(py: Python<'_>, path: PathBuf) -> PyResult<Index> {
    let opened = py.detach(|| index::Index::open(&path));
    let inner = opened.map_err(|fault| errors::index(py, &fault, &path.to_string_lossy()))?;
    Ok(Index { inner: Arc::new(inner), desks: Arc::default() })
}

/// An opened index: immutable, shared by threads.
#[pyclass(frozen, module = "interdiction._core")]
pub struct Index {
    inner: Arc<index::Index>,
    desks: Arc<Desks>,
}

impl Index {
    /// The index itself, for what is made of it.
    pub fn shared(&self) -> Arc<index::Index> {
        Arc::clone(&self.inner)
    }
}

#[pymethods]
impl Index {
    /// How many parties.
    #[getter]
    fn parties(&self) -> u32 {
        self.inner.parties()
    }

    /// How many names.
    #[getter]
    fn names(&self) -> u32 {
        self.inner.names()
    }

    /// Size of the file in bytes.
    #[getter]
    fn bytes(&self) -> usize {
        self.inner.bytes()
    }

    /// What the builder was given to tell this build from others, in hexadecimal.
    #[getter]
    fn build_id(&self) -> String {
        use std::fmt::Write;
        self.inner.build_id().iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The listed name of an id as (text, party), `None` when there is none.
    fn name(&self, ordinal: u32) -> Option<(String, u32)> {
        self.inner.name(ordinal).map(|name| (name.text.to_owned(), name.party))
    }

    /// The key of a party, `None` when there is none.
    fn key(&self, party: u32) -> Option<String> {
        self.inner.party(party).map(|party| party.key.to_owned())
    }

    /// The keys of all parties, in order.
    fn keys(&self) -> Vec<String> {
        let index = &self.inner;
        (0..index.parties()).filter_map(|at| index.party(at)).map(|party| party.key.to_owned()).collect()
    }

    fn __repr__(&self) -> String {
        format!("Index({} parties, {} names)", self.inner.parties(), self.inner.names())
    }

    /// Every listed name that scores at least `threshold` against a name of a row, and every party with
    /// an equal identifier, as columns query, name, party, score; ordered by query, party, name.
    #[pyo3(signature = (queries, *, threshold=0.4, threads=0))]
    fn retrieve(&self, py: Python<'_>, queries: &Bound<'_, PyAny>, threshold: f64, threads: usize) -> PyResult<Batch> {
        let tau = score_of(share(py, threshold, "threshold")?);
        let queries = batches(py, queries, "queries")?;
        let made = py.detach(|| -> Result<_, Refusal> {
            let parties = Parties::read(&queries, "queries")?;
            let found = retrieval::retrieve(&*self.inner, &parties, tau, threads);
            Ok((output::candidates(&found.candidates), output::problems(&parties.problems), found.truncated))
        });
        let (candidates, problems, truncated) = made.map_err(|refusal| refusal.raise(py))?;
        Ok(Batch::with(arrow(py, candidates)?, arrow(py, problems)?, truncated))
    }

    /// Retrieves and judges a table or a stream of any length in one pass, hits out as `judge` gives them.
    #[pyo3(signature = (
        queries, weights_json, *, retrieval=0.4, threshold=0.7, rows=None, suppressed=false, evidence=true, threads=0,
        progress=None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn screen(
        &self,
        py: Python<'_>,
        queries: &Bound<'_, PyAny>,
        weights_json: &[u8],
        retrieval: f64,
        threshold: f64,
        rows: Option<Vec<ThresholdRow>>,
        suppressed: bool,
        evidence: bool,
        threads: usize,
        progress: Option<Py<Progress>>,
    ) -> PyResult<Screening> {
        let tau = score_of(share(py, retrieval, "retrieval")?);
        let thresholds = thresholds(py, threshold, rows)?;
        let weights = weights::read(py, weights_json)?;
        let queries = stream(py, queries, "queries")?;
        let asked = Asked { tau, thresholds, suppressed, evidence, threads };
        let made = Screening::new(Arc::clone(&self.inner), Arc::clone(&self.desks), weights, queries, asked, progress);
        made.map_err(|refusal| refusal.raise(py))
    }

    /// Judges every query against its candidates: one row per query and party at or above `threshold`.
    #[pyo3(signature = (
        queries, candidates, weights_json, *, threshold=0.7, rows=None, suppressed=false, evidence=true, threads=0
    ))]
    #[allow(clippy::too_many_arguments)]
    fn judge(
        &self,
        py: Python<'_>,
        queries: &Bound<'_, PyAny>,
        candidates: &Bound<'_, PyAny>,
        weights_json: &[u8],
        threshold: f64,
        rows: Option<Vec<ThresholdRow>>,
        suppressed: bool,
        evidence: bool,
        threads: usize,
    ) -> PyResult<Batch> {
        let thresholds = thresholds(py, threshold, rows)?;
        let weights = weights::read(py, weights_json)?;
        let (queries, candidates) = (batches(py, queries, "queries")?, batches(py, candidates, "candidates")?);
        let made = py.detach(|| -> Result<_, Refusal> {
            let parties = Parties::read(&queries, "queries")?;
            let wanted = wanted(&candidates, parties.rows.len(), &self.inner)?;
            let asked: Vec<Query<'_>> =
                parties.rows.iter().map(|row| Query { names: &row.names, facts: &row.facts }).collect();
            let terms = Terms { thresholds: &thresholds, suppressed, evidence, threads, weights: &weights.judge };
            let verdicts = judge_book(&self.inner, &asked, wanted, &terms);
            Ok((output::verdicts(&verdicts), output::problems(&parties.problems)))
        });
        let (verdicts, problems) = made.map_err(|refusal| refusal.raise(py))?;
        Ok(Batch::with(arrow(py, verdicts)?, arrow(py, problems)?, Vec::new()))
    }
}

/// The pairs to judge. A candidate of another table or another index is refused: passing it over would lose a hit unseen.
fn wanted(candidates: &[RecordBatch], rows: usize, index: &index::Index) -> Result<Vec<Wanted>, Refusal> {
    let mut wanted = Vec::new();
    for batch in candidates {
        let queries = columns::numbers(batch, "query")?;
        let parties = columns::numbers(batch, "party")?;
        let names = columns::numbers(batch, "name")?;
        for row in 0..batch.num_rows() {
            let name = names.is_valid(row).then(|| names.value(row));
            let one = Wanted { query: queries.value(row), party: parties.value(row), name };
            let known = queries.is_valid(row)
                && parties.is_valid(row)
                && (one.query as usize) < rows
                && one.party < index.parties()
                && name.is_none_or(|id| index.name(id).is_some_and(|found| found.party == one.party));
            if !known {
                return Err(Refusal {
                    message: format!("row {row} names a query, party or name that does not exist"),
                    at: "candidates".to_owned(),
                    mend: "pass what `Index.retrieve` of this index returned for these queries",
                });
            }
            wanted.push(one);
        }
    }
    Ok(wanted)
}

fn digest(text: &str) -> Option<[u8; 32]> {
    let text = text.as_bytes();
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

/// What tells one core from another, for decisions that are replayed: version of the crate and layout of the index file.
#[pyfunction]
pub fn versions(py: Python<'_>) -> PyResult<Bound<'_, pyo3::types::PyDict>> {
    let versions = pyo3::types::PyDict::new(py);
    versions.set_item("core", env!("CARGO_PKG_VERSION"))?;
    versions.set_item("file", names::file::FORMAT_VERSION)?;
    versions.set_item("statistics", index::statistics_version())?;
    Ok(versions)
}
