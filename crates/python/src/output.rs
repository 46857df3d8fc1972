//! What the core found as Arrow record batches: candidates, verdicts, problems.

use crate::parties::CellProblem;
use arrow_array::builder::LargeStringBuilder;
use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, LargeListArray, LargeStringArray, RecordBatch, RecordBatchOptions,
    StructArray, UInt32Array,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use names::judge::{FactLine, Said, TokenEvidence, Verdict};
use std::fmt::Write;
use std::sync::Arc;

/// A retrieved name; `name` is `None` where an equal identifier brought the party.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retrieved {
    /// Row of the queries.
    pub query: u32,
    /// Name of the index.
    pub name: Option<u32>,
    /// Party of the index.
    pub party: u32,
    /// Retrieval score, 0 to 1.
    pub score: f64,
}

/// A listed name inside a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Row of the texts.
    pub query: u32,
    /// Name of the index.
    pub name: u32,
    /// Party of the index.
    pub party: u32,
    /// Retrieval score, 0 to 1.
    pub score: f64,
    /// The first character, counted from 0.
    pub start: u32,
    /// The character behind the last one.
    pub end: u32,
}

type Made = Result<RecordBatch, ArrowError>;

fn table(columns: Vec<(&str, ArrayRef)>, rows: usize) -> Made {
    let fields: Vec<Field> =
        columns.iter().map(|(name, column)| Field::new(*name, column.data_type().clone(), *name == "name")).collect();
    let arrays = columns.into_iter().map(|(_, column)| column).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
}

fn texts<'a>(values: impl Iterator<Item = &'a str>) -> ArrayRef {
    // Arrow wants to know the length before it begins.
    Arc::new(LargeStringArray::from_iter_values(values.collect::<Vec<&str>>()))
}

/// What parties say, written straight into the column.
fn said<'a>(values: impl Iterator<Item = &'a Said<'static>>) -> ArrayRef {
    let mut column = LargeStringBuilder::new();
    for value in values {
        // The builder refuses nothing; its row ends where the next value is appended.
        let _ = write!(column, "{value}");
        column.append_value("");
    }
    Arc::new(column.finish())
}

fn floats(values: impl Iterator<Item = f64>) -> ArrayRef {
    Arc::new(Float64Array::from(values.collect::<Vec<f64>>()))
}

fn numbers(values: impl Iterator<Item = u32>) -> ArrayRef {
    Arc::new(UInt32Array::from(values.collect::<Vec<u32>>()))
}

/// Lists of structs of the given columns, one list a row.
fn lists(columns: Vec<(&str, ArrayRef)>, lengths: impl Iterator<Item = usize>) -> Result<ArrayRef, ArrowError> {
    let fields: Fields =
        columns.iter().map(|(name, column)| Field::new(*name, column.data_type().clone(), false)).collect();
    let arrays = columns.into_iter().map(|(_, column)| column).collect();
    let structs = StructArray::try_new(fields.clone(), arrays, None)?;
    let item = Arc::new(Field::new_list_field(DataType::Struct(fields), false));
    Ok(Arc::new(LargeListArray::try_new(item, OffsetBuffer::from_lengths(lengths), Arc::new(structs), None)?))
}

/// Columns query, name, party, score.
pub fn candidates(found: &[Retrieved]) -> Made {
    let columns = vec![
        ("query", numbers(found.iter().map(|one| one.query))),
        ("name", Arc::new(found.iter().map(|one| one.name).collect::<UInt32Array>()) as ArrayRef),
        ("party", numbers(found.iter().map(|one| one.party))),
        ("score", floats(found.iter().map(|one| one.score))),
    ];
    table(columns, found.len())
}

/// Columns query, name, party, score, start, end.
pub fn windows(found: &[Window]) -> Made {
    let columns = vec![
        ("query", numbers(found.iter().map(|one| one.query))),
        ("name", numbers(found.iter().map(|one| one.name))),
        ("party", numbers(found.iter().map(|one| one.party))),
        ("score", floats(found.iter().map(|one| one.score))),
        ("start", numbers(found.iter().map(|one| one.start))),
        ("end", numbers(found.iter().map(|one| one.end))),
    ];
    table(columns, found.len())
}

/// Columns row, column, text.
pub fn problems(problems: &[CellProblem]) -> Made {
    let columns = vec![
        ("row", numbers(problems.iter().map(|one| one.row))),
        ("column", texts(problems.iter().map(|one| one.column))),
        ("text", texts(problems.iter().map(|one| one.text.as_str()))),
    ];
    table(columns, problems.len())
}

/// One row a verdict; `_core.pyi` names the columns.
pub fn verdicts(verdicts: &[Verdict]) -> Made {
    let judged = || verdicts.iter().map(|one| &one.judgement);
    let tokens = || verdicts.iter().flat_map(|one| &one.tokens);
    let lines = || verdicts.iter().flat_map(|one| &one.lines);
    let token = |of: fn(&TokenEvidence<'static>) -> f64| floats(tokens().map(of));
    let line = |of: fn(&FactLine<'static>) -> &'static str| texts(lines().map(of));
    let said = |of: for<'a> fn(&'a FactLine<'static>) -> &'a Said<'static>| said(lines().map(of));
    let share = |score: u16| f64::from(score) / 10_000.0;
    let columns = vec![
        ("query", numbers(verdicts.iter().map(|one| one.query))),
        ("party", numbers(verdicts.iter().map(|one| one.party))),
        ("key", texts(verdicts.iter().map(|one| one.key.as_str()))),
        ("name", texts(verdicts.iter().map(|one| one.theirs.as_str()))),
        ("our_name", texts(verdicts.iter().map(|one| one.ours.as_str()))),
        ("score", floats(judged().map(|one| share(one.score)))),
        ("name_score", floats(judged().map(|one| share(one.name_score)))),
        ("threshold", floats(verdicts.iter().map(|one| one.threshold))),
        ("standing", texts(judged().map(|one| one.standing.word()))),
        ("band", texts(judged().map(|one| one.band.word()))),
        ("basis", texts(judged().map(|one| one.basis.word()))),
        ("weak_only", Arc::new(judged().map(|one| Some(one.weak_only)).collect::<BooleanArray>()) as ArrayRef),
        ("supporting", numbers(judged().map(|one| one.supporting() as u32))),
        (
            "tokens",
            lists(
                vec![
                    ("kind", texts(tokens().map(|one| one.kind.word()))),
                    ("ours", texts(tokens().map(|one| &*one.ours))),
                    ("theirs", texts(tokens().map(|one| &*one.theirs))),
                    ("similarity", token(|one| one.similarity)),
                    ("weight", token(|one| one.weight)),
                    ("contribution", token(|one| one.contribution)),
                ],
                verdicts.iter().map(|one| one.tokens.len()),
            )?,
        ),
        (
            "facts",
            lists(
                vec![
                    ("kind", line(|one| one.kind)),
                    ("finding", line(|one| one.finding)),
                    ("ours", said(|one| &one.ours)),
                    ("theirs", said(|one| &one.theirs)),
                    ("effect", floats(lines().map(|one| one.effect))),
                ],
                verdicts.iter().map(|one| one.lines.len()),
            )?,
        ),
    ];
    table(columns, verdicts.len())
}
