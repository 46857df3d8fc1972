"""Results into a file, its format by its suffix: CSV, Parquet, JSON Lines, Excel."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from interdiction.errors import UsageError

_ROWS_OF_A_SHEET: Final = 1_048_575
_LETTERS_OF_A_CELL: Final = 32_767
_CUT: Final = " [cut]"
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A workbook carries the moment it was made; a fixed one lets the same result give the same bytes."""


def write(frame: pl.DataFrame, path: Path) -> None:
    """Write `frame` to `path`, whole or not at all: by `.csv`, `.parquet`, `.jsonl` (`.ndjson`) or `.xlsx`.

    Lists become text joined with semicolons in CSV and Excel. A cell that begins with = + - or @ is written to
    Excel as text, never as a formula; CSV cannot say so and keeps what stood there (`docs/tables.md`).
    Raises `UsageError`: `output-format`, `output-rows` (more rows than a sheet has), `output` (cannot be written).
    """
    make = _FORMATS.get(path.suffix.lower())
    if make is None:
        raise UsageError(
            f"no format is known by the suffix {path.suffix!r}",
            where=path.name,
            code="output-format",
            mend=f"end the name in {', '.join(_FORMATS)}",
        )
    write_whole(make(frame, path), path)


def write_whole(data: bytes, path: Path, what: str = "result") -> None:
    """Write a file whole or not at all. Raises `UsageError` (code `output`) naming `what` cannot be written."""
    with whole_file(path, what) as file:
        file.write(data)


@contextlib.contextmanager
def whole_file(path: Path, what: str = "result") -> Iterator[BinaryIO]:
    """Give a file to write piece by piece; it stands under its name once the block ends well, and never before.

    Raises `UsageError` (code `output`) naming `what` cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"the {what} cannot be written: {error.strerror}",
            where=str(path),
            code="output",
            mend="check folder, rights and space",
        ) from error
    finally:
        # Also when the user interrupts: nothing half-written stays beside the result.
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Give lists as text, other nested values as JSON: a cell holds one text."""
    columns = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.List) and not kind.inner.is_nested():
            column = column.list.eval(pl.element().cast(pl.String)).list.join("; ")
        elif kind.is_nested():
            column = pl.struct(column).struct.json_encode()
        columns.append(column.alias(name))
    return frame.select(columns)


def _csv(frame: pl.DataFrame, _: Path) -> bytes:
    return _flat(frame).write_csv().encode()


def _parquet(frame: pl.DataFrame, _: Path) -> bytes:
    into = io.BytesIO()
    frame.write_parquet(into)
    return into.getvalue()


def _json_lines(frame: pl.DataFrame, _: Path) -> bytes:
    return frame.write_ndjson().encode()


def _excel(frame: pl.DataFrame, path: Path) -> bytes:
    if frame.height > _ROWS_OF_A_SHEET:
        raise UsageError(
            f"{frame.height} rows do not fit a sheet of {_ROWS_OF_A_SHEET}",
            where=path.name,
            code="output-rows",
            mend="write CSV or Parquet",
        )
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet("result")
    bold = book.add_format({"bold": True})
    flat = _flat(frame)
    for at, name in enumerate(flat.columns):
        sheet.write_string(0, at, name, bold)
        numeric = flat[name].dtype.is_numeric() and not flat[name].dtype.is_decimal()
        for row, value in enumerate(flat[name].to_list(), start=1):
            if value is None:
                continue
            if numeric and abs(value) < 10**15:
                sheet.write_number(row, at, value)
            else:
                sheet.write_string(row, at, _fitting(str(value)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(flat.height, 1), max(flat.width - 1, 0))
    book.close()
    return into.getvalue()


def _fitting(text: str) -> str:
    return text if len(text) <= _LETTERS_OF_A_CELL else text[: _LETTERS_OF_A_CELL - len(_CUT)] + _CUT


_FORMATS: Final[dict[str, Callable[[pl.DataFrame, Path], bytes]]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".xlsx": _excel,
}
