//! Payment messages to plain tuples: what stands in each transaction, and around it.

use crate::errors;
use messages::{read, read_part, Address, Draft, Gathered, Group, Message, PlaceKind, Tables};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use std::borrow::Cow;

/// Reads ISO 20022 messages that are as their schema says; immutable, shared by threads.
#[pyclass(frozen, module = "interdiction._core")]
pub struct MessageReader {
    tables: Tables,
}

#[pymethods]
impl MessageReader {
    /// Raises `DataError` for tables that cannot be used.
    #[new]
    fn new(py: Python<'_>, tables_json: &[u8]) -> PyResult<Self> {
        let tables = Tables::read(tables_json).map_err(|fault| errors::tables(py, &fault))?;
        Ok(Self { tables })
    }

    /// A message as (kind, envelope, frame, groups); `None` for one that has to be read another way.
    fn read<'py>(&self, py: Python<'py>, raw: &Bound<'py, PyBytes>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        let raw = raw.as_bytes();
        let message = py.detach(|| {
            let text = std::str::from_utf8(raw).ok()?;
            // The end of a line is one character to every reader of XML.
            let lines = if text.contains('\r') {
                text.replace("\r\n", "\n").replace('\r', "\n").into()
            } else {
                Cow::Borrowed(text)
            };
            read(&self.tables, &lines)
        });
        message.map(|one| told(py, &one)).transpose()
    }

    /// One transaction of a large message, with the elements around it; `None` where it has to be read another way.
    fn read_part<'py>(&self, py: Python<'py>, raw: &Bound<'py, PyBytes>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        let raw = raw.as_bytes();
        let found = py.detach(|| read_part(&self.tables, std::str::from_utf8(raw).ok()?));
        found.map(|one| gathered(py, &one)).transpose()
    }
}

fn told<'py>(py: Python<'py>, message: &Message) -> PyResult<Bound<'py, PyTuple>> {
    let envelope = message.envelope.as_ref().map(|one| gathered(py, one)).transpose()?;
    let frame = gathered(py, &message.frame)?;
    let groups = message.groups.iter().map(|one| group(py, one)).collect::<PyResult<Vec<_>>>()?;
    (&message.kind, envelope, frame, groups).into_pyobject(py)
}

fn group<'py>(py: Python<'py>, group: &Group) -> PyResult<Bound<'py, PyTuple>> {
    let outer = group.outer.as_ref().map(|one| gathered(py, one)).transpose()?;
    let transactions = group.transactions.iter().map(|one| gathered(py, one)).collect::<PyResult<Vec<_>>>()?;
    (outer, transactions).into_pyobject(py)
}

fn gathered<'py>(py: Python<'py>, found: &Gathered) -> PyResult<Bound<'py, PyTuple>> {
    let told = found.drafts.iter().filter(|one| one.says_something());
    let parties = told.map(|one| draft(py, one)).collect::<PyResult<Vec<_>>>()?;
    let texts: Vec<_> = found.texts.iter().map(|one| (&one.text, &one.at, &*one.kind)).collect();
    let kinds = |kind| if kind == PlaceKind::Country { "country" } else { "town" };
    let places: Vec<_> = found.places.iter().map(|(text, at, kind)| (text, at, kinds(*kind))).collect();
    let amounts = PyDict::new(py);
    for (name, number, currency) in &found.amounts {
        amounts.set_item(name, (number, currency))?;
    }
    let days = PyDict::new(py);
    for (name, day) in &found.days {
        days.set_item(name, day)?;
    }
    let references = PyTuple::new(py, &found.references)?;
    let codes = PyTuple::new(py, &found.codes)?;
    (parties, texts, places, references, amounts, days, codes).into_pyobject(py)
}

fn draft<'py>(py: Python<'py>, one: &Draft) -> PyResult<Bound<'py, PyTuple>> {
    let numbers: Vec<_> = one.identifiers.iter().map(|(kind, value, country)| (&**kind, value, country)).collect();
    let numbers = PyTuple::new(py, numbers)?;
    let bare = one.names.is_empty() && one.addresses.is_empty() && one.residences.is_empty();
    if bare && one.births.is_empty() && one.places.is_empty() {
        return (&*one.role, &one.at, &*one.part, numbers, py.None()).into_pyobject(py);
    }
    let addresses: Vec<_> = one.addresses.iter().map(address).collect();
    let more = (
        PyTuple::new(py, &one.names)?,
        addresses,
        PyTuple::new(py, &one.births)?,
        PyTuple::new(py, &one.places)?,
        PyTuple::new(py, &one.residences)?,
    );
    (&*one.role, &one.at, &*one.part, numbers, more).into_pyobject(py)
}

type Parts<'a> = (
    &'a Option<String>,
    &'a Option<String>,
    &'a Option<String>,
    &'a Option<String>,
    &'a Option<String>,
    &'a Option<String>,
);

fn address(one: &Address) -> Parts<'_> {
    (&one.street, &one.city, &one.region, &one.postal_code, &one.country, &one.last_line)
}
