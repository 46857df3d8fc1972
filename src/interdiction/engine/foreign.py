"""A book that is a table of somebody else's database, fetched into a file of rows that is read as any other.

The number of rows that the database counted in the same view of it is the control total of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from interdiction.engine.progress import Progress, silent
from interdiction.errors import InputError, UsageError

_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


class Fetched(msgspec.Struct, frozen=True):
    """The file of rows, and how many there are by the database itself."""

    path: Path
    count: int


def fetch(
    url: str, folder: Path, *, table: str = "", query: str = "", where: str = "--from", progress: Progress | None = None
) -> Fetched:
    """Fetch a table, or what a query gives, into a file in `folder`, row by row.

    Raises `UsageError` (`book-url`, `book-query` where not one of table and query is given), `InputError`
    (`book-source`, `book-empty`, `book-columns` for two columns of one name).
    """
    from interdiction.store import foreign

    if bool(table.strip()) == bool(query.strip()):
        raise UsageError(
            "a database gives a table or what a query asks for",
            where=where,
            mend="add --table NAME or --query SQL, one of them",
            code="book-query",
        )
    step = progress or silent
    place = foreign.named(url, where)
    path = folder / f"{_NAME.sub('-', table.strip()).strip('-.') or 'query'}.jsonl"
    with foreign.opened(place, table=table.strip(), query=query) as rows:
        _refuse_twice(rows.columns, foreign.shown(place))
        encode, done = msgspec.json.Encoder().encode, 0
        with path.open("wb") as file:
            for done, row in enumerate(rows, 1):
                file.write(encode(dict(zip(rows.columns, map(_text, row), strict=True))) + b"\n")
                if not done % foreign.AT_ONCE:
                    step("fetching the book", done, rows.count)
        if done != rows.count or not done:
            raise InputError(
                f"the database counted {rows.count} rows and gave {done}",
                where=foreign.shown(place),
                mend="ask for what gives the same rows each time, and at least one",
                code="book-empty" if not done else "book-source",
            )
    return Fetched(path, done)


def _text(value: Any) -> str | None:
    """Give a value as a file of rows has it."""
    match value:
        case None | str():
            text = value
        case bool():
            text = "true" if value else "false"
        case date():
            text = value.isoformat()
        case bytes() | memoryview():
            text = bytes(value).decode("utf-8", "replace")
        case list() | tuple():
            text = "; ".join(one for one in map(_text, value) if one)
        case dict():
            text = msgspec.json.encode(value).decode()
        case _:
            text = str(value)
    return text


def _refuse_twice(columns: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for one in columns:
        if one in seen:
            raise InputError(
                f"two columns are called {one}", where=where, mend="name each: SELECT a.name AS name, …",
                code="book-columns",
            )  # fmt: skip
        seen.add(one)
