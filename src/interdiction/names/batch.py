"""Parties as a table the core reads: one row a party, plain lists in, an Arrow batch out, no table library needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from interdiction import _core
from interdiction.model import Identifier, Kind, Party
from interdiction.names import countries, forms

COLUMNS = ("key", "names", "qualities", "kind", "gender", "births", "nationalities", "countries", "identifiers")
"""The party columns of the core (`_core.pyi` says what each may hold); all but `names` may be left out."""


ADDRESS: Final = "[0-9A-Za-z:_-]{24,128}"
"""What the name of a wallet looks like when it is its address."""
EVM: Final = "(?:0x|xdc)[0-9A-Fa-f]{40}"
"""What nothing but an address looks like."""


def party_batch(parties: Sequence[Party], keys: Sequence[str] | None = None) -> _core.Batch:
    """Give the parties as a batch, in order. `keys` are the listings' ids on the side of the list.

    Nationalities and citizenships become `nationalities`; residences, countries of unknown nature,
    countries of addresses and flags of vessels become `countries`. A country that is no code is not known, and what
    is not known is held against nobody. A malformed identifier is marked (`forms.text`), and the name of a wallet
    that is an address is one. Everything else is passed on as it is: the core normalises.
    """
    columns = columns_of(parties)
    if keys is not None:
        columns["key"] = list(keys)
    return batch_of(columns)


def columns_of(parties: Sequence[Party]) -> dict[str, list[object]]:
    """Give the parties as the columns of `party_batch`, without a key."""
    return {
        "names": [[name.text for name in party.names] for party in parties],
        "qualities": [[name.quality.value for name in party.names] for party in parties],
        "kind": [party.kind.value if party.kind else None for party in parties],
        "gender": [party.gender.value if party.gender else None for party in parties],
        "births": [[str(day) for day in party.birth_dates] for party in parties],
        "nationalities": [_known((*party.nationalities, *party.citizenships)) for party in parties],
        "countries": [_countries(party) for party in parties],
        "identifiers": [[forms.text(one.type, one.value, one.country) for one in _numbers(party)] for party in parties],
    }


def batch_of(columns: dict[str, list[object]]) -> _core.Batch:
    """Give columns of one length as a batch."""
    return _core.batch(columns)


def _countries(party: Party) -> list[str]:
    flags = (party.vessel.flag, *party.vessel.former_flags) if party.vessel else ()
    ties = (*party.residences, *party.countries, *(address.country for address in party.addresses), *flags)
    return _known(ties)


def _known(codes: Iterable[str | None]) -> list[str]:
    return [code for code in dict.fromkeys(codes) if code and code.lower() in countries.known()]


def _numbers(party: Party) -> Iterable[Identifier]:
    names = () if party.kind not in {None, Kind.WALLET} else (name.text.strip() for name in party.names)
    addresses = (Identifier("wallet", name) for name in names if is_address(name, party.kind))
    return dict.fromkeys((*party.identifiers, *addresses))


def is_address(name: str, kind: Kind | str | None) -> bool:
    """Tell whether a name is the address of a digital currency: by its own form, or because it is a wallet's."""
    return re.fullmatch(ADDRESS if kind == Kind.WALLET else EVM, name) is not None
