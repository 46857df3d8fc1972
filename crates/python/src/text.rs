//! What normalising makes of a text, for tests, oracles and the curious.

use crate::errors::usage;
use names::judge::facts::identifier;
use names::normalise::{self, Origin, Side, TokenClass};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

/// Every way of reading a name, as dicts: origin, squashed, and tokens of text, class, legal, variant.
///
/// `side` is `list` or `query`. Raises `UsageError` for another word.
#[pyfunction]
pub fn analyse<'py>(py: Python<'py>, text: &Bound<'py, PyString>, side: &str) -> PyResult<Bound<'py, PyDict>> {
    let side = match side {
        "list" => Side::List,
        "query" => Side::Query,
        _ => return Err(usage(py, "unknown side", "side", "use list or query")),
    };
    let text = text.to_string_lossy();
    let analysed = py.detach(|| normalise::analyse(&text, side));
    let forms = PyList::empty(py);
    for form in &analysed.forms {
        let tokens = PyList::empty(py);
        for token in &form.tokens {
            let (class, legal) = match token.class {
                TokenClass::Word => ("word", None),
                TokenClass::Initial => ("initial", None),
                TokenClass::Number => ("number", None),
                TokenClass::Legal(class) => ("legal", Some(class)),
                TokenClass::Stop => ("stop", None),
            };
            let row = PyDict::new(py);
            row.set_item("text", &*token.text)?;
            row.set_item("class", class)?;
            row.set_item("legal", legal)?;
            row.set_item("variant", token.variant)?;
            tokens.append(row)?;
        }
        let origin = match form.origin {
            Origin::Written => "written".to_owned(),
            Origin::Joined => "joined".to_owned(),
            Origin::Romanised(scheme) => format!("romanised:{scheme}"),
        };
        let row = PyDict::new(py);
        row.set_item("origin", origin)?;
        row.set_item("squashed", &*form.squashed)?;
        row.set_item("tokens", tokens)?;
        forms.append(row)?;
    }
    let reading = PyDict::new(py);
    reading.set_item("forms", forms)?;
    reading.set_item("truncated", analysed.truncated)?;
    Ok(reading)
}

/// The text folded, with single spaces: what exact comparison of texts uses.
#[pyfunction]
pub fn fold(text: &Bound<'_, PyString>) -> String {
    normalise::fold(&text.to_string_lossy())
}

/// The value of an identifier as it is compared. `kind` is its type word.
#[pyfunction]
pub fn normalise_identifier(kind: &str, value: &Bound<'_, PyString>) -> String {
    identifier(kind, &value.to_string_lossy(), "").value.into()
}
