"""Parquet, JSON Lines and Excel, and frames in memory, to the same records as delimited text."""

from __future__ import annotations

import io
from typing import Any, Final

import fastexcel
import msgspec
import polars as pl

from interdiction.errors import TableError
from interdiction.model import Grade, Problem
from interdiction.tables.records import Ragged, Records

PARQUET: Final = b"PAR1"
WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""A zip archive (.xlsx, .xlsb, .ods) and the older compound file (.xls)."""


def parquet(raw: bytes, file: str) -> Records:
    """Read a Parquet file. Raises `TableError` (`not-a-table`) for one that is damaged or cut."""
    try:
        table = pl.read_parquet(io.BytesIO(raw))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise damaged(error, file) from error
    return records_of(table)


def damaged(error: Exception, file: str) -> TableError:
    """Say that a Parquet file cannot be read."""
    return TableError(
        f"the Parquet file is damaged: {str(error).splitlines()[0]}",
        where=file,
        code="not-a-table",
        mend="export the table again",
    )


def records_of(table: pl.DataFrame) -> Records:
    """Give a typed frame as text: lists joined with semicolons, structures as JSON, dates as ISO."""
    columns = [_text(name, kind).alias(f"c{at}") for at, (name, kind) in enumerate(table.schema.items())]
    rows = pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("row")
    return Records(tuple(table.columns), table.select(rows, *columns), ())


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.List) and not kind.inner.is_nested():
        return column.list.eval(pl.element().cast(pl.String)).list.join("; ")
    if isinstance(kind, pl.Struct):
        return column.struct.json_encode()
    if isinstance(kind, pl.List | pl.Array):
        return pl.struct(column).struct.json_encode()
    if kind == pl.Binary:
        return column.cast(pl.String, strict=False)
    return column.cast(pl.String)


def json_lines(text: str) -> Records:
    """Read one object a line, or one array of objects; a line that is neither is a ragged row of its own."""
    lines = _lines(text)
    kept = pl.DataFrame({"text": lines}, schema={"text": pl.String}).with_row_index("row", 1)
    kept = kept.filter(pl.col("text").str.strip_chars() != "")
    raw = "\n".join(kept["text"].to_list()).encode()
    try:
        keys = pl.read_ndjson(io.BytesIO(raw), infer_schema_length=None).columns
        table = pl.read_ndjson(io.BytesIO(raw), schema=dict.fromkeys(keys, pl.String()))
    except pl.exceptions.PolarsError:
        return _one_by_one(kept)
    nested = pl.any_horizontal(pl.all().str.contains(r"^[\[{]").fill_null(value=False))
    if table.height != kept.height or table.select(nested.any()).item():
        return _one_by_one(kept)
    table = table.rename({key: f"c{at}" for at, key in enumerate(keys)})
    return Records(tuple(keys), table.insert_column(0, kept["row"].cast(pl.Int64)), ())


def _lines(text: str) -> list[str]:
    """Give the lines, those of an array being its objects."""
    if text.lstrip().startswith("["):
        try:
            objects = msgspec.json.decode(text, type=list[msgspec.Raw])
            return [bytes(one).decode().replace("\n", " ").replace("\r", " ") for one in objects]
        except msgspec.DecodeError:
            pass  # a file cut inside its array: its lines are tried one by one
    return text.split("\n")


def _one_by_one(lines: pl.DataFrame) -> Records:
    """Read the lines singly: for files where one is not an object, or a cell holds a list or an object."""
    keys: dict[str, None] = {}
    objects: list[tuple[int, dict[str, str | None]]] = []
    ragged: list[Ragged] = []
    decoder = msgspec.json.Decoder(dict[str, Any])
    for row, line in lines.iter_rows():
        try:
            found = decoder.decode(line.strip().rstrip(","))
        except (msgspec.DecodeError, RecursionError):
            loose = line.translate(str.maketrans(dict.fromkeys('"{}[]:,', "\x1f"))).split("\x1f")
            cells = tuple(part for part in loose if part.strip())
            ragged.append(Ragged(row, cells, line, "something else than one JSON object"))
            continue
        named = {"names" if key == "name" and isinstance(value, list) else key: value for key, value in found.items()}
        objects.append((row, {key: _plain(value) for key, value in named.items()}))
        keys.update(dict.fromkeys(named))
    columns = {f"c{at}": [found.get(key) for _, found in objects] for at, key in enumerate(keys)}
    schema = {"row": pl.Int64(), **dict.fromkeys(columns, pl.String())}
    table = pl.DataFrame({"row": [row for row, _ in objects], **columns}, schema=schema)
    return Records(tuple(keys), table, tuple(ragged))


def _plain(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str | int | float | dict) for one in value):
        return "; ".join(filter(None, (_plain(one) for one in value)))
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return str(value["text"])  # a name with its quality, as a party is written in JSON
    if isinstance(value, dict) and isinstance(value.get("type"), str) and isinstance(value.get("value"), str):
        return f"{value['type']}:{value['value']}{'@' + value['country'] if value.get('country') else ''}"
    if isinstance(value, int | float):
        return str(value)
    return msgspec.json.encode(value).decode()


def workbook(raw: bytes, file: str, sheet: str | None) -> tuple[Records, list[Problem]]:
    """Read one sheet of an Excel or OpenDocument workbook: the named one, else the first that has cells.

    Other sheets with cells are a problem of grade FILE, because nobody in them is read. Raises `TableError`
    (`not-a-table`, `no-such-sheet`, `empty`).
    """
    try:
        book = fastexcel.read_excel(raw)
        names = list(book.sheet_names)
        if sheet is not None and sheet not in names:
            raise TableError(
                f"there is no sheet {sheet!r}; there are {', '.join(names)}",
                where=file,
                code="no-such-sheet",
                mend="name one of them",
            )
        tables = {name: _sheet_rows(book, name) for name in ([sheet] if sheet is not None else names)}
    except fastexcel.FastExcelError as error:
        raise TableError(
            f"the workbook cannot be opened: {str(error).splitlines()[0]}",
            where=file,
            code="not-a-table",
            mend="save it as .xlsx without a password, or export it as CSV",
        ) from error
    filled = [name for name, table in tables.items() if table.height]
    if not filled:
        raise TableError(
            "the workbook has no cells", where=file, code="empty", mend="check that the right file was saved"
        )
    records = _below_header(tables[filled[0]])
    if len(filled) == 1:
        return records, []
    problem = Problem(
        code="other-sheets",
        message=f"only the sheet {filled[0]!r} was read; nobody in {', '.join(map(repr, filled[1:]))} was",
        grade=Grade.FILE,
        file=file,
        expected="one sheet",
        mend="run once for each sheet, naming it",
    )
    return records, [problem]


def _sheet_rows(book: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    """Give the filled rows of a sheet with their numbers in it."""
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if not sheet.width or not sheet.total_height:
        return pl.DataFrame(schema={"row": pl.Int64})
    table = pl.DataFrame(sheet)
    table.columns = [f"c{at}" for at in range(table.width)]
    filled = pl.any_horizontal(pl.all().str.strip_chars().fill_null("") != "")
    return (
        table.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("row"), filled=filled)
        .filter("filled")
        .drop("filled")
    )


def _below_header(table: pl.DataFrame) -> Records:
    """Take the first filled row as the header. Cells to the right of it keep a nameless column."""
    columns = [name for name in table.columns if name != "row"]
    header = tuple(" ".join((cell or "").split()) for cell in table.select(columns).row(0))
    return Records(header, table.slice(1).select("row", *columns), ())
