"""A customer as the book has it, for the record; and one that a program asked about, in the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from interdiction.model import Party
from interdiction.names.batch import columns_of

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


def row_of_party(id_: str, party: Party) -> dict[str, tuple[str, ...]]:
    """Give a party as a book of one customer with this id would have it: what no book has a column for is left out."""
    found: dict[str, list[str]] = {"id": [id_]}
    for name, (cell,) in columns_of([party]).items():
        if name != "qualities" and cell is not None:
            found[name] = [str(one) for one in cell] if isinstance(cell, list) else [str(cell)]
    found["birth_places"] = list(party.birth_places)
    found["towns"] = [one.city for one in party.addresses if one.city]
    found["addresses"] = [one.street for one in party.addresses if one.street]
    return {name: tuple(values) for name, values in found.items() if values}
