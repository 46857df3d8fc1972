"""Listings as one plain table, a row each: for spreadsheets and for programs that want columns.

A cell of several values joins them with `; `. What a cell cannot hold (tokens of names, days of designations,
details) stands in the JSON Lines of the same export.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from interdiction.lists.programmes import Programmes, designations
from interdiction.lists.sources import Sources
from interdiction.model import Designation, Listing, NameQuality

COLUMNS = (
    "listing", "list", "kind", "name", "other_names", "weak_names", "birth_dates", "birth_places", "gender",
    "nationalities", "countries", "identifiers", "addresses", "titles", "programmes", "measures", "reference",
    "remarks",
)  # fmt: skip


def table(listings: Iterable[Listing], sources: Sources) -> pl.DataFrame:
    """Give the table; all columns are text. The measures are those that the programmes mean (`data/programmes.yml`)."""
    programmes = Programmes.load()
    rows = [_row(listing, designations(listing, sources.get(listing.list), programmes)) for listing in listings]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _row(listing: Listing, meant: Iterable[Designation]) -> tuple[str | None, ...]:
    party = listing.party
    primary = party.primary_name
    weak = [name.text for name in party.names if name.quality is NameQuality.WEAK]
    others = [name.text for name in party.names if name.quality is not NameQuality.WEAK and name.text != primary]
    numbers = [f"{one.type}:{one.value}{f'@{one.country}' if one.country else ''}" for one in party.identifiers]
    places = [
        ", ".join(filter(None, (one.street, one.city, one.region, one.postal_code, one.country)))
        for one in party.addresses
    ]
    measures = dict.fromkeys(measure.value for one in meant for measure in one.measures)
    return (
        listing.id,
        listing.list,
        party.kind.value if party.kind else None,
        primary,
        _joined(others),
        _joined(weak),
        _joined(map(str, party.birth_dates)),
        _joined(party.birth_places),
        party.gender.value if party.gender else None,
        _joined((*party.nationalities, *party.citizenships)),
        _joined((*party.countries, *party.residences)),
        _joined(numbers),
        _joined(places),
        _joined((*party.titles, *party.functions)),
        _joined(listing.programmes),
        _joined(measures),
        listing.reference,
        listing.remarks,
    )


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(values)) or None
