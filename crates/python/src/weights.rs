//! The weights as they cross the border: JSON, read once for as long as the same text comes again.

use crate::errors;
use names::weights::Weights;
use pyo3::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

static LAST: Mutex<Option<(Vec<u8>, Arc<Weights>)>> = Mutex::new(None);

/// Reads the weights, or gives those read last when the text is the same. Raises `DataError`.
pub fn read(py: Python<'_>, json: &[u8]) -> PyResult<Arc<Weights>> {
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((text, weights)) = &*last {
        if text == json {
            return Ok(Arc::clone(weights));
        }
    }
    let weights = Weights::from_json(json).map_err(|fault| errors::weights(py, &fault))?;
    let weights = Arc::new(weights);
    *last = Some((json.to_vec(), Arc::clone(&weights)));
    Ok(weights)
}
