//! One pass over a table or a stream of any length: rows are retrieved and judged piece by piece, hits come out in order.

use crate::batch::{Batch, Stream};
use crate::desks::{Desk, Desks};
use crate::errors::{self, Refusal};
use crate::output;
use crate::parties::{CellProblem, Parties};
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use names::index::Index;
use names::judge::book::{Query, Terms, Wanted};
use names::judge::Thresholds;
use names::retrieve::Score;
use names::threads::flow::{Fault, Flow, Next, Work};
use names::weights::Weights;
use pyo3::prelude::*;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;
use std::time::Duration;

/// Rows of a piece: enough to be worth a thread's turn, few enough that a stop is soon.
const MORSEL: usize = 4096;
/// How long an answer is waited for before Python is asked whether the user has interrupted.
const PATIENCE: Duration = Duration::from_millis(50);
/// How long the threads of a stream that was stopped are waited for; they end with their piece.
const FAREWELL: Duration = Duration::from_secs(2);

/// How far a screening is, readable from any thread, and the way to stop it.
#[pyclass(frozen, module = "interdiction._core")]
#[derive(Default)]
pub struct Progress {
    rows: AtomicU64,
    hits: AtomicU64,
    cancelled: Arc<AtomicBool>,
}

#[pymethods]
impl Progress {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Rows screened.
    #[getter]
    fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Hits among them.
    #[getter]
    fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// Whether somebody asked to stop.
    #[getter]
    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Stops the screening soon: whoever reads its answers gets a `StoppedError`.
    fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    fn __repr__(&self) -> String {
        format!("Progress({} rows, {} hits)", self.rows(), self.hits())
    }
}

/// The numbers of one screening.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The score from which a listed name is a candidate.
    pub tau: Score,
    /// The scores from which a judged pair is a hit.
    pub thresholds: Thresholds,
    /// Whether what only facts took below is wanted as well.
    pub suppressed: bool,
    /// Whether tokens and reckoning are wanted.
    pub evidence: bool,
    /// Threads; 0 for one a core.
    pub threads: usize,
}

/// Rows of the stream, the first of which has this number.
struct Piece {
    first: u32,
    batch: RecordBatch,
}

struct Answer {
    first: u32,
    rows: usize,
    hits: RecordBatch,
    problems: RecordBatch,
    truncated: Vec<u32>,
}

/// The answers to a stream, one `Batch` for each piece of it, in order. Iterate once.
#[pyclass(frozen, module = "interdiction._core")]
pub struct Screening {
    flow: Flow<Piece, Result<Answer, Refusal>, Refusal>,
}

impl Screening {
    /// Nothing is read before the first answer is asked for, but a table that has no names is refused now.
    pub fn new(
        index: Arc<Index>,
        desks: Arc<Desks>,
        weights: Arc<Weights>,
        stream: Stream,
        asked: Asked,
        progress: Option<Py<Progress>>,
    ) -> Result<Self, Refusal> {
        Parties::read(&[RecordBatch::new_empty(Arc::clone(&stream.schema))], "queries")?;
        let progress = Arc::new(progress);
        let cancelled = progress.as_ref().as_ref().map_or_else(Arc::default, |it| Arc::clone(&it.get().cancelled));
        let threads = asked.threads;
        let little = stream.rows.is_some_and(|rows| rows <= MORSEL);
        let bench = move || {
            let (index, weights, progress) = (Arc::clone(&index), Arc::clone(&weights), Arc::clone(&progress));
            let (asked, desks) = (asked.clone(), Arc::clone(&desks));
            let mut own: Option<Desk> = None;
            let work: Work<Piece, Result<Answer, Refusal>> = Box::new(move |piece| {
                let mut desk = own.take().unwrap_or_else(|| desks.take(&weights));
                let answered = answer(&index, &weights, &asked, piece, &mut desk);
                if little {
                    desks.give(desk);
                } else {
                    own = Some(desk);
                }
                let answer = answered?;
                if let Some(progress) = progress.as_ref() {
                    progress.get().rows.fetch_add(answer.rows as u64, Ordering::Relaxed);
                    progress.get().hits.fetch_add(answer.hits.num_rows() as u64, Ordering::Relaxed);
                }
                Ok(answer)
            });
            work
        };
        let pieces = Box::new(Pieces { batches: stream.batches, schema: Some(stream.schema), current: None, first: 0 });
        let flow =
            if little { Flow::inline(pieces, bench, cancelled) } else { Flow::new(pieces, bench, threads, cancelled) };
        Ok(Self { flow })
    }
}

#[pymethods]
impl Screening {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Batch>> {
        loop {
            let fault = match py.detach(|| self.flow.next(PATIENCE)) {
                Next::End => return Ok(None),
                Next::Answer(Ok(answer)) => {
                    let part = Batch::with(answer.hits, answer.problems, answer.truncated);
                    return Ok(Some(part.answering(answer.first, answer.rows)));
                }
                Next::Waiting => match py.check_signals() {
                    Ok(()) => continue,
                    Err(interrupt) => interrupt,
                },
                Next::Answer(Err(refusal)) | Next::Fault(Fault::Source(refusal)) => refusal.raise(py),
                Next::Fault(Fault::Panicked(said)) => errors::internal(py, &said),
                Next::Fault(Fault::Cancelled) => errors::stopped(py),
            };
            self.close(py);
            return Err(fault);
        }
    }

    /// Stops the screening and waits for its threads; reading on raises `StoppedError` unless it was at its end.
    fn close(&self, py: Python<'_>) {
        py.detach(|| self.flow.close(FAREWELL));
    }
}

fn answer(index: &Index, weights: &Weights, asked: &Asked, piece: Piece, desk: &mut Desk) -> Result<Answer, Refusal> {
    let Piece { first, batch } = piece;
    let batches = [batch];
    let mut parties = Parties::read(&batches, "queries")?;
    for CellProblem { row, .. } in &mut parties.problems {
        *row += first;
    }
    let mut found = desk.worker.rows(index, &parties.rows, 0, asked.tau);
    for row in &mut found.truncated {
        *row += first;
    }
    let wanted: Vec<Wanted> =
        found.candidates.iter().map(|one| Wanted { query: one.query, party: one.party, name: one.name }).collect();
    let rows: Vec<Query<'_>> = parties.rows.iter().map(|row| Query { names: &row.names, facts: &row.facts }).collect();
    let Asked { thresholds, suppressed, evidence, .. } = asked;
    let (suppressed, evidence) = (*suppressed, *evidence);
    let terms = Terms { thresholds, suppressed, evidence, threads: 1, weights: &weights.judge };
    let mut verdicts = desk.bench.judge(index, &rows, &wanted, &terms);
    for verdict in &mut verdicts {
        verdict.query += first;
    }
    let grown = |fault: ArrowError| Refusal {
        message: fault.to_string(),
        at: "result".to_owned(),
        mend: "raise the threshold, or screen without evidence",
    };
    Ok(Answer {
        first,
        rows: rows.len(),
        hits: output::verdicts(&verdicts).map_err(grown)?,
        problems: output::problems(&parties.problems).map_err(grown)?,
        truncated: found.truncated,
    })
}

/// Cuts what the producer sends into pieces of at most [`MORSEL`] rows, without copying.
struct Pieces {
    batches: Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>,
    /// Until the first piece: a table without rows is one piece without rows, so that its answer has columns.
    schema: Option<SchemaRef>,
    current: Option<RecordBatch>,
    first: u32,
}

impl Iterator for Pieces {
    type Item = Result<Piece, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = loop {
            match self.current.take().map_or_else(|| self.batches.next(), |batch| Some(Ok(batch))) {
                Some(Ok(batch)) if batch.num_rows() == 0 => {}
                Some(Ok(batch)) => break batch,
                Some(Err(fault)) => return Some(Err(unreadable(&fault))),
                None => break RecordBatch::new_empty(self.schema.take()?),
            }
        };
        self.schema = None;
        let rows = batch.num_rows().min(MORSEL);
        let first = self.first;
        // The last row's number has to fit as well as the first one's.
        let Some(after) = first.checked_add(rows as u32) else {
            return Some(Err(Refusal {
                message: format!("more than {} rows", u32::MAX),
                at: "queries".to_owned(),
                mend: "screen the book in parts",
            }));
        };
        self.first = after;
        self.current = (batch.num_rows() > rows).then(|| batch.slice(rows, batch.num_rows() - rows));
        Some(Ok(Piece { first, batch: batch.slice(0, rows) }))
    }
}

fn unreadable(fault: &ArrowError) -> Refusal {
    Refusal {
        message: format!("the table cannot be read: {fault}"),
        at: "queries".to_owned(),
        mend: "pass a Batch, or a polars, pyarrow or pandas table",
    }
}
