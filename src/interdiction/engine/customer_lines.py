"""One customer of a book as a line of JSON: written from what its source says, read as any table is, said again."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from interdiction.errors import UsageError
from interdiction.model.monitored import Behind, Customer
from interdiction.tables import Book, read_book
from interdiction.tables.related import ROLES

_SEVERAL: Final = ("birth_dates", "birth_places", "nationalities", "countries", "identifiers")
_ONE: Final = ("kind", "gender", "city", "address")
_COLUMN: Final = {"birth_dates": "births"}
"""Fields of a customer to the columns of a book, where they are called otherwise."""


def line_of(id_: str, said: Customer) -> bytes:
    """Give a customer as a line of a book. Raises `UsageError` (`no-name`, `role`) where nobody can be screened."""
    if not any(any(letter.isalnum() for letter in name) for name in said.names) and not said.identifiers:
        raise UsageError(
            "there is no name to look for and no identifier",
            where="names",
            mend="give a name with a letter or a digit, or an identifier",
            code="no-name",
        )
    line: dict[str, Any] = {"id": id_, **_cells(said)}
    counted: defaultdict[str, int] = defaultdict(int)
    for one in said.behind:
        if one.role not in ROLES:
            raise UsageError(
                f"nobody stands behind a customer as {one.role[:40]!r}",
                where="behind",
                mend=f"use {', '.join(ROLES)}",
                code="role",
            )
        counted[one.role] += 1
        line |= {f"{one.role}_{counted[one.role]}_{header}": value for header, value in _cells(one).items()}
    return json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n"


def _cells(said: Customer | Behind) -> dict[str, Any]:
    first, *others = said.names or [""]
    cells: dict[str, Any] = {"name": first, "aliases": others}
    cells |= {field: getattr(said, field) for field in (*_SEVERAL, *_ONE)}
    for field in ("countries", "nationalities"):
        # In a table "na" stands where nothing is known.
        cells[field] = ["Namibia" if one.strip().lower() == "na" else one for one in cells[field]]
    return {field: value for field, value in cells.items() if value}


def book_of_lines(lines: Iterable[bytes], file: str = "changes.jsonl") -> Book:
    """Read lines as a book of their own. Raises `TableError`."""
    with tempfile.TemporaryDirectory(prefix="interdict-") as folder:
        path = Path(folder) / file
        path.write_bytes(b"".join(lines))
        return read_book(path)


def customer_at(book: Book, place: int) -> Customer:
    """Say again what a book holds of the customer at a place, and of those behind it."""
    said = _said(book.columns.row(place, named=True))
    behind: list[Behind] = []
    if book.related is not None:
        people = book.related.filter(pl.col("at") == place)
        behind = [Behind(row["role"], **_said(row)) for row in people.iter_rows(named=True)]
    return Customer(**said, behind=behind)


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"names": list(row["names"] or ())}
    said |= {field: list(row[_COLUMN.get(field, field)] or ()) for field in _SEVERAL}
    said["identifiers"] = [text.replace("?:", "", 1) for text in said["identifiers"]]
    return said | {
        "kind": row["kind"],
        "gender": row["gender"],
        "city": "; ".join(row["towns"] or ()) or None,
        "address": "; ".join(row["addresses"] or ()) or None,
    }
