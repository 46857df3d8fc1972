//! Party columns as they come: any layout of strings and lists of strings, read as one.

use crate::errors::Refusal;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int16Type, Int32Type, Int64Type, Int8Type, UInt16Type, UInt32Type, UInt64Type, UInt8Type};
use arrow_array::{Array, OffsetSizeTrait, RecordBatch, StringViewArray, UInt32Array};
use arrow_cast::cast::cast;
use arrow_schema::DataType;
use std::ops::Range;

/// One column of texts, or of lists of texts, or none: borrowed from the batch, whatever its layout.
pub struct Texts<'b> {
    shape: Shape,
    items: Vec<Option<&'b str>>,
}

enum Shape {
    Absent,
    /// One text a row.
    One,
    /// A list a row: where each ends among the items.
    Many(Vec<usize>),
}

impl<'b> Texts<'b> {
    /// The column `name` of `batch`. Refused when it holds anything but texts.
    ///
    /// The C data interface hands over buffers unchecked, and a lying producer must not become a panic or worse:
    /// every offset is looked up with its bounds and every text is checked to be UTF-8, row by row, once.
    pub fn of(batch: &'b RecordBatch, name: &str) -> Result<Self, Refusal> {
        let Some(column) = batch.column_by_name(name) else {
            return Ok(Self { shape: Shape::Absent, items: Vec::new() });
        };
        let refuse = |what: &str| {
            let kind = column.data_type();
            let message = format!("column of type {kind} {what}");
            Refusal { message, at: name.to_owned(), mend: "use strings, or lists of strings" }
        };
        let column: &'b dyn Array = column;
        let made = match column.data_type() {
            kind if text_like(kind) => one(column),
            DataType::List(item) if text_like(item.data_type()) => {
                let lists = column.as_list::<i32>();
                many(column, lists.values(), |row| bounds(lists.value_offsets(), row))
            }
            DataType::LargeList(item) if text_like(item.data_type()) => {
                let lists = column.as_list::<i64>();
                many(column, lists.values(), |row| bounds(lists.value_offsets(), row))
            }
            DataType::FixedSizeList(item, size) if text_like(item.data_type()) => {
                let size = usize::try_from(*size).unwrap_or(0);
                many(column, column.as_fixed_size_list().values(), |row| Some(row * size..(row + 1) * size))
            }
            _ => return Err(refuse("where texts are wanted")),
        };
        made.map_err(|Malformed| refuse("is malformed"))
    }

    /// Whether the table has no such column.
    pub fn absent(&self) -> bool {
        matches!(self.shape, Shape::Absent)
    }

    /// The texts of one row; null cells and null items are left out.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &'b str> + use<'b, '_> {
        self.row_in_step(row).flatten()
    }

    /// As [`Texts::row`], keeping null items, for columns that run in step with another.
    pub fn row_in_step(&self, row: usize) -> impl Iterator<Item = Option<&'b str>> + use<'b, '_> {
        let range = match &self.shape {
            Shape::Absent => 0..0,
            Shape::One => row..row + 1,
            Shape::Many(ends) => {
                let before = row.checked_sub(1).and_then(|row| ends.get(row)).copied().unwrap_or(0);
                before..ends.get(row).copied().unwrap_or(before)
            }
        };
        self.items.get(range).unwrap_or_default().iter().copied()
    }
}

fn one(column: &dyn Array) -> Result<Texts<'_>, Malformed> {
    let items = (0..column.len()).map(|at| cell(column, at)).collect::<Result<_, _>>()?;
    Ok(Texts { shape: Shape::One, items })
}

fn many<'b>(
    lists: &dyn Array,
    values: &'b dyn Array,
    of_row: impl Fn(usize) -> Option<Range<usize>>,
) -> Result<Texts<'b>, Malformed> {
    let (mut items, mut ends) = (Vec::new(), Vec::with_capacity(lists.len()));
    for row in 0..lists.len() {
        if lists.is_valid(row) {
            for at in of_row(row).ok_or(Malformed)? {
                items.push(cell(values, at)?);
            }
        }
        ends.push(items.len());
    }
    Ok(Texts { shape: Shape::Many(ends), items })
}

/// Buffers that contradict each other.
struct Malformed;

/// A cell that is a text or null.
fn cell(array: &dyn Array, at: usize) -> Result<Option<&str>, Malformed> {
    if at >= array.len() {
        return Err(Malformed);
    }
    if array.is_null(at) || array.data_type() == &DataType::Null {
        return Ok(None);
    }
    if let DataType::Dictionary(..) = array.data_type() {
        let words = array.as_any_dictionary();
        return cell(words.values(), key(words.keys(), at).ok_or(Malformed)?);
    }
    let text = bytes(array, at).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.map(Some).ok_or(Malformed)
}

fn bytes(array: &dyn Array, at: usize) -> Option<&[u8]> {
    match array.data_type() {
        DataType::Utf8 => {
            let texts = array.as_string::<i32>();
            texts.value_data().get(bounds(texts.value_offsets(), at)?)
        }
        DataType::LargeUtf8 => {
            let texts = array.as_string::<i64>();
            texts.value_data().get(bounds(texts.value_offsets(), at)?)
        }
        DataType::Utf8View => seen(array.as_string_view(), at),
        _ => None,
    }
}

/// The bytes of a view: a length of 4 bytes, then up to 12 bytes of text, or 4 of them and the place of the whole.
fn seen(texts: &StringViewArray, at: usize) -> Option<&[u8]> {
    const WIDTH: usize = size_of::<u128>();
    let word = |from: usize| -> Option<usize> {
        let bytes = texts.views().inner().as_slice().get(at * WIDTH + from..)?.first_chunk::<4>()?;
        usize::try_from(u32::from_ne_bytes(*bytes)).ok()
    };
    let length = word(0)?;
    if length <= 12 {
        return texts.views().inner().as_slice().get(at * WIDTH + 4..)?.get(..length);
    }
    texts.data_buffers().get(word(8)?)?.as_slice().get(word(12)?..)?.get(..length)
}

fn bounds<O: OffsetSizeTrait>(offsets: &[O], at: usize) -> Option<Range<usize>> {
    let (from, to) = (offsets.get(at)?.to_usize()?, offsets.get(at + 1)?.to_usize()?);
    (from <= to).then_some(from..to)
}

fn key(keys: &dyn Array, at: usize) -> Option<usize> {
    macro_rules! key {
        ($kind:ty) => {
            usize::try_from(keys.as_primitive::<$kind>().value(at)).ok()
        };
    }
    match keys.data_type() {
        DataType::Int8 => key!(Int8Type),
        DataType::Int16 => key!(Int16Type),
        DataType::Int32 => key!(Int32Type),
        DataType::Int64 => key!(Int64Type),
        DataType::UInt8 => key!(UInt8Type),
        DataType::UInt16 => key!(UInt16Type),
        DataType::UInt32 => key!(UInt32Type),
        DataType::UInt64 => key!(UInt64Type),
        _ => None,
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
    Ok(column.as_primitive::<UInt32Type>().clone())
}
