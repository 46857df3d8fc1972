"""Rows of a book that need telling: those that fit no header, share an id, or name nobody."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from interdiction.model import Problem
from interdiction.tables.columns import NAMING, Columns
from interdiction.tables.records import Ragged
from interdiction.tables.sheet import LONGEST_TEXT, Sheet

LONGEST_CELL: Final = 10_000
"""Characters of a cell that are read; the rest is cut, with a problem."""
MOST_RAGGED_CELLS: Final = 200
"""Cells of a ragged row that are screened as names."""


def ragged_parties(sheet: Sheet, columns: Columns, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Give rows that fit no header as parties of whom only the possible names are known."""
    rows = [_ragged_row(one, columns, len(sheet.header)) for one in sheet.ragged]
    empty: dict[str, Any] = {name: (None if kind == pl.String() else []) for name, kind in schema.items()}
    return pl.DataFrame([empty | one for one in rows], schema=schema, orient="row")


def _ragged_row(ragged: Ragged, columns: Columns, width: int) -> dict[str, object]:
    cells = [" ".join(cell.replace("\x00", " ").split())[:LONGEST_CELL] for cell in ragged.cells]
    spill = max(0, len(cells) - width)
    names: dict[str, None] = {}
    for field in NAMING:
        for at in columns.places.get(field, ()):
            # An unquoted "KIM, Yong Chol" spills into the next cell: the name and what it pushed on, as one.
            names[" ".join(cells[at : at + spill + 1])] = None
    naming = sorted(at for field in NAMING for at in columns.places.get(field, ()))
    if len(naming) > 1:
        names[" ".join(cells[naming[0] : naming[-1] + spill + 1])] = None
    names.update(dict.fromkeys(cells[:MOST_RAGGED_CELLS]))
    names[" ".join(cells)[:LONGEST_CELL]] = None
    kept = [name[:LONGEST_CELL] for name in names if any(letter.isalpha() for letter in name)]
    place = columns.places.get("id", ())
    before = bool(place) and bool(naming) and place[0] < naming[0]
    return {
        "id": (cells[place[0]] if before and place[0] < len(cells) else "") or None,
        "row": ragged.row,
        "names": kept,
    }


def about_ids(table: pl.DataFrame, file: str, *, declared: bool) -> list[Problem]:
    """Name rows that share a declared id, and rows without one where the others have it; all are screened."""
    if not declared:
        return []
    twice = table.filter(pl.col("id").is_not_null()).with_columns(
        first=pl.col("row").first().over("id"), times=pl.len().over("id")
    )
    problems = [
        Problem(
            code="repeated-id",
            message=f"{times} rows declare this id, the first on line {first}; the row number tells them apart",
            file=file,
            line=row,
            node="id",
            text=text[:LONGEST_TEXT],
            expected="an id of its own",
            mend="give each party its own id",
        )
        for row, text, first, times in twice.filter(pl.col("times") > 1)
        .select("row", "id", "first", "times")
        .iter_rows()
    ]
    problems += [
        Problem(
            code="no-id",
            message="the row declares no id; its row number stands in",
            file=file,
            line=row,
            node="id",
            expected="an id",
            mend="give the party its id",
        )
        for row in table.filter(pl.col("id").is_null())["row"]
    ]
    return problems


def nameless(table: pl.DataFrame, file: str) -> list[Problem]:
    """Name the rows that nothing can be screened of by name."""
    return [
        Problem(
            code="no-name",
            message="the row has no name: there is nothing to screen by name",
            file=file,
            line=row,
            node="name",
            expected="a name",
            mend="give the party its name",
        )
        for row in table.filter(pl.col("names").list.len() == 0)["row"]
    ]
