//! Party columns as they come: any layout of strings and lists of strings, read as one.

use crate::errors::Refusal;
use arrow_array::cast::AsArray;
use arrow_array::{Array, LargeListArray, LargeStringArray, RecordBatch, UInt32Array};
use arrow_cast::cast::cast;
use arrow_schema::{DataType, Field};
use std::sync::Arc;

/// One column of texts, or of lists of texts, or none.
pub enum Texts {
    /// The table has no such column.
    Absent,
    /// One text a row.
    One(LargeStringArray),
    /// A list a row.
    Many(LargeListArray, LargeStringArray),
}

impl Texts {
    /// The column `name` of `batch`, cast to one layout. Refused when it holds anything but texts.
    pub fn of(batch: &RecordBatch, name: &str) -> Result<Self, Refusal> {
        let Some(column) = batch.column_by_name(name) else {
            return Ok(Self::Absent);
        };
        let refuse = |what: &str| {
            let kind = column.data_type();
            let message = format!("column of type {kind} {what}");
            Refusal { message, at: name.to_owned(), mend: "use strings, or lists of strings" }
        };
        // The C data interface hands over buffers unchecked; a lying producer must not become a panic.
        column.to_data().validate_full().map_err(|fault| refuse(&format!("is malformed: {fault}")))?;
        let wanted = match column.data_type() {
            kind if text_like(kind) => DataType::LargeUtf8,
            DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _)
                if text_like(item.data_type()) =>
            {
                DataType::LargeList(Arc::new(Field::new_list_field(DataType::LargeUtf8, true)))
            }
            _ => return Err(refuse("where texts are wanted")),
        };
        let column = cast(column, &wanted).map_err(|fault| refuse(&fault.to_string()))?;
        if wanted == DataType::LargeUtf8 {
            return Ok(Self::One(column.as_string::<i64>().clone()));
        }
        let lists = column.as_list::<i64>().clone();
        let values = lists.values().as_string::<i64>().clone();
        Ok(Self::Many(lists, values))
    }

    /// Whether the table has no such column.
    pub fn absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The texts of one row; null cells and null items are left out.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        let (values, range) = match self {
            Self::One(values) if row < values.len() => (Some(values), row..row + 1),
            Self::Many(lists, values) if row < lists.len() && lists.is_valid(row) => {
                let offsets = lists.value_offsets();
                (Some(values), offsets[row] as usize..offsets[row + 1] as usize)
            }
            _ => (None, 0..0),
        };
        range.filter_map(move |at| values.and_then(|values| values.is_valid(at).then(|| values.value(at))))
    }

    /// As [`Texts::row`], keeping null items, for columns that run in step with another.
    pub fn row_in_step(&self, row: usize) -> impl Iterator<Item = Option<&str>> {
        let (values, range) = match self {
            Self::One(values) if row < values.len() => (Some(values), row..row + 1),
            Self::Many(lists, values) if row < lists.len() && lists.is_valid(row) => {
                let offsets = lists.value_offsets();
                (Some(values), offsets[row] as usize..offsets[row + 1] as usize)
            }
            _ => (None, 0..0),
        };
        range.map(move |at| values.and_then(|values| values.is_valid(at).then(|| values.value(at))))
    }
}

fn text_like(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => text_like(values),
        _ => false,
    }
}

/// A column of whole numbers as `u32`, null where a cell is. Refused when it is absent, or a number is out of range.
pub fn numbers(batch: &RecordBatch, name: &str) -> Result<UInt32Array, Refusal> {
    let refuse =
        |what: String| Refusal { message: what, at: name.to_owned(), mend: "pass what `Index.retrieve` returned" };
    let column = batch.column_by_name(name).ok_or_else(|| refuse("no such column".to_owned()))?;
    column.to_data().validate_full().map_err(|fault| refuse(format!("the column is malformed: {fault}")))?;
    if !column.data_type().is_integer() && column.data_type() != &DataType::Null {
        return Err(refuse(format!("a column of type {} where whole numbers are wanted", column.data_type())));
    }
    let nulls = column.logical_null_count();
    // A safe cast turns what does not fit into null, which shows in the count.
    let column = cast(column, &DataType::UInt32).map_err(|fault| refuse(fault.to_string()))?;
    if column.null_count() != nulls {
        return Err(refuse("a number is out of range".to_owned()));
    }
    Ok(column.as_primitive::<arrow_array::types::UInt32Type>().clone())
}
