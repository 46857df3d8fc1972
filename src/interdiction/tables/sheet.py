"""A file of rows, whatever its format, to one shape: a header, text cells, and what could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec
import polars as pl

from interdiction.errors import TableError
from interdiction.model import Grade, Problem
from interdiction.tables import formats
from interdiction.tables.decode import decode, refuse_what_is_no_table
from interdiction.tables.records import Ragged, Records, split

__all__ = ["LONGEST_TEXT", "Ragged", "Sheet", "read_sheet", "sheet_of", "sheet_of_bytes"]

LONGEST_TEXT: Final = 200
"""Characters of a cell that a problem repeats."""


class Sheet(msgspec.Struct, frozen=True):
    """Rows of a file as text.

    `cells` has `row` (the line on which the row starts; the header is line 1 where nothing stands before it)
    and one text column `c0`, `c1`, ... for each of `header`; an empty cell is null. `ragged` rows fit no header.
    """

    file: str
    header: tuple[str, ...]
    cells: pl.DataFrame
    ragged: tuple[Ragged, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sheet(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> Sheet:
    """Read a file of rows as `sheet_of_bytes` does. Raises `TableError` (`not-found`) besides what that raises."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableError(
            f"the file cannot be read: {error.strerror}",
            where=path.name,
            code="not-found",
            mend="check its path",
        ) from error
    return sheet_of_bytes(raw, path.name, encoding=encoding, sheet=sheet)


def sheet_of_bytes(raw: bytes, file: str, *, encoding: str | None = None, sheet: str | None = None) -> Sheet:
    """Read the bytes of a file of rows; the format is told from its content, not from its name.

    `encoding` is for text that is neither UTF-8 nor Windows-1252, `sheet` names one of several of a workbook.
    Raises `TableError`: `empty`, `not-a-table`, `no-such-sheet`, `encoding`.
    """
    problems: list[Problem] = []
    if raw.startswith(formats.PARQUET):
        records = formats.parquet(raw, file)
    elif raw.startswith(formats.WORKBOOKS):
        records, problems = formats.workbook(raw, file, sheet)
    else:
        refuse_what_is_no_table(raw, file)
        text, problems = decode(raw, file, encoding)
        records = formats.json_lines(text) if text.lstrip()[:1] in {"{", "["} else split(text)
    return sheet_of_records(file, records, problems)


def sheet_of(table: Any, file: str = "table") -> Sheet:
    """Give the sheet of a table in memory: a polars frame, or anything that offers an Arrow stream or array.

    Raises `TableError` (`not-a-table`) for anything else. Its rows are numbered from 2, as if they stood in a file.
    """
    if not isinstance(table, pl.DataFrame):
        if not (hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__")):
            raise TableError(
                f"a {type(table).__name__} is not a table",
                where=file,
                code="not-a-table",
                mend="give a polars, pyarrow or pandas table",
            )
        table = pl.DataFrame(table)
    return sheet_of_records(file, formats.records_of(table), [])


def sheet_of_records(file: str, records: Records, problems: list[Problem]) -> Sheet:
    """Clean the cells of records, and say what was wrong with them."""
    cells, found = _clean(records.cells, records.header, file)
    problems = [*problems, *found]
    for ragged in records.ragged:
        problems.append(
            Problem(
                code="ragged-row",
                message=f"the row has {ragged.fault}; which cell is which cannot be told",
                file=file,
                line=ragged.row,
                text=ragged.raw[:LONGEST_TEXT],
                expected=f"{len(records.header)} cells",
                mend="quote cells that hold the delimiter, close every quote",
            )
        )
    if not cells.height and not records.ragged:
        problems.append(
            Problem(
                code="no-rows",
                message="the table has a header and no rows",
                grade=Grade.FILE,
                file=file,
                expected="at least one row",
                mend="check that the export ran to its end",
            )
        )
    return Sheet(file, records.header, cells, records.ragged, tuple(problems))


def _clean(cells: pl.DataFrame, header: tuple[str, ...], file: str) -> tuple[pl.DataFrame, list[Problem]]:
    """Strip the cells, empty ones becoming null; a NUL becomes a blank, a lost letter is told."""
    problems: list[Problem] = []
    columns = [name for name in cells.columns if name != "row"]
    for code, sign, message in (
        ("nul", "\x00", "the cell holds a NUL byte, read as a blank"),
        ("lost-letter", "\ufffd", "a letter of the cell was lost before or while it was decoded"),
    ):
        marked = cells.select(pl.col(columns).str.contains(sign, literal=True).any()) if columns else cells
        for name in (name for name in columns if marked[name][0]):
            found = cells.filter(pl.col(name).str.contains(sign, literal=True)).select("row", name)
            problems += [
                Problem(
                    code=code,
                    message=message,
                    file=file,
                    line=row,
                    node=header[int(name[1:])],
                    text=text[:LONGEST_TEXT],
                    expected="text",
                    mend="export the row again as UTF-8",
                )
                for row, text in found.iter_rows()
            ]
    text = pl.col(columns).str.replace_all("\x00", " ", literal=True).str.strip_chars()
    return cells.with_columns(text).with_columns(pl.when(pl.col(columns) != "").then(pl.col(columns))), problems
