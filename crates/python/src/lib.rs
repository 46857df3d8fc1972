//! The binding: Arrow batches in, Arrow batches out.
use pyo3::prelude::*;

/// The native core.
#[pymodule(gil_used = false)]
mod _core {}
