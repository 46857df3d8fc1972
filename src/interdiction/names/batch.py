"""Parties as a table the core reads: one row a party, plain lists in, an Arrow batch out, no table library needed."""

from __future__ import annotations

from collections.abc import Sequence

from interdiction import _core
from interdiction.model import Party

COLUMNS = ("key", "names", "qualities", "kind", "gender", "births", "nationalities", "countries", "identifiers")
"""The party columns of the core (`_core.pyi` says what each may hold); all but `names` may be left out."""


def party_batch(parties: Sequence[Party], keys: Sequence[str] | None = None) -> _core.Batch:
    """Give the parties as a batch, in order. `keys` are the listings' ids on the side of the list.

    Nationalities and citizenships become `nationalities`; residences, countries of unknown nature,
    countries of addresses and flags of vessels become `countries`. Every value is passed on as it is:
    the core normalises, and reports what it cannot read in the `problems` of its answer.
    """
    columns: dict[str, list[object]] = {
        "names": [[name.text for name in party.names] for party in parties],
        "qualities": [[name.quality.value for name in party.names] for party in parties],
        "kind": [party.kind.value if party.kind else None for party in parties],
        "gender": [party.gender.value if party.gender else None for party in parties],
        "births": [[str(day) for day in party.birth_dates] for party in parties],
        "nationalities": [list(dict.fromkeys((*party.nationalities, *party.citizenships))) for party in parties],
        "countries": [_countries(party) for party in parties],
        "identifiers": [
            [f"{one.type}:{one.value}@{one.country or ''}" for one in party.identifiers] for party in parties
        ],
    }
    if keys is not None:
        columns["key"] = list(keys)
    return _core.batch(columns)


def _countries(party: Party) -> list[str]:
    flags = (party.vessel.flag, *party.vessel.former_flags) if party.vessel else ()
    ties = (*party.residences, *party.countries, *(address.country for address in party.addresses), *flags)
    return list(dict.fromkeys(tie for tie in ties if tie))
