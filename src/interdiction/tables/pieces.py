"""A large book piece by piece: the rows, names and problems of the whole, and only a piece of them in memory.

Delimited text in UTF-8 is cut behind a line that is a row by itself: such a line parts what stands before it from what
stands behind, so that every piece reads as it would in the whole. A Parquet file is cut anywhere. What is neither, or
is no larger than a piece, is read whole. The ids alone are kept of all rows: an id may come again in another piece.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
import polars as pl

from interdiction.errors import TableError
from interdiction.model import Problem
from interdiction.tables import formats
from interdiction.tables.book import Book, part_of, read_book
from interdiction.tables.columns import recognise
from interdiction.tables.decode import refuse_what_is_no_table
from interdiction.tables.kinds import known_kind, of_kind
from interdiction.tables.records import LOOKED_AT, MOST_LINES_IN_A_CELL, Records, head, lines_of, rows
from interdiction.tables.rows import about_ids
from interdiction.tables.sheet import sheet_of_records

BYTES: Final = 4_000_000
"""Of one piece of text, about; some twenty-five times as much is in memory while it is read."""
ROWS: Final = 100_000
"""Of one piece of a Parquet file."""
_SAMPLE: Final = 1 << 16


class Pieces:
    """The pieces of a book in their order; `problems` are those that only the whole shows, known after the last.

    `rows` is how many there are, or 0 where that is not known before.
    """

    def __init__(self, books: Iterator[Book], rows: int = 0, file: str = "", ids: Sequence[pl.DataFrame] = ()) -> None:
        self.rows = rows
        self._books, self._file, self._ids = books, file, ids

    def __iter__(self) -> Iterator[Book]:
        return self._books

    @property
    def problems(self) -> list[Problem]:
        """Rows that share an id, or have none where others do."""
        return about_ids(pl.concat(self._ids), self._file, declared=True) if self._ids else []


def read_pieces(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    kind: str | None = None,
    whole: bool = False,
    size: int = BYTES,
    height: int = ROWS,
) -> Pieces:
    """Read the customers of a file, in pieces where it is large: of `size` bytes, or of `height` rows.

    `kind` is told of the rows that state none; `whole` makes one piece of any file. Raises what `read_book` and
    `of_kind` raise; what is found wrong only further on, when that piece is asked for.
    """
    columns, kind = columns or {}, known_kind(kind)
    found = None if whole else _records(path, columns, size, height)
    if found is None:
        book = of_kind(read_book(path, columns=columns), kind)
        return Pieces(iter([book]), book.columns.height)
    ids: list[pl.DataFrame] = []
    return Pieces((of_kind(one, kind) for one in _books(found, path.name, columns, ids)), 0, path.name, ids)


def _books(parts: Iterator[Records], file: str, columns: Mapping[str, str], ids: list[pl.DataFrame]) -> Iterator[Book]:
    """Read each part that has rows; where none has, the last, so that it is told."""
    some, last = False, None
    for records in parts:
        if records.cells.height or records.ragged:
            some = True
            yield part_of(sheet_of_records(file, records, []), columns, ids)
        last = records
    if last is not None and not some:
        yield part_of(sheet_of_records(file, last, []), columns, ids)


def _records(path: Path, columns: Mapping[str, str], size: int, height: int) -> Iterator[Records] | None:
    """Give the rows in parts; `None` for a file that has to be read whole."""
    try:
        if path.stat().st_size <= size:
            return None
        with path.open("rb") as file:
            start = file.read(_SAMPLE)
            if start.startswith(formats.PARQUET):
                return _of_parquet(path, height)
            if not _is_text(start, path.name) or not _is_utf8(file, start):
                return None
        with path.open("rb") as file:
            lines = lines_of(_Blocks(file, size).more()).split("\n")
    except OSError:
        return None
    header, body, delimiter = head(lines)
    if len(lines) <= body + LOOKED_AT + MOST_LINES_IN_A_CELL:
        return None  # lines too long for the first block to say what the columns are
    recognise(header, columns, path.name)
    return _of_text(path, size, header, body, delimiter)


def _is_text(start: bytes, file: str) -> bool:
    if start.startswith(formats.WORKBOOKS):
        return False
    try:
        refuse_what_is_no_table(start, file)
    except TableError:
        return False
    begun = start.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return begun not in {b"", b"{", b"["}


def _is_utf8(file: BinaryIO, start: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    block = start
    try:
        while block:
            decoder.decode(block)
            block = file.read(1 << 20)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class _Blocks:
    """A file as text, block by block; what a block begins and does not end is left to the next."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()

    def more(self) -> str:
        """Give the next block, empty at the end; a carriage return is never its last character but at the end."""
        text = self._decoder.decode(self._file.read(self._size))
        while text.endswith("\r"):
            follows = self._file.read(1)
            if not follows:
                break
            text += self._decoder.decode(follows)
        return text


def _of_text(path: Path, size: int, header: tuple[str, ...], body: int, delimiter: str) -> Iterator[Records]:
    with path.open("rb") as file:
        blocks = _Blocks(file, size)
        left, done = "", 0
        while block := blocks.more():
            lines = (left + lines_of(block)).split("\n")
            upto = _cut(lines, body, len(header), delimiter)
            left = "\n".join(lines[upto:])
            if upto:
                yield _moved(rows(header, lines[:upto], body, delimiter), done)
                done, body = done + upto, 0
        lines = left.rstrip("\x1a\n").split("\n")
        yield _moved(rows(header, lines, min(body, len(lines)), delimiter), done)


def _cut(lines: list[str], body: int, width: int, delimiter: str) -> int:
    """Give how many lines make a piece: up to the last one that is plainly a row by itself; 0 where there is none.

    The last line may go on in the next block, and a mark of the end may be cut off it.
    """
    for at in range(len(lines) - 2, body, -1):
        line = lines[at]
        plain = '"' not in line and "\x1a" not in line and line.strip(f" \t{delimiter}")
        if plain and (not delimiter or line.count(delimiter) == width - 1):
            return at + 1
    return 0


def _moved(records: Records, by: int) -> Records:
    """Give records with the numbers that their rows have in the whole file."""
    cells = records.cells.with_columns(pl.col("row") + by)
    ragged = tuple(msgspec.structs.replace(one, row=one.row + by) for one in records.ragged)
    return Records(records.header, cells, ragged)


def _of_parquet(path: Path, height: int) -> Iterator[Records]:
    try:
        table = pl.scan_parquet(path)
        whole = table.select(pl.len()).collect().item()
        for start in range(0, max(whole, 1), height):
            yield _moved(formats.records_of(table.slice(start, height).collect()), start)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise formats.damaged(error, path.name) from error
