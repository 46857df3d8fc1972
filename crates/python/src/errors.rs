//! Typed errors of the package, raised from the core: `interdiction.errors` is the one tree.

use messages::TablesFault;
use names::file::IndexError;
use names::weights::WeightsFault;
use phrases::Fault;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict};

/// Why an argument was refused, before Python hears of it: work that has released the interpreter returns this.
#[derive(Debug)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// Which column or argument.
    pub at: String,
    /// What to do about it.
    pub mend: &'static str,
}

impl Refusal {
    /// As a `UsageError`.
    pub fn raise(self, py: Python<'_>) -> PyErr {
        usage(py, &self.message, &self.at, self.mend)
    }
}

/// A call that cannot be understood.
pub fn usage(py: Python<'_>, message: &str, at: &str, mend: &str) -> PyErr {
    raise(py, "UsageError", message, &[("where", at), ("mend", mend)])
}

/// An index that cannot be built, opened or trusted.
pub fn index(py: Python<'_>, fault: &IndexError, path: &str) -> PyErr {
    let fields = [("where", path), ("mend", fault.mend()), ("code", fault.code())];
    raise(py, "IndexFileError", &fault.to_string(), &fields)
}

/// Every error of the core that is not of one argument: its class, code, words (`…` for a value) and mending.
#[pyfunction]
pub fn errors() -> Vec<(&'static str, &'static str, String, &'static str)> {
    let of =
        |fault: &IndexError| ("IndexFileError", fault.code(), fault.to_string().replace(" 0,", " …,"), fault.mend());
    let mut all: Vec<_> = IndexError::each("…").iter().map(of).collect();
    all.push(("StoppedError", "stopped", STOPPED.0.to_owned(), STOPPED.1));
    all.push(("InterdictError", "internal", "…".to_owned(), INTERNAL));
    all
}

const STOPPED: (&str, &str) =
    ("the screening was stopped before its end", "screen again: what was given out so far is not the whole answer");
const INTERNAL: &str = "report what it says, with the input that led to it";

/// Weights that were refused.
pub fn weights(py: Python<'_>, fault: &WeightsFault) -> PyErr {
    let fields = [("where", "weights"), ("mend", "mend the number in the weights file"), ("code", "weights")];
    raise(py, "DataError", &fault.to_string(), &fields)
}

/// Tables of messages that were refused.
pub fn tables(py: Python<'_>, fault: &TablesFault) -> PyErr {
    let fields = [("where", "iso20022.yml"), ("mend", "install the package again")];
    raise(py, "DataError", &fault.to_string(), &fields)
}

/// A phrase of a patterns file that was refused.
pub fn phrase(py: Python<'_>, fault: &Fault, path: &str) -> PyErr {
    let fields = [("where", path), ("mend", "docs/announcements.md says how to write it")];
    raise(py, "DataError", &fault.to_string(), &fields)
}

/// A screening that was stopped before its end.
pub fn stopped(py: Python<'_>) -> PyErr {
    raise(py, "StoppedError", STOPPED.0, &[("mend", STOPPED.1)])
}

/// A defect of ours, caught where it happened.
pub fn internal(py: Python<'_>, said: &str) -> PyErr {
    raise(py, "InterdictError", said, &[("code", "internal"), ("mend", INTERNAL)])
}

fn raise(py: Python<'_>, class: &str, message: &str, fields: &[(&str, &str)]) -> PyErr {
    let build = || -> PyResult<Bound<'_, PyAny>> {
        let fields: Bound<'_, PyDict> = fields.iter().copied().into_py_dict(py)?;
        py.import("interdiction.errors")?.getattr(class)?.call((message,), Some(&fields))
    };
    match build() {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}
