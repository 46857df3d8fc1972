"""Adds rows to a table that only grows, each sealed with the hash of the row before it, and looks for a broken seal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa

FIRST: Final = bytes(32)
"""Stands for the hash before the first row."""


def seal(before: bytes, body: bytes) -> bytes:
    """Give the hash of a row: of the hash before it and of what it says."""
    return hashlib.sha256(before + body).digest()


def append(
    connection: sa.Connection,
    table: sa.Table,
    bodies: Iterable[Callable[[int], tuple[bytes, dict[str, Any]]]],
    *,
    stored: Callable[[Sequence[bytes]], Iterable[bytes]] = iter,
) -> list[int]:
    """Add rows in this order and give their numbers.

    Each of `bodies` is called with the number of its row and gives the canonical JSON and the other columns;
    `stored` turns the JSON of all of them into what is written.
    """
    number, before = last(connection, table)
    rows: list[dict[str, Any]] = []
    plain: list[bytes] = []
    for body in bodies:
        number += 1
        said, columns = body(number)
        before = seal(before, said)
        plain.append(said)
        rows.append({"number": number, "sha256": before, **columns})
    for row, written in zip(rows, stored(plain), strict=True):
        row["body"] = written
    if rows:
        connection.execute(sa.insert(table), rows)
    return [row["number"] for row in rows]


def last(connection: sa.Connection, table: sa.Table) -> tuple[int, bytes]:
    """Give the number and the hash of the last row; 0 and zeros where there is none."""
    row = connection.execute(sa.select(table.c.number, table.c.sha256).order_by(table.c.number.desc()).limit(1)).first()
    return (0, FIRST) if row is None else (int(row[0]), bytes(row[1]))


def broken(
    connection: sa.Connection,
    table: sa.Table,
    *,
    said: Callable[[bytes], bytes] = bytes,
    emptied: Container[int] = (),
) -> Iterator[tuple[int, str]]:
    """Give every row whose seal does not hold, with what is wrong; `said` gives back the JSON of what is written.

    Of rows that were `emptied` by their numbers only the seal is left, which the next row's is made of.
    """
    before, expected = FIRST, 1
    for row in connection.execute(sa.select(table.c.number, table.c.body, table.c.sha256).order_by(table.c.number)):
        if row[0] != expected:
            yield row[0], f"row {expected} is missing before it"
        try:
            whole = (not row[1] and row[0] in emptied) or seal(before, said(bytes(row[1]))) == bytes(row[2])
        except ValueError:
            whole = False
        if not whole:
            yield row[0], "what it says does not fit its seal"
        before, expected = bytes(row[2]), row[0] + 1
