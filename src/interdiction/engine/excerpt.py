"""Some customers of a book as a file of their own: what is kept with a decision need not be the whole book."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from interdiction.model import Party
    from interdiction.tables import Book

_FIELDS: Final = {
    "kind": "kind",
    "gender": "gender",
    "births": "birth_dates",
    "birth_places": "birth_places",
    "nationalities": "nationalities",
    "countries": "countries",
    "identifiers": "identifiers",
}
"""Column of a book to the header under which a table says the same."""


def excerpt(book: Book, places: Collection[int]) -> bytes:
    """Give the customers at these places, with those behind them, as JSON Lines that read back as they are here."""
    wanted = sorted(places)
    lines = {place: _party(row) for place, row in zip(wanted, book.columns[wanted].iter_rows(named=True), strict=True)}
    for place, row in zip(wanted, book.columns[wanted].iter_rows(named=True), strict=True):
        lines[place]["id"] = row["id"]
    if book.related is not None:
        counted: defaultdict[tuple[int, str], int] = defaultdict(int)
        for row in book.related.filter(pl.col("at").is_in(wanted)).iter_rows(named=True):
            counted[row["at"], row["role"]] += 1
            prefix = f"{row['role']}_{counted[row['at'], row['role']]}"
            lines[row["at"]] |= {f"{prefix}_{field}": value for field, value in _party(row).items()}
    return b"".join(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n" for line in lines.values())


def _party(row: dict[str, Any]) -> dict[str, Any]:
    said = {header: row[column] for column, header in _FIELDS.items() if row[column]}
    first, *others = row["names"] or [""]
    if others:
        said = {"aliases": others, **said}
    for field in ("countries", "nationalities"):
        if field in said:
            said[field] = [_country(code) for code in said[field]]
    if "identifiers" in said:
        said["identifiers"] = [text.replace("?:", "", 1) for text in said["identifiers"]]
    return ({"name": first} if first else {}) | said


def question(id_: str, party: Party) -> bytes:
    """Give one party that was asked about as a book of one customer."""
    said: dict[str, Any] = {
        "id": id_,
        "kind": party.kind.value if party.kind else None,
        "gender": party.gender.value if party.gender else None,
        "birth_dates": [str(one) for one in party.birth_dates],
        "birth_places": list(party.birth_places),
        "nationalities": [_country(code) for code in party.nationalities],
        "countries": [_country(code) for code in party.countries],
        "identifiers": [
            f"{one.type}:{one.value}{f'@{one.country}' if one.country else ''}" for one in party.identifiers
        ],
    }
    first, *others = [one.text for one in party.names] or [""]
    said |= {"name": first, "aliases": others}
    return json.dumps({field: value for field, value in said.items() if value}, ensure_ascii=False).encode() + b"\n"


def _country(code: str) -> str:
    """Give a country as a table says it: there "na" stands where nothing is known, and Namibia by its name."""
    return "Namibia" if code == "na" else code
