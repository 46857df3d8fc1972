//! A few parties of an index against many customers: no index of the book, the answers of `Index.retrieve`.

use crate::batch::{batches, Batch};
use crate::compare::{arrow, share};
use crate::errors::{self, Refusal};
use crate::index::Index;
use crate::parties::Parties;
use crate::retrieval::{self, Found};
use crate::thresholds::{thresholds, ThresholdRow};
use crate::{output, weights};
use names::delta;
use names::judge::book::{judge_book, Query, Terms, Wanted};
use names::retrieve::score_of;
use pyo3::prelude::*;
use std::sync::Arc;

/// The names of some parties of an index, weighed by the whole index: immutable, shared by threads.
#[pyclass(frozen, module = "interdiction._core")]
pub struct Delta {
    inner: delta::Delta,
    base: Arc<names::index::Index>,
}

/// The delta of these parties of `index`, by number; numbers that it does not have are passed over.
///
/// Raises `IndexFileError` when there are more names than an index can hold.
#[pyfunction]
#[pyo3(name = "delta")]
#[allow(clippy::needless_pass_by_value)]
pub fn make(py: Python<'_>, index: &Bound<'_, Index>, parties: Vec<u32>) -> PyResult<Delta> {
    let base = index.get().shared();
    let made = py.detach(|| delta::Delta::of(&base, &parties));
    made.map(|inner| Delta { inner, base }).map_err(|fault| errors::index(py, &fault, "delta"))
}

#[pymethods]
impl Delta {
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

    fn __repr__(&self) -> String {
        format!("Delta({} parties, {} names)", self.inner.parties(), self.inner.names())
    }

    /// As `Index.retrieve`, kept to the parties of the delta and naming them by their numbers in the index.
    #[pyo3(signature = (queries, *, threshold=0.4, threads=0))]
    fn retrieve(&self, py: Python<'_>, queries: &Bound<'_, PyAny>, threshold: f64, threads: usize) -> PyResult<Batch> {
        let tau = score_of(share(py, threshold, "threshold")?);
        let queries = batches(py, queries, "queries")?;
        let made = py.detach(|| -> Result<_, Refusal> {
            let parties = Parties::read(&queries, "queries")?;
            let found = retrieval::retrieve(&self.inner, &parties, tau, threads);
            Ok((output::candidates(&found.candidates), output::problems(&parties.problems), found.truncated))
        });
        let (candidates, problems, truncated) = made.map_err(|refusal| refusal.raise(py))?;
        Ok(Batch::with(arrow(py, candidates)?, arrow(py, problems)?, truncated))
    }

    /// Judges every row against its candidates, as `Index.screen` does against those of the whole index.
    #[pyo3(signature = (
        queries, weights_json, *, retrieval=0.4, threshold=0.7, rows=None, suppressed=false, evidence=true, threads=0
    ))]
    #[allow(clippy::too_many_arguments)]
    fn judge(
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
    ) -> PyResult<Batch> {
        let tau = score_of(share(py, retrieval, "retrieval")?);
        let thresholds = thresholds(py, threshold, rows)?;
        let weights = weights::read(py, weights_json)?;
        let queries = batches(py, queries, "queries")?;
        let made = py.detach(|| -> Result<_, Refusal> {
            let parties = Parties::read(&queries, "queries")?;
            let Found { candidates, truncated } = retrieval::retrieve(&self.inner, &parties, tau, threads);
            let wanted =
                candidates.iter().map(|one| Wanted { query: one.query, party: one.party, name: one.name }).collect();
            let asked: Vec<Query<'_>> =
                parties.rows.iter().map(|row| Query { names: &row.names, facts: &row.facts }).collect();
            let terms = Terms { thresholds: &thresholds, suppressed, evidence, threads, weights: &weights.judge };
            let verdicts = judge_book(&self.base, &asked, wanted, &terms);
            Ok((output::verdicts(&verdicts), output::problems(&parties.problems), truncated, parties.rows.len()))
        });
        let (verdicts, problems, truncated, rows) = made.map_err(|refusal| refusal.raise(py))?;
        Ok(Batch::with(arrow(py, verdicts)?, arrow(py, problems)?, truncated).answering(0, rows))
    }
}
