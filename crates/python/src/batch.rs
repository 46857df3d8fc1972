//! `Batch`: an Arrow record batch made from, and read into, plain Python lists, so that one query needs no table library.

use crate::errors::usage;
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, LargeListBuilder, LargeStringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyCapsule, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::PyTable;
use std::sync::Arc;

/// An immutable table in Arrow layout.
#[pyclass(frozen, module = "interdiction._core")]
pub struct Batch {
    schema: SchemaRef,
    parts: Vec<RecordBatch>,
    problems: Option<Vec<RecordBatch>>,
    truncated: Vec<u32>,
    /// First row and number of rows of the input that this answers.
    answers: Option<(u32, usize)>,
}

impl Batch {
    /// With what could not be read and what was not looked at whole.
    pub fn with(inner: RecordBatch, problems: RecordBatch, truncated: Vec<u32>) -> Self {
        Self { problems: Some(vec![problems]), truncated, ..Self::from(inner) }
    }

    /// As the answer to these rows of a stream.
    pub fn answering(self, first: u32, rows: usize) -> Self {
        Self { answers: Some((first, rows)), ..self }
    }
}

impl From<RecordBatch> for Batch {
    fn from(inner: RecordBatch) -> Self {
        Self { schema: inner.schema(), parts: vec![inner], problems: None, truncated: Vec::new(), answers: None }
    }
}

#[pymethods]
impl Batch {
    /// Rows.
    #[getter]
    fn num_rows(&self) -> usize {
        self.parts.iter().map(RecordBatch::num_rows).sum()
    }

    /// Cells of the input that could not be read, as columns row, column, text; the rows were used without them.
    #[getter]
    fn problems(&self) -> Option<Batch> {
        let parts = self.problems.clone()?;
        let schema = parts.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        Some(Batch { schema, parts, problems: None, truncated: Vec::new(), answers: None })
    }

    /// Rows of the input whose answer may lack names, because a limit cut the name or the work.
    #[getter]
    fn truncated(&self) -> Vec<u32> {
        self.truncated.clone()
    }

    /// First row and number of rows of the stream that this part answers; `None` for what answers no stream.
    #[getter]
    fn answers(&self) -> Option<(u32, usize)> {
        self.answers
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        format!("Batch({} rows: {})", self.num_rows(), names.join(", "))
    }

    /// Every column as a plain list, by name.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (at, field) in self.schema.fields().iter().enumerate() {
            let values = PyList::empty(py);
            for part in &self.parts {
                let column = part.column(at);
                for row in 0..column.len() {
                    values.append(value(py, column, row)?)?;
                }
            }
            columns.set_item(field.name(), values)?;
        }
        Ok(columns)
    }

    /// The table as an Arrow C stream: what polars, pyarrow and pandas read without a copy.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let table = PyTable::try_new(self.parts.clone(), Arc::clone(&self.schema))?;
        Bound::new(py, table)?.call_method1("__arrow_c_stream__", (requested_schema,))
    }
}

/// Reads any Arrow table once, whole, so that it can be asked for twice; a stream is empty after that.
#[pyfunction]
pub fn collect(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Batch> {
    let Stream { schema, batches, .. } = stream(py, table, "table")?;
    let parts = whole(py, batches, "table")?;
    // `columns` reads the buffers as they are, and the C data interface hands them over unchecked.
    py.detach(|| parts.iter().flat_map(RecordBatch::columns).try_for_each(|column| column.to_data().validate_full()))
        .map_err(|fault| usage(py, &format!("the table is malformed: {fault}"), "table", MEND))?;
    Ok(Batch { schema, parts, problems: None, truncated: Vec::new(), answers: None })
}

/// One batch of the parts that answer a stream, in their order. Raises `UsageError` for none, and for others.
#[pyfunction]
pub fn join(py: Python<'_>, parts: Vec<Bound<'_, Batch>>) -> PyResult<Batch> {
    let wrong = || usage(py, "not the parts of one answer", "parts", "pass what one screening gave");
    let schema = Arc::clone(&parts.first().ok_or_else(wrong)?.get().schema);
    if parts.iter().any(|part| part.get().schema != schema) {
        return Err(wrong());
    }
    let all = || parts.iter().map(Bound::get);
    Ok(Batch {
        schema,
        parts: all().flat_map(|part| part.parts.iter().cloned()).collect(),
        problems: Some(all().flat_map(|part| part.problems.iter().flatten().cloned()).collect()),
        truncated: all().flat_map(|part| part.truncated.iter().copied()).collect(),
        answers: all()
            .find_map(|part| part.answers)
            .map(|(first, _)| (first, all().filter_map(|part| part.answers).map(|(_, rows)| rows).sum())),
    })
}

/// Makes a batch of plain lists: of strings, whole numbers, floats, booleans or lists of strings, `None` anywhere.
///
/// A lone surrogate, which no Arrow string can hold, becomes U+FFFD. Raises `UsageError` for lists of
/// unequal length and for values of other or mixed types.
#[pyfunction]
pub fn batch(py: Python<'_>, columns: &Bound<'_, PyDict>) -> PyResult<Batch> {
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    let mut rows: Option<usize> = None;
    for (name, values) in columns {
        let name = name.extract::<String>()?;
        let Ok(values) = values.cast::<PyList>() else {
            return Err(usage(py, "a column is a list", &name, "pass {name: [value, ...]}"));
        };
        if *rows.get_or_insert(values.len()) != values.len() {
            return Err(usage(py, "columns of unequal length", &name, "give every column one value per row"));
        }
        let array = array(py, &name, values)?;
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows.unwrap_or(0)));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
        .map(Batch::from)
        .map_err(|fault| usage(py, &fault.to_string(), "batch", "name each column once"))
}

fn array(py: Python<'_>, name: &str, values: &Bound<'_, PyList>) -> PyResult<ArrayRef> {
    let mixed = || usage(py, "a column of mixed or unknown values", name, "use strings, numbers, or lists of strings");
    let Some(first) = values.iter().find(|value| !value.is_none()) else {
        return Ok(Arc::new(values.iter().map(|_| None::<&str>).collect::<arrow_array::LargeStringArray>()));
    };
    if first.is_instance_of::<PyString>() {
        let mut column = LargeStringBuilder::new();
        for value in values {
            text(&value, &mut column).ok_or_else(mixed)?;
        }
        Ok(Arc::new(column.finish()))
    } else if first.is_instance_of::<PyBool>() {
        let mut column = BooleanBuilder::new();
        for value in values {
            column.append_option(value.extract::<Option<bool>>().map_err(|_| mixed())?);
        }
        Ok(Arc::new(column.finish()))
    } else if first.is_instance_of::<PyFloat>() {
        let mut column = Float64Builder::new();
        for value in values {
            column.append_option(value.extract::<Option<f64>>().map_err(|_| mixed())?);
        }
        Ok(Arc::new(column.finish()))
    } else if first.is_instance_of::<PyInt>() {
        let mut column = Int64Builder::new();
        for value in values {
            column.append_option(value.extract::<Option<i64>>().map_err(|_| mixed())?);
        }
        Ok(Arc::new(column.finish()))
    } else if first.is_instance_of::<PyList>() || first.is_instance_of::<PyTuple>() {
        let mut column = LargeListBuilder::new(LargeStringBuilder::new());
        for value in values {
            if value.is_none() {
                column.append_null();
                continue;
            }
            if !(value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>()) {
                return Err(mixed());
            }
            for item in value.try_iter()? {
                text(&item?, column.values()).ok_or_else(mixed)?;
            }
            column.append(true);
        }
        Ok(Arc::new(column.finish()))
    } else {
        Err(mixed())
    }
}

fn text(value: &Bound<'_, PyAny>, column: &mut LargeStringBuilder) -> Option<()> {
    if value.is_none() {
        column.append_null();
        return Some(());
    }
    column.append_value(value.cast::<PyString>().ok()?.to_string_lossy());
    Some(())
}

/// A table, or a stream of any length, that is read batch by batch.
pub struct Stream {
    /// Of every batch.
    pub schema: SchemaRef,
    /// Pulling may take a while, or run Python: never do it with the interpreter held.
    pub batches: Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>,
    /// How many rows there are, where that is known.
    pub rows: Option<usize>,
}

/// Whatever speaks Arrow, not read yet: a `Batch`, a polars frame, a pyarrow table, batch or reader, a pandas frame.
pub fn stream(py: Python<'_>, table: &Bound<'_, PyAny>, argument: &str) -> PyResult<Stream> {
    if let Ok(batch) = table.cast::<Batch>() {
        let batch = batch.get();
        let batches = Box::new(batch.parts.clone().into_iter().map(Ok));
        return Ok(Stream { schema: Arc::clone(&batch.schema), batches, rows: Some(batch.num_rows()) });
    }
    let speaks = table.hasattr("__arrow_c_stream__")? || table.hasattr("__arrow_c_array__")?;
    if !speaks {
        return Err(usage(py, "not an Arrow table", argument, MEND));
    }
    let batches = table.extract::<AnyRecordBatch>()?.into_reader()?;
    Ok(Stream { schema: batches.schema(), batches, rows: None })
}

/// As [`stream`], read whole.
pub fn batches(py: Python<'_>, table: &Bound<'_, PyAny>, argument: &str) -> PyResult<Vec<RecordBatch>> {
    whole(py, stream(py, table, argument)?.batches, argument)
}

const MEND: &str = "pass a Batch, or a polars, pyarrow or pandas table";

fn whole(
    py: Python<'_>,
    batches: Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>,
    argument: &str,
) -> PyResult<Vec<RecordBatch>> {
    py.detach(|| batches.collect::<Result<Vec<RecordBatch>, _>>())
        .map_err(|fault| usage(py, &format!("the table cannot be read: {fault}"), argument, MEND))
}

/// Values of an array as a Python list.
fn list<'py>(py: Python<'py>, array: &ArrayRef, from: usize, to: usize) -> PyResult<Bound<'py, PyList>> {
    let values = (from..to).map(|at| value(py, array, at)).collect::<PyResult<Vec<_>>>()?;
    PyList::new(py, values)
}

fn value<'py>(py: Python<'py>, array: &ArrayRef, at: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(at) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match array.data_type() {
        DataType::Utf8 => PyString::new(py, array.as_string::<i32>().value(at)).into_any(),
        DataType::LargeUtf8 => PyString::new(py, array.as_string::<i64>().value(at)).into_any(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(at).into_pyobject(py)?.into_any(),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().value(at).into_pyobject(py)?.into_any(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(at).into_pyobject(py)?.into_any(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(at).into_pyobject(py)?.into_any(),
        DataType::Boolean => PyBool::new(py, array.as_boolean().value(at)).to_owned().into_any(),
        DataType::LargeList(_) => {
            let lists = array.as_list::<i64>();
            let offsets = lists.value_offsets();
            list(py, lists.values(), offsets[at] as usize, offsets[at + 1] as usize)?.into_any()
        }
        DataType::Struct(fields) => {
            let row = PyDict::new(py);
            for (field, column) in fields.iter().zip(array.as_struct().columns()) {
                row.set_item(field.name(), value(py, column, at)?)?;
            }
            row.into_any()
        }
        other => return Err(usage(py, &format!("no plain form of {other}"), "columns", "read it through Arrow")),
    })
}
