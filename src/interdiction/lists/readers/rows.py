"""From the lines of a legacy file to its rows, so that a damaged row costs only itself.

1. Every line that begins with an integer and a comma begins a row; nothing before it can swallow it.
2. A row that does not fit is given back as it stood, with what was expected, and is never dropped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

import msgspec

from interdiction.lists.readers.encoding import END_MARK, numbered

COLUMNS: dict[str, int] = {"sdn": 12, "add": 6, "alt": 5, "comments": 2}
"""Columns of each legacy file (OFAC data specification)."""

NAMES: dict[str, tuple[str, ...]] = {
    "sdn": (
        "ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage", "GRT",
        "Vess_flag", "Vess_owner", "Remarks",
    ),
    "add": ("Ent_num", "Add_num", "Address", "City/State/Province/Postal Code", "Country", "Add_remarks"),
    "alt": ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    "comments": ("ent_num", "Remarks"),
}  # fmt: skip

_NULLS = frozenset({"-0- ", "-0-"})
ROW_START = re.compile(r"\s*\d{1,10}\s*,")
ENT_NUM = re.compile(r"\s*(\d{1,10})\s*")
_GLUED = re.compile(r'(?<=["0-] )(?=\d{1,10},")|(?<=["-])(?=\d{1,10},")|(?<=-0)(?=\d{1,10},")')
_MOST_LINES = 40
"""Lines that one quoted value may run over; OFAC writes none that does."""

# The limit is one for the whole process; every reader of ours sets it to the same, so that none depends on another.
csv.field_size_limit(1 << 30)


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row: where it stood, its cells with nulls emptied, and what was wrong (then `cells` is empty)."""

    line: int
    uid: str
    cells: tuple[str, ...]
    raw: str = ""
    wrong: str = ""


def csv_rows(lines: list[str], columns: int) -> Iterator[Row]:
    """Give the rows of a comma-separated file of so many columns, the unreadable ones with what was wrong."""
    intact = _all_fit(lines, columns)
    if intact is not None:
        yield from intact
        return
    waiting: list[tuple[int, str]] = []
    for number, line in numbered(lines):
        if waiting and not ROW_START.match(line) and len(waiting) < _MOST_LINES:
            waiting.append((number, line))
            joined = "\n".join(text for _, text in waiting)
            cells = split(joined)
            if len(cells) == columns:
                yield _row(waiting[0][0], cells, joined)
                waiting = []
            continue
        if waiting:
            yield from _broken(waiting, columns)
            waiting = []
        cells = split(line)
        if len(cells) == columns:
            yield _row(number, cells, line)
        else:
            waiting = [(number, line)]
    if waiting:
        yield from _broken(waiting, columns)


def _all_fit(lines: list[str], columns: int) -> Iterator[Row] | None:
    """Give the rows at once where every line is one row that fits, as in every file that nobody damaged."""
    try:
        read = list(csv.reader(lines, strict=True))
    except csv.Error:
        return None
    if len(read) != len(lines) or any(len(cells) != columns for cells in read if cells):
        return None
    return (
        _row(number, _without_nulls(cells), lines[number - 1]) for number, cells in enumerate(read, start=1) if cells
    )


def _without_nulls(cells: list[str]) -> tuple[str, ...]:
    return tuple(["" if cell in _NULLS else cell for cell in cells])


def split(line: str) -> tuple[str, ...]:
    """Give the cells of one line, nulls (`-0-`) emptied; none where its quotes do not fit."""
    try:
        read = next(csv.reader((line,), strict=True), [])
    except csv.Error:
        return ()
    return _without_nulls(read)


def _row(line: int, cells: tuple[str, ...], raw: str) -> Row:
    number = ENT_NUM.fullmatch(cells[0])
    if number is None:
        return Row(line, "", (), raw, f"ent_num is {cells[0][:40]!r}")
    if "\0" in raw:
        return Row(line, str(int(number[1])), (), raw, "it holds NUL bytes")
    if "\n" in raw:
        cells = tuple(" ".join(cell.split()) if "\n" in cell else cell for cell in cells)
    return Row(line, str(int(number[1])), cells)


def _broken(waiting: list[tuple[int, str]], columns: int) -> Iterator[Row]:
    """Give a row that does not fit; where rows stand glued to it without a line end between, each on its own."""
    line, text = waiting[0]
    whole = "\n".join(one for _, one in waiting)
    pieces = [piece for piece in _GLUED.split(text) if piece]
    if len(pieces) > 1 and any(len(split(piece)) == columns for piece in pieces):
        yield from (_piece(line, piece, columns) for piece in pieces)
        whole = "\n".join(one for _, one in waiting[1:])
        line += 1
    if whole:
        yield _unreadable(line, whole, columns)


def _piece(line: int, text: str, columns: int) -> Row:
    cells = split(text)
    return _row(line, cells, text) if len(cells) == columns else _unreadable(line, text, columns)


def _unreadable(line: int, raw: str, columns: int) -> Row:
    cells = split(raw)
    number = ENT_NUM.match(raw)
    wrong = f"{len(cells)} columns, not {columns}" if cells else "a quotation mark that is not closed, or stray"
    return Row(line, str(int(number[1])) if number is not None else "", (), raw.replace(END_MARK, ""), wrong)


def readable_text(raw: str) -> str:
    """Give the words of a row that cannot be read as one: no quotes, no nulls, single blanks."""
    return " ".join(raw.replace('"', " ").replace("\0", " ").replace("-0-", " ").replace(",", ", ").split()).strip(" ,")


def readable_cells(raw: str) -> tuple[str, ...]:
    """Give the cells of such a row as far as its quotes can be followed, for the name among them."""
    cleaned = raw.replace("\0", "")
    try:
        rows: Iterable[list[str]] = list(csv.reader(cleaned.split("\n")))
    except csv.Error:
        return ()
    return tuple(cell.strip(' "') for row in rows for cell in row)
