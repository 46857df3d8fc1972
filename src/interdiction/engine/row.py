"""A customer as the book has it, for the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from interdiction.tables import Book


def row_of(book: Book, place: int) -> dict[str, tuple[str, ...]]:
    """Give a customer as the book has it: each column with its values, empty ones left out."""
    cells = book.columns.row(place, named=True)
    found = {name: cell if isinstance(cell, list) else [str(cell)] for name, cell in cells.items() if cell is not None}
    if book.related is not None:
        for name, role in book.related.filter(pl.col("at") == place).select("names", "role").iter_rows():
            found[role] = [*found.get(role, ()), *name]
    return {name: tuple(values) for name, values in found.items() if values}
