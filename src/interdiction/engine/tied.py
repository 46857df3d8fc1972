"""The customers of a book who are tied to a place under sanctions, or look like a government that no list names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from interdiction.enforcement import jurisdictions, places
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.tied import of_customer
from interdiction.model import Hit

if TYPE_CHECKING:
    from interdiction.enforcement import Policy
    from interdiction.tables import Book


Tied = tuple[tuple[int, tuple[Hit, ...]], ...]
"""(place in the book counted from 0, hits of basis *jurisdiction*), for the rows that have any."""


def tied_hits(book: Book, policy: Policy, on: date) -> Tied:
    """Give the rows that have a hit of basis *jurisdiction* on the day, in their order.

    Columns are looked through first, so that only rows with some sign are made into parties.
    """
    moment = Moment.of(on)
    found = []
    for at in _with_a_sign(book):
        party = book.party_at(at)
        hits = of_customer(party.id or "", party, policy, moment)
        if hits:
            found.append((at, tuple(hits)))
    return tuple(found)


def _numbers(codes: list[str]) -> str:
    """Give the pattern of account numbers, bank identifiers and ship numbers that name one of the places."""
    several = "|".join(codes)
    flags = "|".join(word for one in places.places().values() for word in one.mmsi)
    account = rf"(iban|account)\??:\s*({several})\s*\d\s*\d"
    bank = rf"(bic|bic8|bic11|swift)\??:\s*\w{{4}}\s*({several})"
    return rf"{account}|{bank}|mmsi\??:\s*({flags})"


def _with_a_sign(book: Book) -> list[int]:
    import polars as pl

    codes = [one.country for one in places.places().values() if one.country]
    words = [word.lower() for one in places.places().values() for word in one.anywhere]
    organs = jurisdictions.load().organs
    words += [*organs.at_home, *organs.abroad]
    words += [word for one in jurisdictions.load().rows for word in one.named]
    # A phrase may be written with punctuation between its words: its first word finds the row.
    first = sorted({word.split()[0] for word in words})
    names = pl.col("names").list.join(" ").str.to_lowercase()
    where = pl.concat_list("towns", "addresses").list.join(" ")
    towns = [word.lower() for one in places.places().values() for word in (*one.texts, *one.addresses, *one.ports)]
    stated = pl.concat_list("names", "countries", "identifiers", "towns", "addresses").list.join(" ")
    sign = (
        pl.col("countries").list.eval(pl.element().is_in(codes)).list.any()
        | names.str.contains_any(first)
        | where.str.to_lowercase().str.contains_any(sorted({*first, *(word.split()[0] for word in towns)}))
        | where.str.contains(r"\w\.\w\.")
        # Accents, other scripts and words spelt with full stops are left to the closer look.
        | (stated.str.len_bytes() != stated.str.len_chars())
        | names.str.contains(r"\w\.\w\.")
        | pl.col("identifiers").list.join(" ").str.to_lowercase().str.contains(_numbers(codes))
    )
    return book.columns.select(sign.fill_null(value=False).alias("sign")).to_series().arg_true().to_list()
