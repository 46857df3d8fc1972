"""What the rows of a book are where no cell says it: told once for all of them, or counted and said.

A row of no kind is compared with people, firms, ships and aircraft alike, so that DANIEL BERG meets a ship DANIEL.
"""

from __future__ import annotations

import msgspec
import polars as pl

from interdiction.errors import UsageError
from interdiction.model import Kind
from interdiction.tables.book import Book

_DOUBTFUL = frozenset({"kind", "ragged-row"})
"""Problems of rows whose kind stands there and could not be read: what they are is not told for them."""


def of_kind(book: Book, kind: str | None) -> Book:
    """Give the book with `kind` for every row that states none. Raises `UsageError` (code `kind`) for another word."""
    if known_kind(kind) is None:
        return book
    doubtful = {one.line for one in book.problems if one.code in _DOUBTFUL}
    silent = pl.col("kind").is_null() & ~pl.col("row").is_in(sorted(doubtful))
    told = pl.when(silent).then(pl.lit(kind)).otherwise(pl.col("kind"))
    return msgspec.structs.replace(book, columns=book.columns.with_columns(kind=told))


def known_kind(kind: str | None) -> str | None:
    """Give a kind of party as it was given. Raises `UsageError` (code `kind`) for a word that is none."""
    if kind is not None and kind not in set(Kind):
        raise UsageError(
            f"no kind of party is called {kind!r}", where="--kind", mend=f"use one of {', '.join(Kind)}", code="kind"
        )
    return kind


def without_kind(book: Book) -> int:
    """Count the rows of which nobody says what they are."""
    return book.columns["kind"].null_count()
