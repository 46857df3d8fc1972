//! Thresholds as they cross the border: one number, and rows for single lists and kinds of listed party.

use crate::compare::share;
use crate::errors::usage;
use crate::parties::kind;
use names::judge::thresholds::{Row, Thresholds};
use pyo3::prelude::*;

/// A threshold, the list it is for and the kind of listed party; an empty text for every one.
pub type ThresholdRow = (f64, String, String);

/// The rows, and `rest` where none fits. Raises `UsageError` for a number that is not between 0 and 1, an unknown kind.
pub fn thresholds(py: Python<'_>, rest: f64, rows: Option<Vec<ThresholdRow>>) -> PyResult<Thresholds> {
    let rest = share(py, rest, "threshold")?;
    let read = |(at, list, word): ThresholdRow| {
        let at = share(py, at, "rows")?;
        let wanted = (!word.is_empty()).then(|| {
            kind(&word).ok_or_else(|| usage(py, &format!("unknown kind {word}"), "rows", "use a kind of party"))
        });
        Ok(Row { at, list: list.into(), kind: wanted.transpose()? })
    };
    let rows = rows.unwrap_or_default().into_iter().map(read).collect::<PyResult<Vec<_>>>()?;
    Ok(Thresholds::new(rows, rest))
}
