//! Party against party, row by row, without an index.

use crate::batch::{batches, Batch};
use crate::errors::{usage, Refusal};
use crate::output;
use crate::parties::{Parties, PartyRow};
use crate::weights;
use names::judge::explain::{lines, tokens};
use names::judge::{judge, FactLine, JudgeWeights, Named, Prepared, TokenEvidence, Verdict};
use names::normalise::Side;
use pyo3::prelude::*;

/// Compares row n of `ours` with row n of `theirs` and returns the columns of `Index.judge`, one row a
/// pair, whatever the score; `query` and `party` are the row.
///
/// `threshold` only decides band, basis and `weak_only`. Raises `UsageError` for tables of unequal
/// length or without a column of names, `DataError` for weights out of range.
#[pyfunction]
#[pyo3(signature = (ours, theirs, weights_json, *, threshold=0.7, evidence=true))]
pub fn compare(
    py: Python<'_>,
    ours: &Bound<'_, PyAny>,
    theirs: &Bound<'_, PyAny>,
    weights_json: &[u8],
    threshold: f64,
    evidence: bool,
) -> PyResult<Batch> {
    let share = share(py, threshold, "threshold")?;
    let weights = weights::read(py, weights_json)?;
    let (ours, theirs) = (batches(py, ours, "ours")?, batches(py, theirs, "theirs")?);
    let made = py.detach(|| -> Result<_, Refusal> {
        let (ours, theirs) = (Parties::read(&ours, "ours")?, Parties::read(&theirs, "theirs")?);
        if ours.rows.len() != theirs.rows.len() {
            let message = format!("{} rows against {}", ours.rows.len(), theirs.rows.len());
            return Err(Refusal { message, at: "theirs".to_owned(), mend: "give both tables the same number of rows" });
        }
        let pairs = ours.rows.iter().zip(&theirs.rows).enumerate();
        let verdicts: Vec<Verdict> =
            pairs.map(|(at, (a, b))| pair(at as u32, a, b, share, evidence, &weights.judge)).collect();
        let mut problems = ours.problems;
        problems.extend(theirs.problems);
        Ok((output::verdicts(&verdicts), output::problems(&problems)))
    });
    let (verdicts, problems) = made.map_err(|refusal| refusal.raise(py))?;
    Ok(Batch::with(arrow(py, verdicts)?, arrow(py, problems)?, Vec::new()))
}

/// An Arrow result, or the error that says the output outgrew its layout.
pub fn arrow<T>(py: Python<'_>, made: Result<T, arrow_schema::ArrowError>) -> PyResult<T> {
    made.map_err(|fault| usage(py, &fault.to_string(), "result", "pass fewer rows at a time"))
}

/// A number from 0 to 1.
pub fn share(py: Python<'_>, value: f64, argument: &str) -> PyResult<f64> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(usage(py, &format!("{value} is not between 0 and 1"), argument, "pass a number such as 0.7"))
    }
}

fn pair(
    at: u32,
    ours: &PartyRow<'_>,
    theirs: &PartyRow<'_>,
    threshold: f64,
    evidence: bool,
    w: &JudgeWeights,
) -> Verdict {
    let prepare = |row: &PartyRow<'_>| -> Vec<Prepared> {
        let names = row.names.iter();
        names.map(|(text, quality)| Prepared::new(text, Side::List, *quality, row.facts.kind, w)).collect()
    };
    let (a, b) = (prepare(ours), prepare(theirs));
    let (a, b): (Vec<&Prepared>, Vec<&Prepared>) = (a.iter().collect(), b.iter().collect());
    let judgement =
        judge(Named { names: &a, facts: &ours.facts }, Named { names: &b, facts: &theirs.facts }, threshold, w);
    let shown =
        |row: &PartyRow<'_>, at: usize| row.names.get(at).map(|(text, _)| (*text).to_owned()).unwrap_or_default();
    let (our_name, their_name) = (shown(ours, judgement.ours), shown(theirs, judgement.theirs));
    let (mut aligned, mut reckoning) = (Vec::new(), Vec::new());
    if evidence {
        if let (Some(name), Some(x), Some(y)) = (&judgement.name, a.get(judgement.ours), b.get(judgement.theirs)) {
            aligned = tokens(x, y, name, w).into_iter().map(TokenEvidence::into_owned).collect();
        }
        let spoken = lines(&judgement, (&our_name, &ours.facts), (&their_name, &theirs.facts));
        reckoning = spoken.into_iter().map(FactLine::into_owned).collect();
    }
    let key = theirs.key.to_owned();
    Verdict {
        query: at,
        party: at,
        key,
        ours: our_name,
        theirs: their_name,
        judgement,
        threshold,
        tokens: aligned,
        lines: reckoning,
    }
}
